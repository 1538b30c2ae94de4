"""Which set of codes each coder gave the text: for alpha with Jaccard or MASI distances, where codes overlap freely."""

import numpy as np

from qualcode import sweep
from qualcode.agreement.coding import Coding
from qualcode.agreement.ratings import MISSING, Floats, Numbers, Ratings, summed
from qualcode.agreement.tallying import Tally
from qualcode.sweep import Integers


def sets_by_character(coding: Coding) -> Ratings:
    """Every character is a unit, rated with the set of codes that a coder gave it.

    Args:
        coding: united.
    """
    offset = coding.offset
    start, end = (sweep.axis(coding.document, each, offset) for each in (coding.start, coding.end))
    cuts = sweep.once(np.concatenate((start, end, offset[:-1], np.maximum(offset[1:] - 1, 0))))
    begin, length = cuts[:-1], np.diff(cuts)
    document = np.searchsorted(offset, begin, side="right") - 1
    inside = (document < len(coding.lengths)) & (length > 0)
    document = np.minimum(document, len(coding.lengths) - 1)
    inside &= begin < offset[document + 1] - 1
    sets = np.empty((int(np.count_nonzero(inside)), coding.coders), dtype=np.int64)
    names: list[frozenset[int]] = []
    known: dict[frozenset[int], int] = {}
    for coder in range(coding.coders):
        own = coding.coder == coder
        opens, closes = np.searchsorted(cuts, start[own]), np.searchsorted(cuts, end[own])
        places, found = _running_sets(coding.code[own], opens, closes, len(begin), coding.codes)
        for each in found:
            if each not in known:
                known[each] = len(names)
                names.append(each)
        sets[:, coder] = np.array([known[each] for each in found], dtype=np.int64)[places][inside]
    sets[~coding.seen[document[inside]]] = MISSING
    return _alike(sets, length[inside].astype(np.float64), tuple(names))


def _running_sets(
    code: Integers, opens: Integers, closes: Integers, pieces: int, codes: int
) -> tuple[Integers, list[frozenset[int]]]:
    """For each piece the place of a coder's set in a list of sets."""
    numbers, sets = np.zeros(pieces, dtype=np.int64), [frozenset[int]()]
    for low in range(0, codes, 60):  # 60 codes a word, so that a set is a number
        chosen = (code >= low) & (code < low + 60)
        bits = np.left_shift(np.int64(1), code[chosen] - low)
        change = np.zeros(pieces + 1, dtype=np.int64)
        np.add.at(change, opens[chosen], bits)  # a coder's passages of one code do not touch, so bits never carry
        np.subtract.at(change, closes[chosen], bits)
        np.cumsum(change[:-1])
        kinds, word = np.unique(np.cumsum(change[:-1]), return_inverse=True)
        both, numbers = np.unique(numbers * len(kinds) + word, return_inverse=True)
        pairs = [divmod(each, len(kinds)) for each in both.tolist()]
        sets = [sets[old] | _members(int(kinds[new]), low) for old, new in pairs]
    return numbers, sets


def _members(word: int, low: int) -> frozenset[int]:
    return frozenset(low + bit for bit in range(word.bit_length()) if word >> bit & 1)


def sets_by_unit(tally: Tally) -> Ratings:
    """Every cluster of the tally is a unit (`by_unit(..., blocks=units)`): whole units rated with sets of codes."""
    coders = tally.seen.shape[1]
    given: list[list[set[int]]] = [[set() for _ in range(coders)] for _ in range(len(tally.total))]
    for unit, code, mask in zip(tally.cluster.tolist(), tally.code.tolist(), tally.mask.tolist(), strict=True):
        for coder in range(coders):
            if mask >> coder & 1:
                given[unit][coder].add(code)
    names: dict[frozenset[int], int] = {}
    sets = np.full((len(given), coders), MISSING, dtype=np.int64)
    for unit, coder in np.argwhere(tally.seen).tolist():
        sets[unit, coder] = names.setdefault(frozenset(given[unit][coder]), len(names))
    return _alike(sets, tally.total, tuple(names))


def _alike(sets: Numbers, weights: Floats, names: tuple[frozenset[int], ...]) -> Ratings:
    """Patterns that are the same made one."""
    keys, radix = np.zeros(len(sets), dtype=np.int64), len(names) + 1
    for given in sets.T:  # coder by coder, numbered anew each time so that keys stay small: `axis=0` sorts rows slowly
        keys = np.unique(keys * radix + given + 1, return_inverse=True)[1].astype(np.int64)
    first = np.unique(keys, return_index=True)[1]
    return Ratings(sets[first], summed(keys, weights, len(first)), names)
