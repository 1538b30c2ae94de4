"""A table as CSV: one rectangle with one header row, as R, pandas and Excel want it."""

import csv
import io
from collections.abc import Iterable
from itertools import chain

from qualcode.table import Table
from qualcode.visible import visible

_FORMULA_STARTS = "=+-@\t\r＝＋－＠"  # the last four are full-width forms, which Excel takes for the same


def content(table: Table) -> bytes:
    """UTF-8 with a byte order mark (Excel asks for it); raw numbers; an empty cell where there is no value.

    The first four columns are the row's key, text, group and depth; the others are headed by the
    columns' keys, and where a table tells what chance would give, a column for that follows each. Text that a
    spreadsheet would run as a formula gets a leading apostrophe.
    """
    lines = io.StringIO()
    writer = csv.writer(lines, lineterminator="\n")
    keys = (_text(column.key) for column in table.columns)
    heads = chain.from_iterable((key, f"{key} by chance") for key in keys) if table.chance else keys
    writer.writerow(["row", "row_text", "row_group", "row_depth", *heads])
    for row, values in zip(table.rows, table.values(), strict=True):
        cells: Iterable[float | str | None] = map(_value, values)
        if table.chance:
            chances = (table.chance.get((row.key, column.key)) for column in table.columns)
            cells = chain.from_iterable(zip(cells, chances, strict=True))
        writer.writerow([_text(row.key), _text(row.text), _text(row.group), row.depth, *cells])
    return lines.getvalue().encode("utf-8-sig")


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
