"""A network drawn: tiers of boxes from left to right, arrows between them, bands and the key beneath.

Width of an arrow = its number; dark = someone lived it, grey = nobody did, hollow head = hearsay only, dashed = only
expected; a framed number = contradicted. Nothing hangs on colour alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from qualcode.analysis.layering import Box, Link, layered
from qualcode.analysis.lettering import numbered, wrapped
from qualcode.analysis.placing import Measures, Place
from qualcode.analysis.routing import Plan, planned
from qualcode.figure import Edge, Network, Node
from qualcode.report.drawing_arrows import (
    draw_arrow,
    draw_number,
    head_height,
    head_room,
    line_widths,
    number_size,
    number_words,
)
from qualcode.report.drawing_beneath import beneath
from qualcode.report.drawing_canvas import GREY, INK, POINT, TINT, Canvas, lettered, text_width

_WIDTH, _GAP, _INSET = 52.0, 49.0, 2.2
"""Millimetres: three tiers are as wide as A4 on its side within margins of 20."""

_HIGHEST = 145.0
"""Millimetres: as high as A4 on its side allows within margins of 20, with a caption beneath."""

_LABEL, _HEAD = 7.5, 8.5  # points of type
_LEADING = 1.28 * _LABEL * POINT
_BESIDE = 2.0  # mm beside a label
_KEY_ROOM = 11.0  # mm: a longer key stands above its name, not beside
_MOST_LINES = 4
_MARGIN = 1.5
_HEADS = 8.0  # mm for the heads of the tiers
_BELOW = 5.0


@dataclass(frozen=True, slots=True)
class _Density:
    """How close things stand.

    Attributes:
        measures: for the plan.
        above: mm above and below a label.
        port: mm that an arrow takes at a box, at least.
        heads: how much of their height wide heads may take there.
    """

    measures: Measures
    above: float
    port: float
    heads: float


_DENSITIES = (
    _Density(Measures(_WIDTH, _GAP, 3.0, 1.3, _INSET, 2.6, 1.5), 1.6, 2.2, 1.0),
    _Density(Measures(_WIDTH, _GAP, 2.0, 1.1, _INSET, 1.8, 1.5), 1.0, 1.8, 0.75),
)
"""As loose as it may be, and closer for a page that would else be too high."""


def drawn(network: Network) -> Canvas:
    """The network on a page that is as high as it needs; type is never made smaller."""
    edges = {(edge.source, edge.target): edge for edge in network.edges if _is_drawn(edge, network)}
    tiers = {node.key: node.tier for node in network.nodes}
    labels = {node.key: _Label(node, tiers) for node in network.nodes}
    widths = line_widths(network)
    strips = beneath(network, max(len(network.tiers), 2) * (_WIDTH + _GAP) - _GAP)
    around = _HEADS + _BELOW + sum(strip.height for strip in strips) + 2 * _MARGIN
    order = layered((Box(key, label.node.tier or 0, above=label.node.above) for key, label in labels.items()), edges)
    heads = {link: head_height(edge.look, widths[link]) for link, edge in edges.items()}
    for density in _DENSITIES:
        rooms = {link: max(density.port, density.heads * height) for link, height in heads.items()}
        boxes = [
            Box(key, label.node.tier or 0, label.height(rooms, density.above), label.node.above)
            for key, label in labels.items()
        ]
        plan = planned(order, boxes, density.measures, rooms)
        if plan.height + around <= _HIGHEST:
            break
    width = max(plan.width, max(len(network.tiers), 2) * (_WIDTH + _GAP) - _GAP)
    canvas = Canvas(width + 2 * _MARGIN, plan.height + around, (_MARGIN, _MARGIN + _HEADS))
    _draw_heads(canvas, network)
    _draw_network(canvas, network, plan, labels, edges)
    down = plan.height + _BELOW
    for strip in strips:
        strip.draw(canvas, (0.0, down))
        down += strip.height
    return canvas


def _is_drawn(edge: Edge, network: Network) -> bool:
    keys = {node.key for node in network.nodes}
    return edge.source in keys and edge.target in keys


def _draw_heads(canvas: Canvas, network: Network) -> None:
    for tier, head in enumerate(network.tiers):
        left = tier * (_WIDTH + _GAP)
        canvas.text((left, -6.0), head, _HEAD, is_bold=True)
        canvas.line([(left, -3.4), (left + _WIDTH, -3.4)], 0.9, INK)


def _draw_network(
    canvas: Canvas, network: Network, plan: Plan, labels: dict[str, "_Label"], edges: dict[Link, Edge]
) -> None:
    wholes = {node.above for node in network.nodes if node.above}
    for key in labels:
        if key in wholes:
            place = plan.places[key]
            canvas.box(place.left, place.top, place.width, place.extent, fill=TINT, edge=GREY, line=0.5)
    widths = line_widths(network)
    for link in _from_below(edges):
        draw_arrow(canvas, plan.routes[link], edges[link].look, widths[link])
    for key, label in labels.items():
        if key not in wholes:
            place = plan.places[key]
            canvas.box(place.left, place.top, place.width, place.height, edge=INK, line=0.6)
        label.draw(canvas, plan.places[key], is_whole=key in wholes)
    words = {link: number_words(edge) for link, edge in edges.items() if edge.number}
    sizes = {link: number_size(each) for link, each in words.items()}
    full = [(each.left, each.top, each.right, each.top + each.height) for each in plan.places.values()]
    full += [head_room(plan.routes[link], edge.look, widths[link]) for link, edge in edges.items()]
    for link, at in numbered(plan.routes, sizes, full).items():
        draw_number(canvas, at, words[link], edges[link].against)


def _from_below(edges: dict[Link, Edge]) -> Iterable[Link]:
    """In the order of drawing: what is only expected, then wide before narrow, so that no narrow one is hidden."""
    return sorted(edges, key=lambda link: (edges[link].number > 0, -edges[link].number, link))


class _Label:
    """The words of a box: its key in bold, its name beside it, or below a long key."""

    def __init__(self, node: Node, tiers: Mapping[str, int | None]) -> None:
        self.node, self._tiers = node, tiers
        key = lettered(node.key)
        self._room = _WIDTH - 2 * _BESIDE - (2 * _INSET if node.above else 0.0)
        self._indent = text_width(key, _LABEL, is_bold=True) + 1.6
        self._is_beside = self._indent <= _KEY_ROOM
        self._keys = wrapped(key, self._room, lambda words: text_width(words, _LABEL, is_bold=True), 2)
        room = self._room - (self._indent if self._is_beside else 0.0)
        name = lettered(node.name)
        self._names = wrapped(name, room, lambda words: text_width(words, _LABEL), _MOST_LINES) if name else ()

    def height(self, rooms: Mapping[Link, float], above: float) -> float:
        """Of the box: enough for the words, and for the arrows at each of its sides."""
        number = len(self._names) if self._is_beside else len(self._keys) + len(self._names)
        return max(2 * above + max(number, 1) * _LEADING, *self._sides(rooms))

    def _sides(self, rooms: Mapping[Link, float]) -> tuple[float, float]:
        """What the arrows need at the left and at the right; those within the tier all stand at the right."""
        key, tiers = self.node.key, self._tiers
        left = sum(room for (one, other), room in rooms.items() if other == key and tiers[one] != tiers[key])
        right = sum(
            room * ((one == key) + (other == key and tiers[one] == tiers[key])) for (one, other), room in rooms.items()
        )
        return left, right

    def draw(self, canvas: Canvas, place: Place, *, is_whole: bool) -> None:
        """Into the box, half way down."""
        left = place.left + _BESIDE
        lines = [(0.0, key, True) for key in self._keys]
        names = [(self._indent if self._is_beside else 0.0, name, is_whole) for name in self._names]
        rows = max(len(names), 1) if self._is_beside else len(lines) + len(names)
        top = place.middle - rows * _LEADING / 2
        for number, (indent, words, is_bold) in enumerate(lines):
            canvas.text((left + indent, top + (number + 0.5) * _LEADING), words, _LABEL, is_bold=is_bold)
        first = 0 if self._is_beside else len(lines)
        for number, (indent, words, _) in enumerate(names, start=first):
            canvas.text((left + indent, top + (number + 0.5) * _LEADING), words, _LABEL)
