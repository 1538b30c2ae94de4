"""Writing tables, figures and packs to files, as the command line does: what this project did not write is kept."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from qualcode.errors import RealNamesError
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.visible import counted

if TYPE_CHECKING:
    from qualcode.figure import Figure
    from qualcode.project import Project
    from qualcode.project.citations import Style
    from qualcode.report.scanning import Scan
    from qualcode.table import Table
    from qualcode.tui.counting import Counter

T = TypeVar("T")

CITED = "cited for publication: person and role, nobody who is marked quote = no"
"""What is said where passages are not cited as the team does."""


def other_style(style: "Style") -> "Style":
    """For publication, or as the team does."""
    return "team" if style == "publication" else "publication"


def _tell_written(screen: StudyScreen, told: str, tables: "Iterable[Table]") -> None:
    """Tell what was written; before it, what of it is not for publication."""
    from qualcode.analysis.citing import warnings

    warned = [f"{table.name}: {each}" for table in tables for each in warnings(table)]
    if warned:
        screen.messages.warn(f"{' '.join(warned)} {told}")
    else:
        screen.messages.say(told)


async def export_table(screen: StudyScreen, table: "Table") -> None:
    """Ask where to, and write exactly what is shown."""
    from qualcode.report.exporting import export

    path = await asked_path(screen, "Write to (.docx .xlsx .html .csv .md .tex .json)", f"{table.name}.docx")
    if path is not None:
        files = await written(screen, lambda scan: export(screen.study.project, table, path, scan))
        if files is not None:
            _tell_written(screen, f"Written: {' and '.join(str(each) for each in files)}", [table])


async def export_figure(
    screen: StudyScreen, counter: "Counter", name: str, make: "Callable[[Project], Figure]"
) -> None:
    """Ask where to, and draw it in the counter's thread."""
    from qualcode.report.exporting import export_figure as draw

    path = await asked_path(screen, "Draw to (.svg .pdf .png .dot)", f"{name}.svg")
    if path is None:
        return
    screen.messages.say(f"drawing {path.name} …")

    tables: list[Table] = []

    def drawn(scan: "Scan") -> Awaitable[str]:
        def made_and_drawn(project: "Project") -> str:
            figure = make(project)
            tables[:] = [figure.table]
            return draw(project, figure, path, scan)

        return apart(screen, counter, made_and_drawn)

    lacking = await written_apart(screen, drawn)
    if lacking is not None:
        lost = f"   The font has no picture of {lacking}." if lacking else ""
        _tell_written(screen, f"Drawn: {path}{lost}", tables)


async def export_pack(screen: StudyScreen, counter: "Counter", style: "Style" = "team") -> None:
    """Ask where to, and write all tables and figures that can be made into one file."""
    from qualcode.analysis.offered import everything
    from qualcode.report.exporting import write_out
    from qualcode.report.pack import checked, write_pack

    path = await asked_path(screen, "Write the results pack to (.docx .xlsx)", "results.docx")
    if path is None:
        return
    checked(path)
    left_out: list[str] = []
    written_so: list[Table] = []

    def begun(what: str) -> None:
        screen.app.call_from_thread(_tell, screen, f"{path.name}: {what} …")

    def packed(scan: "Scan") -> Awaitable[tuple[int, int]]:
        def write(project: "Project") -> tuple[int, int]:
            left_out.clear()
            tables, figures = everything(project.cited(style), None, left_out.append, begun)
            written_so[:] = tables
            begun("writing")
            write_out(project, [tables, figures], path, lambda: write_pack(tables, figures, path), scan=scan)
            return len(tables), len(figures)

        return apart(screen, counter, write)

    made = await written_apart(screen, packed)
    if made is not None:
        inside = f"{counted(made[0], 'table')}, {counted(made[1], 'figure')}"
        lacking = f" Left out: {'; '.join(left_out)}." if left_out else ""
        _tell_written(screen, f"Written: {path}   {inside}.{lacking}", written_so)


def _tell(screen: StudyScreen, words: str) -> None:
    if screen.is_here:
        screen.messages.say(words)


async def apart(screen: StudyScreen, counter: "Counter", work: "Callable[[Project], T]") -> T:
    """Do something in the counter's thread; what its project announces is told on the screen.

    Raises:
        QualcodeError: as the work does.
    """
    heard: list[str] = []

    def working(project: "Project") -> T:
        usual, project.store.announce = project.store.announce, heard.append
        try:
            return work(project)
        finally:
            project.store.announce = usual

    try:
        return await asyncio.to_thread(counter.run, working)
    finally:
        for each in heard:
            screen.study.project.store.announce(each)


async def written(screen: StudyScreen, write: "Callable[[Scan], T]") -> "T | None":
    """Write something small at once; see `written_apart`."""

    async def at_once(scan: "Scan") -> T:
        return write(scan)

    return await written_apart(screen, at_once)


async def written_apart(screen: StudyScreen, write: "Callable[[Scan], Awaitable[T]]") -> "T | None":
    """Write something; where real names on the list stand in it that is asked about, and None if nothing was written.

    Args:
        screen: asks, and tells where nothing is scanned.
        write: does it through `report.exporting`, looked at in that way.
    """
    from qualcode.report.scanning import Scan

    try:
        return await write(Scan(proposing="& proposes others"))
    except RealNamesError as error:
        changing = _changing(error)
        screen.messages.warn(f"{_held(error)}: {' · '.join(error.first[:2])}. {changing}")
    choices = {"n": "write nothing", "i": "write it with the names: people can be told from it"}
    if await screen.ask_key("Real names stand in it", choices) != "i":
        screen.messages.say(f"Nothing was written, since real names stand in it. {changing}")
        return None
    return await write(Scan(is_identifiable=True))


_KEYS: Mapping[str, str] = {
    "text of": "&, R", "document": "D, r", "person": "P, r", "case": "P, Tab, r", "wave": "D, w",
    "attribute": "P, a", "code": "F3", "memo": "M, e",
}  # fmt: skip
"""By which keys each sort of thing is changed that holds a name; the rest by commands alone."""


def _held(error: RealNamesError) -> str:
    return f"{counted(error.count, 'place')} of it {'holds a real name' if error.count == 1 else 'hold real names'}"


def _changing(error: RealNamesError) -> str:
    """What in the project holds the names, with the keys that change it."""
    told = [f"{what} ({_KEYS[sort]})" if sort in _KEYS else what for sort, what in error.standing.items()]
    return f"To change: {', '.join(told)}." if told else "Call it otherwise."


async def asked_path(screen: StudyScreen, question: str, proposed: str) -> Path | None:
    """The place typed; what stands there already and is not the project's own is replaced only if one says so."""
    from qualcode.report.exporting import original_at

    typed = await screen.ask_line(question, str(Path.cwd() / proposed))
    if not typed:
        return None
    path = _meant(typed)
    original = original_at(screen.study.project, [path])
    if original is not None:
        question = f"{original} is there already, and this project did not write it. It may be an original."
        if await screen.ask_key(question, {"n": "another name", "r": "replace it"}) != "r":
            return None
    return path


def _meant(typed: str) -> Path:
    return Path(typed).expanduser().absolute()
