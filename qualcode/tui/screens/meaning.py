"""`MeaningScreen`: what a code means, over whatever is on the screen."""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Static


class MeaningScreen(ModalScreen[None]):
    """A text to be read and put away."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,enter,q,K", "dismiss", "Close")]

    def __init__(self, words: Text) -> None:
        super().__init__()
        self._words = words

    def compose(self) -> ComposeResult:
        """The text."""
        with VerticalScroll(classes="sheet"):
            yield Static(self._words, markup=False)
