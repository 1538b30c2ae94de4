"""Captions (.vtt, .srt): cues become turns, one line each; when each cue began is kept beside the text.

WebVTT's rules are W3C's (https://www.w3.org/TR/webvtt1/); SubRip has none, and is read the same way.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from qualcode.errors import InputError
from qualcode.model import Turn
from qualcode.transcripts import rolling, speakers
from qualcode.transcripts.encodings import decode
from qualcode.transcripts.labels import label_key, tidy
from qualcode.transcripts.reading import (
    Options,
    Reading,
    Transcript,
    document_name,
    normalise,
    require_words,
    speaker_counts,
)
from qualcode.transcripts.stamps import milliseconds
from qualcode.visible import counted, visible_line

_TIME = r"((?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,，]\d{1,3})?)"
_TIMING = re.compile(rf"[ \t]*{_TIME}[ \t]*(?:-->(?:[ \t]*{_TIME}(?!\S))?|(?:->|[–—]>|→)[ \t]*{_TIME}(?!\S))")
_MEANT_AS_TIMING = re.compile(r"[ \t]*[^\s:]{0,6}:\S{0,20}[ \t]*-->")
_FIRST_LINES = re.compile(rf"\s{{0,20}}(?:WEBVTT(?:[ \t].*)?\n|\d{{1,6}}[ \t]*\n[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME})")
_BLOCK = re.compile(r"\n(?:[ \t]*\n)+")
_ASIDE = ("NOTE", "STYLE", "REGION", "WEBVTT")
_VOICE = re.compile(r"<v(?:\.[^\s>]{0,80})?[ \t]+([^>\n]{1,200})>|</v>", re.IGNORECASE)
_MARK = r"</?(?:c|b|i|u|s|ruby|rt|lang|font|span)(?![a-z])[^<>]{0,200}>|<\d[\d:.,]{0,20}>|\{\\[^{}]{1,40}\}"
_TAG_BUT_VOICE = re.compile(_MARK, re.IGNORECASE)
_TAG = re.compile(rf"</?v(?![a-z])[^<>]{{0,200}}>|{_MARK}", re.IGNORECASE)
_NAMED_CUE = re.compile(r"\d{1,6} \"([^\"<>\n]{1,80})\"(?: \(\d{1,20}\))?$")
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,31}|#\d{1,7}|#[xX][0-9A-Fa-f]{1,6});")

_UNREADABLE = "a time that cannot be read (the words were kept)"
_BACKWARD = "a time that runs backward (the file's order was kept)"

_DASH = re.compile(r"[-\u2010\u2013\u2014][ \t]*(?![-\u2010\u2013\u2014\d\s])")
"""Begins a line that another speaker says, where several lines of one cue begin so; `-5` is a number."""

_LABELLED = 0.8
"""Share of labelled cues from which a program set the labels: somebody heard once is a speaker then."""


class Cue(NamedTuple):
    """When a caption appears, in milliseconds, its lines with their tags, and what is wrong with its times."""

    at: int
    lines: list[str]
    fault: str = ""


class Piece(NamedTuple):
    """What one speaker says in one cue.

    Attributes:
        is_apart: nobody goes on in it, and it goes on from nobody.
        begins: it goes on from nobody, though others may go on in it.
    """

    at: int
    speaker: str
    words: str
    is_apart: bool = False
    begins: bool = False


def transcribe(path: Path, data: bytes, options: Options) -> Reading:
    """The transcript in a caption file.

    Cues of one speaker in a row are joined by blanks into one turn, `Label: words`, or just the words where
    nobody is named. Tags go, entities become characters. Lines that rolling captions repeat are read once.

    Raises:
        InputError: no encoding fits, or there are no cues or no words in them.
    """
    decoded = decode(data, path, options.encoding)
    text, replaced = normalise(decoded.text)
    cues = list(_cues(text))
    if not cues:
        raise InputError(
            "there are no cues (00:01.000 --> 00:02.000) in this file",
            where=visible_line(path.name),
            remedy="If it is plain text, call it .txt.",
        )
    faults = _about_times(cues)
    cues, rolled = _unrolled(cues)
    pieces, told = _pieces(cues, options)
    body, turns, times = _composed(pieces)
    require_words(body, path)
    asking = speakers.interviewers(tuple(dict.fromkeys(turn.speaker for turn in turns if turn.speaker)), options)
    counts = speaker_counts(turns, asking)
    transcript = Transcript(document_name(path), body, turns, counts, times)
    warnings = (*decoded.warnings, *replaced, *faults, *rolled, *told, *speakers.speaker_warnings(counts))
    return Reading(path, path.suffix.lower()[1:], decoded.encoding, data, (transcript,), warnings)


def are_meant(text: str) -> bool:
    """Whether a text is a caption file by its first lines, whatever it is called."""
    return _FIRST_LINES.match(text) is not None


def _cues(text: str) -> Iterator[Cue]:
    """The cues in order. A block without times, after the first cue, goes on with the cue before it."""
    cue: Cue | None = None
    for block in _BLOCK.split(text):
        lines = block.split("\n")
        if cue is None or any(map(_is_timing, lines)) or not lines[0].startswith(_ASIDE):
            for place, (line, following) in enumerate(pairwise([*lines, ""])):
                if _is_timing(line):
                    if cue is not None:
                        yield cue
                    cue = _begun(line, cue)
                    cue.lines.extend(_voice_of(lines[place - 1] if place else ""))
                elif cue is not None and line.strip() and not _names_a_cue(line, place, following):
                    cue.lines.append(line.strip())
    if cue is not None:
        yield cue


def _is_timing(line: str) -> bool:
    return (">" in line or "→" in line) and bool(_TIMING.match(line) or _MEANT_AS_TIMING.match(line))


def _begun(line: str, before: Cue | None) -> Cue:
    """A cue from its line of times; where the first cannot be read, it has the time of the cue before."""
    earlier = before.at if before else 0
    timing = _TIMING.match(line)
    if timing is None:
        return Cue(earlier, [], _UNREADABLE)
    at = milliseconds(timing[1]) or 0
    until = timing[2] or timing[3]
    if until is None:
        return Cue(at, [], _UNREADABLE)
    is_backward = at < earlier or (milliseconds(until) or 0) < at
    return Cue(at, [], _BACKWARD if is_backward else "")


def _about_times(cues: list[Cue]) -> Iterator[str]:
    for fault, number in sorted(Counter(cue.fault for cue in cues if cue.fault).items()):
        first = next(place for place, cue in enumerate(cues, start=1) if cue.fault == fault)
        yield f"{counted(number, 'cue has', 'cues have')} {fault}: the first is cue {first}"


def _names_a_cue(line: str, place: int, following: str) -> bool:
    return _is_timing(following) and (place == 0 or line.strip().isdigit())


def _voice_of(name: str) -> list[str]:
    """The speaker whom Webex writes into the cue's name, `12 "Anna Roe" (1085837568)`, as WebVTT writes speakers."""
    match = _NAMED_CUE.match(name)
    return [f"<v {match[1]}>"] if match else []


def _unrolled(cues: list[Cue]) -> tuple[list[Cue], tuple[str, ...]]:
    """The cues without the lines that rolling captions show again."""
    shown = [[line for each in cue.lines if (line := _TAG_BUT_VOICE.sub("", each).strip())] for cue in cues]
    new, again = rolling.unrolled(shown)
    if not again:
        return cues, ()
    read_once = [cue._replace(lines=lines) for cue, lines in zip(cues, new, strict=True)]
    return read_once, (f"rolling captions: what {again} of {len(cues)} cues show again was read once",)


def _plain(text: str) -> str:
    """A caption's text without tags, entities as characters, on one line."""
    without_tags = _TAG.sub("", text)
    plain = _ENTITY.sub(lambda match: html.unescape(match[0]), without_tags)
    return normalise(plain)[0].replace("\n", " ").strip(" \t")


def _pieces(cues: list[Cue], options: Options) -> tuple[list[Piece], tuple[str, ...]]:
    by_cue, told = _by_voice(cues, options) if any(map(_names_a_voice, cues)) else _by_label(cues, options)
    dashed = [place for place, pieces in enumerate(by_cue, start=1) if any(piece.is_apart for piece in pieces)]
    if dashed:
        several = counted(len(dashed), "cue has", "cues have")
        warning = (
            f"{several} several speakers who are told apart by dashes only, and named nowhere: the first is cue "
            f"{dashed[0]}. Each is a turn of nobody's; if it matters who speaks, write the name before the words "
            "there: Anna: ..."
        )
        told = (*told, warning)
    return [piece for pieces in by_cue for piece in pieces], told


def _names_a_voice(cue: Cue) -> bool:
    return any(_VOICE.search(line) for line in cue.lines)


def _by_dash(cue: Cue) -> list[Piece]:
    """Speakers of a cue that names nobody, where two lines or more begin with a dash; none otherwise.

    Captioners set a dash before each speaker of those who share a cue (the house rules of Rev and Netflix, say).
    """
    lines = [_plain(line) for line in cue.lines]
    if sum(bool(_DASH.match(line)) for line in lines) < 2:
        return []
    said: list[str] = []
    for line in lines:
        if said and not _DASH.match(line):
            said[-1] += f" {line}"
        else:
            said.append(line)
    return [Piece(cue.at, "", words, is_apart=True) for words in said]


def _by_voice(cues: list[Cue], options: Options) -> tuple[list[list[Piece]], tuple[str, ...]]:
    """Speakers of each cue from `<v Name>`, which holds to `</v>` or the cue's end."""
    wanted = None if options.speakers is None else set(map(label_key, (*options.speakers, *options.interviewers)))
    by_cue: list[list[Piece]] = []
    outside: list[int] = []
    for place, cue in enumerate(cues, start=1):
        pieces = [] if _names_a_voice(cue) else _by_dash(cue)
        pieces = pieces or list(_voices(cue))
        if any(piece.words and not piece.speaker for piece in pieces):
            outside.append(place)
        by_cue.append(
            [
                piece if wanted is None or label_key(piece.speaker) in wanted else piece._replace(speaker="")
                for piece in pieces
            ]
        )
    if not outside:
        return by_cue, ()
    warning = (
        f"{len(outside)} of {len(cues)} cues have words outside <v Name>, which are nobody's: the first is cue "
        f"{outside[0]}. If somebody says them, write <v Name> before them in the file and import it then"
    )
    return by_cue, (warning,)


def _voices(cue: Cue) -> Iterator[Piece]:
    speaker, position = "", 0
    text = " ".join(cue.lines)
    for tag in _VOICE.finditer(text):
        yield Piece(cue.at, speaker, _plain(text[position : tag.start()]))
        speaker, position = tidy(_plain(tag[1] or "")), tag.end()
    yield Piece(cue.at, speaker, _plain(text[position:]))


def _by_label(cues: list[Cue], options: Options) -> tuple[list[list[Piece]], tuple[str, ...]]:
    """Speakers of each cue from `Name: words` at the head of a line (Zoom); who was named last goes on."""
    plain = [[_plain(line) for line in cue.lines] for cue in cues]
    text = "\n".join(line for lines in plain for line in lines)
    found = speakers.find(text, options)
    once = found.once
    if once and sum(turn.speaker != "" for turn in found.turns) + len(once) >= _LABELLED * len(cues):
        names = (*(count.label for count in found.speakers), *once)
        found, once = speakers.find(text, replace(options, speakers=names)), ()
    by_cue: list[list[Piece]] = []
    turns = iter(found.turns)
    turn = next(turns)
    position, speaker = 0, ""
    for cue, lines in zip(cues, plain, strict=True):
        pieces, is_labelled = [], False
        for place, line in enumerate(lines):
            while turn.end <= position < len(text):
                turn = next(turns)
            is_change = turn.start == position and line.startswith(">>")
            if turn.speaker or place == 0 or is_change:
                speaker = turn.speaker
            begins_turn = is_change or (bool(turn.speaker) and turn.start == position)
            words = text[turn.speech : position + len(line)] if begins_turn else line
            pieces.append(Piece(cue.at, speaker, words, begins=is_change and not speaker))
            is_labelled |= begins_turn
            position += len(line) + 1
        by_cue.append(pieces if is_labelled else _by_dash(cue) or pieces)
    return by_cue, (*found.unnamed, *speakers.left_in_text(once))


def _composed(pieces: list[Piece]) -> tuple[str, tuple[Turn, ...], tuple[tuple[int, int], ...]]:
    """The body, its turns, and where each cue's words begin."""
    parts: list[str] = []
    length = 0
    turns: list[Turn] = []
    times: list[tuple[int, int]] = []
    was_apart = False
    for piece in pieces:
        if not piece.words:
            continue
        is_new = not turns or turns[-1].speaker != piece.speaker or piece.begins
        label_is_new = is_new or piece.is_apart or was_apart
        was_apart = piece.is_apart
        if label_is_new:
            label = f"{piece.speaker}: " if piece.speaker else ""
            parts.append(label)
            turns.append(Turn(length, length, length + len(label), piece.speaker))
            length += len(label)
        else:
            parts[-1] = " "  # in place of the newline
        if not times or times[-1][1] != piece.at or label_is_new:
            times.append((length, piece.at))
        parts += (piece.words, "\n")
        length += len(piece.words) + 1
        opened = turns[-1]
        turns[-1] = Turn(opened.start, length, opened.speech, opened.speaker)
    return "".join(parts), tuple(turns), tuple(times)
