"""A transcript as plain text: the numbers of `lines.py`, and the codes on the left, as `qualcode show` prints them."""

from collections.abc import Iterator, Sequence

from qualcode.coded_transcript import CodedTranscript
from qualcode.report.transcript_lines import Line, lines_in, span_in_lines
from qualcode.report.widths import cell_width, cut, padded
from qualcode.visible import visible_line

_WIDEST_MARGIN = 24  # cells: with the numbers and 68 cells of text a line still fits a wide terminal
_MOST_BARS = 6


def coded(transcript: CodedTranscript) -> bytes:
    """UTF-8; a code stands on the line where its passage begins, a bar follows it down; all passages listed below."""
    margins = _margins(transcript)
    listed = ["", "Passages", "", *_passages(transcript)] if transcript.passages else []
    return _encoded([*_head(transcript), *_lines(lines_in(transcript), margins), *listed])


def blank(transcript: CodedTranscript) -> bytes:
    """UTF-8; numbers and words only."""
    return _encoded([*_head(transcript), *_lines(lines_in(transcript), [""] * len(transcript.line_starts))])


def _encoded(lines: Sequence[str]) -> bytes:
    return ("\n".join(line.rstrip() for line in lines) + "\n").encode()


def _head(transcript: CodedTranscript) -> Iterator[str]:
    yield visible_line(transcript.title)
    yield from (visible_line(f"{head}: {value}") for head, value in transcript.face_sheet)
    yield from map(visible_line, transcript.notes)
    yield ""


def _lines(lines: Sequence[Line], margins: Sequence[str]) -> Iterator[str]:
    width = max(map(cell_width, margins), default=0)
    digits = len(str(len(lines)))
    answers = max((len(f"¶{line.answer}") for line in lines if line.answer), default=0)
    for line, margin in zip(lines, margins, strict=True):
        answer = f"¶{line.answer}" if line.answer else ""
        head = [padded(margin, width)] * bool(width) + [f"{line.number:>{digits}}"]
        head += [answer.ljust(answers)] * bool(answers)
        words = "".join(piece.text for piece in line.pieces).replace("\t", " ")
        yield f"{'  '.join(head)}  {words}"


def _margins(transcript: CodedTranscript) -> list[str]:
    labels: list[list[str]] = [[] for _ in transcript.line_starts]
    bars = [0] * len(labels)
    for place, passage in enumerate(transcript.passages):
        first, last = span_in_lines(transcript, place)
        labels[first - 1].append(passage.label)
        for number in range(first, last):
            bars[number] += 1
    return [
        _margin("|" * min(count, _MOST_BARS), " ".join(dict.fromkeys(begun)))
        for count, begun in zip(bars, labels, strict=True)
    ]


def _margin(bars: str, labels: str) -> str:
    text = visible_line(f"{bars} {labels}").strip()
    return text if cell_width(text) <= _WIDEST_MARGIN else f"{cut(text, _WIDEST_MARGIN - 1)}…"


def _passages(transcript: CodedTranscript) -> Iterator[str]:
    for place, each in enumerate(transcript.passages):
        first, last = span_in_lines(transcript, place)
        lines = f"line {first}" if first == last else f"lines {first}-{last}"
        parts = [lines, f"{each.label} {each.name}".strip(), each.coder, each.remarks]
        yield visible_line("  ".join(part for part in parts if part))
