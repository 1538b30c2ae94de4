"""A table as an Excel workbook: the table, the quotations that its cells rest on, and the notes."""

import io
from collections.abc import Iterator

from qualcode.report.printed import Printed, opened_once, printed
from qualcode.report.xlsx_sheet import Book, add_table, book, set_up_print, write_rows, write_text
from qualcode.table import Table
from qualcode.visible import visible_line

_QUOTATION_HEADS = (
    ("row", 24),
    ("column", 24),
    ("says", 18),
    ("label", 18),
    ("asked", 40),
    ("words", 70),
    ("citation", 34),
    ("document", 18),
    ("line", 7),
)


def content(table: Table) -> bytes:
    """The workbook; the same table gives the same bytes, and no author's name is in it."""
    sheet = printed(table)
    stream = io.BytesIO()
    workbook = book(stream, sheet.title)
    add_table(workbook, "table", table, sheet)
    _add_quotations(workbook, table, sheet)
    _add_notes(workbook, sheet)
    workbook.workbook.close()
    return stream.getvalue()


def _add_quotations(book: Book, table: Table, sheet: Printed) -> None:
    page = book.workbook.add_worksheet("quotations")
    for column, (head, width) in enumerate(_QUOTATION_HEADS):
        write_text(page, 0, column, head, book.style(bold=True, bottom=1))
        page.set_column(column, column, width)
    end = write_rows(
        page,
        1,
        _quotations(table, sheet),
        [width for _, width in _QUOTATION_HEADS],
        book.style(text_wrap=True, valign="top"),
    )
    page.freeze_panes(1, 0)
    set_up_print(page, 0)
    page.autofilter(0, 0, end - 1, len(_QUOTATION_HEADS) - 1)


def _quotations(table: Table, sheet: Printed) -> Iterator[list[str | int]]:
    """A passage once a row, with the cells that open to it: a row of statistics rests on the same ones throughout."""
    for opening in opened_once(table):
        (each,) = opening.quotations
        place = [visible_line(table.rows[opening.row].text), opening.heads(sheet), opening.says(sheet)]
        yield [*place, each.label, each.before, each.words, each.citation, each.document, each.lines[0]]


def _add_notes(book: Book, sheet: Printed) -> None:
    page = book.workbook.add_worksheet("notes")
    page.set_column(0, 0, 100)
    write_text(page, 0, 0, sheet.title, book.style(bold=True, text_wrap=True))
    write_rows(page, 1, ([note] for note in sheet.notes), [100], book.style(text_wrap=True, valign="top"))
