"""`HelpScreen`: all keys of the place one is in, from the table of actions."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from rich.table import Table
from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.keys import format_key
from textual.screen import ModalScreen
from textual.widgets import Static

from qualcode.tui.actions import ACTIONS, Action, actions_of, keys_now
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.key_line import KeyLine


class HelpScreen(ModalScreen[None]):
    """The actions of some places with their keys, as they are set now.

    Args:
        places: of `actions.ACTIONS`, one's own first.
        changed: keys other than the standard ones, as `actions.keymap` has them.
        ink: the styles.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "read_on", "Read on (↓ ↑ pageup, too)"),
        Binding("escape,q,question_mark,f1", "dismiss", "Close"),
    ]

    def __init__(self, places: Sequence[str], changed: Mapping[str, str], ink: Ink) -> None:
        super().__init__()
        self._places = places
        self._changed = changed
        self._ink = ink

    def compose(self) -> ComposeResult:
        """One column of keys, one of words."""
        with VerticalScroll(classes="sheet"):
            yield Static(self._told())
        yield KeyLine()

    def action_read_on(self) -> None:
        """A page further."""
        self.query_one(VerticalScroll).scroll_page_down(animate=False)

    def _keys_of(self, place: str, action: Action) -> list[str]:
        return keys_now(place, action, self._changed).split(",")

    def _told(self) -> Table:
        table = Table.grid(padding=(0, 1))
        table.add_column(no_wrap=True, min_width=20)
        table.add_column()
        nearer = {
            key for place in self._places[:-1] for each in actions_of(place) for key in self._keys_of(place, each)
        }
        for place in self._places:
            for group, actions in ACTIONS[place].items():
                table.add_row()
                table.add_row(Text(group, self._ink.words("head")))
                for action in actions:
                    keys = [key for key in self._keys_of(place, action) if place != "everywhere" or key not in nearer]
                    shown = Text(f"  {'  '.join(map(format_key, keys))}", self._ink.words("label"))
                    table.add_row(shown, Text(action.text, self._ink.words("text")))
        return table
