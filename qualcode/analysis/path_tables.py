"""Paths from mechanism to downstream outcome, who claims their arrows, and how many people carry them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.claims import Told
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Scope
from qualcode.analysis.listing import Line, listed, resting
from qualcode.analysis.setting_aside import SetAside, fewest
from qualcode.analysis.strands import MAKING, Strand, Strands
from qualcode.analysis.tiers import branches
from qualcode.model import Direction, Standing
from qualcode.project import Project
from qualcode.table import Evidence, Heading, Table


def paths(
    project: Project,
    *,
    scope: Scope | None = None,
    directions: tuple[Direction, ...] = MAKING,
    standings: tuple[Standing, ...] = (),
    tense: Told = "happened",
) -> Table:
    """Every path from a mechanism over a process outcome to a downstream outcome, and how robust it is.

    "Set aside" is the smallest number of people without whom the path is no longer there, since one of its arrows has
    lost everybody who claims it. The same number stands for all paths from a mechanism, to an outcome, and for all:
    the smallest number without whom none of them is left, a minimum hitting set, exact unless a note says otherwise.

    Args:
        project: the study.
        scope: which part of the study, and whose coding.
        directions: claims of these make paths; to claim no effect is to deny the arrow.
        standings: only claims of these.
        tense: claims of change that happened, that is hoped for, or any.

    Raises:
        NotFoundError: the scope names something that is not there.
        RefusedError: there is no such direction, standing or tense.
    """
    strands = Strands(project, scope, directions, standings, tense)
    bundles = _bundles(strands)
    answers = [_set_aside(strands, bundle) for bundle in bundles]
    lines = [_line(strands, bundle, answer) for bundle, answer in zip(bundles, answers, strict=True)]
    is_exact = all(answer.is_exact for answer in answers)
    notes = (
        "A path is there when somebody claims each of its arrows; told whole: by people who claim both.",
        "Set aside: the fewest people without whom no path of the row is left. There may be other sets as small.",
        *([] if is_exact else ["Where the two differ they are bounds: the search for the exact number was ended."]),
        *strands.notes,
        "The numbers show the spread of accounts, not how common or how strong a change is.",
        *said.standing_notes(strands.corpus),
    )
    heads = _heads(strands, is_exact=is_exact)
    title = "Paths from mechanisms to downstream outcomes, and how many people carry them"
    return listed(project, "paths", title, "Path", heads, lines, notes)


def _heads(strands: Strands, *, is_exact: bool) -> list[Heading]:
    of = strands.corpus.denominator("people")
    aside = [Heading("aside", "Set aside", "people", of)]
    if not is_exact:
        aside = [
            Heading("aside", "Set aside, at least", "people", of),
            Heading("at_most", "Set aside, at most", "people", of),
        ]
    return [
        Heading("first", "To the process outcome", "people", of),
        Heading("second", "On to the downstream outcome", "people", of),
        Heading("whole", "Told whole", "people", of),
        *aside,
        Heading("directions", "Directions"),
        Heading("set", "One smallest set" if is_exact else "A set that is enough"),
    ]


@dataclass(frozen=True, slots=True)
class _Bundle:
    """A row: a path, or some that start or end at the same code."""

    head: Heading
    strands: tuple[Strand, ...]


def _bundles(strands: Strands) -> list[_Bundle]:
    every = strands.paths()
    single = [_Bundle(Heading(each.key, each.text, group="Paths"), (each,)) for each in every]
    if not every:
        return []
    tree = strands.corpus.tree
    upper, lower = branches(tree, (("mechanism", ""),)), branches(tree, (("downstream outcome", ""),))
    starts = [(branch, [each for each in every if _holds(branch, each.mechanism)]) for branch in upper]
    stops = [(branch, [each for each in every if _holds(branch, each.downstream)]) for branch in lower]
    more = [*_named("from", "All from a mechanism", _wider(starts)), *_named("to", "All to an outcome", _wider(stops))]
    return [*single, *more, _Bundle(Heading("all", "All paths", group="All"), tuple(every))]


def _named(word: str, band: str, found: Sequence[tuple[Branch, list[Strand]]]) -> list[_Bundle]:
    return [
        _Bundle(Heading(f"{word} {code.short}", f"{word} {code.short} {code.name}", group=band), tuple(chosen))
        for code, chosen in ((branch.code, chosen) for branch, chosen in found)
    ]


def _holds(around: Branch, branch: Branch) -> bool:
    return around.first <= branch.first < around.last


def _wider(found: Sequence[tuple[Branch, list[Strand]]]) -> list[tuple[Branch, list[Strand]]]:
    """Those that have any, and more than a single code below them has."""
    return [
        (branch, chosen)
        for branch, chosen in found
        if chosen and not any(_holds(branch, below) and below is not branch and chosen == more for below, more in found)
    ]


def _set_aside(strands: Strands, bundle: _Bundle) -> SetAside:
    """People by the order of their names, so that the same set is found whatever the order they were brought in."""
    ordered = sorted(range(len(strands.names)), key=lambda each: (strands.names[each].casefold(), strands.names[each]))
    rank = {person: place for place, person in enumerate(ordered)}
    answer = fewest(
        tuple(frozenset(rank[each] for each in strands.people(strands.on(arrow))) for arrow in strand.ends)
        for strand in bundle.strands
    )
    return SetAside(answer.at_least, tuple(ordered[place] for place in answer.people))


def _line(strands: Strands, bundle: _Bundle, answer: SetAside) -> Line:
    first, second = (
        np.logical_or.reduce([strands.on(strand.ends[place]) for strand in bundle.strands]) for place in (0, 1)
    )
    tellers, whole = set[int](), np.zeros(len(first), dtype=np.bool_)
    for strand in bundle.strands:
        arrows = [strands.on(arrow) for arrow in strand.ends]
        both = strands.people(arrows[0]) & strands.people(arrows[1])
        tellers |= both
        whole |= (arrows[0] | arrows[1]) & strands.by(both)
    cells: dict[str, int | str | None] = {
        "first": len(strands.people(first)),
        "second": len(strands.people(second)),
        "whole": len(tellers),
        "aside": answer.at_least,
        "at_most": len(answer.people),
        "directions": strands.directions(bundle.strands[0]) if bundle.head.group == "Paths" else "",
        "set": ", ".join(strands.names[person] for person in answer.people),
    }
    evidence = {
        name: strands.arrows.evidence(np.flatnonzero(some))
        for name, some in (("first", first), ("second", second), ("whole", whole))
    }
    evidence |= _enough(strands, answer)
    marks = {name: strands.arrows.marks(some) for name, some in (("first", first), ("second", second))}
    return Line(bundle.head, cells, evidence, marks)


def _enough(strands: Strands, answer: SetAside) -> dict[str, Evidence]:
    people = resting("person", strands.corpus.person_ids[list(answer.people)].tolist())
    return {"at_most": people, "aside": people} if answer.is_exact else {"at_most": people}
