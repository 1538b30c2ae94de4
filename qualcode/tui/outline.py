"""The codebook as a tree that is folded, filtered and counted. No Textual in here."""

from collections.abc import Mapping
from dataclasses import dataclass

from qualcode.model import Code
from qualcode.tui.desk import Frame


@dataclass(frozen=True, slots=True)
class Node:
    """A code as it is shown.

    Attributes:
        depth: from 0.
        is_parent: whether codes stand below it that may be shown.
        is_open: whether they are shown.
        here, below: passages of the code, and of it with all below it.
        is_sought: has what is typed; codes above one that has it are shown too.
    """

    code: Code
    depth: int
    is_parent: bool
    is_open: bool
    here: int
    below: int
    is_sought: bool


class Outline:
    """What of a codebook is shown.

    Attributes:
        folded: ids of the codes whose children are hidden.
        with_retired: whether codes that are not in use are shown.
        typed: words that a code must have; "" = all are shown.
        nodes: the codes shown, each before those below it.
    """

    def __init__(self) -> None:
        self.folded: set[int] = set()
        self.with_retired = False
        self.typed = ""
        self.nodes: list[Node] = []
        self._places: dict[int, int] = {}
        self._children: dict[int | None, list[Code]] = {}
        self._parents: dict[int, int | None] = {}
        self._here: Mapping[int, int] = {}
        self._below: dict[int, int] = {}
        self._words: dict[int, str] = {}

    def read(self, frame: Frame, counts: Mapping[int, int]) -> None:
        """Take the codebook as it is now, with the passages of each code that stands."""
        self._children, self._parents, self._here = {}, {}, counts
        for code in frame.by_id.values():
            above = None if code.parent is None else frame.standing[code.parent]
            self._parents[code.id] = above if above != code.id else code.parent
            self._children.setdefault(self._parents[code.id], []).append(code)
        self._below, self._words = {}, {}
        for code_id, count in counts.items():
            for each in self.way_up(code_id):
                self._below[each] = self._below.get(each, 0) + count
        self.build()

    def way_up(self, code: int) -> list[int]:
        """Ids of a code and of those above it."""
        found: list[int] = []
        each: int | None = code
        while each is not None and each not in found:
            found.append(each)
            each = self._parents.get(each)
        return found

    def build(self) -> None:
        """Say anew what is shown, after folding, typing or asking for retired codes."""
        sought = self._sought()
        self.nodes = []
        waiting = [(code, 0) for code in reversed(self._children.get(None, []))]
        while waiting:
            code, depth = waiting.pop()
            below = self._children.get(code.id, [])
            if code.status == "retired" and not self.with_retired:
                waiting += [(child, depth) for child in reversed(below)]  # what is in use below it stays in sight
                continue
            shown = [child for child in below if self._is_shown(child, sought)]
            is_open = code.id not in self.folded or bool(self.typed)
            if sought is None or code.id in sought:
                is_sought = sought is None or sought[code.id]
                here, under = self._here.get(code.id, 0), self._below.get(code.id, 0)
                self.nodes.append(Node(code, depth, bool(shown), is_open, here, under, is_sought))
            if is_open:
                waiting += [(child, depth + 1) for child in reversed(below)]
        self._places = {node.code.id: place for place, node in enumerate(self.nodes)}

    def _is_shown(self, code: Code, sought: Mapping[int, bool] | None) -> bool:
        return (code.status == "live" or self.with_retired) and (sought is None or code.id in sought)

    def _sought(self) -> dict[int, bool] | None:
        """Ids of the codes that have what is typed (True), and of those above them; None = nothing is typed."""
        words = self.typed.casefold().split()
        if not words:
            return None
        every = [code for below in self._children.values() for code in below]
        if not self._words:
            self._words = {code.id: _all_words(code) for code in every}
        found: dict[int, bool] = {}
        for code in every:
            said = self._words[code.id]
            if (code.status == "live" or self.with_retired) and all(word in said for word in words):
                found.update((each, False) for each in self.way_up(code.id) if each not in found)
                found[code.id] = True
        return found

    def row_of(self, code: int | None) -> int | None:
        """The row in which a code, or the nearest one above it, is shown."""
        rows = (self._places[each] for each in self.way_up(code) if each in self._places) if code else iter(())
        return next(rows, None)

    def show(self, code: int) -> None:
        """Open all above a code, so that it is in sight."""
        self.folded -= set(self.way_up(code)[1:])
        self.build()

    def fold_all(self) -> None:
        """Only the codes on top."""
        self.folded = {code for code in self._children if code is not None}
        self.build()

    def unfold_all(self) -> None:
        """Every code."""
        self.folded.clear()
        self.build()

    def siblings(self, code: Code) -> list[Code]:
        """The codes in use beside a code, with it, in order."""
        same = self._children.get(self._parents.get(code.id), [])
        return [each for each in same if each.status == "live" or each.id == code.id]

    def children(self, code: Code) -> list[Code]:
        """The codes directly below a code, in use or not."""
        return self._children.get(code.id, [])


def _all_words(code: Code) -> str:
    definition = code.definition
    parts = [code.short, code.name, code.kind, code.stage, definition.brief, definition.full, definition.include]
    return " ".join(parts).casefold()
