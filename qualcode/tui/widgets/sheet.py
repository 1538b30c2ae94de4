"""`Sheet`: rows with columns under a head, sorted by the column one chooses; drawn, never one widget a row."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rich.segment import Segment as Piece
from textual import events
from textual.message import Message

from qualcode.tui.columns import Column, cell, fitted
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows

Cells = Callable[[int], Sequence[tuple[str, str]]]
"""row -> (words as they are stored, name of their ink) for every column; the last of fewer cells takes all the rest."""


class Sheet(Rows):
    """A list with columns.

    Attributes:
        columns: all of them; those that do not fit are not drawn.
    """

    columns: Sequence[Column] = ()
    _cells: Cells
    _fits: dict[int, tuple[list[tuple[int, int]], int]]
    _sorted_by = -1
    _is_falling = False

    def __init__(self, ink: Ink, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(ink, id=id)
        self._fits = {}

    @dataclass
    class HeadChosen(Message):
        """The head of a column was clicked."""

        rows: "Sheet"
        column: int

        @property
        def control(self) -> "Sheet":
            """The list it is about."""
            return self.rows

    def show(
        self,
        columns: Sequence[Column],
        count: int,
        cells: Cells,
        *,
        current: int = 0,
        sorted_by: int = -1,
        is_falling: bool = False,
    ) -> None:
        """Show so many rows; `sorted_by` is the number of a column, marked in the head."""
        self.columns, self._cells, self._fits = columns, cells, {}
        self._sorted_by, self._is_falling = sorted_by, is_falling
        self.fill(count, self._row, self._titles, current)

    def shown(self) -> list[int]:
        """The numbers of the columns that have room."""
        return [each for each, _ in self._fitted()[0]]

    def _fitted(self) -> tuple[list[tuple[int, int]], int]:
        """The columns that have room, each with its cells, and the gap between them; looked at once a width."""
        width = max(1, self.size.width - 2)
        if width not in self._fits:
            self._fits[width] = fitted(self.columns, width)
        return self._fits[width]

    def _titles(self, _row: int, width: int) -> list[Piece]:
        marks = {self._sorted_by: "↓" if self._is_falling else "↑"}
        names = [(f"{column.name}{marks.get(place, '')}", "quiet") for place, column in enumerate(self.columns)]
        return self._drawn(names, width)

    def _row(self, row: int, width: int) -> list[Piece]:
        return self._drawn(self._cells(row), width)

    def _drawn(self, cells: Sequence[tuple[str, str]], width: int) -> list[Piece]:
        widths, gap = self._fitted()
        pieces, used = [Piece(" ", self._ink.style("text"))], 0
        for place, (number, wide) in enumerate(widths):
            words, ink = cells[number]
            between = " " * gap if place else ""
            if number == len(cells) - 1 < len(self.columns) - 1:
                rest = sum(other for _, other in widths[place:]) + gap * (len(widths) - place - 1)
                pieces.append(Piece(between + cell(words, max(rest, width - 2 - used)), self._ink.style(ink)))
                break
            used += wide + gap
            drawn = cell(words, wide, is_number=self.columns[number].is_number)
            pieces.append(Piece(between + drawn, self._ink.style(ink)))
        return pieces

    def on_click(self, event: events.Click) -> None:
        """On the head: its column was chosen."""
        if event.y != 0 or self._head is None:
            return
        left = 1
        widths, gap = self._fitted()
        for number, wide in widths:
            if left <= event.x < left + wide + gap:
                self.post_message(self.HeadChosen(self, number))
                return
            left += wide + gap
