"""Files in the age format under a passphrase (age-encryption.org/v1): any age tool opens them without qualcode."""

import os
import tempfile
from pathlib import Path

from qualcode.errors import InputError, RefusedError, TroubleError
from qualcode.project.file import give_name, make_durable
from qualcode.project.keys import refuse_short


def encrypted(content: bytes, passphrase: str) -> bytes:
    """The bytes of an age file; scrypt makes it take a second, as it makes each guess take one.

    Raises:
        RefusedError: the passphrase is too short to keep anything.
    """
    import pyrage

    refuse_short(passphrase)
    made: bytes = pyrage.passphrase.encrypt(content, passphrase)
    return made


def decrypted(path: Path, passphrase: str) -> bytes:
    """What an age file holds.

    Raises:
        InputError: it cannot be read, is no age file, or this is not its passphrase.
    """
    import pyrage

    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"the key cannot be read ({error.strerror or error})", where=str(path)) from None
    if not data.startswith((b"age-encryption.org/", b"-----BEGIN AGE")):
        raise InputError("this is no age file", where=str(path), remedy="Give the file that names key or seal wrote.")
    try:
        content: bytes = pyrage.passphrase.decrypt(data, passphrase)
    except pyrage.DecryptError:
        raise InputError(
            "it does not open: another passphrase, or the file is damaged", where=str(path), remedy="Try again."
        ) from None
    return content


def write_new(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, readable by its owner only, on the disk before this returns.

    Raises:
        RefusedError: there is such a file.
        InputError: the folder is missing, or nothing may be written there.
        TroubleError: the disk is full or failing.
    """
    if not path.parent.is_dir():
        raise InputError("there is no such folder", where=str(path.parent), remedy="Make the folder first.")
    draft: Path | None = None
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".key.")  # 0600 from the first byte
        draft = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        make_durable(draft)
        give_name(draft, path)
    except FileExistsError:
        raise RefusedError("there is such a file, and a key is never written over", where=str(path)) from None
    except PermissionError:
        raise InputError("you are not allowed to write here", where=str(path.parent)) from None
    except OSError as error:
        raise TroubleError(f"the key could not be written ({error.strerror or error})", where=str(path)) from error
    finally:
        if draft is not None:
            draft.unlink(missing_ok=True)
