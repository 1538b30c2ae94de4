"""A project file encrypted or decrypted where it stands: written anew beside it, verified, then put in its place.

Whatever happens meanwhile, one whole project stands under the name: the old file until the very end, then the new one.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from glob import escape
from pathlib import Path

from qualcode import cache
from qualcode.errors import InputError, LockedError, ProjectFileError, RefusedError, TroubleError
from qualcode.project.actions import Store, explained
from qualcode.project.backups import discard, looked_into
from qualcode.project.care import check
from qualcode.project.engine import connect, connect_to_export
from qualcode.project.erase import copies_of, digests_of_texts, exports
from qualcode.project.file import is_database, make_durable, may_be_written, open_file
from qualcode.project.held import is_held
from qualcode.project.keys import ProjectKey, is_encrypted, keep, key_of
from qualcode.visible import counted

_CHUNK = 1024**2


@dataclass(frozen=True, slots=True)
class Converted:
    """What an encryption or decryption could not reach.

    Attributes:
        in_the_clear: copies of the project that are not encrypted.
        under_another: copies under an earlier passphrase.
        exports: paths of files with participants' words that were written from it.
        uncleared: folders of the user's cache that could not be deleted.
    """

    in_the_clear: tuple[Path, ...]
    under_another: tuple[Path, ...]
    exports: tuple[str, ...]
    uncleared: tuple[Path, ...]


def encrypt(path: str | Path, passphrase: str | ProjectKey, *, current: str | ProjectKey | None = None) -> Converted:
    """Encrypt a project file, or put an encrypted one under another passphrase.

    Its old bytes are overwritten, as far as the disk obeys; what was worked out from its texts leaves the user's cache.

    Args:
        path: the file; no program may have it open.
        passphrase: opens it from now on; there is no other way.
        current: the passphrase that it has, if it is encrypted; None: it was given before in this process.

    Raises:
        LockedError: it is encrypted, and `current` is missing or wrong.
        ProjectFileError: it is no project, or not sound; nothing was changed.
        RefusedError: a program has it open, it cannot be written, or the passphrase is too short.
        MissingExtraError: what encrypts is not installed.
        TroubleError: the disk is full; nothing was changed.
    """
    key = ProjectKey.new(passphrase) if isinstance(passphrase, str) else passphrase
    return _convert(Path(path), key, current)


def decrypt(path: str | Path, passphrase: str | ProjectKey | None = None) -> Converted:
    """Decrypt a project file: from then on whoever reads the file reads the words.

    Args:
        path: the file; no program may have it open.
        passphrase: that it has; None: it was given before in this process.

    Raises:
        As `encrypt` does; RefusedError too if it is not encrypted.
    """
    place = Path(path)
    if place.exists() and is_database(place) and not is_encrypted(place):
        raise RefusedError("this project is not encrypted", where=str(place))
    return _convert(place, None, passphrase)


def _convert(path: Path, key: ProjectKey | None, current: str | ProjectKey | None) -> Converted:
    if path.exists() and is_held(path):
        raise _open_elsewhere(path)
    left = _looked_at(path, current)
    place = path.resolve()  # a link stays one
    try:
        with _alone(place) as source:
            draft = _written_anew(source, place, key)
            try:
                _verify(draft, key, _counts(source))
                _put_in_place(draft, place, source)
            finally:
                discard(draft)
    except sqlite3.Error as trouble:
        raise explained(trouble) from trouble
    if key is not None:
        keep(key)
    return left


def _looked_at(path: Path, current: str | ProjectKey | None) -> Converted:
    """See that it is sound, and what else holds it; an older schema is brought up to date on the way."""
    with closing(open_file(path, current)) as connection:
        store = Store(connection, None)
        if store.is_read_only or not may_be_written(path):
            raise RefusedError("the project cannot be written here", where=str(path))
        if problems := check(store):
            raise ProjectFileError(
                f"the project is not sound ({counted(len(problems), 'problem')}), and so was not written anew",
                where=str(path),
                remedy="Look: qualcode check. Then qualcode restore.",
            )
        copies = _copies(store)
        clear = tuple(each for each in copies if not is_encrypted(each))
        written = tuple(dict.fromkeys(each.path for each in exports(store) if Path(each.path) not in copies))
        return Converted(
            clear, tuple(each for each in copies if each not in clear), written, cache.drop(digests_of_texts(store))
        )


_FIRST = "SELECT guid FROM action ORDER BY id LIMIT 1"


def _copies(store: Store) -> list[Path]:
    """Backups and other copies of this very project, which begins with the same action; unreadable ones too."""
    elsewhere = (Path(each.path) for each in exports(store))
    known = {*copies_of(store), *(each for each in elsewhere if is_database(each))}
    first = store.row(_FIRST)
    return [each for each in sorted(known) if _first_action(each) in {first, None}]


def _first_action(copy: Path) -> tuple[bytes, ...] | None:
    try:
        with closing(looked_into(copy)) as connection:
            found: tuple[bytes, ...] | None = connection.execute(_FIRST).fetchone()
    except (sqlite3.Error, LockedError):
        return None
    return found


@contextmanager
def _alone(path: Path) -> Iterator[sqlite3.Connection]:
    """The file, held so that no other program reads or writes it; nothing waits in a log beside it."""
    connection = connect_to_export(path, key_of(path))
    try:
        connection.execute("PRAGMA journal_mode = DELETE")  # refused while anybody else has it open
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        yield connection
    except sqlite3.OperationalError as trouble:
        if "locked" in str(trouble):
            raise _open_elsewhere(path) from None
        raise
    finally:
        connection.close()


def _open_elsewhere(path: Path) -> RefusedError:
    return RefusedError("the project is open in a program", where=str(path), remedy="Close it there first.")


def _written_anew(source: sqlite3.Connection, path: Path, key: ProjectKey | None) -> Path:
    """All of it under a passing name in the same folder, on the disk; 0600 before anything is written to it."""
    prefix = f".{path.name}.anew."
    for left in path.parent.glob(f"{escape(prefix)}*"):  # of one that was killed: nobody else is at work now
        left.unlink(missing_ok=True)
    try:
        handle, name = tempfile.mkstemp(prefix=prefix, dir=path.parent)
    except OSError as trouble:
        raise InputError(f"nothing can be written here ({trouble.strerror})", where=str(path.parent)) from None
    os.close(handle)
    draft = Path(name)
    try:
        source.execute("ATTACH DATABASE ? AS anew KEY ?", (name, key.told if key else ""))
        source.execute("PRAGMA anew.journal_mode = MEMORY")
        source.execute("PRAGMA anew.synchronous = OFF")
        source.execute("SELECT sqlcipher_export('anew')")
        for mark in ("application_id", "user_version"):
            source.execute(f"PRAGMA anew.{mark} = {source.execute(f'PRAGMA main.{mark}').fetchone()[0]}")
        source.execute("DETACH DATABASE anew")
        make_durable(draft)
    except BaseException:
        discard(draft)
        raise
    return draft


def _counts(connection: sqlite3.Connection) -> dict[tuple[str, str, str], int]:
    """Each table, index, view and trigger by kind, name and statement: how many rows it has, 0 where it is no table."""
    made = connection.execute("SELECT type, name, coalesce(sql, '') FROM sqlite_schema").fetchall()
    return {
        (kind, name, sql): connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] if kind == "table" else 0
        for kind, name, sql in made
    }


def _verify(draft: Path, key: ProjectKey | None, counts: dict[tuple[str, str, str], int]) -> None:
    """Whether the new file holds all of the old one, each page of it signed rightly."""
    with closing(connect(draft, key=key)) as connection:
        connection.execute("PRAGMA temp_store = MEMORY")
        wrong = key is not None and connection.execute("PRAGMA cipher_integrity_check").fetchall()
        if wrong or _counts(connection) != counts or check(Store(connection, None)):
            raise TroubleError(
                "the new file does not hold all of the old one, which stays as it was", remedy="Look at the disk."
            )


def _put_in_place(draft: Path, path: Path, source: sqlite3.Connection) -> None:
    """Give the new file the name of the old one, at once; then overwrite what has no name any more."""
    with path.open("r+b") as old:  # closed last: closing it lets go of the locks, too
        draft.replace(path)
        _make_name_durable(path.parent)
        source.close()
        if os.fstat(old.fileno()).st_nlink == 0:  # else it has another name: somebody's own copy
            left = os.fstat(old.fileno()).st_size
            while left > 0:
                left -= old.write(bytes(min(left, _CHUNK)))
            old.flush()
            os.fsync(old.fileno())


def _make_name_durable(folder: Path) -> None:
    """Have the disk write down which file has the name; some systems know no folder as a file."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
