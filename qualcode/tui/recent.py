"""The projects opened lately, the newest first; a list of paths in the user's state folder. No Textual in here."""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from qualcode import settings
from qualcode.errors import QualcodeError
from qualcode.tui.remembered import state_folder, write_whole
from qualcode.tui.typed_path import typed_path

_MOST = 12


@dataclass(frozen=True, slots=True)
class Recent:
    """A project opened lately, and whether its file is still there."""

    path: Path
    is_there: bool


def _file() -> Path:
    return state_folder() / "recent.json"


def recent() -> list[Recent]:
    """The newest first; where there is no list yet, what the settings know as the last project."""
    paths: list[str] = []
    with suppress(OSError, ValueError):
        kept = json.loads(_file().read_text(encoding="utf-8"))
        paths = [each for each in kept if isinstance(each, str) and each] if isinstance(kept, list) else []
    last = last_project()
    if last is not None and str(last) not in paths:
        paths.append(str(last))
    return [Recent(Path(each), _is_there(Path(each))) for each in paths[:_MOST]]


def last_project() -> Path | None:
    """The project that the settings know as the last one."""
    with suppress(QualcodeError):
        last = settings.load().last_project
        return Path(last) if last else None
    return None


def opened(path: Path) -> None:
    """A project was opened: it is the newest, and the last one for the next time."""
    new = str(path.resolve())
    write_whole(_file(), list(dict.fromkeys([new, *(str(each.path) for each in recent())]))[:_MOST])
    with suppress(QualcodeError):
        settings.remember(last_project=new)


def in_folder(folder: Path) -> list[Path]:
    """The project files of a folder, by name; none where it cannot be read."""
    with suppress(OSError):
        return sorted(path for path in folder.glob("*.qualcode") if not path.name.startswith(".") and _is_there(path))
    return []


def completed(typed: str) -> str | None:
    """A path begun, carried on to the first project file or folder that begins so; None where there is none."""
    start = typed_path(typed)
    folder, begun = (start, "") if typed.endswith("/") else (start.parent, start.name)
    with suppress(OSError, ValueError):
        for each in sorted(folder.iterdir(), key=lambda path: (path.is_dir(), path.name.casefold())):
            is_meant = each.name.startswith(begun) and (begun or not each.name.startswith("."))
            if is_meant and (each.suffix == ".qualcode" or each.is_dir()):
                rest = each.name[len(begun) :] + ("/" if each.is_dir() else "")
                return typed + rest
    return None


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False
