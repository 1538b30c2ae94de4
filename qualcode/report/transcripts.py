"""Transcripts on paper: coded, with every passage marked and named; or blank, numbered, with room for pencil.

write_coded(transcript, Path("A-SU1.docx"))
write_blank(transcript, Path("A-SU1.html"))
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from importlib import import_module
from pathlib import Path

from qualcode.coded_transcript import CodedTranscript
from qualcode.errors import InputError
from qualcode.report.saving import save

__all__ = ["FORMATS", "write_blank", "write_coded"]

FORMATS: Mapping[str, str] = {
    ".docx": "qualcode.report.transcript_docx",
    ".html": "qualcode.report.transcript_html",
    ".txt": "qualcode.report.transcript_text",
}
"""Suffix -> the module that writes it, by `coded` and `blank`."""


def write_coded(transcript: CodedTranscript, path: Path) -> Path:
    """Writes a transcript with its coding, in the format of the path's suffix; the same transcript, the same bytes.

    Raises:
        InputError: an unknown suffix, a missing folder, a place that cannot be written.
        TroubleError: the disk is full or failing.
    """
    return _write("coded", transcript, path)


def write_blank(transcript: CodedTranscript, path: Path) -> Path:
    """Writes a transcript without its coding, to be coded by hand; errors as `write_coded`.

    Its numbers are those of citations, so that what is noted beside them can be typed in later.
    """
    return _write("blank", replace(transcript, passages=()), path)


def _write(kind: str, transcript: CodedTranscript, path: Path) -> Path:
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise InputError(
            f"transcripts are not written as {suffix or 'files without an ending'}",
            where=str(path),
            remedy=f"End the name in one of: {', '.join(FORMATS)}",
        )
    content: Callable[[CodedTranscript], bytes] = getattr(import_module(FORMATS[suffix]), kind)
    save(path, content(transcript))
    return path
