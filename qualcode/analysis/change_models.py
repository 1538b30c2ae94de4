"""The change model: one block matrix of what leads to what, counted from claims.

Rows are mechanisms, rival explanations and process outcomes; columns process and downstream outcomes. Arrows come from
claims only. Codes that stand over the same words are "said together": counted in the same way, never called an arrow.
(Powell, Copestake & Remnant on causal mapping; the tiers after Gillard et al. 2015.)
"""

from typing import TYPE_CHECKING, Literal

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.cells import Cells
from qualcode.analysis.claims import Claims, counted_claims
from qualcode.analysis.code_tree import Branch, CodeTree
from qualcode.analysis.counting import Corpus, Scope, Unit
from qualcode.analysis.together import said_together
from qualcode.model import Kind, Quotation
from qualcode.project import Project
from qualcode.project.columns import STANDINGS
from qualcode.sweep import Integers
from qualcode.table import NOTHING, Evidence, Heading, Mark, Table

if TYPE_CHECKING:
    import pandas as pd

ROWS: tuple[tuple[Kind, str], ...] = (
    ("mechanism", "Mechanisms"),
    ("rival explanation", "Rival explanations"),
    ("process outcome", "Process outcomes"),
)
COLUMNS: tuple[tuple[Kind, str], ...] = (
    ("process outcome", "Process outcomes"),
    ("downstream outcome", "Downstream outcomes"),
)
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
    rows, columns = branches(corpus.tree, ROWS), branches(corpus.tree, COLUMNS)
    if evidence == "claims":
        claims = counted_claims(corpus, rows, columns, unit, own_only=own_only)
        return _claims_table(claims)
    return _together_table(said_together(corpus, rows, columns, unit))


def branches(tree: CodeTree, tiers: tuple[tuple[Kind, str], ...]) -> tuple[Branch, ...]:
    """The branches in use of these kinds, kind by kind, in the order of the tree."""
    live = [branch for branch in tree.branches if branch.code.status == "live"]
    return tuple(branch for kind, _ in tiers for branch in live if branch.code.kind == kind)


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
        *_common_notes(cells, "claim"),
    )  # fmt: skip
    return _table(cells, counts, _TITLES[cells.unit], notes, _marks(claims, counts), "claim")


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
        *_common_notes(cells, "passage"),
    )
    title = "Said together: mechanisms, rival explanations and outcomes over the same words (not a change model)"
    return _table(cells, counts, title, notes, _itself(cells, counts), "segment")


def _common_notes(cells: Cells, thing: str) -> tuple[str, ...]:
    unborne = int(np.count_nonzero(cells.passages.counted & ~cells.bearing))
    nobody = (
        "no case: none is known of who speaks" if cells.unit == "cases" else "nobody: no participant is known to speak"
    )
    return (
        *said.left_out(unborne, f"{thing} counts for {nobody} in it", f"{thing}s count for {nobody} in them"),
        *said.left_out(cells.passages.beyond, f"{thing} does not count: a code in it applies to none of its speakers",
                       f"{thing}s do not count: a code in them applies to none of their speakers"),
        "A code counts what stands under it and under the codes below it, each once.",
        _SPREAD,
        *said.standing_notes(cells.corpus),
    )  # fmt: skip


def _table(
    cells: Cells,
    counts: Integers,
    title: str,
    notes: tuple[str, ...],
    marks: dict[tuple[str, str], tuple[Mark, ...]],
    kind: Literal["claim", "segment"],
) -> Table:
    project = cells.corpus.project
    rows, columns = _row_heads(cells), _column_heads(cells)
    opened = {branch.code.short: (branch,) for branch in cells.columns} | {columns[-1].key: cells.columns}
    by_short = {branch.code.short: branch for branch in cells.rows}

    def opens(row: str, column: str) -> Evidence:
        ids = cells.opened(by_short[row], opened[column])
        return Evidence(kind, ids) if ids else NOTHING

    def reads(evidence: Evidence) -> tuple[Quotation, ...]:
        if evidence.kind == "segment":
            return project.quotations(project.segments.by_ids(evidence.ids))
        return project.quotations(project.claims.by_ids(evidence.ids))

    frame = _frame(counts, rows, columns, marks)
    corner = "leads to →" if kind == "claim" else "said with"
    return Table("change-model", title, corner, rows, columns, frame, notes, marks, opens, reads)


def _frame(
    counts: Integers,
    rows: tuple[Heading, ...],
    columns: tuple[Heading, ...],
    marks: dict[tuple[str, str], tuple[Mark, ...]],
) -> "pd.DataFrame":
    import pandas as pd

    values = [
        [
            None if "itself" in marks.get((row.key, column.key), ()) else count
            for column, count in zip(columns, line, strict=True)
        ]
        for row, line in zip(rows, counts.tolist(), strict=True)
    ]
    keys = [row.key for row in rows]
    return pd.DataFrame(values, index=keys, columns=[column.key for column in columns], dtype=object)


def _row_heads(cells: Cells) -> tuple[Heading, ...]:
    everyone = cells.corpus.denominator(cells.unit)
    heads = []
    for branch in cells.rows:
        of = cells.corpus.denominator(cells.unit, cells.corpus.tree.marked([branch]))
        heads.append(_head(cells.corpus.tree, branch, ROWS, of=None if of == everyone else of))
    return tuple(heads)


def _column_heads(cells: Cells) -> tuple[Heading, ...]:
    corpus, unit = cells.corpus, cells.unit
    heads = [
        _head(corpus.tree, branch, COLUMNS, unit=unit, of=corpus.denominator(unit, corpus.tree.marked([branch])))
        for branch in cells.columns
    ]
    total = "any" if all(head.key != "any" for head in heads) else "any column"
    of = corpus.denominator(unit, corpus.tree.marked(cells.columns))
    return (*heads, Heading(total, "any", unit, of))


def _head(
    tree: CodeTree, branch: Branch, tiers: tuple[tuple[Kind, str], ...], unit: str = "", of: int | None = None
) -> Heading:
    code = branch.code
    depth = sum(above.kind == code.kind and above.status == "live" for above in tree.above(code))
    return Heading(code.short, f"{code.short} {code.name}", unit, of, dict(tiers)[code.kind], depth)


# -- marks -----------------------------------------------------------------------------------------------------------


def _itself(cells: Cells, counts: Integers) -> dict[tuple[str, str], tuple[Mark, ...]]:
    """The cells of a code with itself, blank unless codes below it lead to one another."""
    return {
        (row.code.short, column.code.short): ("itself",)
        for r, row in enumerate(cells.rows)
        for c, column in enumerate(cells.columns)
        if row.code.id == column.code.id and not counts[r, c]
    }


def _marks(claims: Claims, counts: Integers) -> dict[tuple[str, str], tuple[Mark, ...]]:
    cells = claims.cells
    contradicted = cells.having(claims.contradicted)
    hearsay = (counts > 0) & ~cells.having(claims.standing != STANDINGS.index("hearsay"))
    expected = cells.corpus.tree.expected()
    marks = _itself(cells, counts)
    for r, row in enumerate(cells.rows):
        for c, column in enumerate(cells.columns):
            found: list[Mark] = []
            if contradicted[r, c]:
                found.append("contradicted")
            if hearsay[r, c]:
                found.append("hearsay")
            if not counts[r, c] and row.code.id != column.code.id and _is_expected(expected, row, column):
                found.append("expected")
            if found:
                marks[row.code.short, column.code.short] = tuple(found)
    return marks


def _is_expected(expected: list[tuple[int, int]], row: Branch, column: Branch) -> bool:
    """Whether the codebook expects an arrow from a code of one branch to a code of the other.

    Expectations roll up as claims do, never down: where M1 is expected to lead to P1, no single code below M1 is.
    """
    return any(row.first <= source < row.last and column.first <= target < column.last for source, target in expected)
