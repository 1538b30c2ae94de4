"""`FinishScreen`: what is still open in a document, each line to be gone to; then the round is sealed, or not yet."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from qualcode.tui.actions import bindings
from qualcode.tui.finish_sheet import Line, sheet
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.screens.noting import write_memo
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.key_line import KeyLine
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.tui.screens.coding import CodingScreen

SEAL = "seal"


async def finish(screen: "CodingScreen") -> None:
    """Show what is open, and finish the document or go to one of its places."""
    project, page = screen.study.project, screen.reader.page
    lines = sheet(project, screen.study.frame, page.document)
    chosen = await screen.app.push_screen_wait(FinishScreen(page.document.name, lines, screen.ink))
    if chosen == SEAL:
        number = project.coders.finish(page.document)
        screen.messages.say(
            f"{page.document.name} is finished, your round {number} sealed. What you change now is the next round's. "
            "u takes it back."
        )
    elif isinstance(chosen, Line) and chosen.at is not None:
        screen.go_to(chosen.at)
        walk = "   ] a goes to the next." if chosen.words.strip().startswith("¶") else ""
        screen.messages.say(f"F shows the sheet again.{walk}")
    elif isinstance(chosen, Line) and chosen.code is not None:
        code = screen.study.frame.by_id[chosen.code]
        await screen.app.push_screen_wait(MeaningScreen(screen.explained(code)))
        await finish(screen)
    elif isinstance(chosen, Line) and chosen.is_memo:
        await write_memo(screen, on_document=True)


class FinishScreen(ModalScreen[Line | str | None]):
    """The sheet; answers with the line to go to, `SEAL`, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("finishing")]

    def __init__(self, called: str, lines: Sequence[Line], ink: Ink) -> None:
        super().__init__()
        self._called = called
        self._lines = lines
        self._ink = ink

    def compose(self) -> ComposeResult:
        """Title and lines."""
        with Vertical(classes="sheet tall"):
            yield Static(Text(f"Finish {visible_line(self._called)}?", self._ink.style("head")), id="finish-title")
            yield Rows(self._ink, id="finish-lines")
        yield KeyLine()

    def on_mount(self) -> None:
        """The first line that leads somewhere is current."""
        first = next((n for n, line in enumerate(self._lines) if line.leads), 0)
        rows = self.query_one(Rows)
        rows.fill(len(self._lines), self._drawn, current=first)
        self.set_focus(rows)

    def _drawn(self, row: int, _width: int) -> list[Piece]:
        line = self._lines[row]
        return [Piece(visible_line(line.words), self._ink.style(line.ink))]

    @on(Rows.Chosen)
    def _go(self, event: Rows.Chosen) -> None:
        if self._lines[event.row].leads:
            self.dismiss(self._lines[event.row])

    def action_seal(self) -> None:
        """Finish the document."""
        self.dismiss(SEAL)

    def action_next_part(self) -> None:
        """To the head of the next part, from the last to the first."""
        rows = self.query_one(Rows)
        heads = [n for n, line in enumerate(self._lines) if line.is_head]
        rows.go_to(next((n for n in heads if n > rows.current), heads[0]))

    def action_leave(self) -> None:
        """Back to the text."""
        self.dismiss(None)
