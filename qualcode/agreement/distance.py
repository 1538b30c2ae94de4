"""How far two values are apart, squared, as Krippendorff's alpha takes it: 0 = the same."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualcode.agreement.ratings import Floats
from qualcode.agreement.weighting import numbers_of
from qualcode.errors import InputError

Distance = Callable[[NDArray[np.integer[Any]], NDArray[np.integer[Any]]], Floats]
"""Of the values at some places to the values at others, element by element; both arrays broadcast."""

Words = NDArray[np.uint64]


def distance_of(categories: Sequence[Any], metric: str, counts: Floats) -> Distance:
    """The distance that a metric means over the declared values.

    Args:
        categories: the values.
        metric: as `coincidences.Metric` has it.
        counts: how often each value was given (ordinal distances depend on it).

    Raises:
        InputError: the values do not fit the metric.
    """
    if metric == "nominal":
        return lambda one, other: (one != other).astype(np.float64)
    if metric in ("jaccard", "masi", "passonneau"):
        return _between_sets(_packed(categories), metric)
    values = numbers_of(categories, f"{metric} alpha")
    if metric == "ordinal":
        return _ordinal(values, counts)
    if metric == "interval":
        return lambda one, other: (values[one] - values[other]) ** 2
    if metric == "ratio":
        return _ratio(values)
    raise ValueError(f"there is no metric {metric}")


def _ordinal(values: Floats, counts: Floats) -> Distance:
    """(The number of ratings from one value to the other, of both ends the half) squared."""
    order = np.argsort(values)
    middle = np.empty(len(values))
    middle[order] = np.cumsum(counts[order]) - counts[order] / 2
    return lambda one, other: (middle[one] - middle[other]) ** 2


def _ratio(values: Floats) -> Distance:
    if (values < 0).any():
        raise InputError("ratio alpha needs values from zero up", remedy="For values below zero use interval.")

    def between(one: NDArray[np.integer[Any]], other: NDArray[np.integer[Any]]) -> Floats:
        both = values[one] + values[other]
        return np.asarray(((values[one] - values[other]) / np.where(both > 0, both, 1.0)) ** 2)

    return between


def _packed(categories: Sequence[Any]) -> Words:
    """Sets as bits: values by words of 64 members."""
    for each in categories:
        if not isinstance(each, frozenset | set | list | tuple):
            raise InputError(f"alpha on sets of codes needs sets, not {each!r}")
    members: Iterable[Any] = dict.fromkeys(member for each in categories for member in each)
    place = {member: number for number, member in enumerate(members)}
    packed = np.zeros((len(categories), max(1, -(-len(place) // 64))), dtype=np.uint64)
    for number, each in enumerate(categories):
        for member in each:
            word, bit = divmod(place[member], 64)
            packed[number, word] |= np.uint64(1 << bit)
    return packed


def _between_sets(packed: Words, metric: str) -> Distance:
    size = np.bitwise_count(packed).sum(axis=1).astype(np.int64)

    def between(one: NDArray[np.integer[Any]], other: NDArray[np.integer[Any]]) -> Floats:
        shared = sum(np.bitwise_count(word[one] & word[other]).astype(np.int64) for word in packed.T)
        union = size[one] + size[other] - shared
        jaccard = np.where(union > 0, shared / np.maximum(union, 1), 1.0)
        if metric == "jaccard":
            return np.asarray(1 - jaccard)
        inside = shared == np.minimum(size[one], size[other])
        if metric == "masi":  # J is 0 where an empty set is inside another
            return np.asarray(1 - jaccard * np.where(shared == union, 3, np.where(inside, 2, 1)) / 3)
        return np.where(shared == union, 0, np.where(inside, 1, np.where(shared > 0, 2, 3))) / 3

    return between
