"""A paper as a Word document: chapters with tables and figures, a page lying on its side where a table needs it."""

from collections.abc import Sequence
from itertools import count

from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.shared import Pt

from qualcode.figure import Figure
from qualcode.paper import Paper
from qualcode.report.docx_file import add_captioned, add_styles
from qualcode.report.docx_page import add_paragraph, add_style, empty_document, lay_page, paragraph_style, saved
from qualcode.report.layout import MARGIN, Layout, parts
from qualcode.report.pack import shown
from qualcode.report.pack_docx import add_figure
from qualcode.report.printed import Printed, printed
from qualcode.visible import visible_line


def content(paper: Paper) -> bytes:
    """The document; the same paper gives the same bytes."""
    document = empty_document(visible_line(paper.title))
    add_styles(document)
    _style(document)
    page = _Pages(document)
    tables, figures = count(1), count(1)
    add_paragraph(document, visible_line(paper.title), "Report title")
    for chapter in paper.chapters:
        placed = [parts(printed(table)) for table in chapter.tables]
        page.turn(is_landscape=bool(placed) and _lies(placed[0]))
        add_paragraph(document, visible_line(chapter.title), "Heading 1").paragraph_format.keep_with_next = True
        for words in chapter.paragraphs:
            add_paragraph(document, visible_line(words), "Body")
        for each in placed:
            page.turn(is_landscape=_lies(each))
            add_captioned(document, each, f"Table {next(tables)}")
        for figure in chapter.figures:
            _add_figure(document, page, figure, next(figures))
        for words in chapter.points:
            add_paragraph(document, f"• {visible_line(words)}", "Body")
    return saved(document)


def _style(document: Document) -> None:
    add_style(document, "Body", 9.5)
    add_style(document, "Contents", 10)
    add_style(document, "Report title", 15).font.bold = True
    before = paragraph_style(document, "Caption").paragraph_format
    before.space_before, before.keep_with_next = Pt(10), True


def _lies(placed: Sequence[tuple[Printed, Layout]]) -> bool:
    """Whether a table needs a page on its side."""
    return placed[0][1].is_landscape


class _Pages:
    """Upright pages and pages on their side: a new one begins where the next thing needs the other."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._is_landscape: bool | None = None

    def turn(self, *, is_landscape: bool) -> None:
        """Go on as is, or on a new page where it lies otherwise."""
        if is_landscape != self._is_landscape:
            if self._is_landscape is not None:
                self._document.add_section(WD_SECTION.NEW_PAGE)
            self.lay(is_landscape=is_landscape)

    def lay(self, *, is_landscape: bool) -> None:
        """The present section's page."""
        lay_page(self._document.sections[-1], is_landscape=is_landscape, margins=(MARGIN, MARGIN, MARGIN))
        self._is_landscape = is_landscape


def _add_figure(document: Document, page: _Pages, figure: Figure, number: int) -> None:
    document.add_section(WD_SECTION.NEW_PAGE)
    ready = shown(figure)
    page.lay(is_landscape=add_figure(document, ready))
    caption = add_paragraph(document, f"Figure {number}. {visible_line(ready.title)}", "Caption")
    caption.paragraph_format.keep_with_next = bool(ready.caption)
    if ready.caption:
        add_paragraph(document, visible_line(ready.caption), "Table note")
