"""Which codes stand together in a unit (an answer, a document, the same words), how often, and in which segments."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

import numpy as np

from qualcode import sweep
from qualcode.analysis.answers import Answers, answers
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus
from qualcode.analysis.speech import Mask
from qualcode.analysis.tallies import opened, tallied
from qualcode.analysis.together import said_together
from qualcode.sweep import Integers

Within = Literal["answer", "document", "overlap"]

_BLOCK = 2**24  # cells of the membership matrix held at a time; a float32 counts whole numbers up to here exactly


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

    return Meetings(alone.counts()[:, 0], cells.counts()[:, :-1], "passages", lambda _mask: None, opens)


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
        """By code, and by code and code: the membership matrix (codes by units) times itself, block by block."""
        both = np.zeros((len(self.codes), len(self.codes)), dtype=np.int64)
        numbers = sweep.once(self.unit)
        unit = np.searchsorted(numbers, self.unit)
        order = np.argsort(unit, kind="stable")
        code, unit = self.code[order], unit[order]
        width = max(1, _BLOCK // max(len(self.corpus.tree), 1))
        for low in range(0, len(numbers), width):
            here = slice(*np.searchsorted(unit, [low, low + width]).tolist())
            member = self._members(code[here], unit[here] - low, min(width, len(numbers) - low))
            both += (member @ member.T).astype(np.int64)
        return both.diagonal().copy(), both

    def _members(
        self, code: Integers, unit: Integers, units: int
    ) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
        seen = np.zeros((len(self.corpus.tree), units), dtype=np.bool_)
        seen[code, unit] = True
        member = np.empty((len(self.codes), units), dtype=np.float32)
        for place, branch in enumerate(self.codes):
            member[place] = seen[branch.first : branch.last].any(axis=0)
        return member

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
