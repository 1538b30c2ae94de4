"""Where the cursor goes: by character, word, span or row. Pure functions from an offset to an offset.

Offsets are code points from 0 to the length of the text; the cursor stands before the character at its offset.
No move reads more than `FAR` code points of the text: a longer word or gap is crossed in several moves.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from qualcode.tui.clusters import begins, end_of, start_of
from qualcode.tui.layout import Layout

Span = tuple[int, int]

FAR = 1_024
"""Code points that one move by words looks at, at most."""

_IN_WORDS = "'’\u02bc-\u2010\u2011\u00ad·"  # between letters: apostrophes, hyphens, the Catalan dot
_IN_NUMBERS = ".,:/"
_ALONE = (("\u3040", "\u30ff"), ("\u3400", "\u9fff"), ("\uf900", "\ufaff"), ("\U00020000", "\U0003ffff"))
"""Kana and ideographs: nobody writes blanks between words there, so each is a word, as in `qualcode.spans`."""


def character(body: str, at: int, step: int) -> int:
    """So many clusters on (or back, where step is negative); a letter with its marks is one, as is an emoji."""
    at = _clamped(body, at)
    for _ in range(abs(step)):
        at = end_of(body, at) if step > 0 else start_of(body, max(at - 1, 0))
    return at


def word(body: str, at: int, step: int) -> int:
    """The beginning of the next word (or of this or the one before, where step is negative), so many times."""
    at = _clamped(body, at)
    for _ in range(abs(step)):
        at = _next_start(body, at) if step > 0 else _start_before(body, at)
    return at


def word_end(body: str, at: int) -> int:
    """The first place after `at` where a word has just ended; the end of the text where no word follows."""
    at = end_of(body, _clamped(body, at))
    far = min(len(body), at + FAR)
    while at < far and not _ends_word(body, at):
        at = end_of(body, at)
    return at


def word_span(body: str, at: int) -> Span:
    """The word at an offset; between words the one character there; nothing at a newline or the text's end."""
    at = start_of(body, _clamped(body, at))
    if at == len(body) or body[at] == "\n":
        return at, at
    if not _is_in_word(body, at):
        return at, end_of(body, at)
    start = at if _starts_word(body, at) else _start_before(body, at)
    return start, word_end(body, at)


def to_span(spans: Sequence[Span], at: int, step: int) -> int:
    """The beginning of the next span (or of this or the one before, where step is negative).

    Args:
        spans: in order of start: sentences, turns, answers.
        at: where the cursor is; it stays where there is no span on that side.
        step: how many spans on; past the last, the last.
    """
    if step > 0:
        first = bisect_right(spans, at, key=_start)
        return spans[min(first + step, len(spans)) - 1][0] if first < len(spans) else at
    before = bisect_left(spans, at, key=_start)
    return spans[max(before + step, 0)][0] if step and before else at


def span_at(spans: Sequence[Span], at: int) -> Span | None:
    """The span that holds the character at an offset, or None; spans are in order and do not overlap."""
    index = bisect_right(spans, at, key=_start) - 1
    return spans[index] if index >= 0 and at < spans[index][1] else None


def row(layout: Layout, at: int, step: int, goal_cell: int) -> int:
    """So many rows down (or up, where step is negative), to the cell that the cursor set out from.

    In the first row it cannot go up, in the last not down: there it stays.
    """
    here = layout.row_of(_clamped(layout.body, at))
    there = min(max(here + step, 0), len(layout) - 1)
    return at if there == here else layout.offset_at(there, goal_cell)


def row_start(layout: Layout, at: int) -> int:
    """The beginning of the row."""
    return layout.span(layout.row_of(_clamped(layout.body, at)))[0]


def row_end(layout: Layout, at: int) -> int:
    """The end of what is drawn of the row; where a word is cut there, its last character in this row."""
    return layout.offset_at(layout.row_of(_clamped(layout.body, at)), layout.width)


def _start(span: Span) -> int:
    return span[0]


def _clamped(body: str, at: int) -> int:
    return min(max(at, 0), len(body))


def _next_start(body: str, at: int) -> int:
    at = end_of(body, at)
    far = min(len(body), at + FAR)
    while at < far and not _starts_word(body, at):
        at = end_of(body, at)
    return at


def _start_before(body: str, at: int) -> int:
    at = start_of(body, max(at - 1, 0))
    far = max(0, at - FAR)
    while at > far and not _starts_word(body, at):
        at = start_of(body, at - 1)
    return at


def _starts_word(body: str, at: int) -> bool:
    """Whether a word begins here, where a cluster does."""
    return _is_in_word(body, at) and (at == 0 or _is_border(body, at))


def _ends_word(body: str, at: int) -> bool:
    """Whether a word has just ended here, where a cluster begins or the text ends."""
    return at > 0 and _is_in_word(body, start_of(body, at - 1)) and (at == len(body) or _is_border(body, at))


def _is_border(body: str, at: int) -> bool:
    """Whether what stands before and what stands behind are no parts of one word, nor of one cluster."""
    if at in (0, len(body)):
        return True
    if not begins(body, at):
        return False
    before = start_of(body, at - 1)
    return not (_is_in_word(body, before) and _is_in_word(body, at)) or _is_alone(body[before]) or _is_alone(body[at])


def _is_in_word(body: str, at: int) -> bool:
    """Whether the cluster that begins here is part of a word: letters, digits, and what joins two of them."""
    sign = body[at]
    if sign.isalnum() or sign == "_":
        return True
    if sign not in _IN_WORDS and sign not in _IN_NUMBERS:
        return False
    after = end_of(body, at)
    if at == 0 or after == len(body):
        return False
    before, behind = body[start_of(body, at - 1)], body[after]
    if sign in _IN_NUMBERS:
        return before.isdigit() and behind.isdigit()
    return before.isalnum() and behind.isalnum()


def _is_alone(sign: str) -> bool:
    return any(first <= sign <= last for first, last in _ALONE)
