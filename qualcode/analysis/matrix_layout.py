"""Codes by groups laid out as a table, either way round, with what its cells are to show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, get_args

from qualcode.analysis import crossings
from qualcode.analysis.charted import Charts
from qualcode.analysis.crossings import ACROSS, Crossing
from qualcode.analysis.groups import Group, all_of
from qualcode.analysis.outlines import code_head, row_heads
from qualcode.analysis.pins import QUOTE_NOTE, Pins
from qualcode.analysis.sorting import Order
from qualcode.errors import InputError, must_be_one_of
from qualcode.model import Quotation
from qualcode.table import Evidence, Heading, Mark, Table

Show = Literal["count", "presence", "percent", "summary", "quote"]


@dataclass(frozen=True, slots=True)
class _Content:
    """What stands in the cells, by place of the code and of the group.

    Attributes:
        what: it is, for the title.
        unit: of the numbers; "" for words.
        value, evidence: of a cell.
        reads: what its evidence says.
        notes: of its own.
    """

    what: str
    unit: str
    value: Callable[[int, int], int | str | None]
    evidence: Callable[[int, int], Evidence]
    reads: Callable[[Evidence], tuple[Quotation, ...]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Line:
    """A row or a column: its head, and the place of the code or group that it is."""

    head: Heading
    place: int


def codes_down(name: str, title: str, made: Crossing, show: Show) -> Table:
    """A row for each code, a column for each group; for numbers, one for all groups together."""
    content = _content(made, show)
    rows = [_Line(head, place) for place, head in enumerate(row_heads(made))]
    columns = [
        _Line(
            Heading(group.key, group.text, content.unit, made.sizes[place], group.band, who=group.who, **_look(show)),
            place,
        )
        for place, group in _groups(made, content)
    ]
    return _table((name, title, "Code"), made, content, rows, columns, is_turned=False)


def codes_across(name: str, title: str, made: Crossing, show: Show, order: Order, note: str = "") -> Table:
    """A row for each group in the order wanted; for numbers, one for all of them; a column for each code."""
    content = _content(made, show)
    shown = dict(_groups(made, content))
    bands = {**dict(order), len(made.groups) - 1: all_of(made.grouping.by)}
    rows = [
        _Line(
            Heading(group.key, group.text, of=made.sizes[place], group=bands[place], depth=group.depth, who=group.who),
            place,
        )
        for place, group in ((place, shown[place]) for place in bands if place in shown)
    ]
    columns = [
        _Line(Heading(each.code.short, code_head(each), content.unit, **_look(show)), place)
        for place, each in enumerate(made.branches)
    ]
    corner = made.grouping.by.capitalize()
    return _table((name, title, corner), made, content, rows, columns, is_turned=True, note=note)


def _look(show: Show) -> dict[str, Any]:
    return {"percent": show == "percent", "presence": show == "presence"}


def _groups(made: Crossing, content: _Content) -> list[tuple[int, Group]]:
    """Place of each group shown; all of them together are shown in numbers only."""
    groups = list(enumerate(made.groups))
    return groups if content.unit else groups[:-1]


# -- cells -----------------------------------------------------------------------------------------------------------


def _content(made: Crossing, show: Show) -> _Content:
    must_be_one_of("show", show, get_args(Show))
    unit = made.cells.unit
    if show == "percent" and unit == "references":
        raise InputError(
            "references have no N of which they could be a percentage",
            remedy="Show their count, or count people, sources or cases.",
        )
    if show == "summary":
        charts = Charts(made)
        return _Content("summaries", "", charts.text, charts.evidence, charts.read, tuple(charts.notes()))
    if show == "quote":
        pins = Pins(made)
        return _Content("pinned quotes", "", pins.text, pins.evidence, made.read, (QUOTE_NOTE,))
    what = {"count": ACROSS[unit], "percent": f"{ACROSS[unit]}, n (%)", "presence": f"whether any {ACROSS[unit]}"}[show]
    return _Content(what, unit, lambda code, group: int(made.counts[code, group]), made.evidence, made.read)


def _table(
    names: tuple[str, str, str],
    made: Crossing,
    content: _Content,
    rows: Sequence[_Line],
    columns: Sequence[_Line],
    *,
    is_turned: bool,
    note: str = "",
) -> Table:
    """The table; `names` are its name, title and corner; turned = rows are groups."""
    places = {
        (row.head.key, column.head.key): (column.place, row.place) if is_turned else (row.place, column.place)
        for row in rows
        for column in columns
    }
    marks = _marks(made, places)
    values = [
        [
            None if (row.head.key, column.head.key) in marks else content.value(*places[row.head.key, column.head.key])
            for column in columns
        ]
        for row in rows
    ]
    heads = tuple(row.head for row in rows), tuple(column.head for column in columns)
    name, title, corner = names
    return Table(
        name,
        f"{title}: {content.what}",
        corner,
        *heads,
        values,
        (*content.notes, *([note] if note else []), *_of_note(made, content), *crossings.notes(made)),
        marks,
        lambda row, column: content.evidence(*places[row, column]),
        content.reads,
        _own_denominators(made, *heads, places),
    )


def _of_note(made: Crossing, content: _Content) -> list[str]:
    unit = made.cells.unit
    return [] if content.unit or unit == "references" else [f"Of N: the {ACROSS[unit]} interviewed."]


Places = dict[tuple[str, str], tuple[int, int]]


def _marks(made: Crossing, places: Places) -> dict[tuple[str, str], tuple[Mark, ...]]:
    """Where nobody was interviewed to whom the code applies, nothing could be found."""
    asked = made.denominators if made.denominators is not None else made.in_unit("sources").denominators
    if asked is None:
        return {}
    return {cell: ("unasked",) for cell, place in places.items() if not asked[place]}


def _own_denominators(
    made: Crossing, rows: Sequence[Heading], columns: Sequence[Heading], places: Places
) -> dict[tuple[str, str], int]:
    if made.denominators is None:
        return {}
    common = {(row.key, column.key): row.of if column.of is None else column.of for row in rows for column in columns}
    own = {cell: int(made.denominators[place]) for cell, place in places.items()}
    return {cell: of for cell, of in own.items() if of != common[cell]}
