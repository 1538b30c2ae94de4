"""A table as a Word document in the house style of journals: three rules, no vertical lines, no shading.

Below the table stand its notes, then the quotations of its cells, each once, unless there are very many.
"""

from collections.abc import Sequence
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
from qualcode.report.layout import MARGIN, Layout, parts
from qualcode.report.printed import Printed, Row, opened, printed, xml_safe
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

MOST_QUOTATIONS = 400
"""About forty pages. With more, none are printed: some of them would look like a choice, and nobody made one."""

_TOO_MANY = (
    "{:,} passages stand behind this table: too many to print. In its web page (qualcode table {} --out FILE.html) "
    "each number opens to its own; the numbers of one row or code are few enough with --code, --role or another filter."
)
_WITHOUT_WORDS = frozenset({"none", "person", "document"})


def content(table: Table) -> bytes:
    """The document; the same table gives the same bytes, and no author's name is in it."""
    sheet = printed(table)
    placed = parts(sheet)
    document = empty_document(sheet.title)
    is_landscape = placed[0][1].is_landscape
    lay_page(document.sections[0], is_landscape=is_landscape, margins=(MARGIN, MARGIN, MARGIN))
    add_styles(document)
    add_captioned(document, placed, "Table")
    _quotations(document, table, sheet.rows)
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


def add_captioned(document: Document, placed: Sequence[tuple[Printed, Layout]], number: str) -> Paragraph:
    """A table, whole or in parts, with captions ("Table 3", "Table") above and its notes below all.

    Returns the first caption. Each further part begins a page.
    """
    captions = []
    for part, (sheet, each) in enumerate(placed, start=1):
        which = f" (part {part} of {len(placed)})" if len(placed) > 1 else ""
        caption = add_paragraph(document, f"{number}. {sheet.title}{which}", "Caption")
        caption.paragraph_format.keep_with_next = True
        caption.paragraph_format.page_break_before = part > 1
        captions.append(caption)
        add_table(document, sheet, each)
    for place, note in enumerate(placed[0][0].notes):
        space = Pt(4 if place == 0 else 0)
        add_paragraph(document, note, "Table note").paragraph_format.space_before = space
    return captions[0]


def _quotations(document: Document, table: Table, rows: Sequence[Row]) -> None:
    """Each quotation once, with a number by which later cells name it; none that its own row prints."""
    behind = _behind(table)
    if behind > MOST_QUOTATIONS:
        add_paragraph(document, "Quotations", "Heading 1")
        add_paragraph(document, _TOO_MANY.format(behind, visible_line(table.name)), "Table note")
        return
    numbers: dict[Quotation, int] = {}
    for number, cells in groupby(opened(table), key=itemgetter(0)):
        printed_there = "\n".join(cell.text for cell in rows[number].cells)
        same: dict[tuple[Quotation, ...], list[str]] = {}  # a row's numbers often rest on the same passages
        for _, column, reading, quotations in cells:
            text = visible_line(table.columns[column].text)
            wanted = tuple(each for each in quotations if each.words not in printed_there)
            same.setdefault(wanted, []).append(f"{text}: {reading}" if reading else text)
        same.pop((), None)
        for quotations, columns in same.items():
            if not numbers:
                add_paragraph(document, "Quotations", "Heading 1")
            add_paragraph(document, f"{visible_line(table.rows[number].text)} · {'; '.join(columns)}", "Heading 2")
            known = [numbers[quotation] for quotation in quotations if quotation in numbers]
            for quotation in quotations:
                if quotation not in numbers:
                    numbers[quotation] = len(numbers) + 1
                    _quotation(document, quotation, numbers[quotation])
            if known:
                is_all = len(known) == len(quotations)
                add_paragraph(document, f"{'Above' if is_all else 'And above'}: {_listed(known)}.", "Quotation")


def _behind(table: Table) -> int:
    """How many passages the cells of a table open to, each once."""
    cells = (table.evidence(row.key, column.key) for row in table.rows for column in table.columns)
    return len({(cell.kind, each) for cell in cells if cell.kind not in _WITHOUT_WORDS for each in cell.ids})


def _listed(numbers: Sequence[int]) -> str:
    """Numbers in order, neighbours drawn together: "3, 5–8"."""
    ordered = sorted(numbers)
    runs = [[number for _, number in run] for _, run in groupby(enumerate(ordered), key=lambda each: each[1] - each[0])]
    return ", ".join(f"{run[0]}–{run[-1]}" if len(run) > 2 else ", ".join(map(str, run)) for run in runs)


def _quotation(document: Document, quotation: Quotation, number: int) -> None:
    """One paragraph, so that a page never ends between the question and the words."""
    paragraph = add_paragraph(document, "", "Quotation")
    if quotation.before:
        add_run(paragraph, xml_safe(f"{quotation.before}\n"), "w:i")
    label = f" {quotation.label}" if quotation.label else ""
    add_run(paragraph, xml_safe(f"{number}. “{quotation.words}” {quotation.citation}{label}"))
