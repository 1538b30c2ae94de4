"""`Grid`: a table with a cursor: heads stay in sight, cells open. Any number of rows and columns; no widget a cell."""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment as Piece
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from qualcode.report.printed import Column, Printed, printed
from qualcode.table import Table
from qualcode.tui.actions import bindings
from qualcode.tui.themes import Ink

_FIRST_WIDTH = 80
"""Cells assumed before the widget is shown."""
_WIDEST_TEXT = 30
_NAME = 7
"""Letters of a column's name that stand below its code."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Widths in cells: of the row heads, and of each column with the blank before it."""

    head: int
    columns: tuple[int, ...]


class Grid(ScrollView, can_focus=True):
    """A table's cells, drawn from what is printed of it.

    Attributes:
        table: what is shown.
        row, column: numbers of the cell with the cursor.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("grid")]
    DEFAULT_CSS = "Grid { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }"

    @dataclass
    class Moved(Message):
        """Another cell has the cursor."""

        grid: "Grid"

    @dataclass
    class Chosen(Message):
        """A cell was chosen, by Enter or a double click."""

        grid: "Grid"

    def __init__(self, ink: Ink, table: Table, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self._ink = ink
        self.row = self.column = 0
        self._first = 0  # the first column in sight
        self._lay(table)

    def show(self, table: Table) -> None:
        """Show another table; the cursor stays on the same row and column, where they are there."""
        at = self.keys
        self._lay(table)
        rows, columns = [each.key for each in table.rows], [each.key for each in table.columns]
        self.row = rows.index(at[0]) if at and at[0] in rows else 0
        self.column = columns.index(at[1]) if at and at[1] in columns else 0
        self._resized()
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved(self))

    def _lay(self, table: Table) -> None:
        self.table = table
        self._sheet: Printed = printed(table)
        self._heads = _head_lines(self._sheet)
        self._measure()

    @property
    def keys(self) -> tuple[str, str] | None:
        """Keys of the row and the column with the cursor; None in an empty table."""
        if self.row >= len(self.table.rows) or self.column >= len(self.table.columns):
            return None
        return self.table.rows[self.row].key, self.table.columns[self.column].key

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        self._ink = ink
        self.refresh()

    def on_resize(self) -> None:
        """The cell with the cursor stays in sight."""
        self._resized()
        self._keep_in_sight()

    def _resized(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._sheet.rows) + len(self._heads))
        self._measure()

    def _measure(self) -> None:
        width = self.size.width or _FIRST_WIDTH
        head = max((cell_len(row.text) + 2 * row.depth for row in self._sheet.rows), default=0)
        head = min(max(head, cell_len(self._sheet.corner)) + 1, max(12, width // 3))
        self._shape = _Shape(head, tuple(self._width(number) for number in range(len(self._sheet.columns))))

    def _width(self, number: int) -> int:
        column = self._sheet.columns[number]
        cells = max((cell_len(row.cells[number].text + row.cells[number].marks) for row in self._sheet.rows), default=0)
        titles = max(cell_len(line[number]) for line in self._heads)
        return max(min(cells, 10_000 if column.is_number else _WIDEST_TEXT), titles) + 2

    # -- drawing -----------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line: a head, or a row."""
        width, ground = self.scrollable_content_region.width, self._ink.style()
        if y < len(self._heads):
            return Strip(self._head_pieces(y)).adjust_cell_length(width, ground)
        row = y - len(self._heads) + self.scroll_offset.y
        if row >= len(self._sheet.rows):
            return Strip.blank(width, ground)
        return Strip(self._row_pieces(row)).adjust_cell_length(width, ground)

    def _head_pieces(self, line: int) -> list[Piece]:
        quiet = self._ink.style("quiet")
        corner = self._sheet.corner if line == len(self._heads) - 1 else ""
        pieces = [Piece(set_cell_size(corner, self._shape.head), quiet)]
        is_last = line == len(self._heads) - 1
        for number in range(self._first, len(self._sheet.columns)):
            style = self._ink.style("head" if number == self.column else "quiet" if is_last else "label")
            words = set_cell_size(self._heads[line][number], self._shape.columns[number] - 2)
            is_number = self._sheet.columns[number].is_number
            shown = words.rstrip().rjust(self._shape.columns[number] - 2) if is_number else words
            pieces.append(Piece(f"{self._joint(number)} {shown}", style))
        return pieces

    def _joint(self, number: int) -> str:
        """What stands before a column: a rule where another band begins."""
        columns = self._sheet.columns
        return "│" if number > self._first and columns[number].group != columns[number - 1].group else " "

    def _row_pieces(self, number: int) -> list[Piece]:
        row = self._sheet.rows[number]
        is_here = number == self.row
        name = set_cell_size("  " * row.depth + row.text, self._shape.head)
        strong = self._ink.style("head" if is_here else "label" if row.depth == 0 else "text")
        pieces = [Piece(name, strong)]
        for place in range(self._first, len(row.cells)):
            cell, width = row.cells[place], self._shape.columns[place] - 2
            words = cell.text.replace("\n", " ") + cell.marks
            shown = set_cell_size(words, width)
            if self._sheet.columns[place].is_number:
                shown = words.rjust(width) if cell_len(words) <= width else shown
            pieces.append(Piece(self._joint(place), self._ink.style("quiet")))
            pieces.append(Piece(f" {shown}", self._cell_style(cell.value, is_here=is_here and place == self.column)))
        return pieces

    def _cell_style(self, value: object, *, is_here: bool) -> Style:
        style = self._ink.style("text" if value else "quiet")
        return style + self._ink.over("cursor" if self.has_focus else "selected") if is_here else style

    def on_focus(self) -> None:
        """The cursor is drawn strongly."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor is drawn quietly."""
        self.refresh()

    # -- moving ------------------------------------------------------------------------------------------------------

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or the nearest there is."""
        self.row = max(0, min(row, len(self._sheet.rows) - 1))
        self.column = max(0, min(column, len(self._sheet.columns) - 1))
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved(self))

    @property
    def _room(self) -> int:
        return max(1, self.size.height - len(self._heads))

    def _keep_in_sight(self) -> None:
        top = self.scroll_offset.y
        if self.row < top:
            self.scroll_to(y=self.row, animate=False, immediate=True)
        elif self.row >= top + self._room:
            self.scroll_to(y=self.row - self._room + 1, animate=False, immediate=True)
        self._first = min(self._first, self.column)
        room = self.scrollable_content_region.width - self._shape.head
        while self._first < self.column and sum(self._shape.columns[self._first : self.column + 1]) > room:
            self._first += 1

    def action_up(self) -> None:
        """One row up."""
        self.go_to(self.row - 1, self.column)

    def action_down(self) -> None:
        """One row down."""
        self.go_to(self.row + 1, self.column)

    def action_left(self) -> None:
        """One column to the left."""
        self.go_to(self.row, self.column - 1)

    def action_right(self) -> None:
        """One column to the right."""
        self.go_to(self.row, self.column + 1)

    def action_page_up(self) -> None:
        """One page up."""
        self.go_to(self.row - self._room, self.column)

    def action_page_down(self) -> None:
        """One page down."""
        self.go_to(self.row + self._room, self.column)

    def action_top(self) -> None:
        """To the first row."""
        self.go_to(0, self.column)

    def action_bottom(self) -> None:
        """To the last row."""
        self.go_to(len(self._sheet.rows) - 1, self.column)

    def action_line_start(self) -> None:
        """To the first column."""
        self.go_to(self.row, 0)

    def action_line_end(self) -> None:
        """To the last column."""
        self.go_to(self.row, len(self._sheet.columns) - 1)

    def action_choose(self) -> None:
        """Open the cell."""
        if self.keys is not None:
            self.post_message(self.Chosen(self))

    def on_click(self, event: events.Click) -> None:
        """Once: the cursor goes there; twice: the cell opens."""
        row = event.y - len(self._heads) + self.scroll_offset.y
        column = self._column_at(event.x)
        if event.y < len(self._heads) or column is None or row >= len(self._sheet.rows):
            return
        self.go_to(row, column)
        if event.chain == 2:
            self.action_choose()

    def _column_at(self, x: int) -> int | None:
        edge = self._shape.head
        for number in range(self._first, len(self._shape.columns)):
            edge += self._shape.columns[number]
            if x < edge:
                return number if x >= self._shape.head else self._first
        return None


def _head_lines(sheet: Printed) -> list[list[str]]:
    """The lines above the columns: code, a short name or the whole title, and unit where columns differ in it."""
    has_codes = any(column.code for column in sheet.columns)
    lines = []
    if has_codes:
        lines.append([column.code for column in sheet.columns])
    lines.append([_named(column) for column in sheet.columns])
    if any(column.below for column in sheet.columns):
        lines.append([column.below for column in sheet.columns])
    return lines


def _named(column: Column) -> str:
    """A column's name, cut where its code stands above it."""
    return column.name[:_NAME].rstrip() if column.code else column.name
