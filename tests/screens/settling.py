"""Waiting until the screen has nothing left to do.

Textual's Pilot waits until the process has been idle for twenty milliseconds, twice a key. That is slow, and on a busy
machine it is a guess. Here the event loop itself is asked.
"""

import asyncio
from typing import Any

import textual.app
import textual.pilot
import textual.screen

_LONGEST = 1.0
"""Seconds after which it is not waited any longer, as Pilot does: something may be meant to go on."""
_SOON = 0.03
"""Seconds: a timer that rings within them is waited for."""
_FRAME = 0.001
"""Seconds after which what has changed is drawn, where Textual takes a sixtieth: nobody watches."""
_TURNS = 3
"""Turns of the loop in which nothing may have become ready."""


async def settled(*_: float) -> None:
    """Return once no callback is ready, no thread at work and no timer about to ring."""
    loop: Any = asyncio.get_running_loop()
    until = loop.time() + _LONGEST
    quiet = 0
    while quiet < _TURNS and loop.time() < until:
        await asyncio.sleep(0)
        if loop._ready:
            quiet = 0
        elif _is_at_work(loop) or _rings_soon(loop):
            quiet = 0
            await asyncio.sleep(0.001)
        else:
            quiet += 1


def _is_at_work(loop: Any) -> bool:
    pool = loop._default_executor
    return pool is not None and pool._idle_semaphore._value < len(pool._threads)


def _rings_soon(loop: Any) -> bool:
    soon = loop.time() + _SOON
    return any(each.when() < soon and not each.cancelled() for each in loop._scheduled)


def settle_by_the_loop() -> None:
    """Let every wait of a Pilot be one of these."""
    textual.app.wait_for_idle = settled  # type: ignore[attr-defined]
    textual.pilot.wait_for_idle = settled  # type: ignore[attr-defined]
    textual.screen.UPDATE_PERIOD = _FRAME  # type: ignore[misc]
