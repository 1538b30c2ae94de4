"""How passages are cited: the options --citations and --small-cell."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from qualcode.cli.contract import note
from qualcode.cli.options import whole

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.table import Table

Command = TypeVar("Command", bound=Callable[..., Any])

STYLES = ("team", "publication")


def citation_options(command: Command) -> Command:
    """Give a command the options; it gets `citations` and `small_cell` as keyword arguments, for `as_cited`."""
    for option in (
        click.option(
            "--small-cell",
            metavar="K",
            type=whole(1),
            help="For publication: tell the case only where K people share case and role; else 5.",
        ),
        click.option(
            "--citations",
            type=click.Choice(STYLES),
            default="team",
            show_default=True,
            help="Publication: person and role only, and nothing of whoever is marked quote = no.",
        ),
    ):
        command = option(command)
    return command


def warn(tables: "Iterable[Table]") -> None:
    """Say on stderr which tables that are written name people or small cases: their notes say so in the file only."""
    from qualcode.analysis.citing import warnings

    for table in tables:
        for each in warnings(table):
            note(f"{table.name}: {each}")


def as_cited(project: "Project", citations: str, small_cell: int | None) -> "Project":
    """The project with its passages cited so.

    Raises:
        click.UsageError: a small cell is named without publication.
    """
    if citations == "team":
        if small_cell is not None:
            raise click.UsageError("--small-cell goes with --citations publication")
        return project
    return project.cited("publication", small_cell or 5)
