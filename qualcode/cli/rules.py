"""`qualcode rules`: rules propose passages, and a person accepts or rejects what they propose."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, get_args

import click

from qualcode.cli.coding import numbers, where
from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import (
    Nouns,
    coder_acting,
    coder_known,
    coder_option,
    opened,
    project_option,
    project_path,
    reads,
    standing_code,
    with_json,
    with_width,
    writes,
)
from qualcode.cli.printing import aligned, hanging, indented
from qualcode.errors import NotFoundError
from qualcode.model import ProposalState
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.language.rules import Rule, RuleFile
    from qualcode.model import Document, Proposal
    from qualcode.project import Project
    from qualcode.work.rules import Ran


def _chosen(command: Any) -> Any:
    """The options by which proposals are chosen."""
    for option in (
        click.option("--document", "documents", metavar="NAME", multiple=True),
        click.option("--code", "codes", metavar="CODE", multiple=True, help="Those for this code."),
        click.option("--rule", "rules", metavar="NAME", multiple=True, help="Those of this rule."),
    ):
        command = option(command)
    return command


@click.group(
    "rules",
    cls=Nouns,
    examples=[
        "qualcode rules check rules.toml",
        "qualcode rules run rules.toml --dry-run",
        "qualcode rules run rules.toml --role SU",
        "qualcode rules",
        "qualcode rules accept 12 14",
        "qualcode rules reject --rule hope --document A-SU1_wave1",
    ],
)
def rules_command() -> None:
    """Let rules propose passages; accept or reject what they propose.

    Rules stand in a TOML file (docs/rules.md has what they can say). What they find is a proposal: it is counted
    nowhere until somebody accepts it, and is their coding then. Nothing is proposed or shown in documents that are
    being coded for agreement.
    """


@rules_command.command("check", examples=["qualcode rules check rules.toml"])
@click.argument("file", metavar="FILE")
@with_json
@project_option
@coder_option
def check(file: str, project_file: str | None, coder: str | None, as_json: bool) -> None:
    """Read a file of rules, tell every mistake in it, and print what it looks for.

    Where there is a project, its codes and roles are looked for there, and patterns are tried on what its texts are
    parsed with.
    """
    from qualcode.work.rules import check, read_rules

    found = read_rules(file)
    try:
        project_path(project_file)
    except NotFoundError:
        note("Not held against a project: there is none here.")
        _try_patterns(found, None)
    else:
        with opened(project_file, lambda: coder_known(coder) or None) as project:
            check(project, found)
            _try_patterns(found, project)
    if as_json:
        say_json([_rule_shape(each) for each in found.rules])
        return
    rows = [[each.name, visible_line(each.code), _told(each), each.covers] for each in found.rules]
    say(aligned(("rule", "code", "looks for", "covers"), rows))
    note(f"{counted(len(found.rules), 'rule')}, no mistake found")


@rules_command.command(
    "run",
    examples=[
        "qualcode rules run rules.toml --dry-run",
        "qualcode rules run rules.toml --wave 2 --role SU",
        "qualcode rules run peer_worker_rules",
    ],
)
@click.argument("file", metavar="FILE")
@click.option("--document", "documents", metavar="NAME", multiple=True)
@click.option("--person", "people", metavar="NAME", multiple=True, help="Who says it.")
@click.option("--speaker", "speakers", metavar="LABEL", multiple=True, help="Only in turns of this label.")
@click.option("--case", "cases", metavar="NAME", multiple=True, help="With all cases inside it.")
@click.option("--role", "roles", metavar="ROLE", multiple=True, help="At the document's wave: PW, SU, ...")
@click.option("--wave", "waves", metavar="NAME", multiple=True)
@click.option("--dry-run", is_flag=True, help="Print what would be proposed, and propose nothing.")
@with_json
@project_option
@coder_option
def run_command(
    file: str, project_file: str | None, coder: str | None, dry_run: bool, as_json: bool, **wanted: Any
) -> None:
    """Look for what rules say, and propose what is new, in one action.

    FILE is a TOML file, or the name of a shipped one. What was proposed before is not proposed again, whatever became
    of it; nor what you have coded so already. Options narrow down where it is looked: all must hold; of one that is
    given twice, either. Words and patterns need the texts parsed, which is done once (see qualcode language).
    """
    from qualcode.cli.language import telling
    from qualcode.work.rules import read_rules, run
    from qualcode.work.wanted import Search

    found = read_rules(file)
    with opened(project_file, lambda: coder_known(coder) or None if dry_run else coder_acting(coder)) as project:
        done = run(project, found, Search("", **wanted), is_dry=dry_run, tell=telling())
        if as_json:
            say_json(_run_shape(project, done, dry_run=dry_run))
        else:
            rows = [
                [each.rule, each.code, *map(str, (each.found, each.new, each.before, each.coded))]
                for each in done.counts
            ]
            say(aligned(("rule", "code", "found", "new", "before", "coded"), rows))
        _note_run(project, done, dry_run=dry_run)


@rules_command.command("list", examples=["qualcode rules", "qualcode rules list --rule hope --state all"])
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


@rules_command.command(
    "accept",
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


@rules_command.command("reject", examples=["qualcode rules reject 13", "qualcode rules reject --rule hope --code P3"])
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


@rules_command.command("withdraw", examples=["qualcode rules withdraw --rule hope"])
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


@rules_command.command("edit", examples=["qualcode rules edit 12 --at 34-36", "qualcode rules edit 12 14 --code M2b"])
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


def _try_patterns(file: "RuleFile", project: "Project | None") -> None:
    """Let spaCy look at the patterns, if there are any."""
    patterns = [rule for rule in file.rules if rule.kind == "pattern"]
    if patterns:
        from qualcode.language.pipelines import Choice, resolve
        from qualcode.language.rule_patterns import Patterns
        from qualcode.work.parse_texts import pipeline_for

        Patterns(file, patterns, pipeline_for(project) if project else resolve(Choice()))


# -- telling -----------------------------------------------------------------------------------------------------------


def _told(rule: "Rule") -> str:
    """What a rule looks for, in a line."""
    more = [*(["in whatever form"] if rule.lemma else []), *(["asked too"] if rule.asked else []), *rule.roles]
    sought = ", ".join(rule.sought)
    shown = sought if len(sought) < 60 else f"{sought[:58]} …"
    aside = f" ({', '.join(more)})" if more else ""
    return visible_line(f"{rule.kind}: {shown}{aside}")


def _rule_shape(rule: "Rule") -> dict[str, object]:
    return {
        "rule": rule.name, "line": rule.line, "code": rule.code, "kind": rule.kind, "sought": list(rule.sought),
        "covers": rule.covers, "lemma": rule.lemma, "asked": rule.asked, "roles": list(rule.roles),
        "digest": rule.digest.hex(),
    }  # fmt: skip


def _run_shape(project: "Project", done: "Ran", *, dry_run: bool) -> dict[str, object]:
    names = {each.id: each.name for each in project.documents.all()}
    shorts = {each.id: each.short for each in project.codes.all(retired=True)}
    places = [
        {"document": names[each.document], "start": each.start, "end": each.end, "code": shorts[each.code],
         "rule": each.rule.name}
        for each in done.new
    ]  # fmt: skip
    counts = [
        {"rule": each.rule, "code": each.code, "found": each.found, "new": each.new, "before": each.before,
         "coded": each.coded}
        for each in done.counts
    ]  # fmt: skip
    return {
        "rules": counts, "places": places, "proposed": not dry_run, "documents": list(done.documents),
        "passed_over": list(done.passed_over), "pipeline": done.pipeline, "lacking": done.lacking,
    }  # fmt: skip


def _note_run(project: "Project", done: "Ran", *, dry_run: bool) -> None:
    if done.pipeline:
        note(f"Base forms and patterns: {done.pipeline}")
    if done.lacking:
        note(done.lacking)
    if done.passed_over:
        names = ", ".join(done.passed_over)
        note(f"Passed over, since it is being coded for agreement: {names}")
    count = f"{counted(len(done.new), 'passage')} in {counted(len({each.document for each in done.new}), 'document')}"
    if dry_run:
        note(f"{count} would be proposed. Nothing was written: this was a dry run.")
    elif done.new:
        note(f"{count} proposed. Look: qualcode rules; take back: qualcode undo")
    else:
        note(f"Nothing new is proposed. {counted(project.proposals.count(), 'proposal is', 'proposals are')} open.")


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
