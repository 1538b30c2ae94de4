"""A table as CSV: one rectangle with one header row, as R, pandas and Excel want it."""

import csv
import io

from qualcode.table import Heading, Table
from qualcode.visible import visible

_FORMULA_STARTS = "=+-@\t\r＝＋－＠"  # the last four are full-width forms, which Excel takes for the same


def content(table: Table) -> bytes:
    """UTF-8 with a byte order mark (Excel asks for it); raw numbers; an empty cell where there is no value.

    The first four columns are the row's key, text, group and depth; the others are headed by the
    columns' keys. Behind a column of percentages stands "KEY of": what its counts are a part of; where a table tells
    what chance would give, "KEY by chance". Text that a spreadsheet would run as a formula gets a leading apostrophe.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    heads = [head for column in table.columns for head in _heads(table, column)]
    writer.writerow(["row", "row_text", "row_group", "row_depth", *map(_text, heads)])
    for row, values in zip(table.rows, table.values(), strict=True):
        cells = [
            cell
            for column, value in zip(table.columns, values, strict=True)
            for cell in _cells(table, row, column, value)
        ]
        writer.writerow([_text(row.key), _text(row.text), _text(row.group), row.depth, *cells])
    return lines.getvalue().encode("utf-8-sig")


def _heads(table: Table, column: Heading) -> list[str]:
    of = [f"{column.key} of"] if column.percent else []
    return [column.key, *of, *([f"{column.key} by chance"] if table.chance else [])]


def _cells(table: Table, row: Heading, column: Heading, value: str | float | None) -> list[str | float | None]:
    """What stands under a column's heads."""
    of = [table.denominator(row, column)] if column.percent else []
    return [_value(value), *of, *([table.chance.get((row.key, column.key))] if table.chance else [])]


def _value(value: float | str | None) -> float | str | None:
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    shown = visible(text)
    starts = (text[:1], text.lstrip()[:1])
    is_formula = any(start and start in _FORMULA_STARTS for start in starts)
    return f"'{shown}" if is_formula and not _is_number(text) else shown


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return text.isascii() and "_" not in text
