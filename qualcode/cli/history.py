"""`qualcode history`, `undo` and `redo`."""

from typing import TYPE_CHECKING

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, reads, whole, with_json, writes
from qualcode.cli.printing import hanging
from qualcode.visible import visible_line
from qualcode.work.deeds import Deeds

if TYPE_CHECKING:
    from qualcode.model import Action
    from qualcode.project import Project


@click.command(
    "history",
    cls=Documented,
    examples=["qualcode history", "qualcode history --done-by AK --limit 0 --json > audit.json"],
)
@click.option("--limit", type=whole(0), default=20, show_default=True, help="So many; 0 for all.")
@click.option("--done-by", metavar="CODER", help="Only what this coder did.")
@click.option("--document", metavar="NAME", help="Only what touched this document, its coding or memos.")
@click.option("--code", metavar="CODE", help="Only what touched this code, or what is coded with it.")
@with_json
@reads
def history_command(
    project: "Project", limit: int, done_by: str | None, document: str | None, code: str | None, as_json: bool
) -> None:
    """Show what was done, newest first: moment, coder, action.

    The trail keeps numbers and short codes, and never quotes a transcript; names are those that things have now.
    """
    coder = project.coders.get(done_by).short if done_by else None
    actions = project.history.actions(limit or None, coder, document=document, code=code)
    if as_json:
        from qualcode.cli.shapes import action_shape

        say_json([action_shape(action) for action in actions])
    elif actions:
        deeds = Deeds(project)
        say("\n".join(_line(deeds, action) for action in actions))


def _line(deeds: "Deeds", action: "Action") -> str:
    named = ", ".join(f"{name} {value}" for name, value in deeds.details(action))
    parts = [f"{action.at:%Y-%m-%d %H:%M} UTC", action.coder, action.verb, named, "(undone)" if action.undone else ""]
    return hanging(visible_line("  ".join(part for part in parts if part)))


@click.command("undo", cls=Documented, examples=["qualcode undo"])
@writes
def undo_command(project: "Project") -> None:
    """Take back the last thing you did.

    It is refused, with the reason, where somebody else has changed the same things since. qualcode redo brings it
    back until you do something else.
    """
    say(f"Undone: {_line(Deeds(project), project.history.undo())}")
    note("Bring it back: qualcode redo")


@click.command("redo", cls=Documented, examples=["qualcode redo"])
@writes
def redo_command(project: "Project") -> None:
    """Do again what you took back last."""
    say(f"Done again: {_line(Deeds(project), project.history.redo())}")
