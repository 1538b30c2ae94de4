"""What every Word document of ours is made of: one typeface, our own styles, no author, no clock."""

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
from docx.section import Section
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

from qualcode.report.docx_text import add_run, inside
from qualcode.report.printed import xml_safe

_FONT = "Arial"  # on every system by this name or a face of the same widths (Liberation Sans)
_EPOCH = datetime(1980, 1, 1)  # noqa: DTZ001  the earliest a zip member can have; Word stores no zone


def empty_document(title: str) -> Document:
    """A document with a title among its properties, and nothing else there."""
    document = docx.Document()
    _properties(document, title)
    return document


def lay_page(section: Section, *, is_landscape: bool, margins: tuple[float, float, float]) -> None:
    """An A4 page; margins are left, right, and above and below, in mm."""
    long, short = Mm(297), Mm(210)
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (long, short) if is_landscape else (short, long)
    section.left_margin, section.right_margin = Mm(margins[0]), Mm(margins[1])
    section.top_margin = section.bottom_margin = Mm(margins[2])


def add_style(document: Document, name: str, points: float) -> ParagraphStyle:
    """A paragraph style of this size, black, in our typeface; headings are bold, text in tables stands close."""
    if name not in document.styles:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style = paragraph_style(document, name)
    style.font.name, style.font.size, style.font.bold = _FONT, Pt(points), name == "Heading 1"
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):  # a theme's font would win
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    fonts.set(qn("w:cs"), _FONT)
    style.paragraph_format.space_before = Pt(0)
    style.paragraph_format.space_after = Pt(0 if name.startswith("Table text") else 4)
    style.paragraph_format.line_spacing = 1.0 if name.startswith("Table") else 1.15
    return style


def paragraph_style(document: Document, name: str) -> ParagraphStyle:
    """The style of that name."""
    return cast("ParagraphStyle", document.styles[name])


def _properties(document: Document, title: str) -> None:
    properties = document.core_properties
    properties.title = xml_safe(title)[:255]  # python-docx refuses more
    properties.author = properties.last_modified_by = properties.comments = ""
    properties.created = properties.modified = _EPOCH
    properties.revision = 1
    for element in list(properties._element):  # noqa: SLF001  an empty element still says that a name was kept there
        if not element.text:
            properties._element.remove(element)  # noqa: SLF001


def add_paragraph(document: Document, text: str, style: str) -> Paragraph:
    """A paragraph at the end; python-docx's own way there takes longer with every paragraph before it."""
    body = document.element.body
    element = cast("CT_P", OxmlElement("w:p"))
    body[-1].addprevious(element)  # the last child holds the section's page size
    paragraph = Paragraph(element, document)
    inside(inside(element, "w:pPr"), "w:pStyle", val=style.replace(" ", ""))  # `set_style` on a bare one
    if text:
        add_run(paragraph, xml_safe(text))
    return paragraph


def saved(document: Document) -> bytes:
    """The file's bytes; zip members otherwise carry the clock."""
    written, fixed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            info = zipfile.ZipInfo(member.filename, (1980, 1, 1, 0, 0, 0))
            info.create_system = 3
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, source.read(member))
    return fixed.getvalue()
