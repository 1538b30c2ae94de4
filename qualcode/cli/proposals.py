"""The commands of `qualcode rules` about what rules have proposed: list it, accept, reject, withdraw, edit it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, get_args

import click

from qualcode.cli.coding import numbers, where
from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, reads, standing_code, with_json, with_width, writes
from qualcode.cli.printing import hanging, indented
from qualcode.errors import NotFoundError
from qualcode.model import ProposalState
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.model import Document, Proposal
    from qualcode.project import Project


def _chosen(command: Any) -> Any:
    """The options by which proposals are chosen."""
    for option in (
        click.option("--document", "documents", metavar="NAME", multiple=True),
        click.option("--code", "codes", metavar="CODE", multiple=True, help="Those for this code."),
        click.option("--rule", "rules", metavar="NAME", multiple=True, help="Those of this rule."),
    ):
        command = option(command)
    return command


@click.command("list", cls=Documented, examples=["qualcode rules", "qualcode rules list --rule hope --state all"])
@_chosen
@click.option(
    "--state", type=click.Choice([*get_args(ProposalState), "all"]), default="open", help="open (usual), or another."
)
@click.option("--ids", is_flag=True, help="Print numbers only, for rules accept and reject.")
@with_width
@with_json
@reads
def listing(project: "Project", /, state: Any, ids: bool, as_json: bool, **wanted: Any) -> None:
    """Print what is proposed: number, code, rule, citation and words of each."""
    found = _fitting(project, None if state == "all" else state, **wanted)
    if as_json:
        from qualcode.cli.shapes import proposals_shape

        say_json(proposals_shape(project, found))
    elif ids:
        say("\n".join(str(each.id) for each in found)) if found else None
    else:
        _say_proposals(project, found, state)
    _note_passed_over(project.proposals.passed_over())
    note(f"{counted(len(found), 'proposal')}{'' if state == 'all' else f', {state}'}")


@click.command(
    "accept",
    cls=Documented,
    examples=["qualcode rules accept 12 14", "qualcode rules accept --rule hope", "qualcode rules accept --all"],
)
@click.argument("ids", metavar="[ID...]", nargs=-1)
@_chosen
@click.option("--all", "every", is_flag=True, help="All that are open.")
@with_json
@writes
def accept(project: "Project", /, ids: tuple[str, ...], every: bool, as_json: bool, **wanted: Any) -> None:
    """Code what is proposed, as yours, in one action; qualcode undo takes all of it back.

    By number also what was rejected before. What you have coded so already stays as it is.
    """
    chosen = _meant(project, ids, every=every, **wanted)
    coded = project.proposals.accept(chosen)
    _say_decided("accepted", chosen, as_json=as_json)
    note(f"{counted(coded, 'passage')} newly coded by {project.coder}. Take back: qualcode undo")


@click.command(
    "reject", cls=Documented, examples=["qualcode rules reject 13", "qualcode rules reject --rule hope --code P3"]
)
@click.argument("ids", metavar="[ID...]", nargs=-1)
@_chosen
@click.option("--all", "every", is_flag=True, help="All that are open.")
@with_json
@writes
def reject(project: "Project", /, ids: tuple[str, ...], every: bool, as_json: bool, **wanted: Any) -> None:
    """Decide that passages are not to be coded so, in one action: they are not proposed again."""
    chosen = _meant(project, ids, every=every, **wanted)
    project.proposals.reject(chosen)
    _say_decided("rejected", chosen, as_json=as_json)


@click.command("withdraw", cls=Documented, examples=["qualcode rules withdraw --rule hope"])
@click.argument("ids", metavar="[ID...]", nargs=-1)
@_chosen
@click.option("--all", "every", is_flag=True, help="All that are open.")
@with_json
@writes
def withdraw(project: "Project", /, ids: tuple[str, ...], every: bool, as_json: bool, **wanted: Any) -> None:
    """Take proposals away as if they had never been made, in one action: to mend a rule that proposes too much.

    Only what is open goes; the rule, once mended, may propose it again.
    """
    chosen = _meant(project, ids, every=every, **wanted)
    project.proposals.withdraw(chosen)
    _say_decided("withdrawn", chosen, as_json=as_json)


@click.command(
    "edit", cls=Documented, examples=["qualcode rules edit 12 --at 34-36", "qualcode rules edit 12 14 --code M2b"]
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@click.option("--at", "place", metavar="PLACE", help="Move its edges: lines 34-36, an answer ¶12, characters @120:180.")
@click.option("--quote-file", metavar="FILE|-", help="Move its edges to these words, in a file or on standard input.")
@click.option("--code", metavar="CODE", help="Let them stand for another code.")
@with_json
@writes
def edit(
    project: "Project", ids: tuple[str, ...], place: str | None, quote_file: str | None, code: str | None, as_json: bool
) -> None:
    """Change the edges of one open proposal, or the code of several, before they are accepted; in one action."""
    if place is None and quote_file is None and code is None:
        raise click.UsageError("say what shall be otherwise: --at PLACE, --quote-file FILE or --code CODE")
    chosen = [project.proposals.get(each) for each in _numbers(ids)]
    span = _span(project, chosen, place, quote_file)
    with project.action("edit proposals", count=len(chosen)):
        if span is not None:
            project.proposals.move(chosen[0], *span)
        if code is not None:
            project.proposals.recode(chosen, standing_code(project, code))
    now = [project.proposals.get(each.id) for each in chosen]
    if as_json:
        from qualcode.cli.shapes import proposals_shape

        say_json(proposals_shape(project, now))
    else:
        _say_proposals(project, now, "open")


def _span(
    project: "Project", chosen: "Sequence[Proposal]", place: str | None, quote_file: str | None
) -> tuple[int, int] | None:
    """Where one proposal shall begin and end; None where that stays."""
    if place is None and quote_file is None:
        return None
    if len(chosen) > 1 or (place and quote_file):
        raise click.UsageError("one proposal, and one place for it")
    pointed, left = where((place,) if place else (), quote_file)
    if left:
        raise click.UsageError(f"one place only; {left[0]!r} is too much")
    return project.segments.place(project.documents.get(chosen[0].document), **pointed)


# -- choosing ----------------------------------------------------------------------------------------------------------


def _numbers(ids: Iterable[str]) -> list[int]:
    return numbers(ids, "proposal", "qualcode rules list")


def _meant(project: "Project", ids: tuple[str, ...], *, every: bool, **wanted: Any) -> "Sequence[Proposal]":
    """The proposals that a command is about: by number, or the open ones that fit."""
    if sum(map(bool, (ids, every, any(wanted.values())))) != 1:
        raise click.UsageError("say which: their numbers, or --rule, --code and --document, or --all alone")
    if ids:
        return [project.proposals.get(each) for each in _numbers(ids)]
    found = _fitting(project, "open", **wanted)
    if not found:
        raise NotFoundError("nothing is proposed that fits", remedy="What is: qualcode rules list")
    return found


def _fitting(
    project: "Project",
    state: ProposalState | None,
    documents: tuple[str, ...],
    codes: tuple[str, ...],
    rules: tuple[str, ...],
) -> "list[Proposal]":
    """The proposals of a state that fit what is asked for; each may be asked for in several ways."""
    from qualcode.work.proposed import Wanted, wanted

    shorts = tuple(standing_code(project, each) for each in codes)
    return wanted(project, Wanted(state, documents, shorts, rules))


def _say_proposals(project: "Project", proposals: "Sequence[Proposal]", state: str) -> None:
    shorts = {code.id: code.short for code in project.codes.all(retired=True)}
    read = project.quotations([each.hit for each in proposals])
    for each, quotation in zip(proposals, read, strict=True):
        answer = f"¶{quotation.answer}" if quotation.answer else ""
        parts = [str(each.id), shorts[each.code], f"by {each.rule}", quotation.document, answer, quotation.citation]
        if state == "all":
            parts.append(each.state)
        say(hanging(visible_line("  ".join(part for part in parts if part))))
        say(indented(quotation.words))


def _say_decided(state: str, proposals: "Sequence[Proposal]", *, as_json: bool) -> None:
    if as_json:
        say_json({state: [each.id for each in proposals]})
    else:
        say(f"{counted(len(proposals), 'proposal')} {state}")


def _note_passed_over(documents: "Sequence[Document]") -> None:
    if documents:
        names = ", ".join(each.name for each in documents)
        note(f"Not shown in documents being coded for agreement: {names}")


COMMANDS: tuple[click.Command, ...] = (listing, accept, reject, withdraw, edit)
"""What `qualcode rules` has of what was proposed."""
