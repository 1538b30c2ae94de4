"""Writing a table or a figure to a file, as the command line does: what this project did not write is not replaced."""

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.tui.screens.study_screen import StudyScreen

if TYPE_CHECKING:
    from qualcode.figure import Figure
    from qualcode.table import Table


async def export_table(screen: StudyScreen, table: "Table") -> None:
    """Ask where to, and write exactly what is shown."""
    from qualcode.report.exporting import export

    path = await asked_path(screen, "Write to (.docx .xlsx .html .csv .md .tex .json)", f"{table.name}.docx")
    if path is not None:
        written = export(screen.study.project, table, path)
        screen.messages.say(f"Written: {' and '.join(str(each) for each in written)}")


async def export_figure(screen: StudyScreen, figure: "Figure") -> None:
    """Ask where to, and draw it."""
    from qualcode.report.exporting import export_figure as draw

    path = await asked_path(screen, "Draw to (.svg .pdf .png .dot)", f"{figure.name}.svg")
    if path is not None:
        lacking = draw(screen.study.project, figure, path)
        lost = f"   The font has no picture of {lacking}." if lacking else ""
        screen.messages.say(f"Drawn: {path}{lost}")


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
