"""Figures that show a table as it stands: the data structure, and the curve of saturation."""

from collections.abc import Iterator
from itertools import groupby

from qualcode.analysis.code_tree import CodeTree
from qualcode.analysis.counting import Scope
from qualcode.analysis.data_structures import LEVELS, gioia
from qualcode.analysis.saturations import saturation
from qualcode.errors import RefusedError
from qualcode.figure import Curve, Figure, Line, Part, Structure
from qualcode.project import Project
from qualcode.table import Heading, Table

_ABOUT_PROJECT = 2  # the last notes of every table: codebook version and last change


def gioia_figure(project: Project, *, scope: Scope | None = None) -> Figure:
    """The data structure: 1st-order concepts, the 2nd-order themes drawn from them, and aggregate dimensions.

    Args:
        project: the study.
        scope: which part of it, and whose coding; its codes choose the branches shown.

    Raises:
        NotFoundError: the scope names something that is not there.
        RefusedError: no code is a concept below a theme.
    """
    table = gioia(project, scope=scope)
    levels = {row.key: LEVELS.index(str(table.value(row.key, "level"))) for row in table.rows}
    above = _parents(project, levels)
    if not any(level == 2 and levels.get(above[key]) == 1 for key, level in levels.items()):
        raise RefusedError(
            "a data structure needs 1st-order concepts below 2nd-order themes, and there are none",
            remedy="Put codes below one another on three levels, or give them a stage: 1st-order concept.",
        )
    heads = {row.key: row for row in table.rows}
    # A dimension of nothing is not drawn; the caption names it.
    tops = [key for key in heads if not above[key] and (levels[key] or key in above.values())]
    parts = tuple(_part(table, heads, above, levels, key) for key in tops)
    counted = table.columns[1]
    return Figure(
        name="gioia",
        title=table.title,
        caption=" ".join([f"n: people in whose words a code stands, of {counted.of}.", *table.notes[:-_ABOUT_PROJECT]]),
        notes=table.notes[-_ABOUT_PROJECT:],
        alternative=" ".join(_told(parts)),
        table=table,
        drawing=Structure(("1st-order concepts", "2nd-order themes", "Aggregate dimensions"), parts),
    )


def _parents(project: Project, levels: dict[str, int]) -> dict[str, str]:
    """Of each code shown the nearest above it that is shown on a higher level, or ""."""
    tree = CodeTree(project)
    return {
        key: next(
            (each.short for each in tree.above(tree.branch(key).code) if levels.get(each.short, level) < level), ""
        )
        for key, level in levels.items()
    }


def _part(table: Table, heads: dict[str, Heading], above: dict[str, str], levels: dict[str, int], key: str) -> Part:
    """A code with what stands below it; a level that is left out has a part without words in its place."""
    below = [
        _lifted(_part(table, heads, above, levels, each), levels[each] - levels[key] - 1)
        for each in heads
        if above[each] == key
    ]
    part = Part(heads[key].text.removeprefix(f"{key} "), f"n = {table.value(key, 'people')}", tuple(below))
    return part if above[key] else _lifted(part, levels[key])


def _lifted(part: Part, levels: int) -> Part:
    for _ in range(levels):
        part = Part("", made_of=(part,))
    return part


def _told(parts: tuple[Part, ...]) -> Iterator[str]:
    yield "Diagram of three columns, read from left to right."
    for part in parts:
        themes = [
            f"{theme.words or 'no theme'} ({'; '.join(concept.words for concept in theme.made_of) or 'no concept'})"
            for theme in part.made_of
        ]
        yield f"{part.words or 'No dimension'}: {', '.join(themes) or 'no theme'}."


def saturation_figure(
    project: Project,
    *,
    base: int = 4,
    run: int = 2,
    threshold: float = 5.0,
    rounds: int = 1000,
    seed: int = 1,
    by: str | None = None,
    scope: Scope | None = None,
) -> Figure:
    """The curve of saturation: new codes in each interview, codes so far, and where it is reached.

    Args:
        project, base, run, threshold, rounds, seed, by, scope: as the table takes them.

    Raises:
        InputError: base or run is below 1, threshold or rounds below 0, or it is not by role.
        RefusedError: no interview is coded, or there is no code in the first ones.
        NotFoundError: the scope names something that is not there.
    """
    table = saturation(project, base=base, run=run, threshold=threshold, rounds=rounds, seed=seed, by=by, scope=scope)
    if not table.rows:
        raise RefusedError("no interview is coded yet", remedy="Code one: qualcode code DOCUMENT LINES CODE")
    curve = saturation_curve(table)
    stops, last = curve.stops, curve.lines[0].points[-1]
    first = _numbered(table, _bands(table)[0], "new")
    upright = "; upright line: where saturation is reached" if stops else ""
    new = ", ".join(str(value) for _, value in first)
    told = f"{len(first)} interviews hold {last[1]:g} different codes; new in each: {new}."
    return Figure(
        name="saturation",
        title=table.title,
        caption=" ".join(
            [
                f"Bars: new codes in an interview; line: different codes so far{upright}.",
                *table.notes[:-_ABOUT_PROJECT],
            ]
        ),
        notes=table.notes[-_ABOUT_PROJECT:],
        alternative=" ".join([told, *(f"Saturation {words} at interview {number}." for number, words in stops)]),
        table=table,
        drawing=curve,
    )


def saturation_curve(table: Table) -> Curve:
    """The curve that a table of saturation holds: bars of new codes, a line of codes so far, by role one for each."""
    bands = _bands(table)
    stops = [(float(number), str(words)) for number, words in _numbered(table, bands[0], "reached") if words]
    lines = tuple(Line(rows[0].group or "codes so far", _points(table, rows, "codes")) for rows in bands if rows)
    return Curve("Interviews in order", "Codes", lines, ("new codes", _points(table, bands[0], "new")), tuple(stops))


def _bands(table: Table) -> list[list[Heading]]:
    return [list(rows) for _, rows in groupby(table.rows, key=lambda row: row.group)] or [[]]


def _numbered(table: Table, rows: list[Heading], column: str) -> list[tuple[int, float | int | str | None]]:
    return [(number, table.value(row.key, column)) for number, row in enumerate(rows, start=1)]


def _points(table: Table, rows: list[Heading], column: str) -> tuple[tuple[float, float], ...]:
    return tuple((number, float(value)) for number, value in _numbered(table, rows, column) if value is not None)
