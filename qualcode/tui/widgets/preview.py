"""`Preview`: a table as it is printed, or what a figure will show, beside the list of them."""

from collections.abc import Iterable

from rich.segment import Segment as Piece
from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Vertical

from qualcode.figure import Curve, Figure
from qualcode.table import Table
from qualcode.tui.curve_drawing import drawn
from qualcode.tui.offered import told
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.drawing import Drawing
from qualcode.tui.widgets.grid import Grid
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.prose import Prose
from qualcode.visible import visible_line


class Preview(Vertical):
    """One table or figure."""

    def __init__(self, ink: Ink, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self._ink = ink

    def compose(self) -> ComposeResult:
        """Title; the table; of a figure a drawing where there is one, and words."""
        yield Line(id="preview-title")
        yield Grid(self._ink, id="preview-grid")
        yield Drawing(self._ink, id="preview-curve")
        yield Prose(id="preview-words")

    def on_mount(self) -> None:
        """One looks at it, no more."""
        self.query_one(Grid).can_focus = False
        self._only()

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        self._ink = ink

    def _only(self, *shown: str) -> None:
        for name in ("grid", "curve", "words"):
            self.query_one(f"#preview-{name}").display = name in shown

    def say(self, words: str) -> None:
        """A word in the place of the title; what is shown stays."""
        self.query_one("#preview-title", Line).tell([Piece(words, self._ink.words("quiet"))])

    def _title(self, words: str) -> None:
        self.query_one("#preview-title", Line).tell([Piece(visible_line(words), self._ink.words("accent"))])

    def show_table(self, table: Table) -> None:
        """The table."""
        self._title(table.title)
        self._only("grid")
        self.query_one(Grid).show(table)

    def show_figure(self, figure: Figure) -> None:
        """Its curve, if it is one, and what is told of it."""
        self.show_words(figure.title, told(figure))
        curve = figure.drawing
        if isinstance(curve, Curve):
            self._only("curve", "words")
            self.query_one(Drawing).show(lambda width, height: drawn(curve, width, height))

    def show_words(self, title: str, paragraphs: Iterable[tuple[str, str]]) -> None:
        """Words, each paragraph in a style of its own."""
        self._title(title)
        self._only("words")
        text = Text()
        for words, style in paragraphs:
            text.append(f"{words}\n\n", self._ink.words(style))
        self.query_one(Prose).show(text)
