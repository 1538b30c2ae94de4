"""A results pack as a Word document: contents that lead to the tables and figures, each on a page of its own."""

import io
from collections.abc import Sequence

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Mm
from docx.text.paragraph import Paragraph

from qualcode.report.docx_file import add_captioned, add_styles
from qualcode.report.docx_page import add_paragraph, add_style, empty_document, lay_page, saved
from qualcode.report.layout import MARGIN, parts
from qualcode.report.pack import Shown
from qualcode.report.printed import printed, xml_safe
from qualcode.table import Table
from qualcode.visible import visible_line

_PAGE = 210, 297  # mm
_CAPTION = 25  # mm kept for a figure's caption


def content(tables: Sequence[Table], figures: Sequence[Shown]) -> bytes:
    """The document."""
    document = empty_document("Results")
    add_styles(document)
    add_style(document, "Contents", 10)
    sheets = [printed(table) for table in tables]
    _lay(document, is_landscape=False)
    add_paragraph(document, "Results", "Heading 1")
    for number, sheet in enumerate(sheets, start=1):
        _add_link(document, f"table{number}", f"Table {number}. {sheet.title}")
    for number, figure in enumerate(figures, start=1):
        _add_link(document, f"figure{number}", f"Figure {number}. {visible_line(figure.title)}")
    for number, sheet in enumerate(sheets, start=1):
        placed = parts(sheet)
        document.add_section(WD_SECTION.NEW_PAGE)
        _lay(document, is_landscape=placed[0][1].is_landscape)
        _add_place(add_captioned(document, placed, f"Table {number}"), f"table{number}", number)
    for number, figure in enumerate(figures, start=1):
        document.add_section(WD_SECTION.NEW_PAGE)
        add_figure(document, figure)
        place = add_paragraph(document, f"Figure {number}. {visible_line(figure.title)}", "Caption")
        if figure.caption:
            place.paragraph_format.keep_with_next = True
            add_paragraph(document, visible_line(figure.caption), "Table note")
        _add_place(place, f"figure{number}", len(sheets) + number)
    return saved(document)


def _lay(document: Document, *, is_landscape: bool) -> None:
    lay_page(document.sections[-1], is_landscape=is_landscape, margins=(MARGIN, MARGIN, MARGIN))


def _add_link(document: Document, place: str, text: str) -> None:
    """A line of the contents."""
    paragraph = add_paragraph(document, "", "Contents")
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), place)
    link.append(paragraph.add_run(xml_safe(text))._r)  # noqa: SLF001  python-docx makes no links
    paragraph._p.append(link)  # noqa: SLF001


def _add_place(paragraph: Paragraph, name: str, number: int) -> None:
    """What a line of the contents leads to."""
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    for element in (begin, end):
        element.set(qn("w:id"), str(number))
    begin.set(qn("w:name"), name)
    paragraph._p.append(begin)  # noqa: SLF001
    paragraph._p.append(end)  # noqa: SLF001


def add_figure(document: Document, figure: Shown) -> bool:
    """As large as the page allows, or as it was made; the page lies on its side for what is wider than upright.

    Returns whether it lies on its side.
    """
    paragraph = add_paragraph(document, "", "Contents")
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(figure.data))
    is_landscape = bool(shape.width > shape.height and shape.width > Mm(_PAGE[0] - 2 * MARGIN))
    _lay(document, is_landscape=is_landscape)
    wide, high = _PAGE[::-1] if is_landscape else _PAGE
    scale = min(Mm(wide - 2 * MARGIN) / shape.width, Mm(high - 2 * MARGIN - _CAPTION) / shape.height)
    scale = min(1.0, scale) if figure.is_to_scale else scale
    shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
    shape._inline.docPr.set("descr", xml_safe(visible_line(figure.words)))  # noqa: SLF001
    return is_landscape
