"""`Roll`: what scrolls through lines that it draws itself; how many they are moves nothing else on the screen."""

from functools import lru_cache

from rich.segment import Segment as Piece
from rich.style import Style as Pen
from textual.css.styles import RulesMap
from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView
from textual.scrollbar import ScrollBarRender
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual


class Bar(ScrollBarRender, Visual):
    """The scroll bar as Textual draws it, without Rich's console in between: that took a quarter of a page's time."""

    def render_strips(self, width: int, height: int | None, style: Style, options: RenderOptions) -> list[Strip]:
        """One cell a line."""
        del width, style, options
        pen = self.style if isinstance(self.style, Pen) else Pen.parse(self.style)
        drawn = self.render_bar(
            size=height or 0,
            virtual_size=self.virtual_size,
            window_size=self.window_size,
            position=self.position,
            thickness=self.thickness,
            back_color=pen.bgcolor,
            bar_color=pen.color,
        )
        return [_cell(piece.text, piece.style) for piece in drawn.segments]

    def get_optimal_width(self, rules: RulesMap, container_width: int) -> int:
        """As wide as it is thick."""
        del rules, container_width
        return self.thickness

    def get_minimal_width(self, rules: RulesMap) -> int:
        """As wide as it is thick."""
        del rules
        return self.thickness

    def get_height(self, rules: RulesMap, width: int) -> int:
        """As many lines as there are beside it."""
        del rules, width
        return 1


@lru_cache(maxsize=512)
def _cell(text: str, style: Pen) -> Strip:
    """A line of the bar; the same again and again, which Textual need then not style again."""
    return Strip([Piece(text, style)], 1)


class Roll(ScrollView):
    """A scroll view of a fixed place on the screen.

    Textual lays the whole screen out anew, and draws all of it, whenever the virtual size of a scroll view changes: at
    each letter typed above a list. Here only the scroll bar hears of it.
    """

    virtual_size = Reactive(Size(0, 0))

    def on_mount(self) -> None:
        """Have the bar that costs little."""
        self.vertical_scrollbar.renderer = Bar

    def watch_virtual_size(self, size: Size) -> None:
        """The scroll bar follows, and what is in sight stays within the lines there are."""
        if not self.is_mounted:
            return
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = size.height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)
