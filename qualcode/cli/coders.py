"""`qualcode coders` and `qualcode assign`: who codes, and who was asked to code what, blind or not."""

from collections import Counter
from typing import TYPE_CHECKING

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import (
    Documented,
    Nouns,
    coder_acting,
    coder_known,
    coder_option,
    opened,
    project_option,
    reads,
    whole,
    with_json,
    writes,
)
from qualcode.cli.printing import aligned
from qualcode.settings import checked_coder
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.project.coders import Assignment


@click.group(
    "coders", cls=Nouns, examples=["qualcode coders", 'qualcode coders add JB "Jo Brown"', "qualcode coders --json"]
)
def coders_command() -> None:
    """List who codes in this study; add coders before they begin.

    Whoever writes something as --coder JB is a coder from then on. Adding one beforehand lets you ask them to code:
    qualcode assign
    """


@coders_command.command("list")
@with_json
@reads
def listing(project: "Project", as_json: bool) -> None:
    """Print every coder: how many documents each has finished, and was asked for and has not."""
    finished = Counter(coder for coder, _ in {(each.coder, each.document) for each in project.coders.finished()})
    asked = Counter(each.coder for each in project.coders.assignments() if not each.is_finished)
    shapes = [
        {
            "coder": coder.short,
            "name": coder.name,
            "kind": coder.kind,
            "finished": finished[coder.short],
            "asked": asked[coder.short],
        }
        for coder in project.coders.all()
    ]
    if as_json:
        say_json(shapes)
        return
    heads = ("coder", "name", "kind", "finished", "asked")
    say(aligned(heads, [[str(shape[head]) for head in heads] for shape in shapes]))
    note(counted(len(shapes), "coder"))


@coders_command.command("add", examples=["qualcode coders add JB", 'qualcode coders add JB "Jo Brown"'])
@click.argument("short")
@click.argument("name", default="")
@with_json
@writes
def add(project: "Project", short: str, name: str, as_json: bool) -> None:
    """Add a coder: the short name that stands beside what they code, and the full name.

    Coders stay for good, since the history refers to them; undo takes one back who has done nothing yet.
    """
    coder = project.coders.add(checked_coder(short), name)
    if as_json:
        say_json({"coder": coder.short, "name": coder.name, "kind": coder.kind})
    else:
        say(visible_line(f"{coder.short} {coder.name}" if coder.name != coder.short else coder.short))


@click.command(
    "assign",
    cls=Documented,
    examples=[
        "qualcode assign A-SU1_wave1 A-PW1 --to AK --to JB --blind",
        "qualcode assign A-SU1_wave1 --to MM --round 2",
        "qualcode assign --list",
    ],
)
@click.argument("documents", nargs=-1)
@click.option("--to", "coders", metavar="CODER", multiple=True, help="Who is asked; may be said more than once.")
@click.option("--blind", is_flag=True, help="Nobody's coding there is shown until all who were asked have finished.")
@click.option("--round", "number", type=whole(1), metavar="N", help="Else the round that each of them is in there.")
@click.option("--list", "is_list", is_flag=True, help="Who was asked for what (of these documents), and who is done.")
@with_json
@coder_option
@project_option
def assign_command(
    documents: tuple[str, ...], coders: tuple[str, ...], blind: bool, number: int | None, is_list: bool, as_json: bool,
    coder: str | None, project_file: str | None,
) -> None:  # fmt: skip
    """Ask coders to code documents, blind or not; each coder each document.

    With --blind nobody, you neither, sees another's coding there until all who were asked have finished that round:
    assign before anybody begins, else the report says that it was not blind from the start. Rules propose nothing
    there until then, blind or not. Undo takes it back, what is blind only until another has begun there. Nothing is
    assigned if one of them cannot be asked.
    """
    if is_list == bool(coders):
        raise click.UsageError("say who is asked: --to CODER; or --list")
    if not is_list and not documents:
        raise click.UsageError("say which documents: qualcode assign DOCUMENT... --to CODER")
    known = (lambda: coder_known(coder) or None) if is_list else (lambda: coder_acting(coder))
    with opened(project_file, known) as project:
        chosen = list(dict.fromkeys(project.documents.get(name) for name in documents))
        if is_list:
            named = {each.name for each in chosen}
            found = [each for each in project.coders.assignments() if not named or each.document in named]
        else:
            who = list(dict.fromkeys(project.coders.get(each) for each in coders))
            found = project.coders.assign_all(chosen, who, number, blind=blind)
        _show(found, as_json=as_json)
        if blind and not as_json:
            _tell_what_is_coded(project, found)


def _show(found: "list[Assignment]", *, as_json: bool) -> None:
    if as_json:
        say_json(
            [
                {
                    "document": each.document,
                    "coder": each.coder,
                    "round": each.round,
                    "blind": each.is_blind,
                    "finished": each.is_finished,
                }
                for each in found
            ]
        )
    elif found:
        say(aligned(("document", "coder", "round", "how", "finished"), map(_row, found)))
        note(counted(len(found), "assignment"))
    else:
        note("Nobody was asked to code a document. Ask: qualcode assign DOCUMENT --to CODER --blind")


def _row(each: "Assignment") -> tuple[str, ...]:
    how = "blind" if each.is_blind else "open"
    return visible_line(each.document), each.coder, str(each.round), how, "yes" if each.is_finished else "not yet"


def _tell_what_is_coded(project: "Project", found: "list[Assignment]") -> None:
    """Who has begun before: their coding was not blind from its start."""
    begun = project.coders.begun(found)
    if begun:
        told = ", ".join(visible_line(f"{each.coder} in {each.document}") for each in begun)
        note(f"Coded there before this was asked, so that their round does not count as blind: {told}")
