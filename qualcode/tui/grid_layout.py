"""Where everything of a table stands on the screen: heads, bands, rows folded or open, widths. No Textual in here."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from qualcode.report.printed import Column, Printed, Row
from qualcode.table import Table

_LETTERS = range(12, 4, -1)
"""Letters of a column's name below its code: as many of these as leave all columns in sight, at least five."""
_WIDEST_HEAD = 24
_WIDEST_TEXT = 34
_LEAST_SHARE = 9
_RULE = 2
"""Cells of the rule between two bands of columns, with the blank before it."""


@dataclass(frozen=True, slots=True)
class Band:
    """A line above the first row of a band."""

    name: str


@dataclass(frozen=True, slots=True)
class Place:
    """A column on the screen: its number, where it begins, and its cells without rule and blank."""

    number: int
    x: int
    width: int
    is_ruled: bool


def fitted(text: str, width: int) -> str:
    """The text in exactly so many cells, with an ellipsis where it is cut."""
    if cell_len(text) <= width:
        return set_cell_size(text, width)
    return set_cell_size(set_cell_size(text, max(0, width - 1)).rstrip() + "…", width)


class GridLayout:
    """A table laid out for a width.

    Attributes:
        sheet: the table as printed.
        lines: rows by number, and bands, from top to bottom; what is folded away is left out.
        heads: the lines above the columns, each a text by column.
        head: cells of the rows' heads.
        widths: of the columns' contents.
        is_foldable: whether any row has others below it.

    Args:
        table: what is shown.
        sheet: the same as printed.
        width: cells there are.
        shut: keys of the rows whose children are folded away.
        is_shared: columns of words share the room evenly.
    """

    def __init__(
        self, table: Table, sheet: Printed, width: int, shut: Collection[str], *, is_shared: bool = False
    ) -> None:
        self.sheet = sheet
        self.width = width
        self._keys = [row.key for row in table.rows]
        self._denominators = [f" (of {row.of})" if row.of is not None else "" for row in table.rows]
        self._above = list(_ancestors(sheet.rows))
        self.parents = {above[-1] for above in self._above if above}
        self.is_foldable = bool(self.parents)
        self.lines = list(self._lines(shut))
        self.head = self._head_width()
        self._rules = [
            number > 0 and column.group != sheet.columns[number - 1].group
            for number, column in enumerate(sheet.columns)
        ]
        self.letters = _LETTERS[-1]
        self._widest = [] if is_shared else [self._widest_cell(number) for number in range(len(sheet.columns))]
        self.widths: tuple[int, ...] = ()
        for letters in (_WIDEST_TEXT,) if is_shared else _LETTERS:
            self.letters = letters
            self.widths = tuple(self._width(number, is_shared=is_shared) for number in range(len(sheet.columns)))
            if self._total() <= width:
                break
        self.heads = list(self._head_lines())

    def _lines(self, shut: Collection[str]) -> Iterator[int | Band]:
        has_bands = len({row.group for row in self.sheet.rows}) > 1
        group = self.sheet.rows[0].group if self.sheet.rows else ""
        for number, row in enumerate(self.sheet.rows):
            if any(self._keys[above] in shut for above in self._above[number]):
                continue
            if has_bands and row.group != group:
                yield Band(row.group)
            group = row.group
            yield number

    def _head_width(self) -> int:
        rows = self.sheet.rows
        widest = max((cell_len(row.text) + 2 * row.depth for row in rows), default=0)
        corner = max([cell_len(self.sheet.corner), *(cell_len(row.group) for row in rows)], default=0)
        return min(max(widest + self.is_foldable, min(corner, 24)) + 1, max(14, min(self.width * 27 // 100, 40)))

    def _width(self, number: int, *, is_shared: bool) -> int:
        column = self.sheet.columns[number]
        titles = max(cell_len(column.code), min(cell_len(self.short(column)), _WIDEST_HEAD), cell_len(column.below))
        if is_shared:
            room = (self.width - self.head) // max(1, len(self.sheet.columns)) - 1
            return max(_LEAST_SHARE, min(room, _WIDEST_TEXT))
        widest = self._widest[number]
        least = _LETTERS[-1] if column.code else 1
        return max(least, titles, widest if column.is_number else min(widest, _WIDEST_TEXT))

    def _widest_cell(self, number: int) -> int:
        """Each text is measured once: in a matrix of twelve thousand numbers few are different."""
        different = {(row.cells[number].text, row.cells[number].marks) for row in self.sheet.rows}
        return max((cell_len(text) + cell_len(marks) for text, marks in different), default=0)

    def _total(self) -> int:
        return self.head + sum(self.widths) + len(self.widths) + _RULE * sum(self._rules)

    def short(self, column: Column) -> str:
        """A column's name, cut where its code stands above it."""
        return column.name[: self.letters].rstrip() if column.code else column.name

    def _head_lines(self) -> Iterator[list[str]]:
        columns = self.sheet.columns
        if any(column.code for column in columns):
            yield [column.code for column in columns]
        yield [self.short(column) for column in columns]
        if any(column.below for column in columns):
            yield [column.below for column in columns]

    @property
    def bands(self) -> list[str]:
        """The columns' bands, by column; empty where there are none."""
        groups = [column.group for column in self.sheet.columns]
        return groups if any(groups) else []

    # -- columns -----------------------------------------------------------------------------------------------------

    def places(self, first: int) -> list[Place]:
        """The columns in sight when `first` is the leftmost."""
        found, x = [], self.head
        for number in range(first, len(self.widths)):
            is_ruled = number > first and self._rules[number]
            x += _RULE * is_ruled + 1
            if x + min(self.widths[number], 3) > self.width:
                break
            found.append(Place(number, x, self.widths[number], is_ruled))
            x += self.widths[number]
        return found

    def whole(self, first: int) -> int:
        """The last column that stands whole on the screen; at least `first`."""
        return max([first, *(place.number for place in self.places(first) if place.x + place.width <= self.width)])

    def first_for(self, first: int, column: int) -> int:
        """The leftmost column that keeps one in sight, as near to `first` as can be."""
        first = min(first, column)
        while first < column and self.whole(first) < column:
            first += 1
        return first

    # -- rows --------------------------------------------------------------------------------------------------------

    def line_of(self, row: int) -> int:
        """The line in which a row stands; of one folded away the line of the nearest one above that is shown."""
        for number in (row, *reversed(self._above[row])) if self._above else ():
            if number in self.lines:
                return self.lines.index(number)
        return 0

    def above(self, row: int) -> tuple[int, ...]:
        """Numbers of the rows that a row is indented below, the outermost first."""
        return self._above[row]

    def band_at(self, line: int) -> str:
        """The band of the rows at a line."""
        rows = [each for each in self.lines[line:] if not isinstance(each, Band)]
        return self.sheet.rows[rows[0]].group if rows else ""

    def named(self, row: int, shut: Collection[str]) -> str:
        """A row's head, in as many cells as there are."""
        each = self.sheet.rows[row]
        sign = ("▸" if self._keys[row] in shut else "▾") if row in self.parents else " "
        of = self._denominators[row]
        text = "  " * each.depth + (sign if self.is_foldable else "") + each.text.removesuffix(of)
        return fitted(text, self.head - 1 - cell_len(of)) + of + " "


def _ancestors(rows: tuple[Row, ...]) -> Iterator[tuple[int, ...]]:
    path: list[int] = []
    for number, row in enumerate(rows):
        while path and (rows[path[-1]].depth >= row.depth or rows[path[-1]].group != row.group):
            path.pop()
        yield tuple(path)
        path.append(number)
