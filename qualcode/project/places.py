"""From how a person points at a passage (lines, answers, its words) to offsets."""

import re
from collections.abc import Iterator, Sequence

from qualcode import lines
from qualcode.errors import AmbiguousError, NotFoundError
from qualcode.model import Answer, Turn
from qualcode.project.alike import in_plain, plainly
from qualcode.visible import visible_line

Span = tuple[int, int]


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


ELIDED = "[...]"


def quote_span(body: str, quote: str) -> Span:
    """The one place where the words stand, however blanks, quotes, dashes and accents are written (see `alike`).

    `first words [...] last words` is the passage from the one to the next place of the other.

    Raises:
        NotFoundError: the words are not there.
        AmbiguousError: they are there more than once; the message lists the lines.
    """
    if ELIDED not in quote or ELIDED in body:
        return _whole_span(body, quote)
    first, _, last = quote.partition(ELIDED)
    start, reached = _whole_span(body, first)
    plain = plainly(body)
    found = re.compile(re.escape(in_plain(last)), re.IGNORECASE).search(plain.text, plain.index(reached))
    if found is None:
        raise NotFoundError(f"after its first words, these do not come: {visible_line(last.strip()[:60])!r}")
    return start, plain.span(found.start(), found.end())[1] if found.group() else reached


def _whole_span(body: str, quote: str) -> Span:
    words = in_plain(quote)
    if not words:
        raise NotFoundError("the quotation is empty")
    plain = plainly(body)
    found = [plain.span(*place) for place in _all(plain.text, words)]
    if not found:
        alike = re.finditer(re.escape(words), plain.text, re.IGNORECASE)
        found = [plain.span(*match.span()) for match in alike]
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


def _all(text: str, words: str) -> Iterator[Span]:
    """Where the words stand, one place after the other."""
    start = text.find(words)
    while start >= 0:
        yield start, start + len(words)
        start = text.find(words, start + len(words))


def trimmed(body: str, start: int, end: int) -> Span | None:
    """The span without blanks at its ends, or None if nothing is left."""
    words = body[start:end]
    start += len(words) - len(words.lstrip())
    end -= len(words) - len(words.rstrip())
    return (start, end) if start < end else None
