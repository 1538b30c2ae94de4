"""What the consensus is to hold: what all gave alike, by `matters.RULE`, and what was decided of the rest."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from qualcode import spans
from qualcode.agreement.matters import Matter, Sheet
from qualcode.model import Claim, Segment
from qualcode.project import Project
from qualcode.project.consensus import Content, Passage, claim_of, passage_of
from qualcode.project.decisions import Decision

V = TypeVar("V")


def content(project: Project, sheet: Sheet) -> list[Content]:
    """What the consensus of a document holds by what is decided so far; each thing once."""
    definitions = {code.id: project.codes.definition_id(code.id) for code in project.codes.all(retired=True)}
    found: list[Content] = []
    recoded: list[Passage] = []
    for matter in sheet.matters:
        for each in _by_decision(project, matter):
            if isinstance(each, Passage) and matter.decision and matter.decision.said.outcome == "recode":
                recoded.append(replace(each, definition=definitions[each.code]))
            else:
                found.append(each)
    return list(dict.fromkeys([*found, *_united(recoded)]))


def _united(recoded: Sequence[Passage]) -> Iterator[Passage]:
    """Two that stood against each other and are both recoded to one code are one passage."""
    alike: dict[Passage, list[Passage]] = {}
    for each in recoded:
        alike.setdefault(replace(each, start=0, end=0), []).append(each)
    for some in alike.values():
        for start, end in spans.unite((each.start, each.end) for each in some):
            yield replace(some[0], start=start, end=end)


def _by_decision(project: Project, matter: Matter) -> Iterator[Content]:
    """What of a matter the consensus holds."""
    decision = matter.decision
    if decision is None:
        if matter.is_carried:
            yield from _together(project, matter)
    elif decision.said.outcome.startswith("as "):
        short = decision.said.outcome.removeprefix("as ")
        for side in matter.sides:
            if side.coder == short:
                yield from _of_side(project, side.rows)
    elif decision.said.outcome == "both":
        yield from _all(project, matter)
    elif decision.said.outcome == "recode":
        yield from (_recoded(each, decision) for each in _together(project, matter))


def _of_side(project: Project, rows: Sequence[Segment | Claim]) -> Iterator[Content]:
    """One coder's coding just as it is."""
    for row in rows:
        yield passage_of(row) if isinstance(row, Segment) else replace(claim_of(row), evidence=_evidence(project, row))


def _together(project: Project, matter: Matter) -> Iterator[Content]:
    """One passage or claim over all words that anybody gave; what is said of it as far as they agree."""
    rows = [row for side in matter.sides for row in side.rows]
    if matter.is_claim:
        claims = [row for row in rows if isinstance(row, Claim)]
        evidence = dict.fromkeys(each for row in claims for each in _evidence(project, row))
        yield replace(
            claim_of(claims[0]), start=matter.start, end=matter.end,
            inferred=any(each.inferred for each in claims), prompted=any(each.prompted for each in claims),
            whose=_common(each.whose for each in claims), standing=_common(each.standing for each in claims),
            tense=_common(each.tense for each in claims), evidence=tuple(evidence),
        )  # fmt: skip
        return
    segments = [row for row in rows if isinstance(row, Segment)]
    yield replace(
        passage_of(segments[0]), start=matter.start, end=matter.end,
        negative=all(each.negative for each in segments), exemplar=any(each.exemplar for each in segments),
        whose=_common(each.whose for each in segments), standing=_common(each.standing for each in segments),
        tense=_common(each.tense for each in segments),
    )  # fmt: skip


def _all(project: Project, matter: Matter) -> Iterator[Content]:
    """All that anybody gave: one passage; of claims, one for each thing that is said."""
    if not matter.is_claim:
        yield from _together(project, matter)
        return
    alike: dict[object, list[Segment | Claim]] = {}
    for side in matter.sides:
        for row in side.rows:
            if isinstance(row, Claim):
                alike.setdefault((row.direction, row.whose, row.standing, row.tense), []).append(row)
    for rows in alike.values():
        sides = tuple(replace(side, rows=tuple(row for row in side.rows if row in rows)) for side in matter.sides)
        start, end = min(row.start for row in rows), max(row.end for row in rows)
        yield from _together(project, replace(matter, start=start, end=end, sides=sides))


def _recoded(each: Content, decision: Decision) -> Content:
    said = decision.said
    if isinstance(each, Passage):
        return replace(each, code=said.instead or each.code)
    return replace(
        each, from_code=said.instead or each.from_code, to_code=said.instead_to or each.to_code,
        direction=said.direction or each.direction,
    )  # fmt: skip


def _evidence(project: Project, claim: Claim) -> tuple[tuple[int, int, int, int, str], ...]:
    """What supports, qualifies or contradicts a claim, added by whomever, as it stands now."""
    found = project.claims.evidence(claim)
    return tuple((each.document, each.text, each.start, each.end, each.stance) for each in found)


def _common(values: Iterable[V]) -> V | None:
    """The value if all have the same."""
    every = set(values)
    return every.pop() if len(every) == 1 else None
