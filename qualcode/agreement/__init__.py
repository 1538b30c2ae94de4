"""How far coders agree: units, statistics, unitising, intervals, and `compare` that puts them together for a project.

    with qualcode.open("study.qualcode") as project:
        found = agreement.compare(project, coders=("AK", "JB"), unit="answer")
        found.pooled_kappa.value, found.pooled_kappa.interval

Statistics of ratings that come from elsewhere take `Ratings`: `alpha(Ratings.of([[1, 2, 2], [1, 2, 1]]), "ordinal")`.
What cannot be computed is None with a reason. Only numpy is needed.
"""

from qualcode.agreement.code_sets import sets_by_character, sets_by_unit
from qualcode.agreement.coding import Coding, Rated, Spans
from qualcode.agreement.coincidences import alpha, alpha_error, disagreements
from qualcode.agreement.comparison import compare
from qualcode.agreement.differences import Difference, confusion, differences, set_alpha, unitising_of
from qualcode.agreement.estimate import WORDS, Estimate
from qualcode.agreement.intervals import Interval, Resampling, over_units, resampled
from qualcode.agreement.many_coders import brennan_prediger, conger, fleiss, gwet, light, percent
from qualcode.agreement.matching import Matches, matches, one_to_one
from qualcode.agreement.planning import Plan, units_needed
from qualcode.agreement.pooled import mean_of_kappas, pooled_kappa
from qualcode.agreement.ratings import Ratings
from qualcode.agreement.results import CodeResult, Comparison, Design, LeftOut, Measured, Pair
from qualcode.agreement.student import t_quantile
from qualcode.agreement.sums import Sums, document_means
from qualcode.agreement.tallying import Tally, by_character, by_unit
from qualcode.agreement.two_coders import FourCells, cohen, cohen_error_without_agreement, holsti, kappa_max, scott
from qualcode.agreement.unitising import Continua, Unitising, unitised

__all__ = [
    "WORDS",
    "CodeResult",
    "Coding",
    "Comparison",
    "Continua",
    "Design",
    "Difference",
    "Estimate",
    "FourCells",
    "Interval",
    "LeftOut",
    "Matches",
    "Measured",
    "Pair",
    "Plan",
    "Rated",
    "Ratings",
    "Resampling",
    "Spans",
    "Sums",
    "Tally",
    "Unitising",
    "alpha",
    "alpha_error",
    "brennan_prediger",
    "by_character",
    "by_unit",
    "cohen",
    "cohen_error_without_agreement",
    "compare",
    "confusion",
    "conger",
    "differences",
    "disagreements",
    "document_means",
    "fleiss",
    "gwet",
    "holsti",
    "kappa_max",
    "light",
    "matches",
    "mean_of_kappas",
    "one_to_one",
    "over_units",
    "percent",
    "pooled_kappa",
    "resampled",
    "scott",
    "set_alpha",
    "sets_by_character",
    "sets_by_unit",
    "t_quantile",
    "unitised",
    "unitising_of",
    "units_needed",
]
