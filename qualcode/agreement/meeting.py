"""Reading what those who meet have to talk about: all that coders gave in finished rounds, and in what they differ."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from qualcode import spans
from qualcode.agreement.holding import content
from qualcode.agreement.matters import About, Agenda, Matter, Sheet, Side, shared
from qualcode.agreement.rounds import Rounds, coders_of, rounds_of
from qualcode.model import Claim, Document, Segment
from qualcode.project import Project
from qualcode.project.decisions import Decision, NewDecision
from qualcode.project.voices import Voices, role_at

_SAID: tuple[Literal["whose", "standing", "tense"], ...] = ("whose", "standing", "tense")


def agenda(project: Project, *, rounds: int | None = None, documents: Sequence[str] | None = None) -> Agenda:
    """Read all that coders gave in finished rounds, and in what they differ.

    All people who have finished a document have a say in it, each with their last finished round of it, so that its
    consensus is one. What is being coded blind is left out, whoever looks.

    A decision stands as long as nobody who had a say in it has finished another round in which they give something else
    there: then it is to be decided anew.

    Args:
        project: an open study.
        rounds: number of the round, and only who has finished it has a say; None = each coder's last.
        documents: names; None = all.

    Raises:
        NotFoundError: a document is named that is not there.
        RefusedError: there are fewer than two coders.
    """
    finished = project.coders.finished()
    chosen = coders_of(project, finished, None, rounds)
    taken = rounds_of(project, finished, chosen, rounds, documents)
    reader = _Reader(project)
    sheets = []
    for row, document in enumerate(taken.documents):
        numbers = _numbers(taken, row, [each.short for each in chosen])
        sheets.append(reader.sheet(document, numbers))
    return Agenda(tuple(each.short for each in chosen), tuple(sheets), taken.set_aside, taken.remarks)


def renewed(project: Project, sheet: Sheet) -> Sheet:
    """A document read anew after something was decided there: who has finished what is as it was."""
    return _Reader(project).sheet(sheet.document, dict(sheet.rounds))


def touched(project: Project, document: Document) -> Sheet | None:
    """A document as those who decide last left it: by the rounds finished then; None where they have done nothing."""
    done = [_completed(project, document), *(each.action for each in project.decisions.all(document))]
    return _Reader(project).then(document, max(done))


def completed_by(project: Project, document: Document) -> tuple[tuple[str, int], ...]:
    """The rounds on which the consensus was completed the last time, as `Sheet.rounds`; none = it never was."""
    return tuple(_Reader(project).numbers_then(document, _completed(project, document)).items())


def _completed(project: Project, document: Document) -> int:
    """The action that completed the consensus the last time; 0 = none did."""
    coder = project.consensus.coder
    finished = project.coders.finished(document) if coder else []
    return max((each.action for each in finished if coder and each.coder == coder.short), default=0)


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
        project = self._project
        decisions = project.decisions.all(document)
        matters = self._matters(document, numbers)
        before = {each.id: self._given_then(document, each, numbers) for each in decisions}
        matters = [_decided(each, decisions, before) for each in matters]
        is_by_hand = not decisions and not self._is_carried(document, matters)
        is_complete = project.consensus.is_complete(document)
        return Sheet(document, tuple(numbers.items()), tuple(matters), is_by_hand, is_complete)

    def then(self, document: Document, action: int) -> Sheet | None:
        """A document by the rounds that were finished when something was done; None where two had not yet."""
        numbers = self.numbers_then(document, action)
        return self.sheet(document, numbers) if len(numbers) > 1 else None

    def numbers_then(self, document: Document, action: int) -> dict[str, int]:
        """Short name -> the last round that was finished before something was done."""
        people = {each.short for each in self._project.coders.all() if each.kind == "person"}
        finished = self._project.coders.finished(document)
        return {each.coder: each.number for each in finished if each.coder in people and each.action < action}

    def _given_then(
        self, document: Document, decision: Decision, numbers: Mapping[str, int]
    ) -> Mapping[str, Sequence[Segment | Claim]]:
        """What those who have finished another round since gave when something was decided; all else is as it was."""
        then = self.numbers_then(document, decision.action)
        changed = {coder: then[coder] for coder in numbers if coder in then and then[coder] != numbers[coder]}
        ends = decision.said.code, decision.said.to_code
        return {
            coder: tuple(row for row in self._in_round(document, coder, number) if self._ends(row) == ends)
            for coder, number in changed.items()
        }

    def _in_round(self, document: Document, coder: str, number: int) -> list[Segment | Claim]:
        segments, claims = self._project.segments, self._project.claims
        return [*segments.in_round(document, coder, number), *claims.in_round(document, coder, number)]

    def _ends(self, row: Segment | Claim) -> tuple[int, int | None]:
        if isinstance(row, Claim):
            return self._standing[row.from_code], self._standing[row.to_code]
        return self._standing[row.code], None

    def _matters(self, document: Document, numbers: Mapping[str, int]) -> list[Matter]:
        return sorted([*self._passages(document, numbers), *self._claims(document, numbers)], key=_place)

    def _is_carried(self, document: Document, matters: Sequence[Matter]) -> bool:
        """Whether what the consensus holds without a decision is what was carried in, or nothing."""
        consensus = self._project.consensus
        if not consensus.is_begun(document) or not any(each.is_open for each in matters):
            return True
        numbers = self.numbers_then(document, _completed(self._project, document))
        if len(numbers) < 2:
            return False
        matters = self._matters(document, numbers)
        then = Sheet(document, tuple(numbers.items()), tuple(matters), is_by_hand=False, is_complete=True)
        return then.is_settled and set(content(self._project, then)) == set(consensus.holds(document))

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


def _decided(
    matter: Matter, decisions: Sequence[Decision], before: Mapping[int, Mapping[str, Sequence[Segment | Claim]]]
) -> Matter:
    """The matter with what was decided on these words: a text corrected since may have moved the edges.

    Args:
        matter: on the words.
        decisions: of the document.
        before: id of a decision -> what those gave then who have finished another round since.
    """
    for each in decisions:
        said = each.said
        is_on_it = (said.code, said.to_code) == (matter.code, matter.to_code) and shared(said, matter) > 0
        if is_on_it and _is_as_then(matter, said, before[each.id]):
            return replace(matter, decision=each)
    return matter


def _is_as_then(matter: Matter, said: NewDecision, before: Mapping[str, Sequence[Segment | Claim]]) -> bool:
    """Whether each who has finished another round since gives what they gave when this was decided."""
    for side in matter.sides:
        if side.coder in before:
            rows = before[side.coder]
            then = {row.id for row in rows if shared(row, matter) > 0 or shared(row, said) > 0}
            if then != {row.id for row in side.rows}:
                return False
    return True
