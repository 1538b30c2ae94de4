"""A real terminal, driven by tmux."""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

_PATIENCE = 60
"""Seconds after which a terminal is given up; a test never waits so long for anything that happens."""


class Terminal:
    """One tmux server with one window, 100 by 30; nobody's settings are read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._socket = f"qualcode-{uuid4().hex[:12]}"

    def tmux(self, *words: str) -> str:
        command = ["tmux", "-L", self._socket, "-f", "/dev/null", "-u", *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout

    def start(self, command: list[str], **surroundings: str) -> None:
        """Run a command in a window of its own; what is not given here is not set there."""
        kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "VIRTUAL_ENV")}
        settings = {
            **kept, "QUALCODE_CONFIG": str(self.folder / "settings"), "PYTHONPATH": str(Path(__file__).parents[2]),
            "TERM": "screen-256color", "COLORTERM": "truecolor", "LC_ALL": "C.UTF-8", **surroundings,
        }  # fmt: skip
        words = ["env", "-i", *(f"{name}={value}" for name, value in settings.items()), *command]
        self.tmux("new-session", "-d", "-x", "100", "-y", "30", "-c", str(self.folder), f"exec {shlex.join(words)}")

    def open(self, file: Path, **surroundings: str) -> None:
        """The workbench on a study."""
        self.start([sys.executable, "-m", "qualcode", "open", str(file), "--coder", "AK"], **surroundings)

    @property
    def screen(self) -> str:
        """What is to be read."""
        return self.tmux("capture-pane", "-p")

    @property
    def coded_screen(self) -> str:
        """The same with its colour codes."""
        return self.tmux("capture-pane", "-p", "-e")

    def wait_for(self, words: str) -> str:
        """The screen, once words are on it."""
        self.until(lambda: words in self.screen, words)
        return self.screen

    def wait_until_left(self) -> None:
        """Until the program has ended, and with it the window."""
        self.until(lambda: not self.is_running, "the end")

    @property
    def is_running(self) -> bool:
        """Whether the window is there."""
        command = ["tmux", "-L", self._socket, "list-panes"]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0

    def until(self, is_so: Callable[[], bool], what: str) -> None:
        """Look again and again until something is so."""
        deadline = time.monotonic() + _PATIENCE
        while not is_so():
            assert time.monotonic() < deadline, f"{what} does not come:\n{self.screen}"
            time.sleep(0.05)

    def press(self, *keys: str) -> None:
        """Keys by tmux's names; a word of letters is typed."""
        for key in keys:
            self.tmux("send-keys", key)

    def type(self, words: str) -> None:
        """Letters as they are."""
        self.tmux("send-keys", "-l", words)

    def mouse(self, button: int, x: int, y: int, *, is_released: bool = False) -> None:
        """A mouse event as terminals write them (SGR); cells count from 0 here."""
        self.type(f"\x1b[<{button};{x + 1};{y + 1}{'m' if is_released else 'M'}")

    def click(self, x: int, y: int, times: int) -> None:
        """Press and let go so many times, all at once."""
        self.type(f"\x1b[<0;{x + 1};{y + 1}M\x1b[<0;{x + 1};{y + 1}m" * times)

    def find(self, words: str) -> tuple[int, int]:
        """The cell where words begin."""
        lines = self.screen.splitlines()
        return next((line.index(words), y) for y, line in enumerate(lines) if words in line)

    def is_drawn(self, height: int) -> bool:
        """Whether the last line of so many is the program's."""
        lines = self.screen.splitlines()
        return len(lines) == height and "Code" in lines[-1]

    @property
    def process(self) -> int:
        """The program's process."""
        return int(self.tmux("list-panes", "-F", "#{pane_pid}"))

    def hang_up(self) -> None:
        """Close the window under the program, as its user may, and wait until it has ended."""
        process = self.process
        self.close()
        deadline = time.monotonic() + _PATIENCE
        while _is_there(process):
            assert time.monotonic() < deadline, "the program goes on without its window"
            time.sleep(0.05)

    def close(self) -> None:
        """End the window and the server."""
        subprocess.run(["tmux", "-L", self._socket, "kill-server"], check=False, capture_output=True)


def _is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True
