"""`qualcode names replace`: writing pseudonyms wherever names stand."""

from typing import TYPE_CHECKING, get_args

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, with_json, writes
from qualcode.errors import RefusedError
from qualcode.model import NameKind
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.work.elsewhere import Elsewhere
    from qualcode.work.pseudonymise import Occurrence

_SHOWN = 10
"""Places of a name that are shown."""

kind_option = click.option("--kind", type=click.Choice(get_args(NameKind)), help="What it is the name of.")


@click.command(
    "replace",
    cls=Documented,
    examples=[
        "qualcode names replace Maureen --dry-run",
        'qualcode names replace Maureen "[Dawn]"',
        'qualcode names replace Will "[Person 4]" --only-capitalised --yes',
        "qualcode names replace --all --dry-run",
    ],
)
@click.argument("name", required=False)
@click.argument("pseudonym", required=False)
@click.option("--all", "whole_list", is_flag=True, help="Replace every name on the list, in one action.")
@kind_option
@click.option("--only-capitalised", is_flag=True, help='Leave it where it has no capital: "will" beside "Will".')
@click.option("--dry-run", is_flag=True, help="Show where it stands, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@with_json
@writes
def replace_command(
    project: "Project",
    name: str | None,
    pseudonym: str | None,
    whole_list: bool,
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

    if whole_list or name is None:
        if not whole_list or name is not None or kind or only_capitalised:
            raise click.UsageError("give a name, or --all alone")
        _replace_list(project, dry_run=dry_run, yes=yes, as_json=as_json)
        return
    called = pseudonym or pseudonymise.proposal(project, name, kind or "person")
    places = [each for each in pseudonymise.occurrences(project, name) if not (only_capitalised and each.is_small)]
    if not as_json:
        _show(places, name, called)
    if not (dry_run or yes or as_json) and not click.confirm("Replace it?", err=True):
        raise RefusedError("nothing was changed")
    if not dry_run:
        pseudonymise.replace(project, name, called, kind=kind, only_capitalised=only_capitalised)
    _tell(project, name, called, places, dry_run=dry_run, as_json=as_json)


def _replace_list(project: "Project", *, dry_run: bool, yes: bool, as_json: bool) -> None:
    from qualcode.work import elsewhere, pseudonymise

    pseudonymise.rehearsed(project)  # what would be refused is refused before anything is shown or asked
    known = project.names.all()
    found = pseudonymise.standing(project)
    if not as_json:
        for each in known:
            _show(found[each.id], each.name, each.pseudonym)
    for told in pseudonymise.one_for_two(project):
        note(told)
    if not (dry_run or yes or as_json) and not click.confirm("Replace them?", err=True):
        raise RefusedError("nothing was changed")
    if not dry_run:
        pseudonymise.replace_listed(project)
    places = [place for each in known for place in found[each.id]]
    if as_json:
        listed = [
            {"name": each.name, "pseudonym": each.pseudonym, "places": [_place(place) for place in found[each.id]]}
            for each in known
        ]
        say_json({"names": listed, "replaced": not dry_run})
        return
    if dry_run:
        _tell_left("names also stand", elsewhere.left(project))
        note("Nothing was changed: this was a dry run.")
    else:
        documents = counted(len({each.document.id for each in places}), "document")
        standing = sum(bool(found[each.id]) for each in known)
        say(f"{counted(standing, 'name')} replaced: {counted(len(places), 'place')} in {documents}")
        _tell_left("names also stand", elsewhere.left(project))
        note("Earlier versions of the texts and the original files keep the names. To have them back: qualcode undo")


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
    from qualcode.work import elsewhere, pseudonymise

    similar, holding = pseudonymise.similar(project, name), elsewhere.holding(project, name)
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
                "elsewhere": [str(each) for each in holding],
            }
        )
        return
    if similar:
        note(f"Left, as they only begin like it: {', '.join(similar)}")
    _tell_left("it also stands", holding)
    if dry_run:
        note("Nothing was changed: this was a dry run.")
    else:
        say(f"{counted(len(places), 'place')} in {counted(documents, 'document')} replaced")
        note("Earlier versions of the texts and the original files keep the name. To have it back: qualcode undo")


def _tell_left(stands: str, holding: "list[Elsewhere]") -> None:
    """What replacing leaves, with the commands that change it."""
    from qualcode.work.elsewhere import told

    if holding:
        note(f"Left, where {stands}, and what changes it:")
    for line in told(holding):
        note(f"    {line}")


def _place(each: "Occurrence") -> dict[str, object]:
    return {
        "document": each.document.name,
        "start": each.start,
        "end": each.end,
        "words": each.words,
        "before": each.before,
        "after": each.after,
    }
