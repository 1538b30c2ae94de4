"""The claims that a change model counts, with their standing and what contradicts them."""

from dataclasses import dataclass

import numpy as np

from qualcode.analysis.cells import Cells
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Unit
from qualcode.analysis.speech import Mask
from qualcode.project.columns import DIRECTIONS, STANCES, STANDINGS, TENSES, Array
from qualcode.sweep import Integers

_UNKNOWN = len(STANDINGS)


@dataclass(frozen=True, slots=True)
class Claims:
    """The claims between some rows and some columns.

    Attributes:
        cells: the claims of change that happened, in their cells.
        standing: by claim: place in `STANDINGS`, or one beyond where neither the coder nor a speaker's role says.
        direction: by claim: place in `DIRECTIONS`.
        contradicted: by claim: it says no effect or moves the outcome against its valence, or a passage contradicts it.
        hoped: how many claims of hoped-for change were left out.
        merged: how many claims lead from a code to itself since codes were merged, and were left out.
        lost: by claim: whether it would count if the codes at both its ends were shown.
        own_only: only claims from own experience.
    """

    cells: Cells
    standing: Integers
    direction: Integers
    contradicted: Mask
    hoped: int
    merged: int
    lost: Mask
    own_only: bool


def counted_claims(
    corpus: Corpus,
    rows: tuple[Branch, ...],
    columns: tuple[Branch, ...],
    unit: Unit,
    *,
    own_only: bool,
    lost: tuple[Mask, Mask] | None = None,
) -> Claims:
    """The layer's claims from the rows' codes to the columns' codes, under the corpus's scope.

    Args:
        corpus: the project under its scope.
        rows: the branches that claims lead from.
        columns: the branches that they lead to.
        unit: what is counted.
        own_only: only claims from own experience.
        lost: codes beside the rows' and the columns' whose claims are told apart, as `CodeTree.lost` gives them.
    """
    shown = corpus.tree.marked(rows), corpus.tree.marked(columns)
    wanted = shown if lost is None else (shown[0] | lost[0], shown[1] | lost[1])
    claims, merged = _between(corpus, *wanted)
    document, start, end = corpus.axis(claims)
    turns = corpus.turns(start, end)
    standing = _standing(corpus, claims, *corpus.speakers(document, turns))
    row, column = corpus.tree.numbers(claims.from_code), corpus.tree.numbers(claims.to_code)
    passages = corpus.passages(document, start, end, turns, (row, column))
    cells = Cells(corpus, unit, rows, columns, row, column, passages, (claims.id,))
    hoped = (claims.tense == TENSES.index("hoped for")) & passages.counted
    kept = passages.counted & ~hoped
    if own_only:
        kept &= standing == STANDINGS.index("lived")
    placed = shown[0][row] & shown[1][column]
    return Claims(
        cells.only(kept & placed),
        standing,
        claims.direction,
        _contradicted(corpus, claims, column),
        int(np.count_nonzero(hoped)),
        merged,
        kept & ~placed,
        own_only,
    )


def _between(corpus: Corpus, sources: Mask, targets: Mask) -> tuple[Array, int]:
    """The layer's claims from some codes to others, and how many fell together by merging codes."""
    claims = corpus.in_layer(corpus.columns.claims)
    row, column = corpus.tree.numbers(claims.from_code), corpus.tree.numbers(claims.to_code)
    shown = sources[row] & targets[column]
    return claims.where(shown & (row != column)), int(np.count_nonzero(shown & (row == column)))


def _standing(corpus: Corpus, claims: Array, spoken: Integers, speaker: Integers) -> Integers:
    """As the coder says, else by the speaker's role; of several speakers the strongest: lived, witnessed, hearsay."""
    usual = [STANDINGS.index(role.standing) for role in corpus.project.roles.all()]
    by_role = np.array([*usual, _UNKNOWN], dtype=np.int64)
    document = corpus.whose(claims)[0]
    strongest = np.full(len(claims), _UNKNOWN, dtype=np.int64)
    np.minimum.at(strongest, spoken, by_role[corpus.role(document[spoken], speaker)])
    return np.where(claims.standing >= 0, claims.standing, strongest)


def _contradicted(corpus: Corpus, claims: Array, column: Integers) -> Mask:
    valence = [branch.code.valence for branch in corpus.tree.branches]
    good = np.array([each == "good" for each in valence], dtype=np.bool_)[column]
    bad = np.array([each in {"bad", "less is better"} for each in valence], dtype=np.bool_)[column]
    raises, lowers, none, mixed = (claims.direction == place for place in range(len(DIRECTIONS)))
    against = none | (good & lowers) | (bad & raises) | ((good | bad) & mixed)
    passages = corpus.in_layer(corpus.columns.evidence)
    contradicting = passages.claim[passages.stance == STANCES.index("contradicts")]
    return np.asarray(against | np.isin(claims.id, contradicting), dtype=np.bool_)
