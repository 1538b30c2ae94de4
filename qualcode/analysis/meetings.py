"""Which codes stand together in a unit (an answer, a document, the same words), how often, and in which segments."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from qualcode import sweep
from qualcode.analysis.answers import Answers, answers
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus
from qualcode.analysis.speech import Mask, Passages
from qualcode.analysis.tallies import opened, tallied
from qualcode.analysis.together import said_together
from qualcode.sweep import Integers

Within = Literal["answer", "document", "overlap"]

_BLOCK = 2**26  # cells of the membership matrix laid out at a time: up to 64 MB


@dataclass(frozen=True, slots=True)
class Meetings:
    """Codes that meet.

    Attributes:
        alone: by branch, in how many units it stands.
        both: by branch and branch, in how many units both stand.
        unit: what is counted, in the plural.
        eligible: mask of codes -> in how many units one of them could stand; None where that has no meaning.
        opens: two places of branches -> sorted ids of the segments of both in the units counted; twice the same place:
            those of one code.
        outside: how many segments of these codes stand in no unit.
        without: how many documents have no unit.
    """

    alone: Integers
    both: Integers
    unit: str
    eligible: Callable[[Mask], int | None]
    opens: Callable[[int, int], tuple[int, ...]]
    outside: int = 0
    without: int = 0


def meetings(corpus: Corpus, codes: tuple[Branch, ...], within: Within, told: Answers | None = None) -> Meetings:
    """Count the meetings of some codes with one another; a code is the union of what stands below it.

    Args:
        corpus: the project under its scope.
        codes: the branches.
        within: what they meet in.
        told: the answers, where they were read before.
    """
    if within == "overlap":
        return _overlapping(corpus, codes)
    if within == "document":
        return _in_documents(corpus, codes)
    return _in_answers(corpus, codes, answers(corpus) if told is None else told)


def _in_answers(corpus: Corpus, codes: tuple[Branch, ...], told: Answers) -> Meetings:
    segments = corpus.in_layer(corpus.columns.segments)
    code = corpus.tree.numbers(segments.code)
    used = corpus.tree.marked(codes)[code]
    segments, code = segments.where(used), code[used]
    _, start, end = corpus.axis(segments)
    of, piece = sweep.pieces_under(start, end, told.start, told.end)
    start, end = np.maximum(start[of], told.start[piece]), np.minimum(end[of], told.end[piece])
    counted = corpus.passages(told.document[piece], start, end, corpus.turns(start, end), (code[of],)).counted
    found = _Found(corpus, codes, told.answer[piece[counted]], code[of[counted]], segments.id[of[counted]])
    outside = len(segments) - len(sweep.once(of))
    eligible = _Eligible(corpus, told)
    return Meetings(*found.counts(), "answers", eligible, found.opened, outside, told.without)


def _in_documents(corpus: Corpus, codes: tuple[Branch, ...]) -> Meetings:
    cells = tallied(corpus, codes, "sources")
    mine = np.flatnonzero(corpus.tree.marked(codes)[cells.row] & cells.passages.counted)
    found = _Found(corpus, codes, cells.passages.document[mine], cells.row[mine], cells.ids[0][mine])
    return Meetings(
        *found.counts(),
        "documents",
        lambda mask: corpus.denominator("sources", mask),
        found.opened,
    )


def _overlapping(corpus: Corpus, codes: tuple[Branch, ...]) -> Meetings:
    cells, alone = said_together(corpus, codes, codes, "references"), tallied(corpus, codes, "references")

    def opens(one: int, other: int) -> tuple[int, ...]:
        return opened(alone, codes[one]) if one == other else cells.opened(codes[one], (codes[other],))

    number = len(codes)
    holder = _Holders(corpus, codes)
    of, row = holder.of(np.flatnonzero(cells.bearing), cells.row)
    of, column, row = holder.beside(of, row, cells.column)
    both = _maximal(row * number + column, cells.passages, of, number * number).reshape(number, number)
    of, row = holder.of(np.flatnonzero(alone.bearing), alone.row)
    return Meetings(_maximal(row, alone.passages, of, number), both, "passages", lambda _mask: None, opens)


def _maximal(group: Integers, passages: Passages, of: Integers, groups: int) -> Integers:
    """How many maximal passages there are in each group: as `Cells.counts`, for all cells in one sort."""
    united = sweep.unite(group, passages.start[of], passages.end[of])[0]
    return np.bincount(united, minlength=groups).astype(np.int64, copy=False)


class _Holders:
    """By code, in which of some branches it stands: its own and those above."""

    def __init__(self, corpus: Corpus, codes: tuple[Branch, ...]) -> None:
        pairs = [(number, place) for place, each in enumerate(codes) for number in range(each.first, each.last)]
        code, self._place = np.array(sorted(pairs), dtype=np.int64).reshape(len(pairs), 2).T
        self._count = np.bincount(code, minlength=len(corpus.tree))
        self._first = np.cumsum(self._count) - self._count

    def of(self, passages: Integers, code: Integers) -> tuple[Integers, Integers]:
        """Passages (indexes) and, of each, the places of the branches in which its code stands."""
        number = code[passages]
        count = self._count[number]
        before = np.cumsum(count) - count
        place = np.repeat(self._first[number] - before, count) + np.arange(int(count.sum()))
        return np.repeat(passages, count), self._place[place]

    def beside(self, passages: Integers, row: Integers, column: Integers) -> tuple[Integers, Integers, Integers]:
        """The same for a second code; the first one's places are carried along."""
        each, place = self.of(np.arange(len(passages)), column[passages])
        return passages[each], place, row[each]


@dataclass(frozen=True, slots=True)
class _Found:
    """Segments in units: a row for each segment in each unit it stands in.

    Attributes:
        corpus: where they come from.
        codes: the branches counted.
        unit: number of the unit.
        code: number of the segment's code.
        id: of the segment.
    """

    corpus: Corpus
    codes: tuple[Branch, ...]
    unit: Integers
    code: Integers
    id: Integers

    def counts(self) -> tuple[Integers, Integers]:
        """By code, and by code and code.

        The membership matrix (codes by units) is held as bits and two rows are compared by counting those in common.
        That is exact, and does not wait for threads as a product of matrices does where other programs run.
        """
        both = np.zeros((len(self.codes), len(self.codes)), dtype=np.int64)
        numbers = sweep.once(self.unit)
        unit = np.searchsorted(numbers, self.unit)
        order = np.argsort(unit, kind="stable")
        code, unit = self.code[order], unit[order]
        width = max(64, _BLOCK // max(len(self.corpus.tree), 1) // 64 * 64)
        for low in range(0, len(numbers), width):
            here = slice(*np.searchsorted(unit, [low, low + width]).tolist())
            member = self._members(code[here], unit[here] - low, min(width, len(numbers) - low))
            for place, row in enumerate(member):
                both[place] += np.bitwise_count(member & row).sum(axis=1, dtype=np.int64)
        return both.diagonal().copy(), both

    def _members(
        self, code: Integers, unit: Integers, units: int
    ) -> "np.ndarray[tuple[int, int], np.dtype[np.uint64]]":
        """A row of bits for each code: the units in which it or a code below it stands."""
        seen = np.zeros((len(self.corpus.tree), -(-units // 64) * 64), dtype=np.bool_)
        seen[code, unit] = True
        bits = np.packbits(seen, axis=1).view(np.uint64)
        return np.array([np.bitwise_or.reduce(bits[each.first : each.last], axis=0) for each in self.codes])

    def opened(self, one: int, other: int) -> tuple[int, ...]:
        """Sorted ids of the segments of two codes in the units where both stand."""
        first, second = (
            (self.code >= branch.first) & (self.code < branch.last) for branch in (self.codes[one], self.codes[other])
        )
        common = np.intersect1d(self.unit[first], self.unit[second])
        here = (first | second) & np.isin(self.unit, common)
        return tuple(sweep.once(self.id[here]).tolist())


class _Eligible:
    """In how many answers a code could stand: those in which somebody speaks to whom it applies."""

    def __init__(self, corpus: Corpus, told: Answers) -> None:
        self._corpus, self._told, self._branches = corpus, told, corpus.tree.branches
        self._inside = corpus.in_waves[told.document]
        self._known: dict[tuple[str, ...], Integers] = {}

    def __call__(self, codes: Mask) -> int:
        distinct = {self._branches[number].code.applies_to: number for number in np.flatnonzero(codes).tolist()}
        parts = [self._answers(number) for number in distinct.values()]
        return len(sweep.once(np.concatenate(parts))) if parts else 0

    def _answers(self, code: int) -> Integers:
        applies = self._branches[code].code.applies_to
        if applies not in self._known:
            told, inside = self._told, self._inside
            document, start, end = told.document[inside], told.start[inside], told.end[inside]
            codes = np.full(len(document), code, dtype=np.int64)
            passages = self._corpus.passages(document, start, end, self._corpus.turns(start, end), (codes,))
            self._known[applies] = sweep.once(told.answer[inside][passages.counted])
        return self._known[applies]
