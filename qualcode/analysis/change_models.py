"""The change model: one block matrix of what leads to what, counted from claims.

Rows are mechanisms, rival explanations and process outcomes; columns process and downstream outcomes. Arrows come from
claims only. Codes that stand over the same words are "said together": counted in the same way, never called an arrow.
(Powell, Copestake & Remnant on causal mapping; the tiers after Gillard et al. 2015.)
"""

from typing import Literal

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.cells import Cells
from qualcode.analysis.claims import Claims, counted_claims
from qualcode.analysis.code_tree import CodeTree
from qualcode.analysis.counting import Corpus, Scope, Unit
from qualcode.analysis.marks import itself, marks_of_claims
from qualcode.analysis.matrices import matrix
from qualcode.analysis.tiers import COLUMNS, ROWS, branches, lost, unshown
from qualcode.analysis.together import said_together
from qualcode.project import Project
from qualcode.sweep import Integers, once
from qualcode.table import Table

__all__ = ["COLUMNS", "ROWS", "branches", "change_model"]

_SPREAD = "The numbers show the spread of accounts, not how common or how strong a change is."


def change_model(
    project: Project,
    *,
    evidence: Literal["claims", "said together"] = "claims",
    unit: Unit = "people",
    scope: Scope | None = None,
    own_only: bool = False,
) -> Table:
    """Which mechanisms, rival explanations and outcomes are said to lead to which outcomes, and by how many.

    A cell counts claims of any direction: "no effect" is evidence about an arrow too. Hoped-for change is not change:
    such claims are told in a note, not counted. The last column, "any", counts a row over all columns.

    Args:
        project: the study.
        evidence: claims, or codes of the layer that stand over the same words of the same speaker.
        unit: what is counted; references are maximal passages.
        scope: which part of the study, and whose coding.
        own_only: only claims from own experience (standing lived).

    Raises:
        NotFoundError: the scope names a role, wave, case or coder that is not there.
        ValueError: `own_only` is asked of codes said together: segments are not counted by standing.
    """
    if evidence == "said together" and own_only:
        raise ValueError("own experience is known of claims only")
    corpus = Corpus(project, scope)
    rows, columns = (corpus.shown(branches(corpus.tree, tiers)) for tiers in (ROWS, COLUMNS))
    if evidence == "claims":
        claims = counted_claims(corpus, rows, columns, unit, own_only=own_only, lost=unshown(corpus.tree))
        return _claims_table(claims)
    return _together_table(said_together(corpus, rows, columns, unit))


# -- tables ----------------------------------------------------------------------------------------------------------


def _claims_table(claims: Claims) -> Table:
    cells, corpus = claims.cells, claims.cells.corpus
    counts = cells.counts()
    notes = (
        *said.layer_notes(corpus, corpus.columns.claims, "made claims"),
        said.filter_note(corpus, *(["own experience only"] if claims.own_only else [])),
        "Evidence: claims of any direction; codes that only stand together do not count.",
        *said.left_out(claims.hoped, "claim is hoped for and does not count", "claims are hoped for and do not count"),
        *said.left_out(claims.merged, "claim leads from a code to itself since codes were merged, and does not count",
                       "claims lead from a code to itself since codes were merged, and do not count"),
        *_lost_note(corpus.tree, int(np.count_nonzero(claims.lost)), _lost_ends(claims), "claim", "from or to a code"),
        *_common_notes(cells, "claim"),
    )  # fmt: skip
    return matrix(cells, counts, _TITLES[cells.unit], notes, marks_of_claims(claims, counts), "claim")


_TITLES: dict[Unit, str] = {
    "people": "Change model: people with at least one claim",
    "sources": "Change model: documents with at least one claim",
    "cases": "Change model: cases with at least one claim",
    "references": "Change model: passages that make a claim",
}


def _together_table(cells: Cells) -> Table:
    corpus = cells.corpus
    counts = cells.counts()
    notes = (
        *said.layer_notes(corpus, corpus.columns.segments, "coded"),
        said.filter_note(corpus),
        "Evidence: both codes stand over the same words of a speaker; nobody says that one leads to the other.",
        *_lost_note(corpus.tree, *_lost_passages(cells), "passage", "of retired codes"),
        *_common_notes(cells, "passage"),
    )
    title = "Said together: mechanisms, rival explanations and outcomes over the same words (not a change model)"
    return matrix(cells, counts, title, notes, itself(cells, counts), "segment")


def _lost_ends(claims: Claims) -> Integers:
    cells, tree = claims.cells, claims.cells.corpus.tree
    sources, targets = unshown(tree)
    row, column = cells.row[claims.lost], cells.column[claims.lost]
    return np.concatenate((row[sources[row]], column[targets[column]]))


def _lost_passages(cells: Cells) -> tuple[int, Integers]:
    """How many segments of the layer stand in no row and no column since codes were retired, and those codes."""
    corpus, tree = cells.corpus, cells.corpus.tree
    gone = np.logical_or(*lost(tree, cells.rows, cells.columns)) & ~tree.marked((*cells.rows, *cells.columns))
    if not gone.any():
        return 0, np.empty(0, dtype=np.int64)
    segments = corpus.in_layer(corpus.columns.segments)
    segments = segments.where(gone[tree.numbers(segments.code)])
    code, (document, start, end) = tree.numbers(segments.code), corpus.axis(segments)
    counted = corpus.passages(document, start, end, corpus.turns(start, end), (code,)).counted
    return int(np.count_nonzero(counted)), code[counted]


def _lost_note(tree: CodeTree, number: int, codes: Integers, thing: str, why: str) -> list[str]:
    named = ", ".join(tree.branches[code].code.short for code in once(codes).tolist())
    return said.left_out(number, f"{thing} stands in no row or column ({why} not shown: {named})",
                         f"{thing}s stand in no row or column ({why} not shown: {named})")  # fmt: skip


def _common_notes(cells: Cells, thing: str) -> tuple[str, ...]:
    unborne = int(np.count_nonzero(cells.passages.counted & ~cells.bearing))
    nobody = (
        "no case: none is known of who speaks" if cells.unit == "cases" else "nobody: no participant is known to speak"
    )
    return (
        *said.left_out(unborne, f"{thing} counts for {nobody} in it", f"{thing}s count for {nobody} in them"),
        *said.left_out(cells.passages.beyond, f"{thing} does not count: a code in it applies to none of its speakers",
                       f"{thing}s do not count: a code in them applies to none of their speakers"),
        *said.unknown_notes(cells.corpus, cells.corpus.tree.marked((*cells.rows, *cells.columns))),
        "A code counts what stands under it and under the codes below it, each once.",
        _SPREAD,
        *said.standing_notes(cells.corpus),
    )  # fmt: skip
