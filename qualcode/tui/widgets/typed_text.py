"""`TypedText`: a longer text to type, in which the keys that lead elsewhere in the program lead there."""

from typing import Any, ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import TextArea


class TypedText(TextArea):
    """Textual's text, in which `f6` would select the line and `f7` all of it: the next letter would replace it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "app.import_files", show=False),
        Binding("f7", "app.open_project", show=False),
    ]

    def __init__(self, **named: Any) -> None:
        super().__init__(show_line_numbers=False, soft_wrap=True, tab_behavior="focus", **named)
