"""Waiting until the screen has nothing left to do.

Textual's Pilot waits until the process has been idle for twenty milliseconds, twice a key. That is slow, and on a busy
machine it is a guess. Here the event loop itself is asked. And a frame is drawn when something has been done and all is
settled, not after each of several keys: half of the screen tests' time went into frames that nobody looked at.
"""

import asyncio
from typing import Any

import textual.app
import textual.pilot
import textual.screen
from textual.app import App
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet
from textual.screen import Screen

_LONGEST = 60.0
"""Seconds after which even a busy loop is not waited for any longer."""
_LOOKS = 1000
"""How often it is looked whether threads and timers have done, a millisecond apart: then something may be meant to go
on. A thread that works holds these looks up, and so has more time, as has everything on a busy machine."""
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
    quiet = looks = 0
    while quiet < _TURNS and looks < _LOOKS and loop.time() < until:
        await asyncio.sleep(0)
        quiet += 1
        if loop._ready:
            quiet = 0
        elif _is_at_work(loop) or _rings_soon(loop):
            quiet = 0
            looks += 1
            await asyncio.sleep(0.001)


def _is_at_work(loop: Any) -> bool:
    pool = loop._default_executor
    return pool is not None and pool._idle_semaphore._value < len(pool._threads)


def _rings_soon(loop: Any) -> bool:
    soon = loop.time() + _SOON
    return any(each.when() < soon and not each.cancelled() for each in loop._scheduled)


_drawn_now = Screen._compositor_refresh


def draw(app: App[Any]) -> None:
    """Draw what has changed since it was last drawn."""
    _drawn_now(app.screen)


def _drawn_later(screen: Screen[Any]) -> None:
    """What has changed is marked already: `draw` draws it, as a terminal shows one frame for keys typed fast."""
    if screen is not screen.app.screen:
        _drawn_now(screen)
        return
    screen._dirty_widgets.clear()
    screen.app._update_mouse_over(screen)


_parsed_anew = Stylesheet._parse_rules


def _parsed_once(stylesheet: Stylesheet, *source: Any, **named: Any) -> list[RuleSet]:
    """Rules that some workbench before has read with the same variables need not be parsed again."""
    theme = frozenset(stylesheet._variables.items())
    key = (theme, source, frozenset(named.items()))
    if key not in _rules:
        _rules[key] = _parsed_anew(stylesheet, *source, **named)
    return _rules[key]


_rules: dict[Any, list[RuleSet]] = {}


def settle_by_the_loop() -> None:
    """Let every wait of a Pilot be one of these, draw when we say so, and parse what is the same only once."""
    Stylesheet._parse_rules = _parsed_once  # type: ignore[method-assign]
    Screen._compositor_refresh = _drawn_later  # type: ignore[method-assign]
    textual.app.wait_for_idle = settled  # type: ignore[attr-defined]
    textual.pilot.wait_for_idle = settled  # type: ignore[attr-defined]
    textual.screen.UPDATE_PERIOD = _FRAME  # type: ignore[misc]
