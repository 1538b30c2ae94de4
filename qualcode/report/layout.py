"""How a table stands on a page: upright or landscape, the size of type, the columns' widths, in how many parts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from qualcode.report.printed import Column, Printed
from qualcode.report.widths import longest_line, longest_word

MARGIN = 20
"""Millimetres of paper around the text of an A4 page."""

LETTER = 0.19
"""Millimetres of an average letter's width for each point of type."""

_PHRASE = 20  # letters up to which a text is a phrase, which may stand in a column as narrow as its longest word
_LINE, _LONG_LINE = 44, 75  # letters of a column of text: as it would like to stand, and where there is room to spare


@dataclass(frozen=True, slots=True)
class Layout:
    """How the table stands on the page: type in points, column widths in mm (row heads first)."""

    is_landscape: bool
    points: int
    widths: tuple[float, ...]
    is_turned: bool


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A column's widths in letters, margins and bold type included.

    Attributes:
        narrow: the least.
        natural: as it would like to stand.
        most: what it takes of room to spare.
        letters: of its longest text.
    """

    narrow: int
    natural: int
    most: int
    letters: int


_OPTIONS = ((False, 9, False), (True, 9, False), (True, 8, False), (True, 8, True))
"""Landscape, points, heads turned by a quarter: the first that fits is taken."""


def layout(sheet: Printed) -> Layout:
    """The first that fits of: upright, landscape, smaller type, heads turned by a quarter; else the last."""
    for is_landscape, points, is_turned in _OPTIONS:
        wanted = _wanted(sheet, is_turned=is_turned)
        if sum(each.narrow if is_landscape else each.natural for each in wanted) <= _letters(is_landscape, points):
            break
    return _laid(wanted, is_landscape=is_landscape, points=points, is_turned=is_turned)


def parts(sheet: Printed) -> list[tuple[Printed, Layout]]:
    """The table as it goes on paper: whole, or its columns in parts where they do not fit a page beside each other.

    Every part has the row heads.
    """
    *_, (is_landscape, points, is_turned) = _OPTIONS
    head, *columns = _wanted(sheet, is_turned=is_turned)
    room = _letters(is_landscape, points) - head.narrow
    if sum(each.narrow for each in columns) <= room:
        return [(sheet, layout(sheet))]
    found = []
    for first, last in _shared_out([each.narrow for each in columns], room):
        part = replace(
            sheet,
            columns=sheet.columns[first:last],
            rows=tuple(replace(row, cells=row.cells[first:last]) for row in sheet.rows),
        )
        wanted = [head, *columns[first:last]]
        found.append((part, _laid(wanted, is_landscape=is_landscape, points=points, is_turned=is_turned)))
    return found


def _shared_out(widths: Sequence[int], room: int) -> Iterator[tuple[int, int]]:
    """The first and the last column of each part: as few parts as fit, about equally wide."""
    number = -(-sum(widths) // room)
    fair = min(room, sum(widths) / number + max(widths) / 2)
    first = wide = 0
    for place, width in enumerate(widths):
        if place > first and wide + width > fair:
            yield first, place
            first, wide = place, 0
        wide += width
    yield first, len(widths)


def _letters(is_landscape: bool, points: int) -> int:
    return int(_room(is_landscape) / (points * LETTER))


def _room(is_landscape: bool) -> float:
    return (297 if is_landscape else 210) - 2 * MARGIN


def _laid(wanted: Sequence[_Wanted], *, is_landscape: bool, points: int, is_turned: bool) -> Layout:
    widths = _spread(wanted, _letters(is_landscape, points))
    scale = min(points * LETTER, _room(is_landscape) / sum(widths))
    return Layout(is_landscape, points, tuple(width * scale for width in widths), is_turned)


def _spread(wanted: Sequence[_Wanted], room: int) -> list[int]:
    """Widths that fill the room: from the narrow ones up, each letter to the column whose text takes most lines."""
    widths = [each.narrow for each in wanted]
    for ceiling in ("natural", "most"):
        for _ in range(room - sum(widths)):
            wanting = [number for number, width in enumerate(widths) if width < getattr(wanted[number], ceiling)]
            if not wanting:
                break
            widths[max(wanting, key=lambda number: wanted[number].letters / widths[number])] += 1
    return widths


def _wanted(sheet: Printed, *, is_turned: bool) -> list[_Wanted]:
    """The widths of the row heads, then of each column."""
    heads = [sheet.corner, *("   " * row.depth + row.text for row in sheet.rows)]
    longest = max(map(longest_line, heads))
    natural = min(36, longest) + 2
    found = [_Wanted(min(natural, 24), natural, min(48, longest) + 2, longest)]
    for number, column in enumerate(sheet.columns):
        cells = [row.cells[number].text + row.cells[number].marks for row in sheet.rows]
        head = 0 if is_turned and column.is_number else _head(column)
        found.append(_of_numbers(head, cells) if column.is_number else _of_text(column, head, cells))
    return found


def _head(column: Column) -> int:
    """Letters of the widest thing in a head that is not broken, one more for bold type; "(of 19)" stays together."""
    below = f"({column.below})".replace("of ", "of_") if column.below else ""
    return max(longest_word(column.text) + 1, longest_word(below))


# Two letters more are a column's margins.
def _of_numbers(head: int, cells: Sequence[str]) -> _Wanted:
    narrow = max([3, head, *map(longest_line, cells)]) + 2
    return _Wanted(narrow, max(narrow, 8), max(narrow, 8), narrow)


def _of_text(column: Column, head: int, cells: Sequence[str]) -> _Wanted:
    longest = max(map(longest_line, ["", *cells]))
    wide = max(head, longest_line(column.text), longest)
    least = max([0, *map(longest_word, cells)]) + 1 if longest <= _PHRASE else _PHRASE
    natural = min(_LINE, wide + 1) + 2
    narrow = min(natural, max(head, least) + 2)
    return _Wanted(narrow, natural, min(_LONG_LINE, wide + 1) + 2, max([0, *map(len, cells)]))
