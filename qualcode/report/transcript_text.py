"""A transcript as plain text: the numbers of `lines.py`, and the codes on the left, as `qualcode show` prints them."""

from collections.abc import Iterator, Sequence

from qualcode.coded_transcript import CodedTranscript
from qualcode.report.numbered import Margin, NumberedLine, margins, printed_lines
from qualcode.report.transcript_lines import Line, lines_in, span_in_lines
from qualcode.visible import visible_line


def coded(transcript: CodedTranscript) -> bytes:
    """UTF-8; a code stands on the line where its passage begins, a bar follows it down; all passages listed below."""
    listed = ["", "Passages", "", *_passages(transcript)] if transcript.passages else []
    return _encoded([*_head(transcript), *_lines(lines_in(transcript), _margins(transcript)), *listed])


def blank(transcript: CodedTranscript) -> bytes:
    """UTF-8; numbers and words only."""
    return _encoded([*_head(transcript), *_lines(lines_in(transcript), [Margin()] * len(transcript.line_starts))])


def _encoded(lines: Sequence[str]) -> bytes:
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode()


def _head(transcript: CodedTranscript) -> Iterator[str]:
    yield visible_line(transcript.title)
    yield from (visible_line(f"{head}: {value}") for head, value in transcript.face_sheet)
    yield from map(visible_line, transcript.notes)
    yield ""


def _lines(lines: Sequence[Line], beside: Sequence[Margin]) -> Iterator[str]:
    return printed_lines(
        [
            NumberedLine(
                line.number, line.answer, margin, "".join(piece.text for piece in line.pieces).replace("\t", " ")
            )
            for line, margin in zip(lines, beside, strict=True)
        ]
    )


def _margins(transcript: CodedTranscript) -> list[Margin]:
    spans = ((*span_in_lines(transcript, place), passage.label) for place, passage in enumerate(transcript.passages))
    return margins(spans, len(transcript.line_starts))


def _passages(transcript: CodedTranscript) -> Iterator[str]:
    for place, each in enumerate(transcript.passages):
        first, last = span_in_lines(transcript, place)
        lines = f"line {first}" if first == last else f"lines {first}-{last}"
        parts = [lines, f"{each.label} {each.name}".strip(), each.coder, each.remarks]
        yield visible_line("  ".join(part for part in parts if part))
