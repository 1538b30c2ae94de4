"""Files written by `--out`: nothing that qualcode did not write itself is written over unasked."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.options import not_empty

if TYPE_CHECKING:
    from qualcode.project import Project

Command = Callable[..., Any]


def out_option(formats: str, *, required: bool = False) -> Callable[[Command], Command]:
    """Gives a command `--out PATH` (paths) and `--force` (is_forced)."""
    out = click.option(
        "--out", "paths", metavar="PATH", multiple=True, required=required, callback=not_empty, help=formats
    )
    force = click.option("--force", "is_forced", is_flag=True, help="Write over files that this project did not write.")
    return lambda command: out(force(command))


def keep_originals(project: "Project", paths: Iterable[str | Path], is_forced: bool) -> None:
    """As `report.exporting` does, which is loaded only when something is written."""
    from qualcode.report import exporting

    exporting.keep_originals(project, paths, is_forced)
