"""Every string in a thing that is written out: a table, a figure, a paper, a transcript."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path

from qualcode.table import Table


def strings_in(made: object) -> Iterator[str]:
    """Each string, wherever it stands in dataclasses, lists and mappings; of a table all but its `quotations_in`."""
    if isinstance(made, str):
        yield made
    elif isinstance(made, Path):
        yield made.name
    elif isinstance(made, Mapping):
        for key, value in made.items():
            yield from strings_in(key)
            yield from strings_in(value)
    elif isinstance(made, (list, tuple, set, frozenset, Iterator)):
        for each in made:
            yield from strings_in(each)
    elif isinstance(made, Table):
        yield from _in_table(made)
    elif is_dataclass(made):
        for field in fields(made):
            yield from strings_in(getattr(made, field.name))


def _in_table(table: Table) -> Iterator[str]:
    for field in fields(table):
        if field.name != "frame":
            yield from strings_in(getattr(table, field.name))
    for line in table.values():
        yield from strings_in(line)


def quotations_in(table: Table) -> Iterator[str]:
    """Each string in the quotations that a table's cells open to."""
    for row in table.rows:
        for column in table.columns:
            yield from strings_in(table.quotations(row.key, column.key))
