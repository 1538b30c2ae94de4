"""Which coded passages overlap, counted over arrays.

All arrays are one-dimensional and of int64; passages are half-open, `[start, end)`, in code points. Passages of
several documents stand on one axis (`offsets`, `axis`), so that one sort answers for all of them. The counts
"said together" asks for are built from these in a few lines:

    code, start, end = unite(code, start, end)              # maximal passages of each code
    first, second = overlaps(start, end)                    # each pair is one reference, see `overlaps`
    references = tally(code[first], code[second], shape)
    documents = distinct_counts(code[first], code[second], place(start[first], offset)[0], shape)
"""

from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int64]
Indexes = npt.NDArray[np.intp]

_BITMAP = 2**26  # cells: up to 64 MB a bitmap is filled faster than the same keys are sorted
_WIDEST = 2**62  # combined keys stay below this, so that adding two never leaves int64


def offsets(lengths: Integers) -> Integers:
    """Where each document begins on the axis that holds them all, and where the axis ends.

    Args:
        lengths: of the texts, in code points, by number of the document from 0.

    Returns:
        One more than documents. Between two documents one place stays free, so that they never touch.
    """
    begins = np.zeros(len(lengths) + 1, dtype=np.int64)
    np.cumsum(np.asarray(lengths, dtype=np.int64) + 1, out=begins[1:])
    return begins


def axis(document: Integers, position: Integers, offset: Integers) -> Integers:
    """Places on the axis of positions in documents (numbers from 0); `offset` as `offsets` gives it."""
    return np.asarray(offset[document] + position, dtype=np.int64)


def place(on_axis: Integers, offset: Integers) -> tuple[Integers, Integers]:
    """The document and the position in it of places on the axis: `axis` reversed."""
    document = np.searchsorted(offset, on_axis, side="right").astype(np.int64) - 1
    return document, on_axis - offset[document]


def unite(group: Integers, start: Integers, end: Integers) -> tuple[Integers, Integers, Integers]:
    """The maximal passages of each group: touching and overlapping ones become one, empty ones are left out.

    Args:
        group: any whole number for each passage (a code, a code and coder combined, ...).
        start: on the axis, in any order.
        end: of each.

    Returns:
        Group, start and end of the united passages, sorted by group, then start.
    """
    some = end > start
    group, start, end = group[some], start[some], end[some]
    if not len(group):
        return group, start, end
    low = int(start.min())
    band, names = _bands(group, int(end.max()) - low + 1)
    order = np.argsort(band + (start - low))
    band, start = band[order], start[order] - low + band[order]
    reached = np.maximum.accumulate(end[order] - low + band)
    begins = np.concatenate(([True], start[1:] > reached[:-1]))
    ends = np.concatenate((begins[1:], [True]))
    back = low - band[begins]
    return names[order[begins]], start[begins] + back, reached[ends] + back


def overlaps(start: Integers, end: Integers) -> tuple[Indexes, Indexes]:
    """All pairs of passages that share at least one code point.

    Args:
        start: on the axis, in any order; in order of start they need not be sorted again.
        end: of each.

    Returns:
        Two arrays of indexes into the input: in each pair the first begins before the second, or at the same
        place and stands before it. In order of the first, then the second. Where the passages were united by code
        before, each pair of two codes is one maximal passage in which both stand: passages of a code do not touch,
        so neither do the shared ones.
    """
    pairs = list(overlap_blocks(start, end, limit=np.iinfo(np.int64).max))
    return pairs[0] if pairs else (np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp))


def overlap_blocks(start: Integers, end: Integers, limit: int = 4_000_000) -> Iterator[tuple[Indexes, Indexes]]:
    """The pairs of `overlaps`, at most `limit` at a time, so that memory stays bounded however many there are."""
    order = _in_order(start, end)
    is_ordered = len(order) == len(start) and np.array_equal(order, np.arange(len(order)))
    start, end = (start, end) if is_ordered else (start[order], end[order])
    row = np.arange(len(order))
    count = np.searchsorted(start, end) - row - 1  # passages that begin later but before this one ends
    done = np.cumsum(count)
    skip = row + 1 - (done - count)  # from a pair's number to its second passage
    total = int(done[-1]) if len(done) else 0
    for low in range(0, total, limit):
        high = min(low + limit, total)
        rows = slice(int(np.searchsorted(done, low, side="right")), int(np.searchsorted(done, high)) + 1)
        within = np.minimum(done[rows], high) - np.maximum(done[rows] - count[rows], low)
        first = np.repeat(row[rows], within)
        second = np.arange(low, high) + skip[first]
        yield (first, second) if is_ordered else (order[first], order[second])


def pieces_under(start: Integers, end: Integers, piece_start: Integers, piece_end: Integers) -> tuple[Indexes, Indexes]:
    """Which pieces each passage shares at least one code point with: turns, answers, sentences.

    Args:
        start: of the passages on the axis, in any order.
        end: of each.
        piece_start: of the pieces on the axis, sorted, none overlapping another; there may be gaps.
        piece_end: of each.

    Returns:
        Indexes of passages and of pieces, a pair each; in order of the passage, then the piece.
    """
    first = np.searchsorted(piece_end, start, side="right")
    count = np.where(end > start, np.searchsorted(piece_start, end) - first, 0).clip(min=0)
    before = np.cumsum(count) - count
    passage = np.repeat(np.arange(len(start)), count)
    return passage, np.arange(len(passage)) + np.repeat(first - before, count)


def tally(row: Integers, column: Integers, shape: tuple[int, int]) -> Integers:
    """How often each (row, column) occurs, as a matrix of `shape`."""
    counts: Integers = np.bincount(row * shape[1] + column, minlength=shape[0] * shape[1])
    return counts.astype(np.int64, copy=False).reshape(shape)


def distinct_counts(row: Integers, column: Integers, unit: Integers, shape: tuple[int, int]) -> Integers:
    """How many different units (people, documents, cases) stand behind each (row, column), as a matrix.

    Args:
        row: of each pair, within `shape`.
        column: of each pair, within `shape`.
        unit: a number from 0 for each of the pairs.
        shape: rows and columns of the result.
    """
    units = int(unit.max()) + 1 if len(unit) else 0
    return distinct_counts_in_blocks([(row, column, unit)], shape, units)


def distinct_counts_in_blocks(
    blocks: Iterable[tuple[Integers, Integers, Integers]], shape: tuple[int, int], units: int
) -> Integers:
    """As `distinct_counts`, over (row, column, unit) arrays that come block by block; `units` = how many there are."""
    cells = shape[0] * shape[1]
    keys = ((row * shape[1] + column) * units + unit for row, column, unit in blocks)
    if cells * units <= _BITMAP:
        seen = np.zeros(cells * units, dtype=np.bool_)
        for key in keys:
            seen[key] = True
        return np.asarray(np.count_nonzero(seen.reshape(*shape, units), axis=2), dtype=np.int64)
    known = np.empty(0, dtype=np.int64)
    for key in keys:
        known = once(np.concatenate((known, once(key))))
    counts: Integers = np.bincount(known // units, minlength=cells).astype(np.int64, copy=False)
    return counts.reshape(shape)


def once(keys: Integers) -> Integers:
    """Each key once, sorted. numpy's own unique takes 2.4 s for 2.5 million keys (numpy 2.4), this 0.15 s."""
    keys = np.sort(keys)
    return keys[np.concatenate(([True], keys[1:] != keys[:-1]))[: len(keys)]]


def order_of(number: Integers, below: int) -> Indexes:
    """Indexes in order of whole numbers from 0 to `below` (which none reaches), those of one number as they came.

    Each number and its index are packed into one whole number, and these are sorted: half the time of a stable argsort,
    which goes to look up every number that it compares.
    """
    bits = len(number).bit_length()
    wide = bits + below.bit_length()
    if wide > _WIDEST.bit_length():
        return np.argsort(number, kind="stable")
    packed: Integers = number.astype(np.int32 if wide < 32 else np.int64)
    packed <<= bits
    packed |= np.arange(len(number), dtype=packed.dtype)
    packed.sort()
    return np.asarray(packed & ((1 << bits) - 1), dtype=np.intp)


def _bands(group: Integers, width: int) -> tuple[Integers, Integers]:
    """Where each passage's group begins when the groups lie side by side, `width` each, and the group's name."""
    low = int(group.min())
    if (int(group.max()) - low + 1) * width < _WIDEST:
        return (group - low) * width, group
    numbers = np.unique(group, return_inverse=True)[1]  # names far apart: number them
    return numbers.astype(np.int64) * width, group


def _in_order(start: Integers, end: Integers) -> Indexes:
    """Indexes of the passages that are not empty, in order of start."""
    some = np.flatnonzero(end > start)
    begins = start[some]
    if np.all(begins[1:] >= begins[:-1]):
        return some
    return np.asarray(some[np.argsort(begins, kind="stable")], dtype=np.intp)
