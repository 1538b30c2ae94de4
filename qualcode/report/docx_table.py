"""The table itself in Word: three rules, repeated heads, bands, and a layout that fits the page."""

from math import ceil
from typing import cast

from docx.document import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.text.paragraph import CT_P
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from docx.table import _Cell as WordCell
from docx.table import _Row as WordRow
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from qualcode.report.docx_text import add_run, add_words, inside
from qualcode.report.layout import LETTER, Layout
from qualcode.report.printed import Column, Printed, Row, bands, xml_safe
from qualcode.report.widths import cell_width, longest_line

_INDENT = Mm(3).twips
_TURNED, _TURNED_TWICE = 70.0, 45.0  # millimetres: the most that a head of one and of two turned lines is high
_TWO_LINES = 9.5  # millimetres of a column in which two turned lines stand beside each other
_APART = "50"  # twentieths of a point below a row
_WHOLE = 14  # lines up to which a row stays on one page: to keep taller ones together leaves pages half empty


def set_style(paragraph: Paragraph, name: str) -> None:
    """Gives a paragraph a style by its id: python-docx would search all styles each time (4 ms a paragraph)."""
    paragraph._p.style = name.replace(" ", "")  # noqa: SLF001


def add_table(document: Document, sheet: Printed, layout: Layout) -> None:
    """Adds the table at the document's end."""
    word = document.add_table(rows=0, cols=1 + len(sheet.columns))
    word.alignment = WD_TABLE_ALIGNMENT.LEFT
    word.autofit = False
    _outer_rules(word)
    _narrow_cell_margins(word)
    if any(column.group for column in sheet.columns):
        _band_heads(word, sheet)
    _heads(word, sheet, layout)
    _rule_below(word.rows[-1])
    for column, width in zip(word._tbl.tblGrid.gridCol_lst, layout.widths, strict=True):  # noqa: SLF001
        column.w = Mm(width)
    for heads in word.rows:
        _set_widths(heads, layout)
    group, lines = "", [_lines(row, layout) for row in sheet.rows]
    is_apart = max(lines, default=1) > 1
    for row, height in zip(sheet.rows, lines, strict=True):
        if row.group != group:
            _set_widths(_band(word, row.group), layout)
        group = row.group
        _row(word, row, sheet, layout, is_apart=is_apart, is_whole=height <= _WHOLE)
    if layout.points == 8:
        for paragraph in word._tbl.iter(qn("w:p")):  # noqa: SLF001
            cast("CT_P", paragraph).style = "Tabletextsmall"


def _outer_rules(word: WordTable) -> None:
    borders = _element("w:tblBorders")
    for side in ("top", "bottom"):
        borders.append(_rule(side))
    word._tbl.tblPr.insert_element_before(borders, "w:shd", "w:tblLayout", "w:tblCellMar", "w:tblLook")  # noqa: SLF001


def _rule(side: str) -> BaseOxmlElement:
    return _element(f"w:{side}", val="single", sz="8", space="0", color="000000")  # size in eighths of a point


def _element(name: str, **attributes: str) -> BaseOxmlElement:
    element = cast("BaseOxmlElement", OxmlElement(name))
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element


def _rule_below(row: WordRow) -> None:
    for cell in row._tr.tc_lst:  # noqa: SLF001
        borders = _element("w:tcBorders")
        borders.append(_rule("bottom"))
        successors = ("w:shd", "w:noWrap", "w:tcMar", "w:textDirection", "w:tcFitText", "w:vAlign", "w:hideMark")
        cell.get_or_add_tcPr().insert_element_before(borders, *successors)


def _narrow_cell_margins(word: WordTable) -> None:
    margins = _element("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w="70", type="dxa"))  # twentieths of a point
    word._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001


def _band_heads(word: WordTable, sheet: Printed) -> None:
    row = _repeated_row(word)
    cells = list(row.cells)
    start = 1
    for group, size in bands([column.group for column in sheet.columns]):
        span = cells[start].merge(cells[start + size - 1])
        _write(span, group, WD_ALIGN_PARAGRAPH.CENTER).italic = True
        start += size


def _heads(word: WordTable, sheet: Printed, layout: Layout) -> None:
    row = _repeated_row(word)
    corner, *cells = row.cells
    _write(corner, sheet.corner, WD_ALIGN_PARAGRAPH.LEFT).bold = True
    _at_bottom(corner)
    for cell, column in zip(cells, sheet.columns, strict=True):
        is_turned = layout.is_turned and column.is_number
        _head(cell, column, WD_ALIGN_PARAGRAPH.LEFT if is_turned or not column.is_number else WD_ALIGN_PARAGRAPH.CENTER)
        if is_turned:
            _turn(cell)
        else:
            _at_bottom(cell)
    if layout.is_turned:
        row.height = Mm(_turned_height(sheet, layout))
        row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST


def _turned_height(sheet: Printed, layout: Layout) -> float:
    """Millimetres: a turned head may take two lines where its column is wide enough for them."""
    heights = [0.0]
    for column, width in zip(sheet.columns, layout.widths[1:], strict=True):
        if column.is_number:
            letters = longest_line(column.text) + (len(column.below) + 3 if column.below else 0)
            whole = 5 + letters * layout.points * LETTER
            heights.append(min(_TURNED if width < _TWO_LINES else _TURNED_TWICE, whole))
    return max(heights)


def _repeated_row(word: WordTable) -> WordRow:
    row = _new_row(word)
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(_element(name))
    return row


def _new_row(word: WordTable) -> WordRow:
    row: WordRow = word.add_row()  # type: ignore[no-untyped-call]
    return row


def _head(cell: WordCell, column: Column, side: WD_ALIGN_PARAGRAPH) -> None:
    _write(cell, column.code or column.name, side).bold = True
    paragraph = cell.paragraphs[0]
    if column.code:
        add_run(paragraph, xml_safe(f" {column.name}"))
    if column.below:
        add_run(paragraph, xml_safe(f" ({column.below})".replace("of ", "of\N{NO-BREAK SPACE}")))


def _turn(cell: WordCell) -> None:
    direction = _element("w:textDirection", val="btLr")
    cell._tc.get_or_add_tcPr().insert_element_before(direction, "w:tcFitText", "w:vAlign", "w:hideMark")  # noqa: SLF001
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER  # of a turned line: across the column


def _at_bottom(cell: WordCell) -> None:
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM


def _band(word: WordTable, group: str) -> WordRow:
    line = _new_row(word)
    cells = line.cells
    run = _write(cells[0].merge(cells[-1]), group, WD_ALIGN_PARAGRAPH.LEFT)
    run.italic = True
    paragraph = cells[0].paragraphs[0]
    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_before = Pt(4)
    return line


def _lines(row: Row, layout: Layout) -> int:
    """The printed lines of a row, about."""
    texts = [row.text, *(cell.text for cell in row.cells)]
    letters = [max(1.0, width / (layout.points * LETTER) - 2) for width in layout.widths]
    return max(
        sum(max(1, ceil(cell_width(line) / room)) for line in text.split("\n"))
        for text, room in zip(texts, letters, strict=True)
    )


def _row(word: WordTable, row: Row, sheet: Printed, layout: Layout, *, is_apart: bool, is_whole: bool) -> None:
    """A row of numbers or words, put together from elements: python-docx takes 0.7 ms for each cell, this 0.05.

    Args:
        word: the table.
        row: what stands in it.
        sheet: where it is from.
        layout: the widths.
        is_apart: with room below, where rows of several lines would else run into each other.
        is_whole: on one page.
    """
    line = _element("w:tr")
    properties = inside(line, "w:trPr")
    if is_whole:
        inside(properties, "w:cantSplit")
    head, *widths = (str(Mm(width).twips) for width in layout.widths)
    # hanging, so that a long head's second line stands below its first
    indent = _element("w:ind", left=str(_INDENT * (row.depth + 1)), hanging=str(_INDENT))
    _cell(line, row.text, "left", head).insert(1, indent)
    for width, cell, column in zip(widths, row.cells, sheet.columns, strict=True):
        _cell(line, cell.text + cell.marks, "center" if column.is_number else "left", width)
    if is_apart:
        for paragraph in line.iter(qn("w:pPr")):
            paragraph.insert(1, _element("w:spacing", after=_APART))
    word._tbl.append(line)  # noqa: SLF001


def _cell(line: BaseOxmlElement, text: str, side: str, width: str) -> BaseOxmlElement:
    """Adds a cell of one paragraph to a row's element and returns the paragraph's properties; width in twips."""
    cell = inside(line, "w:tc")
    inside(inside(cell, "w:tcPr"), "w:tcW", type="dxa", w=width)
    paragraph = inside(cell, "w:p")
    properties = inside(paragraph, "w:pPr")
    inside(properties, "w:pStyle", val="Tabletext")
    inside(properties, "w:jc", val=side)
    add_words(paragraph, xml_safe(text))
    return properties


def _write(cell: WordCell, text: str, side: WD_ALIGN_PARAGRAPH) -> Run:
    paragraph = cell.paragraphs[0]
    set_style(paragraph, "Table text")
    paragraph.alignment = side
    return add_run(paragraph, xml_safe(text))


def _set_widths(row: WordRow, layout: Layout) -> None:
    start = 0
    for cell in row._tr.tc_lst:  # noqa: SLF001
        end = start + cell.grid_span
        cell.width = Mm(sum(layout.widths[start:end]))
        start = end
