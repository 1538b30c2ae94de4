"""Passages ready to be read: their words, who spoke, the question before, and how to cite them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qualcode import lines
from qualcode.edited_quotes import is_true
from qualcode.model import Answer, Claim, ClaimEvidence, Document, Hit, Quotation, Segment, Turn
from qualcode.project.actions import Store
from qualcode.project.asking import wholly_asked
from qualcode.project.cases import Cases, People
from qualcode.project.citations import TEAM, WITHHELD, Citations, Publication
from qualcode.project.codes import Codes
from qualcode.project.documents import Documents
from qualcode.project.voices import Voices

Passage = Segment | Claim | ClaimEvidence | Hit


_MOST_OPEN = 64  # documents kept open for citing


class Quoting:
    """Quotes passages of an open project in one style.

    What was looked up is kept for as long as nothing changes: a table written to a file asks cell by cell.
    """

    def __init__(self, store: Store, citations: Citations = TEAM) -> None:
        self._store = store
        self._citations = citations
        self._seen: object = None

    def of(self, passages: Sequence[Passage]) -> tuple[Quotation, ...]:
        """Each passage as a `Quotation`, in the order given; for publication some without their words."""
        state = self._store.state()
        if state != self._seen:
            is_for_team = self._citations.style == "team"
            self._citer = _Citer(self._store) if is_for_team else _Publisher(self._store, self._citations)
            self._seen = state
        return tuple(self._citer.quotation(each) for each in passages)


@dataclass(frozen=True)
class _Reading:
    """One document opened for citing."""

    document: Document
    body: str
    turns: tuple[Turn, ...]
    answers: tuple[Answer, ...]
    voices: Voices
    line_starts: Sequence[int]
    interviewers: frozenset[str]


class _Citer:
    """Looks things up once for many quotations, of a project that does not change meanwhile."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._readings: dict[int, _Reading] = {}

    @cached_property
    def _people(self) -> dict[int, tuple[str, str, tuple[tuple[str, str], ...]]]:
        cases = {case.id: case.name for case in Cases(self._store).all()}
        return {
            person.id: (person.name, cases.get(person.case or 0, ""), person.roles)
            for person in People(self._store).all()
        }

    @cached_property
    def _shorts(self) -> dict[int, str]:
        return dict(self._store.rows("SELECT id, short FROM code"))

    @cached_property
    def _standing(self) -> dict[int, int]:
        return Codes(self._store).standing()

    @cached_property
    def _edited(self) -> dict[int, str]:
        return dict(self._store.rows("SELECT segment, words FROM quote"))

    def _reading(self, document: int) -> _Reading:
        if document not in self._readings:
            if len(self._readings) == _MOST_OPEN:
                del self._readings[next(iter(self._readings))]
            documents = Documents(self._store)
            found = documents.get(document)
            body, turns = documents.body(found), documents.turns(found)
            asking = documents.interviewers(found)
            answers = lines.answers(body, turns, asking)
            self._readings[document] = _Reading(
                found, body, turns, answers, Voices.of(self._store, document), lines.line_starts(body), asking
            )
        return self._readings[document]

    def quotation(self, passage: Passage) -> Quotation:
        reading = self._reading(passage.document)
        first, last = lines.lines_of(reading.line_starts, passage.start, passage.end)
        number = lines.answer_of(reading.answers, passage.start)
        question = reading.answers[number - 1].question if number else None
        words = reading.body[passage.start : passage.end]
        return Quotation(
            document=reading.document.name,
            speaker=self._speaker(reading, passage),
            words=words,
            citation=self._citation(reading, passage, first),
            before=reading.body[slice(*question)].strip() if question else "",
            label=self._label(passage),
            answer=number,
            lines=(first, last),
            start=passage.start,
            end=passage.end,
            edited=self._as_edited(passage, words),
            plain="" if (plain := self._relabelled(reading, passage)) == words else plain,
            is_asked=wholly_asked(reading.body, reading.turns, reading.interviewers, passage.start, passage.end),
        )

    def _relabelled(self, reading: _Reading, passage: Passage) -> str:
        """The words, with what speakers are called where a turn's label stands in them; the text stays as it is."""
        words, reached = "", passage.start
        for turn in reading.turns:
            is_within = passage.start < turn.speech and turn.start < passage.end
            if turn.speaker and is_within and not self._is_plain(reading, turn):
                start, end = max(turn.start, passage.start), min(turn.speech, passage.end)
                words += reading.body[reached:start] + self._called(reading, turn)
                reached = end
        return words + reading.body[reached : passage.end]

    def _called(self, reading: _Reading, turn: Turn) -> str:
        """Inside the team the label without the Markdown and the time that a program wrote around it."""
        return f"{turn.speaker}: "

    def _is_plain(self, reading: _Reading, turn: Turn) -> bool:
        """Whether a label may stand as it does."""
        rest = reading.body[turn.start : turn.speech].replace(turn.speaker, "", 1)
        return not any(letter.isdecimal() or letter in "*_#" for letter in rest)

    def _as_edited(self, passage: Passage, words: str) -> str:
        edited = self._edited.get(passage.id, "") if isinstance(passage, Segment) else ""
        return edited if edited and is_true(words, edited) else ""

    def _speaker(self, reading: _Reading, passage: Passage) -> str:
        heard = (
            turn.speaker
            for turn in reading.turns
            if turn.start < passage.end and turn.end > passage.start and turn.speaker
        )
        return " + ".join(dict.fromkeys(heard))

    def _citation(self, reading: _Reading, passage: Passage, line: int) -> str:
        """Inside the team: [case, role, wave, person, line]; what is not known is left out, the document then named."""
        people = [self._people[each] for each in reading.voices.between(passage.start, passage.end)]
        wave = reading.document.wave
        roles = {person[0]: dict(person[2]) for person in people}
        parts = [
            "+".join(dict.fromkeys(person[1] for person in people if person[1])),
            "+".join(dict.fromkeys(roles[name].get(wave, roles[name].get("-", "")) for name in roles)),
            "" if wave == "-" else wave,
            "+".join(roles) or reading.document.name,
            f"line {line}",
        ]
        return f"[{', '.join(part for part in parts if part)}]"

    def _label(self, passage: Passage) -> str:
        shorts = self._shorts
        if isinstance(passage, Hit):
            return ""
        if isinstance(passage, ClaimEvidence):
            return passage.stance
        if isinstance(passage, Claim):
            ends = (shorts[self._standing[passage.from_code]], shorts[self._standing[passage.to_code]])
            return f"{ends[0]} → {ends[1]} {passage.direction}"
        return shorts[self._standing[passage.code]]


class _Publisher(_Citer):
    """Cites so that a passage can be printed: nothing but its words tells the document, the case or the label."""

    def __init__(self, store: Store, citations: Citations) -> None:
        super().__init__(store)
        self._publication = Publication(store, citations.small_cell)

    def quotation(self, passage: Passage) -> Quotation:
        found = super().quotation(passage)
        reading = self._reading(passage.document)
        people = reading.voices.between(passage.start, passage.end)
        if not self._publication.may_quote(people, reading.document):
            return replace(
                found,
                document="",
                speaker="",
                words=WITHHELD,
                citation="",
                before="",
                plain="",
                edited="",
                is_withheld=True,
            )
        citation = self._publication.citation(people, reading.document)
        words = self._relabelled(reading, passage)
        edited = self._as_edited(passage, words)  # a label that the analyst left in would tell who it is
        return replace(found, document="", speaker="", words=words, plain="", citation=citation, edited=edited)

    def _is_plain(self, _reading: _Reading, _turn: Turn) -> bool:
        """No label is: it may tell the case."""
        return False

    def _called(self, reading: _Reading, turn: Turn) -> str:
        """What people are called in print."""
        people = reading.voices.between(turn.speech, turn.end)
        named = " + ".join(self._publication.names[person] for person in people)
        return f"{named or ('Interviewer' if turn.speaker in reading.interviewers else 'Other')}: "
