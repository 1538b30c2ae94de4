"""What tests of the places around the reader share: where words stand, and waiting for work in threads."""

from pathlib import Path
from threading import Event

from qualcode.model import Turn
from qualcode.project import Project
from qualcode.tui.screens.working import WorkingScreen
from tests.screens.driving import Desk

HOSTILE = ("[b]bold", "[@click=app.quit]x", "\x1b[31mred\x07", "\u202eesrever", "[/]", "x" * 14_000)
"""Names that would do something, were they not data."""


def place_of(desk: Desk, words: str) -> tuple[int, int]:
    """The cell at which words begin, for a click."""
    y = next(y for y, line in enumerate(desk.lines) if words in line)
    return desk.lines[y].index(words), y


async def click_on(desk: Desk, words: str, **options: object) -> None:
    """Click the first place at which words stand."""
    x, y = place_of(desk, words)
    await desk.click(x, y, **options)


async def click_key(desk: Desk, words: str) -> None:
    """Click a key in the footer."""
    await desk.click(desk.lines[-1].index(words), len(desk.lines) - 1)


async def worked(desk: Desk) -> None:
    """Wait until the work in threads has ended and is shown."""
    await desk.app.workers.wait_for_complete([each for each in desk.app.workers if each.group in ("work", "open")])
    await desk.pilot.pause()


async def until(desk: Desk, words: str) -> None:
    """Let the screen settle until words are to be read on it."""
    for _ in range(50):
        if words in desk.text:
            return
        await desk.pilot.pause()
    raise AssertionError(desk.text)


async def fill_in(desk: Desk, words: str) -> None:
    """Put words instead of what stands in the line that asks, and press Enter."""
    desk.app.screen.query_one("AskLine Input").value = words
    await desk.press("enter")


def lay(folder: Path, name: str, text: str) -> Path:
    """A file of text in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def document(project: Project, name: str, words: str = "Well, it was good.") -> None:
    """A document of one answer."""
    body = f"INT: How was it?\nP: {words}\n"
    start = body.index("P: ")
    turns = [Turn(0, start, 5, "INT"), Turn(start, len(body), start + 3, "P")]
    project.documents.add(name, body, turns, parts={"INT": "interviewer"})


def held_at(monkeypatch, doing: str) -> tuple[Event, Event]:
    """Let work that tells it is doing that wait at each step: an event that tells it has begun, one that lets it go on.

    Every wait for the screen lasts a second meanwhile.
    """
    begun, go_on = Event(), Event()
    progress = WorkingScreen.progress

    def held(self, what, names):
        tell = progress(self, what, names)

        def wait(number, of):
            begun.set()
            go_on.wait(20)
            tell(number, of)

        return wait if what == doing else tell

    monkeypatch.setattr(WorkingScreen, "progress", held)
    return begun, go_on
