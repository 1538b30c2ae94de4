"""Paths as people type them. No Textual in here."""

from pathlib import Path


def typed_path(words: str, folder: Path | None = None) -> Path:
    """A path as people type it: ~ is their own folder, and what does not begin at the root is below `folder`."""
    try:
        path = Path(words).expanduser()
    except RuntimeError:  # nobody of that name has a folder here
        path = Path(words)
    return (folder or Path.cwd()) / path


def is_folder(path: Path) -> bool:
    """Whether it is a folder that one may look at."""
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def here() -> str:
    """The folder one is in, as the beginning of a path to be typed."""
    return f"{Path.cwd()}/"
