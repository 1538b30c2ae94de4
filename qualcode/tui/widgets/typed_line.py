"""`TypedLine`: a line to type in, of a fixed place; a letter in it lays nothing out anew."""

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input


class TypedLine(Input):
    """Textual's line, which would lay the whole screen out at each letter, for it may be as wide as what it holds."""

    value: Reactive[str] = Reactive("", init=False)
    virtual_size = Reactive(Size(0, 0))
