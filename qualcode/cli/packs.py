"""`qualcode pack`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.citing import as_cited, citation_options
from qualcode.cli.contract import note, say
from qualcode.cli.options import Documented, reads
from qualcode.errors import UserError
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.table import Table


@click.command(
    "pack",
    cls=Documented,
    examples=[
        "qualcode pack --out results.docx --out results.xlsx",
        "qualcode pack --table sample --table change-model --figure model.png --out results.docx",
    ],
)
@click.option("--out", "paths", metavar="PATH", multiple=True, required=True, help="Write it: .docx or .xlsx.")
@click.option("--table", "names", metavar="NAME", multiple=True, help="Only this table; without it, all of them.")
@click.option("--figure", "figures", metavar="PATH", multiple=True, help="A figure, as a .png or .jpg file.")
@click.option("--layer", metavar="CODER", help="Whose coding counts; else the consensus or each document's lead.")
@citation_options
@reads
def pack_command(
    project: "Project",
    paths: tuple[str, ...],
    names: tuple[str, ...],
    figures: tuple[str, ...],
    layer: str | None,
    citations: str,
    small_cell: int | None,
) -> None:
    """Write tables and figures into one file, numbered and with a list of contents.

    Each table has its caption and notes. Quotations are not in it: qualcode table NAME --out writes a table with them.
    """
    from qualcode.report.pack import Picture, write_pack

    if layer:
        project.coders.get(layer)
    tables = _tables(as_cited(project, citations, small_cell), names, layer)
    pictures = [Picture(Path(path), Path(path).stem) for path in figures]
    for path in paths:
        write_pack(tables, pictures, Path(path))
        project.record_export(path)
        say(f"Wrote {visible_line(path)}")


def _tables(project: "Project", names: tuple[str, ...], layer: str | None) -> "list[Table]":
    """The tables named, or all that can be made; what cannot is said."""
    from qualcode.analysis import TABLES
    from qualcode.cli.tables import made

    if names:
        return [made(project, name, layer) for name in names]
    tables = []
    for name in TABLES:
        try:
            tables.append(made(project, name, layer))
        except UserError as error:
            note(f"Left out: {name}: {error.what}")
    return tables
