"""Rows of a transcript as styled pieces: the margin, then the words. No widget in here."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment as Piece
from rich.style import Style

from qualcode.model import Answer
from qualcode.tui import moves
from qualcode.tui.columns import cell
from qualcode.tui.desk import Page, Stripe
from qualcode.tui.layout import Layout
from qualcode.tui.margin import Margin, Tags, Widths, number_of
from qualcode.tui.themes import Ink
from qualcode.visible import visible_line

_BAR, _CLAIM_BAR, _OTHERS_BAR = "┃", "╏", "│"


@dataclass(slots=True)
class Marks:
    """What lies over the text just now; positions are code points, half-open.

    Attributes:
        cursor: the character the cursor stands on; None = no cursor is drawn.
        selected: the selection, or None.
        hits: places found, in order.
        at_hand: index of the passage at the cursor that actions work on, or None.
    """

    cursor: int | None = None
    selected: tuple[int, int] | None = None
    hits: Sequence[tuple[int, int]] = field(default_factory=tuple)
    at_hand: int | None = None


@dataclass(frozen=True)
class Painter:
    """Draws the rows of one page at one width.

    Attributes:
        page, layout, margin, widths, ink: what is drawn, and how.
        empty: numbers of the answers that were read with nothing in them.
        with_names: labels are codes' names, too.
    """

    page: Page
    layout: Layout
    margin: Margin
    widths: Widths
    ink: Ink
    empty: frozenset[int] = frozenset()
    with_names: bool = False

    @cached_property
    def _tags(self) -> Mapping[int, Tags]:
        """The labels of each row that has some."""
        cells = [cell_len(self._label(stripe)) for stripe in self.margin.stripes.items]
        return self.margin.tags(cells, self.widths.labels - 1) if self.widths.labels else {}

    def tags(self, row: int) -> Tags:
        """The passages whose labels stand in a row."""
        return self._tags.get(row, Tags())

    def told(self, row: int) -> tuple[list[str], int]:
        """The labels of a row in words, and how many more there are."""
        tags = self.tags(row)
        return [self._label(self.margin.stripes.items[index]) for index in tags.shown], tags.more

    def draws_as(self, other: "Painter", row: int) -> bool:
        """Whether a row looks as another painter of the same words, at the same width, draws it."""
        if self.margin.looks(row) != other.margin.looks(row) or self.told(row) != other.told(row):
            return False
        answer = self._beginning(row)
        return answer is None or (answer.number in self.empty) == (answer.number in other.empty)

    def row(self, row: int, marks: Marks) -> tuple[list[Piece], int]:
        """The pieces of a row, from its left edge to the end of its words, and the cells they take."""
        start, end = self.layout.drawn(row)
        words = end - start if self.layout.is_plain else self.layout.cell_of(row, end)
        pieces = [*self._left(row, marks), *self._words(start, end, self.margin.there(row), marks)]
        if marks.cursor is not None and self._is_behind(row, marks.cursor):
            return [*pieces, Piece(" ", self.ink.style("cursor"))], self.widths.left + words + 1
        return pieces, self.widths.left + words

    # -- the margin --------------------------------------------------------------------------------------------------

    def _left(self, row: int, marks: Marks) -> list[Piece]:
        if not self.margin.there(row):
            return [Piece(" " * (self.widths.labels + self.widths.lanes), self.ink.style()), self._number(row)]
        labels = self._labels(row) if self.widths.labels else []
        return [*labels, *self._lanes(row, marks), self._number(row)]

    def _labels(self, row: int) -> list[Piece]:
        """The labels that stand here, to the right; for others that found no room `+2`, or `+` in the blank behind."""
        ground, stripes = self.ink.style(), self.margin.stripes.items
        pieces, at = list[Piece](), 0
        for index, words, start in self._placed(row):
            pieces += [Piece(" " * (start - at), ground), Piece(words, self._ink_of(stripes[index]))]
            at = start + cell_len(words)
        more = self._more(row)[: self.widths.labels - at]
        return [*pieces, Piece(more.ljust(self.widths.labels - at), self.ink.style("quiet"))]

    def tag_at(self, row: int, cell: int) -> int | None:
        """Index of the passage whose label stands at a cell of the margin, else of the last before, else the first."""
        placed = self._placed(row)
        before = [index for index, _, start in placed if start <= cell]
        return before[-1] if before else placed[0][0] if placed else None

    def _placed(self, row: int) -> list[tuple[int, str, int]]:
        """Each label of a row: its passage, its words as they are drawn, and the cell they begin at."""
        shown, room = self.tags(row).shown, self.widths.labels - 1
        words = [self._fitted(self.margin.stripes.items[index], room) for index in shown]
        taken = sum(map(cell_len, words)) + max(0, len(words) - 1)
        at, found = max(0, room - taken - len(self._more(row))), []
        for index, each in zip(shown, words, strict=True):
            found.append((index, each, at))
            at += cell_len(each) + 1
        return found

    def _more(self, row: int) -> str:
        more = self.tags(row).more
        return f"+{more}" if more else ""

    def _fitted(self, stripe: Stripe, room: int) -> str:
        """A label in so many cells: before it is cut it goes without some of its signs."""
        words = self._label(stripe)
        for less in range(1, len(stripe.signs) + 1):
            if cell_len(words) > room >= cell_len(words[:-less]):
                return words[:-less]
        return cell(words, room) if cell_len(words) > room else words

    def _label(self, stripe: Stripe) -> str:
        words = f"{stripe.label} {stripe.name}" if self.with_names and not stripe.is_claim else stripe.label
        return visible_line(words + stripe.signs)

    def _ink_of(self, stripe: Stripe) -> Style:
        return self.ink.style() + self.ink.code(stripe.colour, stripe.position)

    def _lanes(self, row: int, marks: Marks) -> list[Piece]:
        pieces = []
        for index in self.margin.cells(row, self.widths.lanes):
            if index is None:
                pieces.append(Piece(" ", self.ink.style()))
            elif index < 0:
                pieces.append(Piece("+", self.ink.style("quiet")))
            else:
                stripe = self.page.stripes.items[index]
                bar = _CLAIM_BAR if stripe.is_claim else _BAR if stripe.is_own else _OTHERS_BAR
                style = self._ink_of(stripe)
                pieces.append(Piece("█" if index == marks.at_hand else bar, style))
        return pieces

    def _number(self, row: int) -> Piece:
        start, end = self.layout.span(row)
        room = self.widths.numbers - 1
        answer = self._beginning(row)
        if answer is not None:
            is_empty = answer.number in self.empty
            told = f"{'✓' * is_empty}¶{answer.number}"
            return Piece(told.rjust(room) + " ", self.ink.style("quiet" if is_empty else "accent"))
        number = number_of(self.page.line_starts, start, end)
        return Piece((str(number) if number else "").rjust(room) + " ", self.ink.style("quiet"))

    def _beginning(self, row: int) -> Answer | None:
        """The answer that begins in a row."""
        start, end = self.layout.span(row)
        begins = bisect_left(self.page.answer_spans, (start,))
        is_there = begins < len(self.page.answers) and self.page.answers[begins].start < end
        return self.page.answers[begins] if is_there else None

    # -- the words ---------------------------------------------------------------------------------------------------

    def _words(self, start: int, end: int, there: Sequence[int], marks: Marks) -> list[Piece]:
        here = [self.page.stripes.items[index] for index in there]
        cuts, voices = self._cuts(start, end, here, marks)
        pieces = []
        for left, right in pairwise(cuts):
            pieces.append(Piece(self.layout.shown(left, right), self._style(left, right, voices, here, marks)))
        return pieces

    def _is_behind(self, row: int, cursor: int) -> bool:
        """Whether the cursor stands behind the last character drawn in this row."""
        return self.layout.row_of(cursor) == row and cursor >= self.layout.drawn(row)[1]

    def _cuts(
        self, start: int, end: int, here: Sequence[Stripe], marks: Marks
    ) -> tuple[list[int], list[tuple[int, int, str]]]:
        """Where the style may change within `[start, end)`, both ends included; and who speaks where."""
        places = {start, end}
        voices = self._voices(start, end)
        for left, right, _ in voices:
            places |= {left, right}
        for stripe in here:
            places |= {stripe.start, stripe.end}
        for left, right in marks.hits:
            if left < end and right > start:
                places |= {left, right}
        if marks.selected:
            places |= set(marks.selected)
        if marks.cursor is not None:
            places |= {marks.cursor, marks.cursor + self._cluster(marks.cursor)}
        return sorted(place for place in places if start <= place <= end), voices

    def _cluster(self, cursor: int) -> int:
        return max(1, moves.character(self.page.body, cursor, 1) - cursor)

    def _voices(self, start: int, end: int) -> list[tuple[int, int, str]]:
        """(start, end, ink) of labels and words in `[start, end)`."""
        found = []
        for turn in self.page.turns_between(start, end):
            words = "asked" if turn.speaker in self.page.asking else "text"
            found.append((turn.start, turn.speech, "quiet" if words == "asked" else "label"))
            found.append((turn.speech, turn.end, words))
        return [(max(left, start), min(right, end), ink) for left, right, ink in found if left < end and right > start]

    def _style(
        self, left: int, right: int, voices: Sequence[tuple[int, int, str]], here: Sequence[Stripe], marks: Marks
    ) -> Style:
        names = [ink for start, end, ink in voices if start <= left and right <= end]
        coded = [stripe for stripe in here if stripe.start <= left and right <= stripe.end]
        if sum(not stripe.is_claim for stripe in coded) > 1:
            names.append("double")
        style = self.ink.style(*names)
        if marks.at_hand is not None:
            stripe = self.page.stripes.items[marks.at_hand]
            if stripe.start <= left and right <= stripe.end:
                style += self.ink.code(stripe.colour, stripe.position, is_tint=True)
        over = []
        if any(start <= left and right <= end for start, end in marks.hits):
            over.append("hit")
        if marks.selected and marks.selected[0] <= left and right <= marks.selected[1]:
            over.append("selected")
        if marks.cursor is not None and left == marks.cursor:
            over.append("cursor")
        for name in over:
            style += self.ink.over(name)
        return style
