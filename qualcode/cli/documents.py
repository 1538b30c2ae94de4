"""`qualcode documents`."""

from collections import Counter
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import note, say, say_json, say_removed
from qualcode.cli.options import Nouns, reads, with_json, with_width, writes
from qualcode.cli.printing import aligned
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.model import Document
    from qualcode.project import Project


@click.group(
    "documents",
    cls=Nouns,
    examples=[
        "qualcode documents",
        'qualcode documents rename "interview 3" C-SU1',
        "qualcode documents place C-SU1 --wave 2",
        "qualcode documents finish C-SU1",
    ],
)
def documents_command() -> None:
    """List the documents; rename, place, finish or remove them.

    Without a command: list.
    """


@documents_command.command("list")
@with_width
@with_json
@reads
def listing(project: "Project", as_json: bool) -> None:
    """Print every document: wave, people with their roles, words, answers, segments by coder, version.

    Words are those of the whole text, its labels too.
    """
    shapes = _shapes(project)
    if as_json:
        say_json(shapes)
    elif shapes:
        heads = ("document", "wave", "people", "words", "answers", "segments", "version", "lead")
        say(aligned(heads, [_row(shape) for shape in shapes]))
        note(counted(len(shapes), "document"))
    else:
        note("The project has no documents yet. Bring some in: qualcode import --help")


def _shapes(project: "Project") -> list[dict[str, Any]]:
    from qualcode.cli.shapes import document_shape, people_of

    coders = {coder.id: coder.short for coder in project.coders.all()}
    known = {person.id: person for person in project.people.all()}
    segments = project.columns().segments
    coded = Counter(zip(segments.document.tolist(), segments.coder.tolist(), strict=True))
    return [
        {
            **document_shape(document, coders[document.lead], people_of(project, document, known)),
            "words": len(project.documents.body(document).split()),
            "answers": len(project.documents.answers(document)),
            "segments": {coders[coder]: coded[document.id, coder] for coder in coders if coded[document.id, coder]},
        }
        for document in project.documents.all()
    ]


def _row(shape: dict[str, Any]) -> tuple[str, ...]:
    people = ", ".join(f"{each['name']} {each['role']}".rstrip() for each in shape["people"])
    segments = ", ".join(f"{coder} {number}" for coder, number in shape["segments"].items()) or "none"
    wave, words, answers = shape["wave"], shape["words"], shape["answers"]
    return shape["name"], wave, people, str(words), str(answers), segments, str(shape["version"]), shape["lead"]


@documents_command.command("remove")
@click.argument("name")
@with_json
@writes
def remove(project: "Project", name: str, as_json: bool) -> None:
    """Take a document and all its coding out of the project; qualcode undo brings it back.

    The text stays inside the file for that. To erase somebody's words for good: qualcode forget
    """
    document = project.documents.get(name)
    project.documents.remove(document)
    say_removed({document.id: f"Removed {visible_line(document.name)}"}, as_json=as_json)
    note("Its text still lies in the project file, so that undo can bring it back.")


@documents_command.command("rename")
@click.argument("name")
@click.argument("new_name")
@writes
def rename(project: "Project", name: str, new_name: str) -> None:
    """Give a document another name."""
    document = project.documents.get(name)
    project.documents.rename(document, new_name)
    say(f"{visible_line(document.name)} is now {visible_line(new_name)}")


@documents_command.command("lead")
@click.argument("name")
@click.argument("whose")
@writes
def lead(project: "Project", name: str, whose: str) -> None:
    """Say whose coding of a document counts in tables while there is no complete consensus."""
    coder = project.coders.get(whose)
    document = project.documents.get(name)
    project.documents.set_lead(document, coder.id)
    say(f"{visible_line(document.name)}: the coding of {coder.short} counts")


@documents_command.command(
    "place",
    examples=["qualcode documents place C-SU1 --wave 2", "qualcode documents place minutes_may --case A"],
)
@click.argument("name")
@click.option("--wave", metavar="NAME", help="Round of interviews; made if it is new.")
@click.option("--case", metavar="NAME", help="For texts without people (minutes, papers); made if it is new.")
@writes
def place(project: "Project", name: str, wave: str | None, case: str | None) -> None:
    """Put a document into a wave or, if nobody speaks in it, under a case."""
    if wave is None and case is None:
        raise click.UsageError("say where: --wave NAME or --case NAME")
    document = project.documents.get(name)
    with project.action("place document", document=document.id):
        number = project.cases.ensure(case).id if case else None
        project.documents.place(document, wave=wave, case=number)
    say(_placed(project, project.documents.get(document.id)))


def _placed(project: "Project", document: "Document") -> str:
    case = next((each.name for each in project.cases.all() if each.id == document.case), "")
    return visible_line(f"{document.name}: wave {document.wave}" + (f", case {case}" if case else ""))


@documents_command.command("finish")
@click.argument("name")
@writes
def finish(project: "Project", name: str) -> None:
    """Say that you have finished coding a document: this round is frozen.

    Agreement compares finished rounds. What you change afterwards belongs to the next round.
    """
    document = project.documents.get(name)
    number = project.coders.finish(document)
    say(f"{visible_line(document.name)}: round {number} of {project.coder} is finished")
