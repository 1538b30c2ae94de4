"""How wide text is in a terminal, how it wraps, and how a table's columns share the room.

Widths are terminal cells: wide East Asian characters and emoji take two, combining marks none.
"""

import os
import re
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar

from qualcode.lines import cells

_EMOJI_STYLE = "\ufe0f"  # asks for the coloured picture, which is two cells wide whatever stood before


_asked: ContextVar[int | None] = ContextVar("asked", default=None)


@contextmanager
def lines_of(width: int) -> Iterator[None]:
    """Print as on a screen of so many cells, wherever it goes."""
    before = _asked.set(width)
    try:
        yield
    finally:
        _asked.reset(before)


def screen_width() -> int | None:
    """The cells of a line: as asked for, else COLUMNS where that is set, else the terminal's; None without one."""
    if (asked := _asked.get()) is not None:
        return asked
    is_known = sys.stdout is not None and (sys.stdout.isatty() or os.environ.get("COLUMNS", "").isdigit())
    return shutil.get_terminal_size().columns if is_known else None


def cell_width(text: str) -> int:
    """The cells that a line of visible text takes; at most too many for joined emoji, never too few."""
    return len(text) if text.isascii() else sum(map(cells, text)) + text.count(_EMOJI_STYLE)


def longest_word(text: str) -> int:
    """The width of the widest word: a column narrower than this must break words."""
    return max(map(cell_width, text.split()), default=0)


def longest_line(text: str) -> int:
    """The width of the widest line."""
    return max(map(cell_width, text.split("\n")), default=0)


def wrapped(text: str, width: int) -> list[str]:
    """The text in lines of at most `width` cells (at least 2), broken at blanks, within a word only where it must."""
    return [line for paragraph in text.split("\n") for line in _wrapped_paragraph(paragraph, max(2, width))]


def _wrapped_paragraph(paragraph: str, width: int) -> list[str]:
    lines = [""]
    for word in paragraph.split():
        joined = f"{lines[-1]} {word}" if lines[-1] else word
        if cell_width(joined) <= width:
            lines[-1] = joined
            continue
        pieces = _pieces(word, width)
        lines[-1:] = [*([lines[-1]] if lines[-1] else []), *pieces]
    return lines


def _pieces(word: str, width: int) -> list[str]:
    pieces, room = [""], width
    for character in word:
        wide = cell_width(character)
        if wide > room:
            pieces.append("")
            room = width
        pieces[-1] += character
        room -= wide
    return pieces


def cut(text: str, width: int) -> str:
    """The beginning of a text that fits the width."""
    return _pieces(text, width)[0]


def folded(line: str, width: int) -> list[str]:
    """A line whole where it fits the width; else broken behind blanks, its indent kept, a word too long in pieces."""
    if cell_width(line) <= width:
        return [line]
    indent = line[: len(line) - len(line.lstrip(" "))][: width // 2]
    room = max(2, width - len(indent))
    lines = [""]
    for word in re.findall(r"\S+\s*", line):
        if cell_width(lines[-1] + word.rstrip()) <= room:
            lines[-1] += word
        else:
            *whole, last = _pieces(word.rstrip(), room)
            lines += [*whole, last + word[len(word.rstrip()) :]]
    return [f"{indent}{each.rstrip()}" for each in lines if each]


def shortened(text: str, width: int) -> str:
    """The text, or its beginning with an ellipsis where it is wider than the width."""
    return text if cell_width(text) <= width else f"{cut(text, max(1, width - 1)).rstrip()}…"


def padded(text: str, width: int, side: str = "<") -> str:
    """The text filled with blanks to the width: "<" text at the left, ">" at the right, "^" in the middle."""
    blanks = max(0, width - cell_width(text))
    before = {"<": 0, ">": blanks, "^": blanks // 2}[side]
    return " " * before + text + " " * (blanks - before)


def shared_room(narrow: Sequence[int], natural: Sequence[int], room: int) -> list[int]:
    """Column widths that fill the room: from the narrow widths up, the narrowest wanting column first.

    Args:
        narrow: the least widths.
        natural: the widths that the columns would like, each at least its narrow one.
        room: for all columns together; where the narrow widths exceed it they are returned as they are.
    """
    widths = list(narrow)
    for _ in range(room - sum(widths)):
        wanting = [number for number, width in enumerate(widths) if width < natural[number]]
        if not wanting:
            break
        widths[min(wanting, key=widths.__getitem__)] += 1
    return widths
