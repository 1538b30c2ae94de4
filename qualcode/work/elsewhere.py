"""Where a name stands that is no text of a document, and what changes it there: replacing reaches the texts alone.

As far as it may be seen: memos that others keep private are not told. Earlier versions of texts are not looked into.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import partial

from qualcode.project import Project
from qualcode.project.cases import Holder
from qualcode.project.known_names import stands_in
from qualcode.project.redacting import called_so
from qualcode.project.retrieval import Filter
from qualcode.work.pseudonymise import listed

Holds = Callable[[str], object]
"""Whether a name stands in words."""

COMMANDS = {
    "text of": "qualcode names replace --all",
    "document": "qualcode documents rename NAME NEW",
    "person": "qualcode people rename NAME NEW",
    "case": "qualcode cases rename NAME NEW",
    "wave": "qualcode documents place DOCUMENT --wave NEW",
    "role": "qualcode roles rename ID NEW, or: qualcode roles set ID --name NEW",
    "attribute": "qualcode import FILE --attributes SHEET",
    "code": "qualcode codebook change ID, see: qualcode codebook change --help",
    "memo": "qualcode memo change ID",
    "summary": "qualcode summary write WHO CODE",
    "quote": "qualcode quotes edit ID",
    "doubt on passage": "qualcode recode ID --unsure WORDS",
    "doubt on claim": "qualcode claim change ID --unsure WORDS",
    "decision": "qualcode agreement decide KEY",
    "milestone": "qualcode tag remove NAME",
    "coder": "a coder keeps the name",
}
"""What changes each sort of thing; all others `qualcode seal` alone."""

_SHOWN = 3
"""So many of one sort are told by name."""


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """Something that holds a name: its sort, and what it is called or its number. `str` tells both: "memo 4"."""

    sort: str
    name: str

    def __str__(self) -> str:
        return f"{self.sort} {self.name}"


def elsewhere(project: Project, holds: Holds) -> list[Elsewhere]:
    """What holds a name, each thing once: documents, people and the like by their names; notes by their numbers."""
    called = [Elsewhere(*each) for each in called_so(project.store, holds) if each[0] != "speaker"]  # is replaced
    return list(dict.fromkeys([*called, *_in_attributes(project, holds), *_in_notes(project, holds)]))


def holding(project: Project, name: str) -> list[Elsewhere]:
    """What holds one name."""
    return elsewhere(project, partial(stands_in, name))


def left(project: Project) -> list[Elsewhere]:
    """What holds a name on the list."""
    return elsewhere(project, listed(project).places)


def _in_attributes(project: Project, holds: Holds) -> Iterator[Elsewhere]:
    holders: tuple[Holder, ...] = ("person", "case", "document")
    for attribute in dict.fromkeys(name for holder in holders for name in project.attributes.names(holder)):
        if any(holds(value) for _, _, _, value in project.attributes.values(attribute)):
            yield Elsewhere("attribute", attribute)


def _in_notes(project: Project, holds: Holds) -> Iterator[Elsewhere]:
    written: tuple[tuple[str, Iterable[tuple[object, str]]], ...] = (
        ("memo", ((each.id, each.body) for each in project.memos.find())),
        ("summary", ((each.id, each.body) for each in project.summaries.find())),
        ("quote", ((number, each.words) for number, each in project.quotes.find().items())),
        ("doubt on passage", ((each.id, each.unsure or "") for each in project.segments.find(Filter(unsure=True)))),
        ("doubt on claim", ((each.id, each.unsure or "") for each in project.claims.find(wanted=Filter(unsure=True)))),
        ("decision", ((each.id, each.said.reason) for each in project.decisions.all())),
        ("role", ((each.short, each.name) for each in project.roles.all())),
        ("case", ((each.name, each.kind) for each in project.cases.all())),
        (
            "code",
            (
                (each.short, f"{each.name} {' '.join(astuple(each.definition))}")
                for each in project.codes.all(retired=True)
            ),
        ),
    )
    for sort, notes in written:
        yield from (Elsewhere(sort, f"{number}") for number, words in notes if holds(words))


def told(found: Sequence[Elsewhere]) -> list[str]:
    """What holds a name with what changes it, a line for each sort: "person Ann: qualcode people rename NAME NEW".

    Where it is much it is told, too, what changes it all.
    """
    lines = [f"{some}: {COMMANDS.get(sort, 'qualcode seal')}" for sort, some in by_sort(found).items()]
    beside_texts = sum(each.sort != "text of" for each in found)
    return [*lines, *(["all but texts at once, for good: qualcode seal"] if beside_texts > _SHOWN else [])]


def by_sort(found: Iterable[Elsewhere]) -> dict[str, str]:
    """Sort -> what of it holds a name, the first of it by name: {"memo": "memo 1, 4, 5 and 2 more"}."""
    names: dict[str, list[str]] = {}
    for each in found:
        names.setdefault(each.sort, []).append(each.name)
    return {sort: f"{sort} {', '.join(some[:_SHOWN])}{_and_more(some[_SHOWN:])}" for sort, some in names.items()}


def _and_more(left: Sequence[str]) -> str:
    return f" and {len(left)} more" if left else ""
