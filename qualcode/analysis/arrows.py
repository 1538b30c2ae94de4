"""One arrow of the change model, told in full."""

from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass
from typing import Self

import numpy as np

from qualcode.analysis.claims import Claims, Telling, asked_for, counted_claims
from qualcode.analysis.comparing import narrowed
from qualcode.analysis.counting import Corpus, Scope
from qualcode.analysis.speech import Mask
from qualcode.analysis.tiers import COLUMNS, branches
from qualcode.project import Project
from qualcode.project.columns import DIRECTIONS, STANDINGS
from qualcode.sweep import Integers
from qualcode.table import NOTHING, Evidence


@dataclass(frozen=True, slots=True)
class Arrow:
    """All that is said of one thing leading to another.

    Attributes:
        source, target: short codes.
        people: how many make such a claim, and of how many.
        roles: role's short name, people who say so in this role, of how many interviewed in it; "" = no role known.
        cases: how many cases they come from, and of how many.
        standings: people by the strongest standing of their claims (lived, witnessed, hearsay, "" = not known).
        directions: claims by direction.
        hoped: claims that are hoped for, not counted above.
        evidence: the claims counted.
        against: how many of them say no effect, go against the outcome's valence, or are contradicted by a passage.
    """

    source: str
    target: str
    people: tuple[int, int]
    roles: tuple[tuple[str, int, int], ...]
    cases: tuple[int, int]
    standings: tuple[tuple[str, int], ...]
    directions: tuple[tuple[str, int], ...]
    hoped: int
    evidence: Evidence
    against: int = 0


class Arrows:
    """Arrows told one by one, of a project read once.

    Attributes:
        corpus: the project under its scope.

    Args:
        project: the study.
        scope: which part of it, and whose coding.
        telling: which claims, by how they are told.

    Raises:
        NotFoundError: the scope names something that is not there.
    """

    def __init__(self, project: Project, scope: Scope | None = None, telling: Telling | None = None) -> None:
        self.corpus = Corpus(project, scope)
        self._asked = asked_for(telling)

    def within(self, who: Iterable[tuple[str, str]]) -> Self:
        """The arrows as some people tell them: pairs of "role", "wave", "case" or an attribute, and its value."""
        other = copy(self)
        for name, value in who:
            other.corpus = other.corpus.within(narrowed(other.corpus.scope, name, value))
        return other

    def told(self, source: str, target: str | None) -> Arrow:
        """An arrow by the short codes of both ends; None = to any column of the change model.

        Raises:
            NotFoundError: there is no such code.
        """
        corpus = self.corpus
        tree = corpus.tree
        start = tree.branch(corpus.project.codes.get(source).short)
        ends = (
            corpus.shown(branches(tree, COLUMNS))
            if target is None
            else (tree.branch(corpus.project.codes.get(target).short),)
        )
        claims = counted_claims(corpus, (start,), ends, "people", telling=self._asked)
        of = [tree.marked([start]), tree.marked(ends)]
        ids = claims.cells.opened(start, ends)
        return Arrow(
            start.code.short,
            "" if target is None else ends[0].code.short,
            (int(claims.cells.counts()[0, -1]), corpus.denominator("people", *of) or 0),
            _people_by_role(claims, of),
            (_cases(claims), corpus.denominator("cases", *of) or 0),
            _people_by_standing(claims),
            _by_direction(claims),
            claims.hoped,
            Evidence("claim", ids) if ids else NOTHING,
            int(np.count_nonzero(claims.contradicted & claims.cells.bearing)),
        )


def arrow(
    project: Project,
    source: str,
    target: str,
    scope: Scope | None = None,
    *,
    own_only: bool = False,
    telling: Telling | None = None,
) -> Arrow:
    """One cell of the change model told in full: who says so, in which role, how they know, in which direction.

    Args:
        project: the study.
        source: short code of the row.
        target: short code of the column.
        scope: which part of the study, and whose coding.
        own_only: only claims from own experience.
        telling: which claims, by how they are told.

    Raises:
        NotFoundError: there is no such code.
    """
    return Arrows(project, scope, asked_for(telling, own_only=own_only)).told(source, target)


def _people_by_role(claims: Claims, of: list[Mask]) -> tuple[tuple[str, int, int], ...]:
    corpus, passages = claims.cells.corpus, claims.cells.passages
    visits = corpus.eligible(*of)
    role = corpus.role(passages.document[passages.spoken], passages.speaker)
    numbers = [
        (_different(passages.speaker[role == n]), _different(visits.person[visits.role == n]))
        for n in range(len(corpus.roles) + 1)
    ]
    return tuple((short, *pair) for short, pair in zip((*corpus.roles, ""), numbers, strict=True) if pair[1])


def _cases(claims: Claims) -> int:
    case_of, case = claims.cells.corpus.bearers(claims.cells.passages, "cases")
    return _different(case[claims.cells.bearing[case_of]])


def _by_direction(claims: Claims) -> tuple[tuple[str, int], ...]:
    direction = claims.direction[claims.cells.bearing]
    return tuple((word, int(np.count_nonzero(direction == place))) for place, word in enumerate(DIRECTIONS))


def _people_by_standing(claims: Claims) -> tuple[tuple[str, int], ...]:
    passages = claims.cells.passages
    strongest = np.full(claims.cells.corpus.units("people"), len(STANDINGS) + 1)
    np.minimum.at(strongest, passages.speaker, claims.standing[passages.spoken])
    counts = [(word, int(np.count_nonzero(strongest == place))) for place, word in enumerate((*STANDINGS, ""))]
    return tuple((word, count) for word, count in counts if word or count)


def _different(numbers: Integers) -> int:
    return int(np.count_nonzero(np.bincount(numbers)))
