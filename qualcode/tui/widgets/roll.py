"""`Roll`: what scrolls through lines that it draws itself; how many they are moves nothing else on the screen."""

from textual.geometry import Size
from textual.reactive import Reactive
from textual.scroll_view import ScrollView


class Roll(ScrollView):
    """A scroll view of a fixed place on the screen.

    Textual lays the whole screen out anew, and draws all of it, whenever the virtual size of a scroll view changes: at
    each letter typed above a list. Here only the scroll bar hears of it.
    """

    virtual_size = Reactive(Size(0, 0))

    def watch_virtual_size(self, size: Size) -> None:
        """The scroll bar follows, and what is in sight stays within the lines there are."""
        if not self.is_mounted:
            return
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = size.height
        self.scroll_y = self.validate_scroll_y(self.scroll_y)
