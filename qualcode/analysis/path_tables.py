"""Paths from mechanism to downstream outcome, who claims their arrows, and how many people carry them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.claims import Telling
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Scope
from qualcode.analysis.listing import Line, listed, resting
from qualcode.analysis.setting_aside import SetAside, fewest
from qualcode.analysis.strands import Said, Strand, Strands
from qualcode.analysis.tiers import branches
from qualcode.project import Project
from qualcode.table import Evidence, Heading, Mark, Table


def paths(
    project: Project,
    *,
    scope: Scope | None = None,
    telling: Telling | None = None,
) -> Table:
    """Every path from a mechanism over a process outcome to a downstream outcome, and how robust it is.

    "Set aside" is the smallest number of people without whom the path is no longer there, since one of its arrows has
    lost everybody who claims it. The same number stands for all paths from a mechanism, to an outcome, and for all:
    the smallest number without whom none of them is left, a minimum hitting set, exact unless a note says otherwise.

    Args:
        project: the study.
        scope: which part of the study, and whose coding.
        telling: which claims, by how they are told; unless directions are asked not those of no effect, which deny the
            arrow.

    Raises:
        NotFoundError: the scope names something that is not there.
    """
    strands = Strands(project, scope, telling)
    bundles = _bundles(strands)
    answers = _set_aside(strands, bundles)
    told = _Told(strands)
    lines = [_line(told, bundle, answer) for bundle, answer in zip(bundles, answers, strict=True)]
    is_exact = all(answer.is_exact for answer in answers)
    notes = (
        "A path is there when somebody claims each of its arrows; told whole: by people who claim both.",
        "Arrows stand at the codes their claims were made with, so that none goes by the codes above them.",
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


def _set_aside(strands: Strands, bundles: Sequence[_Bundle]) -> list[SetAside]:
    """People by the order of their names, so that the same set is found whatever the order they were brought in."""
    rank = {person: place for place, person in enumerate(strands.by_name)}
    ranked: dict[tuple[int, int], frozenset[int]] = {}

    def people(arrow: tuple[Branch, Branch]) -> frozenset[int]:
        ends = arrow[0].first, arrow[1].first
        if ends not in ranked:
            ranked[ends] = frozenset(rank[each] for each in strands.said(arrow).people)
        return ranked[ends]

    around = _around({branch for bundle in bundles for strand in bundle.strands for branch in strand.codes})
    answers = [
        fewest([tuple(map(people, strand.ends)) for strand in _outermost(bundle.strands, around)]) for bundle in bundles
    ]
    return [SetAside(each.at_least, tuple(strands.by_name[place] for place in each.people)) for each in answers]


def _around(branches: Iterable[Branch]) -> dict[int, list[int]]:
    """Of each branch those that hold it, itself among them, by where they begin."""
    every = list(branches)
    return {each.first: [other.first for other in every if _holds(other, each)] for each in every}


def _outermost(strands: Sequence[Strand], around: Mapping[int, list[int]]) -> list[Strand]:
    """Without the paths within another of them: everybody on their arrows is on its arrows, so they fall with it.

    A wide codebook has fifty paths for each outermost one.
    """
    if len(strands) == 1:
        return list(strands)
    keys = {tuple(branch.first for branch in strand.codes): strand for strand in strands}
    return [
        strand
        for key, strand in keys.items()
        if not any(wider != key and wider in keys for wider in product(*(around[first] for first in key)))
    ]


class _Told:
    """Who tells paths whole, each path looked at once: it stands in several bundles."""

    def __init__(self, strands: Strands) -> None:
        self.strands = strands
        self._whole: dict[tuple[int, ...], tuple[frozenset[int], list[int]]] = {}

    def whole(self, strand: Strand) -> tuple[frozenset[int], list[int]]:
        """The people who claim both arrows, and places of the claims by which they do."""
        key = tuple(branch.first for branch in strand.codes)
        if key not in self._whole:
            one, other = (self.strands.said(arrow) for arrow in strand.ends)
            both = one.people & other.people
            claims = (one.claims | other.claims) & self.strands.by(both) if both else np.empty(0, dtype=np.bool_)
            self._whole[key] = both, np.flatnonzero(claims).tolist()
        return self._whole[key]


def _line(told: _Told, bundle: _Bundle, answer: SetAside) -> Line:
    strands = told.strands
    wholes = [told.whole(strand) for strand in bundle.strands]
    ends = [list(dict.fromkeys(strand.ends[place] for strand in bundle.strands)) for place in (0, 1)]
    firsts, seconds = ([strands.said(arrow) for arrow in arrows] for arrows in ends)
    cells: dict[str, int | str | None] = {
        "first": len(frozenset().union(*(each.people for each in firsts))),
        "second": len(frozenset().union(*(each.people for each in seconds))),
        "whole": len(frozenset().union(*(people for people, _ in wholes))),
        "aside": answer.at_least,
        "at_most": len(answer.people),
        "directions": strands.directions(bundle.strands[0]) if bundle.head.group == "Paths" else "",
        "set": ", ".join(strands.names[person] for person in answer.people),
    }
    whole = sorted({claim for _, claims in wholes for claim in claims})
    evidence = {"whole": strands.arrows.evidence(np.array(whole, dtype=np.int64))}
    marks = {}
    for name, some in (("first", firsts), ("second", seconds)):
        evidence[name], marks[name] = _together(strands, some)
    return Line(bundle.head, cells, evidence | _enough(strands, answer), marks)


def _together(strands: Strands, some: Sequence[Said]) -> tuple[Evidence, tuple[Mark, ...]]:
    """The claims of some arrows, and their marks."""
    if len(some) == 1:
        return some[0].evidence, some[0].marks
    claims = np.logical_or.reduce([each.claims for each in some])
    return strands.arrows.evidence(np.flatnonzero(claims)), strands.arrows.marks(claims)


def _enough(strands: Strands, answer: SetAside) -> dict[str, Evidence]:
    people = resting("person", strands.corpus.person_ids[list(answer.people)].tolist())
    return {"at_most": people, "aside": people} if answer.is_exact else {"at_most": people}
