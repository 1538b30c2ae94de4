"""Sealing a project: what could tell who took part leaves it into an encrypted file that lies apart."""

from dataclasses import dataclass
from pathlib import Path

from qualcode import cache
from qualcode.errors import InputError, RefusedError, TroubleError
from qualcode.project import Project, sealing
from qualcode.project.erase import digests_of_texts
from qualcode.project.sealing import Sealed
from qualcode.work import pseudonymise
from qualcode.work.age_file import decrypted, encrypted, write_new
from qualcode.work.name_key import Key, key_of, laid_down, must_be_apart


@dataclass(frozen=True, slots=True)
class SealDone:
    """What `seal` did, and what it could not reach.

    Attributes:
        taken: what left the project.
        key: the file that it left into.
        backups: copies of the project from before, which hold the names still.
        exports: files written before, which may hold them.
        similar: words that begin like a listed name and stay: "Maureens".
        uncleared: folders in the user's cache that hold what was worked out from texts that went, and stay.
        swept: whether the old bytes have left the project file; if not, another program has it open.
    """

    taken: Sealed
    key: Path
    backups: tuple[Path, ...]
    exports: tuple[str, ...]
    similar: tuple[str, ...]
    uncleared: tuple[Path, ...]
    swept: bool


def foresee(project: Project) -> Sealed:
    """What `seal` would take; nothing is written.

    Raises:
        RefusedError: the list is empty, or a name on it still stands in a present text.
    """
    names = pseudonymise.listed(project)
    sealing.refuse_unready(project.store, names)
    return sealing.foresee(project.store, names)


def seal(project: Project, path: Path, passphrase: str, *, anywhere: bool = False) -> SealDone:
    """Write the whole project as it stands into a key, then take the names out of it. Only the key brings them back.

    The key is read back before anything is taken out. See `project/sealing.py` for what goes.

    Args:
        project: the study; not inside an action.
        path: where the key is written; a file that is there is never written over.
        passphrase: opens the key; there is no other way.
        anywhere: also into the project's own folder.

    Raises:
        RefusedError: the list is empty, a name still stands in a text, the place is the project's own, or there is a
            file.
        InputError, TroubleError: the key cannot be written, or something would be left; nothing was sealed.
    """
    if project.store.connection.in_transaction:
        raise RefusedError("to seal is an action of its own, not a part of another")
    must_be_apart(project, path, anywhere=anywhere)
    names = pseudonymise.listed(project)
    similar = tuple(sorted({words for each in names.known for words in pseudonymise.similar(project, each.name)}))
    with project.store.transaction():
        sealing.refuse_unready(project.store, names)
        texts = digests_of_texts(project.store)
        content = laid_down(key_of(project, sealing.whole(project.store)))
        write_new(path, encrypted(content, passphrase))
        try:
            _read_back(path, passphrase, content)
            backups, exports = sealing.still_held(project.store, sealing.text_guids(project.store))
            taken = sealing.seal(project.store, names)
            uncleared = cache.drop(texts - digests_of_texts(project.store))  # afterwards nobody knows of them
        except BaseException:
            path.unlink(missing_ok=True)
            raise
    return SealDone(taken, path, backups, exports, similar, uncleared, sealing.swept(project.store))


def _read_back(path: Path, passphrase: str, content: bytes) -> None:
    if decrypted(path, passphrase) != content:
        raise TroubleError("the key does not read back as it was written: nothing was sealed", where=str(path))


def unsealed(key: Key, to: Path) -> Path:
    """Write the project as it stood before it was sealed, as a new file.

    Raises:
        InputError: the key seals no project, or the place cannot be written.
        RefusedError: there is a file already.
    """
    if not key.before:
        raise InputError("this key holds a name list alone, and no sealed project")
    write_new(to, key.before)
    return to
