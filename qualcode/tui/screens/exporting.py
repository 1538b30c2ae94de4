"""Writing a table or a figure to a file, as the command line does: what this project did not write is not replaced."""

from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from qualcode.errors import RealNamesError
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.visible import counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from qualcode.figure import Figure
    from qualcode.report.exporting import Scan
    from qualcode.table import Table

T = TypeVar("T")


async def export_table(screen: StudyScreen, table: "Table") -> None:
    """Ask where to, and write exactly what is shown."""
    from qualcode.report.exporting import export

    path = await asked_path(screen, "Write to (.docx .xlsx .html .csv .md .tex .json)", f"{table.name}.docx")
    if path is not None:
        files = await written(screen, lambda scan: export(screen.study.project, table, path, scan))
        if files is not None:
            screen.messages.say(f"Written: {' and '.join(str(each) for each in files)}")


async def export_figure(screen: StudyScreen, figure: "Figure") -> None:
    """Ask where to, and draw it."""
    from qualcode.report.exporting import export_figure as draw

    path = await asked_path(screen, "Draw to (.svg .pdf .png .dot)", f"{figure.name}.svg")
    if path is not None:
        lacking = await written(screen, lambda scan: draw(screen.study.project, figure, path, scan))
        if lacking is None:
            return
        lost = f"   The font has no picture of {lacking}." if lacking else ""
        screen.messages.say(f"Drawn: {path}{lost}")


async def written(screen: StudyScreen, write: "Callable[[Scan], T]") -> "T | None":
    """Write something; where real names on the list stand in it that is asked about, and None if nothing was written.

    Args:
        screen: asks, and tells where nothing is scanned.
        write: does it through `report.exporting`, looked at in that way.
    """
    from qualcode.report.exporting import Scan

    try:
        return write(Scan())
    except RealNamesError as error:
        places = (
            f"{counted(error.count, 'place')} of it {'holds a real name' if error.count == 1 else 'hold real names'}"
        )
        screen.messages.warn(f"{places}, among them: {' · '.join(error.first[:2])}. & leads to the names.")
    choices = {"n": "write nothing", "i": "write it with the names: people can be told from it"}
    if await screen.ask_key("Real names stand in it", choices) != "i":
        screen.messages.say("Nothing was written, since real names stand in it. & leads to the names.")
        return None
    return write(Scan(is_identifiable=True))


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
    return Path(typed).expanduser()
