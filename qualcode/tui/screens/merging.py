"""`MergeScreen`: two codes side by side, with the passages that carry both, before one is merged into the other."""

from typing import ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from qualcode.model import Code, Quotation, Segment
from qualcode.tui.actions import bindings
from qualcode.tui.doubly_coded import doubly_coded
from qualcode.tui.meaning import meaning
from qualcode.tui.messages import OpenDocument
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.prose import Prose
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import counted, visible_line
from qualcode.work import split_code

_QUOTED_AT_ONCE = 64


class MergeScreen(StudyScreen):
    """Merging two codes: the one on the left stays, the one on the right is merged into it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("merging")]

    def __init__(self, study: Study, ink: Ink, gone: Code, stays: Code) -> None:
        super().__init__(study, ink)
        self._gone = gone
        self._stays = stays
        self._passages: dict[int, list[Segment]] = {}
        self._pairs: list[tuple[Segment, Segment]] = []
        self._quoted: dict[int, Quotation] = {}
        self._coders: dict[int, str] = {}

    def compose(self) -> ComposeResult:
        """Head, both definitions, and the passages that carry both codes."""
        yield Line(id="head")
        with Horizontal(id="merge-both"):
            for side in ("stays", "gone"):
                yield Prose(id=f"merge-{side}")
        yield Line(id="here")
        yield Rows(self.ink, id="doubly")
        yield from self.foot()

    def on_mount(self) -> None:
        """Show them."""
        self.catch_up()
        self.set_focus(self.query_one(Rows))

    def catch_up(self) -> None:
        """Read both codes anew."""
        project = self.study.project
        self._gone, self._stays = project.codes.get(self._gone.id), project.codes.get(self._stays.id)
        both = (self._gone, self._stays)
        self._passages = {code.id: split_code.passages(project, code) for code in both}
        self._pairs = doubly_coded(self._passages[self._gone.id], self._passages[self._stays.id])
        self._quoted = {}
        self._coders = {coder.id: coder.short for coder in project.coders.all()}
        self._show()

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._show()

    def _show(self) -> None:
        gone, stays = self._gone, self._stays
        head = [
            Piece("Merge", self.ink.words("head")),
            Piece(visible_line(f"  {gone.short} {gone.name}"), self.ink.words("text")),
            Piece(visible_line(f"  into {stays.short} {stays.name}"), self.ink.words("label")),
        ]
        self.query_one("#head", Line).tell(head)
        self._say_of("stays", stays, "stays")
        self._say_of("gone", gone, "is merged into it")
        count = len(self._pairs)
        words = counted(count, "passage carries", "passages carry") if count else "No passage carries"
        self.query_one("#here", Line).tell([Piece(f" {words} both codes", self.ink.words("accent"))])
        rows = self.query_one(Rows)
        rows.fill(count, self._drawn, current=rows.current)

    def _say_of(self, side: str, code: Code, what: str) -> None:
        number = len(self._passages[code.id])
        text = Text().append(f"{what.upper()}   {counted(number, 'passage')}\n", self.ink.words("accent"))
        text.append_text(meaning(self.study.project, self.study.frame, code, self.ink))
        self.query_one(f"#merge-{side}", Prose).show(text)

    def _drawn(self, row: int, width: int) -> list[Piece]:
        quotation = self._quotation(row)
        words = visible_line(" ".join(quotation.words.split())[: 2 * width])
        return [
            Piece(f" {visible_line(quotation.document)} ", self.ink.style("label")),
            Piece(f"¶{quotation.answer} " if quotation.answer else "", self.ink.style("accent")),
            Piece(f"{visible_line(self._coders[self._pairs[row][0].coder])} ", self.ink.style("quiet")),
            Piece(words, self.ink.style("text")),
        ]

    def _quotation(self, row: int) -> Quotation:
        """The passage in a row; quoted when it is drawn, since there may be thousands."""
        if row not in self._quoted:
            rows = range(row, min(row + _QUOTED_AT_ONCE, len(self._pairs)))
            found = self.study.project.quotations([self._pairs[each][0] for each in rows])
            self._quoted |= dict(zip(rows, found, strict=True))
        return self._quoted[row]

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        passage = self._pairs[event.row][0]
        with self.told():
            self.post_message(OpenDocument(self.study.project.documents.get(passage.document), passage.start))

    def action_turn_round(self) -> None:
        """The other code stays."""
        self._gone, self._stays = self._stays, self._gone
        self._pairs = [(second, first) for first, second in self._pairs]
        self._quoted = {}
        self._show()

    def action_scroll(self, step: int) -> None:
        """Scroll both definitions."""
        for each in self.query(Prose):
            each.scroll_relative(y=step, animate=False)

    def action_merge(self) -> None:
        """Merge: the code on the left stands for both from now on."""
        with self.told():
            gone, stays = self._gone, self._stays
            self.study.project.codes.merge(gone, stays)
            below = self.app.screen_stack[-2]
            self.dismiss()
            if isinstance(below, StudyScreen):
                below.messages.say(
                    f"{gone.short} counts as {stays.short} now; no passage was rewritten. "
                    f"t shows it, d on it takes it apart again, u undoes."
                )
