"""`qualcode load`."""

from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, with_json, writes
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.work.coding_file import CodingFile, Filed


@click.command(
    "load",
    cls=Documented,
    examples=["qualcode load A-SU1_wave1.yaml --dry-run", "qualcode load coding/ --coder JB"],
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Hold the files against the project, and write nothing.")
@with_json
@writes
def load_command(project: "Project", paths: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Take in coding files: one coder's segments, claims, memos and marks in one document, as YAML.

    PATH is a file, or a folder with all .yaml files below it. Passages stand in it as their words (docs/guide.md has
    the form). If anything in any file cannot be used, all such lines are named and nothing is written. What is
    yours already (passages, claims, evidence, memos) is left as it is. It is one action: qualcode undo takes it back.
    """
    from qualcode.work.coding_check import find, load, read_checked

    codings = read_checked(project, find(map(Path, paths)))
    new: list[Filed | None] = [None] * len(codings) if dry_run else [*load(project, codings)]
    if as_json:
        say_json([_shape(coding, filed) for coding, filed in zip(codings, new, strict=True)])
    else:
        say("\n".join(_line(coding) for coding in codings))
    if dry_run:
        note("Nothing was written: this was a dry run.")
    else:
        _note_what_is_new([(_held(coding), filed) for coding, filed in zip(codings, new, strict=True) if filed])


_PARTS = {
    "segments": ("passage", ""),
    "claims": ("claim", ""),
    "evidence": ("passage for or against claims", "passages for or against claims"),
    "memos": ("memo", ""),
    "nothing_here": ("mark of nothing here", "marks of nothing here"),
}
"""What a coding file can hold, in one and in many."""


def _held(coding: "CodingFile") -> dict[str, int]:
    """How many of each a coding file holds."""
    evidence = sum(len(entry.inside) for entry in coding.claims)
    return {
        "segments": len(coding.segments),
        "claims": len(coding.claims),
        "evidence": evidence,
        "memos": len(coding.memos),
        "nothing_here": len(coding.nothing_here),
    }


def _there_already(held: dict[str, int], filed: "Filed") -> dict[str, int]:
    new = asdict(filed)
    return {part: held[part] - new[part] for part in new}


def _counts(numbers: dict[str, int]) -> list[str]:
    return [counted(number, *_PARTS[part]) for part, number in numbers.items() if number]


def _line(coding: "CodingFile") -> str:
    said = ", ".join(_counts(_held(coding))) or "nothing coded"
    return visible_line(f"{coding.document}: {said}{', all read' if coding.read_all else ''}")


def _note_what_is_new(files: "list[tuple[dict[str, int], Filed]]") -> None:
    there: Counter[str] = Counter()
    for held, filed in files:
        there.update(_there_already(held, filed))
    new = sum(filed.segments for _, filed in files)
    is_written = any(any(asdict(filed).values()) for _, filed in files)
    note(f"{counted(new, 'new passage')} coded.{' Take back: qualcode undo' if is_written else ''}")
    if any(there.values()):
        *most, last = _counts(dict(there))
        said = f"{', '.join(most)} and {last}" if most else last
        be = "was" if there.total() == 1 else "were"
        note(f"Of these files {said} {be} there already.")


def _shape(coding: "CodingFile", filed: "Filed | None") -> dict[str, Any]:
    held = _held(coding)
    return {
        "path": str(coding.path),
        "document": coding.document,
        "coder": coding.coder,
        **held,
        "read_all": coding.read_all,
        "added": filed.segments if filed else None,
        "there_already": _there_already(held, filed) if filed else None,
    }
