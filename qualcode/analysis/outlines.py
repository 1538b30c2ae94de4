"""Which codes a table shows, in the order of the tree, and how they are headed."""

from collections.abc import Sequence

import numpy as np

from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus
from qualcode.analysis.crossings import Crossing
from qualcode.sweep import Integers
from qualcode.table import Heading


def outline(corpus: Corpus, levels: int | None = None) -> tuple[Branch, ...]:
    """The codes in use that the scope names (all, if it names none), with those below them.

    Args:
        corpus: the study under its scope.
        levels: how many levels of them, from the top; None = all.
    """
    branches = corpus.shown(branch for branch in corpus.tree.branches if branch.code.status == "live")
    if levels is None:
        return branches
    return tuple(branch for branch, depth in zip(branches, depths(branches), strict=True) if depth < levels)


def depths(branches: Sequence[Branch]) -> list[int]:
    """How many of the others each stands below."""
    found, above = [], list[Branch]()
    for branch in branches:
        while above and above[-1].last <= branch.first:
            above.pop()
        found.append(len(above))
        above.append(branch)
    return found


def nearest(corpus: Corpus, branches: Sequence[Branch]) -> Integers:
    """By number of a code: the place of the deepest of the branches that it stands in, or -1."""
    place = np.full(len(corpus.tree), -1, dtype=np.int64)
    for number, branch in enumerate(branches):  # those below come later
        place[branch.first : branch.last] = number
    return place


def row_heads(made: Crossing) -> tuple[Heading, ...]:
    """The codes as rows, with their own denominator where it is not that of all of them."""
    each, common = made.denominators, made.sizes[-1]
    own = [None] * len(made.branches) if each is None else [int(of) for of in each[:, -1]]
    return tuple(
        Heading(branch.code.short, code_head(branch), of=None if of == common else of, depth=depth)
        for branch, of, depth in zip(made.branches, own, depths(made.branches), strict=True)
    )


def code_head(branch: Branch) -> str:
    """A code as it stands in a head: "M2a Living proof"."""
    return f"{branch.code.short} {branch.code.name}"
