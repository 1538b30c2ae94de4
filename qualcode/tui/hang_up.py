"""The window is closed, a connection drops, the machine shuts down: a memo or text half written is kept first."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from qualcode.project.engine import WAIT
from qualcode.tui.widgets.asking import AskText

if TYPE_CHECKING:
    from qualcode.tui.app import Workbench

_WHILE = 0.2
"""Seconds that what is kept has to be written: a few turns of the loop."""


def heed(app: "Workbench") -> None:
    """From now on such an end is heeded; Windows tells nobody of it."""
    if sys.platform != "win32":
        loop = asyncio.get_running_loop()
        loop.add_signal_handler(signal.SIGHUP, _end, app, partial(_leave_at_once, app))
        loop.add_signal_handler(signal.SIGTERM, _end, app, app.exit)


def _end(app: "Workbench", leave: Callable[[], object]) -> None:
    """Keep the words that stand in a box, as its key does: they can be undone; not kept they would be gone."""
    if hasattr(app, "study"):
        app.study.project.store.patience = WAIT  # nobody looks at a screen that stands still
    for screen in app.screen_stack:
        for asked in screen.query(AskText):
            asked.keep_what_was_written()
    app.keep_place()
    asyncio.get_running_loop().call_later(_WHILE, leave)


def _leave_at_once(app: "Workbench") -> None:
    """Textual would wait for a terminal that is not there to be set right."""
    app.on_unmount()
    os._exit(128 + signal.SIGHUP)
