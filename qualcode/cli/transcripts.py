"""`qualcode transcript`."""

import re
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli.citing import as_cited, citation_options
from qualcode.cli.contract import note, say
from qualcode.cli.options import Documented, reads
from qualcode.cli.writing import keep_originals, out_option, write_out
from qualcode.errors import RefusedError, UserError
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.coded_transcript import CodedTranscript
    from qualcode.model import Document
    from qualcode.project import Project
    from qualcode.project.consent_words import Mark


@click.command(
    "transcript",
    cls=Documented,
    examples=[
        "qualcode transcript A-SU1_wave1 --out A-SU1.docx",
        "qualcode transcript A-SU1_wave1 --layer JH --out A-SU1.html",
        "qualcode transcript A-SU1_wave1 --citations publication --out appendix.docx",
        "qualcode transcript A-SU1_wave1 --blank --out to-code.docx",
        "qualcode transcript --all --for archive --out 'deposit/{document}.txt'",
    ],
)
@click.argument("document", required=False)
@click.option("--all", "are_all", is_flag=True, help="Every document: {document} in --out stands for its name.")
@out_option("Write it: .docx, .html or .txt.", required=True)
@click.option("--blank", "is_blank", is_flag=True, help="Without codes, with a wide margin, to be coded by hand.")
@click.option("--layer", metavar="CODER", help="Whose coding; else the consensus or the document's lead.")
@click.option(
    "--for",
    "mark",
    type=click.Choice(["archive", "share"]),
    help="It leaves the team: only documents in which everybody is marked so, as archive = yes.",
)
@click.option("--all-consents", is_flag=True, help="With --for: whatever people are marked; each transcript says so.")
@citation_options
@reads
def transcript_command(
    project: "Project",
    document: str | None,
    paths: tuple[str, ...],
    mark: "Mark | None",
    layer: str | None,
    citations: str,
    small_cell: int | None,
    *,
    are_all: bool,
    is_forced: bool,
    is_blank: bool,
    all_consents: bool,
) -> None:
    """Write a transcript with its coding, or a blank one for pencil.

    In Word each coded passage has a comment in the margin; the web page has stripes, lines under the words and a list
    by name. Lines are numbered as everywhere, so that qualcode code takes what was noted on paper.

    With --for archive or --for share, documents are left out in which not everybody is marked archive = yes or share =
    yes (attributes of people, cases or documents), and it is said which.
    """
    if is_blank and layer:
        raise click.UsageError("a blank transcript has nobody's coding: leave out --blank or --layer")
    if are_all == (document is not None):
        raise click.UsageError("name a document, or say --all")
    if are_all and not all(_EACH in path for path in paths):
        raise click.UsageError(f"with --all say where each goes: --out 'folder/{_EACH}.docx'")
    if all_consents and mark is None:
        raise click.UsageError("--all-consents goes with --for")
    wanted = _consenting(project, mark, to_all=all_consents) if are_all else [project.documents.get(document or "")]
    if mark and not (are_all or all_consents):
        from qualcode.work.coded_transcripts import refuse_unconsented

        refuse_unconsented(project, wanted[0], mark)
    places = {each.id: [path.replace(_EACH, _file_name(each.name)) if are_all else path for path in paths]
              for each in wanted}  # fmt: skip
    if len({path for some in places.values() for path in some}) < len(paths) * len(wanted):
        raise RefusedError(
            "two documents would be written into one file", remedy="Rename one: qualcode documents rename"
        )
    keep_originals(project, [path for some in places.values() for path in some], is_forced)
    shown = as_cited(project, citations, small_cell)
    for each in wanted:
        try:
            made = _made(shown, each, layer, mark, is_blank=is_blank)
        except UserError as error:
            if not are_all:
                raise
            note(f"Left out: {error.what}")
            continue
        _write(project, each, made, places[each.id], is_blank=is_blank, is_named=citations != "team")


_EACH = "{document}"


def _file_name(document: str) -> str:
    """A document's name as one of a file: without what leads into another folder, or a system does not take."""
    return re.sub(r"[^\w.+ -]|^\.+", "_", document)


def _consenting(project: "Project", mark: "Mark | None", *, to_all: bool) -> "list[Document]":
    """All documents, or those that may go out; which may not is said."""
    from qualcode.work.coded_transcripts import consented

    if mark is None:
        return project.documents.all()
    kept, left = consented(project, mark, to_all=to_all)
    if left:
        names = visible_line(", ".join(each.name for each in left))
        note(f"Left out: {counted(len(left), 'document')}, in which not everybody is marked {mark} = yes: {names}")
    return kept


def _made(
    project: "Project", document: "Document", layer: str | None, mark: "Mark | None", *, is_blank: bool
) -> "CodedTranscript":
    from qualcode.work.coded_transcripts import blank_transcript, coded_transcript, with_consent

    name = document.name
    made = blank_transcript(project, name) if is_blank else coded_transcript(project, name, layer)
    return with_consent(project, made, document, mark) if mark else made


def _write(
    project: "Project",
    document: "Document",
    made: "CodedTranscript",
    paths: "Iterable[str]",
    *,
    is_blank: bool,
    is_named: bool,
) -> None:
    from qualcode.report.transcripts import write_blank, write_coded
    from qualcode.work.coded_transcripts import naming_lines

    if is_named:
        for line, name in naming_lines(project, made):
            note(f"Line {line} names {visible_line(name)}: read it before it is published.")
    write = write_blank if is_blank else write_coded
    for path in paths:
        write_out(project, made, path, partial(write, made, Path(path)), documents=[document.id])
        say(f"Wrote {visible_line(path)}")
