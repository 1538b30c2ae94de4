"""Codes counted one by one: rows of branches, and a single column of everything that stands under them."""

from qualcode.analysis.cells import Cells
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Unit


def whole(corpus: Corpus) -> Branch:
    """All codes, as if they stood under one; there must be a code."""
    return Branch(corpus.tree.branches[0].code, 0, len(corpus.tree))


def tallied(corpus: Corpus, rows: tuple[Branch, ...], unit: Unit) -> Cells:
    """The layer's segments under each branch; `counts()[:, 0]` are the numbers."""
    segments = corpus.in_layer(corpus.columns.segments)
    code = corpus.tree.numbers(segments.code)
    document, start, end = corpus.axis(segments)
    passages = corpus.passages(document, start, end, corpus.turns(start, end), (code,))
    return Cells(corpus, unit, rows, (whole(corpus),) if rows else (), code, code, passages, (segments.id,))


def opened(cells: Cells, row: Branch) -> tuple[int, ...]:
    """Sorted ids of the segments that a row of `tallied` counts."""
    return cells.opened(row, (whole(cells.corpus),))
