"""How a table stands on a page: upright or landscape, the size of type, the columns' widths."""

from dataclasses import dataclass

from qualcode.report.printed import Printed
from qualcode.report.widths import longest_line, longest_word, shared_room

MARGIN = 20
"""Millimetres of paper around the text of an A4 page."""

LETTER = 0.19
"""Millimetres of an average letter's width for each point of type."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How the table stands on the page: type in points, column widths in mm (row heads first)."""

    is_landscape: bool
    points: int
    widths: tuple[float, ...]
    is_turned: bool


def layout(sheet: Printed) -> Layout:
    """The first that fits of: upright, landscape, smaller type, heads turned by a quarter."""
    options = [(False, 9, False), (True, 9, False), (True, 8, False), (True, 8, True)]
    for is_landscape, points, is_turned in options:
        room = (297 if is_landscape else 210) - 2 * MARGIN
        narrow, natural = _wanted(sheet, is_turned=is_turned)
        letters = int(room / (points * LETTER))
        if sum(narrow if is_landscape else natural) <= letters:
            break
    widths = shared_room(narrow, natural, letters)
    scale = min(points * LETTER, room / sum(widths))
    return Layout(is_landscape, points, tuple(width * scale for width in widths), is_turned)


def _wanted(sheet: Printed, *, is_turned: bool) -> tuple[list[int], list[int]]:
    """The least and the natural widths in letters: row heads, then each column.

    Two letters more are a column's margins, and one what bold type of a head takes.
    """
    heads = [sheet.corner, *("   " * row.depth + row.text for row in sheet.rows)]
    natural = [min(36, max(map(longest_line, heads))) + 2]
    narrow = [min(natural[0], 24)]
    for number, column in enumerate(sheet.columns):
        cells = [row.cells[number].text + row.cells[number].marks for row in sheet.rows]
        head = 0 if is_turned and column.is_number else max(longest_word(column.text), longest_word(column.below))
        if column.is_number:
            narrow.append(max([3, head + 1, *map(longest_line, cells)]) + 2)
            natural.append(max(narrow[-1], 8))
        else:
            natural.append(min(44, max(head + 1, longest_line(column.text), *map(longest_line, ["", *cells]))) + 2)
            narrow.append(min(natural[-1], max(head + 1, 20) + 2))
    return narrow, natural
