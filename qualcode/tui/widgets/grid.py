"""`Grid`: a table with a cursor: heads stay in sight, cells open. Any number of rows and columns; no widget a cell."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, cast

from rich.cells import cell_len, set_cell_size
from rich.segment import Segment as Piece
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from qualcode.report.printed import Printed, printed
from qualcode.table import Table
from qualcode.tui.actions import bindings
from qualcode.tui.grid_layout import Band, GridLayout, Place, fitted
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.roll import Roll
from qualcode.visible import visible_line

_FIRST_WIDTH = 80
"""Cells assumed before the widget is shown."""

Dress = Callable[[int, int], tuple[str, str] | None]
"""(row, column) -> what stands in a cell instead of its text, and the name of its style; None = as printed."""


class Grid(Roll, can_focus=True):
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

    def __init__(self, ink: Ink, table: Table | None = None, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self._ink = ink
        self.row = self.column = 0
        self._first = 0  # the first column in sight
        self._shut: set[str] = set()  # keys of the rows whose children are folded away
        self._dress: Dress | None = None
        self._take(table or _blank(), None)

    def show(self, table: Table, dress: Dress | None = None, sheet: Printed | None = None) -> None:
        """Show another table; the cursor stays on the same row and column, where they are there.

        Columns of words that are dressed share the room evenly. `sheet` is the table as printed, where that is there.
        """
        at = self.keys
        self._take(table, dress, sheet)
        rows, columns = [each.key for each in table.rows], [each.key for each in table.columns]
        self.row = rows.index(at[0]) if at and at[0] in rows else 0
        self.column = columns.index(at[1]) if at and at[1] in columns else 0
        self._settle()

    def _take(self, table: Table, dress: Dress | None, sheet: Printed | None = None) -> None:
        self.table = table
        self._dress = dress
        nothing = replace(_NOTHING, title=visible_line(table.title))
        self._sheet: Printed = (sheet or printed(table)) if table.rows else nothing
        self._lay()

    def _lay(self) -> None:
        width = self.scrollable_content_region.width or _FIRST_WIDTH
        self.laid = GridLayout(self.table, self._sheet, width, self._shut, is_shared=self._dress is not None)
        self._bands = self.laid.bands
        self._above = len(self.laid.heads) + bool(self._bands)

    def _settle(self) -> None:
        self.virtual_size = Size(self.size.width, len(self.laid.lines) + self._above)
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved(self))

    @property
    def keys(self) -> tuple[str, str] | None:
        """Keys of the row and the column with the cursor; None in an empty table."""
        if self.row >= len(self._sheet.rows) or self.column >= len(self._sheet.columns):
            return None
        return self.table.rows[self.row].key, self.table.columns[self.column].key

    @property
    def out_of_sight(self) -> tuple[list[str], list[str]]:
        """The columns to the left and to the right that are not in sight, by code or name."""
        names = [column.code or column.name for column in self._sheet.columns]
        return names[: self._first], names[self.laid.whole(self._first) + 1 :] if names else []

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        self._ink = ink
        self.refresh()

    def on_resize(self) -> None:
        """The cell with the cursor stays in sight."""
        self._lay()
        self._settle()

    # -- drawing -----------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line: a head, a band, or a row."""
        width, ground = self.scrollable_content_region.width, self._ink.style()
        pieces: list[Piece] = []
        line = y - self._above + self.scroll_offset.y
        if y < self._above:
            pieces = self._head_pieces(y)
        elif line < len(self.laid.lines):
            shown = self.laid.lines[line]
            pieces = self._band_pieces(shown) if isinstance(shown, Band) else self._row_pieces(shown)
        return Strip(pieces).adjust_cell_length(width, ground)

    def _head_pieces(self, y: int) -> list[Piece]:
        quiet, head = self._ink.style("quiet"), self.laid.head
        corner = self._sheet.corner if y == self._above - 1 else ""
        if y == 0 and self._above > 1:  # which band the rows below are in
            corner = self.laid.band_at(self.scroll_offset.y)
        pieces = [Piece(fitted(corner, head - 1) + " ", quiet)]
        places = self.laid.places(self._first)
        if self._bands and y == 0:
            return pieces + self._over(places)
        titles = self.laid.heads[y - bool(self._bands)]
        is_code = y - bool(self._bands) == 0 and len(self.laid.heads) > 1
        for place in places:
            usual = "label" if is_code else "quiet"
            style = self._ink.style("head" if place.number == self.column else usual)
            words = fitted(titles[place.number], place.width)
            is_number = self._sheet.columns[place.number].is_number and self._dress is None
            shown = words.rstrip().rjust(place.width) if is_number else words
            pieces += [Piece(_joint(place), quiet), Piece(shown, style)]
        return pieces

    def _over(self, places: Sequence[Place]) -> list[Piece]:
        """The names of the bands, each over its columns."""
        quiet = self._ink.style("quiet")
        pieces: list[Piece] = []
        start = 0
        for end in range(1, len(places) + 1):
            if end == len(places) or self._bands[places[end].number] != self._bands[places[start].number]:
                first, last = places[start], places[end - 1]
                width = last.x + last.width - first.x
                pieces += [Piece(_joint(first), quiet), Piece(fitted(self._bands[first.number], width), quiet)]
                start = end
        return pieces

    def _band_pieces(self, band: Band) -> list[Piece]:
        quiet, head = self._ink.style("quiet"), self.laid.head
        name = f" {band.name}"
        # a name that is longer than the rows' heads goes on over the columns
        line = "─" * head + "".join(
            ("─┼─" if place.is_ruled else "─") + "─" * place.width for place in self.laid.places(self._first)
        )
        room = self.laid.width
        line = set_cell_size(line, room) if cell_len(line) > room else line
        return [Piece(fitted(name, min(cell_len(name), room)) + " ", quiet), Piece(line[cell_len(name) + 1 :], quiet)]

    def _row_pieces(self, number: int) -> list[Piece]:
        row = self._sheet.rows[number]
        is_here = number == self.row
        strong = self._ink.style("head" if is_here else "label" if row.depth == 0 else "text")
        pieces = [Piece(self.laid.named(number, self._shut), strong)]
        for place in self.laid.places(self._first):
            pieces.append(Piece(_joint(place), self._ink.style("quiet")))
            pieces += self._cell_pieces(number, place, is_here=is_here and place.number == self.column)
        return pieces

    def _cell_pieces(self, number: int, place: Place, *, is_here: bool) -> list[Piece]:
        over = self._ink.over("cursor" if self.has_focus else "selected") if is_here else Style()
        dressed = self._dress(number, place.number) if self._dress else None
        if dressed is not None:
            return [Piece(fitted(dressed[0], place.width), self._ink.style(dressed[1]) + over)]
        cell = self._sheet.rows[number].cells[place.number]
        words, marks = cell.text.replace("\n", " "), cell.marks
        style = self._ink.style("text" if cell.value else "quiet") + over
        if not self._sheet.columns[place.number].is_number or cell_len(words + marks) > place.width:
            return [Piece(fitted(words + marks, place.width), style)]
        mark = self._ink.style("warn") + over
        return [Piece(words.rjust(place.width - cell_len(marks)), style), Piece(marks, mark)]

    def on_focus(self) -> None:
        """The cursor is drawn strongly."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor is drawn quietly."""
        self.refresh()

    # -- moving ------------------------------------------------------------------------------------------------------

    def go_to(self, row: int, column: int) -> None:
        """Put the cursor on a cell, or the nearest there is; rows that hide it are unfolded."""
        self.row = max(0, min(row, len(self._sheet.rows) - 1))
        self.column = max(0, min(column, len(self._sheet.columns) - 1))
        hiding = {self.table.rows[each].key for each in self.laid.above(self.row)} if self._sheet.rows else set()
        if hiding & self._shut:
            self._shut -= hiding
            self._lay()
            self._settle()
            return
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.Moved(self))

    def _step(self, lines: int) -> None:
        """So many rows on, past bands and what is folded away."""
        shown = [each for each in self.laid.lines if not isinstance(each, Band)]
        if shown:
            here = shown.index(self.row) if self.row in shown else 0
            self.go_to(shown[max(0, min(here + lines, len(shown) - 1))], self.column)

    @property
    def _room(self) -> int:
        return max(1, self.size.height - self._above)

    def _keep_in_sight(self) -> None:
        self._first = self.laid.first_for(self._first, self.column)
        line, top = self.laid.line_of(self.row), self.scroll_offset.y
        over = line - 1 if line and isinstance(self.laid.lines[line - 1], Band) else line
        if over < top:
            self.scroll_to(y=over, animate=False, immediate=True)
        elif line >= top + self._room:
            self.scroll_to(y=line - self._room + 1, animate=False, immediate=True)

    def action_up(self) -> None:
        """One row up."""
        self._step(-1)

    def action_down(self) -> None:
        """One row down."""
        self._step(1)

    def action_left(self) -> None:
        """One column to the left."""
        self.go_to(self.row, self.column - 1)

    def action_right(self) -> None:
        """One column to the right."""
        self.go_to(self.row, self.column + 1)

    def action_page_up(self) -> None:
        """One page up."""
        self._step(-self._room)

    def action_page_down(self) -> None:
        """One page down."""
        self._step(self._room)

    def action_top(self) -> None:
        """To the first row."""
        self.go_to(0, self.column)

    def action_bottom(self) -> None:
        """To the last row that is shown."""
        self._step(len(self._sheet.rows))

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

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Where no row has others below it, the keys that fold mean what they mean around it."""
        del parameters
        return self.laid.is_foldable or action not in {"fold", "fold_all"}

    # -- folding -----------------------------------------------------------------------------------------------------

    def action_fold(self) -> None:
        """Fold away what is below the row, or show it again; on a row without any, fold that around it."""
        around = self.laid.above(self.row) if self._sheet.rows else ()
        row = self.row if self.row in self.laid.parents else (around[-1] if around else None)
        if row is not None:
            self._fold(row)

    def _fold(self, row: int) -> None:
        key = self.table.rows[row].key
        self._shut ^= {key}
        if row in self.laid.above(self.row):
            self.row = row
        self._lay()
        self._settle()

    def action_fold_all(self) -> None:
        """Fold everything, or show everything again."""
        keys = {self.table.rows[each].key for each in self.laid.parents}
        self._shut = set() if self._shut & keys else keys
        if self._shut and self._sheet.rows:
            self.row = next(iter(self.laid.above(self.row)), self.row)
        self._lay()
        self._settle()

    # -- the mouse ---------------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """Once: the cursor goes there, or the row folds; twice: the cell opens."""
        line = event.y - self._above + self.scroll_offset.y
        if event.y < self._above or line >= len(self.laid.lines):
            return
        row = self.laid.lines[line]
        if isinstance(row, Band):
            return
        if event.x <= 2 * self._sheet.rows[row].depth and row in self.laid.parents:
            self._fold(row)
            return
        column = self._column_at(event.x)
        if column is not None:
            self.go_to(row, column)
            if event.chain == 2:
                self.action_choose()

    def _column_at(self, x: int) -> int | None:
        """The column under a place; beside the rows' heads the one that has the cursor."""
        if x < self.laid.head:
            return self.column
        under = (place.number for place in self.laid.places(self._first) if x < place.x + place.width)
        return next(under, None)


_NOTHING = Printed("", "", (), (), ())


def _blank() -> Table:
    """What is shown while the first table is counted; without rows nobody asks for its frame."""
    return Table("", "", "", (), (), cast("Any", None))


def _joint(place: Place) -> str:
    """What stands before a column: a blank, and where another band begins, a rule."""
    return " │ " if place.is_ruled else " "
