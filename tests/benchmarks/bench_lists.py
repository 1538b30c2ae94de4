"""Large lists of the workbench: CPU to the first page once the data is there, and CPU a frame (200x60, no terminal)."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

import qualcode
from qualcode.model import Turn
from qualcode.project.segments import NewSegment
from qualcode.report.printed import printed
from qualcode.table import Table
from qualcode.tui.messages import OpenTable
from qualcode.tui.screens.tables import Counted
from tests.benchmarks.bench import Row, Seconds
from tests.benchmarks.bench_screen import _Counting, _cpu, _drawn, started

SIZE = (200, 60)
MECHANISMS, OUTCOMES, CODES = 140, 60, 2_000
DOCUMENTS, LENGTH, SEGMENTS, MEMOS, CLAIMS = 100, 50_000, 50_000, 10_000, 5_000
_WORDS = "Well, I did not think that it would go that way, but she had been there herself. "


def rows() -> list[Row]:
    with TemporaryDirectory() as folder:
        os.environ["QUALCODE_CONFIG"] = folder
        return asyncio.run(_measured(_study(Path(folder) / "large.qualcode")))


def _study(path: Path) -> Path:
    body = (_WORDS * (LENGTH // len(_WORDS) + 1))[:LENGTH]
    turns = [Turn(at, at + 500, at, "INT" if at % 1000 else "P") for at in range(0, LENGTH, 500)]
    with qualcode.new(path, "AK") as project, project.action("furnish"):
        kinds = ["mechanism"] * MECHANISMS + ["process outcome"] * OUTCOMES
        kinds += ["theme"] * (CODES - len(kinds))
        codes = []
        for number, kind in enumerate(kinds):
            parent = f"C{number - number % 20}" if kind == "theme" and number % 20 else None
            codes.append(project.codes.add(f"C{number}", f"Code number {number} of many", kind=kind, parent=parent))
        documents = []
        for number in range(DOCUMENTS):
            person = project.people.add(f"P{number}", case=f"S{number % 10}", roles={"-": "SU"})
            document = project.documents.add(f"D{number:03}", body, turns, parts={"INT": "interviewer"})
            project.documents.set_speaker(document, "P", "participant", person.id)
            documents.append(document.id)
        places = [(documents[n % DOCUMENTS], n // DOCUMENTS * 90 % (LENGTH - 200)) for n in range(SEGMENTS)]
        project.segments.add_many(
            [NewSegment(where, at, at + 80, codes[n % CODES].id) for n, (where, at) in enumerate(places)]
        )
        for n in range(CLAIMS):
            ends = codes[n % MECHANISMS].short, codes[MECHANISMS + n % OUTCOMES].short
            where, at = places[n]
            project.claims.add(where, *ends, span=(at, at + 80))
        segments = project.segments.find()
        for n in range(MEMOS):
            project.memos.add(f"{_WORDS}{n}", segment=segments[n * (len(segments) // MEMOS)].id)
    return path


async def _measured(path: Path) -> list[Row]:
    floor = await _floor()
    found: list[Row] = []
    app = started(path)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        beside = ("a line that changes, CPU", floor)

        def keep(what: str, ours: Seconds) -> None:
            found.append(Row(what, ours, *beside))

        await _settled(pilot, "V")
        keep("50,000 passages read: first page", await _first_page(pilot, app.screen.listing))
        keep("the same: page down", await _cpu(pilot, ["pagedown"] * 10, _drawn(app)))
        keep("the same: row down, its passage in full", await _cpu(pilot, ["down"] * 10, _drawn(app)))
        await _settled(pilot, "escape", "M")
        keep("10,000 memos read: first page", await _first_page(pilot, app.screen.listing))
        keep("the same: page down", await _cpu(pilot, ["pagedown"] * 10, _drawn(app)))
        await _settled(pilot, "escape", "f3")
        await _settled(pilot, "plus")
        keep("2,000 codes: all unfolded", await _cpu(pilot, ["minus", "plus"] * 5, _drawn(app)))
        keep("the same: page down", await _cpu(pilot, ["pagedown"] * 10, _drawn(app)))
        await pilot.press("slash")
        keep("the same: a letter in the filter", await _cpu(pilot, list("number7"), _drawn(app)))
        await _settled(pilot, "escape", "escape", "T")
        app.screen.post_message(OpenTable("change-model"))
        await _settled(pilot)
        keep("matrix of 200 x 60 counted: first page", await _first_page(pilot, _counted(app.screen._table)))
        keep("the same: row down", await _cpu(pilot, ["down"] * 10, _drawn(app)))
        keep("the same: column to the right", await _cpu(pilot, ["right"] * 10, _drawn(app)))
        keep("the same: page down and to the top", await _cpu(pilot, ["pagedown", "g"] * 5, _drawn(app)))
    return found


def _counted(table: Table) -> Counted:
    """What the thread that counts hands over."""
    return Counted(table, printed(table))


async def _floor() -> Seconds:
    app = _Counting()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        return await _cpu(pilot, ["down"] * 20, _drawn(app))


async def _settled(pilot: Any, *keys: str) -> None:
    """Press keys and wait until what they began is there, also what another thread reads."""
    await pilot.press(*keys)
    await pilot.pause()
    await pilot.app.workers.wait_for_complete()
    await pilot.pause()


async def _first_page(pilot: Any, data: Any) -> Seconds:
    """CPU from the data to the frame that shows it, some times over."""
    screen = pilot.app.screen
    show: Callable[[Any], None] = screen._take if isinstance(data, Counted) else screen.show
    drawn, found = _drawn(pilot.app), []
    for _ in range(5):
        before = process_time()
        show(data)
        await drawn()
        found.append(process_time() - before)
    return tuple(found)
