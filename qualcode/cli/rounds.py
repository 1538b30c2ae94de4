"""`qualcode rounds`."""

from typing import TYPE_CHECKING

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, reads, with_json
from qualcode.cli.printing import aligned
from qualcode.visible import counted

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.project.finishing import FinishedRound


@click.command("rounds", cls=Documented, examples=["qualcode rounds", "qualcode rounds A-SU1_wave1 --json"])
@click.argument("document", required=False)
@with_json
@reads
def rounds_command(project: "Project", document: str | None, as_json: bool) -> None:
    """List the finished rounds: who, when, under which codebook.

    A coder finishes a document with qualcode documents finish; that freezes the round. Agreement compares finished
    rounds. How much somebody has coded is not told while the document is being coded blind.
    """
    found = project.coders.finished(project.documents.get(document) if document else None)
    if as_json:
        say_json(
            [
                {
                    "document": each.document,
                    "coder": each.coder,
                    "round": each.number,
                    "codebook_version": each.codebook_version,
                    "at": each.at.isoformat(),
                    "segments": each.segments,
                }
                for each in found
            ]
        )
    elif found:
        say(aligned(("document", "coder", "round", "codebook", "finished", "segments"), map(_row, found)))
        note(counted(len(found), "finished round"))
    else:
        note("No round is finished yet. Finish one: qualcode documents finish DOCUMENT")


def _row(each: "FinishedRound") -> tuple[str, ...]:
    segments = "hidden" if each.segments is None else str(each.segments)
    moment = f"{each.at:%Y-%m-%d %H:%M} UTC"
    return each.document, each.coder, str(each.number), f"version {each.codebook_version}", moment, segments
