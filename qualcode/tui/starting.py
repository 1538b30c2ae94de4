"""Running the workbench: which theme and keys it begins with."""

import gc
import os
from pathlib import Path


def run(project_file: Path | None, coder: str | None) -> None:
    """Open a project on the screen, until the user leaves; without one, the last project or the start screen.

    NO_COLOR is obeyed: the theme is then one without any colour.

    Raises:
        QualcodeError: the file named is no project, or cannot be opened; told before the screen is taken.
    """
    gc.disable()  # a fifth of the time up to the first picture; `Workbench.on_ready` takes it up again
    try:
        _run(project_file, coder)
    finally:
        gc.enable()


def _run(project_file: Path | None, coder: str | None) -> None:
    import qualcode.project
    from qualcode import settings
    from qualcode.project.keys import is_locked
    from qualcode.tui.actions import KEYMAPS
    from qualcode.tui.app import Workbench
    from qualcode.tui.themes import PLAIN, THEMES

    if project_file is not None and not is_locked(project_file):  # else the screen asks for the passphrase
        qualcode.project.open(project_file, coder).close()
    chosen = settings.load()
    theme = PLAIN if os.environ.get("NO_COLOR") else chosen.theme if chosen.theme in THEMES else ""
    keys = next((each for each in KEYMAPS if each == chosen.keymap), KEYMAPS[0])
    Workbench(project_file or _last(), coder, theme, keys, chosen.keys).run()


def _last() -> Path | None:
    """The project that was open last, if it is still there."""
    from qualcode.tui.recent import last_project

    last = last_project()
    return last if last is not None and last.exists() else None
