"""What several coders coded, as arrays: the one input of everything that is computed from passages.

Two things are done before anything is counted. What a coder coded twice, or in touching pieces, is united. And text
that is not to be rated (the interviewer's words, people of other roles) is taken out of the axis, so that it counts
neither as agreement nor as disagreement: the rest stands as if it had never been there.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from qualcode import sweep
from qualcode.errors import InputError
from qualcode.sweep import Integers

Mask = NDArray[np.bool_]

MOST_CODERS = 62  # each has a bit in an int64


@dataclass(frozen=True, slots=True, eq=False)
class Coding:
    """Passages of several coders in several documents; all arrays int64, a passage each, in any order.

    Attributes:
        document, coder, code: numbers from 0.
        start, end: half-open code points of the document. Empty passages are left out.
        lengths: of the documents, in code points.
        seen: documents by coders, bool: whether the coder has finished it. Where not, the coder's rating is missing,
            and passages there are left out.
        codes: how many codes there are.
    """

    document: Integers
    coder: Integers
    code: Integers
    start: Integers
    end: Integers
    lengths: Integers
    seen: Mask
    codes: int

    def __post_init__(self) -> None:
        if self.seen.shape[1] > MOST_CODERS:
            raise InputError(f"{self.seen.shape[1]} coders cannot be compared at once, at most {MOST_CODERS}")
        if (self.start < 0).any() or (self.end > self.lengths[self.document]).any():
            raise InputError("a passage reaches beyond its document")

    @property
    def coders(self) -> int:
        """How many there are."""
        return int(self.seen.shape[1])

    @property
    def offset(self) -> Integers:
        """Where each document begins on the axis of all."""
        return sweep.offsets(self.lengths)

    def where(self, chosen: Mask) -> "Coding":
        """The passages that a boolean array chooses."""
        kept = {name: getattr(self, name)[chosen] for name in ("document", "coder", "code", "start", "end")}
        return replace(self, **kept)

    def united(self) -> "Coding":
        """The same with each coder's overlapping and touching passages of one code made one; unfinished ones gone."""
        kept = self.seen[self.document, self.coder]
        document, offset = self.document[kept], self.offset
        start, end = sweep.axis(document, self.start[kept], offset), sweep.axis(document, self.end[kept], offset)
        group, start, end = sweep.unite(self.coder[kept] * self.codes + self.code[kept], start, end)
        document, start = sweep.place(start, offset)
        coder, code = np.divmod(group, max(self.codes, 1))
        return replace(
            self, document=document, coder=coder, code=code, start=start, end=end - offset[document]
        )  # fmt: skip

    def without(self, coder: int) -> "Coding":
        """The same as if one coder had seen nothing."""
        seen = self.seen.copy()
        seen[:, coder] = False
        return replace(self, seen=seen)

    def for_codes(self, members: Mask) -> "Coding":
        """Other codes made of these: each the union of some.

        Args:
            members: new codes by codes of this coding, bool.
        """
        new, old = np.nonzero(members)
        order = np.argsort(old, kind="stable")
        new, first = new[order], np.searchsorted(old[order], np.arange(self.codes + 1))
        times = np.diff(first)[self.code]
        row = np.repeat(np.arange(len(self.code)), times)
        nth = np.arange(len(row)) - np.repeat(np.cumsum(times) - times, times)
        return replace(
            self, document=self.document[row], coder=self.coder[row], code=new[first[self.code[row]] + nth],
            start=self.start[row], end=self.end[row], codes=len(members),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Spans:
    """Stretches of documents, sorted by document and start, none overlapping another; half-open code points."""

    document: Integers
    start: Integers
    end: Integers

    def __len__(self) -> int:
        return len(self.document)


@dataclass(frozen=True, slots=True, eq=False)
class Rated:
    """The text that is rated: maps positions to what remains when all other text is taken out.

    Attributes:
        stretches: what is rated, on the axis of whole documents.
    """

    stretches: Spans
    lengths: Integers

    def position(self, document: Integers, position: Integers) -> Integers:
        """How much rated text of its document stands before each position."""
        offset = sweep.offsets(self.lengths)
        start = sweep.axis(self.stretches.document, self.stretches.start, offset)
        length = self.stretches.end - self.stretches.start
        before = np.concatenate(([0], np.cumsum(length)))
        place = sweep.axis(document, position, offset)
        number = np.searchsorted(start, place, side="right")
        last = np.maximum(number - 1, 0)
        inside = np.minimum(place - start[last], length[last]) if len(start) else np.zeros_like(place)
        reached = np.where(number > 0, before[last] + inside, 0)
        first = np.searchsorted(self.stretches.document, document)
        return np.asarray(reached - before[first], dtype=np.int64)

    def original(self, document: Integers, start: Integers, end: Integers) -> tuple[Integers, Integers]:
        """Where passages of the rated text, none empty, stand in their whole documents."""
        length = self.stretches.end - self.stretches.start
        before = np.cumsum(length) - length
        first = np.concatenate((before, [length.sum()]))[np.searchsorted(self.stretches.document, document)]
        begins = np.searchsorted(before, first + start, side="right") - 1
        ends = np.searchsorted(before, first + end - 1, side="right") - 1
        origin = self.stretches.start - before
        return origin[begins] + first + start, origin[ends] + first + end

    def only(self, coding: Coding) -> Coding:
        """The coding of the rated text alone."""
        lengths = self.position(np.arange(len(self.lengths)), self.lengths)
        start = self.position(coding.document, coding.start)
        return replace(coding, start=start, end=self.position(coding.document, coding.end), lengths=lengths)

    def spans(self, spans: Spans) -> Spans:
        """The same stretches in the rated text; those of which nothing is left are left out."""
        start, end = self.position(spans.document, spans.start), self.position(spans.document, spans.end)
        kept = end > start
        return Spans(spans.document[kept], start[kept], end[kept])
