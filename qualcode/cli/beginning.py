"""`qualcode new`."""

from pathlib import Path

import click

from qualcode.cli.contract import note, say
from qualcode.cli.options import Documented, coder_acting, coder_known, not_empty, remember_quietly
from qualcode.visible import visible_line


@click.command(
    "new",
    cls=Documented,
    examples=["qualcode new study.qualcode --coder AK", "qualcode new study.qualcode --encrypted"],
)
@click.argument("file", callback=not_empty)
@click.option("--coder", metavar="NAME", help="Your short name; else QUALCODE_CODER or the setting.")
@click.option("--encrypted", "is_encrypted", is_flag=True, help="Under a passphrase, which is asked for.")
def new_command(file: str, coder: str | None, is_encrypted: bool) -> None:
    """Make a project file.

    One file holds the whole study: transcripts, codebook, coding, memos and the trail of every change. Only you can
    read it. A name without an ending gets .qualcode, so that the other commands find it by themselves.

    With --encrypted nobody reads the file without its passphrase, you neither: a lost passphrase is a lost study.
    """
    import qualcode.project
    from qualcode.cli.passphrases import new_for

    path = Path(file) if Path(file).suffix else Path(f"{file}.qualcode")
    acting = coder_acting(coder)
    passphrase = new_for(path) if is_encrypted else None
    with qualcode.project.new(path, acting, passphrase=passphrase, announce=note) as project:
        if project.warning:
            note(project.warning)
    remember_quietly(last_project=str(path.resolve()))
    if not coder_known(None):
        remember_quietly(coder=acting)
        note(f"You are {acting} from now on, unless you say --coder or set QUALCODE_CODER.")
    say(f"Made {visible_line(str(path))}")
    note("Next: qualcode import PATH... brings transcripts in.")
