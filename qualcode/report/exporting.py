"""Files written out of a project, the one place that all of them pass.

Nothing that the project did not write itself is written over unasked. What is to be written is scanned for the real
names on the list; a hit stops it. The project remembers what was written. Command line and workbench both write through
here.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import report
from qualcode.errors import InputError, RealNamesError, RefusedError
from qualcode.project.listed_names import ListedNames, Place
from qualcode.report.said_in import quotations_in, strings_in
from qualcode.visible import counted
from qualcode.work.pseudonymise import listed

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


NOT_SCANNED = "Not scanned for real names: the project has no name list."

_QUOTING = (".docx", ".html", ".xlsx")
"""Tables in these formats hold the quotations that their cells open to."""

_BESIDE = 20
"""So many code points beside a name are shown."""


@dataclass(frozen=True, slots=True)
class Scan:
    """How what is written is looked at.

    Attributes:
        names: looked for beside those on the project's list: an opened key's.
        is_identifiable: whether real names may be written all the same.
        is_told: whether it was said before that nothing is scanned.
    """

    names: ListedNames | None = None
    is_identifiable: bool = False
    is_told: bool = False


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


def stop_names(project: "Project", made: object, path: Path, scan: Scan) -> None:
    """Stop before a real name is written. Without a list and a key it is announced that nothing was scanned.

    Raises:
        RealNamesError: one stands in what would be written, or in the file's name; the first places are told.
    """
    if scan.is_identifiable:
        return
    sought = [each for each in (listed(project), scan.names) if each]
    if not sought:
        if not scan.is_told:
            project.store.announce(NOT_SCANNED)
        return
    codes = [(f"{code.short} {code.name}", code.name) for code in project.codes.all(retired=True)]
    found = [
        (text, place, _is_called(codes, text, place), names.is_a_word_too(place.known))
        for text in (path.name, *strings_in(made))
        for names in sought
        for place in names.places(text)
    ]
    hits = [
        f"{text[max(0, place.start - _BESIDE) : place.start]}[{text[place.start : place.end]}]"
        f"{text[place.end : place.end + _BESIDE]}"
        for text, place, is_called, is_word in found
        if not (is_called and is_word)
    ]
    if hits:
        first = [" ".join(each.split()) for each in dict.fromkeys(hits)][:_SHOWN]
        names_of_codes = dict.fromkeys(
            place.known.name for _, place, is_called, is_word in found if is_called > is_word
        )
        told = [
            f"A code is called so. If the name is a word, too, say it: qualcode names accept {each} --only-capitalised"
            for each in names_of_codes
        ]
        raise RealNamesError(
            f"real names stand in what would be written: {counted(len(hits), 'place')}; nothing was written",
            where=str(path),
            remedy="\n".join(
                [*first, *told, "Replace them: qualcode names replace --all. To write it all the same: --identifiable"]
            ),
            count=len(hits),
            first=tuple(first),
        )


_SHOWN = 5
"""So many of the places are told."""


def _is_called(codes: Iterable[tuple[str, str]], text: str, place: Place) -> bool:
    """Whether what stands there is what a code is called: "P3 Hope" in whatever text, "Hope" as the whole of it."""
    for label, name in codes:
        at = label.find(text[place.start : place.end])
        if text == name or (0 <= at <= place.start and text.startswith(label, place.start - at)):
            return True
    return False


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
    made = [table, quotations_in(table)] if path.suffix.lower() in _QUOTING else [table]
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
    made = [paper, *map(quotations_in, tables)] if path.suffix.lower() == ".html" else [paper]
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
