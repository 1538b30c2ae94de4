"""`ClaimChoice`: one of the claims, found by a few letters."""

from typing import ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from qualcode.model import Claim
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.typed_line import TypedLine
from qualcode.visible import visible_line


class ClaimChoice(ModalScreen[Claim | None]):
    """The claims of the project; those of the document one stands in come first."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "dismiss(None)", "Leave"),
        Binding("down", "move('down')", show=False),
        Binding("up", "move('up')", show=False),
        Binding("pagedown", "move('page_down')", show=False),
        Binding("pageup", "move('page_up')", show=False),
    ]

    def __init__(self, study: Study, ink: Ink, near: int) -> None:
        super().__init__()
        self._ink = ink
        frame, documents = study.frame, {each.id: each.name for each in study.project.documents.all()}
        claims = sorted(study.project.claims.find(), key=lambda claim: claim.document != near)
        read = study.project.quotations(claims)
        self._all = [
            (
                claim,
                f"{frame.code(claim.from_code).short} → {frame.code(claim.to_code).short} {claim.direction}",
                f"{documents[claim.document]}  {' '.join(quotation.words.split())}",
            )
            for claim, quotation in zip(claims, read, strict=True)
        ]
        self._found = self._all

    def compose(self) -> ComposeResult:
        """Title, line, list."""
        with Vertical(classes="sheet choice"):
            yield Static(Text("Which claim are these words about? (letters of its codes or words)"), id="choice-title")
            yield TypedLine(compact=True, id="choice-line")
            yield Rows(self._ink, id="choices")

    def on_mount(self) -> None:
        """Show all."""
        self.query_one("#choices", Rows).fill(len(self._found), self._drawn)
        self.set_focus(self.query_one(Input))

    def _drawn(self, row: int, _width: int) -> list[Piece]:
        _, ends, where = self._found[row]
        return [
            Piece(f" {visible_line(ends)}  ", self._ink.style("label")),
            Piece(visible_line(where), self._ink.style("text")),
        ]

    @on(Input.Changed)
    def _find(self, event: Input.Changed) -> None:
        sought = event.value.casefold().split()
        self._found = [each for each in self._all if all(part in f"{each[1]} {each[2]}".casefold() for part in sought)]
        self.query_one("#choices", Rows).fill(len(self._found), self._drawn)

    def action_move(self, move: str) -> None:
        """Move in the list."""
        getattr(self.query_one("#choices", Rows), f"action_{move}")()

    @on(Input.Submitted)
    @on(Rows.Chosen)
    def _take(self) -> None:
        rows = self.query_one("#choices", Rows)
        if self._found:
            self.dismiss(self._found[rows.current][0])
