"""Themes one by one: what they mean, how many tell of them, in whose words; the tree of sources and references."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from qualcode.analysis import crossings
from qualcode.analysis.counting import Corpus, Scope, Unit
from qualcode.analysis.crossings import Crossing, crossing
from qualcode.analysis.groups import everybody
from qualcode.analysis.outlines import outline, row_heads
from qualcode.analysis.pins import QUOTE_NOTE, Pins
from qualcode.project import Project
from qualcode.table import NOTHING, Evidence, Heading, Table

_UNIT_HEADS: dict[Unit, str] = {"people": "People", "sources": "Sources", "cases": "Cases", "references": "References"}


def themes(project: Project, *, levels: int | None = None, scope: Scope | None = None) -> Table:
    """Themes and sub-themes: definition, people, sources and references, and the pinned quote.

    Args:
        project: the study.
        levels: how many levels of codes, from the top; None = all.
        scope: which part of the study, which codes, and whose coding.

    Raises:
        NotFoundError: the scope names something that is not there.
    """
    counted = _counted(project, levels, scope, ("people", "sources", "references"))
    pins = Pins(counted[0])
    heads = (Heading("definition", "Definition"), *map(unit_head, counted), Heading("quote", "Quote"))
    values = [
        [branch.code.definition.brief or None, *(int(made.counts[row, -1]) for made in counted), pins.text(row, 0)]
        for row, branch in enumerate(counted[0].branches)
    ]

    def opens(row: int, column: int) -> Evidence:
        if heads[column].key == "quote":
            return pins.evidence(row, 0)
        return counted[column - 1].evidence(row, -1) if column else NOTHING

    title = "Themes: people, sources, references and quotes"
    return code_table("themes", title, counted, heads, values, opens, (QUOTE_NOTE,))


def tree(project: Project, *, levels: int | None = None, scope: Scope | None = None) -> Table:
    """The tree of codes with sources and references: a parent has what is below it, each once, never the sum.

    Args:
        project: the study.
        levels: how many levels of codes, from the top; None = all.
        scope: which part of the study, which codes, and whose coding.

    Raises:
        NotFoundError: the scope names something that is not there.
    """
    counted = _counted(project, levels, scope, ("sources", "references"))
    values = [[int(made.counts[row, -1]) for made in counted] for row in range(len(counted[0].branches))]
    heads = tuple(map(unit_head, counted))
    return code_table(
        "tree", "Codes, with their sources and references", counted, heads, values,
        lambda row, column: counted[column].evidence(row, -1),
    )  # fmt: skip


def _counted(project: Project, levels: int | None, scope: Scope | None, units: Sequence[Unit]) -> list[Crossing]:
    corpus = Corpus(project, scope)
    made = crossing(corpus, outline(corpus, levels), everybody(corpus), units[0])
    return [made.in_unit(unit) for unit in units]


def unit_head(made: Crossing) -> Heading:
    """A column of everybody together in one unit."""
    unit = made.cells.unit
    return Heading(unit, _UNIT_HEADS[unit], unit, made.sizes[-1])


def own_denominators(counted: Sequence[Crossing]) -> dict[tuple[str, str], int]:
    """By code and unit: of how many, where a code is meant for some only and a unit has an N."""
    return {
        (branch.code.short, made.cells.unit): int(made.denominators[row, -1])
        for made in counted
        if made.denominators is not None
        for row, branch in enumerate(made.branches)
        if made.denominators[row, -1] != made.sizes[-1]
    }


def own_note(own: Mapping[tuple[str, str], int]) -> list[str]:
    """The codes that are meant for some only, each with of how many it is counted."""
    parts: dict[str, list[str]] = {}
    for (short, unit), of in own.items():
        parts.setdefault(short, []).append(f"{unit} {of}")
    told = [f"{short} ({', '.join(each)})" for short, each in parts.items()]
    return [f"Meant for some only, with an N of their own: {'; '.join(told)}."] if told else []


def code_table(
    name: str,
    title: str,
    counted: Sequence[Crossing],
    columns: tuple[Heading, ...],
    values: Sequence[Sequence[object]],
    opens: Callable[[int, int], Evidence],
    notes: tuple[str, ...] = (),
) -> Table:
    """A table with a row for each code of a crossing, counted in several units."""
    made, own = counted[0], own_denominators(counted)
    rows = tuple(replace(head, of=None) for head in row_heads(made))  # each unit has its own N
    keys = [row.key for row in rows], [column.key for column in columns]
    places = [{key: place for place, key in enumerate(each)} for each in keys]
    return Table(
        name,
        title,
        "Code",
        rows,
        columns,
        values,
        (*notes, *own_note(own), *crossings.notes(made)),
        opens=lambda row, column: opens(places[0][row], places[1][column]),
        reads=made.read,
        of=own,
    )
