"""Files that may be read and not written. Root is bound by no permissions: what runs as root does it as nobody."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

NOBODY = 65534

ARE_THERE = pytest.mark.skipif(not hasattr(os, "seteuid"), reason="there are no such permissions here")


@contextmanager
def somebody_whom_permissions_bind() -> Iterator[None]:
    """Root may write what is read-only, so a test that runs as root does this as nobody."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@contextmanager
def open_folder() -> Iterator[Path]:
    """A folder of its own, not below pytest's, which is root's alone."""
    made = Path(tempfile.mkdtemp())
    try:
        yield made
    finally:
        made.chmod(0o700)
        shutil.rmtree(made)


def taken_away(folder: Path, file_mode: int, folder_mode: int) -> None:
    """Let the study of a folder, and the folder, have these permissions for whom they bind."""
    for path, mode in ((folder / "study.qualcode", file_mode), (folder, folder_mode)):
        if os.geteuid() == 0:
            os.chown(path, NOBODY, NOBODY)
        path.chmod(mode)
