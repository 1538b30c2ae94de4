"""`qualcode new`."""

from pathlib import Path

import click

from qualcode.cli.contract import note, say
from qualcode.cli.options import Documented, coder_acting, coder_known, not_empty, remember_quietly
from qualcode.visible import visible_line


@click.command(
    "new",
    cls=Documented,
    examples=["qualcode new study.qualcode --coder AK"],
)
@click.argument("file", callback=not_empty)
@click.option("--coder", metavar="NAME", help="Your short name; else QUALCODE_CODER or the setting.")
def new_command(file: str, coder: str | None) -> None:
    """Make a project file.

    One file holds the whole study: transcripts, codebook, coding, memos and the trail of every change. Only you can
    read it. A name without an ending gets .qualcode, so that the other commands find it by themselves.
    """
    import qualcode.project

    path = Path(file) if Path(file).suffix else Path(f"{file}.qualcode")
    acting = coder_acting(coder)
    with qualcode.project.new(path, acting, announce=note) as project:
        if project.warning:
            note(project.warning)
    remember_quietly(last_project=str(path.resolve()))
    if not coder_known(None):
        remember_quietly(coder=acting)
        note(f"You are {acting} from now on, unless you say --coder or set QUALCODE_CODER.")
    say(f"Made {visible_line(str(path))}")
    note("Next: qualcode import PATH... brings transcripts in.")
