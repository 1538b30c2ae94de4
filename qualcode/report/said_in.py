"""Every string in a thing that is written out: a table, a figure, a paper, a transcript."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path

from qualcode.table import Table


@dataclass(frozen=True, slots=True)
class Opened:
    """The quotations that a table's numbers open to, which some formats hold and others do not."""

    table: Table


def said_in(made: object, where: str = "") -> Iterator[tuple[str, str]]:
    """Each string, wherever it stands in dataclasses, lists and mappings, and in what: ("She did", "a quotation").

    Of a table it is all but its quotations, which are `Opened`.

    Args:
        made: what is written out.
        where: in what it stands; "" = in no part that has a name.
    """
    if isinstance(made, str):
        yield made, where
    elif isinstance(made, Path):
        yield made.name, where
    elif isinstance(made, Mapping):
        yield from said_in(list(made.items()), where)
    elif isinstance(made, (list, tuple, set, frozenset, Iterator)):
        for each in made:
            yield from said_in(each, where)
    elif isinstance(made, Table):
        yield from _in_table(made, f"table {made.name}")
    elif isinstance(made, Opened):
        yield from _in_quotations(made.table)
    elif is_dataclass(made):
        for field in fields(made):
            yield from said_in(getattr(made, field.name), where)


def _in_table(table: Table, where: str) -> Iterator[tuple[str, str]]:
    for field in fields(table):
        if field.name != "frame":
            yield from said_in(getattr(table, field.name), where)
    for line in table.values():
        yield from said_in(line, where)


def _in_quotations(table: Table) -> Iterator[tuple[str, str]]:
    for row in table.rows:
        for column in table.columns:
            yield from said_in(table.quotations(row.key, column.key), f"a quotation in table {table.name}")
