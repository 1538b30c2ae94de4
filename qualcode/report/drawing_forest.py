"""A forest plot drawn: a row for each value, its interval as a line, the lines to compare with upright through all."""

from bisect import bisect_right
from math import ceil, floor

from qualcode.figure import Forest, Reach
from qualcode.report.drawing_canvas import GREY, INK, PAPER, RULE, WARM, Canvas, lettered, text_width

_NAMES, _WIDE, _NUMBERS = 66.0, 92.0, 34.0  # mm of the names, the plot and the numbers
_ROW, _ABOVE, _BELOW, _MARGIN = 4.4, 7.0, 13.0, 2.0
_TEXT = 7.5
_HALF = 0.8  # mm of a mark


def drawn(forest: Forest) -> Canvas:
    """The plot on a page as high as it has rows."""
    height = _ROW * len(forest.rows)
    remarks = max([0.0, *(text_width(lettered(row.remark), _TEXT) + 3 for row in forest.rows)])
    canvas = Canvas(_NAMES + _WIDE + _NUMBERS + remarks + 2 * _MARGIN, _ABOVE + height + _BELOW + 2 * _MARGIN,
                    (_MARGIN + _NAMES, _MARGIN + _ABOVE))  # fmt: skip
    scale = _Scale(forest)
    for value in scale.ticks:
        canvas.line([(scale.at(value), 0), (scale.at(value), height + 1.2)], 0.4, RULE)
        canvas.text((scale.at(value), height + 4.0), f"{value:.1f}", _TEXT, side="center")
    canvas.line([(0, height), (_WIDE, height)], 0.9)
    canvas.text((_WIDE / 2, height + 9.5), forest.across, _TEXT, side="center")
    for value, words in forest.lines:
        canvas.line([(scale.at(value), 0), (scale.at(value), height)], 0.8, WARM, dashes=(3.0, 2.0))
        canvas.text((scale.at(value), -2.6), words, _TEXT, side="center", colour=WARM)
    for number, row in enumerate(forest.rows):
        _draw_row(canvas, row, scale, (number + 0.5) * _ROW)
    return canvas


class _Scale:
    """From values to millimetres: from 0 (or below, where a value or interval is) to 1."""

    def __init__(self, forest: Forest) -> None:
        known = [value for row in forest.rows for value in (row.value, row.lower, row.upper) if value is not None]
        lowest, highest = min([0.0, *known]), max([1.0, *known])
        self._first, self._last = floor(lowest * 5 + 1e-9) / 5, ceil(highest * 5 - 1e-9) / 5
        steps = round((self._last - self._first) * 5)
        self.ticks = [self._first + step / 5 for step in range(steps + 1)]

    def at(self, value: float) -> float:
        """Millimetres from the left."""
        return (value - self._first) / (self._last - self._first) * _WIDE


def _draw_row(canvas: Canvas, row: Reach, scale: _Scale, down: float) -> None:
    canvas.text((-_NAMES, down), _fitting(row.name), _TEXT, is_bold=row.is_sum)
    canvas.text((_WIDE + 3, down), _numbers(row), _TEXT, is_bold=row.is_sum)
    canvas.text((_WIDE + _NUMBERS, down), row.remark, _TEXT, colour=GREY)
    if row.value is None:
        return
    if row.lower is not None and row.upper is not None:
        canvas.line([(scale.at(row.lower), down), (scale.at(row.upper), down)], 1.1, GREY if row.is_thin else INK)
    middle = scale.at(row.value)
    half = 1.6 * _HALF if row.is_sum else _HALF
    corners = [(middle - half, down), (middle, down - half), (middle + half, down), (middle, down + half)]
    if not row.is_sum:
        corners = [(middle + x * half, down + y * half) for x, y in ((-1, -1), (1, -1), (1, 1), (-1, 1))]
    canvas.area(corners, PAPER if row.is_thin else INK, INK, 0.8)


def _numbers(row: Reach) -> str:
    if row.value is None:
        return ""
    ends = f" [{row.lower:z.2f}, {row.upper:z.2f}]" if row.lower is not None and row.upper is not None else ""
    return f"{row.value:z.2f}{ends}"


def _fitting(name: str) -> str:
    """A name that is too long for its room ends in an ellipsis; the figure's table has it whole."""
    words = lettered(name)
    if text_width(words, _TEXT) <= _NAMES - 2:
        return words
    kept = bisect_right(range(len(words)), _NAMES - 2, key=lambda count: text_width(f"{words[: count + 1]}…", _TEXT))
    return f"{words[:kept].rstrip()}…"
