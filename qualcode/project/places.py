"""From how a person points at a passage (lines, answers, its words) to offsets."""

import re
from collections.abc import Sequence

from qualcode import lines
from qualcode.errors import AmbiguousError, NotFoundError
from qualcode.model import Answer, Turn
from qualcode.visible import visible_line

Span = tuple[int, int]

_SAME = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"', "–": "-", "—": "-", "\u00a0": " ", "\u202f": " "})


def lines_span(body: str, turns: Sequence[Turn], first: int, last: int) -> Span:
    """The passage of citable lines `first` to `last`, without a leading speaker label or outer blanks.

    Raises:
        NotFoundError: there are no such lines, or nothing is said on them.
    """
    start, end = lines.span_of_lines(lines.line_starts(body), first, last, body)
    for turn in turns:
        if turn.start <= start < turn.speech:
            start = min(turn.speech, end)
    span = trimmed(body, start, end)
    if span is None:
        raise NotFoundError(f"there are no words on lines {first} to {last}")
    return span


def answers_span(answers: Sequence[Answer], first: int, last: int) -> Span:
    """The passage from answer ¶`first` to ¶`last` (NotFoundError if there are no such answers)."""
    if not 1 <= first <= last <= len(answers):
        raise NotFoundError(f"there are answers ¶1 to ¶{len(answers)}, not ¶{first} to ¶{last}")
    return answers[first - 1].start, answers[last - 1].end


def quote_span(body: str, quote: str) -> Span:
    """The one place where the words stand; blanks, line breaks, typographic quotes and dashes count as their plain kin.

    Raises:
        NotFoundError: the words are not there.
        AmbiguousError: they are there more than once; the message lists the lines.
    """
    words = quote.translate(_SAME).split()
    if not words:
        raise NotFoundError("the quotation is empty")
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words))
    folded = body.translate(_SAME)  # one character for one: offsets hold
    found = [match.span() for match in pattern.finditer(folded)]
    if not found:
        found = [match.span() for match in re.finditer(pattern.pattern, folded, re.IGNORECASE)]
    if not found:
        raise NotFoundError(
            f"these words are not in the text: {visible_line(quote[:60])!r}",
            remedy="Copy them from the transcript as it stands in the project: qualcode show DOCUMENT.",
        )
    if len(found) > 1:
        starts = lines.line_starts(body)
        places = "; ".join(
            f"line {lines.line_of(starts, start)}: ...{visible_line(body[max(0, start - 30) : end + 20])}..."
            for start, end in found[:9]
        )
        raise AmbiguousError(
            f"these words stand in {len(found)} places", remedy=f"Add words, or point by line. {places}"
        )
    return found[0]


def trimmed(body: str, start: int, end: int) -> Span | None:
    """The span without blanks at its ends, or None if nothing is left."""
    words = body[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return (start, end) if start < end else None
