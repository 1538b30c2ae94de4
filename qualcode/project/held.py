"""Which database files this process has open.

SQLite's locks belong to the process (POSIX): closing any other handle on the file lets go of all of them
(sqlite.org/howtocorrupt.html, 2.2). Another program then takes itself for the last one, draws the write-ahead log in
and removes it, and whatever is written here afterwards is lost. So a file that is open here is never opened to look at
its bytes.
"""

import sqlite3
from collections import Counter
from contextlib import suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qualcode.project.keys import ProjectKey

_Identity = tuple[int, int]

_held: Counter[_Identity] = Counter()
_keys: "dict[_Identity, ProjectKey | None]" = {}
_turn = Lock()


class Counted:
    """What makes a connection one that is counted as long as it is open.

    Attributes:
        key: opens the file; None if it is not encrypted.
    """

    key: "ProjectKey | None" = None
    _file: _Identity | None = None
    _path: Path | None = None

    def hold(self, path: Path, key: "ProjectKey | None") -> None:
        """Count it as one to this file."""
        self.key, self._path = key, path.absolute()
        try:
            self._file = _identity(path)
        except OSError:  # there is no file yet: nobody can look at it either
            return
        with _turn:
            _held[self._file] += 1
            _keys[self._file] = key

    def stands_at(self, path: Path) -> bool:
        """Whether its file is still the one of that name: another program may have put another in its place."""
        try:
            return self._file is None or self._file == _identity(path)
        except OSError:
            return False

    def is_in_place(self) -> bool:
        """Whether its file still stands where it was opened."""
        return self._path is None or self.stands_at(self._path)

    def draw_in(self) -> None:
        """Draw the write-ahead log into a file that was moved: the log lies where the file was.

        SQLite, when it closes a file that was moved, leaves the log behind, and what is in it would be missing from the
        file; over another file of that name it would be replayed.
        """
        run = self.execute  # type: ignore[attr-defined]  # of the connection class beside this one
        patience = run("PRAGMA busy_timeout").fetchone()[0]
        with suppress(sqlite3.Error):
            run("PRAGMA busy_timeout = 1000")  # a screen stands still so long
            run("PRAGMA wal_checkpoint(TRUNCATE)")
        run(f"PRAGMA busy_timeout = {patience}")

    def close(self) -> None:
        """Close it; the last one to a file lets go of it."""
        if self._file is not None and not self.is_in_place():
            self.draw_in()
        super().close()  # type: ignore[misc]  # of the connection class beside this one
        with _turn:
            if self._file is not None:
                _held[self._file] -= 1
                if not _held[self._file]:
                    del _held[self._file], _keys[self._file]
                self._file = None


class Connection(Counted, sqlite3.Connection):
    """A connection to a file that is not encrypted."""


def is_held(path: Path) -> bool:
    """Whether this process has the file open as a database."""
    try:
        with _turn:
            return _held[_identity(path)] > 0
    except OSError:
        return False


def key_held(path: Path) -> "ProjectKey | None":
    """The key of a file that this process has open; None if it is not encrypted, or not open."""
    try:
        with _turn:
            return _keys.get(_identity(path))
    except OSError:
        return None


def _identity(path: Path) -> _Identity:
    there = path.stat()
    return there.st_dev, there.st_ino
