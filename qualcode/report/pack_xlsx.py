"""Several tables and figures as one Excel workbook: contents that lead to the sheets, a sheet for each of them."""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qualcode.report.pack import Shown
from qualcode.report.printed import printed, xml_safe
from qualcode.report.xlsx_sheet import LONGEST, Book, add_table, book, write_rows, write_text
from qualcode.table import Table
from qualcode.visible import visible_line

_LONGEST_NAME = 31  # of a sheet
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")


@dataclass(frozen=True, slots=True)
class Words:
    """What stands on the sheet of words: a head, and paragraphs below it."""

    head: str
    paragraphs: tuple[str, ...]


def content(tables: Sequence[Table], figures: Sequence[Shown]) -> bytes:
    """The workbook of a results pack."""
    return workbook_of("Results", tables, figures, [table.name for table in tables])


def workbook_of(
    title: str, tables: Sequence[Table], figures: Sequence[Shown], heads: Sequence[str], words: Sequence[Words] = ()
) -> bytes:
    """The workbook.

    Args:
        title: stands over the contents.
        tables, figures: a sheet each.
        heads: by table what its sheet is called, behind its number.
        words: stand on a sheet of their own behind the contents.
    """
    stream = io.BytesIO()
    workbook = book(stream, title)
    sheets = [printed(table) for table in tables]
    names = [_name(f"{number} {head}") for number, head in enumerate(heads, start=1)]
    names += [f"Figure {number}" for number in range(1, len(figures) + 1)]
    titles = [f"Table {number}. {sheet.title}" for number, sheet in enumerate(sheets, start=1)]
    titles += [f"Figure {number}. {visible_line(figure.title)}" for number, figure in enumerate(figures, start=1)]
    contents = workbook.workbook.add_worksheet("contents")
    contents.set_column(0, 0, 100)
    write_text(contents, 0, 0, visible_line(title), workbook.style(bold=True))
    if words:
        _add_words(workbook, words)
    leading = [("words", "Words")] * bool(words) + list(zip(names, titles, strict=True))
    for row, (name, text) in enumerate(leading, start=1):
        contents.write_url(row, 0, f"internal:'{name}'!A1", None, xml_safe(text)[:LONGEST])
    for name, caption, table, sheet in zip(names, titles, tables, sheets, strict=False):
        add_table(workbook, name, table, replace(sheet, title=caption))
    for name, caption, figure in zip(names[len(tables) :], titles[len(tables) :], figures, strict=True):
        page = workbook.workbook.add_worksheet(name)
        write_text(page, 0, 0, caption[:LONGEST], workbook.style(bold=True))
        write_text(page, 1, 0, visible_line(figure.caption)[:LONGEST])
        page.fit_to_pages(1, 1)
        page.set_landscape()
        page.set_paper(9)  # A4
        described = {"image_data": io.BytesIO(figure.data), "description": xml_safe(visible_line(figure.words))}
        page.insert_image(3, 0, f"{name}.png", described)
    workbook.workbook.close()
    return stream.getvalue()


def _add_words(workbook: Book, words: Sequence[Words]) -> None:
    page = workbook.workbook.add_worksheet("words")
    page.set_column(0, 0, 100)
    plain, bold = workbook.style(text_wrap=True, valign="top"), workbook.style(bold=True)
    row = 0
    for each in words:
        write_text(page, row, 0, visible_line(each.head)[:LONGEST], bold)
        row = write_rows(page, row + 1, ([visible_line(one)] for one in each.paragraphs), [100], plain) + 1


def _name(text: str) -> str:
    return xml_safe(_NOT_IN_NAMES.sub(" ", visible_line(text)))[:_LONGEST_NAME].strip()
