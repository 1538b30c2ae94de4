"""A folder as the import lists it: folders, transcripts, attribute sheets and codebooks. No Textual in here."""

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from qualcode.errors import InputError
from qualcode.transcripts import FORMATS
from qualcode.tui.shelf import counted
from qualcode.visible import visible_line

Kind = Literal["outside", "folder", "transcript", "sheet", "codebook"]

_KINDS: dict[str, Kind] = {
    **dict.fromkeys(FORMATS, "transcript"),
    ".csv": "sheet",
    ".xlsx": "sheet",
    ".yaml": "codebook",
    ".yml": "codebook",
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a folder; `size` in bytes, 0 for folders."""

    path: Path
    kind: Kind
    size: int = 0

    @property
    def name(self) -> str:
        """As it is shown."""
        return ".." if self.kind == "outside" else self.path.name + "/" * (self.kind == "folder")


def entries(folder: Path) -> list[Entry]:
    """The folder outside, then folders, then the files that can be used, as people count; hidden ones are left out.

    Raises:
        InputError: the folder cannot be read.
    """
    try:
        found = [_entry(path) for path in folder.iterdir() if not path.name.startswith((".", "~$"))]
    except OSError as trouble:
        raise InputError(
            f"this folder cannot be read ({trouble.strerror})", where=visible_line(str(folder)), remedy="Try another."
        ) from None
    known = sorted(filter(None, found), key=lambda each: (each.kind != "folder", counted(each.path.name)))
    return [*([Entry(folder.parent, "outside")] if folder.parent != folder else []), *known]


def _entry(path: Path) -> Entry | None:
    try:
        if path.is_dir():
            return Entry(path, "folder")
        kind = _KINDS.get(path.suffix.lower())
        return Entry(path, kind, path.stat().st_size) if kind else None
    except OSError:  # a link that leads nowhere, or a file that may not be looked at
        return None


def told_size(size: int) -> str:
    """`12 KB`, as a list shows it."""
    return f"{max(1, round(size / 1024)):,} KB" if size else ""
