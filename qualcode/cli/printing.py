"""Lists and passages as plain lines: no boxes and no signs without words, so that a screen reader can read them.

On a screen no line is wider than it and no word is broken; into a pipe or a file lines go whole.
"""

from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from qualcode.report.widths import (
    cell_width,
    folded,
    longest_word,
    padded,
    screen_width,
    shared_room,
    shortened,
    wrapped,
)
from qualcode.visible import visible, visible_line

if TYPE_CHECKING:
    from qualcode.model import Quotation

_GAP = "  "
_LEAST_COLUMN = 8  # cells to which a column of words is narrowed at most


def aligned(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A list with a head over each column; numbers stand to the right; ends without a newline.

    On a screen that is too narrow words go on below; where even single words are too wide they end in an ellipsis
    (`--json` has them whole).
    """
    shown = [list(heads), *([visible_line(cell) for cell in row] for row in rows)]
    columns = list(zip(*shown, strict=True))
    numeric = [len(shown) > 1 and all(cell.isdigit() for cell in column[1:]) for column in columns]
    widths = _widths(columns, screen_width())
    lines = []
    for row in shown:
        cells = [_cell(text, width) for text, width in zip(row, widths, strict=True)]
        for parts in zip_longest(*cells, fillvalue=""):
            sides = zip(parts, widths, numeric, strict=True)
            lines.append(_GAP.join(padded(part, width, ">" if right else "<") for part, width, right in sides).rstrip())
    return "\n".join(lines)


def _widths(columns: Sequence[Sequence[str]], screen: int | None) -> list[int]:
    """What each column takes: as much as its widest cell, or its share of the screen."""
    natural = [max(map(cell_width, column)) for column in columns]
    if screen is None:
        return natural
    room = screen - len(_GAP) * (len(columns) - 1)
    narrow = [max(map(longest_word, column)) for column in columns]
    while sum(narrow) > room and max(narrow) > _LEAST_COLUMN:
        narrow[narrow.index(max(narrow))] -= 1
    return shared_room(narrow, natural, room)


def _cell(text: str, width: int) -> list[str]:
    if cell_width(text) <= width:
        return [text]
    return wrapped(" ".join(shortened(word, width) for word in text.split()), width)


def indented(text: str, by: str = "    ") -> str:
    """Words of a transcript, safe to show, every line indented, and broken where the screen ends."""
    lines = visible(text).split("\n")
    return "\n".join(f"{by}{piece}" for line in lines for piece in on_screen(line, len(by)))


def hanging(line: str, by: str = "    ") -> str:
    """A line, safe to show already; what does not fit the screen goes on below, indented."""
    first, *others = on_screen(line, len(by))
    return "\n".join([first, *(f"{by}{each}" for each in others)])


def on_screen(line: str, indent: int = 0) -> list[str]:
    """A line in pieces that fit the screen beside an indent; whole where there is none."""
    screen = screen_width()
    return [line] if screen is None else folded(line, max(20, screen - indent))


def headline(number: int, quotation: "Quotation", coder: str, remarks: str = "") -> str:
    """The line above a passage: its number, what it is coded, the citation, the coder, the flags."""
    parts = [str(number), quotation.label, quotation.citation, coder, remarks]
    return hanging(visible_line("  ".join(part for part in parts if part)))
