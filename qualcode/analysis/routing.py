"""How links run between the boxes of an order. Pure geometry; y grows downwards.

Links leave and reach a box at ports of their own, never at one point; what leaps over a tier passes between its boxes,
what stays within a tier runs beside it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qualcode.analysis.layering import Box, Link, Order, Vertex, natural
from qualcode.analysis.placing import Measures, Place, placed

Point = tuple[float, float]


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


def planned(order: Order, boxes: Sequence[Box], measures: Measures, rooms: Mapping[Link, float]) -> Plan:
    """Boxes and links of an order with their coordinates.

    Args:
        order: of the boxes.
        boxes: with their heights.
        measures: sizes.
        rooms: height that each link needs where it leaves or reaches a box; less, where the box is too low for all.
    """
    places, lanes, height = placed(order, boxes, measures)
    routes = _routes(order, places, lanes, measures, rooms)
    reach = [place.right for place in places.values()] + [x for route in routes.values() for x, _ in route]
    return Plan(places, routes, max(reach, default=0.0), height)


def _routes(
    order: Order,
    places: Mapping[str, Place],
    lanes: Mapping[Vertex, float],
    measures: Measures,
    rooms: Mapping[Link, float],
) -> dict[Link, tuple[Point, ...]]:
    chains = _chains(order)
    starts, ends = _ports(chains, order.beside, places, lanes, measures, rooms)
    routes = {}
    for chain in chains:
        link = chain[0].key, chain[-1].key
        stops = [starts[link], (measures.edge(chain[0].tier) + measures.width, starts[link][1])]
        for each in chain[1:-1]:
            left = measures.edge(each.tier)
            stops += [(left, lanes[each]), (left + measures.width, lanes[each])]
        routes[link] = _smooth([*stops, (measures.edge(chain[-1].tier), ends[link][1]), ends[link]])
    for (one, other), level in _nested(order.beside, starts, ends).items():
        link = one.key, other.key
        edge = measures.edge(one.tier) + measures.width
        routes[link] = _looped(starts[link], ends[link], edge, min(0.55, 0.15 + 0.085 * level) * measures.gap)
    return routes


def _nested(
    beside: Sequence[tuple[Vertex, Vertex]], starts: Mapping[Link, Point], ends: Mapping[Link, Point]
) -> dict[tuple[Vertex, Vertex], int]:
    """How many links within the tier, the shorter first, each has between itself and the boxes."""
    spans = {pair: sorted((starts[pair[0].key, pair[1].key][1], ends[pair[0].key, pair[1].key][1])) for pair in beside}
    levels: dict[tuple[Vertex, Vertex], int] = {}
    for pair in sorted(beside, key=lambda pair: (spans[pair][1] - spans[pair][0], pair)):
        first, last = spans[pair]
        within = [level for other, level in levels.items() if pair[0].tier == other[0].tier
                  and spans[other][0] < last and first < spans[other][1]]  # fmt: skip
        levels[pair] = max(within, default=-1) + 1
    return levels


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
    rooms: Mapping[Link, float],
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
            total = sum(rooms[link] for _, (link, _) in found)
            spread = min(measures.ports, place.height / total)
            y = place.middle - total * spread / 2
            found.sort(key=lambda port: (port[0], natural(port[1][0][0]), natural(port[1][0][1])))
            for _, (link, is_start) in found:
                room = rooms[link] * spread
                ends[0 if is_start else 1][link] = (place.right if side else place.left, y + room / 2)
                y += room
    return ends


def _smooth(stops: Sequence[Point]) -> tuple[Point, ...]:
    """Pieces from stop to stop that leave and arrive level."""
    points = [stops[0]]
    for (x0, y0), (x1, y1) in pairwise(stops):
        if x1 > x0:
            middle = (x0 + x1) / 2
            points += [(middle, y0), (middle, y1), (x1, y1)]
    return tuple(points)


def _looped(start: Point, end: Point, edge: float, bulge: float) -> tuple[Point, ...]:
    """Out at the right side of one box and back at the right side of another."""
    points = [start]
    if start[0] < edge:
        points += [(edge, start[1])] * 3
    points += [(edge + bulge, start[1]), (edge + bulge, end[1]), (edge, end[1])]
    if end[0] < edge:
        points += [end] * 3
    return tuple(points)
