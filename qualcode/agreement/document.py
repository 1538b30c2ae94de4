"""The agreement report as one document, in the order in which a referee asks."""

from collections.abc import Iterator, Mapping
from itertools import combinations
from typing import Any

from qualcode.agreement import wording
from qualcode.agreement.comparison import compare
from qualcode.agreement.confusions import confusion_table
from qualcode.agreement.courses import beside_consensus, by_round
from qualcode.agreement.figures import barcode_of, forest_of
from qualcode.agreement.in_detail import unitising_table
from qualcode.agreement.listing import difference_table
from qualcode.agreement.methods import methods, sources
from qualcode.agreement.report import code_table
from qualcode.agreement.results import Comparison
from qualcode.agreement.tables import (
    course_table,
    coverage_table,
    design_table,
    headline_table,
    left_out_table,
    pair_table,
)
from qualcode.analysis.said import project_notes
from qualcode.paper import Chapter, Paper
from qualcode.project import Project

TITLE = "Inter-coder agreement"


def agreement_report(
    project: Project, options: Mapping[str, Any] | None = None, *, every: bool = False, found: Comparison | None = None
) -> Paper:
    """Design, definitions, numbers, where coders differ, rounds and consensus, caveats.

    Args:
        project: an open study.
        options: of `compare`.
        every: with all other statistics by code, and alphas for unitising.
        found: what these options give, where it is there already.

    Raises:
        What `compare` raises.
    """
    asked = dict(options or {})
    return Paper(TITLE, tuple(_chapters(project, found or compare(project, **asked), asked, every=every)))


def _chapters(project: Project, found: Comparison, asked: Mapping[str, Any], *, every: bool) -> Iterator[Chapter]:
    is_matched = found.design.unit == "match"
    yield Chapter("Design", tables=(design_table(project, found), coverage_table(project, found)))
    yield Chapter("Definitions", points=tuple(wording.definitions(found)))
    yield Chapter("Methods, for a paper", (methods(found),), points=tuple(sources(found)))
    if not is_matched:
        yield Chapter("Over all codes", (wording.STANCE,), (headline_table(project, found),))
    has_alpha = any(each.alpha.value is not None for each in found.codes)
    figures = (forest_of(project, found),) if has_alpha else ()
    yield Chapter("By code", tables=(code_table(project, found, every=every),), figures=figures)
    if every:
        yield Chapter("Passages with free edges", tables=(unitising_table(project, found),))
    if len(found.design.coders) > 2 and not is_matched:
        yield Chapter("By coder", tables=(pair_table(project, found), left_out_table(project, found)))
    yield from _differences(project, found)
    yield from _courses(project, asked)
    yield Chapter("Caveats", points=(*found.caveats, *project_notes(project)))


def _differences(project: Project, found: Comparison) -> Iterator[Chapter]:
    pairs = combinations(found.design.coders, 2)
    yield Chapter(
        "Codes taken for one another",
        ("A code against another is a question of meaning; a code against nothing, of whether to code at all.",),
        tuple(confusion_table(project, found, one, other, least=1) for one, other in pairs),
    )
    yield Chapter(
        "Where coders differ",
        ("To be talked over, passage by passage. What is decided belongs in a consensus coding, with its reason.",),
        (difference_table(project, found),),
        (barcode_of(project, found),) if found.design.compared else (),
    )


def _courses(project: Project, asked: Mapping[str, Any]) -> Iterator[Chapter]:
    rounds = by_round(project, asked)
    if rounds:
        words = (
            "Each round is compared as coders finished it. A round after the first may have been coded after the "
            "differences of the one before were talked over; it is then no independent coding."
        )
        yield Chapter("Rounds", (words,), (course_table(project, rounds, "Agreement by round"),))
    consensus = beside_consensus(project, asked)
    if consensus:
        words = (
            "The consensus was made of these codings after discussion, so that agreement with it is no measure of "
            "reliability: it shows whose reading prevailed."
        )
        table = course_table(project, consensus, "First pass beside the consensus")
        yield Chapter("Consensus", (words,), (table,))
