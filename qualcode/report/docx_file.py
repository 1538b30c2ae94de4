"""A table as a Word document in the house style of journals: three rules, no vertical lines, no shading.

Below the table stand its notes, then the quotations of every cell that has them.
"""

import io
import zipfile
from dataclasses import dataclass
from datetime import datetime

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.table import _Row as WordRow
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from qualcode.model import Quotation
from qualcode.report.printed import Column, Printed, Row, bands, opened, printed
from qualcode.report.widths import longest_line, longest_word, shared_room
from qualcode.table import Table
from qualcode.visible import visible_line

_FONT = "Arial"  # on every system by this name or a face of the same widths (Liberation Sans)
_LETTER = 0.19  # mm of an average letter's width for each point of type
_MARGIN = Mm(20)
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001  the earliest a zip member can have; Word stores no zone
_NOT_XML = dict.fromkeys((0xFFFE, 0xFFFF), "�")  # `visible` leaves these two; XML forbids them
_INDENT = Mm(3)
_STYLE_SIZES = {"Caption": 10, "Table text": 9, "Table note": 8, "Quotation": 9.5, "Question": 8.5, "Heading 2": 9.5}


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the table stands on the page: type in points, column widths in mm (row heads first)."""

    is_landscape: bool
    points: int
    widths: tuple[float, ...]
    is_turned: bool


def content(table: Table) -> bytes:
    """The document; the same table gives the same bytes, and no author's name is in it."""
    sheet = printed(table)
    layout = _layout(sheet)
    document = docx.Document()
    _set_up(document, layout)
    _properties(document, sheet)
    _paragraph(document, f"Table. {sheet.title}", "Caption").paragraph_format.keep_with_next = True
    _table(document, sheet, layout)
    for note in sheet.notes:
        _paragraph(document, note, "Table note")
    _quotations(document, table)
    return _with_fixed_dates(document)


def _layout(sheet: Printed) -> _Layout:
    """The first that fits of: upright, landscape, smaller type, heads turned by a quarter."""
    options = [(False, 9, False), (True, 9, False), (True, 8, False), (True, 8, True)]
    for is_landscape, points, is_turned in options:
        room = (297 if is_landscape else 210) - 2 * 20
        narrow, natural = _wanted(sheet, is_turned=is_turned)
        letters = int(room / (points * _LETTER))
        if sum(narrow if is_landscape else natural) <= letters:
            break
    widths = shared_room(narrow, natural, letters)
    scale = min(points * _LETTER, room / sum(widths))
    return _Layout(is_landscape, points, tuple(width * scale for width in widths), is_turned)


def _wanted(sheet: Printed, *, is_turned: bool) -> tuple[list[int], list[int]]:
    """The least and the natural widths in letters: row heads, then each column; two letters are its margins."""
    heads = [sheet.corner, *("   " * row.depth + row.text for row in sheet.rows)]
    natural = [min(36, max(map(longest_line, heads))) + 2]
    narrow = [min(natural[0], 24)]
    for number, column in enumerate(sheet.columns):
        cells = [row.cells[number].text + row.cells[number].marks for row in sheet.rows]
        head = 0 if is_turned and column.is_number else max(longest_word(column.text), longest_word(column.below))
        if column.is_number:
            narrow.append(max([3, head, *map(longest_line, cells)]) + 2)
            natural.append(max(narrow[-1], 8))
        else:
            natural.append(min(44, max(head, longest_line(column.text), *map(longest_line, ["", *cells]))) + 2)
            narrow.append(min(natural[-1], max(head, 20) + 2))
    return narrow, natural


def _set_up(document: Document, layout: _Layout) -> None:
    section = document.sections[0]
    long, short = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE if layout.is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if layout.is_landscape else (short, long)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = _MARGIN
    for name, points in _STYLE_SIZES.items():
        _style(document, name, layout.points if name == "Table text" else points)
    heading = _style(document, "Heading 1", 12)
    heading.paragraph_format.space_before = Pt(18)
    for name in ("Caption", "Heading 2"):
        _paragraph_style(document, name).font.bold = True
    _paragraph_style(document, "Question").font.italic = True
    for name in ("Heading 2", "Question"):
        _paragraph_style(document, name).paragraph_format.keep_with_next = True
    _paragraph_style(document, "Heading 2").paragraph_format.space_before = Pt(10)
    for name in ("Quotation", "Question"):
        _paragraph_style(document, name).paragraph_format.left_indent = Mm(6)


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
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101  the names above are paragraph styles
    return style


def _properties(document: Document, sheet: Printed) -> None:
    properties = document.core_properties
    properties.title = _safe(sheet.title)[:255]  # python-docx refuses more
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = _EPOCH
    properties.revision = 1
    for element in list(properties._element):  # noqa: SLF001  an empty element still says that a name was kept there
        if not element.text:
            properties._element.remove(element)  # noqa: SLF001


def _safe(text: str) -> str:
    return text.translate(_NOT_XML)


def _paragraph(document: Document, text: str, style: str) -> Paragraph:
    return document.add_paragraph(_safe(text), style=style)


def _table(document: Document, sheet: Printed, layout: _Layout) -> None:
    word = document.add_table(rows=0, cols=1 + len(sheet.columns))
    word.alignment = WD_TABLE_ALIGNMENT.LEFT
    word.autofit = False
    _outer_rules(word)
    _narrow_cell_margins(word)
    if any(column.group for column in sheet.columns):
        _band_heads(word, sheet)
    _heads(word, sheet, layout)
    _rule_below(word.rows[-1])
    group = ""
    for row in sheet.rows:
        if row.group != group:
            _band(word, row.group)
        group = row.group
        _row(word, row, sheet)
    _set_widths(word, layout)


def _outer_rules(word: WordTable) -> None:
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom"):
        borders.append(_rule(side))
    word._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")  # noqa: SLF001


def _rule(side: str) -> BaseOxmlElement:
    rule = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", "8"), ("space", "0"), ("color", "000000")):
        rule.set(qn(f"w:{name}"), value)
    return rule


def _rule_below(row: WordRow) -> None:
    for cell in row._tr.tc_lst:  # noqa: SLF001
        borders = OxmlElement("w:tcBorders")
        borders.append(_rule("bottom"))
        successors = ("w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
        cell.get_or_add_tcPr().insert_element_before(borders, *successors)


def _narrow_cell_margins(word: WordTable) -> None:
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "50")  # twentieths of a point
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    word._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001


def _band_heads(word: WordTable, sheet: Printed) -> None:
    row = _repeated_row(word)
    cells = list(row.cells)
    start = 1
    for group, size in bands([column.group for column in sheet.columns]):
        span = cells[start].merge(cells[start + size - 1])
        _write(span, group, WD_ALIGN_PARAGRAPH.CENTER).italic = True
        start += size


def _heads(word: WordTable, sheet: Printed, layout: _Layout) -> None:
    row = _repeated_row(word)
    corner, *cells = row.cells
    _write(corner, sheet.corner, WD_ALIGN_PARAGRAPH.LEFT)
    _at_bottom(corner)
    for cell, column in zip(cells, sheet.columns, strict=True):
        is_turned = layout.is_turned and column.is_number
        _head(cell, column, WD_ALIGN_PARAGRAPH.LEFT if is_turned or not column.is_number else WD_ALIGN_PARAGRAPH.CENTER)
        if is_turned:
            _turn(cell)
        _at_bottom(cell)
    if layout.is_turned:
        longest = max(longest_line(column.text) for column in sheet.columns if column.is_number)
        row.height = Mm(min(45.0, 5 + longest * layout.points * _LETTER))
        row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST


def _repeated_row(word: WordTable) -> WordRow:
    row = word.add_row()
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))
    return row


def _head(cell: WordCell, column: Column, side: WD_ALIGN_PARAGRAPH) -> None:
    _write(cell, column.code or column.name, side).bold = True
    paragraph = cell.paragraphs[0]
    if column.code:
        paragraph.add_run(_safe(f" {column.name}"))
    if column.below:
        paragraph.add_run(_safe(f" ({column.below})"))


def _turn(cell: WordCell) -> None:
    direction = OxmlElement("w:textDirection")
    direction.set(qn("w:val"), "btLr")
    cell._tc.get_or_add_tcPr().insert_element_before(direction, "w:tcFitText", "w:vAlign", "w:hideMark")  # noqa: SLF001


def _at_bottom(cell: WordCell) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM


def _band(word: WordTable, group: str) -> None:
    cells = word.add_row().cells
    run = _write(cells[0].merge(cells[-1]), group, WD_ALIGN_PARAGRAPH.LEFT)
    run.italic = True
    paragraph = cells[0].paragraphs[0]
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(4)


def _row(word: WordTable, row: Row, sheet: Printed) -> None:
    line = word.add_row()
    line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001
    head, *cells = line.cells
    _write(head, row.text, WD_ALIGN_PARAGRAPH.LEFT)
    # hanging, so that a long head's second line stands below its first
    head.paragraphs[0].paragraph_format.left_indent = _INDENT * (row.depth + 1)
    head.paragraphs[0].paragraph_format.first_line_indent = -_INDENT
    for cell, printed_cell, column in zip(cells, row.cells, sheet.columns, strict=True):
        side = WD_ALIGN_PARAGRAPH.CENTER if column.is_number else WD_ALIGN_PARAGRAPH.LEFT
        _write(cell, printed_cell.text + printed_cell.marks, side)


def _write(cell: WordCell, text: str, side: WD_ALIGN_PARAGRAPH) -> Run:
    paragraph = cell.paragraphs[0]
    paragraph.style = "Table text"
    paragraph.alignment = side
    return paragraph.add_run(_safe(text))


def _set_widths(word: WordTable, layout: _Layout) -> None:
    for column, width in zip(word._tbl.tblGrid.gridCol_lst, layout.widths, strict=True):  # noqa: SLF001
        column.w = Mm(width)
    for row in word._tbl.tr_lst:  # noqa: SLF001
        start = 0
        for cell in row.tc_lst:
            end = start + cell.grid_span
            cell.width = Mm(sum(layout.widths[start:end]))
            start = end


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
    if quotation.before:
        _paragraph(document, quotation.before, "Question")
    label = f" {quotation.label}" if quotation.label else ""
    _paragraph(document, f"“{quotation.words}” {quotation.citation}{label}", "Quotation")


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
