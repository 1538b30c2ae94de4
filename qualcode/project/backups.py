"""Backups: whole copies of a project file; `restoring` brings them back.

Copying the file with a file manager while it is open is not a backup, since the last actions may stand in the `-wal`
file beside it. SQLite's own backup is used, and the copy is looked at before it gets its name.
"""

import os
import re
import sqlite3
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from qualcode.errors import InputError, LockedError, RefusedError, TroubleError
from qualcode.project.actions import Store, explained, now
from qualcode.project.engine import connect, key_at, stands_at
from qualcode.project.file import SUFFIX, give_name, make_durable

KEEP = 10
"""So many of the newest backups are kept, and the newest of each month."""

_DATED = re.compile(r"-(\d{4}-\d\d)-\d\d-\d{6}(-\d+)?$")


def backup(store: Store, path: Path, folder: Path | None = None) -> Path:
    """Make a backup now.

    Args:
        store: the open project; not inside an action.
        path: its file, for the backup's name.
        folder: where to; `backups` beside the file if not said. The project remembers a backup that lies elsewhere.

    Returns:
        The backup: `<name>-<date>-<time>.qualcode` (UTC), readable by its owner only.

    Raises:
        RefusedError: an action is open.
        InputError: the folder cannot be made or written.
        TroubleError: the disk is full, or the copy is not sound; nothing is left behind.
    """
    if store.connection.in_transaction:
        raise RefusedError("a backup is not made in the middle of an action")
    made = copy_dated(store.connection, path, folder or folder_of(path))
    if made.parent.resolve() != folder_of(path):
        _remember(store, made)
    return made


def _remember(store: Store, made: Path) -> None:
    """Note a backup that lies elsewhere among the files written, where `forget` looks for it: it holds everybody."""
    try:
        with store.transaction():
            store.connection.execute(
                "INSERT INTO export(at, path, documents) VALUES (?, ?, '[]')", (now(), str(made.resolve()))
            )
    except TroubleError as trouble:
        store.announce(f"The backup is made, but the project cannot remember where it lies ({trouble.what}).")


def copy_dated(connection: sqlite3.Connection, path: Path, folder: Path) -> Path:
    """A sound copy of the project that a connection has open, under a dated name that was free."""
    draft = sound_copy(connection, folder)
    try:
        return _named(draft, folder, f"{stem_of(path)}-{moment()}")
    finally:
        draft.unlink(missing_ok=True)


def backup_if_due(store: Store, path: Path, folder: Path | None = None) -> Path | None:
    """Make today's backup if there is none yet and something was done since the last; then let old ones go.

    Returns:
        The backup, or None if none was due.
    """
    place = folder or folder_of(path)
    known = backups_of(path, place)
    if known and (_is_of_today(known[-1]) or _last_action(known[-1]) == store.value(_NEWEST)):
        return None
    made = backup(store, path, place)
    gone = prune(path, place)
    if gone:
        with store.transaction():
            store.connection.executemany("DELETE FROM export WHERE path = ?", [(str(each.resolve()),) for each in gone])
    return made


def keep_replaced(store: Store) -> Path | None:
    """A backup of an open file in whose place another stands by now, as a synced folder puts it: ours has no name left.

    Returns:
        The backup, made once; None if the file stands where it was, was moved, or nothing was written to it here.
    """
    path = store.path
    is_lost = path.is_file() and not stands_at(store.connection, path) and store.connection.total_changes > 0
    if is_lost and store.kept is None:
        store.kept = copy_dated(store.connection, path, folder_of(path))
    return store.kept


def prune(path: Path, folder: Path | None = None) -> list[Path]:
    """Delete all backups of a project but the ten newest and the newest of each month; returns the deleted."""
    known = backups_of(path, folder or folder_of(path))
    monthly = {_month(each): each for each in known}  # the last of a month wins: they are in order of time
    surplus = [each for each in known[:-KEEP] if each not in monthly.values()]
    for each in surplus:
        each.unlink(missing_ok=True)
    return surplus


def folder_of(path: Path) -> Path:
    """Where the backups of a project lie unless said otherwise."""
    return path.resolve().parent / "backups"


def backups_of(path: Path, folder: Path | None = None) -> list[Path]:
    """The backups of a project, oldest first."""
    place = folder or folder_of(path)
    found = place.glob(f"*{SUFFIX}") if place.is_dir() else ()
    return sorted(
        (each for each in found if (dated := _DATED.search(each.stem)) and each.stem[: dated.start()] == stem_of(path)),
        key=lambda each: (each.stem[: len(stem_of(path)) + 18], len(each.stem), each.stem),
    )


def holds(backup: Path, guids: list[bytes]) -> bool:
    """Whether a backup holds any of these texts, documents or people; True too if it cannot be read."""
    marks = ", ".join("?" * len(guids))
    tables = ("text", "log_document", "log_person")
    try:
        with closing(looked_into(backup)) as connection:
            return any(
                connection.execute(f"SELECT 1 FROM {table} WHERE guid IN ({marks}) LIMIT 1", guids).fetchone()
                for table in tables
            )
    except (sqlite3.Error, LockedError):
        return True


_NEWEST = "SELECT guid FROM action ORDER BY id DESC LIMIT 1"


def _last_action(backup: Path) -> bytes | None:
    try:
        with closing(connect(backup, "frozen")) as connection:
            row = connection.execute(_NEWEST).fetchone()
    except (sqlite3.Error, LockedError):
        return None  # a damaged backup counts as none, and one under an earlier passphrase
    return row and bytes(row[0])


def looked_into(path: Path) -> sqlite3.Connection:
    """A project file opened for reading; one that is in use has a -wal, which must be read too."""
    return connect(path, "read" if beside(path, "-wal").exists() else "frozen")


def stem_of(path: Path) -> str:
    """What a project's backups are called after."""
    return path.name.removesuffix(SUFFIX)


def moment() -> str:
    """Now, as it stands in the names of files."""
    return datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")


def _month(backup: Path) -> str:
    dated = _DATED.search(backup.stem)
    return dated.group(1) if dated else ""


def _is_of_today(backup: Path) -> bool:
    dated = _DATED.search(backup.stem)
    return dated is not None and backup.stem[dated.start() + 1 :].startswith(moment()[:10])


def beside(path: Path, suffix: str) -> Path:
    """The file of that suffix (-wal, -shm) which SQLite keeps beside a database."""
    return path.with_name(path.name + suffix)


def _named(draft: Path, folder: Path, name: str) -> Path:
    """Give a draft the first of its names that is free; a link cannot overwrite."""
    number = 1
    while True:
        place = folder / (f"{name}{SUFFIX}" if number == 1 else f"{name}-{number}{SUFFIX}")
        try:
            give_name(draft, place)
        except FileExistsError:
            number += 1
        else:
            return place


def sound_copy(connection: sqlite3.Connection, folder: Path) -> Path:
    """A checked copy under a passing name, one file without -wal, on the disk; 0600 before SQLite writes to it.

    Of an encrypted project it is encrypted with the same key.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".backup.", dir=folder)
    except OSError as trouble:
        raise InputError(f"no backup can be made here ({trouble.strerror})", where=str(folder)) from None
    os.close(handle)
    draft = Path(name)
    try:
        with closing(connect(draft, key=key_at(connection))) as copy:
            copy.execute("PRAGMA synchronous = OFF")
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        make_durable(draft)
    except BaseException as trouble:
        discard(draft)
        if isinstance(trouble, sqlite3.Error):
            raise explained(trouble) from trouble
        raise
    if verdict != "ok":
        discard(draft)
        raise TroubleError(f"the copy is not sound ({verdict})", remedy="Look at the project: qualcode check.")
    return draft


def discard(draft: Path) -> None:
    """Delete a copy under a passing name, with all that SQLite left beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        beside(draft, suffix).unlink(missing_ok=True)
