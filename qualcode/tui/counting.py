"""Counting in another thread, on a connection of its own, one thing at a time. No Textual in here."""

from collections.abc import Callable
from contextlib import ExitStack
from threading import Lock
from typing import TypeVar

from qualcode.errors import QualcodeError
from qualcode.project import Project
from qualcode.tui.beside import beside

T = TypeVar("T")


class DroppedError(QualcodeError):
    """Nobody waits for the result any more."""

    def __init__(self) -> None:
        super().__init__("what was counted is no longer wanted")


class Counter:
    """What counts for one screen. What it makes may go on reading from its connection until it is closed."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._beside: Project | None = None
        self._stack = ExitStack()
        self._turn = Lock()
        self._is_closed = False

    def run(self, work: Callable[[Project], T], *, is_wanted: Callable[[], bool] = lambda: True) -> T:
        """Count something; for a thread.

        Raises:
            DroppedError: before its turn came it was no longer wanted, or the screen was left.
        """
        with self._turn:
            if self._is_closed or not is_wanted():
                raise DroppedError
            if self._beside is None:
                self._beside = self._stack.enter_context(beside(self._project))
            try:
                return work(self._beside)
            finally:
                if self._is_closed:
                    self._stack.close()

    def close(self) -> None:
        """Let go of the connection, at once or when what is being counted is done."""
        self._is_closed = True
        if self._turn.acquire(blocking=False):
            self._stack.close()
            self._turn.release()
