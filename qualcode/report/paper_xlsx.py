"""A paper as an Excel workbook: contents, its words on one sheet, then a sheet for each table and figure."""

from collections.abc import Iterator

from qualcode.paper import Chapter, Paper
from qualcode.report.pack import shown
from qualcode.report.pack_xlsx import Words, workbook_of


def content(paper: Paper) -> bytes:
    """The workbook; the same paper gives the same bytes. Quotations that cells open to are left out, as in a pack."""
    tables = [table for chapter in paper.chapters for table in chapter.tables]
    figures = [shown(figure) for chapter in paper.chapters for figure in chapter.figures]
    return workbook_of(paper.title, tables, figures, [table.title for table in tables], tuple(_words(paper)))


def _words(paper: Paper) -> Iterator[Words]:
    for chapter in paper.chapters:
        said = _said(chapter)
        if said:
            yield Words(chapter.title, said)


def _said(chapter: Chapter) -> tuple[str, ...]:
    return *chapter.paragraphs, *(f"• {words}" for words in chapter.points)
