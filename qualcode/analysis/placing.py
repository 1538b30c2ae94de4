"""Where the boxes of an order stand. Pure geometry; y grows downwards.

Each box is drawn towards the mean height of what it is linked to, as near as order and distances allow (least squares
under order: pool adjacent violators).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qualcode.analysis.layering import Box, Order, Vertex

_ROUNDS = 12


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
        ports: how far links at one side of a box are spread at most: times the room that they need.
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

    def edge(self, tier: int) -> float:
        """The left edge of a tier."""
        return tier * (self.width + self.gap)


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


def placed(
    order: Order, boxes: Sequence[Box], measures: Measures
) -> tuple[dict[str, Place], dict[Vertex, float], float]:
    """Places of the boxes by key, heights at which links pass through tiers by waypoint, and the height of all."""
    heights = {box.key: box.height for box in boxes}
    stacks = [[_Block(order, first, heights, measures) for first in tier] for tier in order.tiers]
    height = max([measures.height, *(_needed(stack, measures) for stack in stacks)])
    tops = _settled(order, stacks, measures, height)
    places: dict[str, Place] = {}
    lanes: dict[Vertex, float] = {}
    for block in (block for stack in stacks for block in stack):
        if block.first.is_waypoint:
            lanes[block.first] = tops[block.first] + measures.lane / 2
        for each, (top, depth) in block.inner.items():
            left = measures.edge(each.tier) + depth * measures.inset
            width = measures.width - 2 * depth * measures.inset
            places[each.key] = Place(left, tops[block.first] + top, width, heights[each.key], block.extents[each])
    return places, lanes, height


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
