"""In which order and groups the rows of a chart stand: by case and wave, or by the values of an attribute."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from qualcode.analysis.chart_rows import ChartRows, Line
from qualcode.analysis.traits import by_size
from qualcode.errors import not_found
from qualcode.project.cases import NO_WAVE


@dataclass(frozen=True, slots=True)
class Order:
    """How lines stand: `rank` sorts them, `group` names the band, `text` is the row's head."""

    rank: Callable[[Line], tuple[Any, ...]]
    group: Callable[[Line], str]
    text: Callable[[Line], str]


def by_case(rows: ChartRows) -> Order:
    """Grouped by case and wave; cases themselves by wave alone."""
    waves, of_people = rows.corpus.waves, rows.by == "person"
    place = {bearer.id: number for number, bearer in enumerate(rows.bearers)}
    has_cases = of_people and any(bearer.case for bearer in rows.bearers)
    lacking = "No case" if rows.corpus.project.citations.style == "team" else "Case not told"

    def group(line: Line) -> str:
        case = [f"Case {line.bearer.case}" if line.bearer.case else lacking] if has_cases else []
        wave = [] if waves[line.wave] == NO_WAVE else [f"wave {waves[line.wave]}"]
        named = ", ".join([*case, *wave])
        return named[:1].upper() + named[1:]

    def rank(line: Line) -> tuple[Any, ...]:
        case = (not line.bearer.case, line.bearer.case) if of_people else ()
        return (*case, line.wave, place[line.bearer.id])

    return Order(rank, group, lambda line: line.bearer.name)


def by_attribute(rows: ChartRows, name: str) -> Order:
    """Grouped by the values of an attribute, numbers by size; last those that have none. Within a group by case.

    A person's value is that of their interview at the wave, else of their first one; a case's is its own, else that of
    the case around it.

    Raises:
        NotFoundError: there is no such attribute (of cases, where cases stand in the rows).
    """
    values, number = _of_people(rows, name) if rows.by == "person" else _of_cases(rows, name)
    usual, waves = by_case(rows), rows.corpus.waves

    def rank(line: Line) -> tuple[Any, ...]:
        value = number(line)
        return (value < 0, value, *usual.rank(line))

    def group(line: Line) -> str:
        value = number(line)
        return f"No {name}" if value < 0 else f"{name} {values[value]}"

    def text(line: Line) -> str:
        case = [line.bearer.case] if rows.by == "person" and line.bearer.case else []
        wave = [] if waves[line.wave] == NO_WAVE else [f"wave {waves[line.wave]}"]
        return ", ".join([line.bearer.name, *case, *wave])

    return Order(rank, group, text)


def _of_people(rows: ChartRows, name: str) -> tuple[tuple[str, ...], Callable[[Line], int]]:
    visits = rows.everywhere.visits
    trait = rows.everywhere.trait(name)
    found = trait.at(visits.document, visits.person)
    wave = rows.everywhere.wave_of_document[visits.document]

    def number(line: Line) -> int:
        own = np.flatnonzero(visits.person == line.bearer.members[0])
        then = own[wave[own] == line.wave]
        return int(found[then[0] if len(then) else own[0]])

    return trait.values, number


def _of_cases(rows: ChartRows, name: str) -> tuple[tuple[str, ...], Callable[[Line], int]]:
    project = rows.corpus.project
    if name not in project.attributes.names("case"):
        raise not_found("attribute of cases", name, project.attributes.names("case"))
    parents = {case.id: case.parent for case in project.cases.all()}

    def value(line: Line) -> str:
        case: int | None = line.bearer.id
        while case is not None:
            own = project.attributes.of("case", case, rows.corpus.waves[line.wave])
            if name in own:
                return own[name]
            case = parents[case]
        return ""

    known = sorted({value(line) for line in rows.lines} - {""}, key=by_size)
    return tuple(known), lambda line: known.index(value(line)) if value(line) else -1
