"""The memo book as a Word document."""

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.errors import InputError
from qualcode.report.saving import save

if TYPE_CHECKING:
    from qualcode.work.memo_book import MemoBook


def write_memo_book(book: "MemoBook", path: Path) -> Path:
    """Write memos under their headings; the same book, the same bytes.

    Raises:
        InputError: the name does not end in .docx, or the place cannot be written.
        TroubleError: the disk is full or failing.
    """
    if path.suffix.lower() != ".docx":
        raise InputError("a memo book is written as .docx", where=str(path), remedy="End the name in .docx")
    save(path, content(book))
    return path


def content(book: "MemoBook") -> bytes:
    """The document."""
    from docx.shared import Pt

    from qualcode.report.docx_file import add_styles
    from qualcode.report.docx_page import add_paragraph, add_style, empty_document, lay_page, saved
    from qualcode.report.docx_text import add_run
    from qualcode.report.layout import MARGIN
    from qualcode.report.printed import xml_safe

    document = empty_document(book.title)
    add_styles(document)
    add_style(document, "Memo", 10.5).paragraph_format.space_after = Pt(8)
    lay_page(document.sections[0], is_landscape=False, margins=(MARGIN, MARGIN, MARGIN))
    add_paragraph(document, book.title, "Heading 1")
    for name, entries in book.sections:
        add_paragraph(document, name, "Heading 1")
        for entry in entries:
            head = add_paragraph(document, f"{entry.about} · {entry.headline}", "Heading 2")
            head.paragraph_format.keep_with_next = True
            if entry.quoted:
                add_run(add_paragraph(document, "", "Quotation"), xml_safe(entry.quoted), "w:i")
            add_paragraph(document, entry.words, "Memo")
    return saved(document)
