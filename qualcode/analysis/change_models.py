"""The change model: one block matrix of what leads to what, counted from claims.

Rows are mechanisms, rival explanations and process outcomes; columns process and downstream outcomes. Arrows come from
claims only. Codes that stand over the same words are "said together": counted in the same way, never called an arrow.
(Powell, Copestake & Remnant on causal mapping; the tiers after Gillard et al. 2015.)
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.cells import Cells
from qualcode.analysis.claims import Claims, counted_claims
from qualcode.analysis.code_tree import Branch, CodeTree
from qualcode.analysis.counting import Corpus, Scope, Unit
from qualcode.analysis.speech import Mask
from qualcode.analysis.together import said_together
from qualcode.model import Kind, Quotation
from qualcode.project import Project
from qualcode.project.columns import STANDINGS
from qualcode.sweep import Integers, once
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
    rows, columns = (corpus.shown(branches(corpus.tree, tiers)) for tiers in (ROWS, COLUMNS))
    if evidence == "claims":
        claims = counted_claims(corpus, rows, columns, unit, own_only=own_only, lost=_unshown(corpus.tree))
        return _claims_table(claims)
    return _together_table(said_together(corpus, rows, columns, unit))


def branches(tree: CodeTree, tiers: tuple[tuple[Kind, str], ...]) -> tuple[Branch, ...]:
    """The branches in use of these kinds, kind by kind, in the order of the tree."""
    live = [branch for branch in tree.branches if branch.code.status == "live"]
    return tuple(branch for kind, _ in tiers for branch in live if branch.code.kind == kind)


def _unshown(tree: CodeTree) -> tuple[Mask, Mask]:
    """The codes that are no row of the model, and those that are no column: claims from or to them are told."""
    return ~tree.marked(branches(tree, ROWS)), ~tree.marked(branches(tree, COLUMNS))


def _lost(tree: CodeTree, rows: tuple[Branch, ...], columns: tuple[Branch, ...]) -> tuple[Mask, Mask]:
    """The codes of retired branches that are counted in no row, and those counted in no column."""
    in_rows, in_columns = tree.marked(rows), tree.marked(columns)
    return tree.lost(in_rows, (kind for kind, _ in ROWS)), tree.lost(in_columns, (kind for kind, _ in COLUMNS))


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
        *_lost_note(corpus.tree, *_lost_passages(cells), "passage", "of retired codes"),
        *_common_notes(cells, "passage"),
    )
    title = "Said together: mechanisms, rival explanations and outcomes over the same words (not a change model)"
    return _table(cells, counts, title, notes, _itself(cells, counts), "segment")


def _lost_ends(claims: Claims) -> Integers:
    cells, tree = claims.cells, claims.cells.corpus.tree
    sources, targets = _unshown(tree)
    row, column = cells.row[claims.lost], cells.column[claims.lost]
    return np.concatenate((row[sources[row]], column[targets[column]]))


def _lost_passages(cells: Cells) -> tuple[int, Integers]:
    """How many segments of the layer stand in no row and no column since codes were retired, and those codes."""
    corpus, tree = cells.corpus, cells.corpus.tree
    lost = np.logical_or(*_lost(tree, cells.rows, cells.columns)) & ~tree.marked((*cells.rows, *cells.columns))
    if not lost.any():
        return 0, np.empty(0, dtype=np.int64)
    segments = corpus.in_layer(corpus.columns.segments)
    segments = segments.where(lost[tree.numbers(segments.code)])
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
    opened = [*((branch,) for branch in cells.columns), cells.columns]
    row_places, column_places = ({each.key: place for place, each in enumerate(heads)} for heads in (rows, columns))

    def opens(row: str, column: str) -> Evidence:
        r, c = row_places[row], column_places[column]
        ids = cells.opened(cells.rows[r], opened[c]) if counts[r, c] else ()
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

    values = counts.astype(object)
    places = [{each.key: place for place, each in enumerate(heads)} for heads in (rows, columns)]
    for (row, column), found in marks.items():
        if "itself" in found:
            values[places[0][row], places[1][column]] = None
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
    places = {column.code.id: c for c, column in enumerate(cells.columns)}
    return {
        (row.code.short, row.code.short): ("itself",)
        for r, row in enumerate(cells.rows)
        if row.code.id in places and not counts[r, places[row.code.id]]
    }


def _marks(claims: Claims, counts: Integers) -> dict[tuple[str, str], tuple[Mark, ...]]:
    cells = claims.cells
    same = [[row.code.id] for row in cells.rows] == np.array([column.code.id for column in cells.columns])
    against, otherwise = (cells.having(chosen)[:, :-1] for chosen in (claims.contradicted, ~claims.contradicted))
    found: tuple[tuple[Mark, Mask], ...] = (
        ("contradicted", against & otherwise),
        ("all contradicted", against & ~otherwise),
        ("hearsay", ((counts > 0) & ~cells.having(claims.standing != STANDINGS.index("hearsay")))[:, :-1]),
        ("expected", (counts[:, :-1] == 0) & ~same & _expected(cells)),
    )
    shorts = [row.code.short for row in cells.rows], [column.code.short for column in cells.columns]
    marks = _itself(cells, counts)
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
