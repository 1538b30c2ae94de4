"""All statistics of many codes at once, from sums over clusters.

A code is there or not, so that a few sums say all: how much each coder coded, how much each pair coded both, how much
was rated. They add up over documents; a resample of documents is one product of matrices. Inside, what is not defined
is NaN; `told` gives it a reason before anybody sees it. The same definitions for any values are in `many_coders`,
`two_coders` and `coincidences`; a test holds that both give the same.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

import numpy as np

from qualcode.agreement.coding import Mask
from qualcode.agreement.estimate import Estimate, Reason, undefined
from qualcode.agreement.ratings import Floats, summed
from qualcode.agreement.tallying import Tally

Statistic = Callable[["Totals"], Floats]
"""From totals of K codes: an array of K (and, over replicates, R by K)."""


class Sums:
    """The sums of a tally by cluster.

    Attributes:
        coded: clusters by codes by coders: how much each coder coded.
        both: clusters by codes by pairs: how much both coders of a pair coded.
        total: by cluster: how much is rated.
        seen: clusters by coders.
        pairs: of coders, in the order of `both`.
        units: by code: how many units at least one coder gave the code, where two coders have rated.
    """

    def __init__(self, tally: Tally) -> None:
        alone = max(0, 2 - tally.seen.shape[1])  # who is compared with nobody is compared with one who saw nothing
        seen = np.pad(tally.seen, ((0, 0), (0, alone))) & (tally.total > 0)[:, np.newaxis]
        self.total, self.seen, self.codes = tally.total, seen, tally.codes
        clusters, coders = seen.shape
        self.pairs = tuple(combinations(range(coders), 2))
        keys = tally.cluster * tally.codes + tally.code
        has = [tally.mask >> coder & 1 for coder in range(coders)]

        def by_cell(where: Floats) -> Floats:
            sums = summed(keys, where, clusters * tally.codes)
            return sums.reshape(clusters, tally.codes)

        self.coded = np.stack([by_cell(tally.weight * each) for each in has], axis=2)
        joint = [by_cell(tally.weight * (has[one] & has[other])) for one, other in self.pairs]
        self.both = np.stack(joint, axis=2)
        compared = self.comparable[tally.cluster]
        self.units = summed(tally.code[compared], tally.units[compared], tally.codes)

    @property
    def comparable(self) -> Mask:
        """By cluster: whether two coders have rated something in it."""
        return np.asarray(np.count_nonzero(self.seen, axis=1) > 1)

    @cached_property
    def _features(self) -> tuple[Floats, Floats]:
        """What totals are sums of: clusters by (kind, code), and by kind where it is the same for all codes."""
        seen, raters = self.seen.astype(np.float64), np.count_nonzero(self.seen, axis=1).astype(np.float64)
        pairable = raters > 1
        pair_seen = np.stack([seen[:, one] * seen[:, other] for one, other in self.pairs], axis=1)[:, np.newaxis, :]
        first = self.coded[:, :, [one for one, _ in self.pairs]] * pair_seen
        second = self.coded[:, :, [other for _, other in self.pairs]] * pair_seen
        apart = (first + second - 2 * self.both * pair_seen).sum(axis=2)
        coded = self.coded.sum(axis=2)
        some = np.maximum(raters, 1)[:, np.newaxis]
        kinds = [
            *np.moveaxis(self.both * pair_seen, 2, 0), *np.moveaxis(first, 2, 0), *np.moveaxis(second, 2, 0),
            *np.moveaxis(self.coded, 2, 0),
            2 * apart / np.maximum(some * (some - 1), 1),  # disagreement by unit
            2 * apart / np.maximum(some - 1, 1),  # by rating
            coded * pairable[:, np.newaxis], coded / some,
        ]  # fmt: skip
        flat = [
            *(pair_seen[:, 0, :] * self.total[:, np.newaxis]).T, *(seen * self.total[:, np.newaxis]).T,
            self.total * pairable, self.total * raters * pairable, self.total * (raters > 0),
        ]  # fmt: skip
        return np.stack(kinds, axis=1).reshape(len(self.total), len(kinds) * self.codes), np.stack(flat, axis=1)

    def totals(self, times: Floats | None = None) -> "Totals":
        """The totals over all clusters, or over replicates.

        Args:
            times: replicates by clusters: how often each cluster counts in each.
        """
        by_code, by_kind = self._features
        if times is None:
            times = np.ones(len(self.total))
        coders, one = self.seen.shape[1], times @ by_code
        kinds = 3 * len(self.pairs) + coders + 4
        return Totals(one.reshape(*one.shape[:-1], kinds, self.codes), times @ by_kind, self.pairs, coders)


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """Totals of K codes; each array may have an axis of replicates before.

    Attributes:
        by_code: ..., kinds, codes.
        by_kind: ..., kinds.
        pairs: of coders.
        coders: how many there are.
    """

    by_code: Floats
    by_kind: Floats
    pairs: tuple[tuple[int, int], ...]
    coders: int

    def _kind(self, place: int) -> Floats:
        return np.asarray(self.by_code[..., place, :])

    def four(self, pair: int) -> tuple[Floats, Floats, Floats, Floats]:
        """Both, only the first, only the second, neither; of what both coders of a pair have rated."""
        number = len(self.pairs)
        both, first, second = (self._kind(pair + shift * number) for shift in range(3))
        rated = self.by_kind[..., pair, np.newaxis]
        return both, first - both, second - both, rated - first - second + both

    def coded_by(self, coder: int) -> tuple[Floats, Floats]:
        """How much a coder coded, and how much they rated."""
        rated = self.by_kind[..., len(self.pairs) + coder, np.newaxis]
        return self._kind(3 * len(self.pairs) + coder), rated

    def _tail(self, place: int) -> tuple[Floats, Floats]:
        """The kinds behind those of pairs and coders."""
        return self._kind(3 * len(self.pairs) + self.coders + place), self.by_kind[..., len(self.pairs) + self.coders :]

    @property
    def apart_by_unit(self) -> tuple[Floats, Floats]:
        """Disagreement of pairable units, and how much is pairable."""
        apart, kinds = self._tail(0)
        return apart, kinds[..., 0, np.newaxis]

    @property
    def apart_by_rating(self) -> tuple[Floats, Floats, Floats]:
        """Disagreement of ratings; how many of them say that the code is there; how many ratings there are."""
        apart, kinds = self._tail(1)
        return apart, self._tail(2)[0], kinds[..., 1, np.newaxis]

    @property
    def prevalence(self) -> tuple[Floats, Floats]:
        """The sum of the shares of coders who applied the code, and how much is rated."""
        shares, kinds = self._tail(3)
        return shares, kinds[..., 2, np.newaxis]


def ratio(part: Floats, whole: Floats) -> Floats:
    """Part over whole; NaN where there is no whole."""
    part, whole = np.broadcast_arrays(part, whole)
    return np.asarray(np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole > 0), dtype=np.float64)


def percent(totals: Totals) -> Floats:
    """Percent agreement (see `many_coders.percent`)."""
    return 1 - ratio(*totals.apart_by_unit)


def prevalence(totals: Totals) -> Floats:
    """The share of text or units that has the code: the mean of the coders' shares."""
    return ratio(*totals.prevalence)


def alpha(totals: Totals) -> Floats:
    """Krippendorff's nominal alpha (see `coincidences.alpha`)."""
    apart, there, ratings = totals.apart_by_rating
    return 1 - ratio(apart * (ratings - 1), 2 * there * (ratings - there))


def fleiss(totals: Totals) -> Floats:
    """Fleiss' kappa (see `many_coders.fleiss`)."""
    share = prevalence(totals)
    return 1 - ratio(1 - percent(totals), 2 * share * (1 - share))


def brennan_prediger(totals: Totals) -> Floats:
    """Brennan-Prediger over two values: 2 po - 1."""
    return 2 * percent(totals) - 1


def gwet(totals: Totals) -> Floats:
    """Gwet's AC1 over two values (see `many_coders.gwet`)."""
    share = prevalence(totals)
    return 1 - ratio(1 - percent(totals), 1 - 2 * share * (1 - share))


def kappa_parts(totals: Totals) -> tuple[Floats, Floats]:
    """Observed and expected disagreement: Cohen's for two coders, Conger's for more."""
    if totals.coders == 2:
        both, first, second, neither = totals.four(0)
        rated = both + first + second + neither
        chance = (both + first) * (first + neither) + (both + second) * (second + neither)
        return ratio(first + second, rated), ratio(chance, rated * rated)
    shares = [ratio(*totals.coded_by(coder)) for coder in range(totals.coders)]
    pairs = [(one, other) for one, other in combinations(shares, 2)]
    each = [one * (1 - other) + other * (1 - one) for one, other in pairs]
    known = sum((~np.isnan(part)).astype(np.float64) for part in each)
    return 1 - percent(totals), ratio(np.nansum(each, axis=0), np.asarray(known))


def kappa(totals: Totals) -> Floats:
    """Cohen's kappa for two coders; for more Conger's, which is Cohen's with each coder's own marginals."""
    observed, expected = kappa_parts(totals)
    return 1 - ratio(observed, expected)


def scott(totals: Totals) -> Floats:
    """Scott's pi, of the first pair of coders."""
    both, first, second, neither = totals.four(0)
    rated = 2 * (both + first + second + neither)
    there = 2 * both + first + second
    return 1 - ratio((first + second) * rated, there * (rated - there))


def positive_agreement(totals: Totals) -> Floats:
    """F1: twice what pairs of coders coded both, over all that they coded."""
    cells = [totals.four(pair) for pair in range(len(totals.pairs))]
    agreed = sum(2 * both for both, _, _, _ in cells)
    return ratio(np.asarray(agreed), np.asarray(agreed + sum(first + second for _, first, second, _ in cells)))


def negative_agreement(totals: Totals) -> Floats:
    """The same of what pairs of coders left uncoded."""
    cells = [totals.four(pair) for pair in range(len(totals.pairs))]
    agreed = sum(2 * neither for _, _, _, neither in cells)
    return ratio(np.asarray(agreed), np.asarray(agreed + sum(first + second for _, first, second, _ in cells)))


def light(totals: Totals) -> Floats:
    """Light's kappa: the mean of Cohen's over the pairs for which it is defined."""
    each = [cohen_of(pair)(totals) for pair in range(len(totals.pairs))]
    known = sum((~np.isnan(one)).astype(np.float64) for one in each)
    return ratio(np.nansum(each, axis=0), np.asarray(known))


def cohen_of(pair: int) -> Statistic:
    """Cohen's kappa of one pair of coders."""

    def cohen(totals: Totals) -> Floats:
        both, first, second, neither = totals.four(pair)
        chance = (both + first) * (first + neither) + (both + second) * (second + neither)
        return 1 - ratio((first + second) * (both + first + second + neither), chance)

    return cohen


def f1_of(pair: int) -> Statistic:
    """F1 of one pair of coders."""

    def f1(totals: Totals) -> Floats:
        both, first, second, _ = totals.four(pair)
        return ratio(2 * both, 2 * both + first + second)

    return f1


def pooled_kappa(totals: Totals) -> Floats:
    """(Mean po - mean pe) / (1 - mean pe) over codes (De Vries et al. 2008): one number, as an array of one."""
    observed, expected = kappa_parts(totals)
    known = ~np.isnan(observed)
    apart = np.where(known, observed, 0.0).sum(axis=-1, keepdims=True)
    return 1 - ratio(apart, np.where(known, np.nan_to_num(expected), 0.0).sum(axis=-1, keepdims=True))


def pooled_of(pair: int) -> Statistic:
    """Pooled kappa of one pair of coders."""

    def pooled(totals: Totals) -> Floats:
        both, first, second, neither = totals.four(pair)
        rated = both + first + second + neither
        chance = (both + first) * (first + neither) + (both + second) * (second + neither)
        apart, expected = np.where(rated > 0, first + second, 0.0), ratio(chance, rated)
        return 1 - ratio(apart.sum(axis=-1, keepdims=True), np.nan_to_num(expected).sum(axis=-1, keepdims=True))

    return pooled


def f1_over_codes(pair: int) -> Statistic:
    """F1 of one pair of coders over all codes as one."""

    def f1(totals: Totals) -> Floats:
        both, first, second, _ = (each.sum(axis=-1, keepdims=True) for each in totals.four(pair))
        return ratio(2 * both, 2 * both + first + second)

    return f1


def mean_kappa(totals: Totals) -> Floats:
    """The mean of kappa over the codes for which it is defined: one number, as an array of one."""
    return mean(kappa(totals))


def mean_alpha(totals: Totals) -> Floats:
    """The mean of alpha over the codes for which it is defined: one number, as an array of one.

    In replicates that is over those defined there. In 1,500 made-up studies of twelve codes, some of them rare, 95 %
    intervals so made covered 94, 94, 94 and 91 % at 6, 10, 20 and 40 documents; held to the codes that are defined in
    every replicate 92, 93, 91 and 86 %; with the value of all documents where a replicate has none 83, 86, 87 and 69 %.
    """
    return mean(alpha(totals))


SHARES: tuple[Statistic, ...] = (percent, prevalence, positive_agreement, negative_agreement)
"""Statistics that are shares, from 0 to 1; all others may fall below 0, to -1."""


def mean(values: Floats) -> Floats:
    """The mean over the codes for which a number is defined, as an array of one."""
    known = np.count_nonzero(~np.isnan(values), axis=-1, keepdims=True).astype(np.float64)
    return ratio(np.nansum(values, axis=-1, keepdims=True), known)


def document_means(sums: Sums, statistic: Statistic) -> tuple[list[Estimate], list[Estimate]]:
    """A statistic computed in each document and then averaged, over those in which it is defined.

    This is another number than that over all documents as one text, which is the headline.

    Returns:
        The plain means by code, and the means weighted by how much of each document is rated.
    """
    each = statistic(sums.totals(np.eye(len(sums.total))[sums.comparable]))
    weights = np.where(np.isnan(each), 0.0, sums.total[sums.comparable][:, np.newaxis])
    values = np.nan_to_num(each)
    plain = ratio((values * (weights > 0)).sum(axis=0), (weights > 0).sum(axis=0).astype(np.float64))
    return told(plain, sums), told(ratio((values * weights).sum(axis=0), weights.sum(axis=0)), sums)


def lacking(sums: Sums) -> Reason | None:
    """Why nothing can be compared; None where something can."""
    coders = np.count_nonzero(sums.seen.any(axis=0))
    if coders == 0:
        return "no_units"
    if coders == 1:
        return "single_coder"
    return None if sums.comparable.any() else "no_pairable_units"


def told(values: Floats, sums: Sums) -> list[Estimate]:
    """The estimates of each code, or of one value for all, with reasons where there is no number."""
    nothing = lacking(sums)
    if nothing:
        return [undefined(nothing)] * len(values)
    used = sums.totals().apart_by_rating[1] > 0
    if len(values) != sums.codes:
        used = np.full(len(values), used.any())
    return [
        undefined("no_variation" if some else "code_unused") if np.isnan(value) else Estimate(float(value))
        for value, some in zip(values, used, strict=True)
    ]
