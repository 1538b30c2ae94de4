"""The framework matrix: people or cases by themes, in each cell the analyst's summary and its state.

What a cell says was written by somebody; what stands in [square brackets] is its state. No cell is filled by machine.
(Ritchie & Spencer's charting; Gale et al. 2013.)
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qualcode.analysis import chart_notes, framework_notes, said
from qualcode.analysis.chart_order import by_attribute, by_case
from qualcode.analysis.chart_rows import Bearer, By, Line
from qualcode.analysis.charts import Cell, Charts
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Scope
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE
from qualcode.table import NOTHING, Evidence, Heading, Table

if TYPE_CHECKING:
    from qualcode.model import Quotation

_ACROSS = "changed"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a summary belongs: whose row (`person` or `case`), theme (its short code), and wave."""

    by: By
    bearer: int
    theme: str
    wave: str


@dataclass(frozen=True, slots=True)
class Framework:
    """The framework matrix with its cells as they are, to be charted in.

    Attributes:
        table: as printed.
        cells: by keys of row and column, without those for case summaries and the like.
        places: of the cells, by the same keys.
        heads: by key of a row: whom it is about ("person" or "case", and id).
        charts: what the cells were read from.
    """

    table: Table
    cells: Mapping[tuple[str, str], Cell]
    places: Mapping[tuple[str, str], Place]
    heads: Mapping[str, tuple[By, int]]
    charts: Charts

    @property
    def states(self) -> list[tuple[str, int]]:
        """How many cells are in which state, those that occur, in the field's words."""
        return framework_notes.states(self.cells.values())

    @property
    def open(self) -> list[tuple[str, str]]:
        """Keys of the cells in which there is something to do (`Cell.is_open`), row by row."""
        return [
            (row.key, column.key)
            for row in self.table.rows
            for column in self.table.columns
            if (cell := self.cells.get((row.key, column.key))) and cell.is_open
        ]


def framework(project: Project, *, scope: Scope | None = None, by: str = "person", sort: str | None = None) -> Table:
    """People or cases by themes: what the analyst wrote of each, and what is still to be charted.

    Beside them stand case summaries and what fits no theme, below them what each column comes to, where somebody wrote
    them (`chart_notes`).

    Args:
        project: the study.
        scope: which part of it; its codes are the themes, else the codes of kind theme, else those on top.
        by: "person" or "case": who stands in the rows. They are grouped by case and wave.
        sort: an attribute's name: rows are grouped by its values instead.

    Raises:
        InputError: the rows can be people or cases only.
        NotFoundError: the scope names something that is not there, or nobody has such an attribute.
    """
    return framework_chart(project, scope=scope, by=by, sort=sort).table


def framework_chart(
    project: Project, *, scope: Scope | None = None, by: str = "person", sort: str | None = None
) -> Framework:
    """The same with its cells; arguments and errors are those of `framework`."""
    charts = Charts(project, scope, by)
    order = by_attribute(charts.rows, sort) if sort else by_case(charts.rows)
    lines = sorted(charts.rows.lines, key=order.rank)
    keys = _distinct(_line_key(charts, line) for line in lines)
    rows = tuple(
        Heading(key, order.text(line), group=order.group(line), depth=line.bearer.depth, who=_who(charts, line.bearer))
        for key, line in zip(keys, lines, strict=True)
    )
    columns = tuple(_theme_head(theme) for theme in charts.themes)
    cells: dict[tuple[str, str], Cell] = {
        (key, theme.code.short): charts.cell(line, theme)
        for key, line in zip(keys, lines, strict=True)
        for theme in charts.themes
    }
    places = {
        (key, theme.code.short): Place(charts.rows.by, line.bearer.id, theme.code.short, charts.corpus.waves[line.wave])
        for key, line in zip(keys, lines, strict=True)
        for theme in charts.themes
    }
    who = "people" if charts.rows.by == "person" else "cases"
    across = sum(charts.across(bearer, theme) is not None for bearer in charts.rows.bearers for theme in charts.themes)
    notes = (
        *framework_notes.notes(charts, cells, f"sorted by {sort}" if sort else ""),
        *said.left_out(across, "summary is of no one wave and stands in the table framework-by-wave",
                       "summaries are of no one wave and stand in the table framework-by-wave"),
        *framework_notes.unplaced(charts, across),
        *said.standing_notes(charts.corpus),
    )  # fmt: skip
    corner = "Person" if charts.rows.by == "person" else "Case"
    around = _Around(charts, rows, columns, lines)
    table = _table(project, "framework", f"Framework: {who} by theme", corner, around.rows, around.columns,
                   {**cells, **around.cells}, (*notes, *around.notes))  # fmt: skip
    heads = {key: (charts.rows.by, line.bearer.id) for key, line in zip(keys, lines, strict=True)}
    return Framework(table, cells, places, heads, charts)


class _Around:
    """A chart's rows and columns with those for what is written beside and below it, where anything is.

    What is written of somebody stands once, in their first row.
    """

    def __init__(
        self, charts: Charts, rows: tuple[Heading, ...], columns: tuple[Heading, ...], lines: Sequence[Line]
    ) -> None:
        beside, below = chart_notes.beside(charts), chart_notes.below(charts)
        first = {line.bearer.id: row.key for line, row in reversed(list(zip(lines, rows, strict=True)))}
        more_columns = _more(columns, chart_notes.BESIDE, {name for name, who in beside if who in first})
        more_rows = _more(rows, chart_notes.BELOW, {name for name, _ in below}, "Read down each column")
        self.columns = (*columns, *more_columns.values())
        self.rows = (*rows, *more_rows.values())
        self.cells: dict[tuple[str, str], Cell | str | None] = {}
        for row in self.rows:
            self.cells |= {(row.key, column.key): None for column in more_columns.values()}
        for row in more_rows.values():
            self.cells |= {(row.key, column.key): None for column in columns}
        for (name, who), words in beside.items():
            if who in first:
                self.cells[first[who], more_columns[name].key] = words
        heads = {theme.first: column.key for theme, column in zip(charts.themes, columns, strict=True)}
        for (name, place), words in below.items():
            self.cells[more_rows[name].key, heads[place]] = words
        named = [*more_columns, *more_rows]
        self.notes = [f"{', '.join(named)}: the last memo that begins so."] if named else []


def _more(heads: Sequence[Heading], names: Sequence[str], written: set[str], group: str = "") -> dict[str, Heading]:
    """Further heads by name, with keys that no head has."""
    keys = _distinct([*(head.key for head in heads), *names])[len(heads) :]
    return {name: Heading(key, name, group=group) for key, name in zip(keys, names, strict=True) if name in written}


def framework_by_wave(project: Project, *, scope: Scope | None = None, by: str = "person") -> Table:
    """What the analyst wrote of each person (or case) at each wave, side by side, theme by theme.

    What changed stands in a last column where the analyst wrote it, as a summary of no one wave; it is never made up.

    Args:
        project: the study.
        scope: which part of it; its codes are the themes (see `framework`), its waves the columns.
        by: "person" or "case".

    Raises:
        InputError: the rows can be people or cases only.
        NotFoundError: the scope names something that is not there.
    """
    charts = Charts(project, scope, by)
    pairs = [(theme, bearer) for theme in charts.themes for bearer in charts.rows.bearers]
    keys = _distinct(f"{bearer.name}:{theme.code.short}" for theme, bearer in pairs)
    rows = tuple(
        Heading(key, _named(bearer), group=_theme_text(theme), depth=bearer.depth, who=_who(charts, bearer))
        for key, (theme, bearer) in zip(keys, pairs, strict=True)
    )
    lines = {(line.bearer.id, line.wave): line for line in charts.rows.lines}
    heads = _distinct([*(charts.corpus.waves[wave] for wave in charts.rows.waves), _ACROSS])
    cells: dict[tuple[str, str], Cell | None] = {}
    changes: dict[tuple[str, str], Cell | None] = {}
    for key, (theme, bearer) in zip(keys, pairs, strict=True):
        for head, wave in zip(heads[:-1], charts.rows.waves, strict=True):
            line = lines.get((bearer.id, wave))
            cells[key, head] = charts.cell(line, theme) if line else None
        changes[key, heads[-1]] = charts.across(bearer, theme)
    across = sum(cell is not None for cell in changes.values())
    columns = tuple(
        Heading(head, "no wave" if head == NO_WAVE else f"Wave {head}") for head in heads[:-1]
    )  # fmt: skip
    if across:
        columns += (Heading(heads[-1], "What changed, as the analyst wrote"),)
    notes = (
        *framework_notes.notes(charts, cells, ""),
        *([] if across else ["Nobody has written what changed: qualcode summary write WHO CODE --across."]),
        *framework_notes.stale_changes(changes),
        *framework_notes.unplaced(charts, across),
        *said.standing_notes(charts.corpus),
    )
    who = "Person" if charts.rows.by == "person" else "Case"
    title = f"Framework by wave: {who.lower()} by theme, the waves side by side"
    return _table(project, "framework-by-wave", title, who, rows, columns, {**cells, **changes}, notes)


# -- rows and columns ------------------------------------------------------------------------------------------------


def _line_key(charts: Charts, line: Line) -> str:
    wave = charts.corpus.waves[line.wave]
    return line.bearer.name if wave == NO_WAVE else f"{line.bearer.name}:{wave}"


def _who(charts: Charts, bearer: Bearer) -> tuple[tuple[str, str], ...]:
    return ((charts.rows.by, bearer.name),)


def _theme_text(theme: Branch) -> str:
    return f"{theme.code.short} {theme.code.name}"


def _named(bearer: Bearer) -> str:
    return f"{bearer.name} ({bearer.case})" if bearer.case not in ("", bearer.name) else bearer.name


def _distinct(keys: Iterable[str]) -> list[str]:
    """The keys, with a blank before one that was there: a person may be called like another at a wave."""
    found: list[str] = []
    known: set[str] = set()
    for key in keys:
        free = key
        while free in known:
            free = f" {free}"
        known.add(free)
        found.append(free)
    return found


def _theme_head(theme: Branch) -> Heading:
    return Heading(theme.code.short, _theme_text(theme))


# -- cells -----------------------------------------------------------------------------------------------------------


def printed_cell(cell: Cell) -> str:
    """The analyst's words and, in square brackets, the cell's state."""
    parts = [cell.words] if cell.words else []
    number = len(cell.segments)
    if cell.state == "not charted" and number:
        parts.append(f"[not charted: {_several(number)}]")
    elif cell.state == "nothing said":
        parts.append("[asked, nothing said]")
    elif cell.state != "charted":
        parts.append(f"[{cell.state}]")
    if cell.is_stale:
        changed = [f"{_several(cell.changed)} changed"] if cell.changed else []
        added = [f"{cell.added if changed else _several(cell.added)} added"] if cell.added else []
        parts.append(f"[stale: {', '.join([*changed, *added])} since]")
    return " ".join(parts)


def _several(number: int) -> str:
    return f"{number} segment" if number == 1 else f"{number} segments"


def _table(
    project: Project,
    name: str,
    title: str,
    corner: str,
    rows: tuple[Heading, ...],
    columns: tuple[Heading, ...],
    cells: Mapping[tuple[str, str], Cell | str | None],
    notes: Sequence[str],
) -> Table:
    def value(row: str, column: str) -> str | None:
        cell = cells[row, column]
        return printed_cell(cell) if isinstance(cell, Cell) else cell

    def opens(row: str, column: str) -> Evidence:
        cell = cells[row, column]
        return Evidence("segment", cell.segments) if isinstance(cell, Cell) and cell.segments else NOTHING

    def reads(evidence: Evidence) -> "tuple[Quotation, ...]":
        return project.quotations(project.segments.by_ids(evidence.ids))

    keys, heads = [row.key for row in rows], [column.key for column in columns]
    values = [[value(row, column) for column in heads] for row in keys]
    return Table(name, title, corner, rows, columns, values, tuple(notes), {}, opens, reads)
