"""Sheets of an Excel workbook: text is always text, numbers stay numbers, cells stay within Excel's limits."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil, isfinite

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from qualcode.errors import RefusedError
from qualcode.report.printed import PRESENT, Cell, Column, Printed, bands, xml_safe
from qualcode.report.widths import longest_line, longest_word
from qualcode.table import Table

LONGEST = 32_767
"""Characters that an Excel cell holds, as Excel counts them: in UTF-16 units."""

_MOST_ROWS = 1_048_576
_MOST_COLUMNS = 16_384
_WIDEST = 60  # in Excel's unit, about a digit: wider columns do not fit a laptop's screen
_PAGE = 260  # in the same unit: what fits the width of a printed page and can still be read
_HIGHEST, _LINE = 409, 15  # points
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001  xlsxwriter takes the clock otherwise; Excel stores no zone
_TOP = {"valign": "top"}


@dataclass
class Book:
    """A workbook being written, with the cell formats used so far."""

    workbook: Workbook
    formats: dict[tuple[tuple[str, object], ...], Format] = field(default_factory=dict)

    def style(self, **properties: object) -> Format:
        """The cell format with these properties (xlsxwriter's names)."""
        key = tuple(sorted(properties.items()))
        if key not in self.formats:
            self.formats[key] = self.workbook.add_format(dict(key))
        return self.formats[key]


def book(stream: object, title: str) -> Book:
    """An empty workbook without a clock and without an author."""
    workbook = Workbook(stream, _OPTIONS)
    workbook.set_properties({"title": xml_safe(title)[:255], "created": _EPOCH})
    return Book(workbook)


def pieces(text: str) -> list[str]:
    """The text cut so that each piece fits a cell, at a blank where there is one; joined they give the text."""
    found = []
    while len(text) > LONGEST // 2 and _units(text) > LONGEST:
        end = _fitting(text)
        blank = max(text.rfind(" ", 0, end), text.rfind("\n", 0, end)) + 1
        end = blank if blank > end // 2 else end
        found.append(text[:end])
        text = text[end:]
    return [*found, text]


def _fitting(text: str) -> int:
    """How many code points from the beginning fit a cell."""
    end = min(len(text), LONGEST)
    while (over := _units(text[:end]) - LONGEST) > 0:
        end -= (over + 1) // 2
    return end


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2


def write_text(sheet: Worksheet, row: int, column: int, text: str, style: Format | None = None) -> None:
    """Text that fits a cell, as text whatever it looks like."""
    safe = xml_safe(text)
    if safe:
        sheet.write_string(row, column, safe, style)
    else:
        sheet.write_blank(row, column, None, style)


def write_rows(
    sheet: Worksheet, first: int, rows: Iterable[Sequence[str | int]], widths: Sequence[int], style: Format
) -> int:
    """Rows of text and numbers below each other; text too long for a cell goes on in rows below.

    Rows that go on say again, in their short cells, what they belong to. Widths are those of the columns.

    Returns:
        The number of the row after the last.

    Raises:
        RefusedError: there are more rows than a sheet holds.
    """
    for row in rows:
        cut = [pieces(each) if isinstance(each, str) else [each] for each in row]
        for number in range(max(map(len, cut))):
            if first >= _MOST_ROWS:
                raise _too_large(f"{_MOST_ROWS:,} rows")
            shown = [_part(parts, number) for parts in cut]
            set_height(sheet, first, map(str, shown), widths)
            for column, part in enumerate(shown):
                if isinstance(part, int):
                    sheet.write_number(first, column, part, style)
                else:
                    write_text(sheet, first, column, part, style)
            first += 1
    return first


def _part(parts: Sequence[str | int], number: int) -> str | int:
    if number < len(parts):
        return parts[number]
    return parts[0] if len(parts) == 1 else ""


def set_height(sheet: Worksheet, row: int, texts: Iterable[str], widths: Sequence[int]) -> None:
    """Room for wrapped text: Excel would make it by itself, LibreOffice does not."""
    lines = max(
        sum(-(-len(line) // max(1, width - 2)) or 1 for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    if lines > 1:
        sheet.set_row(row, min(_HIGHEST, lines * _LINE))


def _too_large(limit: str) -> RefusedError:
    return RefusedError(
        f"this table is larger than an Excel sheet, which holds {limit}",
        remedy="Write it as .csv, .html or .json, or narrow it down.",
    )


def add_table(book: Book, name: str, table: Table, sheet: Printed) -> None:
    """A sheet with caption, heads that stay in view, rows in their bands, and the notes below.

    Raises:
        RefusedError: it has more rows or columns than a sheet holds.
    """
    if len(sheet.columns) >= _MOST_COLUMNS:
        raise _too_large(f"{_MOST_COLUMNS:,} columns")
    page = book.workbook.add_worksheet(name)
    widths = _widths(sheet)
    for number, width in enumerate(widths):
        page.set_column(number, number, width)
    write_text(page, 0, 0, sheet.title[:LONGEST], book.style(bold=True))
    heads = 2 + any(column.group for column in sheet.columns)
    if heads == 3:
        _write_bands(book, page, sheet)
    _write_heads(book, page, heads, sheet, widths)
    row = _write_body(book, page, heads + 1, table, sheet, widths)
    write_rows(page, row + 1, ([note] for note in sheet.notes), [LONGEST], book.style(font_size=9))
    page.freeze_panes(heads + 1, 1)
    set_up_print(page, heads, ceil(sum(widths) / _PAGE))


def _write_bands(book: Book, page: Worksheet, sheet: Printed) -> None:
    style = book.style(italic=True, align="center", bottom=4)
    first = 1
    for group, size in bands([column.group for column in sheet.columns]):
        if size > 1:
            page.merge_range(2, first, 2, first + size - 1, "", style)
        write_text(page, 2, first, group[:LONGEST], style)
        first += size


def _write_heads(book: Book, page: Worksheet, row: int, sheet: Printed, widths: Sequence[int]) -> None:
    look = {"bold": True, "text_wrap": True, "valign": "bottom", "bottom": 1, "top": 1}
    write_text(page, row, 0, sheet.corner[:LONGEST], book.style(**look))
    texts = [f"{column.text} ({column.below})" if column.below else column.text for column in sheet.columns]
    set_height(page, row, [sheet.corner, *texts], [max(6, width - 3) for width in widths])  # bold, broken at blanks
    for number, (text, column) in enumerate(zip(texts, sheet.columns, strict=True), start=1):
        write_text(page, row, number, text[:LONGEST], book.style(**look, align=_side(column)))


def _side(column: Column) -> str:
    return "center" if column.is_number else "left"


def _write_body(book: Book, page: Worksheet, row: int, table: Table, sheet: Printed, widths: Sequence[int]) -> int:
    """The rows; a text longer than a cell goes on in the rows below. Returns the number of the row after the last."""
    group = ""
    for line in sheet.rows:
        if line.group != group:
            write_text(page, row, 0, line.group[:LONGEST], book.style(italic=True))
            row += 1
        group = line.group
        height = 1
        if row >= _MOST_ROWS - 1:
            raise _too_large(f"{_MOST_ROWS:,} rows")
        texts = [cell.text[:LONGEST] for cell in line.cells]
        set_height(page, row, ["  " * line.depth + line.text, *texts], widths)
        write_text(page, row, 0, line.text[:LONGEST], book.style(**_TOP, text_wrap=True, indent=min(line.depth, 15)))
        for number, (cell, column) in enumerate(zip(line.cells, sheet.columns, strict=True), start=1):
            decimals = table.columns[number - 1].decimals
            height = max(height, _write_cell(book, page, (row, number), cell, column, decimals))
        row += height
    return row


def _write_cell(book: Book, page: Worksheet, place: tuple[int, int], cell: Cell, column: Column, decimals: int) -> int:
    """A number with its marks as part of its format, or text; returns how many rows it takes."""
    look = {**_TOP, "align": _side(column), "text_wrap": not column.is_number}
    if isinstance(cell.value, int | float) and isfinite(cell.value):
        shape = book.style(**look, num_format=_number_format(cell, decimals))
        page.write_number(*place, cell.value, shape)
        return 1
    parts = pieces(cell.text + cell.marks)
    for below, part in enumerate(parts):
        write_text(page, place[0] + below, place[1], part, book.style(**look))
    return len(parts)


def _number_format(cell: Cell, decimals: int) -> str:
    """Excel's own way to show a number with something after it: the cell's value stays the raw number."""
    if cell.value == 0 and isinstance(cell.value, int):
        return _quoted(cell.text + cell.marks)
    if cell.text == PRESENT:
        return _quoted(cell.text + cell.marks)
    if isinstance(cell.value, int):
        after = cell.text.removeprefix(str(cell.value)) + cell.marks
        return "0" + (_quoted(after) if after else "")
    digits = "0." + "0" * decimals if decimals else "0"
    return digits + (_quoted(cell.marks) if cell.marks else "")


def _quoted(text: str) -> str:
    return f'"{text}"' if text else '""'


def _widths(sheet: Printed) -> list[int]:
    heads = [sheet.corner, *("  " * row.depth + row.text for row in sheet.rows)]
    widths = [min(44, max(10, *map(longest_line, heads)) + 1)]
    for number, column in enumerate(sheet.columns):
        cells = [row.cells[number].text for row in sheet.rows]
        if column.is_number:
            widest = max([longest_word(column.text), longest_word(column.below), 6, *map(longest_line, cells)])
        else:
            widest = max([longest_line(column.text), 8, *map(longest_line, cells)])
        widths.append(min(_WIDEST, widest + 2))
    return widths


def set_up_print(page: Worksheet, heads: int, across: int = 1) -> None:
    """So many pages wide, on A4 in landscape; rows down to `heads` are repeated, and row heads on several pages."""
    page.set_landscape()
    page.set_paper(9)  # A4
    page.fit_to_pages(across, 0)
    if across > 1:
        page.repeat_columns(0)
    page.repeat_rows(0, heads)
