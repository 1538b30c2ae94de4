"""`KeyLine`: the last line of every screen, with the keys that work where one is; a click presses one.

Textual's Footer makes a widget of each key and all of them anew whenever the focus moves, which lays the whole screen
out again. This is one line, drawn when its keys have changed.
"""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment as Piece
from textual import events
from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from qualcode.tui.actions import ORDER
from qualcode.tui.widgets.asking import Asking

_STAYS = "help"
"""The action whose key is shown however narrow the line is: from there all others are found."""


class _Key(NamedTuple):
    """One key as it is shown."""

    key: str
    shown: str
    words: str
    action: str

    @property
    def width(self) -> int:
        return cell_len(self.shown) + 1 + cell_len(self.words)


class KeyLine(Widget):
    """The keys of the place that has the focus, as many as there is room for."""

    DEFAULT_CSS = """
    KeyLine {
        height: 1; dock: bottom; background: $footer-background; color: $footer-description-foreground;
        & > .key-line--key { color: $footer-key-foreground; background: $footer-background; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"key-line--key"}
    ALLOW_SELECT = False

    def on_mount(self) -> None:
        """Be told when other keys work."""
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[Any]) -> None:
        if self.is_attached and screen is self.screen and screen.app.app_focus:
            self.refresh()

    def _keys(self) -> Iterator[_Key]:
        """What works now and has words for this line, each action once."""
        seen = set()
        asks = self._asking()
        for node, binding in self._in_order():
            if binding.show and binding.action not in seen and (asks is None or asks in node.ancestors_with_self):
                seen.add(binding.action)
                yield _Key(binding.key, self.app.get_key_display(binding), binding.description, binding.action)

    def _in_order(self) -> Iterator[tuple[DOMNode, Binding]]:
        """What works now, node by node as declared: Textual puts what a keymap changes behind all else of its node."""
        by_node: dict[DOMNode, list[Binding]] = {}
        for node, binding, _, _ in self.screen.active_bindings.values():
            by_node.setdefault(node, []).append(binding)
        for node, found in by_node.items():
            yield from ((node, each) for each in sorted(found, key=lambda each: ORDER.get(each.id or "", len(ORDER))))

    def _asking(self) -> DOMNode | None:
        """The question that has the focus, if one has: only what answers it is shown then."""
        above = self.screen.focused.ancestors_with_self if self.screen.focused else ()
        return next((each for each in above if isinstance(each, Asking)), None)

    def _placed(self) -> Iterator[tuple[int, _Key]]:
        """Each key with the cell it begins at."""
        at = 0
        for each in _fitting(list(self._keys()), self.size.width):
            yield at, each
            at += each.width + 1

    def render_line(self, y: int) -> Strip:
        """The line."""
        ground = self.rich_style
        key_style = self.get_component_rich_style("key-line--key")
        pieces = []
        for _, each in self._placed():
            pieces += [Piece(each.shown, key_style), Piece(f" {each.words} ", ground)]
        return Strip(pieces).adjust_cell_length(self.size.width, ground)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Press the key that is clicked."""
        for at, each in self._placed():
            if at <= event.x < at + each.width:
                self.app.simulate_key(each.key)


def _fitting(keys: Sequence[_Key], width: int) -> list[_Key]:
    """The first keys for which there is room, and in any case the one that shows all others."""
    stays = [each for each in keys if each.action == _STAYS]
    room = width - sum(each.width + 1 for each in stays)
    shown = []
    for each in keys:
        if each in stays:
            continue
        room -= each.width + 1
        if room < -1:
            break
        shown.append(each)
    return [each for each in keys if each in shown or each in stays]
