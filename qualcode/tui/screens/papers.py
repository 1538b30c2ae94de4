"""Writing the report on agreement, and the minutes of a meeting, to a file: as the command line does."""

import asyncio
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any

from qualcode.tui.screens.exporting import asked_path, written

if TYPE_CHECKING:
    from pathlib import Path

    from qualcode.paper import Paper
    from qualcode.project import Project
    from qualcode.tui.counting import Counter
    from qualcode.tui.screens.study_screen import StudyScreen


async def write_report(screen: "StudyScreen", counter: "Counter", options: dict[str, Any]) -> None:
    """Ask where to, and write everything on a comparison into one document."""
    await _write(
        screen,
        counter,
        "Write the report to (.docx .html .md .xlsx .tex .json)",
        "agreement.docx",
        partial(_report, options),
    )


async def write_minutes(screen: "StudyScreen", counter: "Counter") -> None:
    """Ask of which days where there are several, and where to; write decisions, reasons, rules and what is open."""
    from qualcode.agreement.minutes import days

    found = await asyncio.to_thread(counter.run, days)
    since: date | None = None
    if len(found) > 1:
        key = await screen.ask_key("Minutes of", {"l": f"the last day, {found[0]}", "a": "all that was decided"})
        if key is None:
            return
        since = found[0] if key == "l" else None
    await _write(
        screen,
        counter,
        "Write the minutes to (.docx .html .md .xlsx .tex .json)",
        "minutes.docx",
        partial(_minutes, since),
    )


async def _write(screen: "StudyScreen", counter: "Counter", question: str, proposed: str, make: Any) -> None:
    from qualcode.report.exporting import export_paper
    from qualcode.report.papers import checked

    paper: Paper = await asyncio.to_thread(counter.run, make)
    path: Path | None = await asked_path(screen, question, proposed)
    if path is None:
        return
    checked(path)
    if await written(screen, lambda scan: export_paper(screen.study.project, paper, path, scan)):
        screen.messages.say(f"Written: {path}")


def _report(options: dict[str, Any], project: "Project") -> "Paper":
    from qualcode.agreement.document import agreement_report

    return agreement_report(project, options)


def _minutes(since: date | None, project: "Project") -> "Paper":
    from qualcode.agreement.minutes import minutes

    return minutes(project, since=since)
