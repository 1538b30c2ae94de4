"""Displays of codes by groups: by case or any group, role-, case- and time-ordered (Miles, Huberman & Saldana).

A cell shows how many, whether anybody, n (%), the analyst's summaries, or the pinned quotes.
"""

from qualcode.analysis.attendance import waves_and_completers
from qualcode.analysis.counting import Corpus, Scope, Unit
from qualcode.analysis.crossings import Crossing, crossing
from qualcode.analysis.groups import Grouping, grouping
from qualcode.analysis.matrix_layout import Show, codes_across, codes_down
from qualcode.analysis.outlines import outline
from qualcode.analysis.sorting import arranged
from qualcode.project import Project
from qualcode.table import Table


def themes_by_group(
    project: Project,
    *,
    by: str = "case",
    show: Show | None = None,
    unit: Unit = "people",
    levels: int | None = None,
    scope: Scope | None = None,
) -> Table:
    """Themes down, groups across: in each cell n and the percentage of those interviewed in the group.

    Args:
        project: the study.
        by: role, wave, case, site, person, a kind of case, or an attribute.
        show: what stands in a cell; None = n (%), of references, which have no N, the number.
        unit: what is counted.
        levels: how many levels of codes, from the top; None = all.
        scope: which part of the study, which codes, and whose coding.

    Raises:
        NotFoundError: there is nothing of that name to group by, or the scope names something that is not there.
        InputError: percentages of references.
    """
    corpus = Corpus(project, scope)
    made = crossing(corpus, outline(corpus, levels), grouping(corpus, by), unit)
    return codes_down("themes-by-group", f"Themes by {by}", made, show or _usual(unit))


def role_ordered(
    project: Project,
    *,
    show: Show = "count",
    unit: Unit = "people",
    levels: int | None = None,
    scope: Scope | None = None,
) -> Table:
    """Role-ordered matrix: what people say in each role, a row a role, a column a theme.

    Args:
        project: the study.
        show: what stands in a cell.
        unit: what is counted.
        levels: how many levels of codes, from the top; None = the top level, or all of the codes that the scope names.
        scope: which part of the study, which codes, and whose coding.

    Raises:
        NotFoundError: the scope names something that is not there.
        InputError: percentages of references.
    """
    corpus = Corpus(project, scope)
    made = _few_codes(corpus, grouping(corpus, "role"), unit, levels)
    return codes_across("role-ordered", "Role-ordered matrix", made, show, *arranged(made))


def case_ordered(
    project: Project,
    *,
    by: str = "case",
    sort: str | None = None,
    show: Show = "count",
    unit: Unit = "people",
    levels: int | None = None,
    scope: Scope | None = None,
) -> Table:
    """Case-ordered meta-matrix: a row a case, a column a theme; rows sorted by an attribute or a code's strength.

    Args:
        project: the study.
        by: what is a case here: case, site, a kind of case, or person.
        sort: an attribute of the cases, or a code: cases in which it is strongest stand first; None = by name.
        show: what stands in a cell.
        unit: what is counted.
        levels: how many levels of codes, from the top; None = the top level, or all of the codes that the scope names.
        scope: which part of the study, which codes, and whose coding.

    Raises:
        NotFoundError: there is no such case, kind, attribute or code.
        InputError: percentages of references.
    """
    corpus = Corpus(project, scope)
    made = _few_codes(corpus, grouping(corpus, by), unit, levels)
    return codes_across(
        "case-ordered", "Case-ordered meta-matrix", made, show, *arranged(made, sort, by_share=show == "percent")
    )


def time_ordered(
    project: Project,
    *,
    show: Show | None = None,
    unit: Unit = "people",
    levels: int | None = None,
    scope: Scope | None = None,
) -> Table:
    """Time-ordered matrix: themes by wave, of those interviewed at it; beside it, of those interviewed at every wave.

    Args:
        project: the study.
        show: what stands in a cell; None = n (%), of references, which have no N, the number.
        unit: what is counted.
        levels: how many levels of codes, from the top; None = all.
        scope: which part of the study, which codes, and whose coding.

    Raises:
        NotFoundError: the scope names something that is not there.
        InputError: percentages of references.
    """
    corpus, show = Corpus(project, scope), show or _usual(unit)
    waves = waves_and_completers(corpus) if show in {"count", "percent"} else grouping(corpus, "wave")
    made = crossing(corpus, outline(corpus, levels), waves, unit)
    return codes_down("time-ordered", "Time-ordered matrix", made, show)


def _usual(unit: Unit) -> Show:
    return "count" if unit == "references" else "percent"


def _few_codes(corpus: Corpus, groups: Grouping, unit: Unit, levels: int | None) -> Crossing:
    """Codes stand across, where there is little room: the top level, unless the user says which or how many."""
    if levels is None and not corpus.scope.codes:
        levels = 1
    return crossing(corpus, outline(corpus, levels), groups, unit)
