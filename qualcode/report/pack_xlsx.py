"""A results pack as an Excel workbook: contents that lead to the sheets, one sheet for each table and figure."""

import io
import re
from collections.abc import Sequence
from dataclasses import replace

from qualcode.report.pack import Shown
from qualcode.report.printed import printed, xml_safe
from qualcode.report.xlsx_sheet import LONGEST, add_table, book, write_text
from qualcode.table import Table
from qualcode.visible import visible_line

_LONGEST_NAME = 31  # of a sheet
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


def content(tables: Sequence[Table], figures: Sequence[Shown]) -> bytes:
    """The workbook."""
    stream = io.BytesIO()
    workbook = book(stream, "Results")
    sheets = [printed(table) for table in tables]
    names = [_name(f"{number} {table.name}") for number, table in enumerate(tables, start=1)]
    names += [f"Figure {number}" for number in range(1, len(figures) + 1)]
    titles = [f"Table {number}. {sheet.title}" for number, sheet in enumerate(sheets, start=1)]
    titles += [f"Figure {number}. {visible_line(figure.title)}" for number, figure in enumerate(figures, start=1)]
    contents = workbook.workbook.add_worksheet("contents")
    contents.set_column(0, 0, 100)
    write_text(contents, 0, 0, "Results", workbook.style(bold=True))
    for row, (name, title) in enumerate(zip(names, titles, strict=True), start=1):
        contents.write_url(row, 0, f"internal:'{name}'!A1", None, xml_safe(title)[:LONGEST])
    for name, title, table, sheet in zip(names, titles, tables, sheets, strict=False):
        add_table(workbook, name, table, replace(sheet, title=title))
    for name, title, figure in zip(names[len(tables) :], titles[len(tables) :], figures, strict=True):
        page = workbook.workbook.add_worksheet(name)
        write_text(page, 0, 0, title[:LONGEST], workbook.style(bold=True))
        write_text(page, 1, 0, visible_line(figure.caption)[:LONGEST])
        page.fit_to_pages(1, 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        described = {"image_data": io.BytesIO(figure.data), "description": xml_safe(visible_line(figure.words))}
        page.insert_image(3, 0, f"{name}.png", described)
    workbook.workbook.close()
    return stream.getvalue()


def _name(text: str) -> str:
    return xml_safe(_NOT_IN_NAMES.sub(" ", visible_line(text)))[:_LONGEST_NAME].strip()
