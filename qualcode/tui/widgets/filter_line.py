"""`FilterLine`: a line above a list; the list shows only rows that have what is typed."""

from typing import ClassVar

from textual.binding import Binding, BindingType

from qualcode.tui.widgets.typed_line import TypedLine


class FilterLine(TypedLine):
    """Hidden until it is called; Enter or down goes to the list, Escape shows all rows again."""

    DEFAULT_CSS = "FilterLine { display: none; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down", "to_list", "To the list", show=True),
        Binding("escape", "drop", "Show all", show=True),
    ]

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(placeholder="show only rows with ...", compact=True, id=id)

    def begin(self) -> None:
        """Come up, with what was typed before; at once, so that letters typed ahead are not lost."""
        self.display = True
        self.screen.set_focus(self)

    def action_to_list(self) -> None:
        """On to the list; what is typed stays."""
        self.display = bool(self.value)
        self.screen.focus_next()

    def action_drop(self) -> None:
        """Show all rows again."""
        self.value = ""
        self.action_to_list()

    async def action_submit(self) -> None:
        """Enter goes on to the list; at once: a message would come after the keys typed ahead."""
        self.action_to_list()
