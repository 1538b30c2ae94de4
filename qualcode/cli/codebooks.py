"""`qualcode codebook`."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

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
from qualcode.cli.printing import counted
from qualcode.errors import NotFoundError, RefusedError
from qualcode.visible import visible, visible_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from qualcode.codebook import Change, Codebook
    from qualcode.model import Code
    from qualcode.project import Project


@click.group(
    "codebook",
    cls=Nouns,
    examples=[
        "qualcode codebook apply peer_worker_change_model --dry-run",
        "qualcode codebook show M2a",
        "qualcode codebook export ours.yaml    (edit it, then: qualcode codebook apply ours.yaml)",
        "qualcode codebook diff ours_march.yaml ours.yaml",
    ],
)
def codebook_command() -> None:
    """Show, apply, export and compare codebooks.

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
    from qualcode.cli.shapes import code_shape

    every = project.codes.all(retired=True)
    shorts = {code.id: code.short for code in every}
    chosen = [project.codes.get(short) for short in codes] or [
        code for code in every if retired or code.status == "live"
    ]
    if as_json:
        version = project.codebook_version
        say_json({"codebook_version": version, "codes": [code_shape(code, shorts) for code in chosen]})
    elif codes:
        say("\n\n".join(_in_full(code, shorts) for code in chosen))
    elif chosen:
        say("\n".join(_tree(chosen)))
        note(f"codebook version {project.codebook_version}, {counted(len(chosen), 'code')}")
    else:
        note("The project has no codes yet. Begin with a codebook: qualcode codebook apply --help")


def _tree(codes: "Iterable[Code]") -> list[str]:
    depths: dict[int, int] = {}
    lines = []
    for code in codes:
        depth = depths[code.id] = depths.get(code.parent or 0, -1) + 1
        retired = ", retired" if code.status == "retired" else ""
        lines.append(visible_line(f"{'  ' * depth}{code.short}  {code.name}  ({code.kind}{retired})"))
    return lines


def _in_full(code: "Code", shorts: dict[int, str]) -> str:
    parts = {
        "kind": code.kind,
        "below": shorts.get(code.parent or 0, ""),
        "status": "" if code.status == "live" else code.status,
        "brief": code.definition.brief,
        "definition": code.definition.full,
        "include": code.definition.include,
        "exclude": code.definition.exclude,
        "example": code.definition.example,
        "leads to": " ".join(code.leads_to),
        "applies to": " ".join(code.applies_to),
        "definition version": str(code.version),
    }
    lines = [visible_line(f"{code.short}  {code.name}")]
    lines += [f"  {label}: {visible(words.strip())}" for label, words in parts.items() if words]
    return "\n".join(lines)


@codebook_command.command(
    "apply", examples=["qualcode codebook apply process_evaluation --dry-run", "qualcode codebook apply ours.yaml"]
)
@click.argument("codebook", metavar="FILE|NAME")
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@project_option
@coder_option
def apply(codebook: str, dry_run: bool, project_file: str | None, coder: str | None) -> None:
    """Bring a codebook's codes into the project: a YAML file, or a shipped codebook by name.

    Codes are matched by their short names: what is new is added, what differs is renamed, redefined or moved. Codes
    that the codebook does not name stay as they are. It is one action: qualcode undo takes it back.
    """
    from qualcode.work import apply_codebook

    frame = loaded(codebook)
    with opened(project_file, lambda: coder_known(coder) or None if dry_run else coder_acting(coder)) as project:
        changes = apply_codebook.plan(project, frame) if dry_run else apply_codebook.apply(project, frame)
        _say_changes(changes)
        if dry_run:
            note("Nothing was written: this was a dry run.")
        elif changes:
            note(f"codebook version {project.codebook_version}")


def _say_changes(changes: "tuple[Change, ...]") -> None:
    if changes:
        say("\n".join(visible_line(change.what) for change in changes))
    else:
        note("There is no difference.")


@codebook_command.command("export", examples=["qualcode codebook export ours.yaml"])
@click.argument("file", metavar="FILE|-")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
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

    save(path, text.encode())
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
    if as_json:
        say_json([{"kind": change.kind, "code": change.id, "words": change.what} for change in changes])
    else:
        _say_changes(changes)


def loaded(codebook: str) -> "Codebook":
    """A codebook from a file or, where there is no such file, from those that are shipped.

    Raises:
        NotFoundError: it is neither.
        InputError: the file is no codebook.
    """
    from qualcode import shipped
    from qualcode.codebook import load

    path = Path(codebook)
    if path.suffix or path.exists():
        return load(path)
    try:
        return load(shipped.codebook(codebook))
    except NotFoundError as error:
        raise NotFoundError(
            f"there is no file and no shipped codebook called {codebook!r}", remedy=error.remedy
        ) from None
