"""`qualcode open`: the workbench on the screen."""

import sys
from pathlib import Path

import click

from qualcode.cli.options import Documented, coder_known, coder_option, project_path
from qualcode.errors import RefusedError


@click.command("open", cls=Documented, examples=["qualcode open study.qualcode", "qualcode open --coder JB"])
@click.argument("project_file", metavar="[FILE]", required=False)
@coder_option
def open_command(project_file: str | None, coder: str | None) -> None:
    """Open the workbench: read and code on the screen.

    Everything is written when it is done; leaving needs no saving. ? shows the keys.
    """
    open_workbench(project_path(project_file), coder)


def open_workbench(path: Path | None, coder: str | None) -> None:
    """Run the workbench on a project; without one, on the last project, else its start screen.

    Raises:
        RefusedError: nobody sits at a terminal.
    """
    if not is_at_terminal():
        raise RefusedError("the workbench needs a terminal", remedy="Without one, every command works: qualcode --help")
    acting = coder_known(coder) or None
    from qualcode.tui.starting import run

    run(path, acting)


def is_at_terminal() -> bool:
    """Whether somebody sits at a terminal and sees what is printed."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
