"""Agreement statistics against printed values, and what must never be returned."""

from math import inf, sqrt

import numpy as np
import pytest

from qualcode.agreement import (
    FourCells,
    Ratings,
    alpha,
    alpha_error,
    brennan_prediger,
    cohen,
    cohen_error_without_agreement,
    conger,
    disagreements,
    fleiss,
    gwet,
    holsti,
    kappa_max,
    light,
    mean_of_kappas,
    percent,
    pooled_kappa,
    scott,
    t_quantile,
    units_needed,
)
from qualcode.errors import InputError

NONE = None
FOUR_CODERS = [  # Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section C
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, 3],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NONE],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]
RAW_4_RATERS = [  # Gwet 2014; irrCAC for R, cac.raw4raters
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NONE, NONE, NONE],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NONE, NONE],
    [NONE, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, 3],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NONE],
]
CARCINOMA = [[22, 2, 2, 0], [5, 7, 14, 0], [0, 2, 36, 0], [0, 1, 17, 10]]  # Agresti 1992 (Landis & Koch 1977)
SAS = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]  # SAS, PROC FREQ


@pytest.mark.parametrize(
    ("metric", "expected"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_with_missing_ratings(metric, expected):
    assert alpha(Ratings.of(FOUR_CODERS), metric).value == pytest.approx(expected, abs=6e-4)


def test_ordinal_alpha_is_not_that_of_an_old_library():
    value = alpha(Ratings.of(FOUR_CODERS), "ordinal").value
    assert value != pytest.approx(0.7892, abs=1e-3)  # krippendorff up to 0.3.1


def test_disagreements_are_krippendorffs():
    observed, expected = disagreements(Ratings.of(FOUR_CODERS))
    assert (observed.value, expected.value) == (pytest.approx(0.2), pytest.approx(0.779, abs=6e-4))


@pytest.mark.parametrize(
    ("statistic", "value", "error"),
    [
        (percent, 0.8181818, None),
        (gwet, 0.77544, 0.14295),
        (fleiss, 0.76117, 0.15302),
        (conger, 0.76282, 0.14917),
        (brennan_prediger, 0.77273, 0.14472),
    ],
)
def test_gwets_coefficients_and_their_standard_errors(statistic, value, error):
    found = statistic(Ratings.of(RAW_4_RATERS, range(1, 6)))
    assert found.value == pytest.approx(value, abs=6e-6)
    if error:
        assert found.standard_error == pytest.approx(error, abs=6e-6)


def test_the_standard_error_of_alpha_is_that_of_r_and_not_of_its_python_port():
    found = alpha_error(Ratings.of(RAW_4_RATERS)).value
    assert found == pytest.approx(0.14548, abs=6e-6)
    assert found != pytest.approx(0.145573887, abs=1e-5)


def test_cohens_kappa_with_its_asymptotic_standard_errors():
    ratings = Ratings.of_table(SAS, (1, 2, 3))
    assert cohen(ratings).value == pytest.approx(0.4842, abs=6e-5)
    assert cohen(ratings).standard_error == pytest.approx(0.1380, abs=6e-5)
    assert cohen_error_without_agreement(ratings).value == pytest.approx(0.1484, abs=6e-5)
    assert cohen(ratings, "linear").value == pytest.approx(0.4701, abs=6e-5)
    assert cohen(ratings, "linear").standard_error == pytest.approx(0.1457, abs=6e-5)


def test_kappa_of_one_category_is_dichotomised():
    ratings = Ratings.of_table(CARCINOMA, (1, 2, 3, 4))
    assert cohen(ratings).value == pytest.approx(0.493, abs=6e-4)
    assert cohen(ratings.dichotomised(2)).value == pytest.approx(0.2663, abs=6e-5)
    assert fleiss(ratings.dichotomised(2)).value == pytest.approx(0.247, abs=6e-4)  # not Cohen's, as DKPro has it


def test_weighted_kappa_knows_the_size_of_values():
    ratings = Ratings.of_table([[46, 0, 0], [4, 40, 0], [0, 0, 10]], (0, 1, 2))  # scikit-learn's own example
    assert cohen(ratings, "linear").value == pytest.approx(0.9412, abs=6e-5)
    assert cohen(ratings, "quadratic").value == pytest.approx(0.9541, abs=6e-5)


def test_kappa_max_and_ac2():
    ratings = Ratings.of_table([[25, 12, 3], [13, 2, 15], [12, 16, 2]], (1, 2, 3))  # Cohen 1960, p. 37
    assert kappa_max(ratings).value == pytest.approx(0.846, abs=2e-3)
    assert gwet(ratings, "quadratic").value == pytest.approx(0.1831, abs=6e-6)


def test_the_paradoxes_of_kappa():
    prevalent = Ratings.of_table([[80, 10], [5, 5]])  # Feinstein & Cicchetti 1990
    cells = FourCells.of(prevalent)
    assert cohen(prevalent).value == pytest.approx(0.318, abs=6e-4)
    assert (cells.pabak().value, cells.prevalence_index().value, cells.bias_index().value) == (
        pytest.approx(0.7),
        pytest.approx(0.75),
        pytest.approx(0.05),
    )


def test_a_coder_beside_a_gold_standard():
    cells = FourCells.of(Ratings.of_table([[40, 20], [10, 930]], ("yes", "no")))
    assert cells.precision().value == pytest.approx(0.8)
    assert cells.recall().value == pytest.approx(2 / 3)
    assert cells.positive_agreement().value == pytest.approx(8 / 11)
    assert cells.negative_agreement().value == pytest.approx(1860 / 1890)


def test_pooled_kappa_and_the_mean_of_kappas_are_two_numbers():
    codes = [Ratings.of_table(t) for t in ([[20, 5], [10, 15]], [[80, 10], [5, 5]], [[0, 2], [1, 97]])]
    assert pooled_kappa(codes).value == pytest.approx(0.359658484525)
    assert mean_of_kappas(codes).value == pytest.approx(0.234889434889)


def test_pooled_kappa_stands_where_one_code_has_none():
    unused = Ratings.of_table([[0, 0], [0, 50]])
    other = Ratings.of_table([[20, 5], [10, 15]])
    assert cohen(unused).reason == "no_variation"
    assert mean_of_kappas([unused, other]).value == cohen(other).value
    assert pooled_kappa([unused, other]).value == pytest.approx(1 - 0.3 / 0.5)


def test_holsti_counts_decisions():
    assert holsti(12, 20, 16).value == pytest.approx(2 / 3)


SETS = [  # DKPro's example of set annotations
    [(), "A", "A", "A", "AB", "AB", "ABC", "C", "C"],
    [(), (), "A", "B", "A", "AC", "ABC", "AC", "AC"],
]


@pytest.mark.parametrize(
    ("metric", "expected"), [("masi", 0.273080660836), ("jaccard", 0.315619967794), ("passonneau", 0.186170212766)]
)
def test_alpha_on_sets_of_codes(metric, expected):
    ratings = Ratings.of([[set(each) for each in coder] for coder in SETS])
    assert alpha(ratings, metric).value == pytest.approx(expected)
    if metric == "masi":
        assert alpha(ratings, metric).value != pytest.approx(0.2529, abs=1e-3)  # DKPro's distance is another


def test_two_empty_sets_are_the_same_and_an_empty_one_is_apart_from_all_others():
    ratings = Ratings.of([[set(), set(), {"A"}], [set(), {"A"}, {"A"}]])
    observed, _ = disagreements(ratings, "masi")
    assert observed.value == pytest.approx(1 / 3)


@pytest.mark.parametrize("statistic", [percent, fleiss, gwet, conger, brennan_prediger, light, alpha])
@pytest.mark.parametrize(
    ("ratings", "reason"),
    [
        ([[None, None], [None, None]], "no_units"),
        ([["a", "b", "a"]], "single_coder"),
        ([["a", "b", None, None], [None, None, "a", "b"]], "no_pairable_units"),
    ],
)
def test_what_cannot_be_compared_has_no_value_but_a_reason(statistic, ratings, reason):
    found = statistic(Ratings.of(ratings, ("a", "b")))
    assert (found.value, found.reason) == (None, reason)


def test_nothing_at_all_has_no_value_but_a_reason():
    for nothing in ([], [[]], [[], []]):
        ratings = Ratings.of(nothing)
        for statistic in (percent, fleiss, gwet, conger, brennan_prediger, light, alpha):
            assert statistic(ratings).reason == "no_units", (nothing, statistic)
    cells = FourCells.of(Ratings.of([[], []]))
    assert {cells.positive_agreement().reason, cells.recall().reason, cells.pabak().reason} == {"no_units"}
    unrated = Ratings.of([[None], [None]], ("A", "B"))  # nobody gave a set: it is not known that values are none
    assert alpha(unrated, "masi").reason == "no_units"


@pytest.mark.parametrize("statistic", [fleiss, cohen, conger, scott, light, alpha, kappa_max])
def test_perfect_agreement_without_variation_is_not_one(statistic):
    found = statistic(Ratings.of([["A", "A", "A"], ["A", "A", "A"]], ("A", "B")))
    assert (found.value, found.reason) == (None, "no_variation")


def test_declared_values_that_nobody_uses_count_for_ac1_and_brennan_prediger():
    ratings = Ratings.of([["A", "A", "A"], ["A", "A", "A"]], ("A", "B"))
    assert gwet(ratings).value == 1
    assert brennan_prediger(ratings).value == 1
    assert gwet(Ratings.of([["A", "A"], ["A", "A"]], ("A",))).value is None


def test_values_that_only_look_alike_are_different():
    assert percent(Ratings.of([[1, 2], ["1", "2"]])).value == 0
    assert percent(Ratings.of([[1, 0], [True, False]])).value == 0
    assert alpha(Ratings.of([["nan", "x"], ["nan", "x"]])).value == 1
    assert Ratings.of([[float("nan"), 1.0], [2.0, 1.0]]).patterns.min() == -1


def test_what_does_not_fit_is_refused():
    with pytest.raises(InputError, match="zero"):
        alpha(Ratings.of([[-1, 2], [1, 2]]), "ratio")
    with pytest.raises(InputError, match="numbers"):
        alpha(Ratings.of([["a", "b"], ["a", "b"]]), "interval")
    with pytest.raises(InputError, match="finite"):
        alpha(Ratings.of([[1.0, inf], [1.0, 2.0]]), "interval")
    with pytest.raises(InputError, match="sets"):
        alpha(Ratings.of([["a", "b"], ["a", "b"]]), "masi")
    with pytest.raises(InputError, match="declared"):
        Ratings.of([["a"], ["b"]], ("a",))
    with pytest.raises(InputError, match="two coders"):
        cohen(Ratings.of([["a"], ["b"], ["a"]]))
    with pytest.raises(InputError, match="different numbers"):
        Ratings.of([["a"], ["b", "a"]])


def test_many_distinct_values_take_little_memory():
    values = np.random.default_rng(1).random((2, 3_000)).tolist()
    assert alpha(Ratings.of(values), "interval").value == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize(
    ("probability", "degrees", "expected"),
    [  # scipy.stats.t.ppf 1.17.1
        (0.5001, 0.5, 0.0003708149609544511),
        (0.9, 5, 1.4758840488244815),
        (0.975, 1, 12.706204736432095),
        (0.975, 2.5, 3.5746548420036817),
        (0.975, 10, 2.2281388519649385),
        (0.975, 61, 1.999623584994939),
        (0.995, 60, 2.6602830288550368),
        (0.9999, 59, 3.966447519441964),
        (0.999999, 29, 5.917105540449102),
        (0.999999, 0.5, 102849115625.719),
        (0.01, 1e6, -2.3263516031208056),
        (0.01, 10, -2.763769458112696),
        (0.5, 3, 0.0),
        (0.975, inf, 1.959963984540054),
    ],
)
def test_students_t(probability, degrees, expected):
    assert t_quantile(probability, degrees) == pytest.approx(expected, rel=1e-9)


def test_students_t_with_two_degrees_has_a_formula():
    for probability in (0.6, 0.9, 0.99):
        share = 2 * probability - 1
        assert t_quantile(probability, 2) == pytest.approx(share * sqrt(2 / (1 - share**2)))


def test_a_quantile_that_is_none_is_refused():
    for probability, degrees in ((0, 3), (1, 3), (0.5, 0)):
        with pytest.raises(ValueError, match="quantile"):
            t_quantile(probability, degrees)


def test_the_sample_that_kappa_needs():
    # the R package kappaSize (Rotondi): CIBinary(kappa0 = 0.4, kappaL = 0.3, kappaU = 0.5, props = 0.3)
    plan = units_needed(0.4, 0.3, upper=0.5, prevalence=0.3)
    chi_square, p, goodness = 3.841458820694124, 0.3, []
    for limit in (0.3, 0.5):
        cells = [
            ((1 - p) ** 2 + k * p * (1 - p), 2 * (1 - k) * p * (1 - p), p**2 + k * p * (1 - p)) for k in (0.4, limit)
        ]
        goodness.append(sum((one - other) ** 2 / other for one, other in zip(*cells, strict=True)))
    assert plan.units - 1 < chi_square / min(goodness) <= plan.units
    assert not plan.is_thin


def test_an_interval_of_two_sides_takes_more_units_than_a_limit_of_one():
    """Donner & Rotondi's one-sided limit rests on a chi square of 2.706, the interval of two sides on 3.841."""
    assert units_needed(0.7, 0.5, prevalence=0.1).units == 186
    assert units_needed(0.7, 0.5, prevalence=0.1, one_sided=True).units == 131
    with pytest.raises(ValueError, match="one side"):
        units_needed(0.7, 0.5, prevalence=0.1, upper=0.8, one_sided=True)


def test_more_coders_and_more_room_need_fewer_units():
    two = units_needed(0.7, 0.5, prevalence=0.2).units
    assert units_needed(0.7, 0.5, prevalence=0.2, coders=3).units < two
    assert units_needed(0.7, 0.4, prevalence=0.2).units < two
    assert units_needed(0.9, 0.2, prevalence=0.05).is_thin


@pytest.mark.parametrize(
    "wrong", [{"lower": 0.8}, {"upper": 0.6}, {"prevalence": 0}, {"coders": 1}, {"confidence": 1}, {"upper": 1}]
)
def test_a_plan_that_makes_no_sense_is_refused(wrong):
    with pytest.raises(ValueError, match=r"limits|coders"):
        units_needed(0.7, **({"lower": 0.5, "prevalence": 0.2} | wrong))
