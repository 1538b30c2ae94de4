"""Running the workbench: which theme and keys it begins with."""

import os
from pathlib import Path

from qualcode import settings
from qualcode.tui.app import Workbench
from qualcode.tui.themes import PLAIN


def run(project_file: Path, coder: str | None) -> None:
    """Open a project on the screen, until the user leaves.

    NO_COLOR is obeyed: the theme is then one without any colour.
    """
    theme = PLAIN if os.environ.get("NO_COLOR") else settings.load().theme
    Workbench(project_file, coder, theme).run()
