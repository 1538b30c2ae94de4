"""`qualcode summary`: charting."""

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.coding import numbers, say_passages
from qualcode.cli.contract import note, say, say_json, say_removed
from qualcode.cli.options import Nouns, reads, with_json, words_in, writes
from qualcode.cli.printing import indented
from qualcode.errors import InputError
from qualcode.model import SummaryState
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.analysis.chart_rows import Line
    from qualcode.analysis.charts import Cell, Charts
    from qualcode.analysis.code_tree import Branch
    from qualcode.model import Summary
    from qualcode.project import Project

_NO_WAVE = "-"

_wave_option = click.option("--wave", metavar="NAME", help="At which wave; needed where there were several interviews.")
_across_option = click.option("--across", is_flag=True, help="Of all waves together: what changed.")


@click.group(
    "summary",
    cls=Nouns,
    examples=[
        "qualcode summary show A-SU1 SC2 --wave 1",
        'qualcode summary write A-SU1 SC2 "Came too late, after the second crisis." --wave 1',
        "qualcode summary write case:A SC2 --from summary.txt",
        "qualcode summary list --stale",
    ],
)
def summary_command() -> None:
    """Write what somebody says on a theme: the cells of a framework.

    A cell is of one person, or of a case (case:A), one code and one wave. It rests on segments, and is stale when these
    have changed since. qualcode table framework prints the chart.
    """


@summary_command.command(
    "write",
    examples=[
        "qualcode summary show A-SU1 SC2 --wave 1",
        "qualcode summary write A-SU1 SC2 --wave 1 < summary.txt",
        "qualcode summary write A-SU1 SC5 --wave 1 --not-asked",
        'qualcode summary write A-SU1 SC2 "From waiting to choosing." --across',
    ],
)
@click.argument("who")
@click.argument("code")
@click.argument("words", metavar="[TEXT]", required=False)
@_wave_option
@_across_option
@click.option("--from", "file", metavar="FILE|-", help="The summary stands in this file.")
@click.option("--segment", "segments", metavar="ID", multiple=True, help="It rests on this; else on all in the cell.")
@click.option("--draft", "state", flag_value="draft", help="It is not done yet.")
@click.option("--not-asked", "state", flag_value="not asked", help="It was not asked about.")
@click.option("--nothing-said", "state", flag_value="nothing said", help="It was asked, and nothing said.")
@writes
def write(
    project: "Project",
    /,
    who: str,
    code: str,
    words: str | None,
    wave: str | None,
    across: bool,
    file: str | None,
    segments: tuple[str, ...],
    state: SummaryState | None,
) -> None:
    """Write a summary, or write it anew: TEXT, a file, or standard input."""
    if words is not None and file is not None:
        raise click.UsageError("give the summary once: as TEXT or --from FILE")
    place = _place(project, who, code, wave, across=across)
    is_said = state not in ("not asked", "nothing said")
    body = _words(words, file, is_needed=is_said)
    chosen = tuple(numbers(segments)) or (place.segments if is_said else ())
    summary = project.summaries.write(
        body,
        place.theme.code.short,
        **place.of,
        wave=place.wave,
        segments=chosen,
        state=state or "charted",
    )
    say(_headline(project, summary, None))
    if place.segments and not is_said:
        note(f"{counted(len(place.segments), 'segment')} of theirs stand there all the same")


@summary_command.command("list", examples=["qualcode summary list --stale --json"])
@click.option("--stale", is_flag=True, help="Only those whose segments are others now.")
@with_json
@reads
def listing(project: "Project", stale: bool, as_json: bool) -> None:
    """Print all summaries, of all coders, in the order they were first written."""
    found = [(each, cell) for each, cell in _cells(project) if cell.is_stale or not stale]
    if as_json:
        say_json([_shape(project, each, cell) for each, cell in found])
        return
    if found:
        say("\n\n".join(f"{_headline(project, each, cell)}\n{indented(each.body)}".rstrip() for each, cell in found))
    note(counted(len(found), "summary", "summaries"))


@summary_command.command("show", examples=["qualcode summary show case:A SC2 --json"])
@click.argument("who")
@click.argument("code")
@_wave_option
@_across_option
@with_json
@reads
def show(project: "Project", /, who: str, code: str, wave: str | None, across: bool, as_json: bool) -> None:
    """Print a cell: what was written, by whom, and the passages coded there."""
    place = _place(project, who, code, wave, across=across)
    here = [
        (each, cell) for each, cell in _cells(project)
        if (each.person, each.case) == (place.of.get("person"), place.of.get("case"))
        and each.wave == place.wave and _standing(project, each) == place.theme.code.short
    ]  # fmt: skip
    rests = {segment for each, _ in here for segment in each.segments}
    passages = project.segments.by_ids({*place.segments, *rests})
    if as_json:
        waiting = [each.id for each in passages if each.id not in rests]
        say_json({"summaries": [_shape(project, each, cell) for each, cell in here], "segments_waiting": waiting})
        return
    for each, cell in here:
        say(f"{_headline(project, each, cell)}\n{indented(each.body)}\n")
    say_passages(project, passages)
    waits = sum(each.id not in rests for each in passages)
    note(f"{counted(len(passages), 'passage')}, of which {waits} stand in no summary yet")


@summary_command.command("check", examples=["qualcode summary check 3 --coder BX"])
@click.argument("number", metavar="ID")
@writes
def check(project: "Project", number: str) -> None:
    """Say that you have read another's summary against its passages, and agree."""
    summary = project.summaries.check(project.summaries.get(numbers([number])[0]))
    say(_headline(project, summary, None))


@summary_command.command("remove")
@click.argument("number", metavar="ID")
@with_json
@writes
def remove(project: "Project", number: str, as_json: bool) -> None:
    """Take away your own summary; qualcode undo brings it back."""
    found = project.summaries.get(numbers([number])[0])
    project.summaries.remove(found)
    say_removed({found.id: f"summary {found.id} removed"}, as_json=as_json)


# -- which cell ------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Place:
    """A cell of the chart: whose (`person` or `case`: id), theme, wave, and the segments counted there."""

    of: dict[str, int]
    theme: "Branch"
    wave: str
    segments: tuple[int, ...]


def _place(project: "Project", who: str, code: str, wave: str | None, *, across: bool) -> _Place:
    from qualcode.analysis import Scope
    from qualcode.analysis.charts import Charts

    if wave is not None and across:
        raise click.UsageError("a summary is of one --wave, or --across all")
    kind, _, name = who.partition(":")
    by, number = (
        ("case", project.cases.get(name).id) if kind == "case" and name else ("person", project.people.get(who).id)
    )
    charts = Charts(project, Scope(codes=(project.codes.get(code).short,), waves=(wave,) if wave else ()), by)
    theme = charts.corpus.tree.branch(project.codes.get(code).short)
    lines = [line for line in charts.rows.lines if line.bearer.id == number]
    if across:
        found = {segment for line in lines for segment in charts.rows.segments(line, theme)}
        return _Place({by: number}, theme, _NO_WAVE, tuple(sorted(found)))
    line = _line(charts, lines, who)
    return _Place({by: number}, theme, charts.corpus.waves[line.wave], charts.rows.segments(line, theme))


def _line(charts: "Charts", lines: "list[Line]", who: str) -> "Line":
    """The only line, or the only one with an interview."""
    met = [line for line in lines if line.met] or lines
    if len(met) == 1:
        return met[0]
    if not met:
        raise InputError(f"{who} speaks in no document", remedy="Say who speaks: qualcode speakers DOCUMENT LABEL=NAME")
    waves = ", ".join(charts.corpus.waves[line.wave] for line in met)
    raise InputError(
        f"{who} was interviewed at several waves: {waves}", remedy="Say which: --wave NAME; or --across, what changed."
    )


def _words(words: str | None, file: str | None, *, is_needed: bool) -> str:
    if words is None and (file is not None or is_needed):
        if file is None and sys.stdin.isatty():
            note("Write the summary; end with Ctrl-D on a line of its own.")
        words = words_in(file or "-").strip("\n")
    if is_needed and not (words or "").strip():
        raise InputError("the summary is empty", remedy="If there is nothing to write: --not-asked or --nothing-said.")
    return words or ""


# -- printing --------------------------------------------------------------------------------------------------------


def _cells(project: "Project") -> "list[tuple[Summary, Cell]]":
    """Every summary that may be seen, with its state."""
    from qualcode.analysis import Scope
    from qualcode.analysis.charts import Charts

    found = project.summaries.find()
    scope = Scope(codes=tuple({_standing(project, each): None for each in found}))
    cells: dict[int, Cell] = {}
    for by in ("person", "case"):
        charts = Charts(project, scope, by)
        cells |= {each.id: charts.alone(each) for each in charts.summaries}
    return [(each, cells[each.id]) for each in found]


def _standing(project: "Project", summary: "Summary") -> str:
    return project.codes.get(project.codes.standing()[summary.code]).short


def _who(project: "Project", summary: "Summary") -> str:
    if summary.person is not None:
        return next(person.name for person in project.people.all() if person.id == summary.person)
    return next(case.name for case in project.cases.all() if case.id == summary.case)


def _headline(project: "Project", summary: "Summary", cell: "Cell | None") -> str:
    who = _who(project, summary)
    parts = [
        f"summary {summary.id}",
        who if summary.person is not None else f"case {who}",
        _standing(project, summary),
        "across waves" if summary.wave == _NO_WAVE and _has_waves(project) else f"wave {summary.wave}",
        project.coders.get(summary.coder).short,
        summary.state if summary.state != "nothing said" else "asked, nothing said",
        f"rests on {counted(len(summary.segments), 'segment')}",
        f"stale: {cell.changed} changed, {cell.added} added since" if cell and cell.is_stale else "",
    ]
    return visible_line("  ".join(part for part in parts if part))


def _has_waves(project: "Project") -> bool:
    return any(wave.name != _NO_WAVE for wave in project.waves.all())


def _shape(project: "Project", summary: "Summary", cell: "Cell") -> dict[str, Any]:
    from qualcode.cli.shapes import summary_shape

    coder = project.coders.get(summary.coder).short
    stale = (cell.changed, cell.added)
    return summary_shape(summary, _who(project, summary), _standing(project, summary), coder, stale)
