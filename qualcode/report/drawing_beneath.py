"""What stands beneath a network: bands of what else may explain it, and the key to its arrows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from qualcode.analysis.layering import Link
from qualcode.analysis.lettering import wrapped
from qualcode.figure import LOOKS, Band, Edge, Look, Network, Node
from qualcode.report.drawing_arrows import AGAINST, draw_arrow, draw_number, line_widths, number_size, number_words
from qualcode.report.drawing_canvas import POINT, RULE, TINT, XY, Canvas, lettered, text_width
from qualcode.table import MARKS

_TEXT = 7.0
_LEADING = 1.35 * _TEXT * POINT
_ROW = 4.6  # mm from one line of pieces to the next
_STUB = 8.0  # mm of a short arrow
_GAP = 3.5
_PAD = 2.4
_ITEM = 50.0  # mm, at least
_TITLE = 7.5
_TITLE_ROOM = 34.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A short thing in a line: how wide it is, and how it is drawn from its left end on."""

    width: float
    draw: Callable[[Canvas, XY], None]


@dataclass(frozen=True, slots=True)
class Strip:
    """Something as wide as the page: how high it is, and how it is drawn from its upper left corner on."""

    height: float
    draw: Callable[[Canvas, XY], None]


def beneath(network: Network, width: float) -> list[Strip]:
    """The bands, then the key, from top to bottom."""
    widths = line_widths(network)
    return [*(_band(band, network, widths, width) for band in network.bands), *_key(network, widths, width)]


# -- bands -----------------------------------------------------------------------------------------------------------


def _band(band: Band, network: Network, widths: dict[Link, float], width: float) -> Strip:
    """Its title at the left, its nodes in columns beside it, each with short arrows to what it leads to."""
    titles = wrapped(band.title, _TITLE_ROOM, lambda words: text_width(words, _TITLE, is_bold=True), 3)
    first = _TITLE_ROOM + 2 * _PAD
    columns = max(1, min(len(band.nodes), int((width - first) / _ITEM)))
    room = (width - first) / columns - _PAD
    items = [_item(node, network, widths, room) for node in band.nodes]
    rows = [items[number : number + columns] for number in range(0, len(items), columns)]
    heights = [max(item.height for item in row) for row in rows]
    height = max(sum(heights) + _PAD * (len(rows) - 1), len(titles) * _LEADING) + 3.0

    def draw(canvas: Canvas, at: XY) -> None:
        left, top = at
        canvas.box(left, top, width, height, fill=TINT, edge="none", line=0)
        for number, words in enumerate(titles):
            canvas.text((left + _PAD, top + 1.5 + (number + 0.5) * _LEADING), words, _TITLE, is_bold=True)
        down = top + 1.5
        for row, tall in zip(rows, heights, strict=True):
            for place, item in enumerate(row):
                item.draw(canvas, (left + first + place * (room + _PAD), down))
            down += tall + _PAD

    return Strip(height + 2.2, draw)


def _item(node: Node, network: Network, widths: dict[Link, float], room: float) -> Strip:
    key = wrapped(lettered(node.key), room, lambda words: text_width(words, _TEXT, is_bold=True), 1)[0]
    beside = text_width(key, _TEXT, is_bold=True) + 1.2
    name = lettered(node.name)
    lines = wrapped(name, max(room - beside, 20.0), lambda words: text_width(words, _TEXT), 3)
    edges = [edge for edge in network.edges if edge.source == node.key]
    chips = _flowed([_chip(edge, widths[edge.source, edge.target]) for edge in edges], room)
    height = len(lines) * _LEADING + len(chips) * _ROW + 0.6

    def draw(canvas: Canvas, at: XY) -> None:
        left, top = at
        canvas.text((left, top + 0.5 * _LEADING), key, _TEXT, is_bold=True)
        for number, line in enumerate(lines):
            canvas.text((left + beside, top + (number + 0.5) * _LEADING), line, _TEXT)
        _draw_flow(canvas, chips, (left, top + len(lines) * _LEADING))

    return Strip(height, draw)


def _chip(edge: Edge, width: float) -> Piece:
    """A short arrow, the key of its target, its number."""
    target = lettered(edge.target)
    words = number_words(edge) if edge.number else ""
    wide = text_width(target, _TEXT, is_bold=True)
    size = number_size(words)[0] if words else 0.0

    def draw(canvas: Canvas, at: XY) -> None:
        _stub(canvas, at, edge.look, width)
        canvas.text((at[0] + _STUB + 1, at[1]), target, _TEXT, is_bold=True)
        if words:
            middle = at[0] + _STUB + 2.2 + wide + size / 2
            draw_number(canvas, (middle, at[1]), words, edge.against)

    return Piece(_STUB + 2.2 + wide + size, draw)


# -- key -------------------------------------------------------------------------------------------------------------


def _key(network: Network, widths: dict[Link, float], width: float) -> list[Strip]:
    looks = {edge.look for edge in network.edges}
    pieces = [
        _sample(look, 0.6 if look == "expected" else 1.3, words) for look, words in LOOKS.items() if look in looks
    ]
    for against in AGAINST:
        pieces += [_contradicted(edge) for edge in network.edges if edge.against == against][:1]
    pieces += _sizes(network, widths)
    rows = _flowed(pieces, width)
    if not rows:
        return []

    def draw(canvas: Canvas, at: XY) -> None:
        canvas.line([at, (at[0] + width, at[1])], 0.5, RULE)
        _draw_flow(canvas, rows, (at[0], at[1] + 1.2))

    return [Strip(1.2 + len(rows) * _ROW, draw)]


def _sample(look: Look, line: float, words: str) -> Piece:
    def draw(canvas: Canvas, at: XY) -> None:
        _stub(canvas, at, look, line)
        canvas.text((at[0] + _STUB + 1.2, at[1]), words, _TEXT)

    return Piece(_STUB + 1.2 + text_width(words, _TEXT), draw)


def _contradicted(edge: Edge) -> Piece:
    number, words = number_words(edge), MARKS[AGAINST[edge.against]][1]
    size = number_size(number)[0]

    def draw(canvas: Canvas, at: XY) -> None:
        draw_number(canvas, (at[0] + size / 2, at[1]), number, edge.against)
        canvas.text((at[0] + size + 1.2, at[1]), words, _TEXT)

    return Piece(size + 1.2 + text_width(words, _TEXT), draw)


def _sizes(network: Network, widths: dict[Link, float]) -> list[Piece]:
    """The narrowest and the widest arrow."""
    by_number = {edge.number: widths[edge.source, edge.target] for edge in network.edges if edge.number}
    shown = sorted({min(by_number), max(by_number)}) if by_number else []
    pieces = [_sample("lived", by_number[number], str(number)) for number in shown]
    return [*pieces[:-1], _sample("lived", by_number[shown[-1]], f"{shown[-1]} {network.unit}")] if shown else []


def _stub(canvas: Canvas, at: XY, look: Look, width: float) -> None:
    (left, y), right = at, at[0] + _STUB
    draw_arrow(canvas, [(left, y), (left + 2, y), (right - 2, y), (right, y)], look, width)


# -- lines of pieces -------------------------------------------------------------------------------------------------


def _flowed(pieces: Sequence[Piece], room: float) -> list[list[Piece]]:
    """Pieces in lines that fit the room; one that is too wide has a line of its own."""
    rows: list[list[Piece]] = []
    left = 0.0
    for piece in pieces:
        if not rows or left + piece.width > room:
            rows.append([])
            left = 0.0
        rows[-1].append(piece)
        left += piece.width + _GAP
    return rows


def _draw_flow(canvas: Canvas, rows: Sequence[Sequence[Piece]], at: XY) -> None:
    for number, row in enumerate(rows):
        x = at[0]
        for piece in row:
            piece.draw(canvas, (x, at[1] + (number + 0.5) * _ROW))
            x += piece.width + _GAP
