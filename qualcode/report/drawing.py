"""Figures as files: everything here is a function of a `Figure`; nothing is counted, only placed.

write_figure(change_model_figure(project), Path("model.svg"))
"""

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.figure import Barcode, Curve, Figure, Forest, Network, Structure

if TYPE_CHECKING:
    from qualcode.report.drawing_canvas import Canvas

__all__ = ["SUFFIXES", "content", "unwritable", "write_figure"]

SUFFIXES = (".svg", ".pdf", ".png", ".dot")
"""The file formats of a figure; `.dot` is text for Graphviz, of networks and data structures."""


def write_figure(figure: Figure, path: Path) -> Path:
    """Writes a figure to a file in the format of its suffix, and returns the path.

    A png has 300 dots an inch, and no more than 20,000 along a side; fonts are embedded; the same figure gives the same
    bytes.

    Raises:
        InputError: an unknown suffix, a missing folder, a place that cannot be written.
        TroubleError: the disk is full or failing.
    """
    from qualcode.report.saving import save

    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        what = f"figures are not written as {suffix}" if suffix else "the file name has no ending"
        raise InputError(what, where=str(path), remedy=f"End the name in one of: {', '.join(SUFFIXES)}")
    if suffix == ".dot" and not isinstance(figure.drawing, Network | Structure):
        what = "this figure cannot be written for Graphviz, which draws networks"
        raise InputError(what, where=str(path), remedy=f"End the name in one of: {', '.join(SUFFIXES[:-1])}")
    save(path, content(figure, suffix))
    return path


def content(figure: Figure, suffix: str) -> bytes:
    """The bytes of such a file; only networks and data structures are `.dot`."""
    if suffix == ".dot" and isinstance(figure.drawing, Network | Structure):
        from qualcode.report import drawing_dot

        return drawing_dot.content(figure, figure.drawing)
    from qualcode.report.drawing_canvas import calm

    with calm():
        return _drawn(figure.drawing).content(suffix, figure.title, figure.alternative)


def unwritable(figure: Figure) -> str:
    """The characters of a figure's labels that its font has no picture of: they are drawn as empty boxes."""
    from qualcode.report.drawing_canvas import lettered, undrawable

    return undrawable(lettered(" ".join(_words(figure.drawing))))


def _drawn(drawing: Network | Curve | Structure | Forest | Barcode) -> "Canvas":
    if isinstance(drawing, Network):
        from qualcode.report import drawing_network

        return drawing_network.drawn(drawing)
    if isinstance(drawing, Curve):
        from qualcode.report import drawing_curve

        return drawing_curve.drawn(drawing)
    if isinstance(drawing, Forest):
        from qualcode.report import drawing_forest

        return drawing_forest.drawn(drawing)
    if isinstance(drawing, Barcode):
        from qualcode.report import drawing_barcode

        return drawing_barcode.drawn(drawing)
    from qualcode.report import drawing_structure

    return drawing_structure.drawn(drawing)


def _words(drawing: Network | Curve | Structure | Forest | Barcode) -> list[str]:
    """All that is lettered."""
    if isinstance(drawing, Forest):
        rows = [words for row in drawing.rows for words in (row.name, row.remark)]
        return [drawing.across, *rows, *(words for _, words in drawing.lines)]
    if isinstance(drawing, Barcode):
        return [*drawing.lanes, *(strip.name for strip in drawing.strips)]
    if isinstance(drawing, Network):
        nodes = (*drawing.nodes, *(node for band in drawing.bands for node in band.nodes))
        return [*drawing.tiers, *(f"{node.key} {node.name}" for node in nodes), *(band.title for band in drawing.bands)]
    if isinstance(drawing, Curve):
        bars = [drawing.bars[0]] if drawing.bars else []
        return [
            drawing.across,
            drawing.up,
            *(line.name for line in drawing.lines),
            *bars,
            *(w for _, w in drawing.stops),
        ]
    parts, found = list(drawing.parts), [*drawing.heads]
    while parts:
        part = parts.pop(0)
        found += [part.words, part.remark]
        parts += part.made_of
    return found
