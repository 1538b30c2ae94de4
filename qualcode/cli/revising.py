"""`qualcode revise`."""

from typing import TYPE_CHECKING

import click

from qualcode.cli.contract import note, say
from qualcode.cli.options import Documented, whole, words_in, writes
from qualcode.errors import AmbiguousError, NotFoundError
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.model import Document
    from qualcode.project import Project
    from qualcode.project.revisions import Revision


@click.command(
    "revise",
    cls=Documented,
    examples=[
        "qualcode revise A-SU1_wave1 --find recieve --replace receive --reason typo",
        "qualcode revise A-SU1_wave1 --find-file name.txt --replace [Dawn] --all --reason pseudonym",
        "qualcode revise A-SU1_wave1 --line 48 --speaker Maureen --reason 'wrong speaker'",
    ],
)
@click.argument("document")
@click.option("--find", metavar="WORDS", help="The words to be replaced, exactly as they stand.")
@click.option("--find-file", metavar="FILE|-", help="The same, from a file or standard input.")
@click.option("--replace", metavar="WORDS", help="What stands there instead.")
@click.option("--replace-file", metavar="FILE|-", help="The same, from a file or standard input.")
@click.option("--all", "everywhere", is_flag=True, help="Wherever the words stand.")
@click.option("--line", type=whole(1), metavar="N", help="The words, or the turn, on this line.")
@click.option("--turn", type=whole(1), metavar="N", help="The turn of this number.")
@click.option("--speaker", metavar="LABEL", help="Who speaks that turn.")
@click.option("--reason", metavar="WHY", required=True, help="For the audit trail; name nobody in it.")
@writes
def revise_command(
    project: "Project",
    document: str,
    find: str | None,
    find_file: str | None,
    replace: str | None,
    replace_file: str | None,
    everywhere: bool,
    line: int | None,
    turn: int | None,
    speaker: str | None,
    reason: str,
) -> None:
    """Correct words, or say who speaks a turn.

    The document gets a new version, and every coded passage is carried along to its words. A passage whose words all
    go cannot be carried: it is named. qualcode undo brings the former version back.
    """
    found = project.documents.get(document)
    if speaker is not None:
        if find is not None or find_file or replace is not None or replace_file or (turn is None) == (line is None):
            raise click.UsageError("for a speaker say which turn, and nothing else: --line N or --turn N")
        _relabel(project, found, turn or _turn_on(project, found, line or 0), speaker, reason)
        return
    sought = _one_of(find, find_file, "--find")
    words = _one_of(replace, replace_file, "--replace")
    places = _places(project, found, sought, line, everywhere)
    revision = project.documents.revise(found, [(start, end, words) for start, end in places], reason)
    _tell(revision)


def _one_of(words: str | None, file: str | None, option: str) -> str:
    if (words is None) == (file is None):
        raise click.UsageError(f"give {option} WORDS or {option}-file FILE")
    return words_in(file).removesuffix("\n") if file is not None else words or ""


def _places(
    project: "Project", document: "Document", words: str, line: int | None, everywhere: bool
) -> list[tuple[int, int]]:
    """Where the words stand: one place, unless all are wanted."""
    from qualcode.lines import line_starts, lines_of, span_of_lines

    if not words:
        raise click.UsageError("there are no words to find")
    body = project.documents.body(document)
    starts = line_starts(body)
    found: list[tuple[int, int]] = []
    place = body.find(words)
    while place >= 0:
        found.append((place, place + len(words)))
        place = body.find(words, place + len(words))
    if line is not None:
        span_of_lines(starts, line, line, body)
        found = [each for each in found if lines_of(starts, *each)[0] <= line <= lines_of(starts, *each)[1]]
    if not found:
        raise NotFoundError(
            "these words do not stand there" if line else "these words are not in the text",
            where=document.name,
            remedy="They are looked for exactly as they are, line breaks and capitals too: qualcode show DOCUMENT",
        )
    if len(found) > 1 and not everywhere:
        listed = "\n".join(
            f"line {lines_of(starts, start, end)[0]}: {body[max(0, start - 25) : end + 25]!r}"
            for start, end in found[:20]
        )
        raise AmbiguousError(
            f"these words stand in {len(found)} places",
            where=document.name,
            remedy=f"Say --line N, more words, or --all.\n{listed}",
        )
    return found


def _turn_on(project: "Project", document: "Document", line: int) -> int:
    from qualcode.lines import line_starts, span_of_lines

    body = project.documents.body(document)
    start, end = span_of_lines(line_starts(body), line, line, body)
    for number, turn in enumerate(project.documents.turns(document), start=1):
        if turn.start < max(end, start + 1) and turn.end > start:
            return number
    raise NotFoundError(f"nobody's turn is on line {line}", where=document.name)


def _relabel(project: "Project", document: "Document", turn: int, speaker: str, reason: str) -> None:
    known = {each.label for each in project.documents.speakers(document)}
    revision = project.documents.relabel(document, turn, speaker, reason)
    if speaker not in known:
        note(f"{speaker} is a new speaker in {document.name}; those before were: {', '.join(sorted(known))}")
    _tell(revision)


def _tell(revision: "Revision") -> None:
    document = revision.document
    say(f"{visible_line(document.name)} is now version {document.version}")
    note(f"{counted(revision.carried, 'passage')} (coded, claimed, read) carried along")
    for lost in revision.lost:
        note(f"could not be carried, its words are gone: {lost.table.replace('_', ' ')} {lost.id}: {lost.words}")
    if revision.lost:
        note("To have them back: qualcode undo")
