"""Keys typed ahead reach what they were meant for: a key goes to its widget once the one before has done its work.

Textual hands a key to the widget that has the focus when the key arrives, though an earlier key may be about to move
the focus: of `c p 3` typed fast, `3` would set a recent code instead of being written into the line that `c` opens.
"""

import asyncio
from collections import deque
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.message import Message
from textual.widget import Widget

_TURNS = 5
"""Turns of the event loop in which what a widget said of a key arrives."""
_LONGEST = 0.5
"""Seconds in which an action may open what it asks with, and after which a key is given up that nobody told the end
of: its widget has gone."""


class Passed(Message):
    """Follows a key through all widgets on its way: when it is here, the key has been dealt with."""

    def __init__(self, key: events.Key) -> None:
        super().__init__()
        self.key = key


class KeysInOrder(App[None]):
    """An app whose keys work one after the other."""

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._under_way: events.Key | None = None
        self._went_to: Widget | None = None
        self._held: deque[events.Key] = deque()

    def is_turning(self) -> bool:
        """Whether an action is about to ask something: keys must wait for it."""
        return False

    @property
    def key_pressed(self) -> str:
        """The key that is being dealt with, as one calls it; "this" where it stands for something that was chosen."""
        key = self._under_way.key if self._under_way is not None else "enter"
        return {"escape": "esc", "enter": "this"}.get(key, key)

    async def on_event(self, event: events.Event) -> None:
        """Keep a key back while the one before is under way."""
        if not isinstance(event, events.Key):
            await super().on_event(event)
        elif event.is_forwarded:  # it came back: no widget wanted it, and now its action is done
            await super().on_event(event)
            await self._done(event)
        elif self._under_way is None:
            await self._give_on(event)
        else:
            self._held.append(event)
            self._follow(self._under_way)

    async def _give_on(self, key: events.Key) -> None:
        self._under_way = key
        started = monotonic()
        while self.is_turning() and monotonic() - started < _LONGEST:  # noqa: ASYNC110 (nothing tells when it has turned)
            await asyncio.sleep(0)
        self._went_to = self.focused or self.screen
        await super().on_event(key)
        if not key.is_forwarded:  # an action that goes before all widgets has had it
            await self._done(key)

    def _follow(self, key: events.Key) -> None:
        """Learn when a key has been dealt with that a widget may have kept."""
        if self._went_to is None or not self._went_to.post_message(Passed(key)):
            self.call_later(self._done, key)
        self.set_timer(_LONGEST, lambda: self._done(key))

    async def on_passed(self, message: Passed) -> None:
        """The key before has been dealt with, and so has what it made the widget say."""
        for _ in range(_TURNS):
            await asyncio.sleep(0)
        await self._done(message.key)

    async def _done(self, key: events.Key) -> None:
        if key is not self._under_way:
            return
        self._under_way = None
        if self._held:
            await self._give_on(self._held.popleft())
            if self._held and self._under_way is not None:
                self._follow(self._under_way)
