"""`Reader`: a transcript to be read, selected in and coded, by keys and by the mouse."""

from collections.abc import Callable
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.timer import Timer

from qualcode.tui import moves
from qualcode.tui.actions import bindings
from qualcode.tui.desk import Page
from qualcode.tui.margin import MODES
from qualcode.tui.moves import Span
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.message import MessageLine
from qualcode.tui.widgets.page_view import PageView

_EDGE_SECONDS = 0.05
"""How often the text moves on while the mouse is held beyond its edge."""


class Reader(PageView):
    """One document, and what keys and mouse do in it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reader")]

    def __init__(self, ink: Ink, page: Page, at: int = 0, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(ink, page, at, id=id)
        self._is_dragging = False
        self._edge: Timer | None = None
        self._pull = 0

    # -- actions: moving ---------------------------------------------------------------------------------------------

    def action_left(self, extend: bool = False) -> None:
        """One character back."""
        self.move_to(moves.character(self.page.body, self.cursor, -1), extend=extend)

    def action_right(self, extend: bool = False) -> None:
        """One character on."""
        self.move_to(moves.character(self.page.body, self.cursor, 1), extend=extend)

    def action_up(self, extend: bool = False) -> None:
        """One line up."""
        self._rows(-1, extend=extend)

    def action_down(self, extend: bool = False) -> None:
        """One line down."""
        self._rows(1, extend=extend)

    def action_page_up(self) -> None:
        """One screen up."""
        self._rows(-max(1, self.size.height - 2))

    def action_page_down(self) -> None:
        """One screen down."""
        self._rows(max(1, self.size.height - 2))

    def _rows(self, step: int, *, extend: bool = False) -> None:
        self.move_to(moves.row(self.layout_now, self.cursor, step, self._goal), extend=extend, keep_goal=True)

    def action_word_left(self, extend: bool = False) -> None:
        """To the word before."""
        self.move_to(moves.word(self.page.body, self.cursor, -1), extend=extend)

    def action_word_right(self, extend: bool = False) -> None:
        """To the next word; while selecting, to the end of a word: none is taken in by its first letter."""
        body, at = self.page.body, self.cursor
        if self._is_selecting:  # what is under the cursor is selected too
            at = moves.character(body, moves.word_end(body, moves.character(body, at, 1)), -1)
        else:
            at = moves.word_end(body, at) if extend else moves.word(body, at, 1)
        self.move_to(at, extend=extend)

    def action_sentence_back(self) -> None:
        """To the sentence before, whoever asks passed over."""
        self.move_to(moves.to_span(self.page.told_sentences, self.cursor, -1))

    def action_sentence_on(self) -> None:
        """To the next sentence, whoever asks passed over: turns and lines lead to what is asked."""
        self.move_to(moves.to_span(self.page.told_sentences, self.cursor, 1))

    def action_turn_back(self) -> None:
        """To the turn before."""
        self.move_to(moves.to_span(self.page.speeches, self.cursor, -1))

    def action_turn_on(self) -> None:
        """To the next turn."""
        self.move_to(moves.to_span(self.page.speeches, self.cursor, 1))

    def action_line_start(self) -> None:
        """To the start of the line."""
        self.move_to(moves.row_start(self.layout_now, self.cursor))

    def action_line_end(self) -> None:
        """To the end of the line."""
        self.move_to(moves.row_end(self.layout_now, self.cursor))

    def action_top(self) -> None:
        """To the beginning."""
        self.move_to(0)

    def action_bottom(self) -> None:
        """To the end."""
        self.move_to(len(self.page.body))

    # -- actions: selecting ------------------------------------------------------------------------------------------

    def action_select(self) -> None:
        """Begin a selection at the cursor, or end it; what is selected stays."""
        if self._is_selecting:
            self.end_selecting()
            return
        self._anchor = self.cursor
        self._is_selecting = True
        self.refresh()
        self.moved += 1

    def action_select_sentence(self) -> None:
        """The sentence at the cursor; where one is selected, the next one of the same answer too."""
        self._select_of(self.page.sentence_at, self.page.sentence_after)

    def action_select_answer(self) -> None:
        """The answer at the cursor; where one is selected, the next one too."""
        self._select_of(self.page.answer_at, lambda chosen: self.page.answer_at(chosen[1]))

    def action_select_turn(self) -> None:
        """The turn at the cursor, without its label; where one is selected, the next one too."""
        self._select_of(self.page.speech_at, lambda chosen: self.page.speech_at(chosen[1]))

    def _select_of(self, span_at: Callable[[int], Span | None], after: Callable[[Span], Span | None]) -> None:
        """Select the span at the cursor; where it is selected, the one after it too."""
        chosen = self.selection
        span = span_at(chosen[1] - 1 if chosen else self.cursor)
        if chosen and span and chosen[1] >= self._trimmed(span)[1] and chosen[0] <= span[0]:
            span = after(chosen)
        if span is None:
            self.app.bell()
            return
        start, end = self._trimmed(span)
        self.select_span(min(start, chosen[0]) if chosen else start, max(end, chosen[1]) if chosen else end)

    def _trimmed(self, span: tuple[int, int]) -> tuple[int, int]:
        words = self.page.body[slice(*span)]
        return span[0] + len(words) - len(words.lstrip()), span[0] + len(words.rstrip())

    def action_other_end(self) -> None:
        """Go on at the other end of the selection."""
        if self._anchor is not None:
            self._anchor, self.cursor = self.cursor, self._anchor
            self._show_cursor()
            self.refresh()
            self.moved += 1

    def action_extend_left(self) -> None:
        """Widen by one character back."""
        self.action_left(extend=True)

    def action_extend_right(self) -> None:
        """Widen by one character on."""
        self.action_right(extend=True)

    def action_extend_up(self) -> None:
        """Widen by one line up."""
        self.action_up(extend=True)

    def action_extend_down(self) -> None:
        """Widen by one line down."""
        self.action_down(extend=True)

    def action_extend_word_left(self) -> None:
        """Widen by one word back."""
        self.action_word_left(extend=True)

    def action_extend_word_right(self) -> None:
        """Widen by one word on."""
        self.action_word_right(extend=True)

    def action_drop(self) -> None:
        """Drop the selection, then what was found; one stays here, where letters typed on would do harm in a list."""
        if self._anchor is None and self.hits:
            self.show_hits(())
        elif self._anchor is None:
            self.screen.query_one(MessageLine).say("Nothing is selected. Backspace goes back.")
        self.drop_selection()

    def action_margin(self) -> None:
        """The next of the three margins."""
        self.set_mode(MODES[(MODES.index(self.mode) + 1) % len(MODES)])

    def action_next_passage_here(self) -> None:
        """Another of the passages at the cursor."""
        found = self._stripes.at(self.looked_at)
        if found:
            place = found.index(self._at_hand) if self._at_hand in found else -1
            self._at_hand = found[(place + 1) % len(found)]
            self.refresh()
            self.moved += 1

    # -- the mouse ---------------------------------------------------------------------------------------------------

    def _place_at(self, x: int, y: int) -> int:
        """The position under a cell of the widget."""
        row = max(0, min(y + self.scroll_offset.y, len(self._painter.layout) - 1))
        return self._painter.layout.offset_at(row, max(0, x - self._painter.widths.left))

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Put the cursor there; dragging selects. In the margin: take the passage there."""
        if event.button != 1:
            return
        self.focus()
        if event.x < self._painter.widths.left:
            self._take_stripe_at(event.x, event.y)
            return
        self._is_selecting = False
        self.move_to(self._place_at(event.x, event.y), extend=event.shift)
        self._is_dragging = True
        self.capture_mouse()

    def _take_stripe_at(self, x: int, y: int) -> None:
        row, shared = y + self.scroll_offset.y, self._painter.widths
        if row >= len(self._painter.layout):
            return
        lane = x - shared.labels
        cells = self._painter.margin.cells(row, shared.lanes)
        index = cells[lane] if 0 <= lane < shared.lanes else self._painter.tag_at(row, x) if lane < 0 else None
        if index is not None and index >= 0:
            self.move_to(self._stripes.items[index].start)
            self.hold(self._stripes.items[index].item)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Widen the selection to there; beyond the edge the text moves on."""
        if not self._is_dragging:
            return
        self.move_to(self._place_at(event.x, max(0, min(event.y, self.size.height - 1))), extend=True)
        self._pull = -1 if event.y < 0 else 1 if event.y >= self.size.height else 0
        if self._pull and self._edge is None:
            self._edge = self.set_interval(_EDGE_SECONDS, self._pull_on)

    def _pull_on(self) -> None:
        if not self._is_dragging or not self._pull:
            self._stop_pulling()
            return
        self._rows(self._pull, extend=True)

    def _stop_pulling(self) -> None:
        if self._edge is not None:
            self._edge.stop()
            self._edge = None

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """The selection is made."""
        if self._is_dragging:
            self._is_dragging = False
            self._stop_pulling()
            self.release_mouse()

    def on_click(self, event: events.Click) -> None:
        """Twice: the word; three times: the turn."""
        if event.x < self._painter.widths.left:
            return
        if event.chain == 2:
            self.select_span(*moves.word_span(self.page.body, self._place_at(event.x, event.y)))
        elif event.chain >= 3:
            self.drop_selection()
            self.action_select_turn()
