"""Segment match: whether coders marked the same passages, by how far they overlap.

A passage is matched where another coder has one of the same code such that what they share is at least a given part of
what they cover together: |A and B| / |A or B| >= X. Every passage of every coder is tested. There is no text on which
both decided against a code, so that there is no kappa and no alpha here.
"""

from dataclasses import dataclass

import numpy as np

from qualcode import sweep
from qualcode.agreement.coding import Coding
from qualcode.agreement.ratings import Floats
from qualcode.sweep import Integers

THRESHOLD = 0.9
"""Of the text that two passages cover together."""


@dataclass(frozen=True, slots=True, eq=False)
class Matches:
    """What was matched; arrays by code, unless said otherwise.

    Attributes:
        agreements, disagreements: passages that are matched in another coder's coding, and that are not; each counts
            once for every other coder who has finished its document.
        by_document: documents by codes by 2: the same two numbers in each document.
        passages: codes by coders: how many there are, in documents that another coder has finished.
    """

    agreements: Integers
    disagreements: Integers
    by_document: Floats
    passages: Integers


def matches(coding: Coding, threshold: float = THRESHOLD) -> Matches:
    """Test every passage against every other coder.

    Args:
        coding: of any number of coders; passages are taken as they are: `united` first, if that is meant.
        threshold: above 0, up to 1.

    Raises:
        ValueError: the threshold is out of range.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"passages match at a share above 0 and up to 1, not {threshold}")
    kept = coding.seen[coding.document, coding.coder] & (coding.end > coding.start)
    document, coder, code = coding.document[kept], coding.coder[kept], coding.code[kept]
    start, end = coding.start[kept], coding.end[kept]
    one, other = _close(coding, (document, coder, code, start, end), threshold)
    keys = np.concatenate((one * coding.coders + coder[other], other * coding.coders + coder[one]))
    matched = np.bincount(sweep.once(keys) // coding.coders, minlength=len(code))
    asked = (np.count_nonzero(coding.seen, axis=1) - 1)[document]
    cells = document * coding.codes + code
    shape = (len(coding.lengths), coding.codes)
    agreed = np.bincount(cells, matched, minlength=shape[0] * shape[1]).reshape(shape)
    missed = np.bincount(cells, asked - matched, minlength=shape[0] * shape[1]).reshape(shape)
    compared = asked > 0
    return Matches(
        agreed.sum(axis=0).astype(np.int64), missed.sum(axis=0).astype(np.int64), np.stack((agreed, missed), axis=2),
        sweep.tally(code[compared], coder[compared], (coding.codes, coding.coders)),
    )  # fmt: skip


def _close(
    coding: Coding, passages: tuple[Integers, ...], threshold: float
) -> tuple[sweep.Indexes, sweep.Indexes]:  # fmt: skip
    """Pairs of passages of one code and two coders that overlap far enough."""
    document, coder, code, start, end = passages
    band = code * (int(coding.offset[-1]) + 1) + coding.offset[document]
    found_one, found_other = [np.empty(0, dtype=np.intp)], [np.empty(0, dtype=np.intp)]
    for one, other in sweep.overlap_blocks(band + start, band + end):
        shared = np.minimum(end[one], end[other]) - np.maximum(start[one], start[other])
        both = np.maximum(end[one], end[other]) - np.minimum(start[one], start[other])
        close = (coder[one] != coder[other]) & (shared / both >= threshold)
        found_one.append(one[close])
        found_other.append(other[close])
    return np.concatenate(found_one), np.concatenate(found_other)


def one_to_one(coding: Coding, threshold: float = THRESHOLD) -> int:
    """How many pairs of passages of two coders can be matched at most if each passage is used once: M for Holsti's CR.

    Args:
        coding: of any number of coders; the first two are compared.
        threshold: as in `matches`.
    """
    kept = coding.seen[coding.document, coding.coder] & (coding.end > coding.start) & (coding.coder < 2)
    coder = coding.coder[kept]
    one, other = _close(
        coding,
        (coding.document[kept], coder, coding.code[kept], coding.start[kept], coding.end[kept]),
        threshold,
    )
    partners: dict[int, list[int]] = {}
    for first, second in zip(one.tolist(), other.tolist(), strict=True):
        left, right = (first, second) if coder[first] == 0 else (second, first)
        partners.setdefault(left, []).append(right)
    taken: dict[int, int] = {}
    return sum(_place(left, partners, taken, set()) for left in partners)


def _place(left: int, partners: dict[int, list[int]], taken: dict[int, int], tried: set[int]) -> bool:
    """Find a partner for a passage, moving others on where they have another choice (Kuhn's method)."""
    for right in partners[left]:
        if right in tried:
            continue
        tried.add(right)
        if right not in taken or _place(taken[right], partners, taken, tried):
            taken[right] = left
            return True
    return False
