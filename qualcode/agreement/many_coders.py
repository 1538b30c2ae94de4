"""Agreement of any number of coders on units, with missing ratings.

Sources: Gwet 2014, Handbook of Inter-Rater Reliability (definitions with missing ratings, and the standard errors, for
which each coefficient is linearised over units); Fleiss 1971; Conger 1980; Light 1971; Brennan & Prediger 1981.
Notation: a unit has r ratings and is pairable with two or more; weights say how close two values are, 1 = the same.
"""

from collections.abc import Callable
from itertools import combinations
from math import sqrt

import numpy as np

from qualcode.agreement.estimate import Estimate, undefined
from qualcode.agreement.ratings import MISSING, Floats, Ratings
from qualcode.agreement.two_coders import cohen
from qualcode.agreement.weighting import Weighting, closeness


def percent(ratings: Ratings, weighting: Weighting = "identity") -> Estimate:
    """Percent agreement: the mean over pairable units of the share of pairs of coders who agree."""
    lacking = ratings.lacking()
    if lacking:
        return undefined(lacking)
    parts = _Parts(ratings, weighting)
    return Estimate(float(parts.agreement), None, parts.error(parts.agreed * parts.scale - parts.agreement))


def fleiss(ratings: Ratings, weighting: Weighting = "identity") -> Estimate:
    """Fleiss' kappa, in Gwet's form for missing ratings: a value's share is its mean share over all rated units."""

    def expected(parts: "_Parts") -> tuple[float, Floats]:
        shares, near = parts.shares, parts.near
        by_value = (near @ shares + near.T @ shares) / 2
        return float(shares @ (1 - near) @ shares), parts.by_unit @ by_value

    return _coefficient(ratings, weighting, expected)


def brennan_prediger(ratings: Ratings, weighting: Weighting = "identity") -> Estimate:
    """Brennan-Prediger, also Bennett's S and Randolph's free-marginal kappa: chance is one in the declared values."""

    def expected(parts: "_Parts") -> tuple[float, Floats]:
        disagreement = float((1 - parts.near).sum()) / parts.near.size
        return disagreement, np.full(len(parts.by_unit), 1 - disagreement)

    return _coefficient(ratings, weighting, expected)


def gwet(ratings: Ratings, weighting: Weighting = "identity") -> Estimate:
    """Gwet's AC1, and AC2 with weights: chance is how hard to rate the units are taken to be (Gwet 2008)."""

    def expected(parts: "_Parts") -> tuple[float, Floats]:
        values = len(parts.shares)
        if values < 2:
            return 0.0, np.ones(len(parts.by_unit))
        factor = float(parts.near.sum()) / (values * (values - 1))
        chance = factor * float(parts.shares @ (1 - parts.shares))
        return 1 - chance, factor * (parts.by_unit @ (1 - parts.shares))

    return _coefficient(ratings, weighting, expected)


def conger(ratings: Ratings, weighting: Weighting = "identity") -> Estimate:
    """Conger's kappa: Cohen's for many coders, each with marginals of their own (Hubert's and Davies-Fleiss' too)."""

    def expected(parts: "_Parts") -> tuple[float, Floats]:
        own = parts.own_shares
        coders = len(own)
        others = own.sum(axis=0) - own  # coders by values: what all the others gave
        disagreement = float(np.einsum("gk,kl,gl->", own, 1 - parts.near, others)) / (coders * (coders - 1))
        return disagreement, _conger_by_unit(parts, own, others)

    return _coefficient(ratings, weighting, expected)


def light(ratings: Ratings, weighting: Weighting = "identity") -> Estimate:
    """Light's kappa: the mean of Cohen's over all pairs of coders for whom it is defined."""
    pairs = combinations(range(ratings.patterns.shape[1]), 2)
    found = [cohen(ratings.for_coders(*pair), weighting) for pair in pairs]
    values = [each.value for each in found if each.value is not None]
    if values:
        return Estimate(sum(values) / len(values))
    return undefined(ratings.lacking() or "no_variation")


class _Parts:
    """What the coefficients share.

    Attributes:
        near: closeness of values, q by q.
        by_unit: units by values: the share of the unit's ratings; only units that anybody has rated.
        agreed: by unit: share of its pairs that agree; 0 where there is none.
        agreement: mean of it over pairable units.
        scale: units over pairable units.
        shares: mean of `by_unit`.
        own_shares: coders by values, of coders who have rated anything.
    """

    def __init__(self, ratings: Ratings, weighting: Weighting) -> None:
        some = (ratings.rated > 0) & (ratings.weights > 0)
        self.patterns, self.weights = ratings.patterns[some], ratings.weights[some]
        self.near = closeness(ratings.categories, weighting)
        counts, rated = ratings.counts()[some], ratings.rated[some]
        self.pairable = rated >= 2
        self.by_unit = counts / rated[:, np.newaxis]
        agreeing = (counts * (counts @ self.near.T - 1)).sum(axis=1)
        self.agreed = np.where(self.pairable, agreeing / np.maximum(rated * (rated - 1), 1), 0.0)
        self.units = float(self.weights.sum())
        self.scale = self.units / float(self.weights[self.pairable].sum())
        self.agreement = float(self.weights @ self.agreed) / self.units * self.scale
        self.shares = self.weights @ self.by_unit / self.units

    @property
    def own_shares(self) -> Floats:
        has = (self.patterns != MISSING).any(axis=0)
        self.patterns = self.patterns[:, has]
        given = self.patterns[:, :, np.newaxis] == np.arange(len(self.shares))
        sums = np.einsum("u,ugk->gk", self.weights, given)
        return np.asarray(sums / sums.sum(axis=1, keepdims=True))

    def error(self, deviations: Floats) -> float | None:
        """The standard error of a mean over units, given each unit's deviation; None for a single unit."""
        if self.units <= 1:
            return None
        return sqrt(float(self.weights @ deviations**2) / (self.units * (self.units - 1)))


def _coefficient(
    ratings: Ratings, weighting: Weighting, expected: Callable[[_Parts], tuple[float, Floats]]
) -> Estimate:
    """1 - observed / expected disagreement, with Gwet's standard error.

    `expected` gives the expected disagreement, and each unit's part of the expected agreement.
    """
    lacking = ratings.lacking()
    if lacking:
        return undefined(lacking)
    parts = _Parts(ratings, weighting)
    disagreement, chance_by_unit = expected(parts)
    if disagreement <= 0:
        return undefined("no_variation")
    chance = 1 - disagreement
    value = 1 - (1 - parts.agreement) / disagreement
    linear = parts.scale * (parts.agreed - chance * parts.pairable) / disagreement
    linear -= 2 * (1 - value) * (chance_by_unit - chance) / disagreement
    return Estimate(float(value), None, parts.error(linear - value))


def _conger_by_unit(parts: _Parts, own: Floats, others: Floats) -> Floats:
    """Each unit's part of Conger's expected agreement (Gwet 2014, ch. 5): a coder's ratings against all others'."""
    coders = len(own)
    found = np.zeros(len(parts.weights))
    for coder in range(coders):
        given = parts.patterns[:, coder]
        rated = given != MISSING
        units = float(parts.weights[rated].sum())
        by_value = others[coder] @ parts.near  # closeness of each value to what the others gave
        mean = float(by_value @ own[coder])
        said = np.where(rated, by_value[given], 0.0)
        found += parts.units / units * (said - (rated - units / parts.units) * mean)
    return found / (coders * (coders - 1))
