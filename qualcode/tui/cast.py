"""The people and cases as their screen lists them: the face sheet, and the tree of cases. No Textual in here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from qualcode.model import Case, Person
from qualcode.project import Project, nesting
from qualcode.project.cases import NO_WAVE
from qualcode.tui.shelf import counted


@dataclass(frozen=True, slots=True)
class Face:
    """One person.

    Attributes:
        roles: `SU`, or where it changes `1 SU · 2 PW`.
        case: the case's name, "" where there is none.
        documents: ids of those in which they speak.
        values: attribute -> value, or `1: yes · 2: no` where it differs by wave.
    """

    person: Person
    roles: str
    case: str
    documents: tuple[int, ...]
    values: Mapping[str, str]

    @property
    def words(self) -> str:
        """What a filter looks in."""
        return " ".join((self.person.name, self.roles, self.case, *self.values.values())).casefold()


def faces(project: Project) -> list[Face]:
    """All people, in the order of their names as people count."""
    cases = {case.id: case.name for case in project.cases.all()}
    values = _values(project)
    speaking: dict[int, list[int]] = {}
    for document, people in project.documents.people().items():
        for person in people:
            speaking.setdefault(person, []).append(document)
    found = [
        Face(
            person,
            by_wave(person.roles, " "),
            cases.get(person.case or 0, ""),
            tuple(speaking.get(person.id, ())),
            values.get(person.id, {}),
        )
        for person in project.people.all()
    ]
    return sorted(found, key=lambda each: counted(each.person.name))


def by_wave(said: Sequence[tuple[str, str]], between: str = ": ") -> str:
    """What was said at waves (wave, words), in one line; waves are named only where it differs between them."""
    if len({words for _, words in said}) == 1:
        return said[0][1]
    return " · ".join(words if wave == NO_WAVE else f"{wave}{between}{words}" for wave, words in said)


def _values(project: Project) -> dict[int, dict[str, str]]:
    """Person's id -> attribute -> what is said of it."""
    waves = {wave.name: wave.position for wave in project.waves.all()}
    told: dict[int, dict[str, str]] = {}
    for name in project.attributes.names("person"):
        said: dict[int, list[tuple[str, str]]] = {}
        for holder, row, wave, value in project.attributes.values(name):
            if holder == "person":
                said.setdefault(row, []).append((wave, value))
        for person, pairs in said.items():
            pairs.sort(key=lambda pair: waves[pair[0]])
            told.setdefault(person, {})[name] = by_wave(pairs)
    return told


@dataclass(frozen=True, slots=True)
class Branch:
    """One line of the tree of cases.

    Attributes:
        case: None for the lines "all" and "no case".
        depth: how many cases are around it.
        people: ids of the people in it and in all inside it.
        documents: how many documents they speak in, or that lie under the case themselves.
    """

    case: Case | None
    name: str
    depth: int
    people: frozenset[int]
    documents: int


def tree(project: Project, people: Sequence[Face]) -> list[Branch]:
    """All people; the cases, each below the one it is inside; those without a case, if there are any."""
    own = {row.id: row.case for row in project.documents.all() if row.case is not None}
    branches = [_branch(None, "all", 0, people, own)]
    parents = project.cases.parents()
    for case, depth in _nested(project.cases.all()):
        inside = frozenset(nesting.inside(parents, [case.id]))
        within = [each for each in people if each.person.case in inside]
        under = {document: place for document, place in own.items() if place in inside}
        branches.append(_branch(case, case.name, depth, within, under))
    homeless = [each for each in people if each.person.case is None]
    if homeless and len(branches) > 1:
        branches.append(_branch(None, "no case", 0, homeless, {}))
    return branches


def _branch(case: Case | None, name: str, depth: int, people: Iterable[Face], own: Mapping[int, int]) -> Branch:
    people = list(people)
    documents = {document for each in people for document in each.documents} | set(own)
    return Branch(case, name, depth, frozenset(each.person.id for each in people), len(documents))


def _nested(cases: Sequence[Case]) -> list[tuple[Case, int]]:
    """Each case below the one it is inside; cases in a circle, as only another program can make, come last."""
    below: dict[int | None, list[Case]] = {}
    for case in sorted(cases, key=lambda each: counted(each.name)):
        below.setdefault(case.parent, []).append(case)
    told: list[tuple[Case, int]] = []
    waiting = [(case, 0) for case in reversed(below.get(None, []))]
    while waiting:
        case, depth = waiting.pop()
        told.append((case, depth))
        waiting += [(each, depth + 1) for each in reversed(below.get(case.id, []))]
    met = {case.id for case, _ in told}
    return told + [(case, 0) for case in cases if case.id not in met]
