"""A transcript as one web page: nothing is fetched, no script runs; or blank, with a wide right margin for pencil.

A passage is shown four times over, so that colour never carries it alone: a stripe and its code left of the lines, its
code before its first word, a line under its words, and by name in the list below, which each code leads to.
"""

import re
from collections.abc import Iterator
from html import escape
from pathlib import Path

from qualcode.coded_transcript import CodedTranscript, Passage
from qualcode.report.printed import xml_safe
from qualcode.report.transcript_lines import Line, Piece, codes_used, lanes, lines_in, span_in_lines
from qualcode.visible import visible_line

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"  # a browser then refuses whatever slipped through
_COLOUR = re.compile("#[0-9A-Fa-f]{6}")
_PLAIN = "#6b6862"  # where a code has no colour
_MOST_LANES, _MOST_UNDERLINES = 12, 4  # more would leave no room for words


def coded(transcript: CodedTranscript) -> bytes:
    """UTF-8, with the coding; the same transcript gives the same bytes."""
    lines = lines_in(transcript)
    lane = lanes(transcript)
    width = min(_MOST_LANES, max(lane, default=-1) + 1)
    stripes = _stripes(transcript, lane)
    return _page(
        transcript,
        [
            *_legend(transcript),
            f'<main class="coded" style="--lanes:{width}">',
            *(_line(transcript, line, lane, stripes[line.number - 1]) for line in lines),
            "</main>",
            *_listed(transcript),
        ],
    )


def blank(transcript: CodedTranscript) -> bytes:
    """UTF-8, with numbers and words only; it must have no passages."""
    lines = (_line(transcript, line, [], None) for line in lines_in(transcript))
    return _page(transcript, ['<main class="blank">', *lines, "</main>"])


def _page(transcript: CodedTranscript, content: list[str]) -> bytes:
    title = _safe(transcript.title)
    style = Path(__file__).with_name("transcript.css").read_text(encoding="utf-8")
    parts = [
        "<!doctype html>",
        '<html lang="en">',
        '<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">',
        f'<meta http-equiv="Content-Security-Policy" content="{escape(_POLICY)}">',
        f"<title>{title}</title>",
        f"<style>{style}</style></head>",
        f'<body><h1 dir="auto">{title}</h1>',
        *_head(transcript),
        *content,
        "</body></html>",
    ]
    return ("\n".join(parts) + "\n").encode()


def _safe(text: str) -> str:
    return escape(xml_safe(visible_line(text)))


def _head(transcript: CodedTranscript) -> Iterator[str]:
    if transcript.face_sheet:
        rows = (f"<dt>{_safe(head)}</dt><dd><bdi>{_safe(value)}</bdi></dd>" for head, value in transcript.face_sheet)
        yield f'<dl class="face">{"".join(rows)}</dl>'
    yield from (f'<p class="note" dir="auto">{_safe(note)}</p>' for note in transcript.notes)


def _legend(transcript: CodedTranscript) -> Iterator[str]:
    colours = {passage.label: _colour(passage) for passage in transcript.passages}
    codes = [
        f'<li><b style="--c:{colours[label]}">{_safe(label)}</b> <bdi>{_safe(name)}</bdi> <small>{count}</small></li>'
        for label, name, count in codes_used(transcript)
    ]
    if codes:
        yield f'<details class="legend" open><summary>Codes</summary><ul>{"".join(codes)}</ul></details>'


def _colour(passage: Passage) -> str:
    return passage.colour if _COLOUR.fullmatch(passage.colour) else _PLAIN


def _stripes(transcript: CodedTranscript, lane: list[int]) -> list[str]:
    """For each line the stripes left of it."""
    found = [""] * len(transcript.line_starts)
    for place, passage in enumerate(transcript.passages):
        if lane[place] < _MOST_LANES:
            first, last = span_in_lines(transcript, place)
            for number in range(first - 1, last):
                found[number] += f'<i style="--lane:{lane[place]};--c:{_colour(passage)}"></i>'
    return found


def _line(transcript: CodedTranscript, line: Line, lane: list[int], stripes: str | None) -> str:
    answer = f'<span class="answer">¶{line.answer}</span>' if line.answer else '<span class="answer"></span>'
    margin = "" if stripes is None else f'<span class="margin">{_labels(transcript, line)}{stripes}</span>'
    words = "".join(_piece(transcript, piece, lane) for piece in line.pieces)
    number = f'<span class="number">{line.number}</span>'
    kind = "line ends" if _ends(transcript, line) else "line"
    return f'<div class="{kind}" id="l{line.number}">{margin}{number}{answer}<span class="words">{words}</span></div>'


def _ends(transcript: CodedTranscript, line: Line) -> bool:
    """Whether a paragraph ends with the line: where there is room, lines of one paragraph flow together."""
    return not line.pieces or transcript.body[line.pieces[-1].end - 1] == "\n"


def _labels(transcript: CodedTranscript, line: Line) -> str:
    """The codes that begin on the line; in a list below they are named, so a screen reader need not hear them twice."""
    labels = dict.fromkeys(transcript.passages[place].label for place in line.begins)
    shown = " ".join(f"<span>{_safe(label)}</span>" for label in labels)
    return f'<span class="labels" aria-hidden="true">{shown}</span>'


def _piece(transcript: CodedTranscript, piece: Piece, lane: list[int]) -> str:
    """A passage's line keeps its depth from its first word to its last, as its stripe keeps its lane."""
    words = escape(piece.text)
    if piece.is_label:
        words = f"<b>{words}</b>"
    elif piece.is_asked and words:
        words = f"<em>{words}</em>"
    passages = transcript.passages
    for place in sorted(piece.within, key=lane.__getitem__):
        if lane[place] < _MOST_UNDERLINES:
            words = f'<span class="coded u{lane[place]}" style="--c:{_colour(passages[place])}">{words}</span>'
    begun = (place for place in piece.within if passages[place].start == piece.start)
    return "".join(_lead(place, passages[place]) for place in begun) + words


def _lead(place: int, passage: Passage) -> str:
    title = _safe(f"{passage.name}, {passage.coder}")
    return f'<a class="lead" id="w{place}" href="#p{place}" title="{title}">{_safe(passage.label)}</a>'


def _listed(transcript: CodedTranscript) -> Iterator[str]:
    if transcript.passages:
        yield '<section class="listed"><h2>Passages</h2><ol>'
        for place, passage in enumerate(transcript.passages):
            first, last = span_in_lines(transcript, place)
            lines = f"line {first}" if first == last else f"lines {first}–{last}"
            remarks = f" <small><bdi>{_safe(passage.remarks)}</bdi></small>" if passage.remarks else ""
            yield (
                f'<li id="p{place}"><a href="#w{place}">{lines}</a> <b style="--c:{_colour(passage)}">'
                f"{_safe(passage.label)}</b> <bdi>{_safe(passage.name)}</bdi> · {_safe(passage.coder)}{remarks}</li>"
            )
        yield "</ol></section>"
