"""Reads transcripts: `read(path)` gives the texts of a file with their turns, and says what it could not tell.

A format is one module with `transcribe(path, data, options) -> Reading` and one line in `_READERS`; it is
loaded when a file needs it.
"""

import zipfile
import zlib
from importlib import import_module
from pathlib import Path

from qualcode.errors import InputError
from qualcode.transcripts.reading import Options, Reading, SpeakerCount, Transcript, load, not_there
from qualcode.transcripts.sheets import Sheet, read_sheet
from qualcode.visible import visible_line

__all__ = ["FORMATS", "Options", "Reading", "Sheet", "SpeakerCount", "Transcript", "read", "read_sheet"]

_READERS = {
    ".docx": "word",
    ".md": "plain",
    ".srt": "captions",
    ".txt": "plain",
    ".vtt": "captions",
}

FORMATS = tuple(sorted(_READERS))
"""The suffixes of the files that can be read."""

_NOTHING_SAID = Options()

_OF_STRANGE_FILES = (RecursionError, MemoryError, UnicodeError, zipfile.BadZipFile, zlib.error)
"""What a file may provoke that no reader foresaw. Everything else is a fault of ours and is shown as one."""


def read(path: str | Path, options: Options = _NOTHING_SAID) -> Reading:
    """Read a transcript.

    Args:
        path: a file whose suffix is in `FORMATS`.
        options: what the researcher says about it, over what would be found out.

    Returns:
        The file's bytes, its texts with turns and speakers, and warnings to show before anything is stored.

    Raises:
        InputError: the file cannot be read as what its suffix says; the message says what to do.
    """
    path = Path(path)
    suffix = path.suffix.lower()
    if suffix not in _READERS:
        if not path.exists():
            raise not_there(path, "file or folder")
        kind = f"{visible_line(suffix)!r} files are" if suffix else "files without a suffix are"
        known = ", ".join(FORMATS)
        raise InputError(
            f"{kind} not read as transcripts",
            where=visible_line(path.name),
            remedy=f"Known are {known}. Save it as one of these (.docx or .txt serve best).",
        )
    if not path.is_file() and not path.is_dir() and path.exists():
        raise InputError(  # to read it would wait for ever for somebody to write
            "this is a pipe or a device, not a file", where=visible_line(path.name), remedy="Save the transcript first."
        )
    data = load(path)
    reader = import_module(f"qualcode.transcripts.{_READERS[suffix]}")
    try:
        reading: Reading = reader.transcribe(path, data, options)
    except _OF_STRANGE_FILES as error:
        raise InputError(
            f"this cannot be read as {suffix} ({type(error).__name__})",
            where=visible_line(path.name),
            remedy="Open it in its own program and save it anew, or as plain text.",
        ) from error
    return reading
