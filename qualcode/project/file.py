"""Opening and making project files: permissions, pragmas, refusals; no rows."""

import os
import sqlite3
import tempfile
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import InputError, ProjectFileError, RefusedError
from qualcode.project.schema import APPLICATION_ID

SCHEMA_VERSION = 1
SUFFIX = ".qualcode"
_WAIT = 30.0  # seconds that one process waits for another's action to end

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


def connect(path: Path, *, uri: bool = False) -> sqlite3.Connection:
    """A bare connection; transactions are ours to open (`actions.py`)."""
    name = path.resolve().as_uri() + "?mode=ro" if uri else str(path)
    return sqlite3.connect(name, timeout=_WAIT, isolation_level=None, uri=uri, check_same_thread=False)


def open_file(path: Path) -> sqlite3.Connection:
    """Open a project file after looking whether it is one.

    Raises:
        ProjectFileError: no such file, not a project of ours, a newer schema, or damaged.
    """
    _look_at(path)
    connection = connect(path)
    try:
        _recognise(connection, path)
        _set_pragmas(connection, place_of(path))
    except sqlite3.DatabaseError as trouble:
        connection.close()
        raise _damaged(path, str(trouble)) from None
    except ProjectFileError:
        connection.close()
        raise
    if connection.execute("PRAGMA user_version").fetchone()[0] < SCHEMA_VERSION:
        from qualcode.project.migrations import migrate

        migrate(connection, SCHEMA_VERSION)
    return connection


def _look_at(path: Path) -> None:
    if not path.exists():
        raise ProjectFileError(
            "there is no such project file", where=str(path), remedy=f"Make one: qualcode new {path}"
        )
    if path.is_dir():
        raise ProjectFileError("this is a folder, not a project file", where=str(path))
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as trouble:
        raise ProjectFileError(f"it cannot be read ({trouble.strerror})", where=str(path)) from None
    if head != b"SQLite format 3\0":
        raise ProjectFileError(
            "this is not a qualcode project",
            where=str(path),
            remedy="To bring a transcript into a project: qualcode import FILE. A project file ends in .qualcode.",
        )


def _recognise(connection: sqlite3.Connection, path: Path) -> None:
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise ProjectFileError(
            "this is a database of another program, not a qualcode project",
            where=str(path),
            remedy="If it is a QualCoder or Taguette file, export it there as QDPX or as transcripts first.",
        )
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > SCHEMA_VERSION:
        raise ProjectFileError(
            f"this project was written by a newer qualcode (schema {version}; this one knows {SCHEMA_VERSION})",
            where=str(path),
            remedy="Upgrade: pip install --upgrade qualcode. The file was not touched.",
        )
    pages, size = (connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size"))
    if path.stat().st_size < size or (path.stat().st_size < pages * size and not _has_wal(path)):
        raise _damaged(path, f"{path.stat().st_size} bytes where {pages * size} should be")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def _has_wal(path: Path) -> bool:
    return path.with_name(path.name + "-wal").exists()


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


def make_file(path: Path) -> None:
    """Make an empty project file, whole or not at all: it is built beside its place and then linked into it.

    Raises:
        RefusedError: there is a file already.
        InputError: the folder does not exist or cannot be written.
    """
    from qualcode.project.migrations import migrate

    if path.exists():
        raise RefusedError("there is a file already", where=str(path), remedy=f"Open it: qualcode open {path}")
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mkstemp makes files 0600
    except OSError as trouble:
        raise InputError(f"no project can be made here ({trouble.strerror})", where=str(path.parent)) from None
    os.close(handle)
    draft = Path(name)
    try:
        connection = connect(draft)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrate(connection, SCHEMA_VERSION)
        connection.close()
        _link(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def _link(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        raise RefusedError("there is a file already", where=str(path)) from None
    except OSError:  # a file system without hard links
        draft.rename(path)
