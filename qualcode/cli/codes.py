"""`qualcode codebook add`, `change`, `move`, `merge`, `unmerge`, `retire` and `revive`: single codes."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar, get_args

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, with_json, writes
from qualcode.errors import RefusedError
from qualcode.model import Definition, Valence
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.model import Code
    from qualcode.project import Project

Command = TypeVar("Command", bound=Callable[..., Any])

_PROSE = {"brief": "brief", "definition": "full", "include": "include", "exclude": "exclude", "example": "example"}


def _listed(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    """`SU,PW` or `SU PW` as words; "" as none."""
    return None if value is None else tuple(dict.fromkeys(value.replace(",", " ").split()))


def _places(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, ...] | None:
    """`strategy of FACE, context of OUT` as places; "" as none."""
    return None if value is None else tuple(dict.fromkeys(each.strip() for each in value.split(",") if each.strip()))


def _with_fields(command: Command) -> Command:
    """The options for what a codebook file can say of a code, besides its id, name and place."""
    for option in (
        click.option("--in-vivo/--not-in-vivo", default=None, help="The name is the participants' own words."),
        click.option("--stage", metavar="WORD", help="Of grounded theory: open, axial, selective."),
        click.option("--key", metavar="LETTER", help="The key that codes it on screen."),
        click.option("--colour", metavar="#RRGGBB"),
        click.option(
            "--axial",
            metavar="PLACES",
            callback=_places,
            help="What it is to others: strategy of FACE, context of OUT.",
        ),
        click.option("--leads-to", metavar="CODES", callback=_listed, help="Expected arrows: P1,P3."),
        click.option(
            "--applies-to", metavar="ROLES", callback=_listed, help="Roles or waves it is meant for: SU,PW; none = all."
        ),
        click.option("--valence", type=click.Choice(get_args(Valence)), help="Which way is good."),
        click.option("--kind", metavar="KIND", help="mechanism, process outcome, theme, ...; as its parent's."),
        click.option("--example", metavar="WORDS"),
        click.option("--exclude", metavar="WORDS", help="When not to use it, and which code instead."),
        click.option("--include", metavar="WORDS", help="When to use it."),
        click.option("--definition", metavar="WORDS", help="What it means, in full."),
        click.option("--brief", metavar="WORDS", help="What it means, in a line."),
    ):
        command = option(command)
    return command


def _fields(said: dict[str, Any], definition: Definition) -> dict[str, Any]:
    """What was said, as fields of a codebook's code; the rest of the definition stays."""
    prose = {part: said.pop(label) for label, part in _PROSE.items()}
    rewritten = replace(definition, **{part: words for part, words in prose.items() if words is not None})
    fields = {label: value for label, value in said.items() if value is not None}
    return fields if rewritten == definition else {**fields, "definition": rewritten}


@click.command(
    "add",
    cls=Documented,
    examples=[
        'qualcode codebook add M2e "Shared jokes" --parent M2 --brief "They laugh about the same things."',
        'qualcode codebook add D6 "Rest" --kind "downstream outcome" --valence good',
    ],
)
@click.argument("code")
@click.argument("name")
@click.option("--parent", metavar="CODE", help="The code it stands below.")
@_with_fields
@with_json
@writes
def add(project: "Project", /, code: str, name: str, parent: str | None, as_json: bool, **said: Any) -> None:
    """Add a code: its id, as it stands in the margin, and its name."""
    from qualcode.work import single_codes

    made = single_codes.add(project, code, name, parent, **_fields(said, Definition()))
    _tell(project, [made], [f"{made.short} added: {made.name}"], as_json)


@click.command(
    "change",
    cls=Documented,
    examples=[
        'qualcode codebook change M2a --name "Living proof that it can be done"',
        'qualcode codebook change M2a --exclude "Not when it is a wish: use P3."',
        'qualcode codebook change M2a --applies-to "" --leads-to P3,P4',
        "qualcode codebook change M2a --id M2x",
    ],
)
@click.argument("code")
@click.option("--name", metavar="WORDS")
@click.option("--id", "short", metavar="ID", help="Another id; what was coded with the code stays with it.")
@_with_fields
@with_json
@writes
def change(project: "Project", /, code: str, short: str | None, as_json: bool, **said: Any) -> None:
    """Change what is said of a code: rename it, redefine it, give it another id.

    What you do not name stays; "" takes back what was said. A changed meaning is a new version of the definition, and
    passages remember the one they were coded under.
    """
    from qualcode.work import single_codes

    if short is None and all(value is None for value in said.values()):
        raise click.UsageError('say what shall be otherwise: --name "Living proof"')
    found = project.codes.get(code)
    changes = single_codes.change(project, found.short, short, **_fields(said, found.definition))
    now = project.codes.get(found.id)
    lines = [] if now.short == found.short else [f"{found.short} is now {now.short}: {found.name}"]
    _tell(project, [now], [*lines, *(each.what for each in changes)], as_json)


@click.command(
    "move",
    cls=Documented,
    examples=["qualcode codebook move M2e --parent M1", "qualcode codebook move M2e --before M2b"],
)
@click.argument("code")
@click.option("--parent", metavar="CODE", help="Put it below this code, last of all there.")
@click.option("--top", is_flag=True, help="Put it below none.")
@click.option("--before", metavar="CODE", help="Put it before this code, below the same parent.")
@click.option("--after", metavar="CODE", help="Put it after this code, below the same parent.")
@with_json
@writes
def move(
    project: "Project", code: str, parent: str | None, top: bool, before: str | None, after: str | None, as_json: bool
) -> None:
    """Put a code, with all below it, somewhere else in the tree."""
    if not (parent or top or before or after):
        raise click.UsageError("say where: --parent M1, --top, --before M1b or --after M1b")
    if (parent and top) or (before and after):
        raise click.UsageError("say one place only")
    found, beside = project.codes.get(code), before or after
    shorts = {each.id: each.short for each in project.codes.all(retired=True)}
    above, position = project.codes.get(parent).short if parent else None, None
    if beside:
        above, position = _beside(project, found, beside, parent if parent or top else None, shorts)
        position += 0 if before else 1
    order = project.codes.all(retired=True)
    moved = project.codes.move(found, above, position)
    if project.codes.all(retired=True) == order:
        _tell(project, [moved], [], as_json)
        return
    if moved.parent == found.parent:
        line = f"{moved.short} moved within {shorts.get(moved.parent or 0, 'the top')}"
    else:
        line = f"{moved.short} moved: from {shorts.get(found.parent or 0, 'the top')} to {above or 'the top'}"
    _tell(project, [moved], [line], as_json)


def _beside(
    project: "Project", code: "Code", beside: str, parent: str | None, shorts: dict[int, str]
) -> tuple[str | None, int]:
    """Parent and position of the code beside which another is put."""
    other = project.codes.get(beside)
    if other.id == code.id:
        raise RefusedError(f"{code.short} cannot stand beside itself")
    if parent is not None and project.codes.get(parent).id != other.parent:
        raise RefusedError(f"{other.short} does not stand below {project.codes.get(parent).short}")
    return shorts.get(other.parent or 0), other.position


@click.command("merge", cls=Documented, examples=["qualcode codebook merge M2e M2a"])
@click.argument("code")
@click.argument("into")
@with_json
@writes
def merge(project: "Project", code: str, into: str, as_json: bool) -> None:
    """Let INTO stand for CODE from now on, in every count and list.

    No passage is rewritten: qualcode codebook unmerge CODE brings the code back as it was, at any time.
    """
    target = project.codes.get(into)
    merged = project.codes.merge(project.codes.get(code), target)
    line = f"{merged.short} merged into {target.short}: what was coded with it counts as {target.short}"
    _tell(project, [merged], [line], as_json)


@click.command("unmerge", cls=Documented, examples=["qualcode codebook unmerge M2e"])
@click.argument("code")
@with_json
@writes
def unmerge(project: "Project", code: str, as_json: bool) -> None:
    """Let a merged code stand for itself again, with all that was coded with it."""
    again = project.codes.unmerge(project.codes.get(code))
    _tell(project, [again], [f"{again.short} stands for itself again: {again.name}"], as_json)


@click.command("retire", cls=Documented, examples=["qualcode codebook retire M2e", "qualcode codebook retire M2e RV4"])
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@with_json
@writes
def retire(project: "Project", codes: tuple[str, ...], as_json: bool) -> None:
    """Take codes out of use. What was coded with one stays, and is counted under its parent.

    Codes below a retired one stay in use. qualcode codebook revive brings a code back.
    """
    chosen = _each(project, codes)
    with project.action("retire codes", codes=" ".join(code.short for code in chosen)):
        done = [project.codes.retire(code) for code in chosen]
    _tell(project, done, [f"{code.short} retired: {code.name}" for code in done], as_json)
    parents = {code.id for code in done}
    if below := [code.short for code in project.codes.all() if code.parent in parents]:
        note(f"Still in use below: {', '.join(below)}")


@click.command("revive", cls=Documented, examples=["qualcode codebook revive M2e"])
@click.argument("codes", metavar="CODE...", nargs=-1, required=True)
@with_json
@writes
def revive(project: "Project", codes: tuple[str, ...], as_json: bool) -> None:
    """Bring retired codes back into use. For merged ones: qualcode codebook unmerge."""
    chosen = _each(project, codes)
    with project.action("revive codes", codes=" ".join(code.short for code in chosen)):
        done = [project.codes.revive(code) for code in chosen]
    _tell(project, done, [f"{code.short} in use again: {code.name}" for code in done], as_json)


def _each(project: "Project", shorts: Iterable[str]) -> "list[Code]":
    """The codes of these short names, each once."""
    return list({code.id: code for code in map(project.codes.get, shorts)}.values())


def _tell(project: "Project", codes: "Iterable[Code]", lines: Iterable[str], as_json: bool) -> None:
    """Say what was done, for people; or the codes as they are now, for programs."""
    from qualcode.cli.shapes import codes_shape

    if as_json:
        say_json(codes_shape(project, codes))
        return
    told = [visible_line(line) for line in lines]
    if not told:
        note("There is no difference.")
        return
    say("\n".join(told))
    note(f"codebook version {project.codebook_version}")


COMMANDS = (add, change, move, merge, unmerge, retire, revive)
"""In the order of the help."""
