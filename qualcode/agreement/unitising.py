"""Krippendorff's alpha for unitising, where coders mark passages of their own: the family of 2016.

Source: Krippendorff, Mathet, Bouvry & Widlöcher 2016, On the reliability of unitizing textual continua: further
developments, Quality & Quantity 50:2347 (with its erratum); computed from the lengths of intersections, not from the
squared differences of 1995 and 2004, nor from the form of 2013. Passages of one coder must not overlap: one code at a
time, or a group of codes of which each passage has one. A gap is what a coder left unmarked.
"""

from dataclasses import dataclass

import numpy as np

from qualcode import sweep
from qualcode.agreement.estimate import Estimate, Reason, undefined
from qualcode.agreement.ratings import Floats, summed
from qualcode.errors import InputError
from qualcode.sweep import Integers

_ROUNDING = 1e-12
"""Of all pairs a share that is rounding only: where every pair lies within one unit, chance has nothing to say."""


@dataclass(frozen=True, slots=True, eq=False)
class Continua:
    """Texts in which coders marked passages, each with one of several values.

    Attributes:
        document, coder, value: numbers from 0, for each passage, int64.
        start, end: of each, half-open code points of its document.
        lengths: of the documents.
        seen: documents by coders, bool: who has finished it. Passages where a coder has not are left out.
        values: how many values there are.
    """

    document: Integers
    coder: Integers
    value: Integers
    start: Integers
    end: Integers
    lengths: Integers
    seen: np.typing.NDArray[np.bool_]
    values: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """An alpha that looks at where marked passages meet, and how large a part that is; None where none meet."""

    alpha: Estimate
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Unitising:
    """The 2016 family.

    Attributes:
        u: all values and gaps: do the coders mark the same passages with the same values?
        binary: |u: marked or not, whatever the value.
        cu: the values alone, where two coders' passages meet; its coverage is the share of all text.
        by_value: (k)u, one for each value against all others, where its passages meet others'; None in it where they
            never do.
    """

    u: Estimate
    binary: Estimate
    cu: Coverage
    by_value: tuple[Coverage, ...]


def unitised(continua: Continua) -> Unitising:
    """The 2016 alphas, exact in the lengths, in O(S log S) for S passages.

    Raises:
        InputError: two passages of one coder overlap.
    """
    marked = _on_axis(continua)
    reason = _lacking(continua)
    if reason:
        nothing = Coverage(undefined(reason), None)
        return Unitising(undefined(reason), undefined(reason), nothing, (nothing,) * continua.values)
    shared, met = _coincidences(continua, marked)
    return _family(shared, _own_pairs(continua, marked, shared), met)


@dataclass(frozen=True, slots=True, eq=False)
class _Marked:
    """Passages on one axis, by coder, then start; `weight` = 1 / (m - 1) by document, 0 where nobody compares."""

    document: Integers
    coder: Integers
    value: Integers
    start: Integers
    end: Integers
    offset: Integers
    weight: Floats


def _on_axis(continua: Continua) -> _Marked:
    offset = sweep.offsets(continua.lengths)
    kept = continua.seen[continua.document, continua.coder] & (continua.end > continua.start)
    document, coder, value = continua.document[kept], continua.coder[kept], continua.value[kept]
    start, end = sweep.axis(document, continua.start[kept], offset), sweep.axis(document, continua.end[kept], offset)
    order = np.argsort(coder * (int(offset[-1]) + 1) + start)
    document, coder, value, start, end = (each[order] for each in (document, coder, value, start, end))
    if ((coder[1:] == coder[:-1]) & (start[1:] < end[:-1])).any():
        raise InputError(
            "two passages of one coder overlap, so that unitising alpha is not defined",
            remedy="Compare one code at a time, or codes of which each passage has one.",
        )
    coders = np.count_nonzero(continua.seen, axis=1)
    weight = np.where(coders > 1, 1 / np.maximum(coders - 1, 1), 0.0)
    return _Marked(document, coder, value, start, end, offset, weight)


def _lacking(continua: Continua) -> Reason | None:
    seen = continua.seen[continua.lengths > 0]
    if not seen.any():
        return "no_units"
    if np.count_nonzero(seen.any(axis=0)) < 2:
        return "single_coder"
    return None if (np.count_nonzero(seen, axis=1) > 1).any() else "no_pairable_units"


@dataclass(frozen=True, slots=True, eq=False)
class _Changes:
    """Where one coder's units begin, and end in a gap, in order; `unit` is what begins there, the last number a gap."""

    place: Integers
    unit: Integers
    value: Integers
    """By number of a unit, and at last the gap's."""


def _changes(marked: _Marked, coder: int, gap: int) -> _Changes:
    own = marked.coder == coder
    start, end, value = marked.start[own], marked.end[own], marked.value[own]
    into_gap = end[np.append(start[1:] > end[:-1], [True])[: len(end)]]
    place = np.concatenate((start, into_gap))
    unit = np.concatenate((np.arange(len(start)), np.full(len(into_gap), len(start))))
    order = np.argsort(place, kind="stable")
    return _Changes(place[order], np.append([len(start)], unit[order]), np.append(value, [gap]))


def _coincidences(continua: Continua, marked: _Marked) -> tuple[Floats, Floats]:
    """What every ordered pair of coders made of the same text, and what pairs of characters within units come to.

    Returns:
        l_ck: weighted lengths, values by values, the last being the gap. K* of eq. 10, by value: the squares of how
        much of a unit lies in another coder's units, coder pair by coder pair.
    """
    values = continua.values + 1
    shared, met = np.zeros((values, values)), np.zeros(values)
    changes = [_changes(marked, coder, continua.values) for coder in range(continua.seen.shape[1])]
    for first in range(len(changes)):
        for second in range(first):
            both = continua.seen[:, first] & continua.seen[:, second]
            lengths, squares = _compared(changes[first], changes[second], marked, both, values)
            shared += lengths + lengths.T
            met += squares
    return shared, met[:-1]


def _compared(
    one: _Changes, other: _Changes, marked: _Marked, both: np.typing.NDArray[np.bool_], values: int
) -> tuple[Floats, Floats]:
    """The same for two coders, in the documents that both have seen: one merge of all places of change."""
    begins, ends = marked.offset[:-1], marked.offset[1:] - 1
    places = np.concatenate((one.place, other.place, begins, ends))
    order = np.argsort(places, kind="stable")  # of sorted runs: a merge
    places = places[order]
    length = np.diff(places, append=places[-1:])
    kinds = np.searchsorted(np.cumsum([len(one.place), len(other.place), len(begins)]), order, side="right")
    document = np.cumsum(kinds == 2) - 1
    kept = np.flatnonzero((length > 0) & (document >= 0))
    kept = kept[(places[kept] < ends[document[kept]]) & both[document[kept]]]
    length, weight = length[kept], marked.weight[document[kept]]
    first, second = one.unit[np.cumsum(kinds == 0)[kept]], other.unit[np.cumsum(kinds == 1)[kept]]
    keys = one.value[first] * values + other.value[second]
    lengths = summed(keys, length * weight, values * values).reshape(values, values)
    meet = (one.value[first] < values - 1) & (other.value[second] < values - 1)
    squares = np.zeros(values)
    for unit, of in ((first, one), (second, other)):
        covered = summed(unit[meet], length[meet] * np.sqrt(weight[meet]), len(of.value))
        squares += summed(of.value, covered**2, values)
    return lengths, squares


def _own_pairs(continua: Continua, marked: _Marked, shared: Floats) -> tuple[Floats, float]:
    """What pairs of characters within one and the same unit come to: K by value, and of gaps.

    A pair of that sort cannot disagree. Gaps are no units: each of their characters is paired with itself alone.
    """
    compared = marked.weight[marked.document] > 0
    squares = (marked.end - marked.start)[compared].astype(np.float64) ** 2
    by_value = summed(marked.value[compared], squares, continua.values)
    return by_value, float(shared[-1].sum())


def _family(shared: Floats, own: tuple[Floats, float], met: Floats) -> Unitising:
    by_value, gaps = own
    marked = shared[:-1, :-1]
    if not shared[:-1].any():
        unused = undefined("code_unused")
        return Unitising(unused, unused, Coverage(unused, None), (Coverage(unused, None),) * len(met))
    binary = np.array(
        [[marked.sum(), shared[:-1, -1].sum()], [shared[-1, :-1].sum(), shared[-1, -1]]], dtype=np.float64
    )
    values = range(len(met))
    return Unitising(
        _alpha(shared, np.append(by_value, gaps)),
        _alpha(binary, np.array([by_value.sum(), gaps])),
        Coverage(_alpha(marked, met), _share(marked.sum(), shared.sum())),
        tuple(
            Coverage(_one_value(marked, met, value), _share(marked[value].sum(), shared[value].sum()))
            for value in values
        ),
    )  # fmt: skip


def _alpha(lengths: Floats, own: Floats) -> Estimate:
    """1 - D_o / D_e over a matrix of coinciding lengths (eq. 4): pairs within one unit are not to be expected."""
    total, of_value = lengths.sum(), lengths.sum(axis=1)
    if np.count_nonzero(of_value) < 2:
        return undefined("no_variation" if total else "code_unused")
    pairs = total * total - own.sum()
    if pairs <= _ROUNDING * total * total:
        return undefined("too_few")
    expected = total * (total * total - (of_value**2).sum()) / pairs
    return _beside_chance(total - lengths.trace(), expected, total)


def _one_value(lengths: Floats, own: Floats, value: int) -> Estimate:
    """(k)u, eq. 13b: of what meets a value, how much is another, beside how much could be expected to be."""
    total, here = lengths.sum(), lengths[value].sum()
    if here == 0:
        return undefined("code_unused")
    if here == total:
        return undefined("no_variation")
    pairs = here * total - own[value]
    if pairs <= _ROUNDING * here * total:
        return undefined("too_few")
    return _beside_chance(here - lengths[value, value], here * here * (total - here) / pairs, here)


def _beside_chance(observed: float, expected: float, whole: float) -> Estimate:
    """1 - D_o / D_e. Where three coders or more hardly meet, eq. 10 takes away more pairs within units than there are.

    Chance would then disagree on more than all, and coders who never agree come out above 0: there is no telling.
    """
    if expected > whole * (1 + _ROUNDING):
        return undefined("too_few")
    return Estimate(float(1 - observed / expected))


def _share(part: float, whole: float) -> float | None:
    return float(part / whole) if part else None
