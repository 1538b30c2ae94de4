"""Segments keep exactly their words through all corrections that leave these words alone, and through undo."""

import itertools
import tempfile
from pathlib import Path

from hypothesis import assume, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

import qualcode
from qualcode.errors import RefusedError
from qualcode.model import Turn
from qualcode.project.keys import ProjectKey
from tests import ways
from tests.builders import rows_of
from tests.strategies import replacements, spans, texts

words = st.one_of(texts(max_words=2), st.sampled_from(["", "␀", "[Name]", "e\u0301", "👩🏽‍🦱"]))


@st.composite
def cut_texts(draw) -> tuple[str, list[int]]:
    body = draw(texts(min_words=6, max_words=25).filter(len)) + draw(st.sampled_from(["", "␀", "\u0301", "😀"]))
    return body, draw(st.lists(st.integers(1, len(body)), max_size=5, unique=True).map(sorted))


class Corrections(RuleBasedStateMachine):
    """`kept` is the model: segment id -> its words, for segments whose words no correction touched."""

    passphrase: ProjectKey | None = None

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.project = qualcode.new(Path(self.folder.name) / "study.qualcode", "AK", passphrase=self.passphrase)
        self.project.store.connection.execute("PRAGMA synchronous = OFF")
        self.kept: dict[int, str] = {}
        self.past: list[tuple[dict[int, str], dict[str, list[tuple]]]] = []

    def teardown(self) -> None:
        self.project.close()
        self.folder.cleanup()

    @initialize(text=cut_texts(), data=st.data())
    def code_it(self, text: tuple[str, list[int]], data: st.DataObject) -> None:
        body, cuts = text
        edges = [0, *[cut for cut in cuts if 0 < cut < len(body)], len(body)]
        turns = [Turn(a, b, a + (b - a) // 3, "ABC"[a % 3]) for a, b in itertools.pairwise(edges) if a < b]
        document = self.project.documents.add("D", body, turns, cues=[(each.start, 10) for each in turns])
        self.project.codes.add("X", "X")
        for start, end in data.draw(st.lists(spans(body), min_size=1, max_size=8)):
            segment = self.project.segments.add(document.id, "X", span=(start, end))
            if body[start:end].strip():  # blanks alone are no words to keep
                self.kept[segment.id] = body[start:end]

    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        document = self.project.documents.get("D")
        body = self.project.documents.body(document)
        assume(body)
        wanted = data.draw(replacements(body, max_size=3))
        before = rows_of(self.project)
        places = {each.id: (each.start, each.end) for each in self.project.segments.of(document)}
        try:
            revision = self.project.documents.revise(document, wanted, "heard wrongly")
        except RefusedError:
            assert all(body[start:end] == new for start, end, new in wanted)
            return
        self.past.append((dict(self.kept), before))
        changes = [(start, end) for start, end, new in wanted if body[start:end] != new]
        for segment, (start, end) in places.items():
            if any((a < end and start < b) or (a == b and start < a < end) for a, b in changes):
                self.kept.pop(segment, None)
        assert not {lost.id for lost in revision.lost} & set(self.kept)

    @rule()
    def undo(self) -> None:
        if self.past:
            self.project.history.undo()
            self.kept, rows = self.past.pop()
            assert rows_of(self.project) == rows

    @rule()
    def undo_and_redo(self) -> None:
        if self.past:
            before = rows_of(self.project)
            self.project.history.undo()
            self.project.history.redo()
            assert rows_of(self.project) == before

    @invariant()
    def untouched_segments_keep_their_words(self) -> None:
        if not self.kept:
            return
        document = self.project.documents.get("D")
        body = self.project.documents.body(document)
        held = {each.id: body[each.start : each.end] for each in self.project.segments.of(document)}
        assert {segment: held[segment] for segment in self.kept} == self.kept

    @invariant()
    def the_project_is_sound(self) -> None:
        assert self.project.check() == []


TestCorrections = Corrections.TestCase
TestCorrections.settings = settings(max_examples=30, stateful_step_count=12, deadline=None)


class EncryptedCorrections(Corrections):
    """The same in an encrypted file."""

    passphrase = ways.KEY


TestEncryptedCorrections = EncryptedCorrections.TestCase
TestEncryptedCorrections.settings = settings(TestCorrections.settings, max_examples=8)
