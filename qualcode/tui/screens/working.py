"""`WorkingScreen`: a screen that does long work in a thread, tells how far it is, and stops it when asked."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from threading import Event
from typing import Any, TypeVar

from textual import on
from textual.message import Message

from qualcode.errors import QualcodeError
from qualcode.tui.screens.study_screen import AskingScreen

T = TypeVar("T")
Progress = Callable[[int, int], None]


class StoppedError(QualcodeError):
    """The user stopped it; what was begun is taken back."""

    def __init__(self) -> None:
        super().__init__("stopped: nothing was written")


class WorkingScreen(AskingScreen):
    """A screen with work in a thread, one at a time."""

    @dataclass
    class Step(Message):
        """The work has come one step further."""

        words: str

        def can_replace(self, message: Message) -> bool:
            """Only the newest counts."""
            return isinstance(message, WorkingScreen.Step)

    _stop: Event | None = None

    @property
    def is_working(self) -> bool:
        """Whether something is being done."""
        return self._stop is not None

    def work(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Run something that works in threads; nothing else is begun meanwhile."""
        self.run_worker(self._conversed(coroutine), group="work", exclusive=True)

    async def in_thread(self, function: Callable[[], T]) -> T:
        """Do something in a thread.

        Raises:
            StoppedError: the user stopped it.
        """
        self._stop = Event()
        self.refresh_bindings()
        try:
            return await asyncio.to_thread(function)
        finally:
            self._stop = None
            self.refresh_bindings()

    def progress(self, doing: str, names: Sequence[str]) -> Progress:
        """For the thread: tells each step with the file's name, and ends the work once it was stopped."""
        stop = self._stop

        def tell(number: int, of: int) -> None:
            if stop is not None and stop.is_set():
                raise StoppedError
            name = names[number - 1] if 0 < number <= len(names) else ""
            self.post_message(self.Step(f"{_bar(number, of)} {number} of {of}  {doing} {name}   Escape stops it"))

        return tell

    def stop(self) -> None:
        """Stop the work; what was begun is taken back."""
        if self._stop is not None:
            self._stop.set()
            self.messages.say("Stopping ...")

    def on_unmount(self) -> None:
        """Who leaves the place stops its work."""
        if self._stop is not None:
            self._stop.set()

    @on(Step)
    def _tell_step(self, event: Step) -> None:
        if self.is_working and self._stop and not self._stop.is_set():
            self.messages.say(event.words)


def _bar(number: int, of: int, cells: int = 16) -> str:
    full = cells * number // max(1, of)
    return "█" * full + "░" * (cells - full)
