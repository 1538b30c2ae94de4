"""`qualcode codebook`."""

import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from qualcode.cli import codes
from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import (
    Nouns,
    coder_acting,
    coder_known,
    coder_option,
    opened,
    project_option,
    reads,
    with_json,
)
from qualcode.cli.printing import hanging, indented
from qualcode.cli.writing import scanned, write_out
from qualcode.errors import NotFoundError, RefusedError
from qualcode.visible import counted, visible, visible_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from qualcode.codebook import Change, Codebook
    from qualcode.model import Code
    from qualcode.project import Project


@click.group(
    "codebook",
    cls=Nouns,
    examples=[
        "qualcode codebook apply peer_worker_change_model --dry-run",
        "qualcode codebook show M2a",
        'qualcode codebook add M2e "Shared jokes" --parent M2',
        "qualcode codebook merge M2e M2a",
        "qualcode codebook export ours.yaml    (edit it, then: qualcode codebook apply ours.yaml)",
        "qualcode codebook diff ours_march.yaml ours.yaml",
    ],
)
def codebook_command() -> None:
    """Show, apply, export and compare codebooks; add and change single codes.

    A codebook is a YAML file that people can read and edit. These come with qualcode: grounded_theory_open,
    peer_worker_change_model, process_evaluation, self_care_support, self_management_components.
    """


@codebook_command.command("show", examples=["qualcode codebook show", "qualcode codebook show M2a m2b"])
@click.argument("codes", metavar="[CODE]...", nargs=-1)
@click.option("--retired", is_flag=True, help="Also the codes that are no longer in use.")
@with_json
@reads
def show(project: "Project", codes: tuple[str, ...], retired: bool, as_json: bool) -> None:
    """Print the project's codes as a tree, or what single codes mean in full."""
    from qualcode.cli.shapes import codes_shape

    every = project.codes.all(retired=True)
    shorts = {code.id: code.short for code in every}
    chosen = [project.codes.get(short) for short in codes] or [
        code for code in every if retired or code.status == "live"
    ]
    if as_json:
        say_json(codes_shape(project, chosen))
    elif codes:
        say("\n\n".join(_in_full(code, shorts) for code in chosen))
    elif chosen:
        say("\n".join(_tree(chosen, shorts)))
        note(f"codebook version {project.codebook_version}, {counted(len(chosen), 'code')}")
    else:
        note("The project has no codes yet. Begin with a codebook: qualcode codebook apply --help")


def _tree(codes: "Iterable[Code]", shorts: dict[int, str]) -> list[str]:
    depths: dict[int, int] = {}
    lines = []
    for code in codes:
        depth = depths[code.id] = depths.get(code.parent or 0, -1) + 1
        into = shorts.get(code.merged_into or 0)
        retired = f", merged into {into}" if into else ", retired" if code.status == "retired" else ""
        lines.append(visible_line(f"{'  ' * depth}{code.short}  {code.name}  ({code.kind}{retired})"))
    return lines


def _in_full(code: "Code", shorts: dict[int, str]) -> str:
    parts = {
        "kind": code.kind,
        "below": shorts.get(code.parent or 0, ""),
        "status": "" if code.status == "live" else code.status,
        "merged into": shorts.get(code.merged_into or 0, ""),
        "brief": code.definition.brief,
        "definition": code.definition.full,
        "include": code.definition.include,
        "exclude": code.definition.exclude,
        "example": code.definition.example,
        "leads to": " ".join(code.leads_to),
        "axial": ", ".join(code.axial),
        "applies to": " ".join(code.applies_to),
        "definition version": str(code.version),
    }
    lines = [visible_line(f"{code.short}  {code.name}")]
    lines += [_part(label, words.strip()) for label, words in parts.items() if words]
    return "\n".join(lines)


def _part(label: str, words: str) -> str:
    first, *others = visible(words).split("\n")
    return "\n".join([hanging(f"  {label}: {first}"), *(indented(line) for line in others)])


@codebook_command.command(
    "apply",
    examples=[
        "qualcode codebook apply process_evaluation --dry-run",
        "qualcode codebook apply ours.yaml",
        "qualcode codebook apply ours.yaml --retire-missing",
    ],
)
@click.argument("codebook", metavar="FILE|NAME")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--retire-missing", is_flag=True, help="Retire the project's codes that the codebook does not name.")
@click.option("--yes", is_flag=True, help="Do not ask before a shipped codebook changes codes that are there.")
@with_json
@project_option
@coder_option
def apply(
    codebook: str,
    dry_run: bool,
    retire_missing: bool,
    yes: bool,
    as_json: bool,
    project_file: str | None,
    coder: str | None,
) -> None:
    """Bring a codebook's codes into the project: a YAML file, or a shipped codebook by name.

    Codes are matched by their ids: what is new is added, what differs is renamed, redefined or moved. Codes that the
    codebook does not name stay in use unless you say --retire-missing. A code that has another id in the file is
    another code; to give one a new id: qualcode codebook change M2a --id M2x. It is one action: qualcode undo takes it
    back.
    """
    from qualcode.codebook import renumbered
    from qualcode.work import apply_codebook

    frame = loaded(codebook)
    with opened(project_file, lambda: coder_known(coder) or None if dry_run else coder_acting(coder)) as project:
        every = apply_codebook.compared(project, frame)
        changes = apply_codebook.plan(project, frame, retire_missing=retire_missing)
        if not dry_run and not yes and not _is_file(codebook):
            _ask(codebook, [change for change in changes if change.kind != "added"])
        if not dry_run and changes:
            apply_codebook.apply(project, frame, retire_missing=retire_missing)
        _say_changes(changes, as_json)
        _say_renumbered(renumbered(every))
        for name, shorts in apply_codebook.unknown_to_apply_to(project, frame).items():
            applies = "applies" if len(shorts) == 1 else "apply"
            roles = ", ".join(role.short for role in project.roles.all())
            what = f"{', '.join(shorts)} {applies} to {name}, which is no role or wave here and restricts nothing"
            note(visible_line(f"{what} (roles: {roles})"))
        left = [change.id for change in every if change.kind == "left out"]
        if left and not retire_missing:
            note(f"Not in the codebook, and still in use: {', '.join(left)}. To retire them: --retire-missing")
        if dry_run:
            note("Nothing was written: this was a dry run.")
        elif changes:
            note(f"codebook version {project.codebook_version}")


def _ask(codebook: str, changes: "list[Change]") -> None:
    """Before a shipped codebook changes what the project's codes say, somebody has to want it."""
    if not changes:
        return
    told = [f"{codebook} has codes of the same ids as yours that say something else:"]
    told += [change.what for change in changes]
    if sys.stdin.isatty():
        for line in told:
            note(line)
        if click.confirm("Change yours?", err=True):
            return
        raise RefusedError("nothing was written", remedy="Export it, give its codes other ids, and apply that.")
    raise RefusedError(
        "\n".join(told),
        remedy="Nothing was written. To change yours: --yes. To keep both, give yours other ids first: "
        "qualcode codebook change M2a --id M2x",
    )


def _say_changes(changes: "Sequence[Change]", as_json: bool) -> None:
    if as_json:
        say_json([{"kind": change.kind, "code": change.id, "words": change.what} for change in changes])
    elif changes:
        say("\n".join(visible_line(change.what) for change in changes))
    else:
        note("There is no difference.")


def _say_renumbered(pairs: "Iterable[tuple[str, str]]") -> None:
    for old, new in pairs:
        note(
            f"{old} and {new} have the same name or meaning, and applied so both stand in the project. "
            f"If they are one code with another id, before applying: qualcode codebook change {old} --id {new}"
        )


@codebook_command.command("export", examples=["qualcode codebook export ours.yaml"])
@click.argument("file", metavar="FILE|-")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@scanned
@reads
def export(project: "Project", file: str, force: bool) -> None:
    """Write the project's codebook as YAML, for editing, print or another project ("-" prints it)."""
    from qualcode.codebook import dump
    from qualcode.work.apply_codebook import codebook_of

    text = dump(codebook_of(project))
    if file == "-":
        say(text.removesuffix("\n"))
        if visible(text) != text:
            note("Control characters are shown as pictures here; a file holds them as they are.")
        return
    path = Path(file)
    if path.exists() and not force:
        raise RefusedError("there is a file already", where=file, remedy="Name another, or replace it with --force.")
    from qualcode.report.saving import save

    write_out(project, text, path, partial(save, path, text.encode()))
    say(f"Wrote {visible_line(file)}")


@codebook_command.command("diff", examples=["qualcode codebook diff ours_march.yaml ours.yaml"])
@click.argument("before", metavar="A")
@click.argument("after", metavar="B")
@with_json
def diff(before: str, after: str, as_json: bool) -> None:
    """Print what changed from codebook A to codebook B: files, or shipped codebooks by name.

    Against the project itself compare with: qualcode codebook apply FILE --dry-run
    """
    from qualcode import codebook

    changes = codebook.diff(loaded(before), loaded(after))
    _say_changes(changes, as_json)
    _say_renumbered(codebook.renumbered(changes))
    if any(change.kind == "left out" for change in changes):
        note("Applying the second leaves in use what it leaves out, unless you say --retire-missing.")


def loaded(codebook: str) -> "Codebook":
    """A codebook from a file or, where there is no such file, from those that are shipped.

    Raises:
        NotFoundError: it is neither.
        InputError: the file is no codebook.
    """
    from qualcode import shipped
    from qualcode.codebook import load

    if _is_file(codebook):
        return load(Path(codebook))
    try:
        return load(shipped.codebook(codebook))
    except NotFoundError as error:
        raise NotFoundError(
            f"there is no file and no shipped codebook called {codebook!r}", remedy=error.remedy
        ) from None


def _is_file(codebook: str) -> bool:
    path = Path(codebook)
    return bool(path.suffix) or path.exists()


for single in codes.COMMANDS:
    codebook_command.add_command(single)
