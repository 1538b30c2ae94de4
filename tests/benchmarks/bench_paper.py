"""A paper: every table, and the results pack, of 240 interviews, 3 coders, 60 codes and 100,000 segments."""

from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import qualcode
from qualcode.analysis import TABLES
from qualcode.errors import UserError
from qualcode.report.pack import write_pack
from qualcode.table import Table
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
        packing = row("the results pack of all tables (docx)", lambda: _pack(path, Path(folder) / "p.docx"), runs=1)
        return [making, *tables, packing]


def _anew(path: Path) -> None:
    for each in path.parent.glob(f"{path.name}*"):
        each.unlink()
    synthetic.make(path, synthetic.TWO_WAVES)


def _function(name: str) -> Any:
    module, _, function = TABLES[name].home.partition(":")
    return getattr(import_module(module), function)


def _table(path: Path, name: str) -> None:
    with qualcode.open(path) as project:
        try:
            _function(name)(project)
        except UserError as error:  # a table that needs what this study lacks says so
            print(f"{name}: {error.what}")


def _floor(path: Path) -> None:
    with qualcode.open(path) as project:
        len(project.columns().segments)


def _pack(path: Path, target: Path) -> None:
    with qualcode.open(path) as project:
        tables: list[Table] = []
        for name in TABLES:
            try:
                tables.append(_function(name)(project))
            except UserError:
                continue
        write_pack(tables, [], target)
