"""`Prose`: words in a fixed place, wrapped to its width, that scroll; another text in it lays nothing out anew."""

from collections.abc import Sequence

from rich.text import Text
from textual.geometry import Size
from textual.strip import Strip

from qualcode.tui.widgets.roll import Roll

_ABOVE = 5
"""Lines that stay in sight above the place shown, its own among them."""


class Prose(Roll, can_focus=False):
    """Shows a text whose words have been made safe to show."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Prose { overflow: hidden hidden; scrollbar-gutter: stable; scrollbar-size-vertical: 1; height: 1fr; }
    Prose.-long { overflow-y: scroll; }
    """

    def __init__(self, *, id: str | None = None, widest: int | None = None) -> None:  # noqa: A002 (Textual's word)
        """`widest`: cells of the longest line, however much room there is."""
        super().__init__(id=id)
        self._widest = widest
        self._text = Text()
        self._at = 0
        self._lines: Sequence[Text] = ()

    def show(self, text: Text, *, at: int = 0) -> None:
        """Show this text from its top, or so that the words at a place of it are in sight with some lines above."""
        self._text, self._at = text, at
        self._wrap()

    def _width(self) -> int:
        """The same with and without the scroll bar, which comes after the words were wrapped."""
        room = self.content_region.width - self.styles.scrollbar_size_vertical
        return min(room, self._widest or room)

    def _wrap(self) -> None:
        if self._width() < 1:  # not laid out yet: `on_resize` will come
            return
        self._lines = self._wrapped(self._text)
        self.virtual_size = Size(self._width(), len(self._lines))
        self.set_class(len(self._lines) > self.scrollable_content_region.height, "-long")
        above = len(self._wrapped(self._text[: self._at])) if self._at else 0
        self.scroll_to(y=max(0, above - _ABOVE), animate=False, immediate=True)
        self.refresh()

    def _wrapped(self, text: Text) -> Sequence[Text]:
        return list(text.wrap(self.app.console, self._width(), tab_size=4))

    def on_resize(self) -> None:
        """Wrap for the room there is now."""
        self._wrap()

    def render_line(self, y: int) -> Strip:
        """One line of it."""
        width, ground = self.scrollable_content_region.width, self.rich_style
        line = y + self.scroll_offset.y
        if line >= len(self._lines):
            return Strip.blank(width, ground)
        pieces = list(self._lines[line].render(self.app.console))
        return Strip(pieces).apply_style(ground).adjust_cell_length(width, ground)
