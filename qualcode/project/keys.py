"""Keys of encrypted projects. They are kept in this process's memory alone, and nowhere else.

An encrypted project is a SQLCipher 4 file with that library's own settings, so that any SQLCipher tool opens it by its
passphrase: each page is encrypted by AES-256 and signed, and the first 16 bytes of the file are a random salt. Key and
passphrase go together by PBKDF2-HMAC-SHA512 over that salt (zetetic.net/sqlcipher/design).

The key is worked out once for a process and kept by its salt. Backups keep the salt of their project, so that whatever
belongs to a study opens once its passphrase was given: for other threads, for a backup, for `restore`.
"""

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from qualcode.errors import LockedError, RefusedError
from qualcode.project.held import is_held, key_held

SHORTEST = 8
"""Characters of a passphrase."""

PAGE = 4096
"""Bytes of a page: an encrypted file is so many of them, and nothing else."""

_ROUNDS = 256_000
_SALT = 16
_CLEAR = b"SQLite format 3\0"
_OTHERS = (b"PK\3\4", b"%PDF", b"\x89PNG", b"age-encryption.org/")
"""How files begin that may look as random as an encrypted one."""
_LEAST_VALUES = 240
"""Of 256 values that a byte has, so many stand in 4,096 random ones; 256 are expected, and text has about 80."""


@dataclass(frozen=True, slots=True, repr=False)
class ProjectKey:
    """What opens an encrypted project: worked out from its passphrase, or random. Give it wherever a passphrase goes.

    Attributes:
        raw: 32 bytes.
        salt: 16 bytes, with which the file begins.
    """

    raw: bytes
    salt: bytes

    @classmethod
    def new(cls, passphrase: str) -> Self:
        """The key for a file that is encrypted now.

        Raises:
            RefusedError: the passphrase is too short to keep anything.
        """
        refuse_short(passphrase)
        return cls.of(passphrase, os.urandom(_SALT))

    @classmethod
    def of(cls, passphrase: str, salt: bytes) -> Self:
        """The key that a passphrase makes with the salt of a file; it takes half a second, as each guess does."""
        typed = passphrase.encode("utf-8", "surrogateescape")
        return cls(hashlib.pbkdf2_hmac("sha512", typed, salt, _ROUNDS, 32), salt)

    @classmethod
    def random(cls) -> Self:
        """A key that no passphrase makes: for programs that keep it themselves, as our tests do."""
        return cls(os.urandom(32), os.urandom(_SALT))

    @property
    def told(self) -> str:
        """As SQLCipher is told a key that needs no working out."""
        return f"x'{self.raw.hex()}{self.salt.hex()}'"

    def __repr__(self) -> str:
        return "<ProjectKey>"  # never the key itself: a repr lands in logs


def refuse_short(passphrase: str) -> None:
    """Refuse a passphrase that would keep nothing.

    Raises:
        RefusedError: it is too short.
    """
    if len(passphrase) < SHORTEST:
        raise RefusedError(f"a passphrase has {SHORTEST} characters at least", remedy="Four or five words are good.")


_known: dict[bytes, ProjectKey] = {}


def keep(key: ProjectKey) -> None:
    """Keep a key that has opened a file, as long as this process lives."""
    _known[key.salt] = key


def key_of(path: Path) -> ProjectKey | None:
    """The key of a file, None if it is not encrypted.

    Raises:
        LockedError: it is, and its passphrase was not given yet.
    """
    salt = _salt_of(path)
    if salt is None:
        return key_held(path)
    if salt not in _known:
        raise LockedError(
            "this project is encrypted, and its passphrase was not given",
            where=str(path),
            remedy='Commands ask for it; in Python: qualcode.open(path, passphrase="...")',
        )
    return _known[salt]


def is_encrypted(path: Path) -> bool:
    """Whether a file is an encrypted project, as far as can be seen without its key."""
    return key_held(path) is not None if is_held(path) else _salt_of(path) is not None


def is_locked(path: Path) -> bool:
    """Whether the passphrase of a file has still to be given."""
    salt = _salt_of(path)
    return salt is not None and salt not in _known


def key_by(path: Path, passphrase: str | ProjectKey) -> ProjectKey:
    """The key of an encrypted file by its passphrase; whether it fits is only seen when the file is read.

    Args:
        path: the file.
        passphrase: or the key itself.

    Raises:
        LockedError: it is another than the one that opened the file before.
        RefusedError: the file is not encrypted.
    """
    known = key_held(path) if is_held(path) else None
    salt = known.salt if known else _salt_of(path)
    if salt is None:
        raise RefusedError(
            "this project is not encrypted: it opens without a passphrase",
            where=str(path),
            remedy=f"To encrypt it: qualcode encrypt {path}",
        )
    key = passphrase if isinstance(passphrase, ProjectKey) else ProjectKey.of(passphrase, salt)
    if key.salt != salt or _known.get(salt, key) != key:
        raise wrong(path)
    return key


def wrong(path: Path) -> LockedError:
    """The error for a passphrase that does not open a file."""
    return LockedError(
        "it does not open: another passphrase, or the file is damaged, or it is no qualcode project "
        "(which of these cannot be told from outside)",
        where=str(path),
        remedy="Try again. Without its passphrase nobody opens it; capitals and blanks count.",
    )


def _salt_of(path: Path) -> bytes | None:
    """The salt with which an encrypted file begins; None where it is open here, or does not look encrypted.

    Encrypted pages look like nothing but chance: that, and whole pages, is all that can be seen.
    """
    try:
        if is_held(path) or not path.is_file() or not path.stat().st_size or path.stat().st_size % PAGE:
            return None
        with path.open("rb") as file:
            page = file.read(PAGE)
    except OSError:
        return None
    is_other = page.startswith((_CLEAR, *_OTHERS)) or len(set(page)) < _LEAST_VALUES
    return None if is_other else page[:_SALT]
