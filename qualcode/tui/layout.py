"""One text wrapped at one width: rows, cells and offsets, and what may go to the terminal.

Positions are code points, half-open; rows and cells count from 0. The wrap is the rule of `qualcode.lines`,
so that at its `WIDTH` a row is a citable line. What it keeps room for is never too little: it counts each
part of a joined emoji, while the terminal draws one picture.
"""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from qualcode.lines import any_of, cells, odd_characters, wrap
from qualcode.tui.clusters import PICTURE_STYLE, begins, cells_within, is_text_style, may_join
from qualcode.visible import visible_line

_TEXT_STYLE = "\ufe0e"


class Layout:
    """The rows of a text at a width of at least 2 cells.

    Attributes:
        body: the text as stored.
        width: cells of a row.
        starts: where each row begins; at least one.
        is_plain: whether every character takes exactly one cell.
    """

    __slots__ = ("_joining", "_odd", "body", "is_plain", "starts", "width")

    def __init__(self, body: str, width: int) -> None:
        odd = odd_characters(body)
        self.body = body
        self.width = width
        self.starts = wrap(body, width, odd)
        self.is_plain = not odd
        self._odd = any_of(odd) if odd else None
        joining = set(filter(may_join, odd))
        self._joining = any_of(joining) if joining else None

    def __len__(self) -> int:
        """The number of rows; an empty text has one."""
        return len(self.starts)

    def span(self, row: int) -> tuple[int, int]:
        """Where a row begins and ends, with its newline; the rows joined are the text."""
        return self.starts[row], self.starts[row + 1] if row + 1 < len(self.starts) else len(self.body)

    def drawn(self, row: int) -> tuple[int, int]:
        """What of a row is drawn: without the newline and without the blanks that hang over the edge.

        It always fits the width: of letters chained by zero-width joiners, which no line breaks, the rest is left out.
        """
        start, end = self.span(row)
        end -= self.body.endswith("\n", start, end)
        if self._is_plain_in(start, end):
            return start, min(end, start + self.width)
        for at, cell in self._clusters(start, end):
            if cell > self.width and at > start:
                return start, self._last_start(start, at)
        return start, end

    def row_of(self, offset: int) -> int:
        """The row that an offset lies in; the end of the text lies in the last row."""
        return bisect_right(self.starts, offset) - 1

    def cell_of(self, row: int, offset: int) -> int:
        """The cells from the beginning of a row to an offset in it; more than the width in blanks that hang over."""
        start = self.starts[row]
        if self._is_plain_in(start, offset):
            return offset - start
        return next(cell for at, cell in self._clusters(start, offset) if at == offset)

    def offset_at(self, row: int, cell: int) -> int:
        """The beginning of the cluster drawn at a cell of a row.

        Left of the row it is the row's beginning, right of it the end of what is drawn, where a cursor can
        stand behind the last word. Where the next row begins right there, it is the last cluster of this row:
        the offset always lies in the row asked for.
        """
        start, end = self.drawn(row)
        if self._is_plain_in(start, end):
            found = min(start + max(cell, 0), end)
        else:
            found = start
            for at, taken in self._clusters(start, end):
                if taken > max(cell, 0):
                    break
                found = at
        is_next_row = found == end > start and row + 1 < len(self.starts) and found == self.starts[row + 1]
        return self._last_start(start, end) if is_next_row else found

    def shown(self, start: int, end: int) -> str:
        """`body[start:end]` without its last newline, safe for a terminal, one character for one; a tab is a blank."""
        end -= end > start and self.body[end - 1] == "\n"
        text = self.body[start:end]
        if PICTURE_STYLE in text:
            text = "".join(
                _TEXT_STYLE if is_text_style(self.body, at) else character
                for at, character in enumerate(text, start=start)
            )
        return visible_line(text)

    def _is_plain_in(self, start: int, end: int) -> bool:
        return self._odd is None or not self._odd.search(self.body, start, end)

    def _clusters(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Each cluster's beginning and its cell in a row that begins at `start`; then the end and its cell."""
        if not (self._joining and self._joining.search(self.body, start, end)):
            yield from enumerate(accumulate(map(cells, self.body[start:end]), initial=0), start)
            return
        cell = 0
        for at in range(start, end):
            if at == start or begins(self.body, at):
                yield at, cell
                cell += cells(self.body[at])
            else:
                cell += cells_within(self.body, at)
        yield end, cell

    def _last_start(self, start: int, end: int) -> int:
        """Where the last cluster before `end` begins, not before `start`."""
        at = end - 1
        while at > start and not begins(self.body, at):
            at -= 1
        return max(at, start)
