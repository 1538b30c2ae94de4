"""Intervals of agreement: documents are what is resampled."""

import numpy as np
import pytest

from qualcode.agreement import Ratings, Resampling, Sums, Tally, alpha, over_units, resampled, t_quantile
from qualcode.agreement import sums as statistics
from qualcode.agreement.intervals import Blocks


def study(tables, codes=1):
    """Sums of documents, each with how many units both, only the first, only the second and neither coded."""
    rows = [(d, mask, n) for d, table in enumerate(tables) for mask, n in zip((3, 1, 2), table, strict=False) if n]
    cluster, mask, weight = (np.array([row[place] for row in rows], dtype=np.int64) for place in range(3))
    total = np.array([sum(table) for table in tables], dtype=np.float64)
    seen = np.ones((len(tables), 2), dtype=bool)
    weights = weight.astype(np.float64)
    return Sums(Tally(cluster, np.zeros_like(cluster), mask, weights, weights, total, seen, codes))


def some(number, seed=1):
    chance = np.random.default_rng(seed)
    return [(*tuple(chance.integers(1, 9, 3).tolist()), 30) for _ in range(number)]


KAPPA = {"kappa": statistics.kappa}


def kappa(tables):
    return statistics.kappa(study(tables).totals())[0]


def test_below_thirty_documents_each_is_left_out_once():
    tables = some(8)
    made = resampled(study(tables), KAPPA)["kappa"][0]
    left = np.array([kappa(tables[:n] + tables[n + 1 :]) for n in range(8)])
    reach = t_quantile(0.975, 7) * np.sqrt(7 / 8 * ((left - left.mean()) ** 2).sum())
    assert (made.method, made.clusters, made.over) == ("jackknife-t", 8, "documents")
    assert made.lower == pytest.approx(kappa(tables) - reach)
    assert made.upper == pytest.approx(min(kappa(tables) + reach, 1))


@pytest.mark.parametrize(("documents", "method"), [(29, "jackknife-t"), (30, "percentile bootstrap")])
def test_from_thirty_documents_they_are_drawn(documents, method):
    assert resampled(study(some(documents)), KAPPA)["kappa"][0].method == method


def test_a_bootstrap_is_the_same_each_time_and_another_with_another_seed():
    sums = study(some(40))
    first, again = (resampled(sums, KAPPA, Resampling(resamples=300))["kappa"][0] for _ in range(2))
    other = resampled(sums, KAPPA, Resampling(resamples=300, seed=2))["kappa"][0]
    assert first == again
    assert first.lower < kappa(some(40)) < first.upper
    assert (first.lower, first.upper) != (other.lower, other.upper)


def test_below_five_documents_there_is_none_but_a_labelled_stand_in():
    blocks = Blocks(study(some(12)), "paragraphs")
    made = resampled(study(some(4)), KAPPA, blocks=lambda: blocks)["kappa"][0]
    assert (made.lower, made.upper, made.method) == (None, None, "not estimable")
    assert made.why_not == "4 of the 5 documents that it takes"
    assert (made.fallback.over, made.fallback.clusters, made.fallback.method) == ("paragraphs", 12, "jackknife-t")


def test_a_code_that_one_document_alone_holds_has_no_interval():
    made = resampled(study([(3, 1, 1, 20)] + [(0, 0, 0, 20)] * 9), KAPPA)["kappa"][0]
    assert (made.lower, made.method) == (None, "not estimable")
    assert "too few of the documents" in made.why_not


def test_what_is_not_defined_has_no_interval():
    made = resampled(study([(0, 0, 0, 20)] * 10), KAPPA)["kappa"][0]
    assert (made.lower, made.why_not) == (None, "the statistic is not defined")


def test_an_interval_stays_between_minus_one_and_one():
    made = resampled(study([(9, 0, 0, 9)] * 5 + [(0, 3, 3, 9)]), KAPPA)["kappa"][0]
    assert -1 <= made.lower <= made.upper <= 1


def test_documents_that_one_coder_has_not_seen_are_not_counted_among_them():
    sums = study(some(7))
    seen = sums.seen.copy()
    seen[0, 1] = False
    rows = Tally(
        np.arange(7), np.zeros(7, dtype=np.int64), np.full(7, 3), np.ones(7), np.ones(7), np.full(7, 9.0), seen, 1
    )
    assert resampled(Sums(rows), {"percent": statistics.percent})["percent"][0].clusters == 6


def test_independent_units_can_be_drawn_themselves():
    ratings = Ratings.of([[1, 2, 3, 3, 2, 1, 4, 1, 2, None], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5]])
    made = over_units(ratings, alpha)
    assert (made.over, made.clusters, made.method) == ("units", 9, "percentile bootstrap")
    assert made == over_units(ratings, alpha)
    assert made.lower < alpha(ratings).value <= made.upper == 1


def test_few_units_or_none_that_vary_give_no_interval():
    assert over_units(Ratings.of([[1, 2, 1], [1, 2, 2]]), alpha).why_not == "3 of the 5 units that it takes"
    assert over_units(Ratings.of([[1] * 9, [1] * 9]), alpha).lower is None


def test_a_share_has_no_limit_below_zero_and_a_kappa_may():
    tables = [(0, 3, 3, 30)] * 5 + [(9, 0, 0, 30)]
    made = resampled(study(tables), {"f1": statistics.positive_agreement, **KAPPA})
    assert made["f1"][0].lower == 0
    assert -1 <= made["kappa"][0].lower < 0


@pytest.mark.parametrize("documents", [8, 40])
def test_documents_that_all_give_the_same_number_give_no_interval(documents):
    made = resampled(study([(3, 0, 0, 20)] * documents), KAPPA)["kappa"][0]
    assert (made.lower, made.upper, made.method) == (None, None, "not estimable")
    assert made.why_not == "no variation between documents"
    assert made.below is None
