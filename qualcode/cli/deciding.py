"""`qualcode agreement meeting`, `decide`, `carry-in` and `minutes`: what coders differ on is settled, with reasons."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.contract import note, say
from qualcode.cli.options import Documented, reads, standing_code, whole, with_json, writes
from qualcode.cli.tables import print_table, write
from qualcode.cli.writing import keep_originals, out_option, scan
from qualcode.errors import InputError
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.agreement.matters import Agenda, Disagreement
    from qualcode.agreement.settling import Settled
    from qualcode.project import Project


@click.command(
    "meeting",
    cls=Documented,
    examples=["qualcode agreement meeting --code M2a", "qualcode agreement meeting --all --out list.docx"],
)
@click.option("--code", "codes", metavar="CODE", multiple=True, help="Only these codes; of claims, either end.")
@click.option("--document", "documents", metavar="NAME", multiple=True, help="Only these documents.")
@click.option("--all", "every", is_flag=True, help="What is decided, too, and what differs in its edges alone.")
@out_option("Write it: .csv .docx .html .json .md .tex .xlsx.")
@click.option("--width", type=whole(24), help="Cells of a printed line; else the terminal's.")
@with_json
@reads
def meeting(
    project: "Project", codes: tuple[str, ...], documents: tuple[str, ...], every: bool, paths: tuple[str, ...],
    is_forced: bool, width: int | None, as_json: bool,
) -> None:  # fmt: skip
    """List what coders differ on, passages and claims, each with the key by which it is decided."""
    from qualcode.agreement.meeting import agenda
    from qualcode.agreement.minutes import meeting_table
    from qualcode.report.json_file import content

    found = agenda(project, documents=documents or None)
    wanted = {project.codes.get(standing_code(project, short)).id for short in codes}
    chosen = [each for each in found.disagreements if _is_asked(found, each, wanted, every=every)]
    table = meeting_table(project, found, chosen)
    keep_originals(project, paths, is_forced)
    if as_json:
        click.echo(content(table), nl=False)
    elif not paths:
        print_table(table, width)
    for path in paths:
        write(project, table, Path(path))


def _is_asked(found: "Agenda", each: "Disagreement", codes: set[int], *, every: bool) -> bool:
    if codes and not codes & {code for one in each.matters for code in (one.code, one.to_code)}:
        return False
    return every or (each.is_open and not found.is_by_hand(each))


@click.command(
    "decide",
    cls=Documented,
    examples=[
        'qualcode agreement decide A-SU1:1034:M2a --as AK --reason "She says so herself."',
        'qualcode agreement decide A-SU1:1034:M2a --recode M2c --reason "It is how it is told."',
        'qualcode agreement decide "A-SU1:1034:M2a>P3" --recode --direction mixed',
    ],
)
@click.argument("key")
@click.option("--as", "whose", metavar="CODER", help="This coder's coding stands, also where it is none.")
@click.option("--both", is_flag=True, help="All that anybody gave stands.")
@click.option("--neither", is_flag=True, help="Nothing of it stands.")
@click.option("--recode", "code", metavar="CODE", is_flag=False, flag_value="",
              help="Another code is right; of a claim, where it leads from.")  # fmt: skip
@click.option("--to", "to_code", metavar="CODE", default="", help="With --recode of a claim: where it leads to.")
@click.option("--direction", default="", help="With --recode of a claim: raises, lowers, no effect or mixed.")
@click.option("--reason", default="", help="Why, in a few words; it stands in the minutes.")
@writes
def decide_one(
    project: "Project", key: str, whose: str | None, both: bool, neither: bool, code: str | None, to_code: str,
    direction: str, reason: str,
) -> None:  # fmt: skip
    """Decide what coders differ on, or decide it anew; its key is in qualcode agreement meeting.

    With the first decision in a document, what all gave alike comes into the consensus; with the last, the consensus
    is complete and tables count it. Two codes that stand against each other on the same words are decided at once.
    Undo takes a decision back.
    """
    from qualcode.agreement.meeting import agenda
    from qualcode.agreement.settling import Outcome, decide

    words = [*([f"as {project.coders.get(whose).short}"] if whose else []), *["both"] * both, *["neither"] * neither,
             *["recode"] * (code is not None)]  # fmt: skip
    if len(words) != 1:
        raise click.UsageError("say one of --as CODER, --both, --neither and --recode CODE")
    document, at, ends = _parts(project, key)
    found = agenda(project, documents=(document,))
    disagreement = _meant(found, document, at, ends)
    outcome = Outcome(words[0], code or "", to_code, direction)
    _tell(decide(project, disagreement, outcome, reason))


def _parts(project: "Project", key: str) -> tuple[str, int, tuple[int, int | None]]:
    """Document, place and codes of a key.

    Raises:
        InputError: it is no key.
    """
    document, _, rest = key.rpartition(":")[0].rpartition(":")
    codes = key.rpartition(":")[2]
    if not document or not rest.isdigit():
        raise InputError(f"this is no key: {key}", remedy="Keys are listed: qualcode agreement meeting")
    known = {each.short for each in project.codes.all()}
    source, arrow, target = codes.partition(">")
    if arrow and codes not in known:
        return document, int(rest), (project.codes.get(source).id, project.codes.get(target).id)
    return document, int(rest), (project.codes.get(codes).id, None)


def _meant(found: "Agenda", document: str, at: int, ends: tuple[int, int | None]) -> "Disagreement":
    from qualcode.agreement.settling import find

    return find(found, document, *ends, at)


def _tell(told: "Settled") -> None:
    name = visible_line(told.sheet.document.name)
    if told.sheet.is_complete:
        say(f"{name}: decided. Nothing is left there: the consensus is complete, and tables count it.")
    else:
        say(f"{name}: decided. {counted(told.left, 'disagreement')} left there.")


@click.command("carry-in", cls=Documented, examples=["qualcode agreement carry-in"])
@writes
def carry(project: "Project") -> None:
    """Complete the consensus of documents in which nothing is to be decided, since all gave the same."""
    from qualcode.agreement.settling import carry_in

    done = carry_in(project)
    for each in done:
        say(f"{visible_line(each.sheet.document.name)}: the consensus is complete")
    if not done:
        note("There is no document in which coders agree on everything and the consensus is not complete.")


@click.command("minutes", cls=Documented, examples=["qualcode agreement minutes --out minutes.docx --since 2026-05-04"])
@click.option("--since", metavar="DAY", help="Only what was decided on this day (2026-05-04, UTC) or later.")
@out_option("Write them: .docx .html .json .md .tex .xlsx.", required=True)
@reads
def write_minutes(project: "Project", since: str | None, paths: tuple[str, ...], is_forced: bool) -> None:
    """Write the minutes of the meeting: .docx, .html, .md, .xlsx, .tex or .json.

    Decisions with their reasons, by whom and when; rules added to definitions since; where the consensus is complete;
    what is still open.
    """
    from qualcode.agreement.minutes import minutes
    from qualcode.report.exporting import export_paper
    from qualcode.report.papers import checked

    for path in paths:
        checked(Path(path))
    made = minutes(project, since=_day(since) if since else None)
    keep_originals(project, paths, is_forced)
    for path in paths:
        export_paper(project, made, Path(path), scan())
        say(f"Wrote {visible_line(path)}")


def _day(typed: str) -> date:
    try:
        return datetime.strptime(typed, "%Y-%m-%d").date()  # noqa: DTZ007 (a day has no zone)
    except ValueError:
        raise click.UsageError(f"{typed!r} is no day: write it as 2026-05-04") from None


COMMANDS: tuple[click.Command, ...] = (meeting, decide_one, carry, write_minutes)
"""What `qualcode agreement` has of deciding."""
