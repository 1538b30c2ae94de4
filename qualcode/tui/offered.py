"""What the gallery lists: all tables, all figures, and the pack of both. No Textual in here."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from qualcode.figure import Barcode, Curve, Figure, Forest, Network, Structure
from qualcode.offers import FIGURES, TABLES
from qualcode.visible import counted, visible_line

Kind = Literal["table", "figure", "pack"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be looked at and written to a file.

    Attributes:
        name: as on the command line.
        shows: what is in it, in one line.
        need: which kind of study prints it.
    """

    kind: Kind
    name: str
    shows: str
    need: str

    @property
    def called(self) -> str:
        """As it stands in the list."""
        return self.name if self.kind == "table" else f"{self.kind} {self.name}"

    @property
    def words(self) -> str:
        """What is searched."""
        return f"{self.kind} {self.name} {self.shows} {self.need}".casefold()


ENTRIES: Sequence[Entry] = (
    *(Entry("table", name, each.shows, each.need) for name, each in TABLES.items()),
    *(Entry("figure", name, each.shows, each.need) for name, each in FIGURES.items()),
    Entry("pack", "results", "all tables and figures in one Word document or Excel workbook", "for co-authors"),
)
"""In the order of a paper."""


def found(typed: str) -> list[Entry]:
    """The entries that have all the words typed; those that have them in their name come first."""
    words = typed.casefold().split()
    fitting = [each for each in ENTRIES if all(word in each.words for word in words)]
    return sorted(fitting, key=lambda each: not all(word in each.called for word in words))


def told(figure: Figure) -> Iterator[tuple[str, str]]:
    """What a figure will show: (words, safe to show, and the name of their style); a paragraph each."""
    yield f"{_counts(figure)}   e draws it: .svg .pdf .png", "good"
    yield visible_line(figure.caption), "text"
    for note in figure.notes:
        yield visible_line(note), "asked"
    yield visible_line(figure.alternative), "quiet"


def _counts(figure: Figure) -> str:
    drawing = figure.drawing
    if isinstance(drawing, Network):
        boxes = len(drawing.nodes) + sum(len(band.nodes) for band in drawing.bands)
        return f"{counted(boxes, 'box', 'boxes')}, {counted(len(drawing.edges), 'arrow')}"
    if isinstance(drawing, Curve):
        return counted(len(drawing.lines), "curve")
    if isinstance(drawing, Forest):
        return counted(len(drawing.rows), "row")
    if isinstance(drawing, Barcode):
        return f"{counted(len(drawing.strips), 'document')}, {counted(len(drawing.lanes), 'coder')}"
    return _of_structure(drawing)


def _of_structure(drawing: Structure) -> str:
    parts, numbers = list(drawing.parts), []
    for head in reversed(drawing.heads):
        numbers.append(f"{len(parts):,} {visible_line(head)}")
        parts = [below for part in parts for below in part.made_of]
    return ", ".join(reversed(numbers))
