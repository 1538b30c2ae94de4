"""Tables of what few studies need: every statistic with its standard error, and alphas for passages of free edges."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from qualcode.agreement import many_coders, two_coders, wording
from qualcode.agreement.coincidences import alpha, alpha_error
from qualcode.agreement.differences import set_alpha, set_ratings, unitising_of
from qualcode.agreement.estimate import WORDS, Estimate, undefined
from qualcode.agreement.ratings import MISSING, Ratings
from qualcode.agreement.results import Comparison
from qualcode.agreement.sheet import Cell, Line, code_names, sheet
from qualcode.errors import RefusedError, not_found
from qualcode.project import Project
from qualcode.table import Heading, Table

_PERCENT, _ALPHA = "Percent agreement", "Krippendorff's alpha"
_OF_TWO: dict[str, Callable[[Ratings], Estimate]] = {
    "Cohen's kappa": two_coders.cohen,
    "Cohen's kappa, if there were no agreement": two_coders.cohen_error_without_agreement,
    "Scott's pi": two_coders.scott,
}
_OF_MANY: dict[str, Callable[[Ratings], Estimate]] = {
    "Conger's kappa": many_coders.conger, "Light's kappa": many_coders.light,
}  # fmt: skip
_OF_ALL: dict[str, Callable[[Ratings], Estimate]] = {
    _PERCENT: many_coders.percent, "Fleiss' kappa": many_coders.fleiss, "Gwet's AC1": many_coders.gwet,
    "Brennan-Prediger": many_coders.brennan_prediger,
}  # fmt: skip
_ERRORS = (
    "Standard errors: Cohen's of Fleiss, Cohen & Everitt 1969 (below it, that for a test against no agreement), the "
    "others Gwet's 2014. They take units as independent, which answers of one interview are not: intervals over "
    "documents are in qualcode agreement --all."
)
_DEPENDENT = ("character", "token", "match")


def ratings_of(found: Comparison, code: str) -> Ratings:
    """What each coder said of each unit: whether it has a code (1) or not (0). AC1 and others take two categories.

    Raises:
        NotFoundError: the code was not compared.
    """
    if code not in found.material.codes:
        raise not_found("code compared", code, found.material.codes)
    sets, place = set_ratings(found.material), found.material.codes.index(code)
    has = np.array([place in each for each in sets.categories], dtype=np.int64)
    patterns = np.where(sets.patterns == MISSING, MISSING, has[np.maximum(sets.patterns, 0)])
    return Ratings(patterns, sets.weights, (0, 1))


def statistics_table(project: Project, found: Comparison, codes: Sequence[str] = ()) -> Table:
    """Every statistic of some codes with its standard error, and alpha of whole sets of codes.

    Args:
        project: the study.
        found: what was compared.
        codes: short names; none = all that were compared.

    Raises:
        NotFoundError: a code was not compared.
        RefusedError: the unit has no standard errors: characters and words depend on each other.
    """
    if found.design.unit in _DEPENDENT:
        raise RefusedError(
            f"there are no standard errors by {found.design.unit}: what stands beside each other depends on each other",
            remedy="Take another unit: --unit sentence. Intervals over documents: qualcode agreement --all",
        )
    names = code_names(project, found)
    lines = [line for code in codes or found.material.codes for line in _statistics(found, code, names[code])]
    sets = {"MASI": set_alpha(found.material, "masi"), "Jaccard": set_alpha(found.material, "jaccard")}
    lines += [
        Line(Heading(f"sets {name}", f"Alpha ({name})", group="Whole sets of codes"), _cells(each, None))
        for name, each in sets.items()
    ]
    notes = [
        *wording.grounds(found.design),
        _ERRORS,
        *found.caveats,
    ]  # fmt: skip
    return sheet(project, "Statistics with standard errors", "Code", [*_HEADS], lines, notes)


_HEADS = (
    Heading("value", "Value", decimals=3), Heading("error", "Standard error", decimals=3),
    Heading("why", "Not defined because"),
)  # fmt: skip


def _statistics(found: Comparison, code: str, name: str) -> Iterator[Line]:
    ratings = ratings_of(found, code)
    several = _OF_TWO if len(found.design.coders) == 2 else _OF_MANY
    for text, statistic in {**_OF_ALL, **several}.items():
        made = _of_constant(ratings, text, statistic(ratings))
        error = made.standard_error
        if statistic is two_coders.cohen_error_without_agreement:
            made, error = Estimate(0.0) if made.value is not None else made, made.value
        yield Line(Heading(f"{code} {text}", text, group=name), _cells(made, error))
    head = Heading(f"{code} alpha", _ALPHA, group=name)
    yield Line(head, _cells(_of_constant(ratings, _ALPHA, alpha(ratings)), alpha_error(ratings).value))


def _of_constant(ratings: Ratings, name: str, made: Estimate) -> Estimate:
    """A statistic of a code; where everybody said the same of every unit, none, as in `comparison.compare`.

    Of a code that nobody used nothing was observed; of one that all gave everywhere only that they agree.
    """
    rated = ratings.pairable().patterns
    said = set(rated[rated != MISSING].tolist())
    if said == {0}:
        return undefined("code_unused")
    return undefined("no_variation") if said == {1} and name != _PERCENT else made


def _cells(made: Estimate, error: float | None) -> tuple[Cell, ...]:
    return made, error, "" if made.reason is None else WORDS[made.reason]


def unitising_table(project: Project, found: Comparison, codes: Sequence[str] = (), *, together: bool = False) -> Table:
    """Krippendorff's alphas for unitising (2016): how far coders marked the same passages, by characters.

    Args:
        project: the study.
        found: what was compared, by whatever unit: alphas for unitising take passages as coders marked them.
        codes: short names; none = all that were compared.
        together: take these codes as a group of which each passage has one, for cu and (k)u; else one code at a time.

    Raises:
        NotFoundError: a code was not compared.
        InputError: with `together`, passages of one coder overlap.
    """
    chosen, names = tuple(codes) or found.material.codes, code_names(project, found)
    if together:
        made = unitising_of(found.material, chosen)
        lines = [
            _unitised("u", "u: passages and codes, gaps too", made.u),
            _unitised("binary", "|u: coded or not, with whatever code", made.binary),
            _unitised("cu", "cu: codes, where passages of two coders meet", made.cu.alpha, made.cu.coverage),
            *(
                _unitised(f"(k)u {code}", f"(k)u: {names[code]} against the others", each.alpha, each.coverage)
                for code, each in zip(chosen, made.by_value, strict=True)
            ),
        ]
    else:
        lines = [_unitised(code, names[code], unitising_of(found.material, (code,)).u) for code in chosen]
    columns = [Heading("alpha", "Alpha"), Heading("coverage", "Share that it rests on"), Heading("why", _HEADS[2].text)]
    notes = [
        *wording.grounds(replace(found.design, unit="character", units=found.design.rated, partial=None, weight=None)),
        "Krippendorff, Mathet, Bouvry & Widlöcher 2016, from the lengths of intersections (not the form of 1995 and "
        "2004, nor that of 2013). Passages have free edges: what is compared are characters, of what is rated. "
        + ("Each passage has one of these codes." if together else "One code at a time: u, coded or not."),
        *found.caveats,
    ]  # fmt: skip
    return sheet(project, "Alphas for unitising", "Code", columns, lines, notes)


def _unitised(key: str, text: str, made: Estimate, coverage: float | None = None) -> Line:
    return Line(Heading(key, text), (made, coverage, "" if made.reason is None else WORDS[made.reason]))
