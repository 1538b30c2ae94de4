"""The user's cache: what was worked out from texts and can be worked out again, in the system's folder for caches.

It is never in a project or beside one. It holds participants' words: its folders are 0700, its files 0600, and all of a
text lies in one folder named by the text's SHA-256, so that what a project forgets is found and goes from here too.

    <folder>/texts/<SHA-256 of the text>/<name>

QUALCODE_CACHE names another folder. Files are written whole or not at all, so that it may be interrupted at any moment.
Of an encrypted project's texts nothing is written: it is kept in memory, until the program ends.
"""

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import TroubleError

_TEXTS = "texts"


def folder() -> Path:
    """Where the cache lies, whether or not it is there yet."""
    chosen = os.environ.get("QUALCODE_CACHE")
    if chosen:
        return Path(chosen)
    import platformdirs

    return platformdirs.user_cache_path("qualcode", appauthor=False)


def _of(digest: bytes) -> Path:
    return folder() / _TEXTS / digest.hex()


_in_memory: dict[bytes, dict[str, bytes]] = {}
"""A text's SHA-256 -> what is kept for it by name, for texts that are never written about."""


def keep_in_memory(digests: Iterable[bytes]) -> None:
    """From now on nothing about these texts (their SHA-256) is written."""
    for each in digests:
        _in_memory.setdefault(each, {})


def holds(digest: bytes, name: str) -> bool:
    """Whether something of that name is kept for a text (its SHA-256)."""
    return name in _in_memory.get(digest, ()) or (_of(digest) / name).is_file()


def kept(digest: bytes, name: str) -> bytes | None:
    """What is kept for a text under a name; None if nothing is, or it cannot be read."""
    if (passing := _in_memory.get(digest, {}).get(name)) is not None:
        return passing
    try:
        return (_of(digest) / name).read_bytes()
    except OSError:
        return None


def keep(digest: bytes, name: str, data: bytes) -> None:
    """Keep something for a text under a name.

    Raises:
        TroubleError: it cannot be written.
    """
    import tempfile

    if digest in _in_memory:
        _in_memory[digest][name] = data
        return
    place = _of(digest)
    try:
        for each in (folder(), place.parent, place):
            each.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(prefix=".draft.", dir=place)  # mkstemp makes files 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(draft).replace(place / name)
        finally:
            Path(draft).unlink(missing_ok=True)
    except OSError as trouble:
        remedy = "Free space there, or name another folder: QUALCODE_CACHE."
        raise TroubleError(
            f"the cache cannot be written ({trouble.strerror})", where=str(place), remedy=remedy
        ) from None


def drop(digests: Iterable[bytes]) -> tuple[Path, ...]:
    """Delete all that is kept for some texts.

    Returns:
        The folders that could not be deleted, for the user to.
    """
    gone = list(digests)
    for each in gone:
        if each in _in_memory:
            _in_memory[each].clear()
    return _removed(map(_of, gone))


def empty() -> tuple[Path, ...]:
    """Delete all that is kept, for whatever text; returns what could not be deleted."""
    return _removed([folder() / _TEXTS])


def _removed(places: Iterable[Path]) -> tuple[Path, ...]:
    left = []
    for place in places:
        shutil.rmtree(place, ignore_errors=True)
        if place.exists():
            left.append(place)
    return tuple(left)


@dataclass(frozen=True, slots=True)
class Size:
    """How much is kept: texts, files, bytes."""

    texts: int
    files: int
    bytes: int


def size() -> Size:
    """How much is kept now."""
    place = folder() / _TEXTS
    texts = [each for each in place.iterdir() if each.is_dir()] if place.is_dir() else []
    files = [each for text in texts for each in text.iterdir()]
    return Size(len(texts), len(files), sum(each.stat().st_size for each in files))
