"""Lists and passages as plain lines: no boxes and no signs without words, so that a screen reader can read them."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from qualcode.lines import cells
from qualcode.visible import visible, visible_line

if TYPE_CHECKING:
    from qualcode.model import Quotation


def aligned(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A list with a head over each column; numbers stand to the right; ends without a newline."""
    shown = [[visible_line(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(heads, *shown, strict=True)]
    numeric = [bool(shown) and all(row[place].isdigit() for row in shown) for place in range(len(heads))]
    return "\n".join(
        "  ".join(_padded(cell, width, right) for cell, width, right in zip(row, widths, numeric, strict=True)).rstrip()
        for row in [list(heads), *shown]
    )


def _width(text: str) -> int:
    return sum(map(cells, text))


def _padded(cell: str, width: int, right: bool) -> str:
    blanks = " " * (width - _width(cell))
    return blanks + cell if right else cell + blanks


def indented(text: str, by: str = "    ") -> str:
    """Words of a transcript, safe to show, every line indented."""
    return "\n".join(f"{by}{line}" for line in visible(text).split("\n"))


def counted(number: int, noun: str, plural: str = "") -> str:
    """`1 passage`, `2 passages`."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def headline(number: int, quotation: "Quotation", coder: str, remarks: str = "") -> str:
    """The line above a passage: its number, what it is coded, the citation, the coder, the flags."""
    parts = [str(number), quotation.label, quotation.citation, coder, remarks]
    return visible_line("  ".join(part for part in parts if part))
