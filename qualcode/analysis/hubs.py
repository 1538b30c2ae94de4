"""One code in the middle of the change model: what is said to lead to it, and what it is said to lead to."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from qualcode.analysis.arrows import Arrows
from qualcode.analysis.change_models import change_model
from qualcode.analysis.claims import Telling, asked_for, counted_claims
from qualcode.analysis.counting import Corpus, Scope, Unit
from qualcode.analysis.thread_tables import threads
from qualcode.analysis.tiers import COLUMNS, ROWS, branches
from qualcode.errors import RefusedError
from qualcode.project import Project
from qualcode.sweep import once
from qualcode.table import Heading, Mark, Table


@dataclass(frozen=True, slots=True)
class Spoke:
    """An arrow to or from the code in the middle.

    Attributes:
        row, column: of its cell in the matrix: short codes of both ends.
        other: short code of the other end.
        name: its name.
        number: as the matrix has it; 0 for an arrow that is only expected.
        against: how many of its claims speak against it.
        marks: of the cell.
    """

    row: str
    column: str
    other: str
    name: str
    number: int
    against: int
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Hub:
    """A code with its arrows.

    Attributes:
        code: short name.
        name: its name.
        unit: what is counted.
        number: how many make a claim that leads to the code or from it, and of how many (None: references).
        into, out_of: its arrows, the strongest first, then those only expected.
        threads: paths through the code that somebody tells whole: "M2 → P3 → D1", and how many people do.
        matrix: the change model that the numbers stand in.
    """

    code: str
    name: str
    unit: Unit
    number: tuple[int, int | None]
    into: tuple[Spoke, ...]
    out_of: tuple[Spoke, ...]
    threads: tuple[tuple[str, int], ...]
    matrix: Table


def hub(
    project: Project,
    code: str,
    *,
    unit: Unit | None = None,
    scope: Scope | None = None,
    own_only: bool = False,
    telling: Telling | None = None,
    is_whole: bool = False,
) -> Hub:
    """A code of the change model with what leads to it and what it leads to; the numbers are the matrix's.

    Args:
        project: the study.
        code: short name of a row or a column of the change model.
        unit: what is counted, people unless said.
        scope: which part of the study, and whose coding.
        own_only: only claims from own experience.
        telling: which claims, by how they are told.
        is_whole: with the codes below others too, not only those on top.

    Raises:
        NotFoundError: there is no such code.
        RefusedError: the code stands neither in a row nor in a column.
    """
    short = project.codes.get(code).short
    asked = asked_for(telling, own_only=own_only)
    counted_in: Unit = unit or "people"
    matrix = change_model(project, unit=counted_in, scope=scope, telling=asked)
    rows, columns = {row.key: row for row in matrix.rows}, {column.key: column for column in matrix.columns[:-1]}
    if short not in rows and short not in columns:
        raise RefusedError(
            f"{short} is neither a mechanism nor an outcome",
            remedy=f"Say its kind: f3 in the workbench, or: qualcode codebook change {short} --kind mechanism",
        )
    arrows = Arrows(project, scope, asked)
    into = [(row.key, short) for row in rows.values() if short in columns and (is_whole or not row.depth)]
    out_of = [(short, column.key) for column in columns.values() if short in rows and (is_whole or not column.depth)]
    names = {head.key: head.text.removeprefix(f"{head.key} ") for head in (*rows.values(), *columns.values())}
    return Hub(
        short,
        names[short],
        counted_in,
        _counted(arrows.corpus, short, counted_in, asked),
        _strongest(_spoke(matrix, arrows, cell, cell[0], names) for cell in into if cell[0] != short),
        _strongest(_spoke(matrix, arrows, cell, cell[1], names) for cell in out_of if cell[1] != short),
        _told_whole(threads(project, scope=scope, telling=asked), short),
        matrix,
    )


def _spoke(matrix: Table, arrows: Arrows, cell: tuple[str, str], other: str, names: dict[str, str]) -> Spoke | None:
    value, marks = matrix.value(*cell), matrix.marks.get(cell, ())
    number = value if isinstance(value, int) else 0
    if not number and "expected" not in marks:
        return None
    is_contradicted = "contradicted" in marks or "all contradicted" in marks
    against = arrows.told(*cell).against if is_contradicted else 0
    return Spoke(*cell, other, names[other], number, against, marks)


def _strongest(spokes: Iterator[Spoke | None]) -> tuple[Spoke, ...]:
    return tuple(sorted((each for each in spokes if each), key=lambda each: -each.number))


def _counted(corpus: Corpus, short: str, unit: Unit, asked: Telling) -> tuple[int, int | None]:
    """How many make a claim to the code or from it, and of how many to whom it applies."""
    tree = corpus.tree
    rows, columns = (corpus.shown(branches(tree, tiers)) for tiers in (ROWS, COLUMNS))
    cells = counted_claims(corpus, rows, columns, unit, telling=asked).cells
    here = tree.marked([tree.branch(short)])
    mine = cells.only(here[cells.row] | here[cells.column])
    if unit == "references":
        ids = [claims[mine.bearing] for claims in cells.ids]
        return len(once(np.concatenate(ids))), None
    of, bearer = corpus.bearers(mine.passages, unit)
    return len(once(bearer[mine.bearing[of]])), corpus.denominator(unit, here)


def _told_whole(told: Table, short: str) -> tuple[tuple[str, int], ...]:
    """The threads through a code, with how many people tell them, most first."""
    paths = Counter(path for row in told.rows if short in (path := _path(row)).split(" → "))
    return tuple(sorted(paths.items(), key=lambda each: (-each[1], each[0])))


def _path(row: Heading) -> str:
    """A thread's key is "A-SU1: M2a → P3 → D1"; no short code has a colon and a blank after it."""
    return row.key.rpartition(": ")[2]
