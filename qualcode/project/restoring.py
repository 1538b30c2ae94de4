"""Backups brought back: looked at thoroughly first; what stands in their place is never overwritten."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode import cache
from qualcode.errors import ProjectFileError, RefusedError
from qualcode.project.actions import Store
from qualcode.project.backups import beside, discard, moment, sound_copy, stem_of
from qualcode.project.engine import connect, key_at
from qualcode.project.file import SUFFIX, give_name, look_at, recognise, unlock
from qualcode.project.keys import ProjectKey, key_of
from qualcode.project.schema import SCHEMA_VERSION
from qualcode.visible import counted

if TYPE_CHECKING:
    from qualcode.project.care import Problem

_SHOWN = 5
"""So many of the things that are wrong in a backup are named."""


def restore(
    backup: str | Path, to: str | Path, *, passphrase: str | ProjectKey | None = None, even_unsound: bool = False
) -> Path | None:
    """Bring a backup back as a project file. What stands there is moved aside, never overwritten.

    Args:
        backup: a backup; any sound project file will do.
        to: where the project shall stand.
        passphrase: of an encrypted backup; None: it was given before in this process, or it is not encrypted.
        even_unsound: also where texts, passages or the log in it are not as they should be (see `care.check`).

    Returns:
        Where the file that stood there lies now, None if there was none.

    Raises:
        ProjectFileError: the backup is damaged or unsound, or not a project of ours.
        LockedError: the backup is encrypted, and the passphrase is missing or wrong; or the file that stands there is
            encrypted under another, so that it cannot be seen whether another program has it open.
        RefusedError: another program has the project open, or backup and project are one file.
    """
    source, place = Path(backup), Path(to)
    if place.is_dir():
        raise RefusedError("this is a folder, not a project file", where=str(place))
    look_at(source)
    if place.exists() and source.samefile(place):
        raise RefusedError("the backup is the project file itself", where=str(place))
    if passphrase is not None:
        unlock(source, passphrase)
    if place.exists():
        key_of(place)  # without it nobody sees whether another program has the file open
    draft = _sound_draft(source, place, even_unsound=even_unsound)
    try:
        aside = _move_aside(place) if place.exists() or beside(place, "-wal").exists() else None
        give_name(draft, place)
    finally:
        draft.unlink(missing_ok=True)
    return aside


def _sound_draft(source: Path, place: Path, *, even_unsound: bool) -> Path:
    """A copy of a backup beside the place it is to take, after a thorough look at it."""
    damaged = "the backup is damaged"
    try:
        # A project file that is in use has a -wal, which an immutable connection would not see.
        with closing(connect(source, "write" if beside(source, "-wal").exists() else "frozen")) as connection:
            recognise(connection, source)
            verdict = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            if verdict != "ok" or connection.execute("PRAGMA foreign_key_check").fetchone():
                raise ProjectFileError(damaged, where=str(source), remedy="Take an older one; nothing was changed.")
            if not even_unsound:
                _look_into(connection, source, place.resolve().parent)
            return sound_copy(connection, place.resolve().parent)
    except sqlite3.DatabaseError as trouble:
        raise ProjectFileError(
            f"{damaged} ({trouble})", where=str(source), remedy="Take an older one; nothing was changed."
        ) from None


def _look_into(connection: sqlite3.Connection, source: Path, folder: Path) -> None:
    """Whether what stands in a backup is sound; of an older schema it is a copy that is looked into, in the folder."""
    from qualcode.project.care import contents

    is_older = connection.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION
    if problems := _once_migrated(connection, folder) if is_older else contents(Store(connection, None)):
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


def _once_migrated(connection: sqlite3.Connection, folder: Path) -> "list[Problem]":
    """What `check` finds in a passing copy that is brought up to date; the backup itself stays of its schema."""
    from qualcode.project.care import check
    from qualcode.project.migrations import migrate

    draft = sound_copy(connection, folder)
    try:
        with closing(connect(draft, key=key_at(connection))) as copy:
            copy.execute("PRAGMA journal_mode = MEMORY")
            copy.execute("PRAGMA temp_store = MEMORY")  # participants' words never lie in a temporary file
            copy.execute("PRAGMA synchronous = OFF")
            migrate(copy, SCHEMA_VERSION)
            return check(Store(copy, None))
    finally:
        discard(draft)


def _move_aside(place: Path) -> Path:
    """Give the present file a dated name. Its last actions are drawn into it first, if it can still be read."""
    if place.exists():
        _draw_together(place)
    aside = place.with_name(f"{stem_of(place)}-set-aside-{moment()}{SUFFIX}")
    while aside.exists():
        aside = aside.with_name(f"{aside.stem}-again{SUFFIX}")
    for suffix in ("", "-wal", "-shm"):  # a -wal is left only beside a file that SQLite cannot read
        with suppress(FileNotFoundError):
            beside(place, suffix).rename(beside(aside, suffix))
    return aside


def _draw_together(place: Path) -> None:
    """Write the -wal into the file: SQLite grants that only where nobody else has it open.

    What was worked out from its texts leaves the user's cache, since the restored project may not know of them all.
    """
    try:
        with closing(connect(place, wait=1.0)) as connection:
            connection.execute("PRAGMA journal_mode = DELETE")
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
            cache.drop(digest for (digest,) in connection.execute("SELECT sha256 FROM text"))
    except sqlite3.DatabaseError as trouble:
        if "locked" in str(trouble):
            raise RefusedError(
                "the project is open in another program", where=str(place), remedy="Close it there, then restore."
            ) from None
