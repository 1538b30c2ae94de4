"""Where the boxes of an order stand, and how the links run between them. Pure geometry; y grows downwards.

Each box is drawn towards the mean height of what it is linked to, as near as order and distances allow (least squares
under order: pool adjacent violators). Links leave and reach a box at ports of their own, never at one point.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.analysis.layering import Box, Link, Order, Vertex, natural

_ROUNDS = 12

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Measures:
    """Sizes, in the unit of the drawing.

    Attributes:
        width: of every box that is no part.
        gap: between tiers.
        between: least distance of boxes and waypoints of a tier.
        inside: distance of parts from one another and from the end of their whole.
        inset: how much narrower parts are on each side.
        lane: height kept free for a link that passes a tier.
        ports: greatest distance of two links at one side of a box.
        height: the least height of the drawing.
    """

    width: float
    gap: float
    between: float
    inside: float
    inset: float
    lane: float
    ports: float
    height: float = 0.0


@dataclass(frozen=True, slots=True)
class Place:
    """A box's own rectangle, and how far down it reaches with its parts."""

    left: float
    top: float
    width: float
    height: float
    extent: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def middle(self) -> float:
        """Half way down its own rectangle."""
        return self.top + self.height / 2


@dataclass(frozen=True, slots=True)
class Plan:
    """A drawing's geometry.

    Attributes:
        places: by key of the box.
        routes: by link: a start and three points for each cubic Bezier piece.
        width, height: of the whole.
    """

    places: Mapping[str, Place]
    routes: Mapping[Link, tuple[Point, ...]]
    width: float
    height: float


def placed(order: Order, boxes: Sequence[Box], measures: Measures) -> Plan:
    """Boxes and links of an order with their coordinates."""
    heights = {box.key: box.height for box in boxes}
    stacks = [[_Block(order, first, heights, measures) for first in tier] for tier in order.tiers]
    height = max([measures.height, *(_needed(stack, measures) for stack in stacks)])
    tops = _settled(order, stacks, measures, height)
    places: dict[str, Place] = {}
    lanes: dict[Vertex, float] = {}
    for stack in stacks:
        for block in stack:
            if block.first.is_waypoint:
                lanes[block.first] = tops[block.first] + measures.lane / 2
            for each, (top, depth) in block.inner.items():
                left = each.tier * (measures.width + measures.gap) + depth * measures.inset
                width = measures.width - 2 * depth * measures.inset
                extent = block.extents[each]
                places[each.key] = Place(left, tops[block.first] + top, width, heights[each.key], extent)
    routes = _routes(order, places, lanes, measures)
    reach = [place.right for place in places.values()] + [x for route in routes.values() for x, _ in route]
    return Plan(places, routes, max(reach, default=0.0), height)


class _Block:
    """A box with its parts, or a waypoint: what moves as one.

    Attributes:
        first: the box or waypoint.
        inner: by box: top within the block, and depth.
        extents: by box: height with its parts.
        height: of the block.
        centres: by box or waypoint: its middle within the block.
    """

    def __init__(self, order: Order, first: Vertex, heights: Mapping[str, float], measures: Measures) -> None:
        self.first = first
        self.inner: dict[Vertex, tuple[float, int]] = {}
        self.extents: dict[Vertex, float] = {}
        self.height = measures.lane if first.is_waypoint else self._stack(order, first, 0.0, 0, heights, measures)
        self.centres = {each: top + heights[each.key] / 2 for each, (top, _) in self.inner.items()}
        if first.is_waypoint:
            self.centres[first] = self.height / 2

    def _stack(
        self, order: Order, box: Vertex, top: float, depth: int, heights: Mapping[str, float], measures: Measures
    ) -> float:
        self.inner[box] = (top, depth)
        down = heights[box.key]
        for part in order.parts.get(box.key, ()):
            down += self._stack(order, part, top + down, depth + 1, heights, measures) + measures.inside
        self.extents[box] = down
        return down


def _needed(stack: Sequence[_Block], measures: Measures) -> float:
    return sum(block.height for block in stack) + measures.between * max(len(stack) - 1, 0)


# -- heights ---------------------------------------------------------------------------------------------------------


def _settled(
    order: Order, stacks: Sequence[Sequence[_Block]], measures: Measures, height: float
) -> dict[Vertex, float]:
    """Tops of the blocks."""
    tops: dict[Vertex, float] = {}
    home = {each: block for stack in stacks for block in stack for each in block.centres}
    for stack in stacks:
        free = (height - _needed(stack, measures)) / max(len(stack), 1)
        down = free / 2
        for block in stack:
            tops[block.first] = down
            down += block.height + measures.between + free
    links: dict[Vertex, list[tuple[Vertex, Vertex]]] = {}
    for one, other in order.steps:
        links.setdefault(home[one].first, []).append((one, other))
        links.setdefault(home[other].first, []).append((other, one))
    for turn in range(_ROUNDS):
        for stack in stacks if turn % 2 == 0 else reversed(stacks):
            wanted = []
            for block in stack:
                pulls = [
                    tops[home[far].first] + home[far].centres[far] - block.centres[near]
                    for near, far in links.get(block.first, ())
                ]
                wanted.append((sum(pulls) / len(pulls), len(pulls)) if pulls else (tops[block.first], 0.1))
            tops |= _kept_apart(stack, wanted, measures, height)
    return tops


def _kept_apart(
    stack: Sequence[_Block], wanted: Sequence[tuple[float, float]], measures: Measures, height: float
) -> dict[Vertex, float]:
    """Tops nearest to the wanted ones (with weights) that keep order, distances and bounds."""
    before, down = [], 0.0
    for block in stack:
        before.append(down)
        down += block.height + measures.between
    room = height - _needed(stack, measures)
    pools: list[tuple[float, float, int]] = []  # sum of weighted wishes, sum of weights, how many
    for (wish, weight), offset in zip(wanted, before, strict=True):
        pools.append(((wish - offset) * weight, weight, 1))
        while len(pools) > 1 and pools[-2][0] / pools[-2][1] > pools[-1][0] / pools[-1][1]:
            last, other = pools.pop(), pools.pop()
            pools.append((other[0] + last[0], other[1] + last[1], other[2] + last[2]))
    shifts = [min(max(total / weight, 0.0), room) for total, weight, number in pools for _ in range(number)]
    return {block.first: shift + offset for block, shift, offset in zip(stack, shifts, before, strict=True)}


# -- links -----------------------------------------------------------------------------------------------------------


def _routes(
    order: Order, places: Mapping[str, Place], lanes: Mapping[Vertex, float], measures: Measures
) -> dict[Link, tuple[Point, ...]]:
    chains = _chains(order)
    starts, ends = _ports(chains, order.beside, places, lanes, measures)
    routes = {}
    for chain in chains:
        link = chain[0].key, chain[-1].key
        stops = [starts[link], (_edge(chain[0].tier, measures) + measures.width, starts[link][1])]
        for each in chain[1:-1]:
            left = _edge(each.tier, measures)
            stops += [(left, lanes[each]), (left + measures.width, lanes[each])]
        routes[link] = _smooth([*stops, (_edge(chain[-1].tier, measures), ends[link][1]), ends[link]])
    for one, other in order.beside:
        link = one.key, other.key
        routes[link] = _looped(starts[link], ends[link], _edge(one.tier, measures) + measures.width, measures.gap)
    return routes


def _edge(tier: int, measures: Measures) -> float:
    return tier * (measures.width + measures.gap)


def _chains(order: Order) -> list[list[Vertex]]:
    """For each link between tiers: source, waypoints, target."""
    onward = {left: right for left, right in order.steps if left.is_waypoint}
    chains = []
    for left, right in order.steps:
        if not left.is_waypoint:
            chains.append([left, right])
            while chains[-1][-1].is_waypoint:
                chains[-1].append(onward[chains[-1][-1]])
    return chains


def _ports(
    chains: Sequence[Sequence[Vertex]],
    beside: Sequence[tuple[Vertex, Vertex]],
    places: Mapping[str, Place],
    lanes: Mapping[Vertex, float],
    measures: Measures,
) -> tuple[dict[Link, Point], dict[Link, Point]]:
    """Where each link leaves its source and reaches its target.

    At the right side links within the tier stand outermost, those to the nearest box furthest out: so they nest.
    """

    def height(each: Vertex) -> float:
        return lanes[each] if each.is_waypoint else places[each.key].middle

    right: dict[str, list[tuple[tuple[float, float], tuple[Link, bool]]]] = {}
    left: dict[str, list[tuple[tuple[float, float], tuple[Link, bool]]]] = {}
    for chain in chains:
        link = chain[0].key, chain[-1].key
        right.setdefault(link[0], []).append(((1, height(chain[1])), (link, True)))
        left.setdefault(link[1], []).append(((1, height(chain[-2])), (link, False)))
    for one, other in beside:
        link = one.key, other.key
        if one == other:
            right.setdefault(one.key, []).extend([((3, 0), (link, True)), ((3, 1), (link, False))])
            continue
        for near, far, is_start in ((one, other, True), (other, one, False)):
            zone = 0 if height(far) < height(near) else 2
            right.setdefault(near.key, []).append(((zone, -height(far)), (link, is_start)))
    ends: tuple[dict[Link, Point], dict[Link, Point]] = ({}, {})
    for side, ports in ((0, left), (1, right)):
        for key, found in ports.items():
            place = places[key]
            step = min(measures.ports, place.height / len(found))
            found.sort(key=lambda port: (port[0], natural(port[1][0][0]), natural(port[1][0][1])))
            for number, (_, (link, is_start)) in enumerate(found):
                y = place.middle + (number - (len(found) - 1) / 2) * step
                ends[0 if is_start else 1][link] = (place.right if side else place.left, y)
    return ends


def _smooth(stops: Sequence[Point]) -> tuple[Point, ...]:
    """Pieces from stop to stop that leave and arrive level."""
    points = [stops[0]]
    for (x0, y0), (x1, y1) in pairwise(stops):
        if x1 > x0:
            middle = (x0 + x1) / 2
            points += [(middle, y0), (middle, y1), (x1, y1)]
    return tuple(points)


def _looped(start: Point, end: Point, edge: float, gap: float) -> tuple[Point, ...]:
    """Out at the right side of one box and back at the right side of another."""
    out = edge + min(0.5 * gap, 6 + 0.35 * abs(end[1] - start[1]))
    points = [start]
    if start[0] < edge:
        points += [(edge, start[1])] * 3
    points += [(out, start[1]), (out, end[1]), (edge, end[1])]
    if end[0] < edge:
        points += [end] * 3
    return tuple(points)
