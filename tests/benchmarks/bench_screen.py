"""The workbench: first paint, and CPU a frame while reading, moving, picking, coding (120x40, no terminal)."""

import asyncio
import gc
import os
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from textual.app import App
from textual.screen import Screen
from textual.widgets import Static

import qualcode
from qualcode.model import Turn
from qualcode.project import Project
from qualcode.project.segments import NewSegment
from qualcode.tui.app import Workbench
from tests.benchmarks.bench import Row, Seconds, command, row
from tests.benchmarks.millions import SEGMENTS, fill, furnished, passages

SIZE = (120, 40)
REAL, HUGE = (150_000, 400), (5_000_000, 10_000)
"""Characters and segments of one document."""
MANY = 2_000
"""Codes, and documents, of the large study."""

_SPEECH = "I did not think it would go that way, but she said she had been there, and so I listened to her for once. "


class _Counting(App[None]):
    """The floor: one line that changes with each key."""

    count = 0

    def compose(self):
        yield Static("0", id="count")

    def on_key(self):
        self.count += 1
        self.query_one(Static).update(str(self.count))


def rows() -> list[Row]:
    with TemporaryDirectory() as folder:
        os.environ["QUALCODE_CONFIG"] = folder
        place = Path(folder)
        real, huge = _study(place / "real.qualcode", *REAL), _study(place / "huge.qualcode", *HUGE)
        large = _large(place / "large.qualcode")
        found = [
            row(
                "first paint, 150,000 characters, 400 segments (a process)",
                command(sys.executable, "-m", "tests.benchmarks.first_paint", str(real)),
                "an empty application",
                command(sys.executable, "-m", "tests.benchmarks.first_paint", "empty"),
            ),
            Row(
                "first paint, 5,000,000 characters, 10,000 segments (a process)",
                _times(command(sys.executable, "-m", "tests.benchmarks.first_paint", str(huge)), 3),
            ),
            *asyncio.run(_frames(huge)),
            *asyncio.run(_many(large)),
        ]
        with furnished() as project:
            fill(project, passages(project, SEGMENTS, seed=1))
            found += asyncio.run(_coding(project.path))
        return found


def _times(call: Callable[[], None], runs: int) -> Seconds:
    def seconds() -> float:
        started = perf_counter()
        call()
        return perf_counter() - started

    return tuple(seconds() for _ in range(runs))


def _study(path: Path, length: int, segments: int) -> Path:
    with qualcode.new(path, "AK") as project:
        body = (_SPEECH * (length // len(_SPEECH) + 1))[:length]
        turns = [Turn(at, min(at + 1000, length), at, "INT" if at % 2000 else "P") for at in range(0, length, 1000)]
        codes = _codes(project, 20)
        with project.action("import"):
            document = project.documents.add("D", body, turns, parts={"INT": "interviewer"})
            step = length // segments
            project.segments.add_many(
                [
                    NewSegment(document.id, n * step, min(length, n * step + 50 + n % 400), codes[n % 20])
                    for n in range(segments)
                ]
            )
        _begin_in(path, document)
    return path


def _begin_in(path: Path, document: object) -> None:
    from qualcode.tui.remembered import Remembered
    from qualcode.tui.study import Place

    with qualcode.open(path, "AK") as project:
        Remembered(path).keep(project, Place(document.id, document.length // 2))


def _codes(project: Project, count: int) -> list[int]:
    return [project.codes.add(f"C{n}", f"Code number {n} of many").id for n in range(count)]


def _large(path: Path) -> Path:
    with qualcode.new(path, "AK") as project, project.action("furnish"):
        codes = _codes(project, MANY)
        for number in range(MANY):
            document = project.documents.add(f"D{number:04}", _SPEECH * 20, [Turn(0, 500, 0, "P")])
            project.segments.add_many([NewSegment(document.id, 10, 90, codes[number])])
    return path


# -- frames ----------------------------------------------------------------------------------------------------------


class _Drawing:
    """Adds up the CPU that frames take: rendering the widgets that changed and composing what goes to the terminal."""

    def __init__(self) -> None:
        self.seconds = 0.0
        draw = Screen._on_timer_update

        def timed(screen: Screen) -> None:
            before = process_time()
            draw(screen)
            self.seconds += process_time() - before

        Screen._on_timer_update = timed  # no public hook tells of a frame


_DRAWING = _Drawing()


async def _cpu(pilot, keys: list[str], drawn: Callable[[], Awaitable[None]]) -> Seconds:
    """CPU from each key to its frame: the waiting that a pilot does between keys costs none."""
    return (await _both(pilot, keys, drawn))[0]


async def _both(pilot, keys: list[str], drawn: Callable[[], Awaitable[None]]) -> tuple[Seconds, Seconds]:
    """CPU from each key to its frame, and what of it the frame itself takes."""
    whole, frames = [], []
    for key in keys:
        before, _DRAWING.seconds = process_time(), 0.0
        await pilot.app._press_keys([key])
        await drawn()
        whole.append(process_time() - before)
        frames.append(_DRAWING.seconds)
    return tuple(whole), tuple(frames)


def _drawn(app: App) -> Callable[[], Awaitable[None]]:
    async def wait() -> None:
        done = asyncio.Event()
        app.screen.call_after_refresh(done.set)
        await done.wait()

    return wait


def started(path: Path) -> Workbench:
    """The workbench as a user starts it: its garbage collector passes over what is there at the first picture."""
    gc.collect()
    gc.disable()
    return Workbench(path, "AK")


async def _floor(keys: int) -> tuple[Seconds, Seconds]:
    app = _Counting()
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        return await _both(pilot, ["down"] * keys, _drawn(app))


async def _frames(path: Path) -> list[Row]:
    floor, floor_frames = await _floor(40)
    app = started(path)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        wait = _drawn(app)
        await _cpu(pilot, ["pagedown"] * 5, wait)
        pages, page_frames = await _both(pilot, ["pagedown"] * 40, wait)
        cursor, cursor_frames = await _both(pilot, ["right"] * 40, wait)
        lines, line_frames = await _both(pilot, ["down"] * 20, wait)
        await pilot.press("enter")
        letters = await _cpu(pilot, list("code1"), wait)
    beside, frame = ("a line that changes, CPU", floor), ("a line that changes, its frame", floor_frames)
    return [
        Row("page down in 5,000,000 characters, CPU a frame", page_frames, *frame),
        Row("cursor to the right, CPU a frame", cursor_frames, *frame),
        Row("cursor a line down (the page rolls), CPU a frame", line_frames, *frame),
        Row("page down, CPU from the key", pages, *beside),
        Row("cursor to the right, CPU from the key", cursor, *beside),
        Row("cursor a line down, CPU from the key", lines, *beside),
        Row("a letter in the picker, 20 codes, CPU from the key", letters, *beside),
    ]


async def _many(path: Path) -> list[Row]:
    floor, _ = await _floor(20)
    app = started(path)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        wait = _drawn(app)
        listed = await _cpu(pilot, ["pagedown"] * 20, wait)
        await pilot.press("enter")
        await pilot.pause()
        await pilot.press("enter")
        letters = await _cpu(pilot, list("number7"), wait)
    beside = ("a line that changes, CPU", floor)
    return [
        Row("page down in 2,000 documents, CPU from the key", listed, *beside),
        Row("a letter in the picker, 2,000 codes, CPU from the key", letters, *beside),
    ]


async def _coding(path: Path) -> list[Row]:
    app = started(path)
    async with app.run_test(size=SIZE) as pilot:
        await pilot.pause()
        await pilot.press("enter", "pagedown")
        await pilot.pause()
        screen, wait, found = app.screen, _drawn(app), []
        for _ in range(12):
            screen.reader.action_sentence_on()
            if screen.reader.page.is_asked(screen.reader.cursor):  # as one codes: the interviewer is passed over
                screen.reader.action_sentence_on()
            await pilot.pause()
            before = perf_counter()
            screen.action_recent(1)
            await wait()
            found.append(perf_counter() - before)
    return [Row("code applied, committed and painted, 1,000,000 segments", tuple(found[2:]))]
