"""`Reader`: a transcript to be read, selected in and coded, drawn line by line."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment as Piece
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.timer import Timer

from qualcode.model import Claim, Segment
from qualcode.tui import moves
from qualcode.tui.actions import bindings
from qualcode.tui.desk import Page, Stripe
from qualcode.tui.layout import Layout
from qualcode.tui.margin import MODES, Margin, Mode, numbers_width, widths
from qualcode.tui.moves import Span
from qualcode.tui.painting import Marks, Painter
from qualcode.tui.themes import Ink

_FIRST_WIDTH = 80
"""Cells assumed before the widget is shown."""
_CONTEXT = 3
"""Lines kept in sight above and below the cursor."""
_KEPT_STRIPS = 512
"""Rows kept as drawn: some screens of them."""
_EDGE_SECONDS = 0.05
"""How often the text moves on while the mouse is held beyond its edge."""


class Reader(ScrollView, can_focus=True):
    """One document. Positions are code points; what is coded is drawn in the margin (`margin.py`, `painting.py`).

    Attributes:
        page: the open document.
        cursor: where the cursor stands.
        mode: what the margin shows.
        hits: places found by a search, in order.
    """

    ALLOW_SELECT = False  # Textual's own selection would compete
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reader")]
    DEFAULT_CSS = "Reader { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }"

    @dataclass
    class Moved(Message):
        """The cursor, the selection or the passage at hand is another."""

        reader: "Reader"

    def __init__(self, ink: Ink, page: Page, at: int = 0, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(id=id)
        self.page = page
        self.cursor = min(at, len(page.body))
        self.mode: Mode = "codes"
        self.hits: Sequence[tuple[int, int]] = ()
        self._ink = ink
        self._anchor: int | None = None
        self._is_selecting = False  # by key: every move widens
        self._goal = 0
        self._at_hand: int | None = None
        self._width = 0  # not shown yet
        self._painter = self._laid_out(_FIRST_WIDTH, None)
        self._is_dragging = False
        self._edge: Timer | None = None
        self._pull = 0
        self._strips: dict[tuple[object, ...], Strip] = {}

    # -- what is shown -----------------------------------------------------------------------------------------------

    def open(self, page: Page, at: int = 0) -> None:
        """Show another document, the cursor at a place."""
        self.page = page
        self.hits = ()
        self._anchor, self._is_selecting, self._at_hand = None, False, None
        self.cursor = min(at, len(page.body))
        self._wrap(force=True)
        self.move_to(self.cursor)
        self._show_middle()

    def recoded(self) -> None:
        """The page's coding was read anew: draw it."""
        held = self.at_hand
        self._wrap(force=True)
        self._at_hand = self._index_of(held.item) if held else None
        self._choose_at_hand()
        self.post_message(self.Moved(self))

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        self._ink = ink
        self._wrap(force=True)

    def show_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        """Mark places found by a search, in order."""
        self.hits = hits
        self.look_anew()

    def set_mode(self, mode: Mode) -> None:
        """Show another margin."""
        self.mode = mode
        self._wrap(force=True)

    @property
    def layout_now(self) -> Layout:
        """The text as it is wrapped now."""
        return self._painter.layout

    @property
    def selection(self) -> tuple[int, int] | None:
        """The selected passage, half-open, without blanks at its ends; None if nothing is selected."""
        if self._anchor is None:
            return None
        start, end = sorted((self._anchor, self.cursor))
        if self._is_selecting:
            end = moves.character(self.page.body, end, 1)
        words = self.page.body[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        return (start, end) if start < end else None

    @property
    def at_hand(self) -> Stripe | None:
        """The passage at the cursor that actions work on."""
        return None if self._at_hand is None else self._stripes.items[self._at_hand]

    @property
    def here(self) -> list[Stripe]:
        """All passages at the cursor."""
        return [self._stripes.items[index] for index in self._stripes.at(self._looked_at)]

    @property
    def _looked_at(self) -> int:
        """Where passages are at hand: at the cursor; where it stands behind what is selected, at the last of that."""
        chosen = self.selection
        return min(max(self.cursor, chosen[0]), chosen[1] - 1) if chosen else self.cursor

    # -- drawing -----------------------------------------------------------------------------------------------------

    def _laid_out(self, width: int, old: Painter | None) -> Painter:
        """The page wrapped for so many cells; the old layout serves again where text and width are the same."""
        self._stripes = self.page.stripes  # those the indexes are of, also when the page is read anew
        stripes = self._stripes.items
        with_names = self.mode == "names"
        longest = max((len(each.label + each.signs) + with_names * len(each.name) for each in stripes), default=0)
        numbers = numbers_width(len(self.page.line_starts), len(self.page.answers))
        shared = widths(width, self.mode, longest + 2, numbers)
        is_same = old is not None and old.layout.body is self.page.body and old.layout.width == shared.text
        layout = old.layout if old is not None and is_same else Layout(self.page.body, shared.text)
        return Painter(self.page, layout, Margin(layout, self.page.stripes), shared, self._ink)

    def _wrap(self, *, force: bool = False) -> None:
        """Lay the text out for the present width; what stood at the top stays there."""
        old, width = self._painter, self.scrollable_content_region.width or _FIRST_WIDTH
        if not force and width == self._width:
            return
        self._width = width
        self._painter = self._laid_out(width, old)
        layout = self._painter.layout
        self.virtual_size = Size(width, len(layout))
        if layout is not old.layout and layout.body is old.layout.body:
            top = old.layout.span(min(self.scroll_offset.y, len(old.layout) - 1))[0]
            self.scroll_to(y=layout.row_of(top), animate=False, immediate=True)
        self.look_anew()

    def on_resize(self) -> None:
        """Wrap anew; the same words stay at the top, and the cursor in sight."""
        is_first = self._width == 0
        self._wrap()
        if is_first:
            self._choose_at_hand()
            self._show_middle()
            self.post_message(self.Moved(self))
        else:
            self._show_cursor()

    def render_lines(self, crop: Region) -> list[Strip]:
        """The rows of a part of the widget.

        Textual asks for all rows in sight whenever one of them changed. A row that looks as it did is not drawn again;
        and without border and padding nothing need be laid around it, which halves the time of a page.
        """
        layout, top = self._painter.layout, self.scroll_offset.y
        cursor = self.cursor if self.has_focus else -1
        cursor_row = layout.row_of(cursor) if cursor >= 0 else -1
        chosen, held = self.selection or (0, 0), self.at_hand
        strips = []
        for row in range(top + crop.y, top + crop.bottom):
            if row >= len(layout):
                strips.append(Strip.blank(crop.width, self._ink.style()))
                continue
            start, end = layout.span(row)
            marks = Marks(
                cursor if row == cursor_row else None,
                (max(start, chosen[0]), min(end, chosen[1]))
                if chosen and chosen[0] < end > start < chosen[1]
                else None,
                self._hits_near(start, end),
                self._at_hand if held is not None and held.start < end and held.end > start else None,
            )
            strips.append(self._drawn(row, marks).crop(crop.x, crop.right))
        return strips

    def _drawn(self, row: int, marks: Marks) -> Strip:
        """One row as wide as the widget, as it was drawn before if nothing over it is another."""
        key = (row, marks.cursor, marks.selected, marks.at_hand)
        strip = self._strips.get(key)
        if strip is None:
            pieces, cells = self._painter.row(row, marks, names=self.mode == "names")
            if cells < self._width:
                pieces.append(Piece(" " * (self._width - cells), self._ink.style()))
            strip = Strip(pieces, max(cells, self._width))
            background = self.background_colors[1]
            for each in self.get_line_filters():
                strip = strip.apply_filter(each, background)
            if len(self._strips) >= _KEPT_STRIPS:
                self._strips.clear()
            self._strips[key] = strip
        return strip

    def look_anew(self) -> None:
        """What lies over the text, or how it is drawn, has changed: no row is as it was."""
        self._strips.clear()
        self.refresh()

    def _hits_near(self, start: int, end: int) -> Sequence[tuple[int, int]]:
        return [hit for hit in self.hits if hit[0] < end and hit[1] > start] if self.hits else ()

    def on_focus(self) -> None:
        """The cursor is drawn."""
        self.refresh()

    def on_blur(self) -> None:
        """The cursor is not drawn."""
        self.refresh()

    # -- moving ------------------------------------------------------------------------------------------------------

    def move_to(self, place: int, *, extend: bool = False, keep_goal: bool = False) -> None:
        """Put the cursor at a place; `extend` widens the selection to there."""
        before, had = self.cursor, self.selection
        extend = extend or self._is_selecting
        if not extend:
            self._anchor = None
        elif self._anchor is None:
            self._anchor = self.cursor
        self.cursor = max(0, min(place, len(self.page.body)))
        layout = self._painter.layout
        if not keep_goal:
            self._goal = layout.cell_of(layout.row_of(self.cursor), self.cursor)
        held = self.at_hand
        self._choose_at_hand()
        self._refresh_span(before, self.cursor, *(had or ()), *(self.selection or ()))
        if self.at_hand is not held:
            for stripe in filter(None, (held, self.at_hand)):
                self._refresh_span(stripe.start, max(stripe.start, stripe.end - 1))
        self._show_cursor()
        self.post_message(self.Moved(self))

    def select_span(self, start: int, end: int) -> None:
        """Select a passage; the cursor goes to its end."""
        self._is_selecting = False
        self._anchor = start
        self.move_to(end, extend=True)

    def drop_selection(self) -> None:
        """Nothing is selected any more; the cursor stays on what was, so that the same passage is at hand."""
        place = self._looked_at
        self._anchor, self._is_selecting = None, False
        self.refresh()
        self.move_to(place)

    def hold(self, item: Segment | Claim) -> None:
        """Let actions work on a passage at the cursor, whatever else is coded there."""
        index = self._index_of(item)
        if index is not None and index in self._stripes.at(self._looked_at):
            self._at_hand = index
            self.refresh()
            self.post_message(self.Moved(self))

    def _index_of(self, item: Segment | Claim) -> int | None:
        """Where a passage stands among those drawn; one that was changed is the same still."""
        return next(
            (n for n, each in enumerate(self._stripes.items) if (type(each.item), each.id) == (type(item), item.id)),
            None,
        )

    def _choose_at_hand(self) -> None:
        """The passage at hand stays while the cursor is in it; else the shortest here, one's own first."""
        found = self._stripes.at(self._looked_at)
        if self._at_hand in found:
            return
        items = self._stripes.items
        self._at_hand = min(found, key=lambda n: (not items[n].is_own, items[n].end - items[n].start), default=None)

    def _refresh_span(self, *places: int) -> None:
        layout = self.layout_now
        top = self.scroll_offset.y
        first = max(top, layout.row_of(min(places)))
        last = min(top + self.size.height, layout.row_of(max(places)))
        if first <= last:
            self.refresh_lines(first, last - first + 1)

    def _show_cursor(self) -> None:
        row, height, top = self.layout_now.row_of(self.cursor), self.size.height, self.scroll_offset.y
        context = min(_CONTEXT, max(0, (height - 1) // 2))
        if row < top + context:
            self.scroll_to(y=max(0, row - context), animate=False, immediate=True)
        elif row > top + height - 1 - context:
            self.scroll_to(y=row - height + 1 + context, animate=False, immediate=True)

    def _show_middle(self) -> None:
        row = self.layout_now.row_of(self.cursor)
        self.scroll_to(y=max(0, row - self.size.height // 3), animate=False, immediate=True)

    @property
    def row_on_screen(self) -> int:
        """How many rows below the widget's top the cursor stands."""
        return self.layout_now.row_of(self.cursor) - self.scroll_offset.y

    def show_at_row(self, row: int) -> None:
        """Scroll so that the cursor stands so many rows below the widget's top."""
        self.scroll_to(y=max(0, self.layout_now.row_of(self.cursor) - row), animate=False, immediate=True)

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
        """To the next word."""
        self.move_to(moves.word(self.page.body, self.cursor, 1), extend=extend)

    def action_sentence_back(self) -> None:
        """To the sentence before."""
        self.move_to(moves.to_span(self.page.sentences, self.cursor, -1))

    def action_sentence_on(self) -> None:
        """To the next sentence."""
        self.move_to(moves.to_span(self.page.sentences, self.cursor, 1))

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
            chosen = self.selection
            self._is_selecting = False
            if chosen:
                self.select_span(*chosen)
            return
        self._anchor = self.cursor
        self._is_selecting = True
        self.refresh()
        self.post_message(self.Moved(self))

    def action_select_sentence(self) -> None:
        """The sentence at the cursor; where one is selected, the next one too."""
        self._select_of(self.page.sentences, self.page.sentence_at)

    def action_select_answer(self) -> None:
        """The answer at the cursor; where one is selected, the next one too."""
        self._select_of(self.page.answer_spans, self.page.answer_at)

    def action_select_turn(self) -> None:
        """The turn at the cursor, without its label; where one is selected, the next one too."""
        self._select_of(self.page.speeches, self.page.speech_at)

    def _select_of(self, spans: Sequence[Span], span_at: Callable[[int], Span | None]) -> None:
        chosen = self.selection
        last = chosen[1] - 1 if chosen else self.cursor
        span = span_at(last)
        if span is None:
            self.app.bell()
            return
        if chosen and chosen[1] >= self._trimmed(span)[1] and chosen[0] <= span[0]:
            following = moves.to_span(spans, last, 1)
            span = moves.span_at(spans, following) or span
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
            self.post_message(self.Moved(self))

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
        """Drop the selection, then what was found."""
        if self._anchor is None and self.hits:
            self.show_hits(())
        self.drop_selection()

    def action_margin(self) -> None:
        """The next of the three margins."""
        self.set_mode(MODES[(MODES.index(self.mode) + 1) % len(MODES)])

    def action_next_passage_here(self) -> None:
        """Another of the passages at the cursor."""
        found = self._stripes.at(self._looked_at)
        if found:
            place = found.index(self._at_hand) if self._at_hand in found else -1
            self._at_hand = found[(place + 1) % len(found)]
            self.refresh()
            self.post_message(self.Moved(self))

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
        begin = self._painter.margin.beginning(row)
        index = cells[lane] if 0 <= lane < shared.lanes else begin[0] if lane < 0 and begin else None
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
