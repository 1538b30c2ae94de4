"""What no single code of a codebook file shows: ids taken twice, references that lead nowhere, circles."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from difflib import get_close_matches

from qualcode.codebook.frames import CodebookCode
from qualcode.model import AXIAL, Kind
from qualcode.plain_yaml import Items, Node, Page, Place

_MOST_LEVELS = 12


@dataclass(frozen=True, slots=True)
class Entry:
    """A code before its references are checked, with where each part stands."""

    code: CodebookCode
    nodes: dict[str, Node]
    inside: str | None

    def place(self, label: str) -> Place:
        """Where a part stands."""
        return self.nodes[label].place


def check(entries: list[Entry], kinds: tuple[Kind, ...], page: Page) -> None:
    """Name every problem on the page."""
    _check_ids(entries, page)
    _check_references(entries, page)
    _check_kinds(entries, kinds, page)
    _check_levels(entries, page)


def nearest(name: str, known: Iterable[str]) -> str:
    """What to write instead: the nearest of the known, else all of them."""
    names = list(known)
    folded = {each.casefold(): each for each in names}
    near = get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.5)
    if near:
        return f"Did you mean {folded[near[0]]}?"
    return f"There are: {', '.join(names[:20])}{' ...' if len(names) > 20 else ''}." if names else "There are none yet."


def _check_ids(entries: list[Entry], page: Page) -> None:
    def check(label: str, value: Callable[[CodebookCode], str], remedy: str) -> None:
        seen: dict[str, Entry] = {}
        for entry in entries:
            found = value(entry.code)
            if found in seen:
                first = seen[found]
                what = f"the {label} {getattr(entry.code, label)} is taken (line {first.place(label).line})"
                page.wrong(entry.place(label), what, remedy)
            elif found:
                seen[found] = entry

    check("id", lambda code: code.id.casefold(), "Give one of them another id; upper and lower case are one.")
    check("key", lambda code: code.key, "Give one of them another key, or none.")


def _check_references(entries: list[Entry], page: Page) -> None:
    ids = [entry.code.id for entry in entries if entry.code.id]
    known = set(ids)
    for entry in entries:
        code, stated = entry.code, entry.nodes.get("parent")
        if stated is not None and code.parent:
            if entry.inside is not None and code.parent != entry.inside:
                what = f"{code.id} stands inside {entry.inside} but names {code.parent} as its parent"
                page.wrong(stated.place, what, "Keep one of the two.")
            elif code.parent not in known:
                page.wrong(stated.place, f"there is no code {code.parent} to be the parent", nearest(code.parent, ids))
        arrows = entry.nodes.get("leads_to")
        for target, item in zip(code.leads_to, arrows.items if isinstance(arrows, Items) else (), strict=False):
            if target == code.id:
                page.wrong(item.place, f"{code.id} cannot lead to itself", "Delete it.")
            elif target and target not in known:
                page.wrong(item.place, f"there is no code {target} to lead to", nearest(target, ids))
        _check_axial(entry, ids, page)


def _check_axial(entry: Entry, ids: list[str], page: Page) -> None:
    places = entry.nodes.get("axial")
    for words, item in zip(entry.code.axial, places.items if isinstance(places, Items) else (), strict=False):
        slot, _, target = words.rpartition(" of ")
        if slot not in AXIAL:
            remedy = f"Write {', '.join(AXIAL)}, then of and a code: strategy of FACE."
            page.wrong(item.place, f"{words} is no place in a paradigm", remedy)
        elif target == entry.code.id:
            page.wrong(item.place, f"{target} cannot be a {slot} of itself", "Delete it.")
        elif target not in ids:
            page.wrong(item.place, f"there is no code {target} to be a {slot} of", nearest(target, ids))


def _check_kinds(entries: list[Entry], kinds: tuple[Kind, ...], page: Page) -> None:
    for entry in entries:
        kind = entry.code.kind
        if kind and kind not in kinds:
            own = f"A kind of your own is named once at the top of the file: `kinds: [{kind}]`."
            remedy = f"{nearest(kind, kinds)} {own}"
            page.wrong(entry.place("kind"), f"there is no kind called {kind}", remedy)


def _check_levels(entries: list[Entry], page: Page) -> None:
    """No code is above itself, and none too deep."""
    parents = {entry.code.id: entry.code.parent for entry in entries}
    told: set[str] = set()
    for entry in entries:
        line = [entry.code.id]
        while (above := parents.get(line[-1])) is not None and above not in line and len(line) <= _MOST_LEVELS:
            line.append(above)
        if above == entry.code.id and told.isdisjoint(line):
            told.update(line)
            chain = " in ".join([*line, above])
            place = entry.nodes.get("parent", entry.nodes["id"]).place
            page.wrong(place, f"the parents go round in a circle: {chain}", "Give one of them another parent, or none.")
        elif len(line) > _MOST_LEVELS and above not in line:
            page.wrong(entry.place("id"), f"{entry.code.id} is more than {_MOST_LEVELS} deep", "Use fewer levels.")


def in_order(entries: list[Entry]) -> tuple[CodebookCode, ...]:
    """Each parent directly before its children, and children of their parent's kind unless they state one."""
    children: dict[str | None, list[CodebookCode]] = {}
    for entry in entries:
        children.setdefault(entry.code.parent, []).append(entry.code)

    def below(parent: str | None, kind: Kind) -> Iterator[CodebookCode]:
        for code in children.get(parent, []):
            own = replace(code, kind=code.kind or kind)
            yield own
            yield from below(own.id, own.kind)

    return tuple(below(None, "code"))
