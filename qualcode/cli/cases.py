"""`qualcode cases`: who is compared."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, Nouns, reads, with_json, with_width, writes
from qualcode.cli.printing import aligned
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.model import Case, Person
    from qualcode.project import Project


@click.group(
    "cases",
    cls=Nouns,
    examples=[
        "qualcode cases",
        "qualcode cases set A --inside North --kind site",
        "qualcode cases set A-SU1 --case A --role SU",
        "qualcode cases set I-SU1 --role PW --wave 2",
        'qualcode cases rename A "Anfield house"',
    ],
)
def cases_command() -> None:
    """List cases and people with their roles; rename and nest cases, set roles.

    A case is what is compared: an initiative, a site, a trial. It may be inside another, as a site in a region: tables
    of the region then count the site's people. People belong to cases and have a role, possibly
    another at each wave. A new project knows PW peer worker, SU service user, ST staff and MG manager.
    """


@cases_command.command("list")
@with_width
@with_json
@reads
def listing(project: "Project", as_json: bool) -> None:
    """Print every case with its people, their roles and attributes."""
    cases = {case.id: case for case in project.cases.all()}
    people = [
        person_shape(project, person, cases[person.case].name if person.case else "") for person in project.people.all()
    ]
    if as_json:
        say_json(
            {
                "cases": [
                    _case_shape(project, each) for each in cases.values()
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
    if nested := [each for each in cases.values() if each.parent]:
        note("; ".join(f"{each.name} is inside {cases[each.parent].name}" for each in nested if each.parent))
    note(f"{counted(len(cases), 'case')}, {counted(len(people), 'person', 'people')}")


def person_shape(project: "Project", person: "Person", case: str) -> dict[str, Any]:
    """A person as JSON has it; `case` is the name."""
    return {
        "id": person.id,
        "guid": person.guid.hex(),
        "name": person.name,
        "case": case or None,
        "roles": dict(person.roles),
        "attributes": project.attributes.of("person", person.id),
        "by_wave": project.attributes.by_wave("person", person.id),
    }


def roles_said(roles: Iterable[tuple[str, str]]) -> str:
    """`SU, wave 2 PW`."""
    return ", ".join(role if wave == "-" else f"wave {wave} {role}" for wave, role in roles)


def _person_row(shape: dict[str, Any]) -> tuple[str, str, str, str]:
    roles = roles_said(shape["roles"].items())
    attributes = ", ".join(f"{name} {value}" for name, value in shape["attributes"].items())
    return shape["case"] or "-", shape["name"], roles or "-", attributes


def _case_shape(project: "Project", case: "Case") -> dict[str, Any]:
    around = next((each.name for each in project.cases.all() if each.id == case.parent), None)
    return {"id": case.id, "guid": case.guid.hex(), "name": case.name, "kind": case.kind, "parent": around}


_case_option = click.option("--case", metavar="NAME", help="What they belong to; made if it is new.")
_role_option = click.option("--role", metavar="ROLE", help="PW, SU, ST, MG or another of the project's roles.")
_wave_option = click.option("--wave", metavar="NAME", default="-", help="The role holds at this wave only.")


@click.command(
    "set",
    cls=Documented,
    examples=["qualcode people set A-SU1 --case A --role SU", "qualcode people set I-SU1 --role PW --wave 2"],
)
@click.argument("person")
@_case_option
@_role_option
@_wave_option
@with_json
@writes
def person_setting(
    project: "Project", person: str, case: str | None, role: str | None, wave: str, as_json: bool
) -> None:
    """Say which case a person belongs to and what their role is, if need be at one wave.

    A person belongs to one case; to name another moves them there.
    """
    if case is None and role is None:
        raise click.UsageError("say what: --case NAME or --role ROLE")
    _set_person(project, person, case, role, wave, as_json)


@cases_command.command(
    "set",
    examples=[
        "qualcode cases set A --inside North --kind site",
        "qualcode cases set A --top",
        "qualcode cases set A-SU1 --case A --role SU",
        "qualcode cases set I-SU1 --role PW --wave 2",
    ],
)
@click.argument("name")
@click.option("--inside", metavar="CASE", help="The case that a case is inside; made if it is new.")
@click.option("--top", is_flag=True, help="A case is inside no other.")
@click.option("--kind", metavar="WORD", help="What sort of case: site, region, trial; tables take it with --by.")
@_case_option
@_role_option
@_wave_option
@with_json
@writes
def setting(
    project: "Project",
    name: str,
    inside: str | None,
    top: bool,
    kind: str | None,
    case: str | None,
    role: str | None,
    wave: str,
    as_json: bool,
) -> None:
    """Say what a case is inside and of what kind it is; or which case a person belongs to and their role.

    With --inside, --top or --kind NAME is a case, with --case or --role it is a person, who belongs to one case: to
    name another moves them there.
    """
    of_case, of_person = inside is not None or top or kind is not None, case is not None or role is not None
    if of_case == of_person or (top and inside is not None):
        raise click.UsageError("say what: of a case --inside CASE or --top, --kind WORD; of a person --case, --role")
    if of_person:
        _set_person(project, name, case, role, wave, as_json)
        return
    if inside is not None and not inside.strip():
        raise click.UsageError("--inside needs a name; for a case that is inside no other: --top")
    now = project.cases.change(project.cases.get(name), inside="" if top else inside, kind=kind)
    shape = _case_shape(project, now)
    if as_json:
        say_json(shape)
        return
    say(visible_line(f"{now.name}: {now.kind}, inside {shape['parent'] or 'no other'}"))


def _set_person(project: "Project", name: str, case: str | None, role: str | None, wave: str, as_json: bool) -> None:
    found = project.people.get(name)
    with project.action("set person", person=found.id):
        if case is not None:
            project.people.set_case(found.id, case)
        if role is not None:
            project.people.set_role(found.id, role, wave)
    now = project.people.get(found.name)
    belongs = next((each.name for each in project.cases.all() if each.id == now.case), "")
    if as_json:
        say_json(person_shape(project, now, belongs))
        return
    say(visible_line(f"{now.name}: case {belongs or '-'}, role {roles_said(now.roles) or '-'}"))


@cases_command.command("rename", examples=['qualcode cases rename A "Anfield house"'])
@click.argument("name")
@click.argument("new_name")
@writes
def rename(project: "Project", name: str, new_name: str) -> None:
    """Give a case another name; its people and documents stay with it."""
    case = project.cases.get(name)
    now = project.cases.rename(case, new_name)
    say(visible_line(f"{case.name} is now {now.name}"))
