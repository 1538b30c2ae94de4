"""`qualcode table`."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.analysis_options import analysis_options, options_for
from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, coder_known, coder_option, opened, project_option, with_json
from qualcode.cli.printing import aligned, counted, indented
from qualcode.errors import InputError, not_found
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.table import Heading, Table


@click.command(
    "table",
    cls=Documented,
    examples=[
        "qualcode table --list",
        "qualcode table change-model --role SU",
        "qualcode table change-model --open M2a P3",
        "qualcode table change-model --out matrix.docx --out matrix.csv",
    ],
)
@click.argument("name", required=False)
@click.option("--list", "list_names", is_flag=True, help="Print which tables there are.")
@click.option("--out", "paths", metavar="PATH", multiple=True, help="Write it: .csv .docx .html .json .md .tex .xlsx.")
@click.option("--open", "cell", metavar="ROW COLUMN", nargs=2, help="Print the passages that a cell rests on.")
@analysis_options
@click.option("--width", type=click.IntRange(min=24), help="Cells of a printed line; else the terminal's.")
@with_json
@project_option
@coder_option
def table_command(
    name: str | None,
    list_names: bool,
    paths: tuple[str, ...],
    cell: tuple[str, str] | None,
    width: int | None,
    as_json: bool,
    project_file: str | None,
    coder: str | None,
    **said: Any,
) -> None:
    """Print a table, or write it to files.

    Its notes say what was counted, whose coding, of how many. The unit is people unless said otherwise; coders are
    never summed. With --open each number shows the passages it rests on.
    """
    if list_names or name is None:
        _say_names(as_json)
        return
    function = _function(name)
    with opened(project_file, lambda: coder_known(coder) or None) as project:
        table = function(project, **options_for(name, function, said))
        if cell:
            _say_cell(table, *cell, as_json=as_json)
        elif as_json:
            from qualcode.report.json_file import content

            click.echo(content(table), nl=False)
        elif not paths:
            print_table(table, width)
        for path in paths:
            write(project, table, Path(path))


def _say_names(as_json: bool) -> None:
    from qualcode.analysis import TABLES

    if as_json:
        say_json([{"name": name, "shows": offer.shows, "need": offer.need} for name, offer in TABLES.items()])
    else:
        say(aligned(("table", "for", "shows"), [(name, offer.need, offer.shows) for name, offer in TABLES.items()]))


def made(project: "Project", name: str, layer: str | None) -> "Table":
    """The table of that name as it is without options; of one coder's coding, where the table counts coding.

    Raises:
        NotFoundError: there is no such table or coder.
    """
    from inspect import signature

    from qualcode.analysis import Scope

    function = _function(name)
    takes_scope = "scope" in signature(function).parameters
    options = {"scope": Scope(coder=layer)} if layer and takes_scope else {}
    table: Table = function(project, **options)
    return table


def _function(name: str) -> Any:
    from importlib import import_module

    from qualcode.analysis import TABLES

    if name not in TABLES:
        raise not_found("table", name, TABLES)
    module, _, function = TABLES[name].home.partition(":")
    return getattr(import_module(module), function)


def print_table(table: "Table", width: int | None) -> None:
    """Print a table, with bold and dim lettering on a terminal that wants it."""
    from qualcode.report import render

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    click.echo(render(table, width, colour=colour), nl=False)


def _say_cell(table: "Table", row: str, column: str, *, as_json: bool) -> None:
    row, column = _key(table.rows, row, "row"), _key(table.columns, column, "column")
    quotations = table.quotations(row, column)
    if as_json:
        evidence = table.evidence(row, column)
        say_json(
            {
                "row": row,
                "column": column,
                "value": table.value(row, column),
                "evidence": {"kind": evidence.kind, "ids": list(evidence.ids)},
                "quotations": [
                    {"document": each.document, "label": each.label, "citation": each.citation, "start": each.start,
                     "end": each.end, "speaker": each.speaker, "question": each.before, "words": each.words}
                    for each in quotations
                ],
            }
        )  # fmt: skip
        return
    for each in quotations:
        say(visible_line(f"{each.label}  {each.citation}"))
        if each.before:
            say(indented(f"Asked: {each.before}"))
        say(f"{indented(each.words)}\n")
    note(f"{row} by {column}: {table.value(row, column)}; it rests on {counted(len(quotations), 'passage')}")


def _key(headings: "tuple[Heading, ...]", given: str, noun: str) -> str:
    keys = {_typed(heading.key): heading.key for heading in headings}
    if _typed(given) not in keys:
        raise not_found(noun, given, keys.values())
    return keys[_typed(given)]


def _typed(key: str) -> str:
    """In any case and with any blanks; an arrow may be typed as ->."""
    return "".join(key.replace("->", "→").casefold().split())


def write(project: "Project", table: "Table", path: Path) -> None:
    """Write a table to a file, and let the project remember that it was, for `forget` to name."""
    from qualcode import report

    if path.suffix.lower() not in report.SUFFIXES:
        raise InputError(
            f"tables are not written as {path.suffix or 'files without an ending'}",
            where=str(path),
            remedy=f"End the name in one of: {', '.join(report.SUFFIXES)}",
        )
    report.write(table, path)
    project.record_export(path)
    twin = report.exact_twin(path)
    if twin:
        project.record_export(twin)
    said = f"{path} and its exact twin {twin.name}" if twin else str(path)
    say(f"Wrote {visible_line(said)}")
