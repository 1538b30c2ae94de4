"""Opening and making project files: permissions, pragmas, refusals; no rows."""

import os
import sqlite3
import stat
import tempfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import InputError, ProjectFileError, QualcodeError, RefusedError, TroubleError
from qualcode.project.actions import explained
from qualcode.project.engine import connect, stands_at
from qualcode.project.held import is_held
from qualcode.project.keys import ProjectKey, is_encrypted, keep, key_by, key_of, wrong
from qualcode.project.schema import APPLICATION_ID, SCHEMA_VERSION, STEPS

_DATABASE = b"SQLite format 3\0"
SUFFIX = ".qualcode"

_NETWORK = {"nfs", "nfs4", "cifs", "smb3", "smbfs", "fuse.sshfs", "9p", "afpfs", "webdav", "davfs", "fuse.davfs2"}
_SYNCED = ("dropbox", "onedrive", "google drive", "googledrive", "icloud", "mobile documents", "nextcloud", "owncloud")


@dataclass(frozen=True, slots=True)
class Place:
    """What kind of folder a project stands in, since SQLite is safe in some and not in others.

    Attributes:
        kind: "local", "network" (one process, no WAL) or "synced" (no WAL).
        warning: what to tell the user, "" for a local disk.
    """

    kind: str
    warning: str


def place_of(path: Path) -> Place:
    """Look at the file system and the folder's name.

    On a network file system locks cannot be trusted, and a sync program copies a file while it is written: there the
    write-ahead log is not used, and the user is told.
    """
    if _file_system(path) in _NETWORK:
        return Place(
            "network", f"{path} is on a network drive: only one program can have it open; a local disk is safer."
        )
    if any(name in part.casefold() for part in path.resolve().parts for name in _SYNCED):
        return Place(
            "synced", f"{path} is in a synced folder: close it everywhere else first; a local folder is safer."
        )
    return Place("local", "")


def _file_system(path: Path) -> str:
    """The type of the file system a path is on, from the kernel's mount table; "" where there is none to read."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    target = str(path.resolve())
    found = ("", "")
    for line in mounts.splitlines():
        fields = line.split(" ")
        point = fields[1].replace("\\040", " ")
        inside = target == point or target.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(found[0]):
            found = (point, fields[2])
    return found[1]


def may_be_written(path: Path) -> bool:
    """Whether we may write the file and, since SQLite keeps its journal beside it, the folder."""
    effective = os.access in os.supports_effective_ids
    return all(os.access(each, os.W_OK, effective_ids=effective) for each in (path, path.resolve().parent))


def _connect_to_read(path: Path, key: ProjectKey | None) -> sqlite3.Connection:
    """A connection to a file that cannot be written; `PRAGMA query_only` is on, which `Store.is_read_only` asks for.

    Where no log waits beside the file it is opened as immutable: else SQLite would leave log and index there, as
    unwritable as the file itself, and lock out whoever may write it again (sqlite.org/wal.html#read_only_databases).
    """
    waits = _size(path.with_name(path.name + "-wal"))
    connection = connect(path, "read" if waits else "frozen", key=key)
    connection.execute("PRAGMA query_only = ON")
    return connection


def open_file(
    path: Path, passphrase: str | ProjectKey | None = None, announce: Callable[[str], None] = lambda _note: None
) -> sqlite3.Connection:
    """Open a project file after looking whether it is one; only for reading where it cannot be written.

    A file of an older schema is backed up, then brought up to date; one that others can read is made private.

    Args:
        path: the file.
        passphrase: of an encrypted one; None: it was given before in this process, or the file is not encrypted.
        announce: told of a file that others could read.

    Raises:
        LockedError: it is encrypted, and the passphrase is missing or wrong.
        ProjectFileError: no such file, not a project of ours, a newer schema, an older one where it cannot be written,
            or damaged.
        TroubleError: another program holds the file, or it cannot be written.
    """
    look_at(path)
    if passphrase is not None:
        unlock(path, passphrase)
    key = key_of(path)
    is_ours = may_be_written(path)
    connection = _connected(path, key)
    try:
        recognise(connection, path)
        _refuse_replaced(connection, path)
        if told := _made_private(path):
            announce(told)
        if is_ours:
            _set_pragmas(connection, place_of(path))
        _bring_up_to_date(connection, path, is_ours=is_ours)
    except sqlite3.Error as trouble:
        with closing(connection):
            _refuse_replaced(connection, path)
        raise _told(trouble, path) from trouble
    except BaseException:
        connection.close()
        raise
    return connection


def _made_private(path: Path) -> str:
    """Take from others what they may do with a project file and those beside it; returns what to tell, "" if nothing.

    A group that may write it was given it on purpose, and keeps it. Windows has no such rights.
    """
    there = [each for end in ("", "-wal", "-shm", "-journal") if (each := Path(f"{path.resolve()}{end}")).exists()]
    if os.name != "posix" or not any(map(_beyond, there)):
        return ""
    for each in there:
        with suppress(OSError):
            each.chmod(stat.S_IMODE(each.stat().st_mode) & ~_beyond(each))
    if any(map(_beyond, there)):
        return f"{path} can be read by others on this computer, and only its owner can change that: ask them."
    return f"{path} could be read by others on this computer; from now on it is private."


def _beyond(path: Path) -> int:
    """The rights that others have on a file beyond what a project gives."""
    mode = path.stat().st_mode
    return mode & (0o007 if mode & stat.S_IWGRP else 0o077)


def unlock(path: Path, passphrase: str | ProjectKey) -> None:
    """Give the passphrase of an encrypted file, which holds as long as this process lives: nothing is written.

    Raises:
        LockedError: it does not open the file.
        RefusedError: the file is not encrypted.
        ProjectFileError: no such file, or damaged.
    """
    look_at(path)
    key = key_by(path, passphrase)
    if is_held(path):
        return
    try:
        with closing(_connected(path, key)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.Error as trouble:
        if "not a database" in str(trouble):
            raise wrong(path) from None
        raise _told(trouble, path) from trouble
    keep(key)


def _connected(path: Path, key: ProjectKey | None) -> sqlite3.Connection:
    return connect(path, key=key) if may_be_written(path) else _connect_to_read(path, key)


def _told(trouble: sqlite3.Error, path: Path) -> QualcodeError:
    if any(sign in str(trouble) for sign in ("malformed", "not a database")):
        return _damaged(path, str(trouble))
    return explained(trouble)


def _refuse_replaced(connection: sqlite3.Connection, path: Path) -> None:
    """Who waited while another program encrypted or decrypted the file holds one that has no name any more."""
    if not stands_at(connection, path):
        raise TroubleError("another program has just put another file there", where=str(path), remedy="Open it again.")


def _bring_up_to_date(connection: sqlite3.Connection, path: Path, *, is_ours: bool) -> None:
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version < SCHEMA_VERSION:
        from qualcode.project.backups import copy_dated, folder_of
        from qualcode.project.migrations import migrate

        if not is_ours:
            raise _outdated(path, version)
        copy_dated(connection, path, folder_of(path))
        migrate(connection, SCHEMA_VERSION)


def _outdated(path: Path, version: int) -> ProjectFileError:
    return ProjectFileError(
        f"this project is of an older version (schema {version}; this qualcode works with {SCHEMA_VERSION}), and it "
        "cannot be written here to bring it up to date",
        where=str(path),
        remedy="Copy it to a folder that you can write, and open the copy, which brings the copy up to date:\n"
        f"qualcode restore {path} --to FOLDER/{path.name}\nqualcode documents --project FOLDER/{path.name}",
    )


def look_at(path: Path) -> None:
    """See from outside whether it can be a project file: there, readable, whole; one that is open here was looked at.

    Raises:
        ProjectFileError: it is not.
    """
    if is_held(path):
        return
    try:
        if path.is_dir():
            raise ProjectFileError("this is a folder, not a project file", where=str(path))
        with path.open("rb") as file:
            head = file.read(100)
    except FileNotFoundError:
        raise ProjectFileError(
            "there is no such project file", where=str(path), remedy=f"Make one: qualcode new {path}"
        ) from None
    except OSError as trouble:
        raise ProjectFileError(f"it cannot be read ({trouble.strerror})", where=str(path)) from None
    if not head and path.suffix == SUFFIX:
        raise _damaged(path, "0 bytes")
    if is_encrypted(path):
        return  # what is wrong with it is seen once it is opened
    if not head.startswith(_DATABASE) and _is_remainder(path, head):
        raise _damaged(path, "an encrypted one, if it is a project at all")
    if not head.startswith(_DATABASE):
        raise ProjectFileError(
            "this is not a qualcode project",
            where=str(path),
            remedy="To bring a transcript into a project: qualcode import FILE. A project file ends in .qualcode.",
        )
    _look_at_size(path, head)


def _is_remainder(path: Path, head: bytes) -> bool:
    """Whether a file called a project may be what is left of an encrypted one: its beginning is no text."""
    return path.suffix == SUFFIX and not head.isascii()


def is_database(path: Path) -> bool:
    """Whether a file begins as SQLite's do, or looks encrypted; False where there is none, or it cannot be read."""
    try:
        if is_held(path):
            return True
        if not path.is_file():  # a pipe would have us wait
            return False
        with path.open("rb") as file:
            begins_so = file.read(len(_DATABASE)) == _DATABASE
        return begins_so or is_encrypted(path)
    except OSError:
        return False


def recognise(connection: sqlite3.Connection, path: Path) -> None:
    """See whether a database is a project that this qualcode knows.

    Raises:
        ProjectFileError: it is another program's, or a newer qualcode's.
        sqlite3.DatabaseError: it is damaged.
    """
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ProjectFileError(
            "this is a database of another program, not a qualcode project",
            where=str(path),
            remedy="If it is a QualCoder or Taguette file, export it there as QDPX or as transcripts first.",
        )
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    step = _strange_step(connection)
    if version > SCHEMA_VERSION or step:
        newer = f"schema {version}; this one knows {SCHEMA_VERSION}" if version > SCHEMA_VERSION else f"step {step!r}"
        raise ProjectFileError(
            f"this project was written by a newer qualcode ({newer})",
            where=str(path),
            remedy="Open it with the qualcode that wrote it, or one as new. The file was not touched.",
        )
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _strange_step(connection: sqlite3.Connection) -> str | None:
    """A migration that the file has gone through and this qualcode does not know; None if there is none."""
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = '_sqlite_migrations'").fetchone() is None:
        return None
    gone_through = connection.execute("SELECT name FROM _sqlite_migrations ORDER BY id")
    return next((str(name) for (name,) in gone_through if name not in STEPS), None)


def _look_at_size(path: Path, head: bytes) -> None:
    """SQLite itself reads a last page that was cut short as if zeros stood there.

    The header tells the page size and count (sqlite.org/fileformat.html, 1.3). Beside a log that waits to be drawn
    in, the file may rightly be shorter.
    """
    if any(_size(path.with_name(path.name + suffix)) for suffix in ("-wal", "-journal")):
        return
    page = int.from_bytes(head[16:18], "big")
    whole = int.from_bytes(head[28:32], "big") * (65536 if page == 1 else page)
    if len(head) < 100 or path.stat().st_size < whole:
        raise _damaged(path, f"{path.stat().st_size} bytes where {max(whole, 4096)} should be")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _damaged(path: Path, detail: str) -> ProjectFileError:
    return ProjectFileError(
        f"the project file is damaged or cut short ({detail})",
        where=str(path),
        remedy=f"Nothing was written to it. Bring back a backup: qualcode restore BACKUP --to {path} (they lie in "
        f"{path.parent / 'backups'})",
    )


def _set_pragmas(connection: sqlite3.Connection, place: Place) -> None:
    """Durable, private, strict: an action is on the disk before the screen says so; deleted words are overwritten."""
    if place.kind == "network":
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    connection.execute(f"PRAGMA journal_mode = {'WAL' if place.kind == 'local' else 'DELETE'}")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA temp_store = MEMORY")  # participants' words never lie in a temporary file
    connection.execute("PRAGMA cache_size = -65536")  # 64 MiB: bulk work does not spill pages half-way


def make_file(path: Path, furnish: Callable[[sqlite3.Connection], None], key: ProjectKey | None = None) -> None:
    """Make a project file, whole or not at all: it is built and furnished beside its place, then linked into it.

    Args:
        path: where it shall stand.
        furnish: writes its first rows.
        key: with which it is encrypted, if it is.

    Raises:
        RefusedError: there is a file already.
        InputError: the folder does not exist or cannot be written.
    """
    from qualcode.project.migrations import make_tables

    try:
        if path.exists():
            raise RefusedError(
                "there is a file already", where=str(path), remedy=f"Look into it: qualcode documents --project {path}"
            )
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mkstemp makes files 0600
    except OSError as trouble:
        raise InputError(f"no project can be made here ({trouble.strerror})", where=str(path.parent)) from None
    os.close(handle)
    draft = Path(name)
    try:
        with closing(connect(draft, key=key)) as connection:
            connection.execute(
                "PRAGMA journal_mode = MEMORY"
            )  # nobody sees a draft: it is made durable once, at its end
            connection.execute("PRAGMA synchronous = OFF")
            make_tables(connection, SCHEMA_VERSION)
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            furnish(connection)
        make_durable(draft)
        give_name(draft, path)
    except sqlite3.Error as trouble:
        raise explained(trouble) from trouble
    except FileExistsError:
        raise RefusedError("there is a file already", where=str(path)) from None
    finally:
        draft.unlink(missing_ok=True)


def make_durable(path: Path) -> None:
    """Have the disk write down all of a file."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def give_name(draft: Path, path: Path) -> None:
    """Give a finished draft its name; never overwrites.

    Raises:
        FileExistsError: the name is taken.
    """
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links: take the name first, then put the draft there
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        draft.replace(path)
