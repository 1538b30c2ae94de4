"""Krippendorff's alpha for units: nominal, ordinal, interval, ratio and sets of codes, with missing ratings.

Sources: Krippendorff 2011, Computing Krippendorff's alpha-reliability; Passonneau 2004, 2006 (sets, MASI); Gwet 2014
(standard error). A unit rated once is paired with nothing and is left out.
"""

from itertools import combinations
from math import sqrt
from typing import Literal

import numpy as np

from qualcode.agreement.distance import Distance, distance_of
from qualcode.agreement.estimate import Estimate, chance_corrected, undefined
from qualcode.agreement.ratings import MISSING, Floats, Ratings, summed

Metric = Literal["nominal", "ordinal", "interval", "ratio", "jaccard", "masi", "passonneau"]

_BLOCK = 2048  # values compared with all others at a time, so that memory stays bounded however many there are


def alpha(ratings: Ratings, metric: Metric = "nominal") -> Estimate:
    """Krippendorff's alpha.

    Args:
        ratings: of any number of coders.
        metric: how far two values are apart. For sets of codes: "jaccard" 1 - J, "masi" 1 - J * M with M = 1, 2/3, 1/3
            or 0 for sets that are equal, one in the other, overlapping, apart. Two empty sets are equal, an empty one
            and another are apart. "passonneau" is 1 - M, of 2004, to which an empty set is in every other.

    Raises:
        InputError: the metric needs numbers (ratio: none below zero) or sets, and the values are not.
    """
    observed, expected = disagreements(ratings, metric)
    if observed.value is None or expected.value is None:
        return observed
    return chance_corrected(observed.value, expected.value)


def disagreements(ratings: Ratings, metric: Metric = "nominal") -> tuple[Estimate, Estimate]:
    """Observed and expected disagreement, D_o and D_e; units weigh by how many ratings they have."""
    lacking = ratings.lacking()
    if lacking:
        return undefined(lacking), undefined(lacking)
    pairable = ratings.pairable()
    counts = _value_counts(pairable)
    distance = distance_of(ratings.categories, metric, counts)
    total = float(counts.sum())
    return Estimate(_observed(pairable, distance) / total), Estimate(
        _expected(counts, distance) / (total * (total - 1))
    )


def alpha_error(ratings: Ratings) -> Estimate:
    """The standard error of nominal alpha over pairable units (Gwet 2014, as irrCAC for R gives it)."""
    lacking = ratings.lacking()
    if lacking:
        return undefined(lacking)
    units = ratings.pairable()
    weights, counts, rated = units.weights, units.counts(), units.rated.astype(np.float64)
    number = float(weights.sum())
    if number <= 1:
        return undefined("too_few")
    mean_rated = float(weights @ rated) / number
    agreed = (counts * (counts - 1)).sum(axis=1) / (mean_rated * (rated - 1))
    agreement = float(weights @ agreed) / number
    shares = weights @ counts / (number * mean_rated)
    chance = float(shares @ shares)
    if chance >= 1:
        return undefined("no_variation")
    value = (agreement - chance) / (1 - chance)
    uneven = (rated - mean_rated) / mean_rated
    linear = (agreed - agreement * uneven - chance) / (1 - chance)
    linear -= 2 * (1 - value) * (counts @ shares / mean_rated - chance * uneven - chance) / (1 - chance)
    return Estimate(sqrt(float(weights @ (linear - value) ** 2) / (number * (number - 1))))


def _value_counts(pairable: Ratings) -> Floats:
    """How often each value was given, in units that are pairable."""
    found = np.zeros(len(pairable.categories))
    for coder in range(pairable.patterns.shape[1]):
        rated = pairable.patterns[:, coder] != MISSING
        found += summed(pairable.patterns[rated, coder], pairable.weights[rated], len(found))
    return found


def _observed(pairable: Ratings, distance: Distance) -> float:
    """The sum over units of the distances of all ordered pairs of ratings, each over r - 1."""
    weights = pairable.weights / np.maximum(pairable.rated - 1, 1)
    total = 0.0
    for first, second in combinations(range(pairable.patterns.shape[1]), 2):
        one, other = pairable.patterns[:, first], pairable.patterns[:, second]
        differ = (one != MISSING) & (other != MISSING) & (one != other)
        total += 2 * float(weights[differ] @ distance(one[differ], other[differ]))
    return total


def _expected(counts: Floats, distance: Distance) -> float:
    """The sum over all ordered pairs of values of how often they occur, times their distance."""
    used = np.flatnonzero(counts)
    total = 0.0
    for low in range(0, len(used), _BLOCK):
        rows = used[low : low + _BLOCK]
        total += float(counts[rows] @ distance(rows[:, np.newaxis], used[np.newaxis, :]) @ counts[used])
    return total
