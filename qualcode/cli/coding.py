"""`qualcode code`, `uncode` and `recode`."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from qualcode.cli.contract import note, say
from qualcode.cli.options import Documented, words_in, writes
from qualcode.cli.printing import counted, headline, indented
from qualcode.errors import InputError
from qualcode.model import Standing, Tense, Whose
from qualcode.work.remarks import remarks

if TYPE_CHECKING:
    from qualcode.model import Document, Segment
    from qualcode.project import Project
    from qualcode.project.segments import NewSegment
    from qualcode.work.pencil import Pointed

Command = TypeVar("Command", bound=Callable[..., Any])


def with_colouring(command: Command) -> Command:
    """The options --unsure, --whose, --standing, --tense."""
    for option in (
        click.option("--tense", type=click.Choice(get_args(Tense)), help="It happened, or is hoped for."),
        click.option("--standing", type=click.Choice(get_args(Standing)), help="How the speaker knows it."),
        click.option("--whose", type=click.Choice(get_args(Whose)), help="Whose change it is."),
        click.option("--unsure", metavar="WORDS", help="You are unsure; say why in a few words."),
    ):
        command = option(command)
    return command


with_quote_file = click.option(
    "--quote-file",
    metavar="FILE|-",
    help="Instead of PLACE: the passage's words, in a file or on standard input.",
)


def where(place: tuple[str, ...], quote_file: str | None) -> "tuple[Pointed, tuple[str, ...]]":
    """What the words of a command point at, and the words left over."""
    from qualcode.work.pencil import pointed

    if quote_file is not None:
        return {"quote": words_in(quote_file)}, place
    if not place:
        raise click.UsageError("say where: lines 34-36, an answer ¶12, or --quote-file FILE")
    return pointed(place[0]), place[1:]


@click.command(
    "code",
    cls=Documented,
    examples=[
        "qualcode code A-SU1 34-36 M2a P3",
        'qualcode code A-SU1 ¶12 P3 --unsure "hers or his?"',
        "qualcode code A-SU1 --quote-file passage.txt M2a --exemplar",
        "qualcode code A-SU1 --from page.txt",
    ],
)
@click.argument("document")
@click.argument("place_and_codes", metavar="PLACE CODE...", nargs=-1)
@with_quote_file
@click.option(
    "--from", "pencil", metavar="FILE|-", help="Pencil work: an entry a line, in a file or on standard input."
)
@with_colouring
@click.option("--negative", is_flag=True, help="A negative case: it speaks against what the code would expect.")
@click.option("--exemplar", is_flag=True, help="The quote to be shown for this code.")
@writes
def code_command(
    project: "Project",
    /,
    document: str,
    place_and_codes: tuple[str, ...],
    quote_file: str | None,
    pencil: str | None,
    **colouring: Any,
) -> None:
    """Code a passage, or a whole page of pencil work.

    PLACE is lines (34 or 34-36), answers (¶12 or a12, ¶12-14) or characters (@120:180), as qualcode show numbers
    them. Codes are short names, in any case. With --from each line of a file is an entry as one would pencil it:
    "34-36 m2a p3 ? may be the nurse". What follows a question mark says why one is unsure, what follows # is passed
    over. If any entry cannot be used, all such are named and nothing is written.
    """
    found = project.documents.get(document)
    if pencil is not None:
        if place_and_codes or quote_file is not None or any(colouring.values()):
            raise click.UsageError("--from takes everything from its entries: give no place, codes or flags beside it")
        from qualcode.work.pencil import read

        text = words_in(pencil)
        _code(project, found, read(project, found, text, "standard input" if pencil == "-" else pencil))
        return
    place, codes = where(place_and_codes, quote_file)
    if not codes:
        raise click.UsageError("say which code: qualcode code A-SU1 34-36 M2a")
    from qualcode.project.segments import NewSegment

    start, end = project.segments.place(found, **place)
    _code(
        project,
        found,
        [NewSegment(found.id, start, end, project.codes.get(short).id, **colouring) for short in codes],
    )


def _code(project: "Project", document: "Document", new: "list[NewSegment]") -> None:
    before = {each.id for each in _own(project, document)}
    added = project.segments.add_many(new)
    wanted = {(each.start, each.end, each.code) for each in new}
    here = [each for each in _own(project, document) if (each.start, each.end, each.code) in wanted]
    say_passages(project, [each for each in here if each.id not in before])
    for each in here:
        if each.id in before:
            short = project.codes.get(each.code).short
            note(f"{each.id} was coded {short} by you already and is left as it is")
    note(f"{counted(added, 'passage')} coded in {document.name}" if added else "Nothing new was coded")


def _own(project: "Project", document: "Document") -> "list[Segment]":
    coders = {coder.short.casefold() for coder in project.coders.all()}
    return project.segments.of(document, project.coder) if (project.coder or "").casefold() in coders else []


def say_passages(project: "Project", segments: "list[Segment]") -> None:
    """Print passages: number, code, citation and flags, the words below."""
    from qualcode.project.asking import WARNING

    for segment, quotation in zip(segments, project.quotations(segments), strict=True):
        coder = project.coders.get(segment.coder).short
        say(f"{headline(segment.id, quotation, coder, remarks(segment))}\n{indented(quotation.words)}")
        if quotation.is_asked:
            note(f"{segment.id}: {WARNING}")


@click.command(
    "uncode",
    cls=Documented,
    examples=["qualcode uncode 12", "qualcode uncode 12 14 15"],
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@writes
def uncode_command(project: "Project", ids: tuple[str, ...]) -> None:
    """Take away your own coded passages, in one action; qualcode undo brings them back.

    ID is the number that qualcode segments prints before each passage. The text itself is never touched.
    """
    segments = [project.segments.get(number) for number in numbers(ids)]
    project.segments.remove(segments)
    say(f"{counted(len(segments), 'passage')} uncoded")


@click.command("recode", cls=Documented, examples=["qualcode recode 12 M2b"])
@click.argument("number", metavar="ID")
@click.argument("code")
@writes
def recode_command(project: "Project", number: str, code: str) -> None:
    """Give one of your passages another code; its words, flags and memos stay."""
    segment = project.segments.recode(project.segments.get(numbers([number])[0]), code)
    say_passages(project, [segment])


def numbers(given: Iterable[str]) -> list[int]:
    """The numbers of passages or claims, each once.

    Raises:
        InputError: one is no number.
    """
    for each in given:
        if not (each.isascii() and each.isdigit() and len(each) < 19):
            raise InputError(f"{each!r} is not a passage's number", remedy="List them: qualcode segments --ids")
    return list(dict.fromkeys(int(each) for each in given))
