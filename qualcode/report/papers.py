"""A `Paper` as one file: Word, a web page, Markdown, a workbook, LaTeX or JSON. Nothing is computed here.

write_paper(agreement_report(project, found), Path("agreement.docx"))
"""

from importlib import import_module
from pathlib import Path

from qualcode.errors import InputError
from qualcode.paper import Paper

__all__ = ["SUFFIXES", "checked", "write_paper"]

_WRITERS = {
    ".docx": "paper_docx", ".html": "paper_html", ".json": "paper_json", ".md": "paper_markdown", ".tex": "paper_tex",
    ".xlsx": "paper_xlsx",
}  # fmt: skip

SUFFIXES = tuple(_WRITERS)
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
        remedy = f"End the name in one of: {', '.join(SUFFIXES)}"
        raise InputError(what, where=str(path), remedy=_NO_RECTANGLE + remedy if suffix == ".csv" else remedy)
    return suffix


_NO_RECTANGLE = "It has several tables: write each as .csv by its own command (qualcode agreement --out FILE.csv). "


def _content(paper: Paper, suffix: str) -> bytes:
    writer = import_module(f"qualcode.report.{_WRITERS[suffix]}")  # loaded only when something is written so
    made: bytes = writer.content(paper)
    return made
