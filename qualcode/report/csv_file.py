"""A table as CSV: one rectangle with one header row, as R, pandas and Excel want it."""

import csv
import io
from typing import Any

from qualcode.table import Heading, Table
from qualcode.visible import visible

_FORMULA_STARTS = "=+-@\t\r＝＋－＠"  # the last four are full-width forms, which Excel takes for the same


def content(table: Table) -> bytes:
    """UTF-8 with a byte order mark (Excel asks for it); raw numbers; an empty cell where there is no value.

    The first four columns are the row's key, text, group and depth; the others are headed by the
    columns' keys. Behind a column of percentages stands "KEY of": what its counts are a part of. Text
    that a spreadsheet would run as a formula gets a leading apostrophe.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    heads = [each for column in table.columns for each in _pair(column, column.key, f"{column.key} of")]
    writer.writerow(["row", "row_text", "row_group", "row_depth", *map(_text, heads)])
    for row, values in zip(table.rows, table.values(), strict=True):
        cells = [
            _value(each)
            for column, value in zip(table.columns, values, strict=True)
            for each in _pair(column, value, table.denominator(row, column))
        ]
        writer.writerow([_text(row.key), _text(row.text), _text(row.group), row.depth, *cells])
    return lines.getvalue().encode("utf-8-sig")


def _pair(column: Heading, cell: Any, denominator: Any) -> list[Any]:
    """What stands in a column, with its denominator where the column shows percentages."""
    return [cell, denominator] if column.percent else [cell]


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
