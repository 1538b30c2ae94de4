"""A finished file put in its place: whole or not at all."""

import os
import tempfile
from pathlib import Path

from qualcode.errors import InputError, QualcodeError, RefusedError, TroubleError
from qualcode.project.file import SUFFIX, is_database


def save(path: Path, content: bytes) -> None:
    """Writes a file so that a crash leaves either the old one or the new one, readable by its owner only.

    Raises:
        RefusedError: a project stands there, or the name is a project's.
        InputError: the folder is missing, the path is a folder, or we may not write there.
        TroubleError: the disk is full or failing.
    """
    _refuse_project(path)
    _refuse_unusable(path)
    try:
        _replace(path, content)
    except PermissionError as error:
        raise _not_allowed(path) from error
    except OSError as error:
        what = f"the file could not be written ({error.strerror or error}); nothing was changed"
        raise TroubleError(what, where=str(path), remedy="Free some space or choose another folder.") from error


def _refuse_unusable(path: Path) -> None:
    if path.is_dir():
        raise InputError("this is a folder, not a file", where=str(path), remedy="Give a file name in it.")
    if not path.parent.is_dir():
        what = "there is no such folder to write into"
        raise InputError(what, where=str(path.parent), remedy="Make the folder first, or choose another.")
    if path.exists() and not os.access(path, os.W_OK):
        raise _not_allowed(path)


def _refuse_project(path: Path) -> None:
    """A project would be gone for good: nobody replaces one by a table, whatever else they force."""
    if path.suffix.lower() == SUFFIX or is_database(path):
        what = (
            "this is the name of a project file" if path.suffix.lower() == SUFFIX else "this is a project or database"
        )
        raise RefusedError(f"{what}, and is not written over", where=str(path), remedy="Choose another name.")


def _not_allowed(path: Path) -> QualcodeError:
    what = "you are not allowed to write this file"
    return InputError(what, where=str(path), remedy="Choose another folder, or close the program that holds it.")


def _replace(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name[:40]}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
