"""`PassagesScreen`: what a number rests on: the passages in a list, the current one beside it with its question."""

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widgets import Static

from qualcode.model import Quotation
from qualcode.tui.messages import OpenDocument
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible, visible_line


class PassagesScreen(StudyScreen):
    """Passages to be read one beside the other; Enter goes to the place in the transcript."""

    def __init__(self, study: Study, ink: Ink, title: str, quotations: tuple[Quotation, ...]) -> None:
        super().__init__(study, ink)
        self._title = title
        self._quotations = quotations

    def compose(self) -> ComposeResult:
        """Head, list, and the passage."""
        yield Line(id="head")
        with Horizontal(id="passages-both"):
            yield Rows(self.ink, id="passages")
            with VerticalScroll(id="passage", can_focus=False):
                yield Static(id="passage-words", markup=False)
        yield from self.foot()

    def on_mount(self) -> None:
        """List them."""
        count = len(self._quotations)
        head = [Piece(visible_line(self._title), self.ink.words("head"))]
        head.append(Piece(f"   {count} passage{'s' * (count != 1)}", self.ink.words("asked")))
        self.query_one("#head", Line).tell(head)
        rows = self.query_one(Rows)
        rows.fill(count, self._drawn)
        self.set_focus(rows)

    def _drawn(self, row: int, width: int) -> list[Piece]:
        quotation = self._quotations[row]
        words = visible_line(" ".join(quotation.words.split())[: 2 * width])
        return [
            Piece(f" {visible_line(quotation.document)} ", self.ink.style("label")),
            Piece(f"¶{quotation.answer} " if quotation.answer else "", self.ink.style("accent")),
            Piece(f"{visible_line(quotation.label)} " if quotation.label else "", self.ink.style("quiet")),
            Piece(words, self.ink.style("text")),
        ]

    @on(Rows.Highlighted)
    def _read(self, event: Rows.Highlighted) -> None:
        words = self._told(self._quotations[event.row]) if event.row < len(self._quotations) else Text("")
        self.query_one("#passage-words", Static).update(words)
        self.query_one("#passage", VerticalScroll).scroll_home(animate=False)

    def _told(self, quotation: Quotation) -> Text:
        text = Text()
        if quotation.before:
            text.append(visible(quotation.before.strip()) + "\n\n", self.ink.words("asked"))
        text.append(visible(quotation.words) + "\n\n", self.ink.words("text"))
        text.append(visible_line(quotation.citation), self.ink.words("quiet"))
        if quotation.label:
            text.append(f"   {visible_line(quotation.label)}", self.ink.words("accent"))
        return text

    @on(Rows.Chosen)
    def _go(self, event: Rows.Chosen) -> None:
        quotation = self._quotations[event.row]
        with self.told():
            document = self.study.project.documents.get(quotation.document)
            self.post_message(OpenDocument(document, quotation.start))
