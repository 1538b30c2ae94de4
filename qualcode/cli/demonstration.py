"""`qualcode demo`."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.contract import note, program, say
from qualcode.cli.options import Documented
from qualcode.cli.tables import print_table, write
from qualcode.cli.writing import keep_originals
from qualcode.visible import counted

if TYPE_CHECKING:
    from qualcode.project import Project


@click.command(
    "demo",
    cls=Documented,
    examples=["qualcode demo", "qualcode demo ~/try-qualcode", "qualcode demo --synthetic 240"],
)
@click.argument("folder", metavar="[DIR]", default="qualcode-demo")
@click.option(
    "--synthetic",
    type=click.Choice(["71", "240"]),
    help="A large made-up study instead: 71 interviews once, or 240 at two waves; a program wrote their words.",
)
def demo_command(folder: str, synthetic: str | None) -> None:
    """Make a sample study, invented but really coded, and print its change model.

    Peer workers and the people they support: interviews with who speaks in them, a codebook, coded passages, claims
    and memos, and the change model written as Word, web page and CSV. Try everything on it; it is an ordinary project.
    """
    import qualcode.project
    from qualcode.analysis import change_model
    from qualcode.work import sample

    place = Path(folder)
    if synthetic:
        _make_synthetic(place, synthetic)
        return
    path = sample.make(place, note)
    with qualcode.project.open(path, announce=note) as project:
        project.store.coder_short = project.coders.all()[0].short
        table = change_model(project)
        print_table(table, None)
        say()
        files = [place / f"change-model{suffix}" for suffix in (".docx", ".html", ".csv")]
        keep_originals(project, files, is_forced=False)
        for each in files:
            write(project, table, each)
        note(_contents(project))
    note("Read and code it on the screen:")
    note(f"  {program()} open {shlex.quote(str(path))}")
    note("Look further:")
    for words in (
        "documents",
        "segments --code M2a --context",
        "table change-model --open M2a P3",
        "history",
    ):
        note(f"  {program()} {words} --project {shlex.quote(str(path))}")


def _make_synthetic(folder: Path, size: str) -> None:
    from qualcode.work import synthetic

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"synthetic-{size}.qualcode"
    design = synthetic.DESIGNS[size]
    note(f"{design.title}; nobody said any of it")
    synthetic.make(path, design, announce=note)
    note(f"Look: {program()} documents --project {shlex.quote(str(path))}")


def _contents(project: "Project") -> str:
    """What is in the project, counted."""
    segments = project.segments.find()
    counts = (
        counted(len(project.documents.all()), "interview"),
        counted(len(segments), "coded passage"),
        counted(len(project.claims.find()), "claim"),
        counted(len(project.memos.find()), "memo"),
        counted(sum(coder.kind == "person" for coder in project.coders.all()), "coder"),
    )
    return f"In it: {', '.join(counts)}."
