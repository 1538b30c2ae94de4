"""Files written out of a project: nothing that it did not write itself is written over unasked, and it remembers them.

The command line and the workbench both write through here.
"""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import report
from qualcode.errors import InputError, RefusedError

if TYPE_CHECKING:
    from qualcode.figure import Figure
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


def export(project: "Project", table: "Table", path: Path) -> tuple[Path, ...]:
    """Write a table, and let the project remember that it was, for `forget` to name; returns it and its exact twin.

    Raises:
        InputError: tables are not written in that format, or not into that place.
        TroubleError: the disk is full or failing.
    """
    if path.suffix.lower() not in report.SUFFIXES:
        raise InputError(
            f"tables are not written as {path.suffix or 'files without an ending'}",
            where=str(path),
            remedy=f"End the name in one of: {', '.join(report.SUFFIXES)}",
        )
    report.write(table, path)
    twin = report.exact_twin(path)
    written = (path, twin) if twin else (path,)
    for each in written:
        project.record_export(each)
    return written


def export_figure(project: "Project", figure: "Figure", path: Path) -> str:
    """Draw a figure, and let the project remember that it was; returns what its font has no picture of, or "".

    Raises:
        InputError: figures are not drawn in that format, or not into that place.
        TroubleError: the disk is full or failing.
    """
    from qualcode.report.drawing import unwritable, write_figure

    write_figure(figure, path)
    project.record_export(path)
    return "" if path.suffix.lower() == ".dot" else unwritable(figure)
