"""Files written by `--out`: nothing that qualcode did not write itself is written over unasked."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.errors import RefusedError

if TYPE_CHECKING:
    from qualcode.project import Project

Command = Callable[..., Any]


def out_option(formats: str, *, required: bool = False) -> Callable[[Command], Command]:
    """Gives a command `--out PATH` (paths) and `--force` (is_forced)."""
    out = click.option("--out", "paths", metavar="PATH", multiple=True, required=required, help=formats)
    force = click.option("--force", "is_forced", is_flag=True, help="Write over files that this project did not write.")
    return lambda command: out(force(command))


def keep_originals(project: "Project", paths: Iterable[str | Path], is_forced: bool) -> None:
    """Stop before a file is written over that this project does not remember having written, twins too.

    Raises:
        RefusedError: there is one; nothing is written.
    """
    from qualcode import report

    given = [Path(path) for path in paths]
    twins = [twin for path in given if (twin := report.exact_twin(path))]
    for path in () if is_forced else (*given, *twins):
        if path.is_file() and not project.has_written(path):
            raise RefusedError(
                "there is such a file already, and this project did not write it",
                where=str(path),
                remedy="It may be an original. Choose another name, or write over it with --force.",
            )
