"""A table as a Word document in the house style of journals: three rules, no vertical lines, no shading.

Below the table stand its notes, then the quotations of every cell that has them.
"""

from itertools import groupby
from operator import itemgetter

from docx.document import Document
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from qualcode.model import Quotation
from qualcode.report.docx_page import (
    add_paragraph,
    add_style,
    empty_document,
    lay_page,
    paragraph_style,
    saved,
)
from qualcode.report.docx_table import add_table
from qualcode.report.docx_text import add_run
from qualcode.report.layout import MARGIN, Layout, layout
from qualcode.report.printed import Printed, opened, printed, xml_safe
from qualcode.table import Table
from qualcode.visible import visible_line

_STYLE_SIZES = {
    "Caption": 10,
    "Table text": 9,
    "Table text small": 8,
    "Table note": 8,
    "Quotation": 9.5,
    "Heading 2": 9.5,
}


def content(table: Table) -> bytes:
    """The document; the same table gives the same bytes, and no author's name is in it."""
    sheet = printed(table)
    placed = layout(sheet)
    document = empty_document(sheet.title)
    lay_page(document.sections[0], is_landscape=placed.is_landscape, margins=(MARGIN, MARGIN, MARGIN))
    add_styles(document)
    add_captioned(document, sheet, placed, "Table")
    _quotations(document, table)
    return saved(document)


def add_styles(document: Document) -> None:
    """The styles of captions, tables, notes and quotations."""
    for name, points in _STYLE_SIZES.items():
        add_style(document, name, points)
    add_style(document, "Heading 1", 12).paragraph_format.space_before = Pt(18)
    for name in ("Caption", "Heading 2"):
        paragraph_style(document, name).font.bold = True
    paragraph_style(document, "Heading 2").paragraph_format.space_before = Pt(10)
    quotation = paragraph_style(document, "Quotation").paragraph_format
    quotation.left_indent, quotation.space_after, quotation.widow_control = Mm(6), Pt(7), True


def add_captioned(document: Document, sheet: Printed, placed: Layout, number: str) -> Paragraph:
    """A table with its caption ("Table 3", "Table") above and its notes below; returns the caption."""
    caption = add_paragraph(document, f"{number}. {sheet.title}", "Caption")
    caption.paragraph_format.keep_with_next = True
    add_table(document, sheet, placed)
    for place, note in enumerate(sheet.notes):
        space = Pt(4 if place == 0 else 0)
        add_paragraph(document, note, "Table note").paragraph_format.space_before = space
    return caption


def _quotations(document: Document, table: Table) -> None:
    is_first = True
    for number, cells in groupby(opened(table), key=itemgetter(0)):
        same: dict[tuple[Quotation, ...], list[str]] = {}  # a row's numbers often rest on the same passages
        for _, column, reading, quotations in cells:
            text = visible_line(table.columns[column].text)
            same.setdefault(quotations, []).append(f"{text}: {reading}" if reading else text)
        for quotations, columns in same.items():
            if is_first:
                add_paragraph(document, "Quotations", "Heading 1")
            is_first = False
            add_paragraph(document, f"{visible_line(table.rows[number].text)} · {'; '.join(columns)}", "Heading 2")
            for quotation in quotations:
                _quotation(document, quotation)


def _quotation(document: Document, quotation: Quotation) -> None:
    """One paragraph, so that a page never ends between the question and the words."""
    paragraph = add_paragraph(document, "", "Quotation")
    if quotation.before:
        add_run(paragraph, xml_safe(f"{quotation.before}\n"), "w:i")
    label = f" {quotation.label}" if quotation.label else ""
    add_run(paragraph, xml_safe(f"“{quotation.words}” {quotation.citation}{label}"))
