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
from qualcode.report.layout import MARGIN, layout
from qualcode.report.printed import printed, xml_safe
from qualcode.table import Table
from qualcode.visible import visible_line

_ROOM = (210 - 2 * MARGIN, 297 - 2 * MARGIN - 25)  # mm for a figure: width, and height beside its caption


def content(tables: Sequence[Table], figures: Sequence[tuple[bytes, str]]) -> bytes:
    """The document; figures are image files' bytes and captions."""
    document = empty_document("Results")
    add_styles(document)
    add_style(document, "Contents", 10)
    sheets = [printed(table) for table in tables]
    captions = [visible_line(caption) for _, caption in figures]
    _lay(document, is_landscape=False)
    add_paragraph(document, "Results", "Heading 1")
    for number, sheet in enumerate(sheets, start=1):
        _add_link(document, f"table{number}", f"Table {number}. {sheet.title}")
    for number, caption in enumerate(captions, start=1):
        _add_link(document, f"figure{number}", f"Figure {number}. {caption}")
    for number, sheet in enumerate(sheets, start=1):
        placed = layout(sheet)
        document.add_section(WD_SECTION.NEW_PAGE)
        _lay(document, is_landscape=placed.is_landscape)
        _add_place(add_captioned(document, sheet, placed, f"Table {number}"), f"table{number}", number)
    for number, ((data, _), caption) in enumerate(zip(figures, captions, strict=True), start=1):
        document.add_section(WD_SECTION.NEW_PAGE)
        _lay(document, is_landscape=False)
        _add_figure(document, data, caption)
        place = add_paragraph(document, f"Figure {number}. {caption}", "Caption")
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


def _add_figure(document: Document, data: bytes, caption: str) -> None:
    """As large as the page allows; its caption is what a screen reader says of it."""
    paragraph = add_paragraph(document, "", "Contents")
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(data))
    scale = min(Mm(_ROOM[0]) / shape.width, Mm(_ROOM[1]) / shape.height)
    shape.width, shape.height = Emu(int(shape.width * scale)), Emu(int(shape.height * scale))
    shape._inline.docPr.set("descr", xml_safe(caption))  # noqa: SLF001
