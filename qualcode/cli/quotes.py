"""`qualcode quotes`."""

import sys
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.coding import note_if_new, numbers
from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Nouns, reads, standing_code, with_json, words_in, writes
from qualcode.cli.printing import headline, indented
from qualcode.errors import InputError
from qualcode.visible import counted

if TYPE_CHECKING:
    from qualcode.model import EditedQuote, Quotation, Segment
    from qualcode.project import Project


@click.group(
    "quotes",
    cls=Nouns,
    examples=[
        "qualcode quotes",
        "qualcode quotes pin 12",
        "qualcode quotes edit 12 --words-file short.txt",
        "qualcode table quotes --citations publication",
    ],
)
def quotes_command() -> None:
    """List the pinned quotes; pin them, shorten them for print.

    A quote in a table is one that somebody has pinned, or "none chosen". An edited quote is held word by word against
    its passage.
    """


@quotes_command.command("list", examples=["qualcode quotes list --code M2", "qualcode quotes list --edited"])
@click.option("--code", "codes", metavar="CODE", multiple=True, help="With all below it and all merged into it.")
@click.option("--edited", is_flag=True, help="Only those that were edited.")
@with_json
@reads
def listing(project: "Project", codes: tuple[str, ...], edited: bool, as_json: bool) -> None:
    """Print pinned quotes: number, code, both citations, coder, the words below as they are printed.

    The second citation is that for publication: the list tells who is called by which number there.
    """
    from qualcode.project.retrieval import Filter

    changed = project.quotes.find()
    found = project.segments.find(Filter(codes=tuple(standing_code(project, code) for code in codes)))
    segments = [each for each in found if each.id in changed or (each.exemplar and not edited)]
    read, public = project.quotations(segments), project.cited("publication").quotations(segments)
    coders = {coder.id: coder.short for coder in project.coders.all()}
    lines = list(zip(segments, read, public, strict=True))
    if as_json:
        say_json([_shape(*each, coders, changed.get(each[0].id)) for each in lines])
        return
    for segment, quotation, published in lines:
        say(headline(segment.id, quotation, coders[segment.coder], _state(segment, changed.get(segment.id))))
        say(indented(f"In print {published.citation or 'not shown: marked quote = no'}"))
        say(f"{indented(quotation.printed)}\n")
    note(counted(len(segments), "quote"))


def _state(segment: "Segment", edited: "EditedQuote | None") -> str:
    said = [] if segment.exemplar else ["not pinned"]
    if edited is not None:
        said.append("edited" if edited.is_true else "edited, but the passage has changed since: printed whole")
    return "; ".join(said)


def _shape(
    segment: "Segment",
    quotation: "Quotation",
    published: "Quotation",
    coders: dict[int, str],
    edited: "EditedQuote | None",
) -> dict[str, Any]:
    from qualcode.cli.shapes import segment_shape

    return segment_shape(segment, quotation, coders[segment.coder]) | {
        "printed": quotation.printed,
        "edited": None if edited is None else edited.words,
        "edited_by": None if edited is None else coders[edited.coder],
        "fits": None if edited is None else edited.is_true,
        "citation_in_print": None if published.is_withheld else published.citation,
    }


@quotes_command.command("edit", examples=["qualcode quotes edit 12 < short.txt"])
@click.argument("number", metavar="ID")
@click.option("--words-file", metavar="FILE|-", default="-", help="The edited words; else standard input.")
@writes
def edit(project: "Project", number: str, words_file: str) -> None:
    """Shorten a quote for print; the words come from a file or standard input, not from the shell's history.

    Write [...] where words are cut, and your own words in [square brackets]; fillers (um, you know) may be left out.
    A word that was changed, added or moved is named, and nothing is written. The passage itself is never touched.
    """
    segment = project.segments.get(numbers([number])[0])
    if words_file == "-" and sys.stdin.isatty():
        note("Write the quote; end with Ctrl-D on a line of its own.")
    words = words_in(words_file)
    if not words.strip():
        raise InputError("there are no words", remedy=f"To print the passage whole: qualcode quotes whole {number}")
    project.quotes.edit(segment, words)
    _say(project, segment)


@quotes_command.command("whole", examples=["qualcode quotes whole 12"])
@click.argument("number", metavar="ID")
@writes
def whole(project: "Project", number: str) -> None:
    """Print a quote whole again; qualcode undo brings the edited words back."""
    segment = project.segments.get(numbers([number])[0])
    project.quotes.print_whole(segment)
    _say(project, segment)


@quotes_command.command("pin", examples=["qualcode quotes pin 12 31"])
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@writes
def pin(project: "Project", ids: tuple[str, ...]) -> None:
    """Choose passages of yours as the quotes to be shown for their codes."""
    _pin(project, ids, is_pinned=True)


@quotes_command.command("unpin", examples=["qualcode quotes unpin 12"])
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@writes
def unpin(project: "Project", ids: tuple[str, ...]) -> None:
    """Choose passages no longer; their coding and edited words stay."""
    _pin(project, ids, is_pinned=False)


def _pin(project: "Project", ids: tuple[str, ...], *, is_pinned: bool) -> None:
    with project.action("pin quotes" if is_pinned else "unpin quotes", count=len(ids)):
        segments = [project.segments.get(number) for number in numbers(ids)]
        changed = [project.segments.change(each, exemplar=is_pinned) for each in segments]
    for before, each in zip(segments, changed, strict=True):
        _say(project, each)
        note_if_new(before, each)


def _say(project: "Project", segment: "Segment") -> None:
    """Print a quote as it stands now: number, code, citation, and the words as they are printed."""
    quotation = project.quotations([segment])[0]
    coder = project.coders.get(segment.coder).short
    edited = project.quotes.find().get(segment.id)
    say(f"{headline(segment.id, quotation, coder, _state(segment, edited))}\n{indented(quotation.printed)}")
