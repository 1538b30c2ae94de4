"""Which database files this process has open.

SQLite's locks belong to the process (POSIX): closing any other handle on the file lets go of all of them
(sqlite.org/howtocorrupt.html, 2.2). Another program then takes itself for the last one, draws the write-ahead log in
and removes it, and whatever is written here afterwards is lost. So a file that is open here is never opened to look at
its bytes.
"""

import sqlite3
from collections import Counter
from pathlib import Path
from threading import Lock

_held: Counter[tuple[int, int]] = Counter()
_turn = Lock()


class Connection(sqlite3.Connection):
    """A connection that is counted as long as it is open."""

    _file: tuple[int, int] | None = None

    def hold(self, path: Path) -> None:
        """Count it as one to this file."""
        try:
            self._file = _identity(path)
        except OSError:  # there is no file yet: nobody can look at it either
            return
        with _turn:
            _held[self._file] += 1

    def close(self) -> None:
        """Close it; the last one to a file lets go of it."""
        super().close()
        with _turn:
            if self._file is not None:
                _held[self._file] -= 1
                self._file = None


def is_held(path: Path) -> bool:
    """Whether this process has the file open as a database."""
    try:
        with _turn:
            return _held[_identity(path)] > 0
    except OSError:
        return False


def _identity(path: Path) -> tuple[int, int]:
    there = path.stat()
    return there.st_dev, there.st_ino
