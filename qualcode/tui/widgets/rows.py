"""`Rows`: a list drawn row by row from a function, so that 2,000 codes or 50,000 passages cost no widget each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment as Piece
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.strip import Strip

from qualcode.tui.actions import bindings
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.line import fitted
from qualcode.tui.widgets.roll import Roll

Draw = Callable[[int, int], list[Piece]]
"""(row, cells of width) -> its pieces; all text in them has been made safe to show."""


def _nothing(_row: int, _width: int) -> list[Piece]:
    return []


class Rows(Roll, can_focus=True):
    """A list with a current row.

    Attributes:
        count: how many rows there are.
        current: the current row, 0 where there is none.
    """

    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("list")]
    DEFAULT_CSS = "Rows { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }"

    @dataclass
    class Highlighted(Message):
        """Another row is current."""

        rows: "Rows"
        row: int

        @property
        def control(self) -> "Rows":
            """The list it is about."""
            return self.rows

    @dataclass
    class Chosen(Message):
        """A row was chosen, by Enter or a double click."""

        rows: "Rows"
        row: int

        @property
        def control(self) -> "Rows":
            """The list it is about."""
            return self.rows

    def __init__(self, ink: Ink, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self.count = 0
        self.current = 0
        self._draw: Draw = _nothing
        self._head: Draw | None = None
        self._ink = ink

    def fill(self, count: int, draw: Draw, head: Draw | None = None, current: int = 0) -> None:
        """Show so many rows; `head` draws a line (its row is 0) that stays above them."""
        self.count, self._draw, self._head = count, draw, head
        self.current = max(0, min(current, count - 1))
        self.virtual_size = Size(self.size.width, count + (1 if head else 0))
        self._show_current()
        self.refresh()
        self.post_message(self.Highlighted(self, self.current))

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        self._ink = ink
        self.refresh()

    def on_resize(self) -> None:
        """The current row stays in sight."""
        self.virtual_size = Size(self.size.width, self.count + (1 if self._head else 0))
        self._show_current()

    def render_line(self, y: int) -> Strip:
        """One row of the screen."""
        width, ground = self.scrollable_content_region.width, self._ink.style()
        if self._head is not None and y == 0:
            return fitted(self._head(0, width), width, ground)
        row = y + self.scroll_offset.y - (1 if self._head else 0)
        if row >= self.count:
            return Strip.blank(width, ground)
        strip = fitted(self._draw(row, width), width, ground)
        if row != self.current:
            return strip
        over = self._ink.over("row" if self.has_focus else "raised")
        # laid over the pieces' own ground: `Strip.apply_style` would lay it beneath, where nobody sees it
        return Strip(Piece.apply_style(strip, post_style=over), width)

    def on_focus(self) -> None:
        """The current row is drawn as such."""
        self.refresh()

    def on_blur(self) -> None:
        """The current row is drawn quietly."""
        self.refresh()

    # -- moving ------------------------------------------------------------------------------------------------------

    def go_to(self, row: int) -> None:
        """Make a row the current one."""
        if not self.count:
            return
        before, self.current = self.current, max(0, min(row, self.count - 1))
        self._show_current()
        for each in {before, self.current}:
            self.refresh_lines(each + (1 if self._head else 0))
        self.post_message(self.Highlighted(self, self.current))

    @property
    def _room(self) -> int:
        return max(1, self.size.height - (1 if self._head else 0))

    def _show_current(self) -> None:
        if not self.size.height:  # not laid out yet: `on_resize` will come
            return
        top = self.scroll_offset.y
        if self.current < top:
            self.scroll_to(y=self.current, animate=False, immediate=True)
        elif self.current >= top + self._room:
            self.scroll_to(y=self.current - self._room + 1, animate=False, immediate=True)

    def action_up(self) -> None:
        """One row up."""
        self.go_to(self.current - 1)

    def action_down(self) -> None:
        """One row down."""
        self.go_to(self.current + 1)

    def action_page_up(self) -> None:
        """One page up."""
        self.go_to(self.current - self._room)

    def action_page_down(self) -> None:
        """One page down."""
        self.go_to(self.current + self._room)

    def action_top(self) -> None:
        """To the first row."""
        self.go_to(0)

    def action_bottom(self) -> None:
        """To the last row."""
        self.go_to(self.count - 1)

    def action_choose(self) -> None:
        """Open the current row."""
        if self.count:
            self.post_message(self.Chosen(self, self.current))

    def on_click(self, event: events.Click) -> None:
        """Once: make the row current; twice: choose it."""
        row = event.y + self.scroll_offset.y - (1 if self._head else 0)
        if 0 <= row < self.count and not (self._head and event.y == 0):
            self.go_to(row)
            if event.chain == 2:
                self.action_choose()
