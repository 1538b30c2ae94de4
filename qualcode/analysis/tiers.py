"""The tiers of a change model: which kinds of code are its rows and its columns."""

import numpy as np

from qualcode.analysis.code_tree import Branch, CodeTree
from qualcode.analysis.speech import Mask
from qualcode.model import Kind
from qualcode.sweep import Integers

ROWS: tuple[tuple[Kind, str], ...] = (
    ("mechanism", "Mechanisms"),
    ("rival explanation", "Rival explanations"),
    ("process outcome", "Process outcomes"),
)
COLUMNS: tuple[tuple[Kind, str], ...] = (
    ("process outcome", "Process outcomes"),
    ("downstream outcome", "Downstream outcomes"),
)


def branches(tree: CodeTree, tiers: tuple[tuple[Kind, str], ...]) -> tuple[Branch, ...]:
    """The branches in use of these kinds, kind by kind, in the order of the tree."""
    live = [branch for branch in tree.branches if branch.code.status == "live"]
    return tuple(branch for kind, _ in tiers for branch in live if branch.code.kind == kind)


def innermost(tree: CodeTree, shown: tuple[Branch, ...]) -> Integers:
    """By number of a code: place of the innermost of some branches that it stands in, -1 where it stands in none."""
    places = np.full(len(tree), -1, dtype=np.int64)
    for place in sorted(range(len(shown)), key=lambda each: shown[each].first):
        places[shown[place].first : shown[place].last] = place
    return places


def unshown(tree: CodeTree) -> tuple[Mask, Mask]:
    """The codes that are no row of the model, and those that are no column: claims from or to them are told."""
    return ~tree.marked(branches(tree, ROWS)), ~tree.marked(branches(tree, COLUMNS))


def lost(tree: CodeTree, rows: tuple[Branch, ...], columns: tuple[Branch, ...]) -> tuple[Mask, Mask]:
    """The codes of retired branches that are counted in no row, and those counted in no column."""
    in_rows, in_columns = tree.marked(rows), tree.marked(columns)
    return tree.lost(in_rows, (kind for kind, _ in ROWS)), tree.lost(in_columns, (kind for kind, _ in COLUMNS))
