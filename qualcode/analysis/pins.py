"""Pinned quotes in the cells of codes by groups: the analyst's exemplars, never picked by machine."""

from collections import defaultdict

import numpy as np

from qualcode.analysis.crossings import Crossing
from qualcode.analysis.outlines import nearest
from qualcode.model import Quotation
from qualcode.table import NOTHING, Evidence

NONE_CHOSEN = "none chosen"
NOT_SHOWN = "none that may be shown"
QUOTE_NOTE = "A quote is pinned by the analyst and stands at the code it was pinned under; none is picked by machine."


class Pins:
    """The exemplars that stand in cells: each in the row of the deepest code shown that it stands under."""

    def __init__(self, made: Crossing) -> None:
        self._made = made
        cells = made.cells
        row = nearest(made.corpus, made.branches)[cells.row]
        self._ids: dict[tuple[int, int], set[int]] = defaultdict(set)
        below = np.zeros(made.counts.shape, dtype=np.bool_)
        for each in np.flatnonzero(np.isin(cells.ids[0], made.corpus.columns.exemplars) & cells.bearing).tolist():
            groups = [
                place for place, group in enumerate(made.groups) if group.first <= cells.column[each] < group.last
            ]
            for group in groups:
                self._ids[int(row[each]), group].add(int(cells.ids[0][each]))
            above = [place for place, it in enumerate(made.branches) if it.first <= cells.row[each] < it.last]
            below[np.ix_(above, groups)] = True
        self._below = below
        self._quotations = self._read()

    def _read(self) -> dict[int, tuple[int, Quotation]]:
        """By id of the segment: its place among all, and its quotation."""
        project = self._made.corpus.project
        segments = project.segments.by_ids({each for ids in self._ids.values() for each in ids})
        quotations = project.quotations(segments)
        return {
            segment.id: (place, quotation)
            for place, (segment, quotation) in enumerate(zip(segments, quotations, strict=True))
            if not quotation.is_withheld
        }

    def text(self, row: int, column: int) -> str | None:
        """The cell's quotes with their citations, a line each; or that none was chosen, where there is a choice.

        None where nothing is counted, and where quotes are pinned in the rows below only.
        """
        ids = self._ids.get((row, column), set())
        chosen = sorted(self._quotations[each] for each in ids if each in self._quotations)
        if chosen:
            return "\n".join(f"“{quotation.printed.strip()}” {quotation.citation}" for _, quotation in chosen)
        if ids:
            return NOT_SHOWN
        return NONE_CHOSEN if self._made.counts[row, column] and not self._below[row, column] else None

    def evidence(self, row: int, column: int) -> Evidence:
        """The exemplars that the cell shows."""
        ids = self._ids.get((row, column))
        return Evidence("segment", tuple(sorted(ids))) if ids else NOTHING
