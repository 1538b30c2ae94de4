"""`Drawing`: lines of styled pieces made for the room there is, by a function."""

from collections.abc import Callable, Sequence

from rich.segment import Segment as Piece
from textual.strip import Strip
from textual.widget import Widget

from qualcode.tui.themes import Ink

Draw = Callable[[int, int], Sequence[Sequence[tuple[str, str]]]]
"""(cells of width, lines of height) -> for each line words, safe to show, and the names of their styles."""


class Drawing(Widget):
    """A picture in characters."""

    ALLOW_SELECT = False

    def __init__(self, ink: Ink, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self._ink = ink
        self._draw: Draw | None = None
        self._lines: Sequence[Sequence[tuple[str, str]]] = ()

    def show(self, draw: Draw) -> None:
        """Draw this from now on."""
        self._draw = draw
        self._make()

    def line(self, y: int) -> Sequence[tuple[str, str]]:
        """What stands in a line."""
        return self._lines[y] if 0 <= y < len(self._lines) else ()

    def _make(self) -> None:
        if self._draw is not None and self.size.width and self.size.height:
            self._lines = self._draw(self.size.width, self.size.height)
        self.refresh()

    def on_resize(self) -> None:
        """Draw for the room there is now."""
        self._make()

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        self._ink = ink
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of it."""
        pieces = [Piece(words, self._ink.style(style)) for words, style in self.line(y)]
        return Strip(pieces).adjust_cell_length(self.size.width, self._ink.style())
