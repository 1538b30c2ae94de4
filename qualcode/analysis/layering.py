"""Tiers of boxes from left to right, put in an order in which few links cross. Pure: no fonts, no numbers of a study.

A link that leaps over a tier gets a waypoint in it, so that it passes between the boxes there. The order is improved
by sweeps (each box goes to the mean place of those it is linked to; Sugiyama, Tagawa & Toda 1981) and by exchanging
neighbours; the best order seen is kept, so that it is never worse than the one it began with, which is by name.
What is a part of something stands below it and moves with it.
"""

import re
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

_SWEEPS = 24
_EXCHANGES = 8


class Vertex(NamedTuple):
    """A box (its key), or the waypoint of a link (both keys) in a tier."""

    tier: int
    key: str
    target: str = ""

    @property
    def is_waypoint(self) -> bool:
        """Whether it is a waypoint."""
        return bool(self.target)


@dataclass(frozen=True, slots=True)
class Box:
    """A box to be placed.

    Attributes:
        key: unique.
        tier: from 0, the leftmost.
        height: in the unit of the drawing.
        above: key of the box in the same tier that it is a part of, or "".
    """

    key: str
    tier: int
    height: float = 1.0
    above: str = ""


Link = tuple[str, str]
"""Keys of source and target: of boxes in the same tier, or the target further to the right."""


@dataclass(frozen=True, slots=True)
class Order:
    """Boxes and waypoints in order.

    Attributes:
        tiers: from left to right, in each from top to bottom those that are part of no other.
        parts: key of a box -> the boxes that are directly part of it, from top to bottom.
        steps: pairs of neighbours in neighbouring tiers, one for each piece of a link.
        beside: pairs of boxes of one tier.
    """

    tiers: tuple[tuple[Vertex, ...], ...]
    parts: Mapping[str, tuple[Vertex, ...]]
    steps: tuple[tuple[Vertex, Vertex], ...]
    beside: tuple[tuple[Vertex, Vertex], ...]

    def column(self, tier: int) -> list[Vertex]:
        """All of a tier, from top to bottom: each box before its parts."""
        return [each for first in self.tiers[tier] for each in self.whole(first)]

    def whole(self, first: Vertex) -> list[Vertex]:
        """A box and all its parts, from top to bottom."""
        below = () if first.is_waypoint else self.parts.get(first.key, ())
        return [first, *(each for part in below for each in self.whole(part))]

    def crossings(self) -> int:
        """How many pairs of links cross; one within a tier runs at its right, across what leaves between its ends."""
        return self.cost()[0]

    def _places(self) -> dict[Vertex, int]:
        columns = (self.column(tier) for tier in range(len(self.tiers)))
        return {each: place for column in columns for place, each in enumerate(column)}

    def cost(self) -> tuple[int, int]:
        """What is to be small: crossings; then how far links reach within a tier."""
        places = self._places()
        pairs = [(one.tier, places[one], places[other]) for one, other in self.beside]
        spans = [(tier, min(one, other), max(one, other)) for tier, one, other in pairs]
        return _crossings(self.steps, places) + _crossings_beside(self.steps, spans, places), sum(
            last - first for _, first, last in spans
        )


def by_name(boxes: Iterable[Box], links: Iterable[Link]) -> Order:
    """The order to begin with: by name, numbers by value, whatever the order they come in.

    Raises:
        ValueError: a link goes to the left, or from or to what is no box; a box stands in another tier than its whole.
    """
    known = {box.key: box for box in boxes}
    named = sorted(known.values(), key=lambda box: natural(box.key))
    if any(box.above and (box.above not in known or known[box.above].tier != box.tier) for box in named):
        raise ValueError("a part stands in the tier of its whole")
    vertices = {box.key: Vertex(box.tier, box.key) for box in named}
    steps: list[tuple[Vertex, Vertex]] = []
    beside: list[tuple[Vertex, Vertex]] = []
    for source, target in sorted(set(links), key=lambda link: (natural(link[0]), natural(link[1]))):
        ends = vertices[source], vertices[target]
        if ends[0].tier > ends[1].tier:
            raise ValueError(f"the link from {source} to {target} goes to the left")
        if ends[0].tier == ends[1].tier:
            beside.append(ends)
            continue
        between = [Vertex(tier, source, target) for tier in range(ends[0].tier + 1, ends[1].tier)]
        stops = [ends[0], *between, ends[1]]
        steps += pairwise(stops)
    waypoints = [each for _, each in steps if each.is_waypoint]
    firsts = [*(vertices[box.key] for box in named if not box.above), *waypoints]
    tiers = tuple(
        tuple(each for each in firsts if each.tier == tier)
        for tier in range(max((box.tier for box in named), default=-1) + 1)
    )
    wholes = dict.fromkeys(box.above for box in named if box.above)
    parts = {whole: tuple(vertices[box.key] for box in named if box.above == whole) for whole in wholes}
    return Order(tiers, parts, tuple(steps), tuple(beside))


def layered(boxes: Iterable[Box], links: Iterable[Link]) -> Order:
    """The order with few crossings; the same boxes and links give the same order."""
    best = by_name(boxes, links)
    cost, current = best.cost(), best
    for sweep in range(_SWEEPS):
        current = _swept(current, is_rightward=sweep % 2 == 0)
        found = current.cost()
        if found < cost:
            best, cost = current, found
    return _exchanged(best)


def natural(key: str) -> tuple[tuple[int, int, str], ...]:
    """For sorting names: M2 before M10."""
    pieces = re.findall(r"[0-9]{1,9}|[^0-9]+", key)
    return (*((0, int(each), "") if each.isdecimal() else (1, 0, each) for each in pieces), (0, 0, key))


# -- sweeps ----------------------------------------------------------------------------------------------------------


def _swept(order: Order, *, is_rightward: bool) -> Order:
    """Tier after tier in one direction: each box to the mean place of its neighbours in the tier before."""
    toward: dict[Vertex, list[Vertex]] = {}
    for left, right in order.steps:
        toward.setdefault(right if is_rightward else left, []).append(left if is_rightward else right)
    numbers = range(len(order.tiers))
    for tier in numbers if is_rightward else reversed(numbers):
        order = _sorted_tier(order, tier, toward)
    return order


def _sorted_tier(order: Order, tier: int, toward: Mapping[Vertex, Sequence[Vertex]]) -> Order:
    shares = {each: share for place in (tier - 1, tier, tier + 1) for each, share in _shares(order, place)}
    pulled: dict[Vertex, tuple[float, int]] = {}

    def pull(first: Vertex) -> float:
        """The mean share of all that a box and its parts are linked to; where it stands if that is nothing."""
        if first not in pulled:
            found = [shares[each] for part in order.whole(first) for each in toward.get(part, ())]
            pulled[first] = (sum(found) / len(found), len(found)) if found else (shares[first], 0)
        return pulled[first][0]

    parts = dict(order.parts)
    for each in order.column(tier):
        if not each.is_waypoint and each.key in parts:
            parts[each.key] = tuple(sorted(parts[each.key], key=pull))
    tiers = list(order.tiers)
    tiers[tier] = tuple(sorted(order.tiers[tier], key=pull))
    return Order(tuple(tiers), parts, order.steps, order.beside)


def _shares(order: Order, tier: int) -> list[tuple[Vertex, float]]:
    """How far down its tier each stands, from 0 to 1."""
    column = order.column(tier) if 0 <= tier < len(order.tiers) else []
    return [(each, (place + 0.5) / len(column)) for place, each in enumerate(column)]


# -- exchanging neighbours -------------------------------------------------------------------------------------------


def _exchanged(order: Order) -> Order:
    cost = order.cost()
    for _ in range(_EXCHANGES):
        before = cost
        for whole in [*range(len(order.tiers)), *order.parts]:
            for place in range(len(_row(order, whole)) - 1):
                tried = _with_exchange(order, whole, place)
                found = tried.cost()
                if found < cost:
                    order, cost = tried, found
        if cost == before:
            break
    return order


def _row(order: Order, whole: int | str) -> tuple[Vertex, ...]:
    return order.tiers[whole] if isinstance(whole, int) else order.parts[whole]


def _with_exchange(order: Order, whole: int | str, place: int) -> Order:
    row = list(_row(order, whole))
    row[place], row[place + 1] = row[place + 1], row[place]
    if isinstance(whole, int):
        tiers = (*order.tiers[:whole], tuple(row), *order.tiers[whole + 1 :])
        return Order(tiers, order.parts, order.steps, order.beside)
    return Order(order.tiers, {**order.parts, whole: tuple(row)}, order.steps, order.beside)


def _crossings(steps: Iterable[tuple[Vertex, Vertex]], places: Mapping[Vertex, int]) -> int:
    by_tier: dict[int, list[tuple[int, int]]] = {}
    for left, right in steps:
        by_tier.setdefault(left.tier, []).append((places[left], places[right]))
    return sum(_inversions([right for _, right in sorted(pairs)]) for pairs in by_tier.values())


def _crossings_beside(
    steps: Iterable[tuple[Vertex, Vertex]], spans: Sequence[tuple[int, int, int]], places: Mapping[Vertex, int]
) -> int:
    """Links within a tier (tier, first and last place) with those that leave to the right between, and each other."""
    if not spans:
        return 0
    leaving: dict[int, list[int]] = {}
    for left, _ in steps:
        insort(leaving.setdefault(left.tier, []), places[left])
    found = 0
    for number, (tier, first, last) in enumerate(spans):
        starts = leaving.get(tier, [])
        found += max(0, bisect_left(starts, last) - bisect_right(starts, first))
        found += sum(
            tier == other and (first < begin < last < end or begin < first < end < last)
            for other, begin, end in spans[number + 1 :]
        )
    return found


def _inversions(numbers: Sequence[int]) -> int:
    seen: list[int] = []
    found = 0
    for number in numbers:
        found += len(seen) - bisect_right(seen, number)
        insort(seen, number)
    return found
