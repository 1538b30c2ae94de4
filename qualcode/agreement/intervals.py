"""Confidence intervals of agreement, with documents as what is sampled.

Neighbouring characters and sentences are not independent: an interval that resamples them covers the truth in about one
of eight studies that promise nineteen of twenty. So whole documents are left out or drawn. Below 30 of them by
delete-one jackknife with Student's t (Hughes 2022, arXiv 2210.13265: better in small samples), from 30 by percentile
bootstrap (Zapf et al. 2016, BMC Medical Research Methodology 16:93). Below 5 an interval would be a guess, and is not
given; what can be had by resampling paragraphs or units of the few documents stands beside it, so labelled: it tells of
these documents alone. Coders are taken as given.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from math import isnan, sqrt
from statistics import NormalDist
from typing import Literal

import numpy as np

from qualcode.agreement.estimate import Estimate
from qualcode.agreement.ratings import Floats, Ratings
from qualcode.agreement.student import t_below, t_quantile
from qualcode.agreement.sums import SHARES, Statistic, Sums

FEWEST = 5
"""Fewer documents than that give no interval."""

BOOTSTRAP_FROM = 30
"""So many documents and more are bootstrapped; fewer are left out one by one."""

RESAMPLES = 2000
SEED = 20100
"""Of the bootstrap, so that the same study gives the same interval again."""

LINES = (0.667, 0.8)
"""Krippendorff's conventions for alpha: rely on it from .800, draw tentative conclusions from .667. No law."""

_MOST_UNDEFINED = 0.05  # of replicates, beyond which the ends of those that are left mean little
_ALIKE = 1e-12  # replicates closer than that are one number
_BLOCK = 500  # replicates at a time

Method = Literal["jackknife-t", "percentile bootstrap", "not estimable"]


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval of one statistic, and how it was made.

    Attributes:
        lower, upper: None where it is not estimable.
        method: how.
        clusters: how many were resampled.
        over: what was: "documents", "paragraphs", "answers", ...
        level: of confidence, 0.95.
        why_not: in words, where it is not estimable; else "".
        undefined: the share of replicates in which the statistic was not defined (bootstrap).
        fallback: an interval over smaller clusters of the same documents, where there are too few of these; it
            supposes that they are independent and tells of these documents only.
        below: which share of the estimated sampling distribution lies below each of `LINES`: of the resamples
            (bootstrap), or of Student's t around the value (jackknife). Read as a one-sided p value: a small share
            speaks against a true value below the line; it is not the probability that the true value lies there.
    """

    lower: float | None
    upper: float | None
    method: Method
    clusters: int
    over: str
    level: float
    why_not: str = ""
    undefined: float = 0.0
    fallback: "Interval | None" = None
    below: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Resampling:
    """How intervals are made: confidence, number of bootstrap resamples and their seed."""

    level: float = 0.95
    resamples: int = RESAMPLES
    seed: int = SEED


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Smaller clusters for where there are too few documents: their sums, and what they are called."""

    sums: Sums
    over: str


def resampled(
    sums: Sums,
    statistics: dict[str, Statistic],
    how: Resampling | None = None,
    *,
    over: str = "documents",
    blocks: Callable[[], Blocks | None] = lambda: None,
) -> dict[str, list[Interval]]:
    """Intervals of several statistics, each for every code, from the same replicates.

    Args:
        sums: by document.
        statistics: by name.
        how: to resample.
        over: what the clusters are called.
        blocks: makes what to fall back on; called only where there are too few clusters.

    Returns:
        For each name as many intervals as the statistic has values.
    """
    how = how or Resampling()
    comparable = np.flatnonzero(sums.comparable)
    clusters = len(comparable)
    values = {name: statistic(sums.totals()) for name, statistic in statistics.items()}
    if clusters < FEWEST:
        few = f"{clusters} of the {FEWEST} {over} that it takes" if clusters else f"no {over} to compare"
        nothing = Interval(None, None, "not estimable", clusters, over, how.level, few)
        smaller = blocks()
        fallbacks = resampled(smaller.sums, statistics, how, over=smaller.over) if smaller else {}
        return {
            name: [replace(nothing, fallback=each) for each in _filled(fallbacks.get(name), len(found))]
            for name, found in values.items()
        }
    if clusters < BOOTSTRAP_FROM:
        made = _replicated(sums, statistics, 1 - np.eye(clusters), comparable)
        return {
            name: _jackknife(values[name], made[name], how.level, over, lowest=0.0 if statistic in SHARES else -1.0)
            for name, statistic in statistics.items()
        }
    chance = np.random.default_rng(how.seed)
    drawn = chance.multinomial(clusters, np.full(clusters, 1 / clusters), size=how.resamples).astype(np.float64)
    made = _replicated(sums, statistics, drawn, comparable)
    return {name: _bootstrap(values[name], made[name], clusters, how.level, over) for name in values}


def wilson(share: float, units: int, level: float = 0.95) -> tuple[float, float]:
    """Wilson's interval (1927) of a share of so many units, which it takes as independent of each other.

    Raises:
        ValueError: there is no unit.
    """
    if units < 1:
        raise ValueError("a share of no units has no interval")
    square = NormalDist().inv_cdf((1 + level) / 2) ** 2
    middle = (share + square / (2 * units)) / (1 + square / units)
    reach = sqrt(square * (share * (1 - share) / units + square / (4 * units * units))) / (1 + square / units)
    return max(middle - reach, 0.0), min(middle + reach, 1.0)


def over_units(
    ratings: Ratings, statistic: Callable[[Ratings], Estimate], how: Resampling | None = None
) -> Interval:  # fmt: skip
    """The interval of a statistic of predefined units that are independent: units are drawn, not documents.

    Args:
        ratings: one unit a pattern, or patterns that stand for whole numbers of units.
        statistic: of ratings: `alpha`, `fleiss`, ...
        how: to resample.
    """
    how = how or Resampling()
    rated = ratings.pairable()
    value = statistic(rated).value
    units = int(rated.weights.sum())
    if value is None or units < FEWEST:
        few = f"{units} of the {FEWEST} units that it takes" if value is not None else "the statistic is not defined"
        return Interval(None, None, "not estimable", units, "units", how.level, few)
    drawn = np.random.default_rng(how.seed).multinomial(units, rated.weights / units, size=how.resamples)
    made = [statistic(replace(rated, weights=times.astype(np.float64))).value for times in drawn]
    known = np.array([[np.nan if each is None else each] for each in made])
    return _bootstrap(np.array([value]), known, units, how.level, "units")[0]


def _filled(found: list[Interval] | None, number: int) -> list[Interval | None]:
    return [*found] if found is not None else [None] * number


def _replicated(
    sums: Sums, statistics: dict[str, Statistic], times: Floats, comparable: np.typing.NDArray[np.intp]
) -> dict[str, Floats]:
    """Each statistic under each replicate: replicates by values. Clusters that nobody compares stay as they are."""
    found: dict[str, list[Floats]] = {name: [] for name in statistics}
    for low in range(0, len(times), _BLOCK):
        some = np.ones((len(times[low : low + _BLOCK]), len(sums.total)))
        some[:, comparable] = times[low : low + _BLOCK]
        totals = sums.totals(some)
        for name, statistic in statistics.items():
            found[name].append(statistic(totals))
    return {name: np.concatenate(each) for name, each in found.items()}


def _jackknife(values: Floats, replicates: Floats, level: float, over: str, *, lowest: float) -> list[Interval]:
    clusters = len(replicates)
    quantile = t_quantile((1 + level) / 2, clusters - 1)
    found = []
    for value, made in zip(values.tolist(), replicates.T, strict=True):
        if isnan(value) or np.isnan(made).any():
            found.append(_impossible(value, clusters, over, level))
            continue
        if np.ptp(made) <= _ALIKE:
            found.append(_without_variation(clusters, over, level))
            continue
        error = sqrt((clusters - 1) / clusters * float(((made - made.mean()) ** 2).sum()))
        low, high = max(value - quantile * error, lowest), min(value + quantile * error, 1.0)
        below = _by_student(value, error, clusters - 1)
        found.append(Interval(low, high, "jackknife-t", clusters, over, level, below=below))
    return found


def _by_student(value: float, error: float, degrees: int) -> tuple[float, float]:
    return t_below((LINES[0] - value) / error, degrees), t_below((LINES[1] - value) / error, degrees)


def _bootstrap(values: Floats, replicates: Floats, clusters: int, level: float, over: str) -> list[Interval]:
    found = []
    beyond = (1 - level) / 2
    for value, made in zip(values.tolist(), replicates.T, strict=True):
        known = made[~np.isnan(made)]
        lost = 1 - len(known) / len(made)
        if isnan(value) or lost > _MOST_UNDEFINED:
            found.append(_impossible(value, clusters, over, level, lost))
            continue
        lower, upper = np.quantile(known, [beyond, 1 - beyond]).tolist()
        if upper - lower <= _ALIKE:
            found.append(_without_variation(clusters, over, level, lost))
            continue
        below = float((known < LINES[0]).mean()), float((known < LINES[1]).mean())
        found.append(Interval(lower, upper, "percentile bootstrap", clusters, over, level, "", lost, below=below))
    return found


def _without_variation(clusters: int, over: str, level: float, lost: float = 0.0) -> Interval:
    """Documents that all give one number tell nothing of how far another sample would be from it."""
    return Interval(None, None, "not estimable", clusters, over, level, f"no variation between {over}", lost)


def _impossible(value: float, clusters: int, over: str, level: float, lost: float = 0.0) -> Interval:
    why = "the statistic is not defined" if isnan(value) else f"it rests on too few of the {over}"
    return Interval(None, None, "not estimable", clusters, over, level, why, lost)
