r"""A network or a data structure as text in Graphviz's language, for those who want to lay it out themselves.

Every text stands in quotation marks with backslashes doubled, so that no escape of the language (\n, \l, \N), no
entity and no markup can come out of it; control characters are made visible.
"""

from collections.abc import Iterable, Iterator

from qualcode.figure import Edge, Figure, Network, Node, Part, Structure
from qualcode.report.drawing_arrows import LOOKS, line_widths, number_words
from qualcode.report.drawing_canvas import WARM
from qualcode.visible import visible_line


def content(figure: Figure, drawing: Network | Structure) -> bytes:
    """UTF-8, a node or an edge a line."""
    lines = _network(drawing) if isinstance(drawing, Network) else _structure(drawing)
    head = [
        f"// {visible_line(figure.title)}. {visible_line(figure.caption)}",
        "digraph {",
        f"  label={_quoted(figure.title)};",
    ]
    style = ['  rankdir="LR"; charset="UTF-8"; fontname="DejaVu Sans";',
             '  node [shape="box", style="rounded", fontname="DejaVu Sans"];',
             '  edge [fontname="DejaVu Sans"];']  # fmt: skip
    return ("\n".join([*head, *style, *lines, "}"]) + "\n").encode()


def _quoted(text: str) -> str:
    return '"' + visible_line(text).replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;") + '"'


def _network(network: Network) -> Iterator[str]:
    for tier, head in enumerate(network.tiers):
        yield from _group(f"tier {tier}", head, [node for node in network.nodes if node.tier == tier], "same")
    for number, band in enumerate(network.bands):
        yield from _group(f"cluster band {number}", band.title, band.nodes, "")
    widths = line_widths(network)
    for edge in network.edges:
        yield f"  {_quoted(edge.source)} -> {_quoted(edge.target)} [{_looks(edge, widths[edge.source, edge.target])}];"


def _group(name: str, head: str, nodes: Iterable[Node], rank: str) -> Iterator[str]:
    yield f"  subgraph {_quoted(name)} {{"
    yield f'    rank="{rank}"; // {visible_line(head)}' if rank else f"    label={_quoted(head)};"
    for node in nodes:
        yield f"    {_quoted(node.key)} [label={_quoted(f'{node.key} {node.name}'.strip())}];"
    yield "  }"


def _looks(edge: Edge, width: float) -> str:
    parts = [f'penwidth="{width:.2f}"', f'color="{LOOKS[edge.look]}"']
    if edge.number:
        parts.append(f"label={_quoted(number_words(edge))}")
    if edge.against != "none":
        parts.append(f'fontcolor="{WARM}"')
    if edge.look == "hearsay":
        parts.append('arrowhead="onormal"')
    if edge.look == "expected":
        parts += ['style="dashed"', 'arrowhead="vee"']
    return ", ".join(parts)


def _structure(structure: Structure) -> Iterator[str]:
    for number, part in enumerate(structure.parts, start=1):
        yield from _part(part, f"{number}", "")


def _part(part: Part, name: str, toward: str) -> Iterator[str]:
    """A part and what it is made of; one without words is left out, and what it is made of leads on."""
    own = toward
    if part.words:
        own = name
        yield f"  {_quoted(name)} [label={_quoted(f'{part.words} {part.remark}'.strip())}];"
        if toward:
            yield f"  {_quoted(name)} -> {_quoted(toward)};"
    for number, each in enumerate(part.made_of, start=1):
        yield from _part(each, f"{name}.{number}", own)
