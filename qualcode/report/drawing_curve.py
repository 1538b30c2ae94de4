"""A curve drawn: bars and lines over one scale, told apart by dashes and by their names beside them, not by colour."""

from math import ceil, floor, log10

from qualcode.figure import Curve, Line
from qualcode.report.drawing_canvas import GREY, INK, RULE, TINT, WARM, XY, Canvas, lettered, text_width

_WIDE, _HIGH = 112.0, 66.0  # mm of the plot
_LEFT, _TOP, _BELOW, _MARGIN = 16.0, 9.0, 15.0, 2.0
_TEXT = 7.5
_DASHES = ((), (5.0, 2.0), (1.5, 1.5), (6.0, 1.5, 1.5, 1.5))
_SHADES = (INK, INK, GREY, GREY)
_APART = 3.6  # mm between names, at least


def drawn(curve: Curve) -> Canvas:
    """The curve on a page for half of A4; wider for long names."""
    plot = _Plot(curve)
    names = [lettered(name) for name in (*(line.name for line in curve.lines), curve.bars[0] if curve.bars else "")]
    beside = max([20.0, *(text_width(name, _TEXT) + 10 for name in names)])
    canvas = Canvas(_LEFT + _WIDE + beside + 2 * _MARGIN, _TOP + _HIGH + _BELOW + 2 * _MARGIN,
                    (_MARGIN + _LEFT, _MARGIN + _TOP))  # fmt: skip
    _draw_scales(canvas, curve, plot)
    for line in curve.lines:
        _draw_spread(canvas, line, plot)
    if curve.bars:
        _draw_bars(canvas, curve.bars[1], plot)
    for number, line in enumerate(curve.lines):
        _draw_line(canvas, line, number, plot)
    for x, words in curve.stops:
        left = plot.across(x)
        canvas.line([(left, 0), (left, _HIGH)], 0.9, WARM, dashes=(2.0, 2.0))
        canvas.text((left, -2.6), words, _TEXT, side="center", colour=WARM)
    _draw_names(canvas, curve, plot)
    return canvas


class _Plot:
    """From x and y to millimetres: x from the first to the last with half a step beside, y from 0.

    Attributes:
        xs: all x, in order.
        ticks: the y that are marked.
    """

    def __init__(self, curve: Curve) -> None:
        points = [point for line in curve.lines for point in line.points] + list(curve.bars[1] if curve.bars else ())
        self.xs = sorted({x for x, _ in points} | {x for x, _ in curve.stops}) or [0.0]
        highest = max([1.0, *(y for _, y in points), *(high for line in curve.lines for _, _, high in line.spread)])
        step = _step(highest)
        self.ticks = [number * step for number in range(ceil(highest / step) + 1)]
        gaps = [after - before for before, after in zip(self.xs, self.xs[1:], strict=False)]
        self.step = min(gaps, default=1.0)
        self._first, self._last = self.xs[0] - 0.6 * self.step, self.xs[-1] + 0.6 * self.step

    def across(self, x: float) -> float:
        """Millimetres from the left."""
        return (x - self._first) / (self._last - self._first) * _WIDE

    def up(self, y: float) -> float:
        """Millimetres from the top."""
        return _HIGH * (1 - y / self.ticks[-1])

    def at(self, point: XY) -> XY:
        """Both."""
        return self.across(point[0]), self.up(point[1])


def _step(highest: float) -> float:
    """1, 2 or 5 times a power of ten: at most six ticks; whole numbers stay whole."""
    power = 10.0 ** floor(log10(highest / 5)) if highest > 5 else 1.0
    return next(power * each for each in (1, 2, 5, 10) if highest / (power * each) <= 6)


def _draw_scales(canvas: Canvas, curve: Curve, plot: _Plot) -> None:
    for y in plot.ticks:
        canvas.line([(0, plot.up(y)), (_WIDE, plot.up(y))], 0.4, RULE)
        canvas.text((-2, plot.up(y)), f"{y:g}", _TEXT, side="right")
    canvas.line([(0, _HIGH), (_WIDE, _HIGH)], 0.9)
    every = ceil(max(len(plot.xs), 1) / 20)
    for number, x in enumerate(plot.xs):
        if number % every == 0:
            canvas.line([(plot.across(x), _HIGH), (plot.across(x), _HIGH + 1.2)], 0.6)
            canvas.text((plot.across(x), _HIGH + 4.0), f"{x:g}", _TEXT, side="center")
    canvas.text((_WIDE / 2, _HIGH + 10.5), curve.across, _TEXT, side="center")
    canvas.text((-_LEFT, -_TOP + 3.0), curve.up, _TEXT)


def _draw_bars(canvas: Canvas, bars: tuple[XY, ...], plot: _Plot) -> None:
    half = 0.3 * (plot.across(plot.xs[0] + plot.step) - plot.across(plot.xs[0]))
    for x, y in bars:
        if y > 0:
            left, top = plot.at((x, y))
            corners = [(left - half, _HIGH), (left - half, top), (left + half, top), (left + half, _HIGH)]
            canvas.area(corners, RULE, GREY, 0.5)


def _draw_spread(canvas: Canvas, line: Line, plot: _Plot) -> None:
    if len(line.spread) > 1:
        upper = [plot.at((x, high)) for x, _, high in line.spread]
        lower = [plot.at((x, low)) for x, low, _ in reversed(line.spread)]
        canvas.area([*upper, *lower], TINT, RULE, 0.5)


def _draw_line(canvas: Canvas, line: Line, number: int, plot: _Plot) -> None:
    place = number % len(_DASHES)
    points = [plot.at(point) for point in line.points]
    if len(points) > 1:
        canvas.line(points, 1.5, _SHADES[place], dashes=_DASHES[place])
    for x, y in points:
        canvas.box(x - 0.7, y - 0.7, 1.4, 1.4, fill=_SHADES[place], edge="none", line=0, round_by=0.7 - 0.3 * place)


def _draw_names(canvas: Canvas, curve: Curve, plot: _Plot) -> None:
    """Beside the last point of each line, kept apart; the bars' at the foot."""
    ends = sorted((plot.up(line.points[-1][1]), number, line) for number, line in enumerate(curve.lines) if line.points)
    taken = -_APART
    for y, number, line in ends:
        taken = max(y, taken + _APART)
        place = number % len(_DASHES)
        if len(curve.lines) > 1:
            canvas.line([(_WIDE + 1, taken), (_WIDE + 7, taken)], 1.5, _SHADES[place], dashes=_DASHES[place])
        canvas.text((_WIDE + (8.5 if len(curve.lines) > 1 else 2), taken), line.name, _TEXT)
    if curve.bars:
        foot = max(_HIGH - 2.5, taken + _APART)
        canvas.box(_WIDE + 1, foot - 1.1, 2.2, 2.2, fill=RULE, edge=GREY, line=0.5, round_by=0.1)
        canvas.text((_WIDE + 4.5, foot), curve.bars[0], _TEXT)
