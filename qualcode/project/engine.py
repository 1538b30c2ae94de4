"""Connections to database files: the only place that makes them. What is set on them stands in `file.py`."""

import sqlite3
from pathlib import Path
from typing import Literal

from qualcode.project.held import Connection

WAIT = 30.0
"""Seconds that one process waits for another's action to end."""

Mode = Literal["write", "read", "frozen"]
"""Frozen: for reading a file that nobody writes; nothing (-wal, -shm) is left beside it."""

_URI_OF = {"read": "?mode=ro", "frozen": "?mode=ro&immutable=1"}


def connect(path: Path, mode: Mode = "write", wait: float | None = None) -> sqlite3.Connection:
    """A bare connection; transactions are ours to open (`actions.py`), and other threads may use it.

    Args:
        path: the file; made if it is not there and the mode is "write".
        mode: what it is for.
        wait: seconds to wait for another process; `WAIT` if not said.
    """
    is_uri = mode != "write"
    connection = sqlite3.connect(
        path.resolve().as_uri() + _URI_OF[mode] if is_uri else str(path),
        timeout=WAIT if wait is None else wait,
        isolation_level=None,
        uri=is_uri,
        check_same_thread=False,
        factory=Connection,
    )
    connection.hold(path)
    return connection


def in_memory() -> sqlite3.Connection:
    """A connection to a database that is gone when it is closed."""
    return sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
