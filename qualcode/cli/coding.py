"""`qualcode code`, `uncode` and `recode`."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.colouring import changed, is_silent, with_changes, with_colouring
from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, with_json, words_in, writes
from qualcode.cli.printing import headline, indented
from qualcode.errors import InputError
from qualcode.project.asking import Hearing
from qualcode.visible import counted
from qualcode.work.remarks import remarks

if TYPE_CHECKING:
    from qualcode.model import Document, Segment
    from qualcode.project import Project
    from qualcode.project.segments import NewSegment
    from qualcode.work.pencil import Pointed

_SHOWN = 8  # numbers of passages that a note lists

with_quote_file = click.option(
    "--quote-file",
    metavar="FILE|-",
    help="Instead of PLACE: the passage's words, in a file or on standard input.",
)


def where(place: tuple[str, ...], quote_file: str | None) -> "tuple[Pointed, tuple[str, ...]]":
    """What the words of a command point at, and the words left over."""
    from qualcode.work.pencil import place_and_codes, pointed

    if quote_file is not None:
        return {"quote": words_in(quote_file)}, place
    if not place:
        raise click.UsageError("say where: lines 34-36, an answer ¶12, or --quote-file FILE")
    said, codes = place_and_codes(" ".join(place))
    return pointed(said), codes


@click.command(
    "code",
    cls=Documented,
    examples=[
        "qualcode code A-SU1_wave1 34-36 M2a P3",
        'qualcode code A-SU1_wave1 ¶12 P3 --unsure "hers or his?"',
        "qualcode code A-SU1_wave1 --quote-file passage.txt M2a --exemplar",
        "qualcode code A-SU1_wave1 --from page.txt",
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
        raise click.UsageError("say which code: qualcode code A-SU1_wave1 34-36 M2a")
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
    fresh = [each for each in here if each.id not in before]
    say_passages(project, fresh)
    note_elsewhere(project, fresh)
    for each in here:
        if each.id in before:
            short = project.codes.get(each.code).short
            change = f"to change it: qualcode recode {each.id}"
            note(f"{each.id} was coded {short} by you already and is left as it is; {change}")
    note(f"{counted(added, 'passage')} coded in {document.name}" if added else "Nothing new was coded")


def _own(project: "Project", document: "Document") -> "list[Segment]":
    coders = {coder.short.casefold() for coder in project.coders.all()}
    return project.segments.of(document, project.coder) if (project.coder or "").casefold() in coders else []


def say_passages(project: "Project", segments: "list[Segment]") -> None:
    """Print passages: number, code, citation and flags, the words below."""
    hearings = {number: Hearing.of(project.store, number) for number in {each.document for each in segments}}
    for segment, quotation in zip(segments, project.quotations(segments), strict=True):
        coder = project.coders.get(segment.coder).short
        say(f"{headline(segment.id, quotation, coder, remarks(segment))}\n{indented(quotation.words)}")
        if notice := hearings[segment.document].notice(segment.start, segment.end):
            note(f"{segment.id}: {notice}")


def note_elsewhere(project: "Project", segments: "list[Segment]") -> None:
    """Tell, once for each code, of passages of others than those whom the code is meant for; they are no mistake."""
    from qualcode.project.applying import misapplied

    for told, some in misapplied(project.store, segments):
        note(f"{told}: {_ids(some)}")


def note_if_new(before: "Segment", now: "Segment") -> None:
    """Tell that a passage has another number, since a finished round keeps it as it was."""
    if now.id != before.id:
        note(f"{before.id} is now {now.id}: the finished round keeps {before.id} as it was")


def _ids(segments: "list[Segment]") -> str:
    return ", ".join(str(each.id) for each in segments[:_SHOWN]) + (", ..." if len(segments) > _SHOWN else "")


@click.command(
    "uncode",
    cls=Documented,
    examples=["qualcode uncode 12", "qualcode uncode 12 14 15"],
)
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@with_json
@writes
def uncode_command(project: "Project", ids: tuple[str, ...], as_json: bool) -> None:
    """Take away your own coded passages, in one action; qualcode undo brings them back.

    ID is the number that qualcode segments prints before each passage. The text itself is never touched.
    """
    segments = [project.segments.get(number) for number in numbers(ids)]
    project.segments.remove(segments)
    if as_json:
        say_json({"removed": [segment.id for segment in segments]})
    else:
        say(f"{counted(len(segments), 'passage')} uncoded")


@click.command(
    "recode",
    cls=Documented,
    examples=[
        "qualcode recode 12 M2b",
        "qualcode recode 12 --at 34-36",
        "qualcode recode 12 --sure --exemplar",
        "qualcode recode 12 M2b --at ¶12 --standing hearsay",
    ],
)
@click.argument("number", metavar="ID")
@click.argument("code", required=False)
@click.option("--at", "place", metavar="PLACE", help="Move its edges: lines 34-36, an answer ¶12, characters @120:180.")
@click.option("--quote-file", metavar="FILE|-", help="Move its edges to these words, in a file or on standard input.")
@with_changes
@click.option("--negative/--not-negative", default=None, help="Whether it is a negative case.")
@click.option("--exemplar/--not-exemplar", default=None, help="Whether it is the quote to be shown for its code.")
@with_json
@writes
def recode_command(
    project: "Project",
    /,
    number: str,
    code: str | None,
    place: str | None,
    quote_file: str | None,
    as_json: bool,
    **said: Any,
) -> None:
    """Change one of your coded passages: its code, its edges, its flags.

    What you do not name stays, and so do its memos. It is one action: qualcode undo takes it back.
    """
    if place and quote_file:
        raise click.UsageError("say one place: --at PLACE or --quote-file FILE")
    if code is None and place is None and quote_file is None and is_silent(said):
        raise click.UsageError("say what shall be otherwise: qualcode recode 12 M2b")
    before = project.segments.get(numbers([number])[0])
    colouring = changed(said, before)
    target = None if code is None else project.codes.get(code)
    span = _span(project, before, place, quote_file)
    is_recoded = target is not None and target.id != before.code
    is_moved = span != (before.start, before.end)
    parts = (("recode segment", is_recoded), ("move segment", is_moved), ("change segment", bool(colouring)))
    verbs = [verb for verb, is_so in parts if is_so]
    now = before
    if verbs:
        named = {"segment": before.id, "document": before.document, "code": before.code}
        with project.action(verbs[0] if len(verbs) == 1 else "change segment", **named):
            now = project.segments.change(now, **colouring)
            if is_moved:
                now = project.segments.move(now, *span)
            if target is not None and is_recoded:
                now = project.segments.recode(now, target.short)
    else:
        note(f"{before.id} is so already")
    if as_json:
        from qualcode.cli.shapes import segments_shape

        say_json(segments_shape(project, [now]))
    else:
        say_passages(project, [now])
    note_if_new(before, now)
    if is_recoded or is_moved:
        note_elsewhere(project, [now])


def _span(project: "Project", segment: "Segment", place: str | None, quote_file: str | None) -> tuple[int, int]:
    """Where a passage shall begin and end: where it does, if nothing is said."""
    if place is None and quote_file is None:
        return segment.start, segment.end
    pointed, left = where((place,) if place else (), quote_file)
    if left:
        raise click.UsageError(f"one place only; {left[0]!r} is too much")
    return project.segments.place(project.documents.get(segment.document), **pointed)


def numbers(given: Iterable[str], noun: str = "passage", command: str = "qualcode segments --ids") -> list[int]:
    """The numbers of passages, claims or memos, each once.

    Raises:
        InputError: one is no number.
    """
    for each in given:
        if not (each.isascii() and each.isdigit() and len(each) < 19):
            raise InputError(f"{each!r} is not a {noun}'s number", remedy=f"List them: {command}")
    return list(dict.fromkeys(int(each) for each in given))
