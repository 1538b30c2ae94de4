"""`PageView`: a transcript drawn line by line, with a cursor, a selection, and the passage that actions work on."""

from collections.abc import Sequence

from rich.segment import Segment as Piece
from textual.color import Color
from textual.filter import ANSIToTruecolor
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from qualcode.model import Claim, Segment
from qualcode.tui import moves
from qualcode.tui.desk import Page, Stripe
from qualcode.tui.layout import Layout
from qualcode.tui.margin import Margin, Mode, numbers_width, widths
from qualcode.tui.painting import Marks, Painter
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.roll import Roll

_FIRST_WIDTH = 80
"""Cells assumed before the widget is shown."""
_CONTEXT = 3
"""Lines kept in sight above and below the cursor."""
_SIGNS = 3
"""Cells kept behind the longest name for a sign or two of what is noted of a passage, and a blank."""
_KEPT_STRIPS = 512
"""Rows kept as drawn: some screens of them."""

_Look = tuple[int, int | None, tuple[int, int] | None, tuple[bool, int] | None]
"""Row, cursor in it, what of it is selected, and the passage at hand in it: is it a claim, and its id."""


class PageView(Roll, can_focus=True):
    """One document. Positions are code points; what is coded is drawn in the margin (`margin.py`, `painting.py`).

    Attributes:
        page: the open document.
        cursor: where the cursor stands.
        mode: what the margin shows.
        hits: places found by a search, in order.
    """

    ALLOW_SELECT = False  # Textual's own selection would compete
    DEFAULT_CSS = "PageView { overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }"

    moved: reactive[int] = reactive(0, repaint=False)
    """Rises whenever cursor, selection or passage at hand is another. A screen watches it rather than being sent a
    message, so that what it tells of the place is drawn in the same frame as the place."""

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
        self._strips: dict[_Look, Strip] = {}
        self._ground: Color | None = None  # below the rows; Textual's looking for it takes as long as drawing one

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
        """The page's coding was read anew: draw the rows that look otherwise than before."""
        held, old = self.at_hand, self._painter
        new = self._laid_out(self._width or _FIRST_WIDTH, old)
        self._at_hand = self._index_of(held) if held else None
        self._choose_at_hand()
        if self._width and new.layout is old.layout and new.widths == old.widths:
            self._painter = new
            self._draw_changed(old)
            self._refresh_stripes(held, self.at_hand)
        else:
            self._wrap(force=True)
        self.moved += 1

    def _draw_changed(self, old: Painter) -> None:
        """Draw the rows in sight that the old painter drew otherwise; of the others what was drawn stays."""
        top = self.scroll_offset.y
        rows = range(top, min(top + self.size.height, len(old.layout)))
        same = {row for row in rows if self._painter.draws_as(old, row)}
        self._strips = {key: strip for key, strip in self._strips.items() if key[0] in same}
        changed = [row for row in rows if row not in same]
        if changed:
            self.refresh_lines(changed[0], changed[-1] - changed[0] + 1)

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
        return [self._stripes.items[index] for index in self._stripes.at(self.looked_at)]

    @property
    def looked_at(self) -> int:
        """Where actions work: at the cursor; where it stands behind what is selected, at the last of that."""
        chosen = self.selection
        return min(max(self.cursor, chosen[0]), chosen[1] - 1) if chosen else self.cursor

    # -- drawing -----------------------------------------------------------------------------------------------------

    def _laid_out(self, width: int, old: Painter | None) -> Painter:
        """The page wrapped for so many cells; the old layout serves again where text and width are the same."""
        self._stripes = self.page.stripes  # those the indexes are of, also when the page is read anew
        with_names = self.mode == "names"
        codes = self.page.frame.codes if with_names else ()
        longest = max((len(f"{code.short} {code.name}") for code in codes), default=0)
        numbers = numbers_width(len(self.page.line_starts), len(self.page.answers))
        shared = widths(width, self.mode, longest + _SIGNS, numbers)
        is_same = old is not None and old.layout.body is self.page.body and old.layout.width == shared.text
        layout = old.layout if old is not None and is_same else Layout(self.page.body, shared.text)
        return Painter(
            self.page, layout, Margin(layout, self.page.stripes), shared, self._ink, self.page.empty, with_names
        )

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
            self.moved += 1
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
        first, last = self.selection or (0, 0)
        held = self.at_hand
        held_at, held_end, held_as = (held.start, held.end, (held.is_claim, held.id)) if held else (0, 0, None)
        strips = []
        for row in range(top + crop.y, top + crop.bottom):
            if row >= len(layout):
                strips.append(Strip.blank(crop.width, self._ink.style()))
                continue
            start, end = layout.span(row)
            look = (
                row,
                cursor if row == cursor_row else None,
                (max(start, first), min(end, last)) if first < end > start < last else None,
                held_as if held_at < end and held_end > start else None,
            )
            strips.append((self._strips.get(look) or self._drawn(look)).crop(crop.x, crop.right))
        return strips

    def _drawn(self, look: _Look) -> Strip:
        """One row, drawn as wide as the widget; kept for as long as nothing over it is another."""
        row, cursor, selected, held = look
        at_hand = None if held is None else self._at_hand
        marks = Marks(cursor, selected, self._hits_near(*self.layout_now.span(row)), at_hand)
        pieces, cells = self._painter.row(row, marks)
        if cells < self._width:
            pieces.append(Piece(" " * (self._width - cells), self._ink.style()))
        strip = Strip(pieces, max(cells, self._width))
        if self._ground is None:
            self._ground = self.background_colors[1]
        for each in self.get_line_filters():
            if self._ink.is_plain or not isinstance(each, ANSIToTruecolor):  # ours are true colours already
                strip = strip.apply_filter(each, self._ground)
        if len(self._strips) >= _KEPT_STRIPS:
            self._strips.clear()
        self._strips[look] = strip
        return strip

    def look_anew(self) -> None:
        """What lies over the text, or how it is drawn, has changed: no row is as it was."""
        self._strips.clear()
        self._ground = None
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
        self._refresh_stripes(held, self.at_hand)
        self._show_cursor()
        self.moved += 1

    def jump_to(self, place: int) -> None:
        """Put the cursor at a place that one has not come to by reading: nothing is selected, and its answer shows."""
        self._is_selecting = False
        self.move_to(place)
        layout, height = self.layout_now, self.size.height
        answer = moves.span_at(self.page.answer_spans, place)
        last = layout.row_of(answer[1] if answer else place) - self.scroll_offset.y
        if last > height - 1:
            self.show_at_row(min(_CONTEXT, height // 4))

    def end_selecting(self) -> None:
        """What is selected stays, but moving no longer widens it."""
        chosen = self.selection
        if self._is_selecting and chosen:
            self.select_span(*chosen)
        self._is_selecting = False

    def select_span(self, start: int, end: int) -> None:
        """Select a passage; the cursor goes to its end."""
        self._is_selecting = False
        self._anchor = start
        self.move_to(end, extend=True)

    def drop_selection(self) -> None:
        """Nothing is selected any more; the cursor stays on what was, so that the same passage is at hand."""
        place = self.looked_at
        self._anchor, self._is_selecting = None, False
        self.refresh()
        self.move_to(place)

    def hold(self, item: Segment | Claim) -> None:
        """Let actions work on a passage at the cursor, whatever else is coded there."""
        wanted, held = (isinstance(item, Claim), item.id), self.at_hand
        here = self._stripes.at(self.looked_at)
        index = next((n for n in here if (self._stripes.items[n].is_claim, self._stripes.items[n].id) == wanted), None)
        if index is not None and index != self._at_hand:
            self._at_hand = index
            self._refresh_stripes(held, self.at_hand)
            self.moved += 1

    def _index_of(self, stripe: Stripe) -> int | None:
        """Where a passage stands among those drawn; one that was changed is the same still."""
        wanted, claimed = stripe.id, stripe.is_claim
        places = (n for n, each in enumerate(self._stripes.items) if each.item.id == wanted)
        return next((n for n in places if self._stripes.items[n].is_claim == claimed), None)

    def _choose_at_hand(self) -> None:
        """The passage at hand stays while the cursor is in it; else the shortest here, one's own first."""
        found = self._stripes.at(self.looked_at)
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

    def _refresh_stripes(self, held: Stripe | None, now: Stripe | None) -> None:
        """Draw what was at hand and what is, where that is another."""
        if now is not held:
            for stripe in filter(None, (held, now)):
                self._refresh_span(stripe.start, max(stripe.start, stripe.end - 1))

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

    def shows(self, start: int, end: int) -> bool:
        """Whether some of the words of [start, end) are in sight."""
        top, layout = self.scroll_offset.y, self.layout_now
        return layout.row_of(start) < top + self.size.height and layout.row_of(max(start, end - 1)) >= top

    @property
    def row_on_screen(self) -> int:
        """How many rows below the widget's top the cursor stands."""
        return self.layout_now.row_of(self.cursor) - self.scroll_offset.y

    def show_at_row(self, row: int) -> None:
        """Scroll so that the cursor stands so many rows below the widget's top."""
        self.scroll_to(y=max(0, self.layout_now.row_of(self.cursor) - row), animate=False, immediate=True)
