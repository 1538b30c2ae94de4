"""What stands left of the text: labels of passages that begin in a row, their stripes in lanes, and numbers.

No Textual in here. A passage keeps its lane over all its rows; two passages in one lane never share a row. Where there
is no lane left, the last shows `+`.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.tui.desk import Stripe
from qualcode.tui.layout import Layout
from qualcode.tui.passages import Passages, lanes

Mode = Literal["nothing", "codes", "names"]
MODES: tuple[Mode, ...] = ("nothing", "codes", "names")

_NUMBERS = 5
"""Cells of the line and answer numbers, where they have no more than four figures."""

_TEXT = 68

_BELOW = 3
"""So many rows below a passage's first its label may stand, where there is no room for it before."""


@dataclass(frozen=True, slots=True)
class Tags:
    """The labels of one row: indexes of their passages, and how many others found no room."""

    shown: tuple[int, ...] = ()
    more: int = 0


@dataclass(frozen=True, slots=True)
class Widths:
    """Cells of each part of a row, from left to right."""

    labels: int
    lanes: int
    numbers: int
    text: int

    @property
    def left(self) -> int:
        """Cells before the text."""
        return self.labels + self.lanes + self.numbers


def numbers_width(lines: int, answers: int) -> int:
    """The cells that the numbers of so many lines and answers need, with a blank: `12345 `, `✓¶12 `."""
    return max(_NUMBERS, len(str(lines)) + 1, len(f"✓¶{answers}") + 1)


def widths(total: int, mode: Mode, longest: int, numbers: int = _NUMBERS) -> Widths:
    """How a row of so many cells is shared out.

    The text gets its 68 cells, the width of a citable line, as long as there is room; labels get what is left, names
    at most `longest`. Nothing of it depends on what is coded: while one codes, the text stays where it is.
    """
    if mode == "nothing":
        return Widths(0, 0, numbers, max(2, min(_TEXT, total - numbers)))
    spare = total - numbers - _TEXT
    if mode == "names":
        count = 3 if spare < 40 else 5
        labels = max(12, min(longest, spare - count, 48))
    else:
        count = 3 if spare < 16 else 5
        labels = max(4, min(spare - count, 16))
    if total < 40:
        labels, count = 0, 2
    return Widths(labels, count, numbers, max(2, min(_TEXT, total - numbers - labels - count)))


class Margin:
    """Lanes and labels of all passages over one layout.

    Attributes:
        stripes: the passages, as they were when it was made.
        count: lanes.
    """

    def __init__(self, layout: Layout, stripes: Passages[Stripe]) -> None:
        starts = layout.starts
        spans = [
            (bisect_right(starts, each.start) - 1, bisect_right(starts, max(each.start, each.end - 1)) - 1)
            for each in stripes.items
        ]
        self.stripes = stripes
        self._layout = layout
        self._rows = spans
        self._there: dict[int, list[int]] = {}
        self._lane = lanes(spans)
        self.count = max(self._lane, default=-1) + 1
        self._begins: dict[int, list[int]] = {}
        for index, (first, _last) in enumerate(spans):
            self._begins.setdefault(first, []).append(index)

    def beginning(self, row: int) -> Sequence[int]:
        """Indexes of the passages that begin in a row."""
        return self._begins.get(row, ())

    def tags(self, cells: Sequence[int], room: int) -> Mapping[int, Tags]:
        """Row -> its labels: of passages that begin there, then of claims, then of those above that had no room.

        Args:
            cells: of each passage's label.
            room: cells for the labels of a row, with one between two; the first is shortened where it has too many.
        """
        found: dict[int, Tags] = {}
        first_rows, waiting, row = sorted(self._begins), list[int](), -1
        for place, first in enumerate(first_rows):
            row, beyond = first, first_rows[place + 1] if place + 1 < len(first_rows) else len(self._layout)
            waiting = [*sorted(self._begins[first], key=lambda each: self.stripes.items[each].is_claim), *waiting]
            while waiting and row < beyond:
                shown = _fitting(waiting, cells, room)
                left = waiting[len(shown) :]
                waiting = [each for each in left if self._may_stand(each, row + 1)]
                more = len(left) - len(waiting)
                found[row] = Tags(tuple(shown), more)
                row += 1
        return found

    def _may_stand(self, index: int, row: int) -> bool:
        """Whether a passage's label may stand in a row below its first."""
        first, last = self._rows[index]
        return row <= min(last, first + _BELOW)

    def there(self, row: int) -> Sequence[int]:
        """Indexes of the passages that a row shows something of."""
        found = self._there.get(row)
        if found is None:
            found = self._there[row] = self.stripes.overlapping(*self._layout.span(row))
        return found

    def looks(self, row: int) -> list[tuple[Stripe, int]]:
        """The passages that a row shows something of, each with its lane: where they are the same, so is the margin."""
        return [(self.stripes.items[index], self._lane[index]) for index in self.there(row)]

    def cells(self, row: int, lanes_shown: int) -> list[int | None]:
        """For each lane shown, the index of the passage in it, None where it is empty, -1 where more are hidden."""
        found: list[int | None] = [None] * lanes_shown
        there = self.there(row)
        for index in there:
            if self._lane[index] < lanes_shown:
                found[self._lane[index]] = index
        if lanes_shown and any(self._lane[index] >= lanes_shown for index in there):
            found[-1] = -1
        return found


def _fitting(waiting: Sequence[int], cells: Sequence[int], room: int) -> list[int]:
    """As many labels as fit, at least one."""
    shown, used = list(waiting[:1]), cells[waiting[0]]
    for each in waiting[1:]:
        used += 1 + cells[each]
        if used > room:
            break
        shown.append(each)
    return shown


def number_of(line_starts: Sequence[int], start: int, end: int) -> int:
    """The number of the citable line that begins in `[start, end)`, 0 if none does."""
    line = bisect_right(line_starts, start)
    if line and line_starts[line - 1] == start:
        return line
    return line + 1 if line < len(line_starts) and line_starts[line] < end else 0
