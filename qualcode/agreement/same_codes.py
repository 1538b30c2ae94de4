"""Means of alpha that can be set beside each other: over the same codes, and with a coder left out the same documents.

A mean over the codes for which alpha is defined moves when a code drops out of it, though nobody agrees more or less.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from qualcode.agreement import sums as statistics
from qualcode.agreement.coding import Mask
from qualcode.agreement.estimate import Estimate, undefined
from qualcode.agreement.intervals import resampled
from qualcode.agreement.material import Material
from qualcode.agreement.ratings import Floats
from qualcode.agreement.results import Comparison, LeftOut, Measured
from qualcode.agreement.sums import Sums


def left_out(material: Material) -> tuple[LeftOut, ...]:
    """Each coder left out in turn, where there are three or more; with what all of them give on the same ground."""
    if len(material.coders) < 3:
        return ()
    sums = Sums(material.tally())
    found = []
    for number, coder in enumerate(material.coders):
        rest = Sums(replace(material, coding=material.coding.without(number).united()).tally())
        alpha = statistics.alpha(rest.totals())
        whole = statistics.alpha(sums.totals(rest.comparable.astype(np.float64)))
        both = ~np.isnan(alpha) & ~np.isnan(whole)
        documents = int(np.count_nonzero(rest.comparable))
        found.append(LeftOut(coder.short, _mean(alpha, both), _mean(whole, both), int(both.sum()), documents))
    return tuple(found)


def _mean(values: Floats, chosen: Mask) -> Estimate:
    return Estimate(float(values[chosen].mean())) if chosen.any() else undefined("no_variation")


def defined_codes(found: Comparison) -> frozenset[str]:
    """The codes that have an alpha."""
    return frozenset(each.code for each in found.codes if each.alpha.value is not None)


def mean_alpha_over(found: Comparison, codes: frozenset[str]) -> Measured:
    """The mean of alpha over some codes of a comparison, with its interval.

    Args:
        found: a comparison.
        codes: short names, of those that have an alpha there.
    """
    if codes == defined_codes(found):
        return found.mean_alpha
    if not codes:
        return Measured(None, "no_variation")
    material = found.material
    sums = Sums(material.tally())
    statistic = _mean_of([number for number, short in enumerate(material.codes) if short in codes])
    interval = resampled(sums, {"mean": statistic}, found.design.resampling, blocks=material.blocks)["mean"][0]
    return Measured(float(statistic(sums.totals())[0]), None, interval)


def _mean_of(places: Sequence[int]) -> statistics.Statistic:
    """The mean of alpha over codes by number: one number, as an array of one."""

    def mean(totals: statistics.Totals) -> Floats:
        return statistics.mean(statistics.alpha(totals)[..., list(places)])

    return mean
