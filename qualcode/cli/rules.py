"""`qualcode rules`: rules propose passages, and a person accepts or rejects what they propose."""

from typing import TYPE_CHECKING, Any

import click

from qualcode.cli import proposals
from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import (
    Nouns,
    coder_acting,
    coder_known,
    coder_option,
    opened,
    project_option,
    project_path,
    with_json,
)
from qualcode.cli.printing import aligned
from qualcode.errors import NotFoundError
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.language.rules import Rule, RuleFile
    from qualcode.project import Project
    from qualcode.work.rules import Ran


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


for each in proposals.COMMANDS:
    rules_command.add_command(each)
