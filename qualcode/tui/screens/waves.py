"""`WavesScreen`: two interviews of one person side by side (one above the other where the screen is narrow).

Both can be read and coded; what one does is done in the one that has, or last had, the focus.
"""

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.widgets import Static

from qualcode.model import Document
from qualcode.tui.actions import bindings
from qualcode.tui.desk import Stripe
from qualcode.tui.face import face
from qualcode.tui.jumps import coded_the_same
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.codebook_pane import CodebookPane
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.picker import CodePicker
from qualcode.tui.widgets.reader import Reader
from qualcode.tui.widgets.turn_editor import AskTurn
from qualcode.visible import visible_line


class WavesScreen(ReadingScreen):
    """Two readers.

    Args:
        study, ink: as in every screen.
        document, at: the one that is open already, and where one stands in it.
        other: the one to be shown beside it.
        stripe: the passage one stands in; the other one opens where it first has the same code.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("coding"), *bindings("sides")]

    def __init__(
        self, study: Study, ink: Ink, document: Document, at: int, other: Document, stripe: Stripe | None
    ) -> None:
        super().__init__(study, ink, document, at)
        pages = (self._page, study.page(other, self._whose))
        same = min(coded_the_same(pages[1], stripe), default=0) if stripe is not None else 0
        self._readers = (Reader(ink, pages[0], at, id="first"), Reader(ink, pages[1], same, id="second"))
        self._active = self._readers[0]

    def compose(self) -> ComposeResult:
        """Both texts, each below its face sheet; then as in every reader."""
        yield Line(id="head")
        yield Line(id="face")
        with Container(id="sides"):
            for reader, side in zip(self._readers, ("left", "right"), strict=True):
                with Vertical(id=side, classes="side"):
                    yield Static(classes="side-head", markup=False)
                    yield reader
        pane = CodebookPane(self.ink, self.study.frame, id="codebook")
        pane.display = False
        yield pane
        yield Line(id="here")
        yield CodePicker(self.ink, self.study.frame, self.explained)
        yield AskTurn()
        yield from self.foot()

    def on_mount(self) -> None:
        """Begin where one stood."""
        super().on_mount()
        self.messages.say("Both can be coded.  ' goes to the other one,  W back to one text.")

    @property
    def reader(self) -> Reader:
        """The text that has, or last had, the focus."""
        return self._active

    @property
    def _passive(self) -> Reader:
        return self._readers[1] if self._active is self._readers[0] else self._readers[0]

    def on_descendant_focus(self) -> None:
        """What one does from now on is done in the text that was gone to."""
        if self.focused in self._readers and self.focused is not self._active:
            self._turn_to(self.focused)

    def _turn_to(self, reader: Reader) -> None:
        self._active = reader
        self._page, self._whose = reader.page, reader.page.whose
        self.query_one(CodebookPane).show(self.study.frame, self._page.counts)
        self._tell_face()
        self._tell()

    def catch_up(self) -> None:
        """Read what changed, in both."""
        active = self._active
        for reader in (self._passive, active):
            self._active, self._page, self._whose = reader, reader.page, reader.page.whose
            super().catch_up()

    def action_other_side(self) -> None:
        """To the other text."""
        self.set_focus(self._passive)

    def action_waves(self) -> None:
        """Back to one text: the one that has the focus, at the same place."""
        document, at = self._page.document, self.reader.cursor
        below = self.app.screen_stack[-2]
        self.study.come_back_to_screen()
        self.app.pop_screen()
        if isinstance(below, ReadingScreen):
            below.open(document, at)

    def same_code_elsewhere(self, stripe: Stripe, step: int) -> bool:
        """Go to the same code in the other wave; where it is not there, to the next interview that has it."""
        places = list(coded_the_same(self._passive.page, stripe))
        if not places:
            return super().same_code_elsewhere(stripe, step)
        self.action_other_side()
        self._turn_to(self._passive)
        self.reader.move_to(places[0] if step > 0 else places[-1])
        self.messages.say("The same code in the other wave")
        return True

    def _tell_face(self) -> None:
        """The line above each text; the one that has the focus is marked."""
        super()._tell_face()
        for reader, line in zip(self._readers, self.query(".side-head").results(Static), strict=True):
            is_active = reader is self._active
            text = Text(no_wrap=True, overflow="ellipsis")
            text.append("▶ " if is_active else "  ", self.ink.style("accent"))
            text.append(visible_line(reader.page.document.name), self.ink.style("head" if is_active else "asked"))
            text.append(f"   {visible_line(face(self.study.project, reader.page.document))}", self.ink.style("quiet"))
            line.update(text, layout=False)
