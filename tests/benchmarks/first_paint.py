"""Runs an application without a terminal until it has drawn itself once: `first_paint.py empty`, or a project file."""

import gc
import sys
from pathlib import Path


def main(what: str) -> None:
    if what == "empty":
        from textual.app import App
        from textual.widgets import Static

        class Empty(App):
            def compose(self):
                yield Static("empty")

            def on_ready(self):
                self.call_after_refresh(self.exit)

        Empty().run(headless=True, size=(120, 40))
        return
    gc.disable()  # as `qualcode.tui.starting` does
    from qualcode.tui.app import Workbench

    class Drawn(Workbench):
        def on_ready(self):
            super().on_ready()
            self.call_after_refresh(self.exit)

    Drawn(Path(what), "AK").run(headless=True, size=(120, 40))


if __name__ == "__main__":
    main(sys.argv[1])
