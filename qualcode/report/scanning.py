"""Real names in what is to be written: looked for before it is, and told with where they stand and what changes it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import RealNamesError
from qualcode.project.listed_names import ListedNames, Place
from qualcode.project.sealing import is_sealed
from qualcode.report.said_in import said_in
from qualcode.visible import counted
from qualcode.work import elsewhere
from qualcode.work.elsewhere import Elsewhere, Holds
from qualcode.work.pseudonymise import listed

if TYPE_CHECKING:
    from qualcode.project import Project

NOT_SCANNED = "Not scanned for real names: the project has no name list."
SEALED = "Not scanned for real names: they were sealed away. To look for them, on the command line: --names-key FILE"

_BESIDE = 20
"""So many code points beside a name are shown."""
_SHOWN = 5
"""So many of the places are told."""
_FILE = "the file's name"
_KEPT_FILES = ("file", "folder")
"""What the project keeps of where its documents came from: nothing that is written holds it."""


@dataclass(frozen=True, slots=True)
class Scan:
    """How what is written is looked at.

    Attributes:
        names: looked for beside those on the project's list: an opened key's.
        is_identifiable: whether real names may be written all the same.
        is_told: whether it was said before what is looked for.
        proposing: by what command, or key, one sees what else may be a name.
    """

    names: ListedNames | None = None
    is_identifiable: bool = False
    is_told: bool = False
    proposing: str = "what else may be one: qualcode names propose"


@dataclass(frozen=True, slots=True)
class _Hit:
    """A name in a string that would be written.

    Attributes:
        text: the string.
        where: in what part of it all; "" = in none that has a name.
        place: where in the string.
        is_code: whether what stands there is what a code is called.
    """

    text: str
    where: str
    place: Place
    is_code: bool

    @property
    def told(self) -> str:
        """The name in [brackets] with what stands around it, behind the part it is in."""
        start, end = self.place.start, self.place.end
        before, after = self.text[max(0, start - _BESIDE) : start], self.text[end : end + _BESIDE]
        around = " ".join(f"{before}[{self.text[start:end]}]{after}".split())
        return f"{self.where}: {around}" if self.where else around


def stop_names(project: "Project", made: object, path: Path, scan: Scan) -> None:
    """Stop before a real name is written; else announce what was looked for, since no list holds all names.

    Raises:
        RealNamesError: one stands in what would be written, or in the file's name; the first places are told.
    """
    if scan.is_identifiable:
        return
    sought = {where: names for where, names in (("on the list", listed(project)), ("in the key", scan.names)) if names}
    hits = _hits(project, made, path, sought.values())
    if hits:
        raise _refusal(project, path, hits, sought.values())
    if not scan.is_told:
        project.store.announce(_looked_for(project, sought, scan))


def _looked_for(project: "Project", sought: Mapping[str, ListedNames], scan: Scan) -> str:
    is_sealed_away = scan.names is None and is_sealed(project.store)
    if not sought:
        return SEALED if is_sealed_away else NOT_SCANNED
    names = " and ".join(f"the {counted(len(each.known), 'name')} {where}" for where, each in sought.items())
    lacking = ", not for those that were sealed away (--names-key FILE)" if is_sealed_away else ""
    return f"Looked for {names} alone{lacking}; {scan.proposing}."


def _hits(project: "Project", made: object, path: Path, sought: Iterable[ListedNames]) -> list[_Hit]:
    """The names in it; what is a word, too, is none where a code is called so."""
    if not sought:
        return []
    codes = [(f"{code.short} {code.name}", code.name) for code in project.codes.all(retired=True)]
    return [
        _Hit(text, where, place, is_code)
        for text, where in ((path.name, _FILE), *said_in(made))
        for names in sought
        for place in names.places(text)
        for is_code in [_is_called(codes, text, place)]
        if not (is_code and names.is_a_word_too(place.known))
    ]


def _is_called(codes: Iterable[tuple[str, str]], text: str, place: Place) -> bool:
    """Whether what stands there is what a code is called: "P3 Hope" in whatever text, "Hope" as the whole of it."""
    for label, name in codes:
        at = label.find(text[place.start : place.end])
        if text == name or (0 <= at <= place.start and text.startswith(label, place.start - at)):
            return True
    return False


def _refusal(project: "Project", path: Path, hits: list[_Hit], sought: Iterable[ListedNames]) -> RealNamesError:
    places = list(dict.fromkeys(each.told for each in hits))
    first, more = places[:_SHOWN], len(places) - _SHOWN
    found = dict.fromkeys(each.place.known.name for each in hits if each.where != _FILE)

    def holds(words: str) -> bool:
        return any(place.known.name in found for names in sought for place in names.places(words))

    standing = _standing(project, holds)
    told = [
        *first,
        *([f"and {more} more like these"] if more > 0 else []),
        *_of_codes(hits),
        *_changing(project, found, standing),
    ]
    told += ["Call the file otherwise."] if any(each.where == _FILE for each in hits) else []
    told += ["To write it all the same: --identifiable"]
    return RealNamesError(
        f"real names stand in what would be written: {counted(len(hits), 'place')}; nothing was written",
        where=str(path),
        remedy="\n".join(told),
        count=len(hits),
        first=tuple(first),
        standing=elsewhere.by_sort(standing),
    )


def _of_codes(hits: Iterable[_Hit]) -> list[str]:
    names = dict.fromkeys(each.place.known.name for each in hits if each.is_code)
    return _the_first(
        f"A code is called so. If the name is a word, too, say it: qualcode names accept {_typed(each)} "
        "--only-capitalised"
        for each in names
    )


def _typed(name: str) -> str:
    """A name as one types it in a shell, be it of several words."""
    return name if name.isalnum() else f'"{name}"'


def _the_first(told: Iterable[str]) -> list[str]:
    """The first lines, and how many more there are: a key holds hundreds of names."""
    lines = list(told)
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([f"and so for {counted(more, 'name')} more"] if more > 0 else [])]


def _changing(project: "Project", names: Iterable[str], standing: list[Elsewhere]) -> list[str]:
    """Where the names stand in the project, with the command that changes it; those of a key are on no list yet."""
    known = {each.name for each in project.names.all()}
    unlisted = _the_first(
        f"In the key, not on the list: first qualcode names add {_typed(each)} PSEUDONYM"
        for each in names
        if each not in known
    )
    head = ["Where they stand in the project, and what changes it:"] if standing else []
    return [*unlisted, *head, *(f"    {each}" for each in elsewhere.told(standing))]


def _standing(project: "Project", holds: Holds) -> list[Elsewhere]:
    """What in the project holds one of the names; first the documents in whose text or speakers' labels one stands."""
    texts = [
        Elsewhere("text of", document.name)
        for document in project.documents
        if holds(project.documents.body_apart(document))
        or any(holds(each.label) for each in project.documents.speakers(document))
    ]
    return [*texts, *(each for each in elsewhere.elsewhere(project, holds) if each.sort not in _KEPT_FILES)]
