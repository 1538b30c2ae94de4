"""`qualcode speakers`: who speaks in a document."""

from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import (
    Documented,
    coder_acting,
    coder_known,
    coder_option,
    opened,
    pairs,
    project_option,
    with_json,
)
from qualcode.cli.printing import aligned

if TYPE_CHECKING:
    from qualcode.model import Document, Part
    from qualcode.project import Project


@click.command(
    "speakers",
    cls=Documented,
    examples=[
        "qualcode speakers A-SU1_wave1",
        "qualcode speakers A-SU1_wave1 Maureen=A-SU1 --interviewer Interviewer",
        "qualcode speakers focus_group Dean=A-PW1 Gwen=E-PW1 --other Receptionist",
    ],
)
@click.argument("document")
@click.argument("people", metavar="[LABEL=PERSON]...", nargs=-1)
@click.option("--interviewer", "interviewers", metavar="LABEL", multiple=True, help="A label that asks.")
@click.option("--other", "others", metavar="LABEL", multiple=True, help="Neither asks nor is studied.")
@with_json
@project_option
@coder_option
def speakers_command(
    document: str,
    people: tuple[str, ...],
    interviewers: tuple[str, ...],
    others: tuple[str, ...],
    as_json: bool,
    project_file: str | None,
    coder: str | None,
) -> None:
    """Show who speaks in a document, and say who they are.

    LABEL is what the transcript calls a speaker, PERSON who that is in the study (made if new). People are counted
    through the turns they speak; interviewers are not counted.
    """
    named = pairs(people, "LABEL=PERSON")
    changes = bool(named or interviewers or others)
    with opened(project_file, lambda: coder_acting(coder) if changes else coder_known(coder) or None) as project:
        found = project.documents.get(document)
        if changes:
            with project.action("set speakers", document=found.id):
                _set_speakers(project, found, named, interviewers, others)
        _say_speakers(project, found, as_json)


def _set_speakers(
    project: "Project",
    document: "Document",
    named: tuple[tuple[str, str], ...],
    interviewers: tuple[str, ...],
    others: tuple[str, ...],
) -> None:
    for label, name in named:
        person = project.people.find(name)
        if person is None:
            person = project.people.add(name)
            note(f"{name} is a new person in this project. Say their role: qualcode people set {name} --role SU")
        project.documents.set_speaker(document, label, "participant", person.id)
    parts: list[tuple[tuple[str, ...], Part]] = [(interviewers, "interviewer"), (others, "other")]
    for labels, part in parts:
        for label in labels:
            project.documents.set_speaker(document, label, part)


def _say_speakers(project: "Project", document: "Document", as_json: bool) -> None:
    body, turns = project.documents.body(document), project.documents.turns(document)
    names = {person.id: person.name for person in project.people.all()}
    shapes: list[dict[str, Any]] = []
    for speaker in project.documents.speakers(document):
        own = [turn for turn in turns if turn.speaker == speaker.label]
        shapes.append(
            {
                "label": speaker.label,
                "part": speaker.part,
                "person": names.get(speaker.person or 0),
                "turns": len(own),
                "words": sum(len(body[turn.speech : turn.end].split()) for turn in own),
            }
        )
    if as_json:
        say_json(shapes)
    elif shapes:
        heads = ("label", "part", "person", "turns", "words")
        say(aligned(heads, [tuple("" if each[head] is None else str(each[head]) for head in heads) for each in shapes]))
    else:
        note("Nobody is named in this document.")
