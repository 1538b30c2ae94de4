"""`qualcode check`, `backup`, `restore` and `forget`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.contract import FAILED, note, say, say_json
from qualcode.cli.options import Documented, coder_known, coder_option, opened, project_option, reads, with_json, writes
from qualcode.cli.printing import counted
from qualcode.errors import RefusedError
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.project.erase import Forgotten


@click.command("check", cls=Documented, examples=["qualcode check && qualcode backup"])
@with_json
@project_option
@coder_option
@click.pass_context
def check_command(context: click.Context, /, as_json: bool, project_file: str | None, coder: str | None) -> None:
    """Look whether the project file is sound: the file, the texts, the passages, the log against the state.

    The exit code is 1 if anything is wrong. Nothing is changed.
    """
    from qualcode.project import care

    with opened(project_file, lambda: coder_known(coder) or None) as project:
        problems = project.check()
        remarks = care.notes(project.store)
    if as_json:
        say_json({"sound": not problems, "problems": [{"where": each.where, "what": each.what} for each in problems]})
    elif problems:
        say("\n".join(visible_line(f"{each.where}: {each.what}") for each in problems))
        note("Bring back a backup (qualcode restore); the file as it is stays beside it.")
    else:
        say("The project is sound.")
    for remark in remarks:
        note(remark)
    if problems:
        context.exit(FAILED)


@click.command("backup", cls=Documented, examples=["qualcode backup", "qualcode backup --to /media/stick/backups"])
@click.option("--to", "folder", metavar="FOLDER", help="Where to; else the folder backups beside the project.")
@reads
def backup_command(project: "Project", folder: str | None) -> None:
    """Make a whole, checked copy of the project file, also while it is in use.

    A copy made by a file manager may miss the last actions. A backup holds the participants' words too: keep it as
    safe as the project.
    """
    say(visible_line(f"Wrote {project.backup(Path(folder) if folder else None)}"))


@click.command(
    "restore",
    cls=Documented,
    examples=["qualcode restore backups/study-2026-03-14-101500.qualcode --to study.qualcode"],
)
@click.argument("backup")
@click.option("--to", "place", metavar="FILE", required=True, help="Where the project shall stand.")
def restore_command(backup: str, place: str) -> None:
    """Bring a backup back as a project file.

    What stands there is moved aside under a dated name, never overwritten.
    """
    from qualcode.project import restore

    aside = restore(backup, place)
    say(visible_line(f"Restored {place}"))
    if aside is not None:
        note(f"What stood there is now {aside}")


@click.command(
    "forget",
    cls=Documented,
    examples=["qualcode forget --person B-SU1", "qualcode forget --document focus_group_2"],
)
@click.option("--document", metavar="NAME", help="Erase this document.")
@click.option("--person", metavar="NAME", help="Erase this person, with everything they said.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@writes
def forget_command(project: "Project", document: str | None, person: str | None, yes: bool) -> None:
    """Erase a participant's words for good, as somebody who withdraws can ask. There is no undo.

    Texts, files they were read from, coding and quotations go, also from the trail, and nothing done before can be
    undone afterwards. What backups and files written earlier still hold is listed: those are yours to delete.
    """
    if (document is None) == (person is None):
        raise click.UsageError("say whom or what: --document NAME or --person NAME")
    found = project.documents.get(document).name if document else project.people.get(person or "").name
    if not yes:
        note(f"This erases {found} for good. It cannot be undone.")
        typed = click.prompt("Type the name to go on", err=True, default="", show_default=False)
        if typed != found:
            raise RefusedError("that is not the name, so nothing was erased")
    _tell(project.forget(document=found) if document else project.forget(person=found), found)


def _tell(done: "Forgotten", name: str) -> None:
    say(f"Forgotten: {visible_line(name)}")
    say(f"documents erased: {visible_line(', '.join(done.documents) or 'none')}")
    if done.shared:
        say(f"documents that others speak in, where only these turns went: {visible_line(', '.join(done.shared))}")
    say(f"coded passages erased: {done.passages}; memos: {done.memos}; places redacted in notes: {done.redactions}")
    if not done.swept:
        note("Another program has the project open: close it, then the last traces leave the file.")
    for path in done.backups:
        note(f"still holds it: {path}")
    for written in done.exports:
        note(f"may still hold it: {written}")
    for other in done.mentions:
        note(f"names it still: the document {other}. Look: qualcode revise --help")
    if done.backups or done.exports:
        files = counted(len(done.backups) + len(done.exports), "file")
        note(f"{files} to delete, or to keep as your data management plan says.")
