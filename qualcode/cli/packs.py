"""`qualcode pack`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.citing import as_cited, citation_options, warn
from qualcode.cli.contract import note, say
from qualcode.cli.options import Documented, reads
from qualcode.cli.writing import keep_originals, out_option, write_out
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from collections.abc import Sequence

    from qualcode.figure import Figure
    from qualcode.project import Project


@click.command(
    "pack",
    cls=Documented,
    examples=[
        "qualcode pack --out results.docx --out results.xlsx",
        "qualcode pack --table sample --figure change-model --figure setting.jpg --out results.docx",
    ],
)
@out_option("Write it: .docx or .xlsx.", required=True)
@click.option("--table", "names", metavar="NAME", multiple=True, help="Only the tables and figures named; else all.")
@click.option(
    "--figure", "figures", metavar="NAME|PATH", multiple=True, help="A figure by name, or one as a .png or .jpg file."
)
@click.option("--layer", metavar="CODER", help="Whose coding counts; else the consensus or each document's lead.")
@citation_options
@reads
def pack_command(
    project: "Project",
    paths: tuple[str, ...],
    is_forced: bool,
    names: tuple[str, ...],
    figures: tuple[str, ...],
    layer: str | None,
    citations: str,
    small_cell: int | None,
) -> None:
    """Write tables and figures into one file, numbered and with a list of contents.

    Each table has its caption and notes. Quotations are not in it: qualcode table NAME --out writes a table with them.
    """
    from qualcode.analysis import FIGURES
    from qualcode.analysis.offered import drawn, everything, made
    from qualcode.report.pack import Picture, checked, write_pack

    keep_originals(project, paths, is_forced)
    for path in paths:
        checked(Path(path))
    if layer:
        project.coders.get(layer)
    study = as_cited(project, citations, small_cell)
    shown: Sequence[Figure | Picture]
    if names or figures:
        tables = [made(study, name, layer) for name in names]
        shown = [drawn(study, each, layer) if each in FIGURES else Picture(Path(each), Path(each).stem)
                 for each in figures]  # fmt: skip
    else:
        tables, shown = everything(study, layer, lambda what: note(f"Left out: {what}"))
    warn(tables)
    for path in paths:
        write_out(project, [tables, shown], path, partial(write_pack, tables, shown, Path(path)))
        say(f"Wrote {visible_line(path)}")
