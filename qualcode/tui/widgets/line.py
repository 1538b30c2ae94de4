"""`Line`: one line of styled pieces, cheaper to change than a Static since it never asks for a new layout."""

from collections.abc import Sequence

from rich.segment import Segment as Piece
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget


class Line(Widget):
    """One line that is told anew at each move of the cursor. Its pieces have been made safe to show."""

    DEFAULT_CSS = "Line { height: 1; }"

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self._pieces: Sequence[Piece] = ()

    def tell(self, pieces: Sequence[Piece]) -> None:
        """Show these; nothing happens if they are what is shown already."""
        if list(pieces) != self._pieces:
            self._pieces = list(pieces)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """The line."""
        ground = self.rich_style
        pieces = [Piece(piece.text, ground + (piece.style or Style())) for piece in self._pieces]
        return fitted(pieces, self.size.width, ground)


def fitted(pieces: Sequence[Piece], width: int, ground: Style) -> Strip:
    """Pieces as a line of so many cells; where it is cut, that is seen."""
    strip = Strip(pieces)
    if strip.cell_length > width > 0:
        strip = Strip([*strip.crop(0, width - 1), Piece("…", ground)])
    return strip.adjust_cell_length(width, ground)
