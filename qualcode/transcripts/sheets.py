"""Attribute sheets: CSV and XLSX as rows of text, whatever the spreadsheet made of their cells."""

import csv
import io
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from qualcode.errors import InputError
from qualcode.transcripts.encodings import decode
from qualcode.transcripts.reading import load, normalise
from qualcode.untrusted import open_archive, parse_xml
from qualcode.visible import visible_line

_DELIMITERS = ",;\t"
_MOST_ROWS = 100_000
_MOST_COLUMNS = 1_000

Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of text: each row maps every header to its cell, "" where it is empty.

    Attributes:
        numbers: of the rows, as a spreadsheet counts them: the first row of the file is 1.
    """

    headers: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    warnings: tuple[str, ...]
    numbers: tuple[int, ...]


def read_sheet(path: str | Path) -> Sheet:
    """Read the first table of a CSV or XLSX file.

    A table ends at an empty row; the message says so if more follows. Dates become ISO text, whole numbers
    lose their ".0", true and false become yes and no.

    Raises:
        InputError: not such a file, or it has no header row.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in (".csv", ".tsv", ".xlsx"):
        raise InputError(
            f"{visible_line(suffix) or 'a file without a suffix'} is not read as a sheet",
            where=visible_line(path.name),
            remedy="Save it as .csv or .xlsx.",
        )
    data = load(path)
    rows, told = _xlsx_rows(data, path) if suffix == ".xlsx" else _csv_rows(data, path)
    return _first_table(rows, told, visible_line(path.name))


def _csv_rows(data: bytes, path: Path) -> tuple[Iterator[Row], tuple[str, ...]]:
    decoded = decode(data, path)
    text, replaced = normalise(decoded.text)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=False)
    return _readable(reader, visible_line(path.name)), decoded.warnings + replaced


def _readable(reader: Iterator[list[str]], where: str) -> Iterator[Row]:
    try:
        yield from reader
    except csv.Error as error:
        raise InputError(f"row is not CSV: {error}", where=where, remedy="Save the sheet again as CSV.") from None


def _delimiter(text: str) -> str:
    """The separator that the header row has most of, outside quotation marks."""
    header = next((line for line in text.split("\n") if line.strip(_DELIMITERS + " ")), "")
    outside = "".join(header.split('"')[::2])
    return max(_DELIMITERS, key=outside.count)


def _xlsx_rows(data: bytes, path: Path) -> tuple[Iterator[Row], tuple[str, ...]]:
    import openpyxl

    where = visible_line(path.name)
    _refuse_unsafe_parts(data, where)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations, which are not read here
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            rows = [[_text(cell) for cell in row] for row in book.worksheets[0].iter_rows(values_only=True)]
            others = len(book.worksheets) - 1
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise InputError(
            f"the workbook cannot be read ({type(error).__name__})", where=where, remedy="Save it again, or as CSV."
        ) from error
    told = (f"only the first of {others + 1} worksheets was read",) if others else ()
    return iter(rows), told


def _refuse_unsafe_parts(data: bytes, where: str) -> None:
    """Unpack and parse every part under our caps first: openpyxl has none."""
    with open_archive(data, where) as archive:
        for name in archive.names:
            part = archive.read(name)
            if name.endswith((".xml", ".rels")):
                parse_xml(part, where)


def _text(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    return cell.isoformat() if isinstance(cell, date | time) else normalise(str(cell))[0]


def _first_table(rows: Iterator[Row], already_told: tuple[str, ...], where: str) -> Sheet:
    header: tuple[str, ...] | None = None
    table: list[dict[str, str]] = []
    numbers: list[int] = []
    told = list(already_told)
    for number, raw in enumerate(rows, start=1):
        cells = [cell.strip() for cell in raw]
        if not any(cells):
            if header is None:
                continue
            if any(any(cell.strip() for cell in row) for row in rows):
                told.append(f"only the first table was read: row {number} is empty and another follows")
            break
        if header is None:
            header = _headers(cells, where)
        elif len(table) >= _MOST_ROWS:
            raise InputError(f"the sheet has more than {_MOST_ROWS:,} rows", where=where)
        else:
            table.append(_row(header, cells, number, told))
            numbers.append(number)
    if header is None:
        raise InputError("the sheet is empty", where=where, remedy="Its first row must name the columns.")
    return Sheet(tuple(name for name in header if name), tuple(table), tuple(told), tuple(numbers))


def _headers(cells: list[str], where: str) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > _MOST_COLUMNS:
        raise InputError(f"the sheet has more than {_MOST_COLUMNS:,} columns", where=where)
    twice = [name for name, number in Counter(cells).items() if name and number > 1]
    if twice:
        shown = ", ".join(map(visible_line, twice))
        raise InputError(f"two columns are called {shown}", where=where, remedy="Give each column its own name.")
    return tuple(cells)


def _row(header: tuple[str, ...], cells: list[str], number: int, told: list[str]) -> dict[str, str]:
    if any(cells[len(header) :]):
        told.append(f"row {number} has more cells than the header: {len(header)} were read")
    filled = cells + [""] * (len(header) - len(cells))
    return {name: cell for name, cell in zip(header, filled, strict=False) if name}
