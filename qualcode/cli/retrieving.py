"""`qualcode segments`: retrieval."""

from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.citing import as_cited, citation_options
from qualcode.cli.coding import note_elsewhere
from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, pairs, reads, standing_code, with_json, with_width
from qualcode.cli.printing import headline, indented
from qualcode.visible import counted
from qualcode.work.remarks import remarks, without_doubts

if TYPE_CHECKING:
    from qualcode.model import Segment
    from qualcode.project import Project


@click.command(
    "segments",
    cls=Documented,
    examples=[
        "qualcode segments --code M2 --context",
        "qualcode segments --code P3 --role SU --wave 2",
        "qualcode segments --attribute gender=woman --text hope",
        "qualcode segments --unsure --ids",
    ],
)
@click.option("--code", "codes", metavar="CODE", multiple=True, help="With all below it and all merged into it.")
@click.option("--document", "documents", metavar="NAME", multiple=True)
@click.option("--person", "people", metavar="NAME", multiple=True, help="Who speaks in the passage.")
@click.option("--case", "cases", metavar="NAME", multiple=True, help="With all cases inside it.")
@click.option("--role", "roles", metavar="ROLE", multiple=True, help="At the document's wave: PW, SU, ...")
@click.option("--wave", "waves", metavar="NAME", multiple=True)
@click.option(
    "--attribute", "attributes", metavar="NAME=VALUE", multiple=True, help="Of the speaker, else document, else case."
)
@click.option("--coded-by", "coders", metavar="CODER", multiple=True)
@click.option("--text", "words", metavar="WORDS", default="", help="They occur in the passage, whatever their case.")
@click.option("--unsure", is_flag=True, help="Only passages marked unsure.")
@click.option(
    "--counting", is_flag=True, help="Only what counts: the consensus where complete, else the lead's coding."
)
@click.option("--ids", is_flag=True, help="Print the passages' numbers only, one a line.")
@click.option("--context", is_flag=True, help="Print the question before each passage, too.")
@citation_options
@with_width
@with_json
@reads
def segments_command(
    project: "Project",
    /,
    ids: bool,
    context: bool,
    citations: str,
    small_cell: int | None,
    as_json: bool,
    **wanted: Any,
) -> None:
    """Print coded passages: number, code, citation, coder and flags, the words below.

    Options narrow it down: all must hold; of one that is given twice, either. The citation is [case, role, wave,
    person, line]; for publication [person, role], and whoever is marked quote = no is left out. Passages of all
    coders are printed unless --counting is given; for counts, where each document counts once, see qualcode table.
    """
    from qualcode.project.retrieval import Filter

    wanted["codes"] = tuple(standing_code(project, short) for short in wanted["codes"])
    attributes = pairs(wanted.pop("attributes"), "NAME=VALUE")
    project = as_cited(project, citations, small_cell)
    segments = _printable(project, project.segments.find(Filter(attributes=attributes, **wanted)))
    if as_json:
        from qualcode.cli.shapes import segments_shape

        say_json(segments_shape(project, segments))
        return
    if ids:
        say("\n".join(str(each.id) for each in segments)) if segments else None
        return
    coders = {coder.id: coder.short for coder in project.coders.all()}
    lines = []
    for segment, quotation in zip(segments, project.quotations(segments), strict=True):
        lines.append(headline(segment.id, quotation, coders[segment.coder], remarks(segment)))
        if context and quotation.before:
            lines.append(indented(f"Asked: {quotation.before}"))
        lines += [indented(quotation.words), ""]
    if lines:
        say("\n".join(lines[:-1]))
    note_elsewhere(project, segments)
    documents = len({each.document for each in segments})
    note(f"{counted(len(segments), 'passage')} in {counted(documents, 'document')}" if segments else "No passage fits.")


def _printable(project: "Project", segments: "list[Segment]") -> "list[Segment]":
    """Those that may be printed; how many may not is said."""
    if project.citations.style == "team":
        return segments
    from qualcode.project.citations import CONSENT

    read = project.quotations(segments)
    kept = [segment for segment, quotation in zip(segments, read, strict=True) if not quotation.is_withheld]
    if len(kept) < len(segments):
        note(f"{counted(len(segments) - len(kept), 'passage')} left out: marked {CONSENT} = no")
    if any(segment.unsure for segment in kept):
        note("notes on what is unsure are left out: they are the team's, and may name people")
    return [without_doubts(segment) for segment in kept]
