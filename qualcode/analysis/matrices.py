"""A counted matrix of codes by codes as a `Table`."""

from typing import TYPE_CHECKING, Literal

from qualcode.analysis.cells import Cells
from qualcode.analysis.code_tree import Branch, CodeTree
from qualcode.analysis.tiers import COLUMNS, ROWS
from qualcode.model import Kind, Quotation
from qualcode.sweep import Integers
from qualcode.table import NOTHING, Evidence, Heading, Mark, Table

if TYPE_CHECKING:
    import pandas as pd


def matrix(
    cells: Cells,
    counts: Integers,
    title: str,
    notes: tuple[str, ...],
    marks: dict[tuple[str, str], tuple[Mark, ...]],
    kind: Literal["claim", "segment"],
) -> Table:
    """Codes by codes, in their tiers, with a last column "any"; `kind` is what the cells' ids are of."""
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
