"""`CountingScreen`: a screen whose numbers are counted in a thread; what was shown stays until they are there."""

import asyncio
from collections.abc import Callable, Coroutine
from functools import partial
from typing import Any, TypeVar, cast

from qualcode.errors import QualcodeError
from qualcode.project import Project
from qualcode.tui.counting import Counter, DroppedError
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink

T = TypeVar("T")

_AT_ONCE = 0.2
"""Seconds for which a key waits for its numbers; longer counting is told, and goes on beside."""
_STILL = 0.05
"""Seconds for which the cursor must rest before more is counted for where it stands."""


class CountingScreen(StudyScreen):
    """A screen that counts."""

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(study, ink)
        self._counter = Counter(study.project)
        self._turn = 0  # how often counting was begun or stopped
        self._is_counting = False

    def on_unmount(self) -> None:
        """Nothing is wanted any more."""
        self._turn += 1
        self._counter.close()

    @property
    def is_counting(self) -> bool:
        """Whether something is being counted."""
        return self._is_counting

    async def count(
        self,
        work: Callable[[Project], T],
        take: Callable[[T], None],
        refused: Callable[[], None] = lambda: None,
        *,
        is_told: bool = True,
    ) -> None:
        """Count in a thread and show it; what is quick is there when this returns.

        Args:
            work: makes what is to be shown, from the project it is given.
            take: shows it.
            refused: called before the trouble is told, where it could not be made.
            is_told: whether it is told that it takes long; nothing is told over the answer to what was just written.
        """
        self._turn += 1
        turn = self._turn
        task = asyncio.ensure_future(asyncio.to_thread(self._counter.run, work, is_wanted=lambda: turn == self._turn))
        self._is_counting = True
        done, _ = await asyncio.wait({task}, timeout=_AT_ONCE)
        if done:
            await self._arrive(turn, task, take, refused, is_told=is_told)
            return
        if is_told:
            self.messages.say("counting …   Escape stops it; what is shown is as it was before")
        self.later(partial(self._arrive, turn, task, take, refused, is_told=is_told), "count")

    async def _arrive(
        self,
        turn: int,
        task: "asyncio.Future[Any]",
        take: Callable[[Any], None],
        refused: Callable[[], None],
        *,
        is_told: bool,
    ) -> None:
        try:
            made = await task
        except QualcodeError as error:
            if turn == self._turn and self.is_here and not isinstance(error, DroppedError):
                self._is_counting = False
                refused()
                self.messages.warn(error)
            return
        if turn != self._turn or not self.is_here:
            return
        self._is_counting = False
        if is_told:
            self.messages.say("")
        take(made)

    def later(self, begin: Callable[[], Coroutine[Any, Any, None]], group: str) -> None:
        """Run something beside; it takes the place of what runs in that group. Nothing is begun that is not run."""
        self.run_worker(cast("Any", begin), group=group, exclusive=True)

    def stop_counting(self) -> bool:
        """Stop waiting for what is being counted; whether there was anything."""
        was = self._is_counting
        self._turn += was
        self._is_counting = False
        return was

    def count_here(self, work: Callable[[Project], T], take: Callable[[T], None]) -> None:
        """Count something small for where the cursor is, once it rests; a further move drops it."""
        turn = self._turn

        async def counted() -> None:
            await asyncio.sleep(_STILL)
            try:
                made = await asyncio.to_thread(self._counter.run, work, is_wanted=lambda: turn == self._turn)
            except DroppedError:
                return
            except QualcodeError as error:
                self.messages.warn(error)
                return
            if turn == self._turn and self.is_here:
                take(made)

        self.later(counted, "here")
