"""`qualcode speakers` and `qualcode cases`: who speaks, and who is compared."""

from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import (
    Documented,
    Nouns,
    coder_acting,
    coder_known,
    coder_option,
    opened,
    pairs,
    project_option,
    reads,
    with_json,
    writes,
)
from qualcode.cli.printing import aligned, counted
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.model import Document, Part, Person
    from qualcode.project import Project


@click.command(
    "speakers",
    cls=Documented,
    examples=[
        "qualcode speakers A-SU1",
        "qualcode speakers A-SU1 Maureen=A-SU1 --interviewer INT",
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
            note(f"{name} is a new person in this project. Say their role: qualcode cases set {name} --role SU")
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


@click.group(
    "cases",
    cls=Nouns,
    examples=[
        "qualcode cases",
        "qualcode cases set A-SU1 --case A --role SU",
        "qualcode cases set I-SU1 --role PW --wave 2",
    ],
)
def cases_command() -> None:
    """List cases and people with their roles, and set them.

    A case is what is compared: an initiative, a site, a trial. People belong to cases and have a role, possibly
    another at each wave. A new project knows PW peer worker, SU service user, ST staff and MG manager.
    """


@cases_command.command("list")
@with_json
@reads
def listing(project: "Project", as_json: bool) -> None:
    """Print every case with its people, their roles and attributes."""
    cases = {case.id: case for case in project.cases.all()}
    people = [
        _person_shape(project, person, cases[person.case].name if person.case else "")
        for person in project.people.all()
    ]
    if as_json:
        parents = {case.id: case.name for case in cases.values()}
        say_json(
            {
                "cases": [
                    {"id": each.id, "guid": each.guid.hex(), "name": each.name, "kind": each.kind,
                     "parent": parents.get(each.parent or 0)}
                    for each in cases.values()
                ],
                "people": people,
                "roles": [{"role": role.short, "name": role.name} for role in project.roles.all()],
                "waves": [wave.name for wave in project.waves.all()],
            }
        )  # fmt: skip
        return
    if people:
        ordered = sorted(people, key=lambda each: (each["case"] or "", each["name"]))
        say(aligned(("case", "person", "roles", "attributes"), [_person_row(each) for each in ordered]))
    empty = [case.name for case in cases.values() if case.id not in {person.case for person in project.people.all()}]
    if empty:
        note(f"cases without people: {', '.join(empty)}")
    note(f"{counted(len(cases), 'case')}, {counted(len(people), 'person', 'people')}")


def _person_shape(project: "Project", person: "Person", case: str) -> dict[str, Any]:
    return {
        "id": person.id,
        "guid": person.guid.hex(),
        "name": person.name,
        "case": case or None,
        "roles": dict(person.roles),
        "attributes": project.attributes.of("person", person.id),
    }


def _person_row(shape: dict[str, Any]) -> tuple[str, str, str, str]:
    roles = ", ".join(role if wave == "-" else f"wave {wave} {role}" for wave, role in shape["roles"].items())
    attributes = ", ".join(f"{name} {value}" for name, value in shape["attributes"].items())
    return shape["case"] or "-", shape["name"], roles or "-", attributes


@cases_command.command("set")
@click.argument("person")
@click.option("--case", metavar="NAME", help="What they belong to; made if it is new.")
@click.option("--role", metavar="ROLE", help="PW, SU, ST, MG or another of the project's roles.")
@click.option("--wave", metavar="NAME", default="-", help="The role holds at this wave only.")
@writes
def setting(project: "Project", person: str, case: str | None, role: str | None, wave: str) -> None:
    """Say which case a person belongs to and what their role is."""
    if case is None and role is None:
        raise click.UsageError("say what: --case NAME or --role ROLE")
    found = project.people.get(person)
    with project.action("set person", person=found.id):
        if case is not None:
            project.people.set_case(found.id, case)
        if role is not None:
            project.people.set_role(found.id, role, wave)
    now = project.people.get(person)
    name = next((each.name for each in project.cases.all() if each.id == now.case), "-")
    roles = ", ".join(said if at == "-" else f"wave {at} {said}" for at, said in now.roles)
    say(visible_line(f"{now.name}: case {name}, role {roles or '-'}"))
