"""The real screen, driven without a terminal: keys, mouse, and what is then to be read on it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import wraps
from pathlib import Path
from typing import Any

from textual.pilot import Pilot

from qualcode.tui.app import Workbench


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
        await self.pilot.pause()

    async def type(self, words: str) -> None:
        """Type words, letter by letter."""
        names = {" ": "space", ".": "full_stop", ",": "comma"}
        await self.press(*(names.get(letter, letter) for letter in words))

    async def click(self, x: int, y: int, **options: Any) -> None:
        """Click a cell of the screen."""
        await self.pilot.click(offset=(x, y), **options)
        await self.pilot.pause()

    @property
    def lines(self) -> list[str]:
        """What is to be read, line by line, as plain text."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(piece.text for piece in strip).rstrip() for strip in strips]

    @property
    def text(self) -> str:
        """What is to be read."""
        return "\n".join(self.lines)

    def styled(self, words: str) -> list[Any]:
        """The styles of every piece in which words stand."""
        strips = self.app.screen._compositor.render_strips()
        return [piece.style for strip in strips for piece in strip if words in piece.text]


@asynccontextmanager
async def workbench(
    project_file: Path, coder: str | None = "AK", size: tuple[int, int] = (120, 40), **options: Any
) -> AsyncIterator[Desk]:
    """The workbench on a project; the settings and places it keeps are the test's own (see conftest)."""
    app = Workbench(project_file, coder, **options)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Desk(app, pilot)
