"""Passages of a text: uniting them, and carrying them over a change of the text.

Positions are Unicode code points, half-open. What changed between two versions of a text is a tuple of
`Edit`, in order of place; at least one kept code point stands between two of them.
"""

import json
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import accumulate

from qualcode.errors import ProjectFileError, RefusedError

Span = tuple[int, int]
_Gap = tuple[int, int, int, int]  # [first, second) of the one sequence became [third, fourth) of the other

_LINES = re.compile(r"[^\n]*\n|[^\n]+")
_ALONE = '.,;:!?…"“”„«»()\\[\\]{}<>/|–—、。「」，！？' + "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
"""Punctuation, kana and ideographs are words of one character: where nobody writes spaces, a clause would
be one word. Apostrophes, hyphens, combining marks and emoji stay in their word."""
_WORDS = re.compile(rf"\n|[^\S\n]+|[^\s{_ALONE}]+|\S")

_AFFORDABLE = 10_000  # words times words that difflib may compare: its worst case is cubic
_RUNS = (8, 3, 1)  # where there are more: split at runs of so many words that occur once in either text


@dataclass(frozen=True, slots=True)
class Edit:
    """One change: `before[start:end]` became `length` code points.

    `start == end` is an insertion, `length == 0` a deletion.
    """

    start: int
    end: int
    length: int


def unite(spans: Iterable[Span]) -> list[Span]:
    """The maximal passages: touching and overlapping spans become one; in order of place, empty ones left out."""
    passages: list[Span] = []
    for start, end in sorted(spans):
        if start >= end:
            continue
        if passages and start <= passages[-1][1]:
            passages[-1] = (passages[-1][0], max(end, passages[-1][1]))
        else:
            passages.append((start, end))
    return passages


def overlaps(united: Sequence[Span], span: Span) -> bool:
    """Whether a span shares a code point with one of some passages as `unite` makes them."""
    place = bisect_right(united, span[0], key=lambda each: each[1])
    return place < len(united) and united[place][0] < span[1]


def edits_between(before: str, after: str) -> tuple[Edit, ...]:
    """What changed from one text to the other, in whole words.

    Lines are compared first, then the words of changed lines. The time stays near-linear: a changed block of
    more than 100 by 100 words and blanks in which no word occurs exactly once in both texts is given as one
    edit of the whole block, which is coarser but never wrong.

    Returns:
        Edits in order of place; `before` with each edit's span replaced by the words of `after` is `after`.
    """
    if before == after:
        return ()
    edits = []
    for start, end, after_start, after_end in _changed_lines(before, after):
        words, after_words = _WORDS.findall(before, start, end), _WORDS.findall(after, after_start, after_end)
        at = list(accumulate(map(len, words), initial=start))
        after_at = list(accumulate(map(len, after_words), initial=after_start))
        edits += [
            Edit(at[first], at[last], after_at[after_last] - after_at[after_first])
            for first, last, after_first, after_last in _changed_words(words, after_words, _RUNS)
        ]
    return tuple(edits)


def written(edits: Iterable[Edit]) -> list[Span]:
    """Where the words that edits wrote stand in the text that came of them; what was only taken away, empty."""
    found, moved = [], 0
    for edit in edits:
        start = edit.start + moved
        found.append((start, start + edit.length))
        moved += edit.length - (edit.end - edit.start)
    return found


def replace(before: str, replacements: Iterable[tuple[int, int, str]]) -> tuple[str, tuple[Edit, ...]]:
    """The text with given passages replaced by given words, and what that changed.

    Args:
        before: the text.
        replacements: (start, end, words) in any order. Those that change nothing are not edits; those that
            touch become one edit.

    Raises:
        RefusedError: two of them overlap, or two insert at the same place.
        ValueError: one lies outside the text.
    """
    pieces: list[str] = []
    edits: list[Edit] = []
    done = 0
    for start, end, words in _in_order(before, replacements):
        pieces += (before[done:start], words)
        done = end
        if before[start:end] == words:
            continue
        if edits and edits[-1].end == start:
            touching = edits.pop()
            edits.append(Edit(touching.start, end, touching.length + len(words)))
        else:
            edits.append(Edit(start, end, len(words)))
    pieces.append(before[done:])
    return "".join(pieces), tuple(edits)


def carry(edits: Sequence[Edit], span: Span) -> Span | None:
    """Where the same words stand after the edits; see `carry_all`."""
    return carry_all(edits, [span])[0]


def carry_all(edits: Sequence[Edit], spans: Iterable[Span]) -> list[Span | None]:
    """Where the same words stand after the edits, span by span.

    An edit inside a span lets it grow or shrink. An edit that covers a span or a part of it draws in the whole
    replacement: a segment on a name stays on the pseudonym. What is inserted at a border stays outside.

    Returns:
        For each span its new place, or None where nothing is left of it (an empty span has no words to carry).
        Only places are looked at: whether what is left is more than blanks, the caller sees in the new text.
    """
    starts = [edit.start for edit in edits]
    ends = [edit.end for edit in edits]
    shifts = list(accumulate((edit.length - (edit.end - edit.start) for edit in edits), initial=0))
    carried: list[Span | None] = []
    for start, end in spans:
        left = bisect_right(ends, start)  # so many edits lie wholly before the span
        begun = bisect_left(starts, end)  # so many begin before it ends
        new_start = (min(start, starts[left]) if left < begun else start) + shifts[left]
        new_end = (max(end, ends[begun - 1]) if left < begun else end) + shifts[begun]
        carried.append((new_start, new_end) if start < end and new_start < new_end else None)
    return carried


def inverse(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """The edits that lead from the new text back to the old."""
    shift = 0
    back = []
    for edit in edits:
        removed = edit.end - edit.start
        back.append(Edit(edit.start + shift, edit.start + shift + edit.length, removed))
        shift += edit.length - removed
    return tuple(back)


def dump_edits(edits: Iterable[Edit]) -> str:
    """The edits as compact JSON, `[[start,end,length],...]`, for the project file."""
    return json.dumps([[edit.start, edit.end, edit.length] for edit in edits], separators=(",", ":"))


def load_edits(stored: str) -> tuple[Edit, ...]:
    """The edits that `dump_edits` wrote.

    Raises:
        ProjectFileError: the text is not a list of edits in order of place that do not touch.
    """
    try:
        edits = tuple(Edit(*map(_natural, row)) for row in _list(json.loads(stored)))
    except (TypeError, ValueError, RecursionError) as error:
        raise _damaged() from error
    previous_end = -1
    for edit in edits:
        if not previous_end < edit.start <= edit.end:
            raise _damaged()
        previous_end = edit.end
    return edits


def _natural(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value


def _list(value: object) -> list[list[object]]:
    if not isinstance(value, list):
        raise TypeError(value)
    return value


def _damaged() -> ProjectFileError:
    return ProjectFileError(
        "the record of what changed between two versions of a text cannot be read",
        remedy="Run `qualcode check`, and restore a backup if it finds more.",
    )


def _in_order(before: str, replacements: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    ordered = sorted(replacements)
    previous: Span = (0, 0)
    for number, (start, end, _) in enumerate(ordered):
        if not 0 <= start <= end <= len(before):
            raise ValueError(f"[{start}, {end}) is no passage of a text of {len(before)} characters")
        same_place = number > 0 and (start, end) == previous
        if start < previous[1] or same_place:
            raise RefusedError(
                f"two replacements overlap: characters {previous[0]} to {previous[1]} and {start} to {end}",
                remedy="Keep one of them, or replace the longer passage as a whole.",
            )
        previous = (start, end)
    return ordered


def _changed_lines(before: str, after: str) -> Iterator[_Gap]:
    """The blocks of lines that differ, as places in both texts."""
    lines, after_lines = _LINES.findall(before), _LINES.findall(after)
    at = list(accumulate(map(len, lines), initial=0))
    after_at = list(accumulate(map(len, after_lines), initial=0))
    for first, last, after_first, after_last in _between_anchors(lines, after_lines, 1):
        yield at[first], at[last], after_at[after_first], after_at[after_last]


def _changed_words(words: list[str], others: list[str], runs: tuple[int, ...]) -> Iterator[_Gap]:
    """The words that differ, as indexes into both lists."""
    first, last, other_first, other_last = _trimmed(words, others, (0, len(words), 0, len(others)))
    changed, other_changed = words[first:last], others[other_first:other_last]
    if len(changed) * len(other_changed) <= _AFFORDABLE:
        gaps = _compared(changed, other_changed)
    elif not runs:
        gaps = iter([(0, len(changed), 0, len(other_changed))])
    else:
        gaps = (
            (outer[0] + gap[0], outer[0] + gap[1], outer[2] + gap[2], outer[2] + gap[3])
            for outer in _between_anchors(changed, other_changed, runs[0])
            for gap in _changed_words(changed[outer[0] : outer[1]], other_changed[outer[2] : outer[3]], runs[1:])
        )
    for gap in gaps:
        yield first + gap[0], first + gap[1], other_first + gap[2], other_first + gap[3]


def _compared(words: list[str], others: list[str]) -> Iterator[_Gap]:
    for tag, *gap in SequenceMatcher(None, words, others, autojunk=False).get_opcodes():
        if tag != "equal":
            yield gap[0], gap[1], gap[2], gap[3]


def _between_anchors(tokens: list[str], others: list[str], run: int) -> Iterator[_Gap]:
    """What differs between two lists, split at runs of tokens that occur once in each (patience diff)."""
    first = other_first = 0
    for anchor, other_anchor in [*_anchors(tokens, others, run), (len(tokens), len(others))]:
        gap = _trimmed(tokens, others, (first, anchor, other_first, other_anchor))
        if gap[0] < gap[1] or gap[2] < gap[3]:
            yield gap
        first, other_first = anchor, other_anchor


def _trimmed(tokens: list[str], others: list[str], gap: _Gap) -> _Gap:
    """The gap without what both lists share at its ends."""
    first, last, other_first, other_last = gap
    while first < last and other_first < other_last and tokens[first] == others[other_first]:
        first, other_first = first + 1, other_first + 1
    while first < last and other_first < other_last and tokens[last - 1] == others[other_last - 1]:
        last, other_last = last - 1, other_last - 1
    return first, last, other_first, other_last


def _anchors(tokens: list[str], others: list[str], run: int) -> list[tuple[int, int]]:
    """Where runs begin that occur once in each list: the longest selection in which both lists rise."""
    once, once_other = _places_of_single_runs(tokens, run), _places_of_single_runs(others, run)
    pairs = [(place, once_other[words]) for words, place in once.items() if words in once_other]
    lowest: list[int] = []  # for each length of chain the smallest last place in `others`
    chain_ends: list[int] = []
    before: list[int] = []
    for number, (_, other) in enumerate(pairs):
        length = bisect_left(lowest, other)
        lowest[length : length + 1] = [other]
        chain_ends[length : length + 1] = [number]
        before.append(chain_ends[length - 1] if length else -1)
    chain = []
    number = chain_ends[-1] if chain_ends else -1
    while number >= 0:
        chain.append(pairs[number])
        number = before[number]
    return chain[::-1]


def _places_of_single_runs(tokens: list[str], run: int) -> dict[tuple[str, ...], int]:
    places: dict[tuple[str, ...], int] = {}
    for place, words in enumerate(zip(*(tokens[skip:] for skip in range(run)), strict=False)):
        places[words] = -1 if words in places else place
    return {words: place for words, place in places.items() if place >= 0}
