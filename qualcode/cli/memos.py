"""`qualcode memo`."""

import sys
from typing import TYPE_CHECKING, Any, get_args

import click

from qualcode.cli.coding import numbers
from qualcode.cli.contract import note, say, say_json, say_removed
from qualcode.cli.options import Nouns, reads, with_json, words_in, writes
from qualcode.cli.printing import hanging, indented
from qualcode.cli.writing import keep_originals, out_option, write_out
from qualcode.errors import InputError
from qualcode.model import MemoKind
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.model import Memo
    from qualcode.project import Project
    from qualcode.work.memo_book import Order

_TARGETS = ("code", "document", "segment", "claim", "person", "case")
_FORMS = "code:M2a, document:NAME, segment:12, claim:3, person:NAME or case:NAME"

_on_option = click.option("--on", metavar="WHAT", help=f"What it is about: {_FORMS}.")


@click.group(
    "memo",
    cls=Nouns,
    examples=[
        'qualcode memo add "Trust comes before hope, not with it." --on code:M1',
        "qualcode memo add --on document:A-SU1_wave1 --kind reflexive --private < field_notes.txt",
        "qualcode memo list --on code:M1",
        'qualcode memo change 4 "Trust comes first, mostly."',
    ],
)
def memo_command() -> None:
    """Write memos, list, change and remove them.

    A memo is a dated entry: for a new thought write a new memo, so that the trail of thinking stays.
    """


@memo_command.command("add", examples=['qualcode memo add "Ask Dean about the workbook." --kind methodological'])
@click.argument("words", metavar="[TEXT]", required=False)
@_on_option
@click.option("--kind", type=click.Choice(get_args(MemoKind)), default="analytic", show_default=True)
@click.option("--private", is_flag=True, help="Only you see it.")
@with_json
@writes
def add(project: "Project", words: str | None, on: str | None, kind: MemoKind, private: bool, as_json: bool) -> None:
    """Write a memo: TEXT, or standard input where none is given (so that it stays out of the shell's history)."""
    target = _target(project, on)
    memo = project.memos.add(_words(words), kind=kind, private=private, **target)
    if as_json:
        _say_json(project, [memo])
    else:
        say(_headline(project, memo))


def _words(given: str | None) -> str:
    """A memo's words, as given or on standard input (InputError where there are none)."""
    if given is None:
        if sys.stdin.isatty():
            note("Write your memo; end with Ctrl-D on a line of its own.")
        given = words_in("-").strip("\n")
    if not given.strip():
        raise InputError("the memo is empty")
    return given


@memo_command.command(
    "change",
    examples=[
        'qualcode memo change 4 "Ask Dean about the workbook, and Gwen."',
        "qualcode memo change 4 < memo.txt",
        "qualcode memo change 4 --kind theoretical --shared",
    ],
)
@click.argument("number", metavar="ID")
@click.argument("words", metavar="[TEXT]", required=False)
@click.option("--kind", type=click.Choice(get_args(MemoKind)))
@click.option("--private/--shared", default=None, help="Whether only you see it.")
@with_json
@writes
def change(
    project: "Project", number: str, words: str | None, kind: MemoKind | None, private: bool | None, as_json: bool
) -> None:
    """Change a memo of yours: its words (TEXT, or standard input), its kind, or who sees it.

    It keeps its date; qualcode history tells when it was changed, and qualcode undo brings the old words back.
    """
    memo = project.memos.get(_number(number))
    body = _words(words) if words is not None or (kind is None and private is None) else None
    memo = project.memos.change(memo, body=body, kind=kind, private=private)
    if as_json:
        _say_json(project, [memo])
    else:
        say(f"{_headline(project, memo)}\n{indented(memo.body)}")


@memo_command.command("remove", examples=["qualcode memo remove 4"])
@click.argument("ids", metavar="ID...", nargs=-1, required=True)
@with_json
@writes
def remove(project: "Project", ids: tuple[str, ...], as_json: bool) -> None:
    """Take away memos of yours, in one action; qualcode undo brings them back.

    ID is the number that qualcode memo list prints before each memo.
    """
    memos = [project.memos.get(_number(each)) for each in dict.fromkeys(ids)]
    with project.action("remove memos", memos=" ".join(str(memo.id) for memo in memos)):
        for memo in memos:
            project.memos.remove(memo)
    say_removed({memo.id: f"memo {memo.id} removed" for memo in memos}, as_json=as_json)


def _number(memo: str) -> int:
    return numbers([memo], "memo", "qualcode memo list")[0]


@memo_command.command("list")
@_on_option
@click.option("--kind", "kinds", type=click.Choice(get_args(MemoKind)), multiple=True)
@click.option("--by", "coders", metavar="CODER", multiple=True, help="Who wrote it.")
@click.option("--code", "codes", metavar="CODE", multiple=True, help="On it, or on passages and claims coded so.")
@click.option("--document", "documents", metavar="NAME", multiple=True, help="On it, or on passages and claims in it.")
@click.option("--text", "words", metavar="WORDS", default="", help="They occur in the memo, whatever their case.")
@with_json
@reads
def listing(project: "Project", /, on: str | None, as_json: bool, **wanted: Any) -> None:
    """Print memos, oldest first; all options must hold, of one that is given twice, either."""
    from qualcode.project.notes import MemoFilter

    target = _target(project, on)
    memos = project.memos.choose(MemoFilter(**wanted))
    memos = [memo for memo in memos if all(getattr(memo, kind) == number for kind, number in target.items())]
    if as_json:
        _say_json(project, memos)
        return
    if memos:
        say("\n\n".join(f"{_headline(project, memo)}\n{indented(memo.body)}" for memo in memos))
    note(counted(len(memos), "memo"))


@memo_command.command(
    "book", examples=["qualcode memo book --out memos.docx", "qualcode memo book --order code --out b.docx"]
)
@out_option("Write it: .docx.", required=True)
@click.option("--order", type=click.Choice(("date", "code")), default="date", show_default=True)
@click.option("--private", is_flag=True, help="Your private memos, too.")
@reads
def book(project: "Project", paths: tuple[str, ...], is_forced: bool, order: "Order", private: bool) -> None:
    """Write all memos into one document, by month or by code, with the passages they are on."""
    from functools import partial
    from pathlib import Path

    from qualcode.report.memo_book import write_memo_book
    from qualcode.work.memo_book import memo_book

    keep_originals(project, paths, is_forced)
    made = memo_book(project, order, private=private)
    for path in paths:
        write_out(project, made, path, partial(write_memo_book, made, Path(path)))
        say(f"Wrote {visible_line(path)}: {counted(made.count, 'memo')}")


def _say_json(project: "Project", memos: "list[Memo]") -> None:
    from qualcode.cli.shapes import memo_shape

    coders = {coder.id: coder.short for coder in project.coders.all()}
    say_json([memo_shape(memo, coders[memo.coder], _on(project, memo)) for memo in memos])


def _target(project: "Project", on: str | None) -> dict[str, int]:
    """What a memo is on, as the project wants it: kind of thing -> id."""
    if on is None:
        return {}
    kind, _, name = on.partition(":")
    if kind not in _TARGETS or not name:
        raise InputError(f"{on!r} does not say what the memo is about", remedy=f"Write --on {_FORMS}")
    if kind == "segment":
        return {kind: project.segments.get(numbers([name])[0]).id}
    if kind == "claim":
        return {kind: project.claims.get(numbers([name])[0]).id}
    if kind == "code":
        return {kind: project.codes.get(name).id}
    if kind == "document":
        return {kind: project.documents.get(name).id}
    return {kind: project.people.get(name).id if kind == "person" else project.cases.get(name).id}


def _on(project: "Project", memo: "Memo") -> dict[str, Any] | None:
    """What a memo is on: kind, id and name; None for the project as a whole."""
    kind = next((each for each in _TARGETS if getattr(memo, each) is not None), None)
    if kind is None:
        return None
    number: int = getattr(memo, kind)
    return {"kind": kind, "id": number, "name": _name(project, kind, number)}


def _name(project: "Project", kind: str, number: int) -> str:
    if kind == "code":
        return project.codes.get(number).short
    if kind == "document":
        return project.documents.get(number).name
    if kind == "person":
        return next(each.name for each in project.people.all() if each.id == number)
    if kind == "case":
        return next(each.name for each in project.cases.all() if each.id == number)
    return str(number)


def _headline(project: "Project", memo: "Memo") -> str:
    on = _on(project, memo)
    about = f"on {on['kind']} {on['name']}" if on else "on the project"
    coder = project.coders.get(memo.coder).short
    kind = f"{memo.kind}, private" if memo.private else memo.kind
    return hanging(visible_line(f"memo {memo.id}  {memo.at:%Y-%m-%d %H:%M} UTC  {coder}  {kind}  {about}"))
