"""Files written out of a project, the one place that all of them pass.

Nothing that the project did not write itself is written over unasked. What is to be written is scanned for the real
names on the list; a hit stops it. The project remembers what was written. Command line and workbench both write through
here.
"""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import report
from qualcode.errors import InputError, RefusedError
from qualcode.report.said_in import Opened
from qualcode.report.scanning import Scan, stop_names

if TYPE_CHECKING:
    from qualcode.figure import Figure
    from qualcode.paper import Paper
    from qualcode.project import Project
    from qualcode.table import Table


def original_at(project: "Project", paths: Iterable[str | Path]) -> Path | None:
    """The first file that would be written over and that this project does not remember having written; twins too."""
    given = [Path(path) for path in paths]
    twins = [twin for path in given if (twin := report.exact_twin(path))]
    return next((path for path in (*given, *twins) if path.is_file() and not project.has_written(path)), None)


def keep_originals(project: "Project", paths: Iterable[str | Path], is_forced: bool) -> None:
    """Stop before such a file is written over.

    Raises:
        RefusedError: there is one; nothing is written.
    """
    original = None if is_forced else original_at(project, paths)
    if original is not None:
        raise RefusedError(
            "there is such a file already, and this project did not write it",
            where=str(original),
            remedy="It may be an original. Choose another name, or write over it with --force.",
        )


_QUOTING = (".docx", ".html", ".xlsx")
"""Tables in these formats hold the quotations that their cells open to."""


def write_out(
    project: "Project",
    made: object,
    path: Path,
    write: Callable[[], object],
    *,
    documents: Iterable[int] = (),
    scan: Scan | None = None,
) -> Path:
    """Write something to a file, and let the project remember that it was; returns the file.

    Args:
        project: the study.
        made: what is written: a table, figure, paper, transcript, or whatever holds its words.
        path: where to.
        write: does it.
        documents: ids of the documents whose words it holds; none = all.
        scan: how it is looked at; None = for the names on the list.

    Raises:
        RealNamesError: a real name on the list, or in the opened key, stands in it; nothing is written.
    """
    stop_names(project, made, path, scan or Scan())
    write()
    project.record_export(path, documents)
    return path


def export(project: "Project", table: "Table", path: Path, scan: Scan | None = None) -> tuple[Path, ...]:
    """Write a table, and let the project remember that it was, for `forget` to name; returns it and its exact twin.

    Raises:
        RealNamesError: a real name stands in it.
        InputError: tables are not written in that format, or not into that place.
        TroubleError: the disk is full or failing.
    """
    if path.suffix.lower() not in report.SUFFIXES:
        raise InputError(
            f"tables are not written as {path.suffix or 'files without an ending'}",
            where=str(path),
            remedy=f"End the name in one of: {', '.join(report.SUFFIXES)}",
        )
    made = [table, Opened(table)] if path.suffix.lower() in _QUOTING else [table]
    write_out(project, made, path, lambda: report.write(table, path), scan=scan)
    twin = report.exact_twin(path)
    if twin is None:
        return (path,)
    project.record_export(twin)
    return (path, twin)


def export_paper(project: "Project", paper: "Paper", path: Path, scan: Scan | None = None) -> Path:
    """Write a paper, and let the project remember that it was. A web page holds what its numbers open to, too.

    Raises:
        RealNamesError: a real name stands in it.
        InputError: papers are not written in that format, or not into that place.
        TroubleError: the disk is full or failing.
    """
    from qualcode.report.papers import write_paper

    tables = [table for chapter in paper.chapters for table in chapter.tables]
    made = [paper, *map(Opened, tables)] if path.suffix.lower() == ".html" else [paper]
    return write_out(project, made, path, lambda: write_paper(paper, path), scan=scan)


def export_figure(project: "Project", figure: "Figure", path: Path, scan: Scan | None = None) -> str:
    """Draw a figure, and let the project remember that it was; returns what its font has no picture of, or "".

    Raises:
        RealNamesError: a real name stands in it.
        InputError: figures are not drawn in that format, or not into that place.
        TroubleError: the disk is full or failing.
    """
    from qualcode.report.drawing import unwritable, write_figure

    write_out(project, figure, path, lambda: write_figure(figure, path), scan=scan)
    return "" if path.suffix.lower() == ".dot" else unwritable(figure)
