"""People called anew when more files come: so that one file at a time gives the same names as all files at once.

Whether the number in a label (`SU1`) is a person's shows only beside other files (see `generic_labels.numbered_on`).
Whom an import has called after the file or after the label is called otherwise once the files that come show better.
Names that the researcher may have given stay, and so does a name that others may cite, where more files only raise a
doubt; both are told.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qualcode.model import Role
from qualcode.project import Project
from qualcode.project.guessed_names import coded_documents, still_guessed
from qualcode.project.naming import folded
from qualcode.visible import visible_line
from qualcode.work.casting import Script, numbered_labels, person_name
from qualcode.work.generic_labels import stem_of

_SHOWN = 8
"""So many are named in one sentence."""


@dataclass(frozen=True, slots=True)
class _Renaming:
    """Somebody there who would be called otherwise, had all files come at once."""

    person: int
    document: int
    label: str
    now: str
    then: str

    @property
    def stem(self) -> str:
        return stem_of(self.label)

    @property
    def is_by_label(self) -> bool:
        return self.then == self.label

    def __str__(self) -> str:
        return f"{visible_line(self.now)} is now {visible_line(self.then)}"


def renumber(project: Project, numbered: frozenset[str]) -> Iterator[str]:
    """Call people anew, inside the action of an import, and yield what to tell.

    Args:
        project: before the files that come are stored.
        numbered: the labels whose number is a person's, by all files, those there and those that come.
    """
    found = list(_renamings(project, numbered, numbered ^ numbered_labels(project, [])))
    if not found:
        return
    guessed, coded = still_guessed(project.store), coded_documents(project.store)
    taken = {folded(person.name) for person in project.people.all()}
    doubted = {each.stem for each in found if not each.is_by_label and each.document in coded}
    kept = [each for each in found if each.stem in doubted and not each.is_by_label]
    others = [each for each in found if each not in kept]
    told = [each for each in others if each.person not in guessed or folded(each.then) in taken]
    done = [each for each in others if each not in told]
    people = {person.id: person for person in project.people.all()}
    for each in done:
        project.people.rename(people[each.person], each.then)
    yield from _done([each for each in done if each.is_by_label], "the numbers of their labels go on from file to file")
    yield from _done(
        [each for each in done if not each.is_by_label],
        "a number of their labels comes again in another file, and nothing tells whether that is one person",
    )
    yield from _doubts(kept)
    for each in told:
        yield _not_done(each, is_taken=folded(each.then) in taken)


def _renamings(project: Project, numbered: frozenset[str], changed: frozenset[str]) -> Iterator[_Renaming]:
    """Who would be called otherwise by the labels whose meaning the files that come have changed."""
    if not changed:
        return
    roles = project.roles.all()
    names = {person.id: person.name for person in project.people.all()}
    spoken = [
        (document, [each for each in project.documents.speakers(document) if each.part == "participant"])
        for document in project.documents
    ]
    places: dict[int, int] = {}
    for _, speakers in spoken:
        for each in speakers:
            places[each.person or 0] = places.get(each.person or 0, 0) + 1
    for document, speakers in spoken:
        labels = [each.label for each in speakers]
        for each in speakers:
            if each.person is None or places[each.person] > 1 or each.label not in changed:
                continue
            now, then = names[each.person], _called(document.name, each.label, labels, roles, numbered)
            if now != then and now == _called(document.name, each.label, labels, roles, numbered ^ {each.label}):
                yield _Renaming(each.person, document.id, each.label, now, then)


def _called(document: str, label: str, labels: list[str], roles: list[Role], numbered: frozenset[str]) -> str:
    return person_name(Script(document, {}, (), {}, roles, numbered), label, labels)


def _done(some: list[_Renaming], why: str) -> Iterator[str]:
    if some:
        yield f"{_listed(map(str, some))}, as if all files had come at once: {why}"


def _doubts(kept: list[_Renaming]) -> Iterator[str]:
    if kept:
        names = _listed(visible_line(each.now) for each in kept)
        yield (
            f"a number of the labels of {names} comes again in another file, and nothing tells whether that is one "
            "person. Who is there keeps the name, since their documents are coded; who comes is called after the "
            "file. If it is one person: qualcode people merge"
        )


def _not_done(each: _Renaming, *, is_taken: bool) -> str:
    now, then = visible_line(each.now), visible_line(each.then)
    if is_taken:
        return (
            f"{now} would be called {then}, had all files come at once, but there is somebody of that name. "
            f'If it is the same person: qualcode people merge "{now}" "{then}"'
        )
    return (
        f"{now} would be called {then}, had all files come at once; the name may be one that you gave, so it stays. "
        f'To change it: qualcode people rename "{now}" "{then}"'
    )


def _listed(words: Iterable[str]) -> str:
    every = list(words)
    return ", ".join(every[:_SHOWN]) + (f" and {len(every) - _SHOWN} more" if len(every) > _SHOWN else "")
