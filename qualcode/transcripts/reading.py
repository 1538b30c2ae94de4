"""What a transcript is once it has been read, and how its text is made fit to hold positions."""

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property
from operator import attrgetter
from pathlib import Path

from qualcode.errors import InputError
from qualcode.model import Turn
from qualcode.visible import counted, visible_line

LARGEST = 64 * 1024 * 1024
"""Bytes a transcript may have; a day's talk is under one megabyte."""


NO_INTERVIEWER = "no interviewer recognised"
"""How a warning begins that an attribute sheet can make needless."""


@dataclass(frozen=True, slots=True)
class Options:
    """What the researcher says about a file, over what would be found out.

    Attributes:
        encoding: name of the encoding, instead of finding it out.
        interviewers: labels to be taken as interviewers; upper and lower case are one.
        speakers: if given, exactly these labels are speakers; else they are found.
        no_speakers: labels that only look so ("First:"): their lines belong to whoever speaks before.
    """

    encoding: str | None = None
    interviewers: tuple[str, ...] = ()
    speakers: tuple[str, ...] | None = None
    no_speakers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpeakerCount:
    """A speaker's label, how many turns it has, and whether it asks."""

    label: str
    turns: int
    is_interviewer: bool


@dataclass(frozen=True)  # without slots, so that the words are counted once, and only where they are shown
class Transcript:
    """One text with its turns. Positions are code points, half-open, into `body`.

    Attributes:
        name: the document's name: the file's stem, composed (NFC).
        body: the text; paragraphs end at a newline only.
        turns: in order, not overlapping; notes after the text (footnotes) are in no turn.
        speakers: in order of first appearance, without the "" of words that nobody is named for.
        cues: (position, milliseconds) of the time stamps, in order.
    """

    name: str
    body: str
    turns: tuple[Turn, ...]
    speakers: tuple[SpeakerCount, ...]
    cues: tuple[tuple[int, int], ...] = ()

    @cached_property
    def words(self) -> dict[str, int]:
        """Speaker's label -> words said (runs between blanks, labels not counted)."""
        said = Counter[str]()
        for turn in self.turns:
            said[turn.speaker] += len(self.body[turn.speech : turn.end].split())
        return dict(said)


@dataclass(frozen=True, slots=True)
class Reading:
    """A file as it was read: its own bytes, its texts, and what the researcher should know.

    Attributes:
        format: the suffix without its dot.
        encoding: "utf-8", "cp1252 (guessed)", or "" where the format settles it.
        warnings: one sentence each; text quoted in them is safe to show.
    """

    path: Path
    format: str
    encoding: str
    original: bytes
    transcripts: tuple[Transcript, ...]
    warnings: tuple[str, ...]


def document_name(path: Path) -> str:
    """The name a file's document gets: its stem, composed (NFC)."""
    return unicodedata.normalize("NFC", storable(path.stem))


def storable(name: str) -> str:
    """A file's name as it can be stored: bytes that are no UTF-8 (Python gives them as half characters) become �."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def not_there(path: Path, noun: str) -> InputError:
    """The error for a path at which there is nothing, with the nearest names that its folder has."""
    folder = path.parent
    try:
        beside = {each.name.casefold(): each.name for each in folder.iterdir() if each.exists()}  # no dead links
    except OSError:
        beside = {}
    near = [beside[name] for name in get_close_matches(path.name.casefold(), beside, n=3)]
    if near:
        remedy = f"Did you mean {' or '.join(visible_line(str(folder / name)) for name in near)}?"
    elif folder.is_dir():
        remedy = "Check the name and the folder."
    else:
        remedy = f"There is no folder {visible_line(str(folder))} either."
    return InputError(f"there is no such {noun}", where=visible_line(str(path)), remedy=remedy)


def load(path: Path) -> bytes:
    """The file's bytes.

    Raises:
        InputError: there is no such file, it cannot be read, or it is too big for a transcript.
    """
    where = visible_line(str(path))
    try:
        if path.is_dir():
            raise InputError("this is a folder, not a transcript", where=where, remedy="Name the files in it.")
        size = path.stat().st_size
        if size > LARGEST:
            raise InputError(
                f"the file has {size // 1024**2} MB; a transcript may have {LARGEST // 1024**2} MB",
                where=where,
                remedy="Take pictures and sound out of it, or save it as plain text.",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise not_there(path, "file") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        remedy = "Check that you may open it yourself, or bring in a copy of it."
        raise InputError(f"the file cannot be read: {reason}", where=where, remedy=remedy) from error


def normalise(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as it is stored, and a warning for each kind of character that had to be replaced.

    CRLF and CR become LF, one byte order mark at the start goes, NUL becomes ␀, lone surrogates become �.
    Nothing else is touched: no-break blanks, joiners, soft hyphens and composed or decomposed letters stay.
    """
    body = text.removeprefix("\ufeff")
    if "\r" in body:
        body = body.replace("\r\n", "\n").replace("\r", "\n")
    warnings = []
    if "\0" in body:
        warnings.append(f"{counted(body.count(chr(0)), 'NUL character')} replaced by ␀")
        body = body.replace("\0", "␀")
    try:
        body.encode()
    except UnicodeEncodeError:
        repaired = "".join("�" if "\ud800" <= character <= "\udfff" else character for character in body)
        lone = sum(before != after for before, after in zip(body, repaired, strict=True))
        warnings.append(f"{counted(lone, 'half character')} (lone surrogate) replaced by �")
        body = repaired
    return body, tuple(warnings)


def require_words(body: str, path: Path) -> None:
    """Refuse a text in which there is nothing to read.

    Raises:
        InputError: the body is empty or blank.
    """
    if not body.strip(" \t\n\v\f\xa0\u200b\ufeff␀"):
        raise InputError(
            "there are no words in this file",
            where=visible_line(path.name),
            remedy="If it shows text in its own program, save it again as .docx or as plain text (UTF-8).",
        )


def speaker_counts(turns: Iterable[Turn], interviewers: Iterable[str]) -> tuple[SpeakerCount, ...]:
    """Each label with its turns, in order of first appearance."""
    asking = set(interviewers)
    counts = Counter(map(attrgetter("speaker"), turns))
    return tuple(SpeakerCount(label, number, label in asking) for label, number in counts.items() if label)
