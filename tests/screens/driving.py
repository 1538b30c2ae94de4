"""The real screen, driven without a terminal: keys, mouse, and what is then to be read on it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.pilot import Pilot

from qualcode.tui.actions import Keymap, actions_of, keys_of
from qualcode.tui.app import Workbench
from qualcode.tui.widgets.message import MessageLine
from qualcode.tui.widgets.reader import Reader
from tests.screens.settling import draw, settle_by_the_loop

settle_by_the_loop()


def on_screen(scenario: Callable[..., Awaitable[None]]) -> Callable[..., None]:
    """A test written as a coroutine."""

    @wraps(scenario)
    def test(*arguments: Any, **named: Any) -> None:
        asyncio.run(scenario(*arguments, **named))

    return test


class Desk:
    """One running workbench."""

    def __init__(self, app: Workbench, pilot: Pilot) -> None:
        self.app = app
        self.pilot = pilot

    async def press(self, *keys: str) -> None:
        """Press keys, one after the other, and let the screen settle."""
        await self.pilot.press(*keys)
        await self.settle()

    async def settle(self) -> None:
        """Wait until nothing more happens, and draw what has changed."""
        await self.pilot.pause()
        draw(self.app)

    async def type(self, words: str) -> None:
        """Type words, letter by letter."""
        names = {" ": "space", ".": "full_stop", ",": "comma"}
        await self.press(*(names.get(letter, letter) for letter in words))

    async def until(self, words: str | Callable[[], bool]) -> None:
        """Wait for words, or for what is to be so, where work apart from the screen brings it; some seconds at most."""
        for _ in range(1000):
            if words in self.text if isinstance(words, str) else words():
                break
            await asyncio.sleep(0.01)
        else:
            raise AssertionError(self.text)
        await self.settle()

    async def click(self, x: int, y: int, **options: Any) -> None:
        """Click a cell of the screen."""
        await self.pilot.click(offset=(x, y), **options)
        await self.settle()

    @property
    def lines(self) -> list[str]:
        """What is to be read, line by line, as plain text."""
        return ["".join(piece.text for piece in strip).rstrip() for strip in self.strips]

    @property
    def strips(self) -> list[list[Segment]]:
        """What is drawn, line by line, in styled pieces."""
        return [list(strip) for strip in self.app.screen._compositor.render_strips()]

    @property
    def reader(self) -> Reader:
        """The open transcript."""
        reading = self.app.reading
        assert reading is not None
        return reading.reader

    @property
    def chosen(self) -> str:
        """The words selected, as the transcript holds them."""
        return self.reader.page.body[slice(*(self.reader.selection or (0, 0)))]

    @property
    def message(self) -> str:
        """What the program answered last."""
        return str(self.app.screen.query_one(MessageLine).content)

    def at(self, words: str) -> tuple[int, int]:
        """The cell at which words begin on the screen, the first of them."""
        for y, line in enumerate(self.lines):
            if words in line:
                return cell_len(line[: line.index(words)]), y
        raise AssertionError(f"{words!r} is not on the screen:\n{self.text}")

    def style_at(self, x: int, y: int) -> Style:
        """The style of one cell."""
        for piece in self.strips[y]:
            x -= cell_len(piece.text)
            if x < 0:
                return piece.style or Style()
        raise AssertionError("there is no such cell")

    def from_cursor(self, characters: int = 12) -> str:
        """The words on the screen from the cursor on, as it is drawn; "" where no cursor is to be seen."""
        cursor = self.app.ink.style("cursor")
        for strip in self.strips:
            for place, piece in enumerate(strip):
                if piece.style and piece.style.bgcolor == cursor.bgcolor and piece.style.color == cursor.color:
                    return "".join(each.text for each in strip[place:])[:characters].rstrip()
        return ""

    async def do(self, name: str, keys: Keymap = "standard") -> None:
        """Press the first key of an action of the reader, of coding or of everywhere."""
        actions = [each for place in ("reader", "coding", "everywhere") for each in actions_of(place)]
        action = next(each for each in actions if each.name == name)
        await self.press(keys_of(action, keys).split(",")[0])

    async def drag(self, start: tuple[int, int], *through: tuple[int, int]) -> None:
        """Press the button at a cell, move through others, let go at the last."""
        await self.pilot.mouse_down(offset=start)
        for each in through:
            await self.pilot.hover(offset=each)
        await self.pilot.mouse_up(offset=through[-1])
        await self.settle()

    @property
    def text(self) -> str:
        """What is to be read."""
        return "\n".join(self.lines)

    def styled(self, words: str) -> list[Any]:
        """The styles of every piece in which words stand."""
        return [piece.style for strip in self.strips for piece in strip if words in piece.text]


@asynccontextmanager
async def workbench(
    project_file: Path, coder: str | None = "AK", size: tuple[int, int] = (120, 40), **options: Any
) -> AsyncIterator[Desk]:
    """The workbench on a project; the settings and places it keeps are the test's own (see conftest)."""
    app = Workbench(project_file, coder, **options)
    async with app.run_test(size=size) as pilot:
        desk = Desk(app, pilot)
        await desk.settle()
        yield desk
