"""A counted matrix of codes by codes as a `Table`, alone or with rows for parts of the study below its rows."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

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

    @cached_property
    def denominators(self) -> list[list[int | None]]:
        """In the shape of `counts`: of how many. Codes that apply to the same roles and waves share a row."""
        cells, known = self.cells, dict[bytes, list[int | None]]()
        rows = []
        for row in cells.rows:
            to_some = cells.corpus.to_some(cells.corpus.tree.marked((row,))).tobytes()
            if to_some not in known:
                known[to_some] = [cells.denominator((row,), some) for some in self.opened]
            rows.append(known[to_some])
        return rows

    @cached_property
    def marks_of_row(self) -> dict[str, dict[str, tuple[Mark, ...]]]:
        """The marks by short code of the row, then of the column."""
        found: dict[str, dict[str, tuple[Mark, ...]]] = {}
        for (row, column), marks in self.marks.items():
            found.setdefault(row, {})[column] = marks
        return found


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
        if not block.counts[line.place, place]:
            return NOTHING
        return Evidence(kind, block.cells.opened(block.cells.rows[line.place], block.opened[place]))

    marks = _marks(lines)
    chance = {
        (line.head.key, columns[place].key): float(line.block.chance[line.place, place])
        for line in lines
        for place in np.flatnonzero(~np.isnan(line.block.chance[line.place])).tolist()
    }
    rows = tuple(line.head for line in lines)
    corner = "leads to →" if kind == "claim" else "said with"
    values = _values(lines, columns, marks)
    of = _denominators(lines, columns)
    return Table("change-model", title, corner, rows, columns, values, notes, marks, opens, reader(project), of, chance)


def _lines(whole: Block, parts: tuple[tuple[Group, Block], ...]) -> list[_Line]:
    lines = []
    for place, head in enumerate(_row_heads(whole)):
        lines.append(_Line(head, whole, place))
        if whole.counts[place].any():
            lines += [_Line(_part_head(head, group, block, place), block, place) for group, block in parts]
    return lines


def _part_head(head: Heading, group: Group, block: Block, place: int) -> Heading:
    of = block.cells.denominator((block.cells.rows[place],))
    by, _, value = group.key.partition("=")
    key = f"{head.key} {group.key}"
    return Heading(key, group.text, of=of, group=head.group, depth=head.depth + 1, who=((by, value),))


def _marks(lines: list[_Line]) -> Marks:
    return {
        (line.head.key, column): found
        for line in lines
        for column, found in line.block.marks_of_row.get(line.block.cells.rows[line.place].code.short, {}).items()
    }


def _denominators(lines: list[_Line], columns: tuple[Heading, ...]) -> dict[tuple[str, str], int]:
    """Of how many a cell is, where that is not its column's N: whose code applies to some, and who is in a group."""
    return {
        (line.head.key, head.key): of
        for line in lines
        for head, of in zip(columns, line.block.denominators[line.place], strict=True)
        if of is not None and of != head.of
    }


def _values(lines: list[_Line], columns: tuple[Heading, ...], marks: Marks) -> list[list[int | None]]:
    values: list[list[int | None]] = [line.block.counts[line.place].tolist() for line in lines]
    rows = {line.head.key: place for place, line in enumerate(lines)}
    places = {column.key: place for place, column in enumerate(columns)}
    for (row, column), some in marks.items():
        if "itself" in some:
            values[rows[row]][places[column]] = None
    return values


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
