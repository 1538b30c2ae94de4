"""Arrows of a network: how wide, how dark, what head; and the numbers on them."""

from collections.abc import Mapping, Sequence

from qualcode.analysis.layering import Link
from qualcode.figure import Against, Edge, Look, Network
from qualcode.report.drawing_canvas import GREY, INK, PALE, PAPER, POINT, WARM, XY, Canvas, text_width
from qualcode.table import MARKS, Mark

NUMBER = 7.0
"""Points of type of the numbers."""

LOOKS: Mapping[Look, str] = {"lived": INK, "witnessed": GREY, "hearsay": GREY, "expected": PALE}

AGAINST: Mapping[Against, Mark] = {"some": "contradicted", "all": "all contradicted"}

_LEAST, _ONE, _MOST = 0.7, 1.3, 5.0  # points of width: the least, of a number of 1, the most
_EXPECTED = 0.6
_HOLLOW = 0.8  # points of the line around a hollow head: dark, for a grey one makes a small head look grey itself
_DASHES = (4.0, 3.0)
_HAIR = "\u200a"
_CASING = 1.6  # points of paper on both sides together, so that one sees which arrow runs over which


def line_widths(network: Network) -> dict[Link, float]:
    """Points of each arrow's width: in proportion to its number, so that the widest is not too wide."""
    numbers = {(edge.source, edge.target): edge.number for edge in network.edges}
    each = min(_ONE, _MOST / max(numbers.values(), default=1)) if any(numbers.values()) else _ONE
    return {link: max(_LEAST, each * number) if number else _EXPECTED for link, number in numbers.items()}


def draw_arrow(canvas: Canvas, route: Sequence[XY], look: Look, width: float) -> None:
    """One arrow along Bezier pieces, which end level."""
    tip, forward = route[-1], _forward(route)
    length, half = _head(width, look)
    base = tip[0] - forward * length * (0.1 if look == "expected" else 1)
    shortened = [route[0], *((min(x, base) if forward > 0 else max(x, base), y) for x, y in route[1:])]
    colour = LOOKS[look]
    if look == "expected":
        canvas.curve(shortened, width, colour, dashes=_DASHES)
        barbs = [(tip[0] - forward * length, tip[1] - half), tip, (tip[0] - forward * length, tip[1] + half)]
        canvas.line(barbs, width, colour)
        return
    canvas.curve(shortened, width + _CASING, PAPER)
    canvas.curve(shortened, width, colour)
    back = tip[0] - forward * length
    inner = 0.4 if look == "hearsay" else 0.0  # so that the line of a hollow head stays inside its tip
    triangle = [(back, tip[1] - half), (tip[0] - forward * inner, tip[1]), (back, tip[1] + half)]
    if look == "hearsay":
        canvas.area(triangle, PAPER, INK, _HOLLOW)
    else:
        canvas.area(triangle, colour, colour, 0.0)


def head_height(look: Look, width: float) -> float:
    """What an arrow takes at a box beside others; wide heads may touch."""
    return 1.8 * _head(width, look)[1]


def head_room(route: Sequence[XY], look: Look, width: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of an arrow's head."""
    (x, y), forward = route[-1], _forward(route)
    length, half = _head(width, look)
    return min(x, x - forward * length), y - half, max(x, x - forward * length), y + half


def _forward(route: Sequence[XY]) -> int:
    """1 for an arrow that arrives from the left, -1 from the right."""
    tip = route[-1]
    return 1 if next(point for point in reversed(route) if point[0] != tip[0])[0] < tip[0] else -1


def _head(width: float, look: Look) -> XY:
    """Length and half the height of a head."""
    wide = width * POINT
    if look == "expected":
        return 1.5, 0.7
    more = 1.3 if look == "hearsay" else 1.0  # to have something hollow inside its line
    return more * (1.9 + 0.8 * wide), more * (0.75 + 0.75 * wide)


def number_words(edge: Edge) -> str:
    """An arrow's number as it stands on it; a hair's breadth between its signs, which would else run together."""
    return (
        f"{edge.number}{_HAIR}{_HAIR.join(MARKS[AGAINST[edge.against]][0])}"
        if edge.against in AGAINST
        else str(edge.number)
    )


def number_size(words: str) -> XY:
    """Width and height of a number with the paper around it."""
    return text_width(words, NUMBER) + 1.5, NUMBER * POINT * 1.22


def draw_number(canvas: Canvas, at: XY, words: str, against: Against) -> None:
    """A number on paper of its own; framed if some claims contradict, framed thickly if all do."""
    width, height = number_size(words)
    left, top = at[0] - width / 2, at[1] - height / 2
    line = {"none": 0.0, "some": 0.7, "all": 1.4}[against]
    canvas.box(left, top, width, height, edge=WARM if line else "none", line=line, round_by=1.1)
    canvas.text(at, words, NUMBER, side="center", colour=WARM if line else INK)
