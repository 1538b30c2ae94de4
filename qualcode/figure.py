"""`Figure`: what an analysis returns for a picture. It knows its numbers, and nothing of how it is drawn.

A figure holds plain data; `report/` lays it out and draws, and never computes a number.
"""

from dataclasses import dataclass
from typing import Literal

from qualcode.table import Table

Look = Literal["lived", "witnessed", "hearsay", "expected"]

Against = Literal["none", "some", "all"]

LOOKS: dict[Look, str] = {
    "lived": "someone lived it",
    "witnessed": "nobody lived it",
    "hearsay": "hearsay only",
    "expected": "expected, no claim",
}
"""Meaning of the looks of an arrow, the strongest first."""


@dataclass(frozen=True, slots=True)
class Node:
    """One thing in a network.

    Attributes:
        key: unique in its network; a short code.
        name: what stands beside the key, or "".
        tier: which of the network's tiers it stands in, from 0; None = in a band beneath.
        above: key of the node of the same tier that it is a part of, or "".
    """

    key: str
    name: str
    tier: int | None
    above: str = ""


@dataclass(frozen=True, slots=True)
class Edge:
    """One arrow.

    Attributes:
        source, target: keys of nodes; the target stands in a tier.
        number: as in the figure's table; 0 for an arrow that is only expected.
        look: how the strongest evidence is known.
        against: how much of the evidence goes against it.
    """

    source: str
    target: str
    number: int
    look: Look
    against: Against = "none"


@dataclass(frozen=True, slots=True)
class Band:
    """A strip beneath the tiers, for what bears on the whole; its arrows are written out, not drawn."""

    title: str
    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Network:
    """Tiers of nodes from left to right, arrows between them, bands beneath.

    Attributes:
        unit: what the arrows' numbers count.
        tiers: their heads.
        nodes: those in tiers; above before below.
        edges: of nodes in tiers and bands.
        bands: from top to bottom.
    """

    unit: str
    tiers: tuple[str, ...]
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    bands: tuple[Band, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a curve.

    Attributes:
        name: as in the key.
        points: x and y, in order of x.
        spread: lower and upper bound at each x, or none.
    """

    name: str
    points: tuple[tuple[float, float], ...]
    spread: tuple[tuple[float, float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Curve:
    """Lines and bars over one scale.

    Attributes:
        across: what x is.
        up: what y is.
        lines: named beside their last points; up to four are told apart by their dashes too.
        bars: name, and x and height of each; or None.
        stops: x and words of places worth a mark ("6+2 interviews").
    """

    across: str
    up: str
    lines: tuple[Line, ...]
    bars: tuple[str, tuple[tuple[float, float], ...]] | None = None
    stops: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a data structure: its words, a remark beside them ("n = 12"), and the parts it was made of."""

    words: str
    remark: str = ""
    made_of: tuple["Part", ...] = ()


@dataclass(frozen=True, slots=True)
class Structure:
    """A data structure after Gioia: what was said, at the left, drawn together step by step to the right.

    Attributes:
        heads: of the columns from left to right: 1st-order concepts, 2nd-order themes, aggregate dimensions.
        parts: the last column's; what they are made of stands one column further left.
    """

    heads: tuple[str, str, str]
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Reach:
    """A row of a forest plot.

    Attributes:
        name: what is measured.
        value: None where it is not defined.
        lower, upper: of its interval, or None.
        remark: what stands in words at the right, beside the numbers.
        is_thin: it rests on little, and is drawn hollow.
        is_sum: it sums up the others, and is drawn as a diamond.
    """

    name: str
    value: float | None
    lower: float | None = None
    upper: float | None = None
    remark: str = ""
    is_thin: bool = False
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Forest:
    """Values with their intervals, one below the other, over one scale.

    Attributes:
        across: what the values are.
        rows: from top to bottom.
        lines: upright lines to compare with, and their words.
    """

    across: str
    rows: tuple[Reach, ...]
    lines: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Strip:
    """A document of a barcode.

    Attributes:
        name: of the document.
        length: in code points.
        lanes: for each coder the stretches coded, start and end; None = not finished by that coder.
        shared: the stretches to which all of them gave the same code.
    """

    name: str
    length: int
    lanes: tuple[tuple[tuple[int, int], ...] | None, ...]
    shared: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Barcode:
    """Documents as strips, in each a lane for every coder.

    Attributes:
        lanes: the coders.
        strips: the documents, from top to bottom.
    """

    lanes: tuple[str, ...]
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture and all that is said of it.

    Attributes:
        name: as on the command line, "change-model".
        title: one line.
        caption: what stands below it in a paper after its title: unit, N, layer, filter, what is left out.
        notes: further sentences, as a table has them.
        alternative: what the picture shows, in words, for those who cannot see it.
        table: the numbers that it shows; each can be opened.
        drawing: what is drawn.
    """

    name: str
    title: str
    caption: str
    notes: tuple[str, ...]
    alternative: str
    table: Table
    drawing: Network | Curve | Structure | Forest | Barcode
