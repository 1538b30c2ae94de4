"""Deciding: what those who met say of a disagreement is written down with its reason, and the consensus follows.

    found = meeting.agenda(project)
    decide(project, found.disagreements[0], "as AK", reason="She says so herself.")

With the first decision in a document everything that coders gave alike comes into the consensus (`matters.RULE`); with
the last one the consensus is complete there, and tables count it. One decision is one action; undo takes all of it
back. The coders' own coding is never touched.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from qualcode.agreement.holding import content
from qualcode.agreement.matters import Agenda, Disagreement, Matter, Sheet
from qualcode.agreement.meeting import agenda, completed_by, renewed, touched
from qualcode.errors import InputError, NotFoundError, RefusedError
from qualcode.project import Project
from qualcode.project.decisions import NewDecision
from qualcode.project.wording import must_be_words

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What is decided.

    Attributes:
        word: "as AK" (that coder's coding stands, also where it is none), "both" (all that anybody gave), "neither" or
            "recode".
        code: with "recode", short name of the code that is right; of a claim, where it leads from. "" = as before.
        to_code: with "recode" of a claim: where it leads to. "" = as before.
        direction: with "recode" of a claim. "" = as before.
    """

    word: str
    code: str = ""
    to_code: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """What a decision, or carrying in, has brought about: the document's sheet as it is now, and what of it is open."""

    sheet: Sheet
    left: int


def decide(project: Project, disagreement: Disagreement, outcome: Outcome | str, reason: str = "") -> Settled:
    """Decide a disagreement, or decide it anew; in one action.

    Args:
        project: it acts as its coder, who writes down for all who met.
        disagreement: of an `agenda`.
        outcome: see `Outcome`; a word alone does where nothing is recoded.
        reason: in a few words; it stands in the minutes.

    Raises:
        InputError: there is no such outcome, or "recode" does not say what is right.
        NotFoundError: there is no such code.
        RefusedError: the consensus is coded by hand there, or the coding has changed since it was looked at.
    """
    chosen = Outcome(outcome) if isinstance(outcome, str) else outcome
    document = disagreement.document
    codes = " ".join(project.codes.get(each.code).short for each in disagreement.matters)
    with project.action("decide", document=document.id, outcome=chosen.word, code=codes):
        before = _sheet(project, document.name)
        _must_be_decided_here(project, before)
        last = touched(project, document)
        for matter in _as_now(before, disagreement):
            if matter.decision is not None:
                project.decisions.remove(matter.decision)
            project.decisions.add(_written(project, matter, chosen, reason.strip()))
        return _follow(project, before, last)


def carry_in(project: Project) -> list[Settled]:
    """Complete the consensus of the documents in which nothing is to be decided, as the acting coder; in one action.

    What was completed before somebody finished another round, in which nothing is to be decided either, follows it.

    Returns:
        The documents that were completed.
    """
    with project.action("carry into the consensus"):
        done = []
        for each in agenda(project).sheets:
            last = touched(project, each.document) if each.is_settled else None
            if each.is_settled and not _is_up_to_date(project, each, last) and _is_ours(project, each):
                done.append(_follow(project, each, last))
        return done


def find(found: Agenda, document: str, code: int, to_code: int | None, at: int) -> Disagreement:
    """The disagreement on a code (of a claim: and where it leads to) at a place of a document, for a command line.

    Raises:
        NotFoundError: coders do not differ there.
    """
    for each in found.disagreements:
        if each.document.name == document:
            for one in each.matters:
                if (one.code, one.to_code) == (code, to_code) and one.start <= at < one.end:
                    return each
    raise NotFoundError("coders do not differ there on that code", remedy="List them: qualcode agreement meeting")


def _sheet(project: Project, document: str) -> Sheet:
    """The document as it is now.

    Raises:
        RefusedError: it cannot be compared any more.
    """
    sheets = agenda(project, documents=(document,)).sheets
    if not sheets:
        raise RefusedError("this document cannot be compared now", where=document, remedy="See: qualcode rounds")
    return sheets[0]


def _is_ours(project: Project, sheet: Sheet) -> bool:
    """Whether what the consensus holds in a document came from deciding; or it is nothing."""
    if project.decisions.all(sheet.document) or not project.consensus.is_begun(sheet.document):
        return True
    holds, last = set(project.consensus.holds(sheet.document)), touched(project, sheet.document)
    return holds == set(content(project, sheet)) or (last is not None and holds == set(content(project, last)))


def _is_up_to_date(project: Project, now: Sheet, last: Sheet | None) -> bool:
    """Whether the consensus is complete and there is nothing new to carry in."""
    if not now.is_complete or last is None or last.rounds == now.rounds:
        return now.is_complete
    return set(content(project, last)) == set(content(project, now))


def _must_be_decided_here(project: Project, sheet: Sheet) -> None:
    if not _is_ours(project, sheet):
        raise RefusedError(
            "the consensus was coded here by hand, without decisions",
            where=sheet.document.name,
            remedy="Change it where it was coded, as the coder consensus; or take it away there first.",
        )


def _as_now(sheet: Sheet, disagreement: Disagreement) -> list[Matter]:
    """The same matters as they are now.

    Raises:
        RefusedError: one is no longer there.
    """
    there = {_identity(each): each for each in sheet.matters}
    wanted = [_identity(each) for each in disagreement.matters]
    if any(each not in there for each in wanted):
        raise RefusedError(
            "this passage was changed since you looked at it, or somebody has finished another round",
            remedy="Look at the list again.",
        )
    return [there[each] for each in wanted]


def _identity(each: Matter) -> tuple[object, ...]:
    """Its place and codes, and what each coder gave."""
    given = tuple((side.coder, tuple(row.id for row in side.rows)) for side in each.sides)
    return each.code, each.to_code, each.start, each.end, given


def _written(project: Project, matter: Matter, chosen: Outcome, reason: str) -> NewDecision:
    """The decision on one matter.

    Raises:
        InputError: there is no such outcome, or it does not say what stands instead.
    """
    names = {f"as {side.coder}" for side in matter.sides}
    if chosen.word not in {*names, "both", "neither", "recode"}:
        raise InputError(
            f"there is no outcome {chosen.word}", remedy=f"There are {', '.join(sorted(names))}, both, neither, recode."
        )
    new = NewDecision(
        matter.document.id, matter.start, matter.end, matter.code, matter.to_code, chosen.word, reason, matter.round
    )
    if chosen.word != "recode":
        return new
    if not (chosen.code or chosen.to_code or chosen.direction):
        raise InputError("recode says what is right instead", remedy="Name the code, or of a claim its direction.")
    must_be_words(**({"direction": chosen.direction} if chosen.direction else {}))
    new = replace(
        new, instead=_code(project, chosen.code), instead_to=_code(project, chosen.to_code),
        direction=chosen.direction or None,
    )  # fmt: skip
    _must_be_another(new)
    return new


def _must_be_another(new: NewDecision) -> None:
    if new.to_code is None:
        if new.instead is None or new.instead_to is not None or new.direction is not None:
            raise InputError("a passage is given another code, and nothing else")
        return
    source, target = new.instead or new.code, new.instead_to or new.to_code
    if source == target:
        raise InputError("a claim leads from one code to another")


def _code(project: Project, short: str) -> int | None:
    """Id of a code in use, None where none is named.

    Raises:
        RefusedError: it is retired.
    """
    if not short:
        return None
    found = project.codes.get(short)
    if found.status == "retired":
        raise RefusedError(f"{found.short} {found.name} is no longer in use")
    return found.id


# -- what follows ----------------------------------------------------------------------------------------------------


def _follow(project: Project, before: Sheet, last: Sheet | None) -> Settled:
    """Let the consensus hold what is decided now instead of what was; complete it where nothing is left.

    Args:
        project: it acts as its coder.
        before: the document before this was decided.
        last: the same as those who decide left it the last time; None = they never did anything there.
    """
    document = before.document
    now = renewed(project, before)
    was = content(project, last) if last is not None else []
    wanted = content(project, now)
    if before.is_complete and completed_by(project, document) == before.rounds:
        project.consensus.reopen(document)
    project.consensus.change(document, _less(was, wanted), _less(wanted, was))
    if now.is_settled:
        project.consensus.finish(document)
    left = sum(each.is_open for each in now.disagreements)
    return Settled(replace(now, is_complete=now.is_settled), left)


def _less(some: Iterable[V], other: Iterable[V]) -> list[V]:
    taken = set(other)
    return [each for each in some if each not in taken]
