"""A `Paper` as one file: Word, a web page, or Markdown. Nothing is computed here.

write_paper(agreement_report(project, found), Path("agreement.docx"))
"""

from pathlib import Path

from qualcode.errors import InputError
from qualcode.paper import Paper

__all__ = ["SUFFIXES", "checked", "write_paper"]

SUFFIXES = (".docx", ".html", ".md")
"""The file formats of a paper."""


def write_paper(paper: Paper, path: Path) -> Path:
    """Writes a paper to a file in the format of its suffix, and returns the path.

    The same paper gives the same bytes.

    Raises:
        InputError: an unknown suffix, a missing folder, a place that cannot be written.
        TroubleError: the disk is full or failing.
    """
    from qualcode.report.saving import save

    save(path, _content(paper, checked(path)))
    return path


def checked(path: Path) -> str:
    """The path's suffix, in small letters.

    Raises:
        InputError: no paper is written so.
    """
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        what = f"a report is not written as {suffix or 'a file without an ending'}"
        raise InputError(what, where=str(path), remedy=f"End the name in one of: {', '.join(SUFFIXES)}")
    return suffix


def _content(paper: Paper, suffix: str) -> bytes:
    if suffix == ".docx":
        from qualcode.report import paper_docx

        return paper_docx.content(paper)
    if suffix == ".html":
        from qualcode.report import paper_html

        return paper_html.content(paper)
    from qualcode.report import paper_markdown

    return paper_markdown.content(paper)
