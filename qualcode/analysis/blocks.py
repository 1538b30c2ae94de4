"""A counted matrix of codes by codes as a `Table`, alone or with rows for parts of the study below its rows."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from qualcode.analysis.cells import Cells
from qualcode.analysis.code_tree import Branch, CodeTree
from qualcode.analysis.comparing import Group
from qualcode.analysis.listing import reader
from qualcode.analysis.mentions import Floats, Mentions
from qualcode.analysis.tiers import COLUMNS, ROWS
from qualcode.model import Kind
from qualcode.sweep import Integers
from qualcode.table import NOTHING, Evidence, Heading, Mark, Table

if TYPE_CHECKING:
    import pandas as pd

Marks = dict[tuple[str, str], tuple[Mark, ...]]


@dataclass(frozen=True)
class Block:
    """A matrix counted over the study or a part of it.

    Attributes:
        cells: what is counted.
        marks: by short codes of row and column.
    """

    cells: Cells | Mentions
    marks: Marks

    @cached_property
    def counts(self) -> Integers:
        """As the cells count."""
        return self.cells.counts()

    @cached_property
    def chance(self) -> Floats:
        """In the shape of `counts`: what chance would give, or NaN."""
        chance = self.cells.chance() if isinstance(self.cells, Mentions) else None
        return np.full(self.counts.shape, np.nan) if chance is None else chance

    @cached_property
    def opened(self) -> tuple[tuple[Branch, ...], ...]:
        """The branches that each column holds; the last column holds all."""
        return (*((branch,) for branch in self.cells.columns), self.cells.columns)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row printed: its head, the block it is of, the place of its code among the block's rows."""

    head: Heading
    block: Block
    place: int


def matrix(
    whole: Block,
    parts: tuple[tuple[Group, Block], ...],
    title: str,
    notes: tuple[str, ...],
    kind: Literal["claim", "segment"],
) -> Table:
    """Codes by codes, in their tiers, with a last column "any".

    Args:
        whole: counted over all of the scope.
        parts: groups whose rows stand below each row that has anything in it.
        title: the caption.
        notes: below the table.
        kind: what the cells' ids are of.
    """
    project = whole.cells.corpus.project
    lines, columns = _lines(whole, parts), _column_heads(whole)
    by_key, places = {line.head.key: line for line in lines}, {head.key: n for n, head in enumerate(columns)}

    def opens(row: str, column: str) -> Evidence:
        line, place = by_key[row], places[column]
        block = line.block
        ids = block.cells.opened(block.cells.rows[line.place], block.opened[place])
        return Evidence(kind, ids) if ids and block.counts[line.place, place] else NOTHING

    marks = _marks(lines)
    chance = {
        (line.head.key, head.key): float(expected)
        for line in lines
        for head, expected in zip(columns, line.block.chance[line.place], strict=True)
        if not np.isnan(expected)
    }
    rows = tuple(line.head for line in lines)
    corner = "leads to →" if kind == "claim" else "said with"
    frame = _frame(lines, columns, marks)
    of = _denominators(lines, columns)
    return Table("change-model", title, corner, rows, columns, frame, notes, marks, opens, reader(project), of, chance)


def _lines(whole: Block, parts: tuple[tuple[Group, Block], ...]) -> list[_Line]:
    lines = []
    for place, head in enumerate(_row_heads(whole)):
        lines.append(_Line(head, whole, place))
        if whole.counts[place].any():
            lines += [_Line(_part_head(head, group, block, place), block, place) for group, block in parts]
    return lines


def _part_head(head: Heading, group: Group, block: Block, place: int) -> Heading:
    of = block.cells.denominator((block.cells.rows[place],))
    return Heading(f"{head.key} {group.key}", group.text, of=of, group=head.group, depth=head.depth + 1)


def _marks(lines: list[_Line]) -> Marks:
    return {
        (line.head.key, column): found
        for line in lines
        for (row, column), found in line.block.marks.items()
        if row == line.block.cells.rows[line.place].code.short
    }


def _denominators(lines: list[_Line], columns: tuple[Heading, ...]) -> dict[tuple[str, str], int]:
    """Of how many a cell is, where that is not its column's N: whose code applies to some, and who is in a group."""
    found = {}
    for line in lines:
        cells = line.block.cells
        for head, opened in zip(columns, line.block.opened, strict=True):
            of = cells.denominator((cells.rows[line.place],), opened)
            if of is not None and of != head.of:
                found[line.head.key, head.key] = of
    return found


def _frame(lines: list[_Line], columns: tuple[Heading, ...], marks: Marks) -> "pd.DataFrame":
    import pandas as pd

    values = [
        [
            None if "itself" in marks.get((line.head.key, column.key), ()) else int(count)
            for column, count in zip(columns, line.block.counts[line.place].tolist(), strict=True)
        ]
        for line in lines
    ]
    keys = [line.head.key for line in lines], [column.key for column in columns]
    return pd.DataFrame(values, index=keys[0], columns=keys[1], dtype=object)


def _row_heads(block: Block) -> list[Heading]:
    cells = block.cells
    everyone = cells.denominator()
    heads = []
    for branch in cells.rows:
        of = cells.denominator((branch,))
        heads.append(_head(cells.corpus.tree, branch, ROWS, of=None if of == everyone else of))
    return heads


def _column_heads(block: Block) -> tuple[Heading, ...]:
    cells = block.cells
    heads = [
        _head(cells.corpus.tree, branch, COLUMNS, unit=cells.unit, of=cells.denominator((branch,)))
        for branch in cells.columns
    ]
    total = "any" if all(head.key != "any" for head in heads) else "any column"
    return (*heads, Heading(total, "any", cells.unit, cells.denominator(cells.columns)))


def _head(
    tree: CodeTree, branch: Branch, tiers: tuple[tuple[Kind, str], ...], unit: str = "", of: int | None = None
) -> Heading:
    code = branch.code
    depth = sum(above.kind == code.kind and above.status == "live" for above in tree.above(code))
    return Heading(code.short, f"{code.short} {code.name}", unit, of, dict(tiers)[code.kind], depth)
