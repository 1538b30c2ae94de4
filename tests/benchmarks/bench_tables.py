"""Tables: the change model of 2,000 codes without a claim, and writing a table of 200 x 100 numbers in every format."""

from pathlib import Path
from tempfile import TemporaryDirectory

import qualcode
from qualcode import report
from qualcode.analysis import change_model
from qualcode.project import Project
from qualcode.table import Evidence, Heading, Table
from tests.benchmarks.bench import Row, row

CODES, ROWS, COLUMNS = 2_000, 200, 100
KINDS = ("mechanism", "mechanism", "rival explanation", "process outcome", "downstream outcome")


def rows() -> list[Row]:
    with TemporaryDirectory() as folder:
        written = [_writing(_numbers(), Path(folder) / f"table{suffix}") for suffix in report.SUFFIXES]
        with qualcode.new(Path(folder) / "codes.qualcode", "AK") as project:
            with project.action("fill"):
                _fill(project)
            wide = change_model(project)
            size = f"{len(wide.rows):,} x {len(wide.columns):,}"
            return [
                *written,
                row(
                    f"change model of {CODES:,} codes, no claim ({size})",
                    lambda: change_model(project),
                    "reading the codes",
                    project.codes.all,
                    runs=3,
                ),
                row("the same as csv", lambda: report.write(wide, Path(folder) / "wide.csv"), runs=1),
            ]


def _writing(table: Table, path: Path) -> Row:
    return row(
        f"{ROWS} x {COLUMNS} numbers as {path.suffix}",
        lambda: report.write(table, path),
        "pandas' own csv",
        lambda: table.frame.to_csv(path.with_suffix(".plain")),
        runs=3,
    )


def _numbers() -> Table:
    """Each third cell has a number and something behind it."""
    lines = tuple(Heading(f"R{number}", f"R{number} Row", group=f"Band {number // 50}") for number in range(ROWS))
    heads = tuple(Heading(f"C{number}", f"C{number} Column", "people", 71) for number in range(COLUMNS))
    values = [
        [(line * 7 + head) % 30 if (line + head) % 3 == 0 else 0 for head in range(COLUMNS)] for line in range(ROWS)
    ]

    def opens(line: str, head: str) -> Evidence:
        return Evidence("claim", tuple(range(values[int(line[1:])][int(head[1:])])))

    return Table("numbers", "Numbers", "of", lines, heads, values, ("A note.",), opens=opens)


def _fill(project: Project) -> None:
    """The codes, each tenth with the nine after it below it."""
    for number in range(CODES):
        parent = f"K{number - number % 10}" if number % 10 else None
        kind = KINDS[number // 10 % len(KINDS)]
        project.codes.add(f"K{number}", f"Code {number}", parent=parent, kind=kind, valence="good")
