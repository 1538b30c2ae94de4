"""`qualcode agreement`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli import deciding
from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import (
    Nouns,
    coder_known,
    opened,
    pairs,
    project_option,
    standing_code,
    whole,
    with_json,
)
from qualcode.cli.tables import print_table, write
from qualcode.cli.writing import keep_originals, out_option, scan
from qualcode.errors import RefusedError
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.agreement import Comparison
    from qualcode.project import Project
    from qualcode.table import Table

_UNITS = ("answer", "turn", "sentence", "token", "character", "paragraph", "document", "match")
_OPTIONS = (
    click.option("--coder", "coders", metavar="NAME", multiple=True,
                 help="Whom to compare, twice or more; else all people who have finished a document. Nobody acts here: "
                 "who looks is said by QUALCODE_CODER or the settings."),
    click.option("--code", "codes", metavar="CODE", multiple=True,
                 help="Only these codes and those below them; else all in use."),
    click.option("--group", "groups", metavar="NAME=CODE,CODE", multiple=True,
                 help="Compare these codes as one, beside those of --code or alone."),
    click.option("--unit", type=click.Choice(_UNITS), default="answer", show_default=True, help="What is compared."),
    click.option("--partial", type=click.Choice(["any", "majority", "all"]),
                 help="How much of a unit must be coded; else any, of sentences and tokens the majority."),
    click.option("--threshold", type=click.FloatRange(0, 1, min_open=True),
                 help="With --unit match: how much two passages must share of what they cover; else 0.9."),
    click.option("--weight", type=click.Choice(["one", "length"]), default="one", show_default=True,
                 help="Whether each unit counts one, or its length."),
    click.option("--round", "rounds", type=whole(1), metavar="N", help="Else the last that two have finished."),
    click.option("--document", "documents", metavar="NAME", multiple=True, help="Only these documents."),
    click.option("--role", "roles", metavar="ROLE", multiple=True, help="Only what people say in this role."),
    click.option("--attribute", "attributes", metavar="NAME=VALUE", multiple=True, help="Only what such people say."),
    click.option("--descendants", is_flag=True, help="A code counts what stands under the codes below it too."),
    click.option("--interviewer", "interviewers", is_flag=True,
                 help="Rate the words of interviewers and of third voices (speakers who take no part) too."),
)  # fmt: skip


def _compared(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of a comparison; it gets them as keyword arguments, for `_comparison`."""
    for option in reversed(_OPTIONS):
        command = option(command)
    return project_option(command)


@click.group(
    "agreement",
    cls=Nouns,
    usual="codes",
    examples=[
        "qualcode agreement",
        "qualcode agreement --coder AK --coder JB --unit sentence --all --out agreement.xlsx",
        "qualcode agreement --group Hope=P3,P9 --group Peer=M2a,M2b",
        "qualcode agreement differences M2a --document A-SU1_wave1",
        "qualcode agreement confusion AK JB",
        "qualcode agreement report --out agreement.docx",
        "qualcode agreement meeting",
        "qualcode agreement plan --kappa 0.7 --lower 0.5 --prevalence 0.1",
    ],
)
def agreement_command() -> None:
    """How far coders agree, where they differ, and a report of it.

    Finished rounds are compared (qualcode documents finish); a document that a coder has not finished is missing for
    that coder. Without another word it is the table by code. Where coding is one person's reading, the list of
    differences can be used alone.
    """


@agreement_command.command(
    "codes", examples=["qualcode agreement codes --code M2a --code M2b --unit turn", "qualcode agreement --all --json"]
)
@_compared
@click.option("--all", "every", is_flag=True, help="All other statistics and intervals, too.")
@click.option("--gold", metavar="NAME", help="Take this coder's coding as right: precision and recall of the others.")
@out_option("Write it: .csv .docx .html .json .md .tex .xlsx.")
@click.option("--width", type=whole(24), help="Cells of a printed line; else the terminal's.")
@with_json
def codes(
    project_file: str | None, every: bool, gold: str | None, paths: tuple[str, ...], is_forced: bool,
    width: int | None, as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """Print a row a code: observed agreement, kappa, alpha with its interval, F1, prevalence, status."""
    from qualcode.agreement.report import code_table

    with _comparison(project_file, asked) as (project, found):
        table = code_table(project, found, every=every, gold=project.coders.get(gold).short if gold else "")
        _show(project, table, paths, width, is_forced=is_forced, as_json=as_json)


@agreement_command.command(
    "statistics", examples=["qualcode agreement statistics M2a", "qualcode agreement statistics --unit sentence --json"]
)
@click.argument("code", required=False)
@_compared
@out_option("Write it: .csv .docx .html .json .md .tex .xlsx.")
@click.option("--width", type=whole(24), help="Cells of a printed line; else the terminal's.")
@with_json
def print_statistics(
    code: str | None, project_file: str | None, paths: tuple[str, ...], is_forced: bool, width: int | None,
    as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """Print every statistic of a code, or of all, with its standard error; and alpha of whole sets of codes."""
    from qualcode.agreement.in_detail import statistics_table

    with _comparison(project_file, asked) as (project, found):
        table = statistics_table(project, found, [_asked(project, found, code)] if code else ())
        _show(project, table, paths, width, is_forced=is_forced, as_json=as_json)


@agreement_command.command(
    "unitising",
    examples=["qualcode agreement unitising", "qualcode agreement unitising --together --code M2a --code M2b"],
)
@_compared
@click.option("--together", is_flag=True, help="Take the codes as a group of which each passage has one.")
@out_option("Write it: .csv .docx .html .json .md .tex .xlsx.")
@click.option("--width", type=whole(24), help="Cells of a printed line; else the terminal's.")
@with_json
def print_unitising(
    project_file: str | None, together: bool, paths: tuple[str, ...], is_forced: bool, width: int | None,
    as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """Print Krippendorff's alphas for unitising: how far coders marked the same passages, edges and all.

    A row a code; with --together the family of a group of codes: u, |u, cu and (k)u.
    """
    from qualcode.agreement.in_detail import unitising_table

    with _comparison(project_file, asked) as (project, found):
        table = unitising_table(project, found, together=together)
        _show(project, table, paths, width, is_forced=is_forced, as_json=as_json)


@agreement_command.command(
    "differences",
    examples=["qualcode agreement differences M2a", "qualcode agreement differences --out meeting.docx"],
)
@click.argument("code", required=False)
@_compared
@out_option("Write it: .csv .docx .html .json .md .tex .xlsx.")
@click.option("--width", type=whole(24), help="Cells of a printed line; else the terminal's.")
@with_json
def list_differences(
    code: str | None, project_file: str | None, paths: tuple[str, ...], is_forced: bool, width: int | None,
    as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """Print the passages on which coders differ, in their context.

    Passages that all of them coded, with other edges, are folded into a row a code.
    """
    from qualcode.agreement.listing import difference_table

    with _comparison(project_file, asked) as (project, found):
        chosen = _asked(project, found, code) if code else None
        table = difference_table(project, found, chosen)
        _show(project, table, paths, width, is_forced=is_forced, as_json=as_json)


@agreement_command.command(
    "confusion", examples=["qualcode agreement confusion AK JB", "qualcode agreement confusion AK JB --form matrix"]
)
@click.argument("first")
@click.argument("second")
@_compared
@click.option("--form", type=click.Choice(["pairs", "matrix"]), default="pairs", show_default=True)
@out_option("Write it: .csv .docx .html .json .md .tex .xlsx.")
@click.option("--width", type=whole(24), help="Cells of a printed line; else the terminal's.")
@with_json
def print_confusion(
    first: str, second: str, project_file: str | None, form: str, paths: tuple[str, ...], is_forced: bool,
    width: int | None, as_json: bool, **asked: Any,
) -> None:  # fmt: skip
    """Print which codes two coders take for one another, and which one gives where the other gives nothing."""
    from qualcode.agreement.confusions import confusion_matrix, confusion_table

    asked["coders"] = asked["coders"] or (first, second)
    with _comparison(project_file, asked) as (project, found):
        one, other = project.coders.get(first).short, project.coders.get(second).short
        table = {"pairs": confusion_table, "matrix": confusion_matrix}[form](project, found, one, other)
        _show(project, table, paths, width, is_forced=is_forced, as_json=as_json)


@agreement_command.command("report", examples=["qualcode agreement report --out agreement.docx"])
@_compared
@click.option(
    "--all", "every", is_flag=True, help="All other statistics and intervals by code, and alphas for unitising."
)
@out_option("Write it: .docx .html .json .md .tex .xlsx (a sheet a table).", required=True)
def write_report(project_file: str | None, every: bool, paths: tuple[str, ...], is_forced: bool, **asked: Any) -> None:
    """Write everything into one file: .docx, .html, .md, .xlsx (a sheet a table), .tex or .json.

    Design, definitions, a methods paragraph with its sources, numbers over all codes and by code with a forest plot,
    coders in pairs, codes taken for one another, the list of differences with a barcode, rounds, consensus, caveats.
    """
    from qualcode.agreement.document import agreement_report
    from qualcode.report.exporting import export_paper
    from qualcode.report.papers import checked

    for path in paths:
        checked(Path(path))
    with _comparison(project_file, asked) as (project, found):
        keep_originals(project, paths, is_forced)
        paper = agreement_report(project, _options(project, asked), every=every, found=found)
        for path in paths:
            export_paper(project, paper, Path(path), scan())
            say(f"Wrote {visible_line(path)}")


@agreement_command.command(
    "plan", examples=["qualcode agreement plan --kappa 0.7 --lower 0.5 --prevalence 0.1 --coders 3"]
)
@click.option("--kappa", type=float, required=True, help="The kappa you expect.")
@click.option("--lower", type=float, required=True, help="The lowest kappa that the interval may reach down to.")
@click.option("--prevalence", type=float, required=True, help="The share of units that you expect to have the code.")
@click.option("--upper", type=float, help="The highest it may reach up to; else wherever that falls.")
@click.option("--coders", type=whole(2), default=2, show_default=True, help="How many code every unit.")
@click.option("--confidence", type=float, default=0.95, show_default=True)
@click.option("--one-sided", is_flag=True, help="A lower limit alone; else the interval of two sides.")
@with_json
def print_plan(as_json: bool, **wanted: Any) -> None:
    """Print how many units must be coded by all for kappa to be known well enough (Donner & Rotondi 2010)."""
    from dataclasses import asdict

    from qualcode.agreement import units_needed

    try:
        plan = units_needed(**wanted)
    except ValueError as error:
        raise click.UsageError(str(error)) from None
    if as_json:
        say_json(asdict(plan))
        return
    level = f"{100 * plan.confidence:g}%"
    reach = f"reaches down to {plan.lower:g}" + (f" and up to {plan.upper:g}" if plan.upper else "") + " at most"
    told = f"the two-sided {level} interval of a kappa of {plan.kappa:g} {reach}"
    if plan.is_one_sided:
        told = f"the one-sided {level} lower limit of a kappa of {plan.kappa:g} is {plan.lower:g} at least"
    say(
        f"{counted(plan.units, 'unit')}, each coded by {plan.coders} coders: then {told}, for a code of "
        f"{100 * plan.prevalence:g}% of units."
    )
    if plan.is_one_sided:
        note("Comparisons give intervals of two sides, which take more units: leave out --one-sided.")
    note("Units are taken as independent: answers of different people are, sentences of one interview are not.")
    if plan.is_thin:
        note("Fewer than five units are expected to have the code, so that the formula is rough.")


for each in deciding.COMMANDS:
    agreement_command.add_command(each)


@contextmanager
def _comparison(project_file: str | None, asked: dict[str, Any]) -> "Iterator[tuple[Project, Comparison]]":
    """The project and what was found; a project in which nothing can be compared is refused with the reasons.

    --coder says whom to compare; who looks is known by QUALCODE_CODER or the settings, or nobody.
    """
    with opened(project_file, lambda: coder_known(None) or None) as project:
        from qualcode.agreement import compare

        found = compare(project, **_options(project, asked))
        if not found.design.compared:
            raise _nothing(found)
        yield project, found


def _options(project: "Project", asked: dict[str, Any]) -> dict[str, Any]:
    """The options as `compare` takes them; a code is asked for with those below it, as in every table."""
    from qualcode.agreement.sheet import with_groups

    names = {"coders", "codes", "documents"}
    options = {name: value or None if name in names else value for name, value in asked.items()}
    alone = [standing_code(project, short) for short in asked["codes"]]
    options["codes"] = with_groups(project, alone, _groups(project, asked["groups"]))
    del options["groups"]
    if options.pop("threshold") is not None:
        if options["unit"] != "match":
            raise click.UsageError("--threshold is said with --unit match")
        options["threshold"] = asked["threshold"]
    options["attributes"] = pairs(asked["attributes"], "NAME=VALUE")
    return options


def _groups(project: "Project", given: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Codes that are compared as one: names, each with its short names."""
    named = pairs(given, "NAME=CODE,CODE")
    split = [(name, [each.strip() for each in codes.split(",") if each.strip()]) for name, codes in named]
    return [(name, [standing_code(project, each) for each in codes]) for name, codes in split]


def _asked(project: "Project", found: "Comparison", given: str) -> str:
    """A group that is compared, by its name, or else a code."""
    groups = {name.casefold(): name for name, _ in found.design.groups}
    return groups.get(given.casefold()) or standing_code(project, given)


def _nothing(found: "Comparison") -> RefusedError:
    """Why no document can be compared, and what to do."""
    reasons: dict[str, list[str]] = {}
    for each in found.design.set_aside:
        reasons.setdefault(each.why, []).append(each.name)
    told = "\n".join(f"{why}: {_some(names)}" for why, names in reasons.items())
    remedy = "Agreement compares what two have finished: qualcode documents finish DOCUMENT. Who has: qualcode rounds"
    if any("blind" in why for why in reasons):
        remedy = "Agreement is shown once all who were asked to code blind have finished. Who has: qualcode rounds"
    return RefusedError(f"there is no document to compare\n{told}".rstrip(), remedy=remedy)


def _some(names: list[str]) -> str:
    """The first few."""
    more = f" and {len(names) - 4} more" if len(names) > 5 else ""
    return ", ".join(names[:4] if more else names) + more


def _show(
    project: "Project", table: "Table", paths: Sequence[str], width: int | None, *, is_forced: bool, as_json: bool
) -> None:
    """Print a table, or write it, as `qualcode table` does."""
    keep_originals(project, paths, is_forced)
    if as_json:
        from qualcode.report.json_file import content

        click.echo(content(table), nl=False)
    elif not paths:
        print_table(table, width)
    for path in paths:
        write(project, table, Path(path))
