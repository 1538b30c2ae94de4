"""Words and numbers of a drawing: where lines of a label break, and where a number stands on its link. Pure.

How wide text is depends on a font, and is asked of whoever draws.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from qualcode.analysis.layering import Link, natural
from qualcode.analysis.routing import Point

_SAMPLES = 32  # points taken of a piece of a route: closer than a number is wide
_CROWDED = 1000.0  # the cost of covering another number or a box: never if there is another place
_CROSSED = 3.0  # the cost of covering another link, in those of standing a third of the way from the middle

Rectangle = tuple[float, float, float, float]
"""Left, top, right, bottom."""


def wrapped(text: str, room: float, width: Callable[[str], float], most: int) -> tuple[str, ...]:
    """The text in lines no wider than the room, broken at blanks, within a word only where it must.

    Args:
        text: one line.
        room: in the unit of `width`.
        width: how wide a line is.
        most: lines; what is left over is shown as "…".
    """
    lines = [""]
    for word in text.split():
        joined = f"{lines[-1]} {word}".strip()
        if width(joined) <= room:
            lines[-1] = joined
            continue
        if lines[-1]:
            lines.append("")
        for character in word:
            if lines[-1] and width(lines[-1] + character) > room:
                lines.append("")
            lines[-1] += character
        if len(lines) > most:
            break
    if len(lines) <= most:
        return tuple(lines)
    last = lines[most - 1]
    while last and width(f"{last}…") > room:
        last = last[:-1]
    return (*lines[: most - 1], f"{last.rstrip()}…")


def numbered(
    routes: Mapping[Link, tuple[Point, ...]], sizes: Mapping[Link, tuple[float, float]], taken: Iterable[Rectangle]
) -> dict[Link, Point]:
    """The middle of each link's number: on the link, near its middle, on no other number, no box, few links.

    Args:
        routes: of all links.
        sizes: width and height of the numbers, of those links that have one.
        taken: what must not be covered: boxes, heads of arrows.
    """
    links = sorted(routes, key=lambda link: (natural(link[0]), natural(link[1])))
    sampled = {link: _sampled(routes[link]) for link in links}
    full = list(taken)
    found: dict[Link, Point] = {}
    for link in links:
        if link in sizes:
            others = [points for other, points in sampled.items() if other != link]
            found[link] = _best(sampled[link], sizes[link], full, others)
            full.append(_around(*found[link], *sizes[link]))
    return found


def _best(
    points: NDArray[np.float64],
    size: tuple[float, float],
    taken: Sequence[Rectangle],
    others: Sequence[NDArray[np.float64]],
) -> Point:
    boxes = np.array(taken).reshape(-1, 4)
    crowd = np.concatenate(others) if others else np.empty((0, 2))
    whose = np.repeat(np.arange(len(others)), [len(each) for each in others])
    way = np.concatenate(([0.0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))))
    best: tuple[float, Point] = np.inf, (0.0, 0.0)
    for (x, y), share in zip(points.tolist(), (way / (way[-1] or 1.0)).tolist(), strict=True):
        left, top, right, bottom = _around(x, y, *size)
        covers = (boxes[:, 0] < right) & (boxes[:, 2] > left) & (boxes[:, 1] < bottom) & (boxes[:, 3] > top)
        under = (crowd[:, 0] > left) & (crowd[:, 0] < right) & (crowd[:, 1] > top) & (crowd[:, 1] < bottom)
        cost = (
            _CROWDED * np.count_nonzero(covers) + _CROSSED * len(np.unique(whose[under])) + (3 * share - 1.5) ** 2 * 3
        )
        if cost < best[0]:
            best = float(cost), (x, y)
    return best[1]


def _around(x: float, y: float, width: float, height: float) -> Rectangle:
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _sampled(route: Sequence[Point]) -> NDArray[np.float64]:
    """Points along the pieces."""
    control = np.array(route, dtype=np.float64)
    share = np.linspace(0, 1, _SAMPLES, endpoint=False)[:, np.newaxis]
    pieces = []
    for first in range(0, len(control) - 1, 3):
        a, b, c, d = control[first : first + 4]
        rest = 1 - share
        pieces.append(a * rest**3 + 3 * b * rest**2 * share + 3 * c * rest * share**2 + d * share**3)
    return np.concatenate([*pieces, control[-1:]])
