"""Tables and figures by the name that they are asked for, as command line and workbench make them.

A file of its own, loaded where something is made: `qualcode.offers` has the names alone.
"""

from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from inspect import signature
from typing import TYPE_CHECKING, Any, TypeVar

from qualcode.errors import UserError, not_found
from qualcode.offers import FIGURES, TABLES, Offer
from qualcode.project import Project
from qualcode.table import Table

if TYPE_CHECKING:
    from qualcode.figure import Figure

Made = TypeVar("Made")
Told = Callable[[str], None]


def table_maker(name: str) -> Callable[..., Table]:
    """The function that makes the table of that name.

    Raises:
        NotFoundError: there is no such table.
    """
    return _maker("table", name, TABLES)


def figure_maker(name: str) -> "Callable[..., Figure]":
    """The function that makes the figure of that name.

    Raises:
        NotFoundError: there is no such figure.
    """
    return _maker("figure", name, FIGURES)


def _maker(kind: str, name: str, offers: Mapping[str, Offer]) -> Callable[..., Any]:
    if name not in offers:
        raise not_found(kind, name, offers)
    home, _, function = offers[name].home.partition(":")
    made: Callable[..., Any] = getattr(import_module(home), function)
    return made


def made(project: Project, name: str, layer: str | None = None) -> Table:
    """The table of that name as it is without options; of one coder's coding, where the table counts coding.

    Raises:
        NotFoundError: there is no such table or coder.
    """
    from qualcode.analysis.citing import cited

    return cited(_plain(table_maker(name), project, layer), project)


def drawn(project: Project, name: str, layer: str | None = None) -> "Figure":
    """The figure of that name as it is without options; of one coder's coding, where it counts coding.

    Raises:
        NotFoundError: there is no such figure or coder.
        RefusedError: there is nothing to draw.
    """
    return figure_cited(_plain(figure_maker(name), project, layer), project)


def figure_cited(figure: "Figure", project: Project) -> "Figure":
    """With its numbers' passages cited as the project's are, and with what is to be said of that."""
    from dataclasses import replace

    from qualcode.analysis.citing import cited

    return replace(figure, table=cited(figure.table, project))


def _plain(function: Callable[..., Made], project: Project, layer: str | None) -> Made:
    from qualcode.analysis.counting import Scope

    takes_scope = "scope" in signature(function).parameters
    options = {"scope": Scope(coder=layer)} if layer and takes_scope else {}
    return function(project, **options)


def everything(
    project: Project, layer: str | None, left_out: Told, begun: Told = lambda _what: None
) -> "tuple[list[Table], list[Figure]]":
    """All tables and figures that can be made, in the order in which they are offered.

    Args:
        project: the study.
        layer: whose coding counts; None = the consensus, else each document's lead coder.
        left_out: told of each that cannot be made, and why.
        begun: told of each before it is made.
    """
    tables = list(_possible("table", TABLES, lambda name: made(project, name, layer), left_out, begun))
    return tables, list(_possible("figure", FIGURES, lambda name: drawn(project, name, layer), left_out, begun))


def _possible(
    kind: str, names: Mapping[str, Offer], make: Callable[[str], Made], left_out: Told, begun: Told
) -> Iterator[Made]:
    for name in names:
        begun(f"{kind} {name}")
        try:
            yield make(name)
        except UserError as error:
            left_out(f"{kind} {name}: {error.what}")
