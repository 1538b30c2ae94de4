"""Reference answers from the literature and other programs, where they stand beside the project."""

import json
import re
from pathlib import Path

import numpy as np
import pytest

from qualcode.agreement import (
    Coding,
    Continua,
    FourCells,
    Ratings,
    Sums,
    alpha,
    alpha_error,
    brennan_prediger,
    by_character,
    cohen,
    cohen_error_without_agreement,
    conger,
    disagreements,
    fleiss,
    gwet,
    holsti,
    kappa_max,
    light,
    matches,
    mean_of_kappas,
    over_units,
    percent,
    pooled_kappa,
    scott,
    sets_by_character,
    unitised,
)
from qualcode.agreement import sums as statistics

FILE = Path(__file__).parents[2].parent / "shared" / "agreement_cases.json"
CASES = {case["name"]: case for case in json.loads(FILE.read_text(encoding="utf-8"))} if FILE.exists() else {}
LEFT_OUT = {"alpha_masi_dkpro"}  # DKPro's own distance

pytestmark = pytest.mark.skipif(not CASES, reason="the reference answers are not beside the project")

BY_NAME = {
    "percent_agreement": percent,
    "fleiss_kappa": fleiss,
    "conger_kappa": conger,
    "hubert_kappa": conger,
    "light_kappa": light,
    "brennan_prediger": brennan_prediger,
    "bennett_s": brennan_prediger,
    "randolph_kappa": brennan_prediger,
    "gwet_ac1": gwet,
    "cohen_kappa": cohen,
    "scott_pi": scott,
    "kappa_max": kappa_max,
    "cohen_kappa_ase0": cohen_error_without_agreement,
    "alpha_se_gwet": alpha_error,
    "gwet_ac2_quadratic": lambda ratings: gwet(ratings, "quadratic"),
    "alpha_set_passonneau2004": lambda ratings: alpha(ratings, "passonneau"),
    "f1": lambda ratings: FourCells.of(ratings).positive_agreement(),
}
CELLS = ("pabak", "prevalence_index", "bias_index", "precision", "recall")
BY_CODE = {
    "percent_agreement": statistics.percent,
    "cohen_kappa": statistics.kappa,
    "alpha_nominal": statistics.alpha,
    "gwet_ac1": statistics.gwet,
    "fleiss_kappa": statistics.fleiss,
}


def ints(values):
    return np.array(list(values), dtype=np.int64)


def of_ratings(ratings, name):  # noqa: PLR0911 (a name a line)
    base, _, category = name.partition("_cat:")
    if category:
        return of_ratings(ratings.dichotomised(next(c for c in ratings.categories if str(c) == category)), base)
    if name in BY_NAME:
        return BY_NAME[name](ratings).value
    if name in CELLS:
        return getattr(FourCells.of(ratings), name)().value
    if name.endswith(("_se", "_ase")):
        base, _, weighting = name.rpartition("_")[0].partition("cohen_kappa_")
        return (cohen(ratings, weighting) if weighting else BY_NAME[base](ratings)).standard_error
    kind, _, metric = name.rpartition("_")
    if kind == "cohen_kappa":
        return cohen(ratings, metric).value
    if kind == "alpha":
        return alpha(ratings, metric).value
    observed, expected = disagreements(ratings, metric)
    return (observed if kind == "observed_disagreement" else expected).value


def of_matrix(data, name):
    if name == "ci95_unit_bootstrap":
        made = over_units(Ratings.of(data["ratings"]), alpha)
        return [made.lower, made.upper]
    return of_ratings(Ratings.of(data["ratings"], data.get("categories")), name)


def of_contingency(data, name):
    return of_ratings(Ratings.of_table(data["table"], data["categories"]), name)


def of_continuum(data, name):
    rows = [(n, s["start"], s["end"], s["value"]) for n, coder in enumerate(data["coders"]) for s in coder]
    values = sorted({row[3] for row in rows})
    found = unitised(
        Continua(
            ints([0] * len(rows)), ints(r[0] for r in rows), ints(values.index(r[3]) for r in rows),
            ints(r[1] for r in rows), ints(r[2] for r in rows), ints([data["length"]]),
            np.ones((1, len(data["coders"])), dtype=bool), len(values),
        )
    )  # fmt: skip
    kind, _, value = name.partition(":")
    if value:
        one = found.by_value[values.index(value)]
        return one.alpha.value if kind == "ku_alpha" else one.coverage
    return {
        "u_alpha": found.u.value,
        "u_alpha_binary": found.binary.value,
        "cu_alpha": found.cu.alpha.value,
        "cu_coverage": found.cu.coverage,
    }[kind]


def of_project(data, name):
    documents, coders, codes = [each["id"] for each in data["documents"]], data["coders"], data["codes"]
    rows = data["segments"]
    coding = Coding(
        ints(documents.index(r["doc"]) for r in rows), ints(coders.index(r["coder"]) for r in rows),
        ints(codes.index(r["code"]) for r in rows), ints(r["start"] for r in rows), ints(r["end"] for r in rows),
        ints(each["length"] for each in data["documents"]),
        np.array([[each in data["seen"][coder] for coder in coders] for each in documents]), len(codes),
    ).united()  # fmt: skip
    code, _, statistic = name.partition("|")
    if code == "*":
        return alpha(sets_by_character(coding), re.fullmatch("alpha_(.*)_characters", statistic)[1]).value
    sums = Sums(by_character(coding))
    return statistics.told(BY_CODE[statistic](sums.totals()), sums)[codes.index(code)].value


def of_matching(data, name):
    rows = [(n, *each) for n, key in enumerate(("coder_a", "coder_b")) for each in data[key]]
    codes = sorted({row[3] for row in rows})
    coding = Coding(
        ints([0] * len(rows)), ints(r[0] for r in rows), ints(codes.index(r[3]) for r in rows),
        ints(r[1] for r in rows), ints(r[2] for r in rows), ints([max(r[2] for r in rows)]),
        np.ones((1, 2), dtype=bool), len(codes),
    )  # fmt: skip
    return float(getattr(matches(coding, data["threshold"]), name).sum())


def of_tables(data, name):
    tables = [Ratings.of_table(table) for table in data["tables"]]
    return {"pooled_kappa": pooled_kappa, "mean_of_kappas": mean_of_kappas}[name](tables).value


KINDS = {
    "matrix": of_matrix,
    "contingency": of_contingency,
    "unitized continuum": of_continuum,
    "project": of_project,
    "segment-matching": of_matching,
    "contingency-set": of_tables,
    "counts": lambda data, _: holsti(data["M"], data["N1"], data["N2"]).value,
}


def is_for_later(case):
    """Gamma, boundary measures and the alpha_U of 1995 are not built."""
    tags = case.get("tags", ())
    return case["kind"] == "segmentation" or "gamma" in tags or "alpha_U_1995_2004" in tags


@pytest.mark.parametrize("name", CASES)
def test_a_reference_answer_is_returned(name):
    case = CASES[name]
    if is_for_later(case):
        pytest.skip("gamma, boundary similarity and the alpha_U of 1995 are not built")
    for statistic, expected in case["expected"].items():
        if statistic in LEFT_OUT:
            continue
        value = KINDS[case["kind"]](case["data"], statistic)
        if expected["value"] is None:
            assert value is None, statistic
            continue
        assert value == pytest.approx(expected["value"], abs=max(expected["tol"], 1e-12)), statistic
        if "exact" in expected:
            assert value == pytest.approx(expected["exact"], abs=1e-6), statistic


def test_those_for_later_are_thirteen():
    assert sum(is_for_later(case) for case in CASES.values()) == 13


@pytest.mark.parametrize("name", [name for name, case in CASES.items() if "known_wrong_answers" in case])
def test_a_known_wrong_answer_is_not_returned(name):
    case = CASES[name]
    told = [re.match(r"0?\.\d+", str(value)) for value in case["known_wrong_answers"].values()]
    wrong = [float(number.group()) for number in told if number]
    found = [KINDS[case["kind"]](case["data"], statistic) for statistic in case["expected"]]
    for value in wrong:
        assert not any(each == pytest.approx(value, abs=1e-4) for each in found if each is not None)
