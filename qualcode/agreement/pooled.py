"""One kappa for several codes: pooled, and the mean of those that are defined.

Source: De Vries, Elliott, Kanouse & Teleki 2008, Field Methods 20:272.
"""

from collections.abc import Iterable, Sequence

from qualcode.agreement.estimate import Estimate, chance_corrected, undefined
from qualcode.agreement.ratings import Ratings
from qualcode.agreement.two_coders import cohen, table_of


def pooled_kappa(codes: Sequence[Ratings]) -> Estimate:
    """(Mean po - mean pe) / (1 - mean pe) over codes: each weighs the same, and those without a kappa count too."""
    apart = [_apart(each) for each in codes if each.lacking() is None]
    if not apart:
        return undefined(codes[0].lacking() or "no_units") if codes else undefined("no_units")
    return chance_corrected(sum(each[0] for each in apart) / len(apart), sum(each[1] for each in apart) / len(apart))


def mean_of_kappas(codes: Iterable[Ratings]) -> Estimate:
    """The plain mean of Cohen's kappa over the codes for which it is defined."""
    return mean_of_defined(cohen(each) for each in codes)


def mean_of_defined(estimates: Iterable[Estimate]) -> Estimate:
    """The mean of those that are defined; where none is, the reason of the first."""
    given = list(estimates)
    values = [each.value for each in given if each.value is not None]
    if values:
        return Estimate(sum(values) / len(values))
    return undefined(next((each.reason for each in given if each.reason), "no_units"))


def _apart(ratings: Ratings) -> tuple[float, float]:
    """Observed and expected disagreement of two coders on one code."""
    table = table_of(ratings)
    joint = table / table.sum()
    first, second = joint.sum(axis=1), joint.sum(axis=0)
    return float(joint.sum() - joint.trace()), float(first.sum() * second.sum() - first @ second)
