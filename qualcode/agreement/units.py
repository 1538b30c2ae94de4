"""The text that is rated, and the units it is cut into."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from qualcode import lines, sentences
from qualcode.agreement.coding import Rated, Spans
from qualcode.agreement.tallying import Partial
from qualcode.errors import InputError
from qualcode.model import Document, Part, Turn
from qualcode.project import Project
from qualcode.project.retrieval import Filter
from qualcode.project.voices import Voices
from qualcode.project.whose_words import WhoseWords
from qualcode.spans import Span

Unit = Literal["answer", "turn", "sentence", "token", "character", "paragraph", "document", "match"]
UNITS: tuple[Unit, ...] = ("answer", "turn", "sentence", "token", "character", "paragraph", "document", "match")

SMALL: tuple[Unit, ...] = ("sentence", "token", "character", "match")
"""Units whose paragraphs stand in for documents where these are too few; of others the units themselves."""

PARTIAL: dict[Unit, Partial] = {
    "answer": "any", "turn": "any", "paragraph": "any", "document": "any", "sentence": "majority", "token": "majority",
}  # fmt: skip
"""What happens to partly coded units where nothing else is asked for."""


@dataclass(frozen=True, slots=True)
class Words:
    """Whose words are rated.

    Attributes:
        interviewers: the interviewer's too, and those of speakers who take no part (`other`: staff who look in).
        roles: short names; only what people say in these roles.
        attributes: pairs of an attribute's name and a value; only what people with these say.
    """

    interviewers: bool = False
    roles: tuple[str, ...] = ()
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """What is rated of the documents compared, cut up: all spans are of the rated text, whose gaps are gone.

    Attributes:
        rated: speech without labels, by turn, or whole texts; leads from the documents to the rated text.
        units: at the unit asked for; not for characters and matches.
        words: bare words, for "any" and "all"; None where not needed.
        blocks: what stands in for documents where these are too few: answers, turns or paragraphs.
        without_turns: names of documents that have no turns, whose paragraphs stand for answers and turns.
    """

    rated: Rated
    units: Spans | None
    words: Spans | None
    blocks: Spans
    without_turns: tuple[str, ...]


def known_unit(name: str) -> Unit:
    """The unit of that name.

    Raises:
        InputError: there is none.
    """
    for unit in UNITS:
        if name == unit:
            return unit
    raise InputError(f"there is no unit {name!r}", remedy="There are: " + ", ".join(UNITS))


def text_of(project: Project, documents: Sequence[Document], unit: Unit, words: Words, *, whole_words: bool) -> Text:
    """Read what is rated, and cut it."""
    chosen = WhoseWords(project.store, Filter(roles=words.roles, attributes=words.attributes))
    people = {person.id: person for person in project.people.all()} if chosen.asks else {}
    has_units = unit not in ("character", "match")
    stretches, units, bare, blocks, without = list[Cut](), list[Cut](), list[Cut](), list[Cut](), list[str]()
    for document in documents:
        script = _Script.of(project, document)
        rated = script.rated(interviewers=words.interviewers)
        if chosen.asks:
            voices = Voices.of(project.store, document.id)
            speakers = ([people[each] for each in voices.between(*span)] for span in rated)
            rated = [span for span, known in zip(rated, speakers, strict=True) if chosen.fit(document, known)]
        if unit in ("answer", "turn") and not script.turns:
            without.append(document.name)
        stretches.append(_cut(rated))
        if has_units:
            units.append(script.units(unit, rated))
        if unit in SMALL:
            blocks.append(script.within(rated, _lines))
        if whole_words:
            bare.append(script.bare_words(rated))
    whole = Rated(_spans(stretches), np.array([each.length for each in documents], dtype=np.int64))
    return Text(
        whole, whole.spans(_spans(units)) if has_units else None, _spans(bare) if whole_words else None,
        whole.spans(_spans(blocks if unit in SMALL else units)), tuple(without),
    )  # fmt: skip


Cut = NDArray[np.int64]
"""Spans of one document: a row each, its start and end."""


@dataclass(frozen=True, slots=True)
class _Script:
    """A document as it is cut: its words, its turns, and the part of each label."""

    body: str
    turns: tuple[Turn, ...]
    parts: dict[str, Part]

    @classmethod
    def of(cls, project: Project, document: Document) -> "_Script":
        documents = project.documents
        parts = {each.label: each.part for each in documents.speakers(document)}
        return cls(documents.body(document), documents.turns(document), parts)

    def rated(self, *, interviewers: bool) -> list[Span]:
        """Participants' speech without labels and blanks at its end.

        Nobody's words only after the first question, or if all are; with `interviewers` everybody's.
        """
        if not self.turns:
            return [(0, len(self.body))] if self.body.strip() else []
        named = any(turn.speaker for turn in self.turns)
        found, was_asked = [], False
        for turn in self.turns:
            part = self.parts.get(turn.speaker, "participant")
            was_asked = was_asked or part == "interviewer"
            if (interviewers or part == "participant") and (turn.speaker or was_asked or not named):
                end = turn.speech + len(self.body[turn.speech : turn.end].rstrip())
                found.append((turn.speech, end))
        return [span for span in found if span[0] < span[1]]

    def units(self, unit: Unit, rated: list[Span]) -> Cut:
        """The rated stretches cut at the unit asked for; without turns, paragraphs stand for turns and answers."""
        if unit == "document":
            return _cut([(0, len(self.body))])
        if unit == "turn" and self.turns:
            return _cut(rated)
        if unit == "answer" and self.turns:
            asking = {label for label, part in self.parts.items() if part == "interviewer"}
            told = lines.answers(self.body, self.turns, asking)
            if told:
                return _cut([(each.start, each.end) for each in told])
        splits = {"sentence": sentences.sentences, "token": sentences.words}
        return self.within(rated, splits.get(unit, _lines))

    def within(self, rated: list[Span], split: Callable[[str], list[Span]]) -> Cut:
        """Each stretch cut by itself."""
        return _cut(
            [(start + first, start + last) for start, end in rated for first, last in split(self.body[start:end])]
        )

    def bare_words(self, rated: list[Span]) -> Cut:
        """The bare words of each stretch, in places of the rated text: one stretch stands behind the other there."""
        said = [self.body[start:end] for start, end in rated]
        pieces = sentences.around_bare_words("\n".join(said))  # at a newline no word goes on
        places = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))[:-1].reshape(-1, 2)
        begin = np.searchsorted(places[:, 0], np.cumsum([len(each) + 1 for each in said]))  # words before the next one
        newlines = np.repeat(np.arange(len(said)), np.diff(begin, prepend=0))
        return places - newlines[:, np.newaxis]


def _lines(text: str) -> list[Span]:
    """The paragraphs that are not blank; they end at a newline."""
    found, start = [], 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            first = start + len(line) - len(line.lstrip())
            found.append((first, first + len(bare)))
        start += len(line) + 1
    return found


def _cut(spans: Sequence[Span]) -> Cut:
    return np.fromiter(chain.from_iterable(spans), np.int64, 2 * len(spans)).reshape(-1, 2)


def _spans(cuts: Sequence[Cut]) -> Spans:
    """Of all documents, in their order."""
    document = np.repeat(np.arange(len(cuts)), [len(each) for each in cuts])
    start, end = np.concatenate([*cuts, _cut([])]).T.copy()
    return Spans(document, start, end)
