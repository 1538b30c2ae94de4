"""Columns of a list that fit a width: words are shortened, numbers never; what has no room is left out whole.

No Textual in here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size

from qualcode.visible import visible_line

_GAPS = (2, 1)
"""Cells between columns: where two do not fit, one."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column.

    Attributes:
        name: its head.
        least: cells below which it is left out rather than narrowed.
        most: cells it can use.
        rank: which goes first where there is no room: the highest; 0 = never.
        is_number: stands to the right.
    """

    name: str
    least: int
    most: int
    rank: int = 0
    is_number: bool = False


def of_words(name: str, words: Iterable[str], least: int, most: int, rank: int = 0) -> Column:
    """A column of words, no wider than its longest."""
    longest = max([cell_len(name) + 1, *(cell_len(visible_line(each[:most])) for each in words)])
    return Column(name, min(least, longest), max(min(longest, most), min(least, longest)), rank)


def of_numbers(name: str, numbers: Iterable[str], rank: int = 0) -> Column:
    """A column of numbers, as wide as its longest and its head with the sign of the order."""
    longest = max([cell_len(name) + 1, *map(len, numbers)])
    return Column(name, longest, longest, rank, is_number=True)


def fitted(columns: Sequence[Column], width: int) -> tuple[list[tuple[int, int]], int]:
    """Which columns are shown in so many cells, each with its own cells; and the gap between them."""
    shown = list(range(len(columns)))
    while True:
        for gap in _GAPS:
            least = sum(columns[each].least for each in shown) + gap * (len(shown) - 1)
            if least <= width:
                return _widened(columns, shown, width - least), gap
        droppable = [each for each in shown if columns[each].rank]
        if not droppable:
            return [(each, columns[each].least) for each in shown], _GAPS[-1]
        shown.remove(max(droppable, key=lambda each: (columns[each].rank, each)))


def _widened(columns: Sequence[Column], shown: Sequence[int], room: int) -> list[tuple[int, int]]:
    """What is over is shared evenly; who can use less leaves the rest to the others."""
    wishes = {each: columns[each].most - columns[each].least for each in shown}
    given = dict.fromkeys(shown, 0)
    for taken, each in enumerate(sorted(shown, key=lambda each: wishes[each])):
        given[each] = min(wishes[each], room // (len(shown) - taken))
        room -= given[each]
    return [(each, columns[each].least + given[each]) for each in shown]


def cell(words: str, width: int, *, is_number: bool = False) -> str:
    """Words made safe to show in exactly so many cells; what does not fit ends in an ellipsis."""
    words = visible_line(words[: 8 * width + 8])
    long = cell_len(words)
    if long > width:
        return set_cell_size(words, max(0, width - 1)) + "…" * (width > 0)
    return " " * (width - long) + words if is_number else words + " " * (width - long)
