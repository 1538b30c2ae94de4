"""Pseudonyms: a real name replaced in all documents at once, its coding carried along, and kept on the name list."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from qualcode import spans
from qualcode.errors import RefusedError
from qualcode.folding import fold
from qualcode.model import Document, KnownName, NameKind
from qualcode.project import Project
from qualcode.project.known_names import longer_words, places_of, stands_in
from qualcode.project.listed_names import ListedNames
from qualcode.project.revisions import Revision
from qualcode.work.taken_back import taken_back

_CONTEXT = 30
"""Characters shown before and after a name."""
REASON = "pseudonym"
"""As the audit trail has it: it names nobody."""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """A place where a name stands.

    Attributes:
        document: in its present text,
        start, end: where (code points, half-open), without the 's of a possessive.
        before, words, after: the name as it is written there, with what stands around it on its line.
    """

    document: Document
    start: int
    end: int
    before: str
    words: str
    after: str

    @property
    def is_small(self) -> bool:
        """Whether it is written without capitals: perhaps no name, but a word ("will")."""
        return self.words == self.words.lower()


@dataclass(frozen=True, slots=True)
class Replaced:
    """What `replace` did: how many places, the documents as they are now, and the name's entry on the list."""

    places: int
    revisions: tuple[Revision, ...]
    known: KnownName


@dataclass(frozen=True, slots=True)
class ListReplaced:
    """What `replace_listed` did: name's id -> in how many places, and the documents as they are now."""

    places: dict[int, int]
    revisions: tuple[Revision, ...]


def occurrences(project: Project, name: str) -> list[Occurrence]:
    """Every place in the present texts where a name stands as whole words, in any case, by document and place."""
    return [found for document in project.documents for found in _in_document(project, document, name)]


def _in_document(project: Project, document: Document, name: str) -> Iterator[Occurrence]:
    body = project.documents.body(document)
    for start, end in places_of(name, project.documents.body_apart(document)):
        yield occurrence(document, body, start, end)


def occurrence(document: Document, body: str, start: int, end: int) -> Occurrence:
    """A place in a document's present text, with what stands around it on its line."""
    before = body[max(0, start - _CONTEXT) : start].rpartition("\n")[2]
    after = body[end : end + _CONTEXT].partition("\n")[0]
    return Occurrence(document, start, end, before, body[start:end], after)


def replace(
    project: Project, name: str, pseudonym: str, *, kind: NameKind | None = None, only_capitalised: bool = False
) -> Replaced:
    """Write a pseudonym wherever a name stands, and keep both on the name list: one action, and one undo.

    Speakers' labels are renamed with it. Earlier versions of the texts and the original files keep the name, as do
    memos and what things are called (see `elsewhere.py`).

    Args:
        project: the study.
        name: as whole words, in any case.
        pseudonym: by convention in brackets, "[Dawn]".
        kind: person, place, organisation or other; None = as the list has it, else person.
        only_capitalised: leave what is written without capitals; for names that are also words ("Will").

    Raises:
        RefusedError: name or pseudonym cannot be one, or the pseudonym holds a name.
    """
    name, pseudonym = name.strip(), pseudonym.strip()
    with project.action("pseudonymise"):
        known = _remembered(project, name, pseudonym, kind)
        (project.names.leave_small if only_capitalised else project.names.leave_none)(known)
        done = [
            (len(places), project.documents.revise(document, places, REASON, labels=labels))
            for document in project.documents
            for places, labels in [_wanted(project, document, name, pseudonym, only_capitalised=only_capitalised)]
            if places or labels
        ]
    return Replaced(sum(count for count, _ in done), tuple(revision for _, revision in done), known)


def _wanted(
    project: Project, document: Document, name: str, pseudonym: str, *, only_capitalised: bool
) -> tuple[list[tuple[int, int, str]], dict[str, str]]:
    """What is to be replaced in a document, and its speakers' labels that change."""
    found = [each for each in _in_document(project, document, name) if not (only_capitalised and each.is_small)]
    labels = {
        each.label: spans.replace(each.label, [(*place, pseudonym) for place in places_of(name, each.label)])[0]
        for each in project.documents.speakers(document)
        if stands_in(name, each.label) and not (only_capitalised and each.label == each.label.lower())
    }
    return [(each.start, each.end, pseudonym) for each in found], labels


def listed(project: Project) -> ListedNames:
    """The names on the list that something stands for, ready to be found in texts."""
    return ListedNames(project.names.all(), [each.name for each in project.names.ignored()])


def standing(project: Project) -> dict[int, list[Occurrence]]:
    """Name's id -> where it stands in the present texts, for each name on the list."""
    names = listed(project)
    found: dict[int, list[Occurrence]] = {each.id: [] for each in names.known}
    for document in project.documents:
        body = project.documents.body(document)
        for each in names.places(project.documents.body_apart(document)):
            found[each.known.id].append(occurrence(document, body, each.start, each.end))
    return found


def replace_listed(project: Project) -> ListReplaced:
    """Write the pseudonyms of the whole list wherever its names stand: one action, and one undo.

    Where names overlap, the longer one is replaced: "Maureen O'Brien" before "Maureen". Speakers' labels are renamed
    with them. What is on the list as staying ("will" beside "Will") stays.

    Raises:
        RefusedError: two speakers would become one.
    """
    names = listed(project)
    counts: dict[int, int] = {}
    revisions = []
    with project.action("pseudonymise", names=[each.id for each in names.known]):
        for document in project.documents:
            places = names.places(project.documents.body_apart(document))
            renamed = {each.label: names.replaced(each.label)[0] for each in project.documents.speakers(document)}
            labels = {old: new for old, new in renamed.items() if old != new}
            if places or labels:
                wanted = [(each.start, each.end, each.known.pseudonym) for each in places]
                revisions.append(project.documents.revise(document, wanted, REASON, labels=labels))
            for each in places:
                counts[each.known.id] = counts.get(each.known.id, 0) + 1
    return ListReplaced(counts, tuple(revisions))


def rehearsed(project: Project) -> ListReplaced:
    """What `replace_listed` would do; nothing stays written (RefusedError as there)."""
    with taken_back(project):
        return replace_listed(project)


def one_for_two(project: Project) -> list[str]:
    """Names of different people that have one pseudonym: "Bridget and Declan are 2 people, and all become [Person 1]".

    Whose a name is the project knows of speakers: the person's in whose label it stands.
    """
    speakers = [each for document in project.documents for each in project.documents.speakers(document)]
    people: dict[str, dict[str, set[int]]] = {}
    for known in project.names.all():
        whose = {each.person for each in speakers if each.person is not None and stands_in(known.name, each.label)}
        if whose:
            people.setdefault(known.pseudonym, {})[known.name] = whose
    return [
        f"{' and '.join(names)} are {len(set().union(*names.values()))} people, and all become {pseudonym}"
        for pseudonym, names in people.items()
        if not set.intersection(*names.values())
    ]


def _remembered(project: Project, name: str, pseudonym: str, kind: NameKind | None) -> KnownName:
    known = project.names.find(name)
    if known is None:
        return project.names.add(name, pseudonym, kind or "person")
    must_be_changeable(project, known, pseudonym)
    return project.names.change(known, pseudonym=pseudonym, kind=kind)


def must_be_changeable(project: Project, known: KnownName, pseudonym: str) -> None:
    """Refuse another pseudonym for a name whose own stands in the texts: nobody would know any more whose it is.

    Raises:
        RefusedError: it does, and stands for no other name.
    """
    others = {each.pseudonym for each in project.names.all() if each.id != known.id}
    is_its_own = not known.stays and known.pseudonym not in {pseudonym, *others}
    if is_its_own and any(known.pseudonym in project.documents.body(each) for each in project.documents):
        raise RefusedError(
            f"{known.pseudonym} stands in the texts already",
            where=known.name,
            remedy="Undo the replacing first: qualcode undo; then give it another.",
        )


def similar(project: Project, name: str) -> list[str]:
    """Words that begin like a name and are not it ("Maureens"), as they stand in the texts: `replace` leaves them."""
    return sorted({words for each in project.documents for words in longer_words(name, project.documents.body(each))})


_NUMBERED = re.compile(r"\[[^\[\]\n]{1,60} \d{1,9}\]")


def numbered_in_texts(project: Project) -> frozenset[str]:
    """Each "[Person 3]" in the present texts, on the list or not: texts may come in, or be sealed, with pseudonyms."""
    return frozenset(found for each in project.documents for found in _NUMBERED.findall(project.documents.body(each)))


def proposal(
    project: Project, name: str, kind: NameKind, noun: str = "", in_texts: Collection[str] | None = None
) -> str:
    """A pseudonym for a name: the one on the list, that of a fuller or shorter name of theirs, else the next free.

    Args:
        project: the study.
        name: "Maureen" is taken for the "Maureen O'Brien" on the list, if there is but one.
        kind: of what it is the name.
        noun: what stands before the number; else "Person", "Place", "Organisation" or "Name": "[Person 3]".
        in_texts: `numbered_in_texts`, where it is known; None = it is looked for.
    """
    known = project.names.find(name)
    if known is not None and not known.stays:
        return known.pseudonym
    entries = project.names.all()
    theirs = {each.pseudonym for each in entries if each.kind == kind == "person" and _is_fuller(each.name, name)}
    if len(theirs) == 1:
        return theirs.pop()
    taken = {each.pseudonym for each in entries} | set(numbered_in_texts(project) if in_texts is None else in_texts)
    noun = noun or ("Name" if kind == "other" else kind.capitalize())
    return next(made for number in range(1, len(taken) + 2) if (made := f"[{noun} {number}]") not in taken)


def _is_fuller(one: str, other: str) -> bool:
    """Whether one of two names has all words of the other."""
    words, others = set(fold(one)[0].split()), set(fold(other)[0].split())
    return words <= others or others <= words
