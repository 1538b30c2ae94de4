"""`qualcode names`: real names, what stands for them, and replacing them in every document."""

from typing import TYPE_CHECKING, get_args

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Nouns, reads, with_json, writes
from qualcode.cli.printing import aligned
from qualcode.errors import RefusedError
from qualcode.model import NameKind
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.work.pseudonymise import Occurrence

_SHOWN = 10

kind_option = click.option("--kind", type=click.Choice(get_args(NameKind)), help="What it is the name of.")


@click.group(
    "names",
    cls=Nouns,
    examples=[
        "qualcode names",
        'qualcode names add Maureen "[Dawn]"',
        "qualcode names replace Maureen --dry-run",
        'qualcode names replace Llanfair "[Town]" --kind place --yes',
    ],
)
def names_command() -> None:
    """List names with their pseudonyms; replace a name in every document.

    The list holds real names: who has the project file can read them.
    """


@names_command.command("list")
@with_json
@reads
def listing(project: "Project", as_json: bool) -> None:
    """Print the name list: each name, its kind, what stands for it."""
    from qualcode.cli.shapes import name_shape

    known = project.names.all()
    if as_json:
        say_json([name_shape(each) for each in known])
        return
    if known:
        rows = [[visible_line(each.name), each.kind, visible_line(each.pseudonym)] for each in known]
        say(aligned(("name", "kind", "pseudonym"), rows))
    note(counted(len(known), "name"))


@names_command.command("add", examples=['qualcode names add Llanfair "[Town]" --kind place'])
@click.argument("name")
@click.argument("pseudonym")
@kind_option
@with_json
@writes
def add(project: "Project", name: str, pseudonym: str, kind: NameKind | None, as_json: bool) -> None:
    """Put a name on the list; texts are not touched."""
    from qualcode.cli.shapes import name_shape

    known = project.names.add(name, pseudonym, kind or "person")
    if as_json:
        say_json([name_shape(known)])
    else:
        say(visible_line(f"{known.name} ({known.kind}): {known.pseudonym}"))


@names_command.command("remove", examples=["qualcode names remove Maureen"])
@click.argument("names", nargs=-1, required=True, metavar="NAME...")
@writes
def remove(project: "Project", names: tuple[str, ...]) -> None:
    """Take names off the list, in one action; texts are not touched."""
    known = [project.names.get(each) for each in dict.fromkeys(names)]
    with project.action("remove names", names=[each.id for each in known]):
        for each in known:
            project.names.remove(each)
    say("\n".join(visible_line(f"{each.name} is off the list") for each in known))


@names_command.command(
    "replace",
    examples=[
        "qualcode names replace Maureen --dry-run",
        'qualcode names replace Maureen "[Dawn]"',
        'qualcode names replace Will "[Person 4]" --only-capitalised --yes',
    ],
)
@click.argument("name")
@click.argument("pseudonym", required=False)
@kind_option
@click.option("--only-capitalised", is_flag=True, help='Leave it where it has no capital: "will" beside "Will".')
@click.option("--dry-run", is_flag=True, help="Show where it stands, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_json
@writes
def replacing(
    project: "Project",
    name: str,
    pseudonym: str | None,
    kind: NameKind | None,
    only_capitalised: bool,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Write a pseudonym wherever a name stands, and keep both on the list.

    The name is found as whole words, in any case. Without PSEUDONYM it is the one on the list, else the next that is
    free: "[Person 3]". One qualcode undo brings all documents back.
    """
    from qualcode.work import pseudonymise

    called = pseudonym or pseudonymise.proposal(project, name, kind or "person")
    places = [each for each in pseudonymise.occurrences(project, name) if not (only_capitalised and each.is_small)]
    if not as_json:
        _show(places, name, called)
    if not (dry_run or yes or as_json) and not click.confirm("Replace it?", err=True):
        raise RefusedError("nothing was changed")
    if not dry_run:
        pseudonymise.replace(project, name, called, kind=kind, only_capitalised=only_capitalised)
    _tell(project, name, called, places, dry_run=dry_run, as_json=as_json)


def _show(places: "list[Occurrence]", name: str, pseudonym: str) -> None:
    documents = len({each.document.id for each in places})
    note(f"{name} → {pseudonym}: {counted(len(places), 'place')} in {counted(documents, 'document')}")
    for each in places[:_SHOWN]:
        say(visible_line(f"{each.document.name}: {each.before}{each.words}{each.after}"))
    if len(places) > _SHOWN:
        note(f"and {len(places) - _SHOWN} more (--json lists all)")


def _tell(
    project: "Project", name: str, pseudonym: str, places: "list[Occurrence]", *, dry_run: bool, as_json: bool
) -> None:
    from qualcode.work import pseudonymise

    similar, elsewhere = pseudonymise.similar(project, name), pseudonymise.elsewhere(project, name)
    documents = len({each.document.id for each in places})
    if as_json:
        known = project.names.find(name)
        say_json(
            {
                "name": name,
                "pseudonym": pseudonym,
                "kind": known.kind if known else None,
                "places": [_place(each) for each in places],
                "documents": documents,
                "replaced": not dry_run,
                "similar": similar,
                "elsewhere": elsewhere,
            }
        )
        return
    if similar:
        note(f"Left, as they only begin like it: {', '.join(similar)}")
    if elsewhere:
        note(f"Left, where it also stands: {', '.join(elsewhere)}")
    if dry_run:
        note("Nothing was changed: this was a dry run.")
    else:
        say(f"{counted(len(places), 'place')} in {counted(documents, 'document')} replaced")
        note("Earlier versions of the texts and the original files keep the name. To have it back: qualcode undo")


def _place(each: "Occurrence") -> dict[str, object]:
    return {
        "document": each.document.name,
        "start": each.start,
        "end": each.end,
        "words": each.words,
        "before": each.before,
        "after": each.after,
    }
