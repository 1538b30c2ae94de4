"""`qualcode load`."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from qualcode.cli.contract import note, say, say_json
from qualcode.cli.options import Documented, with_json, writes
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.project import Project
    from qualcode.work.coding_file import CodingFile


@click.command(
    "load",
    cls=Documented,
    examples=["qualcode load A-SU1.yaml --dry-run", "qualcode load coding/ --coder JB"],
)
@click.argument("paths", metavar="PATH...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Hold the files against the project, and write nothing.")
@with_json
@writes
def load_command(project: "Project", paths: tuple[str, ...], dry_run: bool, as_json: bool) -> None:
    """Take in coding files: one coder's segments, claims, memos and marks in one document, as YAML.

    PATH is a file, or a folder with all .yaml files below it. Passages stand in it as their words (docs/guide.md has
    the form). If anything in any file cannot be used, all such lines are named and nothing is written. What you
    have coded so already is left as it is. It is one action: qualcode undo takes it back.
    """
    from qualcode.work.coding_check import find, load, read_checked

    codings = read_checked(project, find(map(Path, paths)))
    new = [0] * len(codings) if dry_run else load(project, codings)
    if as_json:
        say_json([_shape(coding, None if dry_run else added) for coding, added in zip(codings, new, strict=True)])
    else:
        say("\n".join(_line(coding) for coding in codings))
    if dry_run:
        note("Nothing was written: this was a dry run.")
    else:
        note(f"{counted(sum(new), 'new passage')} coded. Take back: qualcode undo")


def _line(coding: "CodingFile") -> str:
    evidence = sum(len(entry.inside) for entry in coding.claims)
    parts = (
        (len(coding.segments), "passage", ""),
        (len(coding.claims), "claim", ""),
        (evidence, "passage for or against claims", "passages for or against claims"),
        (len(coding.memos), "memo", ""),
        (len(coding.nothing_here), "mark of nothing here", "marks of nothing here"),
    )
    said = ", ".join(counted(number, one, many) for number, one, many in parts if number) or "nothing coded"
    return visible_line(f"{coding.document}: {said}{', all read' if coding.read_all else ''}")


def _shape(coding: "CodingFile", added: int | None) -> dict[str, Any]:
    return {
        "path": str(coding.path),
        "document": coding.document,
        "coder": coding.coder,
        "segments": len(coding.segments),
        "claims": len(coding.claims),
        "evidence": sum(len(entry.inside) for entry in coding.claims),
        "memos": len(coding.memos),
        "nothing_here": len(coding.nothing_here),
        "read_all": coding.read_all,
        "added": added,
    }
