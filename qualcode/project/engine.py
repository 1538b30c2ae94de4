"""Connections to database files: the only place that makes them. What is set on them stands in `file.py`.

A file that is not encrypted is opened by Python's own `sqlite3`, an encrypted one by `sqlcipher3` (the extra
`encrypted`), which has the same methods and, by `sqlcipher.py`, the same errors: no other module need know which of the
two is at work. One process never opens a file by both at once, since their locks do not know of each other.
"""

import sqlite3
from pathlib import Path
from typing import Any, Literal, cast

from qualcode import installing
from qualcode.errors import MissingExtraError
from qualcode.project.held import Connection, Counted
from qualcode.project.keys import ProjectKey, key_of

WAIT = 30.0
"""Seconds that one process waits for another's action to end."""

Mode = Literal["write", "read", "frozen"]
"""Frozen: for reading a file that nobody writes; nothing (-wal, -shm) is left beside it."""

_URI_OF = {"read": "?mode=ro", "frozen": "?mode=ro&immutable=1"}


def connect(
    path: Path, mode: Mode = "write", wait: float | None = None, *, key: ProjectKey | None = None
) -> sqlite3.Connection:
    """A bare connection; transactions are ours to open (`actions.py`), and other threads may use it.

    Args:
        path: the file; made if it is not there and the mode is "write".
        mode: what it is for.
        wait: seconds to wait for another process; `WAIT` if not said.
        key: of an encrypted file, where it cannot tell which: it is empty yet, or the passphrase is on trial.

    Raises:
        LockedError: the file is encrypted, and its passphrase was not given yet.
        MissingExtraError: it is, and what opens it is not installed.
    """
    key = key or key_of(path)
    is_uri = mode != "write"
    connection = _opened(
        path.resolve().as_uri() + _URI_OF[mode] if is_uri else str(path),
        key,
        timeout=WAIT if wait is None else wait,
        uri=is_uri,
    )
    cast("Counted", connection).hold(path, key)
    return connection


def in_memory(key: ProjectKey | None = None) -> sqlite3.Connection:
    """A connection to a database that is gone when it is closed; an encrypted one copies to and from encrypted ones."""
    return _opened(":memory:", key)


def connect_to_export(path: Path, key: ProjectKey | None) -> sqlite3.Connection:
    """A connection of SQLCipher's to a file, encrypted or not: only it writes one kind from the other.

    Nobody in this process may have the file open: its locks would be another library's, and lost with this connection.
    """
    connection = _by_sqlcipher(str(path), key, timeout=1.0)
    cast("Counted", connection).hold(path, key)
    return connection


def key_at(connection: sqlite3.Connection) -> ProjectKey | None:
    """The key of the file that a connection has open; None if it is not encrypted."""
    return cast("Counted", connection).key


def is_in_place(connection: sqlite3.Connection) -> bool:
    """Whether a connection's file still stands where it was opened."""
    return cast("Counted", connection).is_in_place()


def draw_in(connection: sqlite3.Connection) -> None:
    """Write into a connection's file, wherever it stands by now, what waits in the write-ahead log."""
    cast("Counted", connection).draw_in()


def stands_at(connection: sqlite3.Connection, path: Path) -> bool:
    """Whether a connection's file is still the one of that name."""
    return cast("Counted", connection).stands_at(path)


def _opened(name: str, key: ProjectKey | None, **options: Any) -> sqlite3.Connection:
    if key is not None:
        return _by_sqlcipher(name, key, **options)
    return sqlite3.connect(name, isolation_level=None, check_same_thread=False, factory=Connection, **options)


def _by_sqlcipher(name: str, key: ProjectKey | None, **options: Any) -> sqlite3.Connection:
    must_be_installed()
    from qualcode.project import sqlcipher

    connection: sqlite3.Connection = sqlcipher.connect(
        name, isolation_level=None, check_same_thread=False, factory=sqlcipher.Encrypted, **options
    )
    cast("Counted", connection).key = key
    connection.execute("PRAGMA cipher_log_level = NONE")  # it would write to stderr, and so into the screen
    if key is not None:
        connection.execute(f'PRAGMA key = "{key.told}"')
    connection.execute("PRAGMA temp_store = MEMORY")  # passing tables are not encrypted
    return connection


def must_be_installed() -> None:
    """See that encrypted projects can be opened here.

    Raises:
        MissingExtraError: the extra `encrypted` is not installed.
    """
    try:
        import qualcode.project.sqlcipher  # noqa: F401 (loaded to see whether it can be)
    except ImportError:
        raise MissingExtraError(
            "encrypted projects need a library that is not installed",
            remedy=f"Install it: {installing.command('encrypted')}",
        ) from None


def versions() -> dict[str, str]:
    """Of SQLite, and of SQLCipher where it is installed: name -> version."""
    told = {"sqlite": sqlite3.sqlite_version}
    try:
        connection = _by_sqlcipher(":memory:", None)
    except MissingExtraError:
        return told
    told["sqlcipher"] = str(connection.execute("PRAGMA cipher_version").fetchone()[0]).partition(" ")[0]
    connection.close()
    return told
