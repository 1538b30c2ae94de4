"""`qualcode open`: the workbench on the screen."""

import sys
from pathlib import Path

import click

from qualcode.cli.options import Documented, coder_acting, coder_option, project_path, remember_quietly
from qualcode.errors import RefusedError


@click.command("open", cls=Documented, examples=["qualcode open study.qualcode", "qualcode open --coder JB"])
@click.argument("project_file", metavar="[FILE]", required=False)
@coder_option
def open_command(project_file: str | None, coder: str | None) -> None:
    """Open the workbench: read and code on the screen.

    Everything is written when it is done; leaving needs no saving. ? shows the keys.
    """
    open_workbench(project_path(project_file), coder)


def open_workbench(path: Path, coder: str | None) -> None:
    """Run the workbench on a project.

    Raises:
        RefusedError: nobody sits at a terminal.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise RefusedError("the workbench needs a terminal", remedy="Without one, every command works: qualcode --help")
    acting = coder_acting(coder)
    from qualcode.tui.starting import run

    run(path, acting)
    remember_quietly(last_project=str(path.resolve()))
