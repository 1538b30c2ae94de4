"""A table as a Word document in the house style of journals: three rules, no vertical lines, no shading.

Below the table stand its notes, then the quotations of every cell that has them.
"""

import io
import zipfile
from datetime import datetime
from typing import cast

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from qualcode.model import Quotation
from qualcode.report.docx_table import add_table, set_style
from qualcode.report.layout import MARGIN, Layout, layout
from qualcode.report.printed import Printed, opened, printed, xml_safe
from qualcode.table import Table
from qualcode.visible import visible_line

_FONT = "Arial"  # on every system by this name or a face of the same widths (Liberation Sans)
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001  the earliest a zip member can have; Word stores no zone
_STYLE_SIZES = {"Caption": 10, "Table text": 9, "Table note": 8, "Quotation": 9.5, "Heading 2": 9.5}


def content(table: Table) -> bytes:
    """The document; the same table gives the same bytes, and no author's name is in it."""
    sheet = printed(table)
    placed = layout(sheet)
    document = docx.Document()
    _set_up(document, placed)
    _properties(document, sheet)
    _paragraph(document, f"Table. {sheet.title}", "Caption").paragraph_format.keep_with_next = True
    add_table(document, sheet, placed)
    for number, note in enumerate(sheet.notes):
        space = Pt(4 if number == 0 else 0)
        _paragraph(document, note, "Table note").paragraph_format.space_before = space
    _quotations(document, table)
    return _with_fixed_dates(document)


def _set_up(document: Document, layout: Layout) -> None:
    section = document.sections[0]
    long, short = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE if layout.is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if layout.is_landscape else (short, long)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(MARGIN)
    for name, points in _STYLE_SIZES.items():
        _style(document, name, layout.points if name == "Table text" else points)
    heading = _style(document, "Heading 1", 12)
    heading.paragraph_format.space_before = Pt(18)
    for name in ("Caption", "Heading 2"):
        _paragraph_style(document, name).font.bold = True
    _paragraph_style(document, "Heading 2").paragraph_format.space_before = Pt(10)
    quotation = _paragraph_style(document, "Quotation").paragraph_format
    quotation.left_indent, quotation.space_after, quotation.widow_control = Mm(6), Pt(7), True


def _style(document: Document, name: str, points: float) -> ParagraphStyle:
    if name not in document.styles:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style = _paragraph_style(document, name)
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(points), name == "Heading 1"
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme's font would win
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), _FONT)
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.space_after = Pt(0 if name == "Table text" else 4)
    style.paragraph_format.line_spacing = 1.0 if name.startswith("Table") else 1.15
    return style


def _paragraph_style(document: Document, name: str) -> ParagraphStyle:
    return cast("ParagraphStyle", document.styles[name])


def _properties(document: Document, sheet: Printed) -> None:
    properties = document.core_properties
    properties.title = xml_safe(sheet.title)[:255]  # python-docx refuses more
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = _EPOCH
    properties.revision = 1
    for element in list(properties._element):  # noqa: SLF001  an empty element still says that a name was kept there
        if not element.text:
            properties._element.remove(element)  # noqa: SLF001


def _paragraph(document: Document, text: str, style: str) -> Paragraph:
    """A paragraph at the end; python-docx's own way there takes longer with every paragraph before it."""
    body = document.element.body
    element = cast("CT_P", OxmlElement("w:p"))
    body[-1].addprevious(element)  # the last child holds the section's page size
    paragraph = Paragraph(element, document)
    set_style(paragraph, style)
    if text:
        paragraph.add_run(xml_safe(text))
    return paragraph


def _quotations(document: Document, table: Table) -> None:
    is_first = True
    for row, column, reading, quotations in opened(table):
        if is_first:
            _paragraph(document, "Quotations", "Heading 1")
        is_first = False
        names = f"{table.rows[row].text} · {table.columns[column].text}"
        _paragraph(document, visible_line(names) + (f": {reading}" if reading else ""), "Heading 2")
        for quotation in quotations:
            _quotation(document, quotation)


def _quotation(document: Document, quotation: Quotation) -> None:
    """One paragraph, so that a page never ends between the question and the words."""
    paragraph = _paragraph(document, "", "Quotation")
    if quotation.before:
        question = paragraph.add_run(xml_safe(quotation.before))
        question.italic = True
        question.add_break()
    label = f" {quotation.label}" if quotation.label else ""
    paragraph.add_run(xml_safe(f"“{quotation.words}” {quotation.citation}{label}"))


def _with_fixed_dates(document: Document) -> bytes:
    """The file's bytes; zip members otherwise carry the clock."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(member))
    return fixed.getvalue()
