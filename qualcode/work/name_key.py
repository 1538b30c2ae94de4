"""The replacement key: which pseudonym stands for whom, in an encrypted file that lies apart from the project.

The file is in the age format. Inside is one line of JSON; behind it, in the key of a sealed project, the project as it
stood before (see `seal`).
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from qualcode.errors import InputError, RefusedError
from qualcode.model import KnownName, NameKind
from qualcode.project import Project, sealing
from qualcode.project.actions import now
from qualcode.project.listed_names import ListedNames
from qualcode.work import pseudonymise
from qualcode.work.age_file import decrypted, encrypted, write_new

_FORMAT = "qualcode names 1"


@dataclass(frozen=True, slots=True)
class KeyName:
    """A name in a key.

    Attributes:
        name, pseudonym, kind: as on the list.
        replaced: in how many places of the present texts the pseudonym stands.
        standing: in how many the name still stands.
    """

    name: str
    pseudonym: str
    kind: NameKind
    replaced: int
    standing: int


@dataclass(frozen=True, slots=True)
class Key:
    """What a key holds.

    Attributes:
        project: the project file's name.
        mark: tells the project apart from others: the guid of its first action, in hexadecimals.
        at: when the key was made, ISO in UTC.
        names: in order of the alphabet.
        staying: what is to stay in this very spelling: "will" beside "Will".
        before: the whole project as it stood before it was sealed; empty in a key that seals nothing.
    """

    project: str
    mark: str
    at: str
    names: tuple[KeyName, ...]
    staying: tuple[str, ...]
    before: bytes = b""

    def listed(self) -> ListedNames:
        """The names, ready to be found in texts."""
        known = (KnownName(-place, b"", each.name, each.kind, each.pseudonym) for place, each in enumerate(self.names))
        return ListedNames(known, self.staying)


def key_of(project: Project, before: bytes = b"") -> Key:
    """The key to a project as it stands now.

    Raises:
        RefusedError: the list is empty.
    """
    known = project.names.all()
    if not known:
        raise RefusedError(
            "the name list is empty: there is nothing to keep apart", remedy="See: qualcode names propose"
        )
    standing = pseudonymise.standing(project)
    bodies = [project.documents.body(document) for document in project.documents]
    names = tuple(
        KeyName(
            each.name, each.pseudonym, each.kind, sum(body.count(each.pseudonym) for body in bodies),
            len(standing[each.id]),
        )
        for each in known
    )  # fmt: skip
    staying = tuple(each.name for each in project.names.ignored())
    return Key(project.path.name, mark_of(project), now(), names, staying, before)


def mark_of(project: Project) -> str:
    """What tells a project from every other, also in its backups."""
    return sealing.first_action(project.store).hex()


def write_key(project: Project, path: Path, passphrase: str, *, anywhere: bool = False) -> Key:
    """Write the name list into an encrypted file, whole or not at all, readable by its owner only.

    Args:
        project: the study; nothing in it changes.
        path: where to; a file that is there is never written over.
        passphrase: opens it again; there is no other way.
        anywhere: also into the project's own folder, where whoever takes the project takes the key with it.

    Raises:
        RefusedError: the list is empty, the place is the project's own, or the passphrase too short.
        InputError, TroubleError: it cannot be written there.
    """
    must_be_apart(project, path, anywhere=anywhere)
    key = key_of(project)
    write_new(path, encrypted(laid_down(key), passphrase))
    return key


def must_be_apart(project: Project, path: Path, *, anywhere: bool = False) -> None:
    """Refuse a place inside the project's folder (or below it), unless anywhere will do, and a file that is there."""
    if not anywhere and path.resolve().is_relative_to(project.path.resolve().parent):
        raise RefusedError(
            "this is the project's own folder: whoever has the project would have the key",
            where=str(path),
            remedy="Put it on another disk, or with another person. To write it here all the same: --force",
        )
    if path.exists():
        raise RefusedError("there is such a file, and a key is never written over", where=str(path))


def laid_down(key: Key) -> bytes:
    """A key as bytes: a line of JSON, then the project."""
    told = asdict(key) | {"format": _FORMAT}
    del told["before"]
    return json.dumps(told, ensure_ascii=False).encode() + b"\n" + key.before


def open_key(path: Path, passphrase: str) -> Key:
    """Read a key.

    Raises:
        InputError: it cannot be opened, or is another sort of file.
    """
    head, _, before = decrypted(path, passphrase).partition(b"\n")
    try:
        told: dict[str, Any] = json.loads(head)
        is_ours = told.pop("format") == _FORMAT
        names = tuple(KeyName(**each) for each in told.pop("names"))
        key = Key(names=names, staying=tuple(told.pop("staying")), before=before, **told)
    except (ValueError, KeyError, TypeError, AttributeError):
        is_ours = False
    if not is_ours:
        raise InputError("the file opens, and it is no key of a project, or a newer qualcode's", where=str(path))
    return key
