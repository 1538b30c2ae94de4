"""Passages ready to be read: their words, who spoke, the question before, and how to cite them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from qualcode import lines
from qualcode.model import Answer, Claim, ClaimEvidence, Document, Quotation, Segment, Turn
from qualcode.project.actions import Store
from qualcode.project.cases import Cases, People
from qualcode.project.codes import Codes
from qualcode.project.documents import Documents
from qualcode.project.segments import role_at
from qualcode.project.voices import Voices


def quotations(store: Store, passages: Sequence[Segment | Claim | ClaimEvidence]) -> tuple[Quotation, ...]:
    """Each passage as a `Quotation`, in the order given."""
    citer = _Citer(store)
    return tuple(citer.quotation(each) for each in passages)


@dataclass(frozen=True)
class _Reading:
    """One document opened for citing."""

    document: Document
    body: str
    turns: tuple[Turn, ...]
    answers: tuple[Answer, ...]
    voices: Voices
    line_starts: Sequence[int]


class _Citer:
    """Looks things up once for many quotations."""

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

    def _reading(self, document: int) -> _Reading:
        if document not in self._readings:
            documents = Documents(self._store)
            found = documents.get(document)
            body, turns = documents.body(found), documents.turns(found)
            answers = lines.answers(body, turns, documents.interviewers(found))
            self._readings[document] = _Reading(
                found, body, turns, answers, Voices.of(self._store, document), lines.line_starts(body)
            )
        return self._readings[document]

    def quotation(self, passage: Segment | Claim | ClaimEvidence) -> Quotation:
        reading = self._reading(passage.document)
        first, last = lines.lines_of(reading.line_starts, passage.start, passage.end)
        number = lines.answer_of(reading.answers, passage.start)
        question = reading.answers[number - 1].question if number else None
        return Quotation(
            document=reading.document.name,
            speaker=self._speaker(reading, passage),
            words=reading.body[passage.start : passage.end],
            citation=self._citation(reading, passage, first),
            before=reading.body[slice(*question)].strip() if question else "",
            label=self._label(passage),
            answer=number,
            lines=(first, last),
            start=passage.start,
            end=passage.end,
        )

    def _speaker(self, reading: _Reading, passage: Segment | Claim | ClaimEvidence) -> str:
        heard = (
            turn.speaker
            for turn in reading.turns
            if turn.start < passage.end and turn.end > passage.start and turn.speaker
        )
        return " + ".join(dict.fromkeys(heard))

    def _citation(self, reading: _Reading, passage: Segment | Claim | ClaimEvidence, line: int) -> str:
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

    def _label(self, passage: Segment | Claim | ClaimEvidence) -> str:
        shorts = self._shorts
        if isinstance(passage, ClaimEvidence):
            return passage.stance
        if isinstance(passage, Claim):
            ends = (shorts[self._standing[passage.from_code]], shorts[self._standing[passage.to_code]])
            return f"{ends[0]} → {ends[1]} {passage.direction}"
        return shorts[self._standing[passage.code]]


__all__ = ["quotations", "role_at"]
