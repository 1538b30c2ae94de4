"""The coded passages of one document, found by place, and the lanes of their stripes.

Offsets are code points, half-open.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from heapq import heappop, heappush
from itertools import accumulate
from typing import Generic, Protocol, TypeVar


class Passage(Protocol):
    """Whatever stands on `body[start:end]`: a segment, a claim."""

    @property
    def start(self) -> int: ...  # noqa: D102
    @property
    def end(self) -> int: ...  # noqa: D102
    @property
    def id(self) -> int: ...  # noqa: D102


T = TypeVar("T", bound=Passage)

_BLOCK = 64  # passages that are passed over at once where none of them reaches far enough


class Passages(Generic[T]):
    """The passages of one document in order of start, the longer first, then of id.

    Attributes:
        items: the passages in that order; indexes below are into it.
    """

    __slots__ = ("_blocks", "_ends", "_furthest", "_starts", "items")

    def __init__(self, items: Sequence[T]) -> None:
        self.items: list[T] = sorted(items, key=lambda item: (item.start, -item.end, item.id))
        self._starts = [item.start for item in self.items]
        self._ends = [item.end for item in self.items]
        self._furthest = list(accumulate(self._ends, max))  # none up to here ends later
        self._blocks = [max(self._ends[first : first + _BLOCK]) for first in range(0, len(self._ends), _BLOCK)]

    def __len__(self) -> int:
        """The number of passages."""
        return len(self.items)

    def overlapping(self, start: int, end: int) -> list[int]:
        """Indexes of the passages that share a code point with `[start, end)`."""
        first = bisect_right(self._furthest, start)
        last = bisect_left(self._starts, end)
        if start >= end or first >= last:
            return []
        found: list[int] = []  # one passage over the whole text keeps `first` low: hence the blocks
        for block in range(first // _BLOCK, (last - 1) // _BLOCK + 1):
            if self._blocks[block] > start:
                begun, done = max(first, block * _BLOCK), min(last, (block + 1) * _BLOCK)
                found += [index for index in range(begun, done) if self._ends[index] > start]
        return found

    def at(self, offset: int) -> list[int]:
        """Indexes of the passages that hold the character at an offset."""
        return self.overlapping(offset, offset + 1)

    def after(self, offset: int) -> int | None:
        """Index of the first passage that begins after an offset."""
        index = bisect_right(self._starts, offset)
        return index if index < len(self._starts) else None

    def before(self, offset: int) -> int | None:
        """Index of the last passage that begins before an offset."""
        index = bisect_left(self._starts, offset) - 1
        return index if index >= 0 else None


def lanes(row_spans: Sequence[tuple[int, int]]) -> list[int]:
    """For each passage a lane from 0: the first that is free, so that two in one lane never share a row.

    Args:
        row_spans: first and last row of each passage, both included, in order of first row.

    Returns:
        As many lanes as passages share one row at most, never more.
    """
    busy: list[tuple[int, int]] = []  # last row, lane
    free: list[int] = []
    found = []
    for first, last in row_spans:
        while busy and busy[0][0] < first:
            heappush(free, heappop(busy)[1])
        lane = heappop(free) if free else len(busy)
        heappush(busy, (last, lane))
        found.append(lane)
    return found
