"""Reading what those who meet have to talk about: all that coders gave in finished rounds, and in what they differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from qualcode import spans
from qualcode.agreement.matters import About, Agenda, Matter, Sheet, Side, shared
from qualcode.agreement.rounds import Rounds, coders_of, rounds_of
from qualcode.model import Claim, Document, Segment
from qualcode.project import Project
from qualcode.project.decisions import Decision
from qualcode.project.voices import Voices, role_at

_SAID: tuple[Literal["whose", "standing", "tense"], ...] = ("whose", "standing", "tense")


def agenda(project: Project, *, rounds: int | None = None, documents: Sequence[str] | None = None) -> Agenda:
    """Read all that coders gave in finished rounds, and in what they differ.

    All people who have finished a document have a say in it, so that its consensus is one. What is being coded blind is
    left out, whoever looks.

    Args:
        project: an open study.
        rounds: number of the round; None = in each document the last that two have finished.
        documents: names; None = all.

    Raises:
        NotFoundError: a document is named that is not there.
        RefusedError: there are fewer than two coders.
    """
    chosen = coders_of(project, None)
    taken = rounds_of(project, chosen, rounds, documents)
    reader = _Reader(project)
    sheets = []
    for row, document in enumerate(taken.documents):
        numbers = _numbers(taken, row, [each.short for each in chosen])
        sheets.append(reader.sheet(document, numbers))
    return Agenda(tuple(each.short for each in chosen), tuple(sheets), taken.set_aside)


def renewed(project: Project, sheet: Sheet) -> Sheet:
    """A document read anew after something was decided there: who has finished what is as it was."""
    return _Reader(project).sheet(sheet.document, dict.fromkeys(sheet.coders, sheet.round))


def _numbers(taken: Rounds, row: int, names: Sequence[str]) -> dict[str, int]:
    """Short name -> the round of a document that is taken."""
    return {name: int(number) for name, number in zip(names, taken.number[row], strict=True) if number}


class _Reader:
    """Reads documents; what is the same for all is read once."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._standing = project.codes.standing()
        self._people = {person.id: person for person in project.people.all()}
        self._roles = {role.short: role for role in project.roles.all()}

    def sheet(self, document: Document, numbers: Mapping[str, int]) -> Sheet:
        """One document; `numbers`: short name -> round."""
        project, number = self._project, max(numbers.values())
        decisions = project.decisions.all(document)
        now = [each for each in decisions if each.said.round == number]
        matters = [*self._passages(document, numbers), *self._claims(document, numbers)]
        matters = [_decided(each, now) for each in sorted(matters, key=_place)]
        is_by_hand = not decisions and not _is_carried(project, document, matters)
        is_complete = project.consensus.is_complete(document)
        return Sheet(document, tuple(numbers), number, tuple(matters), is_by_hand, is_complete)

    def _passages(self, document: Document, numbers: Mapping[str, int]) -> Iterator[Matter]:
        given: dict[int, dict[str, list[Segment]]] = {}
        for coder, number in numbers.items():
            for each in self._project.segments.in_round(document, coder, number):
                given.setdefault(self._standing[each.code], {}).setdefault(coder, []).append(each)
        voices = Voices.of(self._project.store, document.id)
        for code, by in given.items():
            for start, end, sides in _apart(numbers, by):
                about = self._differ(document, voices, sides)
                yield Matter(document, start, end, code, None, sides, about, max(numbers.values()))

    def _claims(self, document: Document, numbers: Mapping[str, int]) -> Iterator[Matter]:
        given: dict[tuple[int, int], dict[str, list[Claim]]] = {}
        for coder, number in numbers.items():
            for each in self._project.claims.in_round(document, coder, number):
                ends = self._standing[each.from_code], self._standing[each.to_code]
                given.setdefault(ends, {}).setdefault(coder, []).append(each)
        voices = Voices.of(self._project.store, document.id)
        for (code, to_code), by in given.items():
            for start, end, sides in _apart(numbers, by):
                about = self._differ(document, voices, sides)
                yield Matter(document, start, end, code, to_code, sides, about, max(numbers.values()))

    def _differ(self, document: Document, voices: Voices, sides: Sequence[Side]) -> tuple[About, ...]:
        if not all(side.rows for side in sides):
            return ("whether",)
        found: list[About] = []
        if len({frozenset(_direction(row) for row in side.rows) for side in sides}) > 1:
            found.append("direction")
        if len({frozenset(_is_negative(row) for row in side.rows) for side in sides}) > 1:
            found.append("negative")
        for name in _SAID:
            told = {frozenset(self._meant(document, voices, row, name) for row in side.rows) for side in sides}
            if len(told) > 1:
                found.append(name)
        if len({tuple(spans.unite((row.start, row.end) for row in side.rows)) for side in sides}) > 1:
            found.append("edges")
        return tuple(found)

    def _meant(self, document: Document, voices: Voices, row: Segment | Claim, name: str) -> str | None:
        """Whose, standing or tense as it counts: what was not said is the default of the speaker's role."""
        said: str | None = getattr(row, name)
        if said is not None or name == "tense":
            return said or "happened"
        for person in voices.between(row.start, row.end):
            role = self._roles.get(role_at(self._people[person], document.wave))
            if role is not None:
                return str(getattr(role, name))
        return None


def _is_carried(project: Project, document: Document, matters: Sequence[Matter]) -> bool:
    """Whether what the consensus holds without a decision can only be what was carried in, or is nothing."""
    return not project.consensus.is_begun(document) or not any(each.is_open for each in matters)


def _direction(row: Segment | Claim) -> str:
    return row.direction if isinstance(row, Claim) else ""


def _is_negative(row: Segment | Claim) -> bool:
    return isinstance(row, Segment) and row.negative


def _place(each: Matter) -> tuple[int, int, int, int]:
    return each.start, -each.end, each.code, each.to_code or 0


def _apart(numbers: Mapping[str, int], by: Mapping[str, Sequence[Any]]) -> Iterator[tuple[int, int, tuple[Side, ...]]]:
    """The stretches that any coder gave, each with what every coder gave there."""
    for start, end in spans.unite((row.start, row.end) for rows in by.values() for row in rows):
        yield (
            start,
            end,
            tuple(
                Side(coder, tuple(row for row in by.get(coder, ()) if start <= row.start < end)) for coder in numbers
            ),
        )


def _decided(matter: Matter, decisions: Sequence[Decision]) -> Matter:
    """The matter with what was decided on these words: a text corrected since may have moved the edges."""
    for each in decisions:
        said = each.said
        if (said.code, said.to_code) == (matter.code, matter.to_code) and shared(said, matter) > 0:
            return replace(matter, decision=each)
    return matter
