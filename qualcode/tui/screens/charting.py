"""`ChartingScreen`: one cell of the framework: its passages at one side, the analyst's words at the other."""

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from rich.segment import Segment as Piece
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import TextArea

from qualcode.model import SummaryState
from qualcode.tui import charting
from qualcode.tui.actions import actions_of, bindings
from qualcode.tui.messages import OpenDocument
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.asking import NOT_KEPT, Asking
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.typed_text import TypedText
from qualcode.visible import counted, visible, visible_line

if TYPE_CHECKING:
    from qualcode.analysis.frameworks import Framework


_OWN = {each.name for each in actions_of("charting")}


class PassageRows(Rows):
    """The passages of the cell, line by line; keys work on the one the cursor is in."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("resting")]

    def action_tick(self) -> None:
        """The summary rests on the passage, or no longer."""
        self.post_message(self.Chosen(self, self.current))

    def action_open(self) -> None:
        """Open it in its document."""
        if isinstance(self.screen, ChartingScreen):
            self.screen.open_passage()

    def action_quote(self) -> None:
        """Put its words into the summary."""
        if isinstance(self.screen, ChartingScreen):
            self.screen.quote_passage()


class ChartingScreen(StudyScreen):
    """A cell; `left` is told the key of the last one that was open, so that the chart stands there."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("charting", is_first=True)]

    def __init__(
        self, study: Study, ink: Ink, chart: "Framework", key: charting.Key, left: Callable[[charting.Key], None]
    ) -> None:
        super().__init__(study, ink)
        self._chart = chart
        self._key = key
        self._left = left
        self._done: set[charting.Key] = set()
        self._cell = charting.opened(study.project, chart, key)
        self._rests = set(self._cell.rests)
        self._lines: list[charting.TextLine] = []
        self._is_warned = False

    def compose(self) -> ComposeResult:
        """Head, passages, words."""
        yield Line(id="head")
        yield Line(id="face")
        with Horizontal(id="split"):
            yield PassageRows(self.ink, id="resting")
            with Vertical(id="writing"):
                yield TypedText(id="summary")
                yield Line(id="state")
        yield from self.foot()

    def on_mount(self) -> None:
        """Open the cell."""
        self._show()

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap for the room there is."""
        self.call_after_refresh(self._fill)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is asked, keys answer that."""
        del parameters
        return not (action in _OWN and self.is_mounted and any(each.is_open for each in self.query(Asking)))

    # -- showing -----------------------------------------------------------------------------------------------------

    def _open(self, key: charting.Key) -> None:
        self._key = key
        self._cell = charting.opened(self.study.project, self._chart, key)
        self._rests = set(self._cell.rests)
        self._is_warned = False
        self._show()

    def _show(self) -> None:
        table = self._chart.table
        row = next(each for each in table.rows if each.key == self._key[0])
        column = next(each for each in table.columns if each.key == self._key[1])
        group = f"   {row.group}" if row.group else ""
        self.query_one("#head", Line).tell(
            [
                Piece(visible_line(f"{row.text} × {column.text}"), self.ink.words("head")),
                Piece(visible_line(group), self.ink.words("asked")),
            ]
        )
        area = self.query_one("#summary", TextArea)
        area.load_text(visible(self._written))
        area.move_cursor(area.document.end)
        self._tell()
        self._fill()
        self.set_focus(area if not self._written else self.query_one(PassageRows))

    @property
    def _written(self) -> str:
        """One's own words as they are kept."""
        return self._cell.own.body if self._cell.own else ""

    def _fill(self, *, current: int | None = None) -> None:
        rows = self.query_one(PassageRows)
        self._lines = charting.lines_of(self._cell, rows.size.width)
        rows.fill(len(self._lines), self._drawn, current=rows.current if current is None else current)

    def _drawn(self, row: int, _width: int) -> list[Piece]:
        line = self._lines[row]
        current = self._lines[min(self.query_one(PassageRows).current, len(self._lines) - 1)].segment
        bar = "▌" if line.segment and line.segment == current else " "
        tick = ("[x] " if line.segment in self._rests else "[ ] ") if line.is_first else "    "
        ticked = self.ink.style("good" if line.segment in self._rests else "quiet")
        return [
            Piece(bar, self.ink.style("accent")),
            Piece(tick, ticked),
            Piece(line.words, self.ink.style(line.style)),
        ]

    def _tell(self) -> None:
        cell = self._chart.cells[self._key]
        own = self._cell.own
        state = f"yours: {own.state}" if own else "yours: none yet"
        stale = f" · stale: {cell.changed} changed, {cell.added} added since" if cell.is_stale else ""
        self.query_one("#state", Line).tell(
            [
                Piece(
                    f"{state} · rests on {len(self._rests)} of {len(self._cell.quotations)}", self.ink.words("asked")
                ),
                Piece(stale, self.ink.words("warn")),
            ]
        )
        left = len(self._chart.open) - len(self._done)
        told = f"{counted(len(self._cell.quotations), 'passage')} · {left} cells still open"
        self.query_one("#face", Line).tell([Piece(told, self.ink.words("asked"))])

    # -- the passages ------------------------------------------------------------------------------------------------

    @property
    def _segment(self) -> int:
        """Id of the segment in which the cursor is, 0 for none."""
        rows = self.query_one(PassageRows)
        return self._lines[rows.current].segment if self._lines else 0

    @on(Rows.Chosen)
    def _tick(self) -> None:
        segment = self._segment
        if segment:
            self._rests ^= {segment}
            self.query_one(PassageRows).refresh()
            self._tell()

    def open_passage(self) -> None:
        """Open the passage in its document."""
        quotation = self._cell.quotations.get(self._segment)
        if quotation is not None:
            with self.told():
                document = self.study.project.documents.get(quotation.document)
                self.post_message(OpenDocument(document, quotation.start))

    def quote_passage(self) -> None:
        """Put the words of the passage into the summary, in quotation marks."""
        quotation = self._cell.quotations.get(self._segment)
        if quotation is not None:
            area = self.query_one("#summary", TextArea)
            area.insert(f"“{visible(quotation.words.strip())}” ")
            self.set_focus(area)

    def action_other_side(self) -> None:
        """From the passages to the words, or back."""
        area, rows = self.query_one("#summary", TextArea), self.query_one(PassageRows)
        self.set_focus(rows if area.has_focus else area)

    # -- keeping -----------------------------------------------------------------------------------------------------

    def _keep(self, state: SummaryState) -> None:
        words = self.query_one("#summary", TextArea).text
        rests = sorted(self._rests)
        charting.write(self.study.project, self._cell.place, self._as_stored(words), rests, state)
        self._done.add(self._key)
        self._cell = charting.opened(self.study.project, self._chart, self._key)
        self._tell()
        self.messages.say(
            f"Kept as {state}, resting on {counted(len(rests), 'passage')}. u in the chart takes it back."
        )

    def _as_stored(self, words: str) -> str:
        """What stands in the summary stays as it is where it was not touched, stand-ins for odd characters too."""
        return self._written if words == visible(self._written) else words

    def action_keep(self) -> None:
        """Keep it."""
        with self.told():
            self._keep("charted")

    def action_draft(self) -> None:
        """Keep it as a draft."""
        with self.told():
            self._keep("draft")

    @property
    def _is_changed(self) -> bool:
        return self.query_one("#summary", TextArea).text.strip() != visible(self._written).strip()

    def may_leave(self, key: str) -> bool:
        """Words that were not kept are left with a second press only."""
        if self._is_warned or not self._is_changed:
            return super().may_leave(key)
        self._is_warned = True
        self.messages.warn(NOT_KEPT.format(key))
        return False

    async def _is_settled(self) -> bool:
        """Words that were not kept are never lost unasked."""
        if not self._is_changed:
            return True
        choices = {"k": "keep them", "d": "as a draft", "x": "drop them"}
        answer = await self.ask_key("The words are not kept yet.", choices)
        if answer in {"k", "d"}:
            self._keep("charted" if answer == "k" else "draft")
        return answer is not None

    def action_next_open(self) -> None:
        """To the next open cell."""
        self.converse(self._next())

    async def _next(self) -> None:
        if not await self._is_settled():
            return
        found = charting.next_open(self._chart, self._key, {*self._done, self._key})
        if found is None:
            self.messages.say("Every other cell is charted.")
            return
        self.messages.say("")
        self._open(found)

    def action_leave(self) -> None:
        """Back to the chart."""
        self.converse(self._leave())

    async def _leave(self) -> None:
        if await self._is_settled():
            self._left(self._key)
            self.app.pop_screen()
