"""Tables on paper and on the terminal: everything here is a function of a `Table`; nothing is computed.

write(table, Path("matrix.docx"))
print(render(table, width=100))
"""

from collections.abc import Callable
from pathlib import Path

from qualcode.errors import InputError
from qualcode.table import Table

__all__ = ["SUFFIXES", "exact_twin", "render", "write"]


def write(table: Table, path: Path) -> Path:
    """Writes a table to a file in the format of its suffix, and returns the path.

    A `.csv` comes as two files: the rectangle, and beside it its `exact_twin` with what does not fit a
    rectangle (title, notes, units, denominators, marks, evidence). Both are replaced if there.
    The same table gives the same bytes.

    Raises:
        InputError: an unknown suffix, a missing folder, a place that cannot be written.
        TroubleError: the disk is full or failing.
    """
    from qualcode.report.saving import save

    suffix = path.suffix.lower()
    if suffix not in _WRITERS:
        known = ", ".join(SUFFIXES)
        what = f"tables cannot be written as {path.suffix!r}" if suffix else "the file name has no suffix"
        raise InputError(what, where=str(path), remedy=f"End the name in one of: {known}")
    twin = exact_twin(path)
    targets = [twin, path] if twin else [path]
    contents = [_WRITERS[target.suffix.lower()](table) for target in targets]
    for target, content in zip(targets, contents, strict=True):
        save(target, content)
    return path


def exact_twin(path: Path) -> Path | None:
    """The file that `write` puts beside a CSV: `matrix.csv.json`, so that nobody's `matrix.json` is replaced."""
    return path.with_name(f"{path.name}.json") if path.suffix.lower() == ".csv" else None


def render(table: Table, width: int | None = None, colour: bool = False) -> str:
    """The table as text for a terminal; no line is wider than `width` cells (at least 24).

    Args:
        table: any table.
        width: cells; by default the terminal's width, or 100 where there is none.
        colour: with bold and dim lettering; leave it off for files and NO_COLOR.
    """
    from qualcode.report.terminal import rendered, terminal_width

    return rendered(table, terminal_width() if width is None else width, colour=colour)


def _csv(table: Table) -> bytes:
    from qualcode.report import csv_file

    return csv_file.content(table)


def _docx(table: Table) -> bytes:
    from qualcode.report import docx_file

    return docx_file.content(table)


def _html(table: Table) -> bytes:
    from qualcode.report import html_file

    return html_file.content(table)


def _json(table: Table) -> bytes:
    from qualcode.report import json_file

    return json_file.content(table)


def _markdown(table: Table) -> bytes:
    from qualcode.report import markdown_file

    return markdown_file.content(table)


def _tex(table: Table) -> bytes:
    from qualcode.report import tex_file

    return tex_file.content(table)


def _xlsx(table: Table) -> bytes:
    from qualcode.report import xlsx_file

    return xlsx_file.content(table)


_WRITERS: dict[str, Callable[[Table], bytes]] = {
    ".csv": _csv,
    ".docx": _docx,
    ".html": _html,
    ".json": _json,
    ".md": _markdown,
    ".tex": _tex,
    ".xlsx": _xlsx,
}

SUFFIXES = tuple(_WRITERS)
"""The file formats that `write` knows."""
