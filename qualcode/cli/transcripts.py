"""`qualcode transcript`."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.citing import as_cited, citation_options
from qualcode.cli.contract import note, say
from qualcode.cli.options import Documented, reads
from qualcode.cli.writing import keep_originals, out_option, write_out
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.project import Project


@click.command(
    "transcript",
    cls=Documented,
    examples=[
        "qualcode transcript A-SU1_wave1 --out A-SU1.docx",
        "qualcode transcript A-SU1_wave1 --layer JH --out A-SU1.html",
        "qualcode transcript A-SU1_wave1 --citations publication --out appendix.docx",
        "qualcode transcript A-SU1_wave1 --blank --out to-code.docx",
    ],
)
@click.argument("document")
@out_option("Write it: .docx, .html or .txt.", required=True)
@click.option("--blank", "is_blank", is_flag=True, help="Without codes, with a wide margin, to be coded by hand.")
@click.option("--layer", metavar="CODER", help="Whose coding; else the consensus or the document's lead.")
@citation_options
@reads
def transcript_command(
    project: "Project",
    document: str,
    paths: tuple[str, ...],
    is_forced: bool,
    is_blank: bool,
    layer: str | None,
    citations: str,
    small_cell: int | None,
) -> None:
    """Write a transcript with its coding, or a blank one for pencil.

    In Word each coded passage has a comment in the margin; the web page has stripes, lines under the words and a list
    by name. Lines are numbered as everywhere, so that qualcode code takes what was noted on paper.
    """
    from qualcode.report.transcripts import write_blank, write_coded
    from qualcode.work.coded_transcripts import blank_transcript, coded_transcript, naming_lines

    if is_blank and layer:
        raise click.UsageError("a blank transcript has nobody's coding: leave out --blank or --layer")
    keep_originals(project, paths, is_forced)
    shown = as_cited(project, citations, small_cell)
    number = project.documents.get(document).id
    made = blank_transcript(shown, document) if is_blank else coded_transcript(shown, document, layer)
    if citations != "team":
        for line, name in naming_lines(project, made):
            note(f"Line {line} names {visible_line(name)}: read it before it is published.")
    write = write_blank if is_blank else write_coded
    for path in paths:
        write_out(project, made, path, partial(write, made, Path(path)), documents=[number])
        say(f"Wrote {visible_line(path)}")
