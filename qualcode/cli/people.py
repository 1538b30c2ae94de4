"""`qualcode people`: who was interviewed."""

from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.cases import person_setting, person_shape, roles_said
from qualcode.cli.contract import note, say, say_json, say_removed
from qualcode.cli.options import Nouns, reads, with_json, with_width, writes
from qualcode.cli.printing import aligned
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.project import Project


@click.group(
    "people",
    cls=Nouns,
    examples=[
        "qualcode people",
        "qualcode people rename Maureen A-SU1",
        "qualcode people merge Maureen A-SU1",
        "qualcode people set A-SU1 --case A --role PW --wave 2",
        "qualcode people remove A-SU9",
    ],
)
def people_command() -> None:
    """List people; rename, merge, move or remove them.

    A person may speak in several documents, under a label of its own in each: qualcode speakers says whose a label is.
    Names are found in any case where only one can be meant.
    """


@people_command.command("list")
@with_width
@with_json
@reads
def listing(project: "Project", as_json: bool) -> None:
    """Print every person: case, roles by wave, and where they speak."""
    cases = {case.id: case.name for case in project.cases.all()}
    spoken: dict[int, list[dict[str, str]]] = {}
    for document in project.documents.all():
        for speaker in project.documents.speakers(document):
            if speaker.person is not None:
                spoken.setdefault(speaker.person, []).append({"document": document.name, "speaker": speaker.label})
    shapes: list[dict[str, Any]] = [
        {**person_shape(project, person, cases.get(person.case or 0, "")), "speaks": spoken.get(person.id, [])}
        for person in project.people.all()
    ]
    if as_json:
        say_json(shapes)
    elif shapes:
        say(aligned(("person", "case", "roles", "speaks in"), map(_row, shapes)))
        note(counted(len(shapes), "person", "people"))
    else:
        note("The project has no people yet. Say who speaks: qualcode speakers --help")


_SHOWN = 4
"""Of more documents than these and one, a row tells the number of the others; `--json` has all."""


def _row(shape: dict[str, Any]) -> tuple[str, ...]:
    documents = list(dict.fromkeys(each["document"] for each in shape["speaks"]))
    more = f" and {len(documents) - _SHOWN} more" if len(documents) > _SHOWN + 1 else ""
    spoken = ", ".join(documents[:_SHOWN] if more else documents) + more
    return shape["name"], shape["case"] or "-", roles_said(shape["roles"].items()) or "-", spoken or "-"


people_command.add_command(person_setting)


@people_command.command("rename", examples=["qualcode people rename Maureen A-SU1"])
@click.argument("name")
@click.argument("new_name")
@writes
def rename(project: "Project", name: str, new_name: str) -> None:
    """Give a person another name; all that is known of them stays.

    The labels in the transcripts are left as they are: qualcode revise changes those.
    """
    person = project.people.get(name)
    now = project.people.rename(person, new_name)
    say(visible_line(f"{person.name} is now {now.name}"))


@people_command.command(
    "merge", examples=["qualcode people merge Maureen A-SU1", "qualcode people merge Maureen A-SU1 --keep"]
)
@click.argument("gone")
@click.argument("stays")
@click.option("--keep", is_flag=True, help="Where the two contradict each other, keep what STAYS has.")
@writes
def merge(project: "Project", gone: str, stays: str, keep: bool) -> None:
    """Make one person of two: GONE becomes STAYS.

    Speakers, case, roles, attributes, memos and summaries go over. Where both have another case, or another role or
    attribute at the same wave, nothing is done and each is named, unless you say --keep. Two summaries of one coder
    for the same cell become one draft.
    """
    first, last = project.people.get(gone), project.people.get(stays)
    now = project.people.merge(first, last, keep=keep)
    say(visible_line(f"{first.name} is now {now.name}"))
    note("Take it back: qualcode undo")


@people_command.command("remove", examples=["qualcode people remove A-SU9"])
@click.argument("name")
@with_json
@writes
def remove(project: "Project", name: str, as_json: bool) -> None:
    """Take away a person on whom nothing rests; qualcode undo brings them back.

    It is refused while they speak in a document or memos or summaries are of them. To erase a participant's words:
    qualcode forget
    """
    person = project.people.get(name)
    project.people.remove(person)
    say_removed({person.id: visible_line(f"Removed {person.name}")}, as_json=as_json)
