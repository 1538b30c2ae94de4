"""Which files an import means: named, in folders, by patterns; and what of it is left out, which is told."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from qualcode.errors import InputError
from qualcode.project import Project
from qualcode.transcripts import FORMATS


@dataclass(frozen=True, slots=True)
class Found:
    """Files, each once.

    Attributes:
        files: to be read.
        written: left out, since this project wrote them: tables and coded transcripts are no interviews.
    """

    files: list[Path] = field(default_factory=list)
    written: list[Path] = field(default_factory=list)

    def notes(self) -> Iterator[str]:
        """What to tell of the files that are left out."""
        for path in self.written:
            yield (
                f"{path} is left out: this project wrote it (a table, figure or transcript). If an interview stands "
                "there now, give it another name"
            )


def find(paths: Iterable[Path], project: Project | None = None) -> Found:
    """The files meant by paths, folders (with all below) and patterns (`interviews/*.docx`), each once.

    From folders only transcripts are taken; hidden files and Word's lock files (~$...) are passed over.

    Args:
        paths: as given.
        project: knows which files it wrote itself.

    Raises:
        InputError: a pattern or folder holds no transcript.
    """
    found = Found()
    for each in dict.fromkeys(file for path in paths for file in _meant(path)):
        is_ours = project is not None and project.has_written(each)
        (found.written if is_ours else found.files).append(each)
    return found


def _meant(path: Path) -> list[Path]:
    if path.is_dir():
        some = [each for each in sorted(path.rglob("*")) if _is_transcript(each)]
    elif not path.exists() and any(sign in str(path) for sign in "*?["):
        fitting = sorted(Path(path.anchor or ".").glob(_below_anchor(path)))
        if not fitting:
            raise InputError("no file fits this pattern", where=str(path), remedy="Check the name and the folder.")
        some = [each for each in fitting if _is_transcript(each)]
    else:
        return [path]
    if not some:
        raise InputError(f"there is no transcript here (known are {', '.join(FORMATS)})", where=str(path))
    return some


def _below_anchor(path: Path) -> str:
    return str(path.relative_to(path.anchor)) if path.anchor else str(path)


def _is_transcript(path: Path) -> bool:
    """By its name: a pipe or a dead link is taken too, so that it is said that it cannot be read."""
    return not path.is_dir() and path.suffix.lower() in FORMATS and not path.name.startswith((".", "~$"))
