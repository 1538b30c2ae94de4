"""A paper: every table and figure, and the results pack of them all.

Of 240 interviews, 3 coders, 60 codes and 100,000 segments.
"""

from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import qualcode
from qualcode.analysis import FIGURES, TABLES
from qualcode.errors import UserError
from qualcode.offers import Offer
from qualcode.project import Project
from qualcode.report.drawing import content
from qualcode.report.pack import write_pack
from qualcode.work import synthetic
from tests.benchmarks.bench import Row, row


def rows() -> list[Row]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "study.qualcode"
        making = row("making the project", lambda: _anew(path), runs=1)
        tables = [
            row(
                f"{name}, with load", lambda name=name: _table(path, name), "reading the segments", lambda: _floor(path)
            )
            for name in TABLES
        ]
        figures = [
            row(f"figure {name}, drawn (png)", lambda name=name: _figure(path, name), runs=1) for name in FIGURES
        ]
        packs = [
            row(f"the results pack of all tables and figures ({end})", lambda end=end: _pack(path, end), runs=1)
            for end in ("docx", "xlsx")
        ]
        return [making, *tables, *figures, *packs]


def _anew(path: Path) -> None:
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()
    synthetic.make(path, synthetic.TWO_WAVES)
    with qualcode.open(path, "AK") as project, project.action("a third level"):
        _add_dimension(project)


def _add_dimension(project: Project) -> None:
    """The mechanisms stand below one code, so that the figure gioia has three levels to draw."""
    mechanisms = [each for each in project.codes.all() if each.kind == "mechanism" and each.parent is None]
    project.codes.add("AD", "What peer workers do")
    for each in mechanisms:
        project.codes.move(each, "AD")


def _function(offer: Offer) -> Any:
    module, _, function = offer.home.partition(":")
    return getattr(import_module(module), function)


def _table(path: Path, name: str) -> None:
    with qualcode.open(path) as project:
        _made(project, name, TABLES[name])


def _figure(path: Path, name: str) -> None:
    with qualcode.open(path) as project:
        for figure in _made(project, name, FIGURES[name]):
            content(figure, ".png")


def _made(project: Project, name: str, offer: Offer) -> list[Any]:
    """A table or figure, or none: one that needs what this study lacks says so."""
    try:
        return [_function(offer)(project)]
    except UserError as error:
        print(f"{name}: {error.what}")
        return []


def _floor(path: Path) -> None:
    with qualcode.open(path) as project:
        len(project.columns().segments)


def _pack(path: Path, end: str) -> None:
    with qualcode.open(path) as project:
        tables = [table for name, offer in TABLES.items() for table in _made(project, name, offer)]
        figures = [figure for name, offer in FIGURES.items() for figure in _made(project, name, offer)]
        write_pack(tables, figures, path.with_name(f"results.{end}"))
