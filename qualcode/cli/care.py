"""`qualcode check`, `backup` and `restore`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.contract import FAILED, note, say, say_json
from qualcode.cli.options import (
    Documented,
    coder_known,
    coder_option,
    not_empty,
    opened,
    project_option,
    reads,
    with_json,
)
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.project import Project


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
@click.option(
    "--to", "folder", metavar="FOLDER", callback=not_empty, help="Where to; else the folder backups beside the project."
)
@reads
@click.pass_context
def backup_command(context: click.Context, /, project: "Project", folder: str | None) -> None:
    """Make a whole, checked copy of the project file, also while it is in use.

    A copy is made of an unsound project too; what is wrong is said as by qualcode check, and the exit code is 1.

    A copy made by a file manager may miss the last actions. A backup holds the participants' words too: keep it as
    safe as the project.
    """
    say(visible_line(f"Wrote {project.backup(Path(folder) if folder else None)}"))
    if problems := project.check():
        note("The project itself is NOT SOUND, and so is this backup:")
        for each in problems:
            note(f"{each.where}: {each.what}")
        note("Older backups may be sound: qualcode restore tells.")
        context.exit(FAILED)


@click.command(
    "restore",
    cls=Documented,
    examples=["qualcode restore backups/study-2026-03-14-101500.qualcode --to study.qualcode"],
)
@click.argument("backup", callback=not_empty)
@click.option("--to", "place", metavar="FILE", required=True, callback=not_empty, help="Where the project shall stand.")
@click.option("--force", "is_forced", is_flag=True, help="Even if what stands in it is not sound.")
def restore_command(backup: str, place: str, is_forced: bool) -> None:
    """Bring a backup back as a project file.

    What stands there is moved aside under a dated name, never overwritten. A backup that is not sound (see qualcode
    check) is refused, unless you say --force. The passphrase of an encrypted backup is asked for: it is the one that
    the project had when the backup was made.
    """
    from qualcode.cli.passphrases import asked_for
    from qualcode.project import restore
    from qualcode.project.file import unlock
    from qualcode.project.forgetting import forgotten_since

    for each in (Path(backup), Path(place)):
        if passphrase := asked_for(each):
            unlock(each, passphrase)

    since = forgotten_since(Path(backup), Path(place))
    aside = restore(backup, place, even_unsound=is_forced)
    say(visible_line(f"Restored {place}"))
    if since:
        note(f"After this backup was made, something was forgotten {counted(since.times, 'time')}: it is back.")
        note(f"Of the files forgotten since, {since.files} are in it again. Forget them anew: qualcode forget --help")
    if aside is not None:
        note(f"What stood there is now {aside}")
