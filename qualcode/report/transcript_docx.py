"""A transcript as a Word document: numbered lines, a margin comment for every coded passage; or blank, for pencil."""

from typing import cast

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import CharacterStyle
from docx.text.run import Run

from qualcode.coded_transcript import CodedTranscript, Passage
from qualcode.report.docx_page import add_paragraph, add_style, empty_document, lay_page, paragraph_style, saved
from qualcode.report.docx_text import add_run
from qualcode.report.printed import xml_safe
from qualcode.report.transcript_lines import Line, codes_used, lines_in
from qualcode.visible import visible_line

NUMBERS = "Line number"
"""The character style of everything that is not the transcript's words."""

_TEXT = 19  # mm from the paper's margin to the words: room for 9,999 lines and ¶999
_MARGINS = (15, 25, 20)
_WIDE_MARGINS = (15, 47, 20)  # the right one for pencil; 68 letters of 10 points still fit beside it


def coded(transcript: CodedTranscript) -> bytes:
    """With a comment for each passage, by its coder; the same transcript gives the same bytes."""
    document = _document(transcript, _MARGINS)
    for label, name, count in codes_used(transcript):
        add_paragraph(document, visible_line(f"{label}  {name}  ({count})"), "Face sheet")
    add_paragraph(document, "", "Face sheet")
    runs: dict[int, list[Run]] = {}
    for line in lines_in(transcript):
        _add_line(document, line, runs)
    for place, passage in enumerate(transcript.passages):
        _comment(document, passage, runs[place])
    return saved(document)


def blank(transcript: CodedTranscript) -> bytes:
    """Without codes, with room between the lines and a wide right margin."""
    document = _document(transcript, _WIDE_MARGINS)
    add_paragraph(document, "", "Face sheet")
    paragraph_style(document, "Transcript line").paragraph_format.line_spacing = 1.6
    for line in lines_in(transcript):
        _add_line(document, line, {})
    return saved(document)


def _document(transcript: CodedTranscript, margins: tuple[int, int, int]) -> Document:
    title = visible_line(transcript.title)
    document = empty_document(title)
    lay_page(document.sections[0], is_landscape=False, margins=margins)
    _add_styles(document)
    _footer(document, title)
    add_paragraph(document, title, "Heading 1")
    for head, value in transcript.face_sheet:
        add_paragraph(document, visible_line(f"{head}: {value}"), "Face sheet")
    for note in transcript.notes:
        add_paragraph(document, visible_line(note), "Face sheet")
    return document


def _add_styles(document: Document) -> None:
    add_style(document, "Heading 1", 14)
    add_style(document, "Footer", 8)
    add_style(document, "Face sheet", 9).paragraph_format.space_after = Pt(1)
    layout = add_style(document, "Transcript line", 10).paragraph_format
    layout.space_after = Pt(0)
    layout.left_indent, layout.first_line_indent = Mm(_TEXT), -Mm(_TEXT)
    layout.tab_stops.add_tab_stop(Mm(8), WD_TAB_ALIGNMENT.RIGHT)
    layout.tab_stops.add_tab_stop(Mm(9.5))
    layout.tab_stops.add_tab_stop(Mm(_TEXT))
    numbers = cast("CharacterStyle", document.styles.add_style(NUMBERS, WD_STYLE_TYPE.CHARACTER))
    numbers.font.size, numbers.font.color.rgb = Pt(8), RGBColor(0x59, 0x59, 0x59)


def _footer(document: Document, title: str) -> None:
    """The name and the page's number, for loose sheets."""
    paragraph = document.sections[0].footer.paragraphs[0]
    add_run(paragraph, xml_safe(f"{title} · page "))
    number = paragraph.add_run()
    for kind in ("begin", "", "end"):
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = "PAGE"
        number._r.append(element)  # noqa: SLF001  python-docx knows no fields


def _add_line(document: Document, line: Line, runs: dict[int, list[Run]]) -> None:
    """A paragraph; `runs` gathers the first and the last run of each passage.

    A line is a paragraph, since a line's number stands left of its words even where Word breaks the line again.
    """
    paragraph = add_paragraph(document, "", "Transcript line")
    answer = f"¶{line.answer}" if line.answer else ""
    add_run(paragraph, f"\t{line.number}\t{answer}\t")._r.style = "Linenumber"  # noqa: SLF001  by id: no search
    for piece in line.pieces:
        run = add_run(paragraph, piece.text)
        if piece.is_label:
            run.bold = True
        elif piece.is_asked:
            run.italic = True
        for place in piece.within:
            runs.setdefault(place, [run, run])[1] = run


def _comment(document: Document, passage: Passage, runs: list[Run]) -> None:
    words = [f"{passage.label} {passage.name}".strip(), passage.remarks]
    text = "\n".join(xml_safe(visible_line(each)) for each in words if each)
    coder = xml_safe(visible_line(passage.coder))
    comment = document.add_comment(runs, text, author=coder, initials=coder[:9])  # Word takes nine letters
    del comment._comment_elm.attrib[qn("w:date")]  # noqa: SLF001  python-docx puts the clock there
