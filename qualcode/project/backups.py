"""Backups: whole copies of a project file, made and brought back safely.

Copying the file with a file manager while it is open is not a backup, since the last actions may stand in the `-wal`
file beside it. SQLite's own backup is used, and the copy is looked at before it gets its name.
"""

import os
import re
import sqlite3
import tempfile
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from qualcode.errors import InputError, ProjectFileError, RefusedError, TroubleError
from qualcode.project.actions import Store, explained, now
from qualcode.project.file import SCHEMA_VERSION, SUFFIX, connect, give_name, look_at, make_durable, recognise
from qualcode.visible import counted

_SHOWN = 5
"""So many of the things that are wrong in a backup are named."""

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
    draft = _sound_copy(connection, folder)
    try:
        return _named(draft, folder, f"{_stem(path)}-{_moment()}")
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
        (each for each in found if (dated := _DATED.search(each.stem)) and each.stem[: dated.start()] == _stem(path)),
        key=lambda each: (each.stem[: len(_stem(path)) + 18], len(each.stem), each.stem),
    )


def restore(backup: str | Path, to: str | Path, *, even_unsound: bool = False) -> Path | None:
    """Bring a backup back as a project file. What stands there is moved aside, never overwritten.

    Args:
        backup: a backup; any sound project file will do.
        to: where the project shall stand.
        even_unsound: also where texts, passages or the log in it are not as they should be (see `care.check`).

    Returns:
        Where the file that stood there lies now, None if there was none.

    Raises:
        ProjectFileError: the backup is damaged or unsound, or not a project of ours.
        RefusedError: another program has the project open, or backup and project are one file.
    """
    source, place = Path(backup), Path(to)
    if place.is_dir():
        raise RefusedError("this is a folder, not a project file", where=str(place))
    look_at(source)
    if place.exists() and source.samefile(place):
        raise RefusedError("the backup is the project file itself", where=str(place))
    draft = _sound_draft(source, place, even_unsound=even_unsound)
    try:
        aside = _move_aside(place) if place.exists() or _beside(place, "-wal").exists() else None
        give_name(draft, place)
    finally:
        draft.unlink(missing_ok=True)
    return aside


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
    except sqlite3.Error:
        return True


_NEWEST = "SELECT guid FROM action ORDER BY id DESC LIMIT 1"


def _last_action(backup: Path) -> bytes | None:
    try:
        with closing(frozen(backup)) as connection:
            row = connection.execute(_NEWEST).fetchone()
    except sqlite3.Error:
        return None  # a damaged backup counts as none
    return row and bytes(row[0])


def frozen(backup: Path) -> sqlite3.Connection:
    """A backup opened without leaving -wal and -shm files beside it."""
    return sqlite3.connect(backup.resolve().as_uri() + "?mode=ro&immutable=1", uri=True, isolation_level=None)


def looked_into(path: Path) -> sqlite3.Connection:
    """A project file opened for reading; one that is in use has a -wal, which must be read too."""
    return connect(path, uri=True) if _beside(path, "-wal").exists() else frozen(path)


def _stem(path: Path) -> str:
    return path.name.removesuffix(SUFFIX)


def _moment() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%d-%H%M%S")


def _month(backup: Path) -> str:
    dated = _DATED.search(backup.stem)
    return dated.group(1) if dated else ""


def _is_of_today(backup: Path) -> bool:
    dated = _DATED.search(backup.stem)
    return dated is not None and backup.stem[dated.start() + 1 :].startswith(_moment()[:10])


def _beside(path: Path, suffix: str) -> Path:
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


def _sound_copy(connection: sqlite3.Connection, folder: Path) -> Path:
    """A checked copy under a passing name, one file without -wal, on the disk; 0600 before SQLite writes to it."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".backup.", dir=folder)
    except OSError as trouble:
        raise InputError(f"no backup can be made here ({trouble.strerror})", where=str(folder)) from None
    os.close(handle)
    draft = Path(name)
    try:
        with closing(connect(draft)) as copy:
            copy.execute("PRAGMA synchronous = OFF")
            connection.backup(copy)
            copy.execute("PRAGMA journal_mode = DELETE")
            verdict = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
        make_durable(draft)
    except BaseException as trouble:
        _discard(draft)
        if isinstance(trouble, sqlite3.Error):
            raise explained(trouble) from trouble
        raise
    if verdict != "ok":
        _discard(draft)
        raise TroubleError(f"the copy is not sound ({verdict})", remedy="Look at the project: qualcode check.")
    return draft


def _discard(draft: Path) -> None:
    for suffix in ("", "-wal", "-shm", "-journal"):
        _beside(draft, suffix).unlink(missing_ok=True)


def _sound_draft(source: Path, place: Path, *, even_unsound: bool) -> Path:
    """A copy of a backup beside the place it is to take, after a thorough look at it."""
    damaged = "the backup is damaged"
    try:
        # A project file that is in use has a -wal, which an immutable connection would not see.
        with closing(connect(source) if _beside(source, "-wal").exists() else frozen(source)) as connection:
            recognise(connection, source)
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if verdict != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise ProjectFileError(damaged, where=str(source), remedy="Take an older one; nothing was changed.")
            if not even_unsound:
                _look_into(connection, source)
            return _sound_copy(connection, place.resolve().parent)
    except sqlite3.DatabaseError as trouble:
        raise ProjectFileError(
            f"{damaged} ({trouble})", where=str(source), remedy="Take an older one; nothing was changed."
        ) from None


def _look_into(connection: sqlite3.Connection, source: Path) -> None:
    """Whether what stands in a backup is sound; one of an older schema is not looked into: `check` knows ours."""
    from qualcode.project.care import contents

    if connection.execute("PRAGMA user_version").fetchone()[0] != SCHEMA_VERSION:
        return
    if problems := contents(Store(connection, None)):
        raise ProjectFileError(
            f"the backup is not sound: {counted(len(problems), 'thing')} {'is' if len(problems) == 1 else 'are'} wrong",
            where=str(source),
            remedy="\n".join(
                [
                    *(f"{each.where}: {each.what}" for each in problems[:_SHOWN]),
                    "Take an older one; nothing was changed. To take it as it is: --force",
                ]
            ),
        )


def _move_aside(place: Path) -> Path:
    """Give the present file a dated name. Its last actions are drawn into it first, if it can still be read."""
    if place.exists():
        _draw_together(place)
    aside = place.with_name(f"{_stem(place)}-set-aside-{_moment()}{SUFFIX}")
    while aside.exists():
        aside = aside.with_name(f"{aside.stem}-again{SUFFIX}")
    for suffix in ("", "-wal", "-shm"):  # a -wal is left only beside a file that SQLite cannot read
        with suppress(FileNotFoundError):
            _beside(place, suffix).rename(_beside(aside, suffix))
    return aside


def _draw_together(place: Path) -> None:
    """Write the -wal into the file: SQLite grants that only where nobody else has it open."""
    try:
        with closing(sqlite3.connect(place, timeout=1.0, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except sqlite3.DatabaseError as trouble:
        if "locked" in str(trouble):
            raise RefusedError(
                "the project is open in another program", where=str(place), remedy="Close it there, then restore."
            ) from None
