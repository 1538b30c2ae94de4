"""One arrow of the change model, told in full."""

from dataclasses import dataclass

import numpy as np

from qualcode.analysis.claims import Claims, counted_claims
from qualcode.analysis.counting import Corpus, Scope
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


def arrow(project: Project, source: str, target: str, scope: Scope | None = None, *, own_only: bool = False) -> Arrow:
    """One cell of the change model told in full: who says so, in which role, how they know, in which direction.

    Args:
        project: the study.
        source: short code of the row.
        target: short code of the column.
        scope: which part of the study, and whose coding.
        own_only: only claims from own experience.

    Raises:
        NotFoundError: there is no such code.
    """
    corpus = Corpus(project, scope)
    ends = [corpus.tree.branch(project.codes.get(short).short) for short in (source, target)]
    claims = counted_claims(corpus, (ends[0],), (ends[1],), "people", own_only=own_only)
    cells, passages = claims.cells, claims.cells.passages
    masks = [corpus.tree.marked([end]) for end in ends]
    visits = corpus.eligible(*masks)
    role = corpus.role(passages.document[passages.spoken], passages.speaker)
    of_role = [
        (_different(passages.speaker[role == n]), _different(visits.person[visits.role == n]))
        for n in range(len(corpus.roles) + 1)
    ]
    case_of, case = corpus.bearers(passages, "cases")
    said_in = _different(case[cells.bearing[case_of]])
    direction = claims.direction[cells.bearing]
    ids = cells.opened(ends[0], (ends[1],))
    return Arrow(
        ends[0].code.short,
        ends[1].code.short,
        (int(cells.counts()[0, 0]), corpus.denominator("people", *masks) or 0),
        tuple((short, *numbers) for short, numbers in zip((*corpus.roles, ""), of_role, strict=True) if numbers[1]),
        (said_in, corpus.denominator("cases", *masks) or 0),
        _people_by_standing(claims),
        tuple((word, int(np.count_nonzero(direction == place))) for place, word in enumerate(DIRECTIONS)),
        claims.hoped,
        Evidence("claim", ids) if ids else NOTHING,
    )


def _people_by_standing(claims: Claims) -> tuple[tuple[str, int], ...]:
    passages = claims.cells.passages
    strongest = np.full(claims.cells.corpus.units("people"), len(STANDINGS) + 1)
    np.minimum.at(strongest, passages.speaker, claims.standing[passages.spoken])
    counts = [(word, int(np.count_nonzero(strongest == place))) for place, word in enumerate((*STANDINGS, ""))]
    return tuple((word, count) for word, count in counts if word or count)


def _different(numbers: Integers) -> int:
    return int(np.count_nonzero(np.bincount(numbers)))
