"""A curve in characters: bars from below, a line over them, and where it is enough. No Textual in here."""

from rich.cells import cell_len, set_cell_size

from qualcode.figure import Curve
from qualcode.visible import visible_line

_EIGHTHS = " ▁▂▃▄▅▆▇█"
_LEFT = 5
_SIGNS = "●○◆◇▲△■□"

Pieces = list[tuple[str, str]]
"""Words and the name of their style."""


def drawn(curve: Curve, width: int, height: int, current: int = -1) -> list[Pieces]:
    """The curve in so many cells and lines: its key first, the interviews' numbers last.

    Args:
        curve: bars and lines over interviews 1, 2, ...
        width, height: of the drawing; at least 20 and 4.
        current: place of the interview that is marked, from 0.
    """
    bars = [y for _, y in curve.bars[1]] if curve.bars else []
    highest = max([1.0, *bars, *(y for line in curve.lines for _, y in line.points)])
    room, rows = max(1, width - _LEFT - 1), max(1, height - 2)
    step = max(1, min(4, room // max(1, len(bars))))
    shown = bars[: room // step]
    stops = {int(x) - 1: words for x, words in curve.stops}
    paths = [{int(x) - 1: max(y > 0, round(y / highest * rows)) for x, y in line.points} for line in curve.lines]
    lines: list[Pieces] = [_key(curve, width, stops)]
    for row in range(rows, 0, -1):
        value = highest * row / rows
        label = f"{value:.0f}" if row in {rows, (rows + 1) // 2} else ""
        pieces: Pieces = [(f"{label:>{_LEFT - 1}}│", "quiet")]
        for place, height_ in enumerate(shown):
            pieces.append(_cell(place, row, step, height_ / highest * rows, paths, stops, is_here=place == current))
        lines.append(pieces)
    lines.append([(f"{0:>{_LEFT - 1}}└" + _scale(len(shown), step), "quiet")])
    return lines


def _cell(
    place: int, row: int, step: int, height: float, paths: list[dict[int, int]], stops: dict[int, str], *, is_here: bool
) -> tuple[str, str]:
    on_line = next((number for number, path in enumerate(paths) if path.get(place) == row), None)
    if on_line is not None:
        return _SIGNS[on_line % len(_SIGNS)].center(step), "accent"
    full = min(8, max(0, round((height - row + 1) * 8)))
    fill = "┊" if not full and place in stops else _EIGHTHS[full]
    text = (fill * max(1, step - 1)).ljust(step) if full else fill.center(step)
    return text, "head" if is_here else ("warn" if place in stops and not full else "good" if full else "text")


def _key(curve: Curve, width: int, stops: dict[int, str]) -> Pieces:
    named = [f"{_SIGNS[number % len(_SIGNS)]} {visible_line(line.name)}" for number, line in enumerate(curve.lines)]
    bars = [f"█ {curve.bars[0]}"] if curve.bars else []
    reached = [f"┊ {visible_line(words)}" for words in stops.values()]
    words = "   ".join([*bars, *named, *reached])
    return [(set_cell_size(" " * _LEFT + words, min(width, _LEFT + cell_len(words))), "asked")]


def _scale(count: int, step: int) -> str:
    """The numbers of the interviews, every fifth."""
    scale = [" "] * (count * step)
    for number in (1, *range(5, count + 1, 5)):
        at = (number - 1) * step
        for offset, digit in enumerate(str(number)):
            if at + offset < len(scale):
                scale[at + offset] = digit
    return "".join(scale).replace(" ", "─")
