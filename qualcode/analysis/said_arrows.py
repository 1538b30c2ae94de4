"""The arrows that claims make, one by one: who draws each, in which role and direction, and what speaks against it."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from qualcode.analysis.claims import Claims
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus
from qualcode.analysis.listing import Line, resting
from qualcode.analysis.speech import Mask
from qualcode.analysis.tiers import innermost
from qualcode.project.columns import DIRECTIONS, STANDINGS
from qualcode.sweep import Integers, once
from qualcode.table import Evidence, Heading, Mark


@dataclass(frozen=True)
class SaidArrows:
    """The arrows between the codes that claims were made with.

    An arrow stands at the codes its claims were made with, or where these were retired at those above them. Its numbers
    are those of the same cell of the change model, with what is claimed of the codes below both ends.

    Attributes:
        claims: the claims counted, between the branches of its rows and columns.
    """

    claims: Claims

    @property
    def _corpus(self) -> Corpus:
        return self.claims.cells.corpus

    def pairs(self) -> list[tuple[Branch, Branch]]:
        """Both ends of each arrow, in the order of the rows, then the columns."""
        cells = self.claims.cells
        counted = cells.passages.counted
        ends = [
            innermost(self._corpus.tree, shown)[code[counted]]
            for shown, code in ((cells.rows, cells.row), (cells.columns, cells.column))
        ]
        found = sorted(set(zip(*(each.tolist() for each in ends), strict=True)))
        return [(cells.rows[row], cells.columns[column]) for row, column in found]

    def under(self, source: Branch, target: Branch) -> Mask:
        """Which claims an arrow has."""
        cells = self.claims.cells
        tree = self._corpus.tree
        return np.asarray(
            cells.passages.counted & tree.marked([source])[cells.row] & tree.marked([target])[cells.column],
            dtype=np.bool_,
        )

    def columns(self) -> list[Heading]:
        """Heads of the numbers that `numbers` gives: people, also by role; cases; claims by direction, and against."""
        corpus = self._corpus
        everyone = corpus.denominator("people")
        return [
            Heading("people", "All", "people", everyone, "People"),
            *(
                Heading(f"role={short}", short or "no role", "people", of, "People", who=(("role", short),))
                for short, _, of in self._roles
            ),
            Heading("cases", "Cases", "cases", corpus.denominator("cases")),
            *(Heading(word, word.capitalize(), "claims", group="Claims") for word in DIRECTIONS),
            Heading("contradicting", "Against", "claims", group="Claims"),
        ]

    @cached_property
    def _roles(self) -> list[tuple[str, int, int]]:
        """Short name and number of each role in which somebody was interviewed, "" for none known; how many were."""
        visits = self._corpus.visits
        found = []
        for number, short in enumerate((*self._corpus.roles, "")):
            if people := len(once(visits.person[visits.role == number])):
                found.append((short, number, people))
        return found

    @cached_property
    def _role(self) -> Integers:
        passages = self.claims.cells.passages
        return self._corpus.role(passages.document[passages.spoken], passages.speaker)

    def line(
        self, head: Heading, source: Branch, target: Branch, among: Mask | None = None, by: Mask | None = None
    ) -> Line:
        """An arrow's numbers as a row, with the claims that each rests on.

        Args:
            head: the row's.
            source, target: both ends.
            among: only some claims, by claim.
            by: only some people in them, by the pairs `spoken` and `speaker` of the claims' passages.
        """
        corpus, passages = self._corpus, self.claims.cells.passages
        here = self.under(source, target) & (True if among is None else among)
        masks = [corpus.tree.marked([end]) for end in (source, target)]
        visits = corpus.eligible(*masks)
        spoken = here[passages.spoken] & (True if by is None else by)
        cells, evidence, of = {}, {}, {}
        of["people"], of["cases"] = corpus.denominator("people", *masks) or 0, corpus.denominator("cases", *masks) or 0
        cells["people"] = len(once(passages.speaker[spoken]))
        evidence["people"] = self.evidence(once(passages.spoken[spoken]))
        for short, number, _ in self._roles:
            of_role = spoken & (self._role == number)
            key = f"role={short}"
            cells[key] = len(once(passages.speaker[of_role]))
            evidence[key] = self.evidence(once(passages.spoken[of_role]))
            of[key] = len(once(visits.person[visits.role == number]))
        borne, case = corpus.bearers(passages.only(here), "cases")
        cells["cases"], evidence["cases"] = len(once(case)), self.evidence(once(borne))
        for place, word in enumerate(DIRECTIONS):
            cells[word], evidence[word] = self._claims_of(here & (self.claims.direction == place))
        cells["contradicting"], evidence["contradicting"] = self._claims_of(here & self.claims.contradicted)
        return Line(head, cells, evidence, {"people": self.marks(here)}, of)

    def marks(self, here: Mask) -> tuple[Mark, ...]:
        """Marks of some claims together: contradicted, hearsay only."""
        bearing = here & self.claims.cells.bearing
        against = self.claims.contradicted[bearing]
        found: list[Mark] = []
        if against.any():
            found.append("all contradicted" if against.all() else "contradicted")
        if bearing.any() and (self.claims.standing[bearing] == STANDINGS.index("hearsay")).all():
            found.append("hearsay")
        return tuple(found)

    def evidence(self, indexes: Integers) -> Evidence:
        """Some claims, by their places."""
        return resting("claim", self.claims.cells.ids[0][indexes].tolist())

    def _claims_of(self, mask: Mask) -> tuple[int, Evidence]:
        return int(np.count_nonzero(mask)), self.evidence(np.flatnonzero(mask))
