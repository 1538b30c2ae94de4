"""What rules have proposed, narrowed down."""

from collections.abc import Iterable
from dataclasses import dataclass

from qualcode.errors import not_found
from qualcode.model import Proposal, ProposalState
from qualcode.project import Project


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which proposals are asked for; all named fields must hold, of several names either.

    Attributes:
        state: None = whatever became of them.
        documents: names.
        codes: short names, each with all below it.
        rules: names.
    """

    state: ProposalState | None = "open"
    documents: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()


def wanted(project: Project, asked: Wanted) -> list[Proposal]:
    """The proposals that fit, by document and place.

    Raises:
        NotFoundError: a document, code or rule is named that is not there.
    """
    every = project.proposals.all()
    documents = {project.documents.get(each).id for each in asked.documents}
    codes = {code for short in asked.codes for code in project.codes.branch(project.codes.get(short))}
    rules = {_rule(each, every) for each in asked.rules}
    order = {document.id: place for place, document in enumerate(project.documents.all())}
    found = [
        each
        for each in every
        if (asked.state is None or each.state == asked.state)
        and (not documents or each.document in documents)
        and (not codes or each.code in codes)
        and (not rules or each.rule in rules)
    ]
    return sorted(found, key=lambda each: (order[each.document], each.start, each.end, each.id))


def _rule(name: str, every: Iterable[Proposal]) -> str:
    known = {each.rule.casefold(): each.rule for each in every}
    if name.casefold() not in known:
        raise not_found("rule with proposals", name, sorted(known.values()))
    return known[name.casefold()]
