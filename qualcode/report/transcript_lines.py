"""A transcript cut for printing: citable lines, and in each line pieces that every coded passage holds whole or not."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from qualcode.coded_transcript import CodedTranscript
from qualcode.lines import line_of, lines_of
from qualcode.report.printed import xml_safe
from qualcode.visible import visible


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a line.

    Attributes:
        start, end: half-open code points of the body.
        text: safe to show, without a newline; "" where the piece is only one.
        is_label: whether it is a speaker's label.
        is_asked: whether the interviewer says it.
        within: places, in the transcript's passages, of those that hold it.
    """

    start: int
    end: int
    text: str
    is_label: bool
    is_asked: bool
    within: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A citable line.

    Attributes:
        number: from 1.
        answer: number of the answer that begins in it, 0 if none does.
        begins: places of the passages that begin in it.
        pieces: joined they are the line; empty only where the body is.
    """

    number: int
    answer: int
    begins: tuple[int, ...]
    pieces: tuple[Piece, ...]


def lines_in(transcript: CodedTranscript) -> list[Line]:
    """The transcript's lines in order."""
    starts = transcript.line_starts
    pieces: dict[int, list[Piece]] = {}
    for piece in _pieces(transcript):
        pieces.setdefault(line_of(starts, piece.start), []).append(piece)
    answers = {line_of(starts, answer.start): answer.number for answer in reversed(transcript.answers)}
    begins: dict[int, list[int]] = {}
    for place, passage in enumerate(transcript.passages):
        begins.setdefault(line_of(starts, passage.start), []).append(place)
    return [
        Line(number, answers.get(number, 0), tuple(begins.get(number, ())), tuple(pieces.get(number, ())))
        for number in range(1, len(starts) + 1)
    ]


def _pieces(transcript: CodedTranscript) -> Iterator[Piece]:
    """The body cut wherever a line, a passage, a turn or its words begin or end."""
    body, passages = transcript.body, transcript.passages
    borders = {0, len(body), *transcript.line_starts}
    borders.update(border for each in passages for border in (each.start, each.end))
    borders.update(border for turn in transcript.turns for border in (turn.start, turn.speech, turn.end))
    cuts = sorted(borders)
    opening = sorted(range(len(passages)), key=lambda place: passages[place].start)
    within: list[int] = []
    turns = iter(transcript.turns)
    turn = next(turns, None)
    for start, end in pairwise(cuts):
        within = [place for place in within if passages[place].end > start]
        while opening and passages[opening[0]].start <= start:
            within.append(opening.pop(0))
        while turn is not None and turn.end <= start:
            turn = next(turns, None)
        is_spoken = turn is not None and turn.start <= start
        is_label = is_spoken and turn is not None and start < turn.speech
        words = body[start:end].removesuffix("\n")
        if is_label and turn is not None and turn.speaker in transcript.called:
            words = f"{transcript.called[turn.speaker]}: " if start == turn.start else ""
        yield Piece(
            start,
            end,
            xml_safe(visible(words)),
            is_label=is_label,
            is_asked=is_spoken and turn is not None and turn.speaker in transcript.interviewers,
            within=tuple(sorted(within)),
        )


def span_in_lines(transcript: CodedTranscript, place: int) -> tuple[int, int]:
    """The first and the last line of a passage."""
    passage = transcript.passages[place]
    return lines_of(transcript.line_starts, passage.start, passage.end)


def lanes(transcript: CodedTranscript) -> list[int]:
    """For each passage a lane from 0, so that passages that share a line never share a lane."""
    last_lines: list[int] = []
    found = []
    for place in range(len(transcript.passages)):
        first, last = span_in_lines(transcript, place)
        lane = next((lane for lane, busy in enumerate(last_lines) if busy < first), len(last_lines))
        last_lines[lane:] = [last, *last_lines[lane + 1 :]]
        found.append(lane)
    return found


def codes_used(transcript: CodedTranscript) -> list[tuple[str, str, int]]:
    """Label, name and number of passages of each code, in order of label; claims are no codes."""
    counts: dict[tuple[str, str], int] = {}
    for passage in transcript.passages:
        if passage.is_claim:
            continue
        key = (passage.label, passage.name)
        counts[key] = counts.get(key, 0) + 1
    return [(label, name, counts[label, name]) for label, name in sorted(counts)]
