"""`qualcode roles`: what people are in the study, and what their words count as."""

from typing import TYPE_CHECKING, get_args

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Nouns, reads, with_json, writes
from qualcode.cli.printing import aligned
from qualcode.model import Standing, Whose
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.model import Role
    from qualcode.project import Project

whose_option = click.option("--whose", type=click.Choice(get_args(Whose)), help="Whose change their words tell of.")
standing_option = click.option("--standing", type=click.Choice(get_args(Standing)), help="How they know it.")


@click.group(
    "roles",
    cls=Nouns,
    examples=[
        "qualcode roles",
        'qualcode roles add VO volunteer --whose "supported person" --standing witnessed',
        "qualcode roles rename SU CL --name client",
        "qualcode roles set MG --standing witnessed",
    ],
)
def roles_command() -> None:
    """List roles; add and rename them, and say what their words count as.

    Unless a coder says otherwise, a passage tells of the change of whoever the speaker's role says (whose), and is
    known as the role says (standing: lived, witnessed or hearsay).
    """


@roles_command.command("list")
@with_json
@reads
def listing(project: "Project", as_json: bool) -> None:
    """Print every role: what it is called, what its words count as, how many people have it."""
    having = [{role for _, role in person.roles} for person in project.people.all()]
    shapes = [
        {
            "role": role.short,
            "name": role.name,
            "whose": role.whose,
            "standing": role.standing,
            "people": sum(role.short in roles for roles in having),
        }
        for role in project.roles.all()
    ]
    if as_json:
        say_json(shapes)
        return
    heads = ("role", "name", "whose", "standing", "people")
    say(aligned(heads, [[str(shape[head]) for head in heads] for shape in shapes]))
    note(counted(len(shapes), "role"))


@roles_command.command("add", examples=["qualcode roles add VO volunteer"])
@click.argument("short")
@click.argument("name")
@whose_option
@standing_option
@writes
def add(project: "Project", short: str, name: str, whose: Whose | None, standing: Standing | None) -> None:
    """Add a role: its short name, as in citations and sheets, and its name.

    Without more its words count as those of a peer worker: of the supported person, witnessed.
    """
    _say(project.roles.add(short, name, whose or "supported person", standing or "witnessed"))


@roles_command.command("rename", examples=["qualcode roles rename SU CL --name client"])
@click.argument("short")
@click.argument("new_short")
@click.option("--name", metavar="NAME", help="Its long name too.")
@writes
def rename(project: "Project", short: str, new_short: str, name: str | None) -> None:
    """Give a role another short name; people keep it, and codes that are meant for it stay so."""
    _say(project.roles.change(project.roles.get(short), short=new_short, name=name))


@roles_command.command("set", examples=["qualcode roles set MG --standing witnessed"])
@click.argument("short")
@click.option("--name", metavar="NAME", help="What it is called in full.")
@whose_option
@standing_option
@writes
def setting(project: "Project", short: str, name: str | None, whose: Whose | None, standing: Standing | None) -> None:
    """Say what a role is called and what its words count as.

    Tables count anew at once: passages of which the coder has not said otherwise follow their speaker's role.
    """
    if name is None and whose is None and standing is None:
        raise click.UsageError("say what: --name NAME, --whose ... or --standing ...")
    _say(project.roles.change(project.roles.get(short), name=name, whose=whose, standing=standing))


def _say(role: "Role") -> None:
    say(visible_line(f"{role.short} {role.name}: whose {role.whose}, standing {role.standing}"))
