"""`qualcode figure`."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.analysis_options import analysis_options, options_for
from qualcode.cli.citing import as_cited, citation_options
from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, coder_known, coder_option, opened, project_option, whole, with_json
from qualcode.cli.printing import aligned, on_screen
from qualcode.cli.tables import print_table
from qualcode.cli.writing import keep_originals, out_option, scan
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.figure import Figure
    from qualcode.project import Project


@click.command(
    "figure",
    cls=Documented,
    examples=[
        "qualcode figure --list",
        "qualcode figure change-model",
        "qualcode figure change-model --out model.svg --out model.pdf",
        "qualcode figure change-model --levels 2 --threshold 3 --out model.png",
    ],
)
@click.argument("name", required=False)
@click.option("--list", "list_names", is_flag=True, help="Print which figures there are.")
@out_option("Draw it: .svg .pdf .png (300 dpi) .dot (Graphviz).")
@analysis_options
@citation_options
@click.option("--width", type=whole(24), help="Cells of a printed line; else the terminal's.")
@with_json
@project_option
@coder_option
def figure_command(
    name: str | None,
    list_names: bool,
    paths: tuple[str, ...],
    citations: str,
    small_cell: int | None,
    is_forced: bool,
    width: int | None,
    as_json: bool,
    project_file: str | None,
    coder: str | None,
    **said: Any,
) -> None:
    """Draw a figure to files, or print its caption and numbers.

    It fits A4 on its side. Its caption says what was counted, whose coding, of how many, and what is hidden; every
    number stands in the table that is printed, and opens like the table's of the same name.
    """
    if list_names or name is None:
        _say_names(as_json)
        return
    from qualcode.analysis.offered import figure_cited, figure_maker

    function = figure_maker(name)
    with opened(project_file, lambda: coder_known(coder) or None) as study:
        project = as_cited(study, citations, small_cell)
        keep_originals(project, paths, is_forced)
        figure = figure_cited(function(project, **options_for(name, function, said)), project)
        for path in paths:
            _write(project, figure, Path(path), note if as_json else say)
        if as_json:
            _say_figure(figure)
            return
        say("\n".join(on_screen(visible_line(f"{figure.title}. {figure.caption}"))))
        if not paths:
            say()
            print_table(figure.table, width)
            note("To draw it: --out NAME.svg, .pdf, .png or .dot")


def _say_names(as_json: bool) -> None:
    from qualcode.analysis import FIGURES

    if as_json:
        say_json([{"name": name, "shows": offer.shows, "need": offer.need} for name, offer in FIGURES.items()])
    else:
        say(aligned(("figure", "for", "shows"), [(name, each.need, each.shows) for name, each in FIGURES.items()]))


def _write(project: "Project", figure: "Figure", path: Path, tell: Callable[[str], None]) -> None:
    """Draw it, let the project remember that it was, for `forget` to name, and say what its font lacks."""
    from qualcode.report.exporting import export_figure

    lacking = export_figure(project, figure, path, scan())
    tell(visible_line(f"Wrote {path}"))
    if lacking:
        note(f"The font of figures has no picture of {lacking}: an empty box stands there.")


def _say_figure(figure: "Figure") -> None:
    import json

    from qualcode.report.json_file import content

    told = {name: getattr(figure, name) for name in ("name", "title", "caption", "alternative")}
    say_json({**told, "notes": list(figure.notes), "numbers": json.loads(content(figure.table))})
