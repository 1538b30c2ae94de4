"""`Roll`: what scrolls through lines that it draws itself; how many they are moves nothing else on the screen."""

from collections.abc import Sequence

from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.geometry import Region, Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBar, ScrollBarRender
from textual.strip import Strip


class Bar(ScrollBar):
    """Textual's scroll bar, drawn past Rich's console and styles it does not have: a third of a page's time."""

    _drawn_as: tuple[object, ...] = ()
    _drawn: Sequence[Strip] = ()

    def render_lines(self, crop: Region) -> list[Strip]:
        """One cell a line; drawn anew when something of it is another."""
        bar = self.render()
        if not isinstance(bar, ScrollBarRender) or not isinstance(bar.style, Style):
            return super().render_lines(crop)
        filters, ground = tuple(self.get_line_filters()), self.background_colors[1]
        drawn_as = (self.size, bar.virtual_size, bar.window_size, bar.position, bar.style, filters, ground)
        if drawn_as != self._drawn_as:
            self._drawn_as = drawn_as
            self._drawn = _lines(bar, bar.style, self.size, filters, ground)
        return list(self._drawn[crop.y : crop.bottom])


def _lines(
    bar: ScrollBarRender, style: Style, size: Size, filters: Sequence[LineFilter], ground: Color
) -> Sequence[Strip]:
    """The lines of a bar; most are the same."""
    drawn = bar.render_bar(
        size=size.height,
        virtual_size=bar.virtual_size,
        window_size=bar.window_size,
        position=bar.position,
        thickness=size.width,
        back_color=style.bgcolor or Color.parse("default").rich_color,
        bar_color=style.color or Color.parse("default").rich_color,
    )
    cells = {}
    for piece in dict.fromkeys(drawn.segments):
        cells[piece] = Strip([piece], size.width)
        for each in filters:
            cells[piece] = cells[piece].apply_filter(each, ground)
    return [cells[piece] for piece in drawn.segments]


class Roll(ScrollView):
    """A scroll view of a fixed place on the screen.

    Textual lays the whole screen out anew, and draws all of it, whenever the virtual size of a scroll view changes: at
    each letter typed above a list. Here only the scroll bar hears of it.
    """

    virtual_size = Reactive(Size(0, 0))

    @property
    def vertical_scrollbar(self) -> ScrollBar:
        """The bar, made when first asked for, as `Widget` does it."""
        if self._vertical_scrollbar is None:
            self._vertical_scrollbar = Bar(vertical=True, name="vertical", thickness=self.scrollbar_size_vertical)
            self._vertical_scrollbar.display = False
            self.app._start_widget(self, self._vertical_scrollbar)  # noqa: SLF001 (there is no public way)
        return self._vertical_scrollbar

    def watch_virtual_size(self, size: Size) -> None:
        """The scroll bar follows, and what is in sight stays within the lines there are."""
        if not self.is_mounted:
            return
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = size.height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)
