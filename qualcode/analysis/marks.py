"""Marks of a matrix of arrows: contradicted, hearsay only, expected without evidence, a code with itself."""

from collections.abc import Callable

import numpy as np

from qualcode.analysis.cells import Cells
from qualcode.analysis.claims import Claims
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.mentions import Mentions
from qualcode.analysis.speech import Mask
from qualcode.project.columns import STANDINGS
from qualcode.sweep import Integers
from qualcode.table import Mark


def itself(cells: Cells | Mentions, counts: Integers) -> dict[tuple[str, str], tuple[Mark, ...]]:
    """The cells of a code with itself, blank unless codes below it lead to one another."""
    places = {column.code.id: c for c, column in enumerate(cells.columns)}
    return {
        (row.code.short, row.code.short): ("itself",)
        for r, row in enumerate(cells.rows)
        if row.code.id in places and not counts[r, places[row.code.id]]
    }


def marks_of_claims(claims: Claims, counts: Integers, everywhere: Integers) -> dict[tuple[str, str], tuple[Mark, ...]]:
    """The marks of each cell that has any, by short codes of its row and column.

    An arrow is "expected, no claim" only where nobody claims it in the whole layer: a filter that leaves its claims out
    does not make it one that nobody makes.

    Args:
        claims: those counted.
        counts: as their cells count.
        everywhere: as the cells of `in_whole_layer` count.
    """
    cells = claims.cells
    ids = [np.array([each.code.id for each in some], dtype=np.int64) for some in (cells.rows, cells.columns)]
    same = ids[0][:, np.newaxis] == ids[1]
    against, otherwise = (cells.having(chosen)[:, :-1] for chosen in (claims.contradicted, ~claims.contradicted))
    found: tuple[tuple[Mark, Mask], ...] = (
        ("contradicted", against & otherwise),
        ("all contradicted", against & ~otherwise),
        ("hearsay", ((counts > 0) & ~cells.having(claims.standing != STANDINGS.index("hearsay")))[:, :-1]),
        ("expected", ((counts + everywhere)[:, :-1] == 0) & ~same & _expected(cells)),
    )
    shorts = [row.code.short for row in cells.rows], [column.code.short for column in cells.columns]
    marks = itself(cells, counts)
    for mark, where in found:
        for r, c in np.argwhere(where).tolist():
            cell = shorts[0][r], shorts[1][c]
            marks[cell] = (*marks.get(cell, ()), mark)
    return marks


def _expected(cells: Cells) -> Mask:
    """By row and column: whether the codebook expects an arrow from a code of the one to a code of the other.

    Expectations roll up as claims do, never down: where M1 is expected to lead to P1, no single code below M1 is.
    """
    within_rows, within_columns = _within(cells.rows), _within(cells.columns)
    mark = np.zeros((len(cells.rows), len(cells.columns)), dtype=np.bool_)
    for source, target in cells.corpus.tree.expected():
        mark[np.ix_(within_rows(source), within_columns(target))] = True
    return mark


def _within(branches: tuple[Branch, ...]) -> Callable[[int], Integers]:
    first = np.array([branch.first for branch in branches], dtype=np.int64)
    last = np.array([branch.last for branch in branches], dtype=np.int64)
    return lambda code: np.flatnonzero((first <= code) & (code < last))
