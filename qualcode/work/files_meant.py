"""Which files an import means: named, in folders, by patterns; and what of it is left out, which is told."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qualcode.errors import InputError
from qualcode.project import Project
from qualcode.project.file import SUFFIX
from qualcode.transcripts import FORMATS
from qualcode.visible import counted, visible_line

_NAMED = 5
"""So many of the files that are left out are named."""


@dataclass(frozen=True, slots=True)
class Found:
    """Files, each once.

    Attributes:
        files: to be read.
        written: left out, since this project wrote them: tables and coded transcripts are no interviews.
        unread: in folders, or fitting a pattern, of kinds that cannot be read.
    """

    files: list[Path] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)
    unread: list[Path] = field(default_factory=list)

    def notes(self) -> Iterator[str]:
        """What to tell of the files that are left out."""
        for path in self.written:
            yield (
                f"{path} is left out: this project wrote it (a table, figure or transcript). If an interview stands "
                "there now, give it another name"
            )
        if self.unread:
            names = ", ".join(visible_line(path.name) for path in self.unread[:_NAMED])
            more = ", ..." if len(self.unread) > _NAMED else ""
            yield (
                f"{counted(len(self.unread), 'file')} left out, of kinds that are not read as transcripts: "
                f"{names}{more} (known are {', '.join(FORMATS)})"
            )


def find(paths: Iterable[str | Path], project: Project | None = None, sheet: Path | None = None) -> Found:
    """The files meant by paths, folders (with all below) and patterns (`interviews/*.docx`), each once.

    From folders only transcripts are taken; hidden files, Word's lock files (~$...) and projects are passed over.

    Args:
        paths: as given.
        project: knows which files it wrote itself.
        sheet: of attributes: no transcript, and nobody takes it for one.

    Raises:
        InputError: a pattern or folder holds no transcript.
    """
    found, meant = Found(), dict[Path, bool]()
    for each, is_named in (one for path in paths for one in _meant(Path(path))):
        meant[each] = is_named or meant.get(each, False)
    for each, is_named in meant.items():
        is_read, is_ours = is_named or each.suffix.lower() in FORMATS, project is not None and project.has_written(each)
        if is_ours and is_read:
            found.written.append(each)
        elif is_read:
            found.files.append(each)
        elif not is_ours and (sheet is None or os.path.realpath(each) != os.path.realpath(sheet)):
            found.unread.append(each)
    return found


def _meant(path: Path) -> list[tuple[Path, bool]]:
    """Files, and whether each was named: what is named is read, or it is an error."""
    if path.is_dir():
        some = [each for each in sorted(path.rglob("*")) if _may_be_meant(each)]
    elif not path.exists() and any(sign in str(path) for sign in "*?["):
        fitting = sorted(Path(path.anchor or ".").glob(_below_anchor(path)))
        if not fitting:
            raise InputError("no file fits this pattern", where=str(path), remedy="Check the name and the folder.")
        some = [each for each in fitting if _may_be_meant(each)]
    else:
        return [(path, True)]
    if not any(each.suffix.lower() in FORMATS for each in some):
        raise InputError(f"there is no transcript here (known are {', '.join(FORMATS)})", where=str(path))
    return [(each, False) for each in some]


def _below_anchor(path: Path) -> str:
    return str(path.relative_to(path.anchor)) if path.anchor else str(path)


def _may_be_meant(path: Path) -> bool:
    """By its name: a pipe or a dead link is taken too, so that it is said that it cannot be read."""
    return not path.is_dir() and not path.name.startswith((".", "~$")) and SUFFIX not in path.suffix
