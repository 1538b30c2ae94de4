"""Agreement of two coders on units that both have rated.

Sources: Cohen 1960, 1968 (weighted); Fleiss, Cohen & Everitt 1969 (asymptotic standard errors); Scott 1955; Byrt,
Bishop & Carlin 1993 (prevalence and bias index, PABAK); Cicchetti & Feinstein 1990 (positive and negative agreement);
Hripcsak & Rothschild 2005 (F1); Holsti 1969.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from qualcode.agreement.estimate import Estimate, Reason, chance_corrected, undefined
from qualcode.agreement.ratings import Floats, Ratings
from qualcode.agreement.weighting import Weighting, closeness
from qualcode.errors import InputError


def table_of(ratings: Ratings) -> Floats:
    """The contingency table of two coders over what both have rated: rows the first's values, columns the second's.

    Raises:
        InputError: there are not exactly two coders.
    """
    if ratings.patterns.shape[1] != 2:
        raise InputError(f"this statistic compares two coders, not {ratings.patterns.shape[1]}")
    both = ratings.pairable()
    found = np.zeros((len(ratings.categories),) * 2)
    np.add.at(found, (both.patterns[:, 0], both.patterns[:, 1]), both.weights)
    return found


def cohen(ratings: Ratings, weighting: Weighting = "identity") -> Estimate:
    """Cohen's kappa with its asymptotic standard error; marginals come from the units that both have rated."""
    reason, joint = _joint(ratings)
    if reason:
        return undefined(reason)
    near = closeness(ratings.categories, weighting)
    first, second = joint.sum(axis=1), joint.sum(axis=0)
    expected = float(first @ (1 - near) @ second)
    if expected <= 0:
        return undefined("no_variation")
    value = 1 - float(((1 - near) * joint).sum()) / expected
    apart = near - (_mean_closeness(near, first, second)) * (1 - value)
    spread = float((joint * apart**2).sum()) - (value - (1 - expected) * (1 - value)) ** 2
    return Estimate(value, None, sqrt(max(spread, 0.0) / ratings.pairable().weights.sum()) / expected)


def cohen_error_without_agreement(ratings: Ratings, weighting: Weighting = "identity") -> Estimate:
    """Kappa's standard error if there were no agreement beyond chance: for testing that there is some."""
    reason, joint = _joint(ratings)
    if reason:
        return undefined(reason)
    near = closeness(ratings.categories, weighting)
    first, second = joint.sum(axis=1), joint.sum(axis=0)
    chance, expected = np.outer(first, second), float(first @ (1 - near) @ second)
    if expected <= 0:
        return undefined("no_variation")
    spread = float((chance * (near - _mean_closeness(near, first, second)) ** 2).sum()) - (1 - expected) ** 2
    return Estimate(sqrt(max(spread, 0.0) / ratings.pairable().weights.sum()) / expected)


def scott(ratings: Ratings, weighting: Weighting = "identity") -> Estimate:
    """Scott's pi: as kappa, with one set of marginals for both coders."""
    reason, joint = _joint(ratings)
    if reason:
        return undefined(reason)
    apart = 1 - closeness(ratings.categories, weighting)
    shares = (joint.sum(axis=1) + joint.sum(axis=0)) / 2
    return chance_corrected(float((apart * joint).sum()), float(shares @ apart @ shares))


def kappa_max(ratings: Ratings) -> Estimate:
    """The highest kappa that the two coders' marginals leave room for."""
    reason, joint = _joint(ratings)
    if reason:
        return undefined(reason)
    first, second = joint.sum(axis=1), joint.sum(axis=0)
    apart = 1 - np.eye(len(joint))
    return chance_corrected(1 - float(np.minimum(first, second).sum()), float(first @ apart @ second))


def _joint(ratings: Ratings) -> tuple[Reason | None, Floats]:
    """Why there is nothing, or the table as shares."""
    table = table_of(ratings)
    reason = ratings.lacking()
    return reason, table if reason else table / table.sum()


def _mean_closeness(near: Floats, first: Floats, second: Floats) -> Floats:
    return np.asarray((near @ second)[:, np.newaxis] + (first @ near)[np.newaxis, :])


@dataclass(frozen=True, slots=True)
class FourCells:
    """A code in two coders' hands: how much both coded, only the first, only the second, neither (any unit)."""

    both: float
    first: float
    second: float
    neither: float

    @classmethod
    def of(cls, ratings: Ratings, present: int = 0) -> "FourCells":
        """From two coders' ratings; `present` = the place of the category that stands for "coded", of all others not.

        Raises:
            InputError: there are not exactly two coders.
        """
        table = table_of(ratings)
        if not table.size:  # nothing was rated, and no value declared
            return cls(0.0, 0.0, 0.0, 0.0)
        both = float(table[present, present])
        first, second = float(table[present].sum()) - both, float(table[:, present].sum()) - both
        return cls(both, first, second, float(table.sum()) - both - first - second)

    @property
    def total(self) -> float:
        """All that both coders have rated."""
        return self.both + self.first + self.second + self.neither

    def positive_agreement(self) -> Estimate:
        """2a / (2a + b + c): Dice, F1, also Holsti's CR at this unit. Text that nobody coded does not enter."""
        return _share(2 * self.both, 2 * self.both + self.first + self.second, self._unused())

    def negative_agreement(self) -> Estimate:
        """2d / (2d + b + c): agreement on where the code is not."""
        return _share(2 * self.neither, 2 * self.neither + self.first + self.second, self._unused("no_variation"))

    def recall(self) -> Estimate:
        """Of what the first coder, taken as the gold standard, coded: the share that the second coded too."""
        return _share(self.both, self.both + self.first, self._unused())

    def precision(self) -> Estimate:
        """Of what the second coder coded: the share that the first, taken as the gold standard, coded too."""
        return _share(self.both, self.both + self.second, self._unused())

    def prevalence_index(self) -> Estimate:
        """|a - d| / n: how far the code is from being there half of the time."""
        return _share(abs(self.both - self.neither), self.total, "no_units")

    def bias_index(self) -> Estimate:
        """|b - c| / n: how far one coder uses the code more than the other."""
        return _share(abs(self.first - self.second), self.total, "no_units")

    def pabak(self) -> Estimate:
        """Prevalence-adjusted bias-adjusted kappa: 2 po - 1."""
        agreed = _share(self.both + self.neither, self.total, "no_units")
        return agreed if agreed.value is None else Estimate(2 * agreed.value - 1)

    def kappa_max(self) -> Estimate:
        """The highest kappa that the two coders' marginals leave room for."""
        return kappa_max(Ratings.of_table([[self.both, self.first], [self.second, self.neither]]))

    def _unused(self, otherwise: Reason = "code_unused") -> Reason:
        return otherwise if self.total else "no_units"


def holsti(agreed: float, first: float, second: float) -> Estimate:
    """Holsti's CR = 2M / (N1 + N2): decisions on which both agree, of all decisions that both have made."""
    return _share(2 * agreed, first + second, "no_units")


def _share(part: float, whole: float, reason: Reason) -> Estimate:
    return Estimate(part / whole) if whole > 0 else undefined(reason)
