"""Mechanism → process outcome → downstream outcome, put together from claims.

A *path* is there when both its arrows are, whoever claims them. A *thread* is a path that one person tells whole.
The two arrows meet at the innermost process outcome that the one leads to and the other from, or that both of these
stand below; so a path's numbers are those of the change model's cells.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from qualcode.analysis import said
from qualcode.analysis.citing import called
from qualcode.analysis.claims import Telling, asked_for, counted_claims
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Scope
from qualcode.analysis.said_arrows import SaidArrows
from qualcode.analysis.speech import Mask
from qualcode.analysis.tiers import branches, innermost
from qualcode.model import Direction
from qualcode.project import Project
from qualcode.project.columns import DIRECTIONS
from qualcode.sweep import once
from qualcode.table import Evidence, Mark

MAKING: tuple[Direction, ...] = ("raises", "lowers", "mixed")
"""Directions of the claims that paths are made of: to claim no effect is to deny the arrow."""

_UPPER = (("mechanism", ""), ("process outcome", ""))
_LOWER = (("process outcome", ""), ("downstream outcome", ""))


@dataclass(frozen=True, slots=True)
class Strand:
    """A path: the codes it leads through."""

    mechanism: Branch
    process: Branch
    downstream: Branch

    @property
    def codes(self) -> tuple[Branch, Branch, Branch]:
        """From left to right."""
        return self.mechanism, self.process, self.downstream

    @property
    def ends(self) -> tuple[tuple[Branch, Branch], tuple[Branch, Branch]]:
        """Both arrows."""
        return (self.mechanism, self.process), (self.process, self.downstream)

    @property
    def key(self) -> str:
        """As printed, by short codes."""
        return " → ".join(branch.code.short for branch in self.codes)

    @property
    def text(self) -> str:
        """As printed, with names."""
        return " → ".join(f"{branch.code.short} {branch.code.name}" for branch in self.codes)


@dataclass(frozen=True, slots=True)
class Said:
    """What is claimed of one arrow.

    Attributes:
        claims: which claims it has that somebody known makes.
        people: numbers of those who make them.
        evidence: the claims.
        marks: of them together.
        directions: places in `DIRECTIONS`.
    """

    claims: Mask
    people: frozenset[int]
    evidence: Evidence
    marks: tuple[Mark, ...]
    directions: list[int]


class Strands:
    """The paths of a study under a scope, and who tells what of them.

    Attributes:
        corpus: the study under its scope.
        arrows: the claims between mechanisms, process outcomes and downstream outcomes.
        passages: of these claims.
        notes: what was counted.
    """

    def __init__(
        self,
        project: Project,
        scope: Scope | None,
        telling: Telling | None,
    ) -> None:
        asked = asked_for(telling, directions=MAKING)
        self.corpus = corpus = Corpus(project, scope)
        rows, columns = (corpus.shown(branches(corpus.tree, tiers)) for tiers in (_UPPER, _LOWER))
        self.arrows = SaidArrows(counted_claims(corpus, rows, columns, "people", telling=asked))
        self.passages = self.arrows.claims.cells.passages
        self._said: dict[tuple[int, int], Said] = {}  # paths share arrows
        self._mechanisms = tuple(each for each in rows if each.code.kind == "mechanism")
        self._processes = branches(corpus.tree, _LOWER[:1])
        self._downstream = tuple(each for each in columns if each.code.kind == "downstream outcome")
        self._innermost = [
            innermost(corpus.tree, some) for some in (self._mechanisms, self._processes, self._downstream)
        ]
        self.notes = (
            *said.layer_notes(corpus, corpus.columns.claims, "made claims"),
            said.filter_note(corpus, *asked.parts()),
            *self._left_out(),
            *said.claim_notes(self.arrows.claims),
        )

    def _left_out(self) -> list[str]:
        """Claims that are counted and make no part of a path."""
        cells = self.arrows.claims.cells
        counted = cells.bearing
        upper, middle, lower = self._innermost
        row, column = cells.row[counted], cells.column[counted]
        direct = int(np.count_nonzero((upper[row] >= 0) & (lower[column] >= 0)))
        between = int(np.count_nonzero((middle[row] >= 0) & (middle[column] >= 0)))
        return [
            *said.left_out(direct, "claim leads from a mechanism straight to a downstream outcome: no path",
                           "claims lead from a mechanism straight to a downstream outcome: no path"),
            *said.left_out(between, "claim leads from one process outcome to another: no part of a path",
                           "claims lead from one process outcome to another: no part of a path"),
            *said.left_out(cells.unborne, "claim is by nobody known, and no part of a path",
                           "claims are by nobody known, and no part of a path"),
        ]  # fmt: skip

    # -- paths -------------------------------------------------------------------------------------------------------

    def paths(self, among: Mask | None = None) -> list[Strand]:
        """All paths, in the order of the codebook; of some claims only, where said."""
        cells = self.arrows.claims.cells
        chosen = cells.bearing if among is None else cells.bearing & among
        row, column = cells.row[chosen], cells.column[chosen]
        upper, middle, lower = self._innermost
        firsts = _pairs(upper[row].tolist(), middle[column].tolist())
        seconds = _pairs(middle[row].tolist(), lower[column].tolist())
        met = {(one, other): self._met(one, other) for one in {end for _, end in firsts} for other, _ in seconds}
        found = {
            (first[0], place, second[1])
            for first in firsts
            for second in seconds
            if (place := met[first[1], second[0]]) is not None
        }
        strands = [
            Strand(self._mechanisms[one], self._processes[place], self._downstream[other])
            for one, place, other in found
        ]
        return sorted(strands, key=self._order)

    def _met(self, one: int, other: int) -> int | None:
        """The place of the innermost process outcome around both."""
        ends = self._processes[one], self._processes[other]
        first, last = min(end.first for end in ends), max(end.last for end in ends)
        around = [
            (each.last - each.first, place)
            for place, each in enumerate(self._processes)
            if each.first <= first and last <= each.last
        ]
        return min(around)[1] if around else None

    def _order(self, strand: Strand) -> tuple[int, int, int]:
        return strand.mechanism.first, strand.process.first, strand.downstream.first

    def said(self, arrow: tuple[Branch, Branch]) -> Said:
        """What is claimed of an arrow by somebody known."""
        ends = arrow[0].first, arrow[1].first
        if ends not in self._said:
            claims = np.asarray(self.arrows.under(*arrow) & self.arrows.claims.cells.bearing, dtype=np.bool_)
            here = np.flatnonzero(claims)
            self._said[ends] = Said(
                claims, self.people(claims), self.arrows.evidence(here), self.arrows.marks(claims),
                once(self.arrows.claims.direction[here]).tolist(),
            )  # fmt: skip
        return self._said[ends]

    def on(self, arrow: tuple[Branch, Branch]) -> Mask:
        """Which claims an arrow has that somebody known makes."""
        return self.said(arrow).claims

    def directions(self, strand: Strand, among: Mask | None = None) -> str:
        """The directions that its arrows are claimed in: "raises + lowers → lowers"."""
        direction = self.arrows.claims.direction
        places = [
            self.said(arrow).directions if among is None else once(direction[self.on(arrow) & among]).tolist()
            for arrow in strand.ends
        ]
        return " → ".join(" + ".join(DIRECTIONS[place] for place in some) for some in places)

    # -- people ------------------------------------------------------------------------------------------------------

    @cached_property
    def by_name(self) -> list[int]:
        """Numbers of all people in the order of their names."""
        return sorted(range(len(self.names)), key=lambda each: (self.names[each].casefold(), self.names[each]))

    def people(self, claims: Mask) -> frozenset[int]:
        """Numbers of the people who make some claims."""
        return frozenset(self.passages.speaker[claims[self.passages.spoken]].tolist())

    @cached_property
    def _claims_of_person(self) -> dict[int, list[int]]:
        found = defaultdict(list)
        for claim, person in zip(self.passages.spoken.tolist(), self.passages.speaker.tolist(), strict=True):
            found[person].append(claim)
        return found

    def by(self, people: Iterable[int]) -> Mask:
        """Which claims some people make."""
        mark = np.zeros(len(self.passages.counted), dtype=np.bool_)
        for person in people:
            mark[self._claims_of_person.get(person, [])] = True
        return mark

    @cached_property
    def names(self) -> list[str]:
        """Of people by number."""
        named = called(self.corpus.project)
        return [named[each] for each in self.corpus.person_ids.tolist()]


def _pairs(ones: list[int], others: list[int]) -> set[tuple[int, int]]:
    return {pair for pair in zip(ones, others, strict=True) if min(pair) >= 0}
