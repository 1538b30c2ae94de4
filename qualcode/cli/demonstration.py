"""`qualcode demo`."""

from pathlib import Path

import click

from qualcode.cli.contract import note, say
from qualcode.cli.options import Documented
from qualcode.cli.tables import print_table, write
from qualcode.visible import visible_line


@click.command("demo", cls=Documented, examples=["qualcode demo", "qualcode demo ~/try-qualcode"])
@click.argument("folder", metavar="[DIR]", default="qualcode-demo")
def demo_command(folder: str) -> None:
    """Make a sample study, invented but really coded, and print its change model.

    Peer workers and the people they support, in ten initiatives: transcripts, two coders, claims, memos. Try
    everything on it; it is an ordinary project.
    """
    import qualcode.project
    from qualcode.analysis import change_model
    from qualcode.work import sample

    place = Path(folder)
    path = sample.make(place, note)
    with qualcode.project.open(path, announce=note) as project:
        project.store.coder_short = project.coders.all()[0].short
        table = change_model(project)
        print_table(table, None)
        say()
        for suffix in (".docx", ".html", ".csv"):
            write(project, table, place / f"change-model{suffix}")
    shown = visible_line(str(path))
    note("The workbench on screen is still to come. Until then look further:")
    for words in (
        "documents",
        "segments --code M2a --context",
        "table change-model --open M2a P3",
        "history",
    ):
        note(f"  qualcode {words} --project {shown}")
