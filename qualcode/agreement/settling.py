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
from qualcode.agreement.meeting import agenda, renewed
from qualcode.errors import InputError, NotFoundError, RefusedError
from qualcode.project import Project
from qualcode.project.consensus import Content
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
        _must_be_decided_here(project, before, disagreement)
        for matter in _as_now(before, disagreement):
            if matter.decision is not None:
                project.decisions.remove(matter.decision)
            project.decisions.add(_written(project, matter, chosen, reason.strip()))
        return _follow(project, before)


def carry_in(project: Project) -> list[Settled]:
    """Complete the consensus of the documents in which nothing is to be decided, as the acting coder; in one action.

    Returns:
        The documents that were completed.
    """
    with project.action("carry into the consensus"):
        left = [each for each in agenda(project).sheets if each.is_settled and not each.is_complete]
        left = [each for each in left if _is_ours(project, each)]
        return [_follow(project, each) for each in left]


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
    return set(project.consensus.holds(sheet.document)) == set(content(project, sheet))


def _must_be_decided_here(project: Project, sheet: Sheet, disagreement: Disagreement) -> None:
    if not _is_ours(project, sheet):
        raise RefusedError(
            "the consensus was coded here by hand, without decisions",
            where=sheet.document.name,
            remedy="Change it where it was coded, as the coder consensus; or take it away there first.",
        )
    if sheet.round != disagreement.matters[0].round:
        raise RefusedError("the coders have finished another round since", remedy="Look at the list again.")


def _as_now(sheet: Sheet, disagreement: Disagreement) -> list[Matter]:
    """The same matters as they are now.

    Raises:
        RefusedError: one is no longer there.
    """
    there = {(each.code, each.to_code, each.start, each.end): each for each in sheet.matters}
    wanted = [(each.code, each.to_code, each.start, each.end) for each in disagreement.matters]
    if any(each not in there for each in wanted):
        raise RefusedError("this passage was changed since you looked at it", remedy="Look at the list again.")
    return [there[each] for each in wanted]


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


def _follow(project: Project, before: Sheet) -> Settled:
    """Let the consensus hold what is decided now instead of what was; complete it where nothing is left."""
    document = before.document
    now = renewed(project, before)
    was = _held(project, before)
    wanted = content(project, now)
    if before.is_complete and _is_of_this_round(project, before):
        project.consensus.reopen(document)
    project.consensus.change(document, _less(was, wanted), _less(wanted, was))
    if now.is_settled:
        project.consensus.finish(document)
    left = sum(each.is_open for each in now.disagreements)
    return Settled(replace(now, is_complete=now.is_settled), left)


def _is_of_this_round(project: Project, sheet: Sheet) -> bool:
    return not any(each.said.round < sheet.round for each in project.decisions.all(sheet.document)) or any(
        each.decision for each in sheet.matters
    )


def _held(project: Project, before: Sheet) -> list[Content]:
    """What deciding has put into the consensus so far: nothing before the first decision."""
    if any(each.decision for each in before.matters) or (before.is_settled and before.is_complete):
        return content(project, before)
    earlier = [each.said.round for each in project.decisions.all(before.document) if each.said.round < before.round]
    if not earlier:
        return []
    found = agenda(project, rounds=max(earlier), documents=(before.document.name,)).sheets
    return content(project, found[0]) if found else []


def _less(some: Iterable[V], other: Iterable[V]) -> list[V]:
    taken = set(other)
    return [each for each in some if each not in taken]
