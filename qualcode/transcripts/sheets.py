"""Attribute sheets: CSV and XLSX as rows of text, whatever the spreadsheet made of their cells."""

import csv
import io
import re
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import chain, islice
from pathlib import Path

from qualcode.errors import InputError
from qualcode.transcripts.encodings import decode
from qualcode.transcripts.reading import load, normalise
from qualcode.untrusted import open_archive, parse_xml
from qualcode.visible import counted, visible_line

_DELIMITERS = ",;\t|"
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n")
"""How Excel is told the separator: a line above the header row."""

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MOST_ROWS = 100_000
_MOST_COLUMNS = 1_000
_MOST_TITLES = 8
"""Rows at the top among which the heads are looked for, where a title stands above them."""

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
    told = _SEPARATOR_LINE.match(text)
    delimiter = told[1] if told else _delimiter(text)
    lines = io.StringIO(text, newline="")
    rows = _readable(csv.reader(lines, delimiter=delimiter, strict=False), visible_line(path.name))
    if told:
        next(rows)
    _refuse_open_quote(text, delimiter, visible_line(path.name))
    return rows, decoded.warnings + replaced


def _refuse_open_quote(text: str, delimiter: str, where: str) -> None:
    """Refuse a sheet that ends inside quotation marks: its last row holds all the rows after the open one.

    Raises:
        InputError: with the line in which the mark was opened.
    """
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begun = 0
    try:
        for _ in reader:
            begun = reader.line_num
    except csv.Error as error:
        if "unexpected end of data" in str(error):
            what = f"a quotation mark in line {begun + 1:,} is never closed"
            raise InputError(what, where=where, remedy="Close it, or take it away.") from None


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
    if data.startswith(_OLD_OFFICE):
        what = "this is an old Excel workbook (.xls) under a new name, or one with a password"
        raise InputError(what, where=where, remedy="Open it in Excel or LibreOffice and save it as .xlsx, or as CSV.")
    merged = _merged(data, where)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about styles and validations, which are not read here
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
            first = shown[0]
            rows = [[_text(cell) for cell in row] for row in first.iter_rows(values_only=True)]
            told = _fill(rows, merged.get(getattr(first, "_worksheet_path", ""), ()), where)
            others = len(shown) - 1
            hidden = len(book.worksheets) - len(shown)
    except InputError:
        raise
    except Exception as error:  # openpyxl raises whatever its parts raise
        raise InputError(
            f"the workbook cannot be read ({type(error).__name__})", where=where, remedy="Save it again, or as CSV."
        ) from error
    if hidden:
        told.insert(0, f"{counted(hidden, 'hidden worksheet was', 'hidden worksheets were')} not read")
    if others:
        told.insert(0, f"only the first of {others + 1} worksheets was read")
    return iter(rows), tuple(told)


def _merged(data: bytes, where: str) -> dict[str, list[str]]:
    """The merged cells of each part, which openpyxl passes over when it reads a sheet row by row.

    Every part is unpacked and parsed under our caps here, before openpyxl, which has none, sees it.
    """
    found: dict[str, list[str]] = {}
    with open_archive(data, where) as archive:
        for name in archive.names:
            part = archive.read(name)
            if name.endswith((".xml", ".rels")):
                found[name] = [each.get("ref") or "" for each in parse_xml(part, where).iter("{*}mergeCell")]
    return found


def _fill(rows: list[list[str]], merged: Sequence[str], where: str) -> list[str]:
    """Write into merged cells below the heads what the first of them says; returns what to tell of it."""
    from openpyxl.utils import range_boundaries

    heads = next((number for number, row in enumerate(rows) if any(cell.strip() for cell in row)), 0)
    width = max(map(len, rows), default=0)
    filled, room = [], len(rows) * width
    for cells in merged:
        left, top, right, bottom = (number or 1 for number in range_boundaries(cells))
        across, down = range(left - 1, min(right, width)), range(top - 1, min(bottom, len(rows)))
        room -= len(across) * len(down)
        if room < 0:
            raise InputError("merged cells lie on each other", where=where, remedy="Save the sheet as CSV.")
        if not across or not down or down[0] <= heads:
            continue
        said = _cell(rows[down[0]], across[0])
        if said.strip() and len(across) * len(down) > 1:
            for row in down:
                rows[row] += [""] * (across[-1] + 1 - len(rows[row]))
                rows[row][across[0] : across[-1] + 1] = [said] * len(across)
            filled.append(cells)
    are = f"cells {visible_line(', '.join(filled))} are merged"
    return [f"{are}: each of them was read as saying what the first says"] if filled else []


def _cell(row: Row, place: int) -> str:
    return row[place] if place < len(row) else ""


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
    rows = _without_titles(rows, told)
    for number, raw in enumerate(rows, start=1):
        cells = [cell.strip() for cell in raw]
        if not any(cells):
            if header is None:
                continue
            if any(any(cell.strip() for cell in row) for row in rows):
                told.append(
                    f"only the first table was read: row {number} is empty and another follows (if they are one, "
                    "take that row out)"
                )
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


def _without_titles(rows: Iterator[Row], told: list[str]) -> Iterator[Row]:
    """The rows, with an empty one for a title above the heads: several words, or a word above an empty row, alone."""
    first = list(islice(rows, _MOST_TITLES))
    filled = [[cell.strip() for cell in row if cell.strip()] for row in first]
    place = next((place for place, cells in enumerate(filled) if cells), 0)
    below = [cells for cells in filled[place + 1 :] if cells]
    if filled and len(filled[place]) == 1 and below and len(below[0]) > 1:
        title = filled[place][0]
        if " " in title or not filled[place + 1]:
            told.append(f"row {place + 1} was taken as a title, since one cell of it is filled: {visible_line(title)}")
            first[place] = ()
    return chain(first, rows)


def _headers(cells: list[str], where: str) -> tuple[str, ...]:
    while cells and not cells[-1]:
        cells.pop()
    if len(cells) > _MOST_COLUMNS:
        raise InputError(f"the sheet has more than {_MOST_COLUMNS:,} columns", where=where)
    alike: dict[str, list[str]] = {}
    for name in filter(None, cells):
        alike.setdefault(" ".join(name.casefold().split()), []).append(name)
    if twice := [dict.fromkeys(names) for names in alike.values() if len(names) > 1]:
        shown = ", ".join(visible_line(" and ".join(names)) for names in twice)
        raise InputError(f"two columns are called {shown}", where=where, remedy="Give each column its own name.")
    return tuple(cells)


def _row(header: tuple[str, ...], cells: list[str], number: int, told: list[str]) -> dict[str, str]:
    if any(cells[len(header) :]):
        told.append(f"row {number} has more cells than the header: {len(header)} were read")
    filled = cells + [""] * (len(header) - len(cells))
    return {name: cell for name, cell in zip(header, filled, strict=False) if name}
