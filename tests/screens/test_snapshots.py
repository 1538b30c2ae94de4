"""Each screen as it is to be read, at 80x24 and 120x40, beside files of the same; and the stripes with their colours.

`QUALCODE_SNAPSHOTS=write python -m pytest -n0 tests/screens/test_snapshots.py` writes the files anew: look at the
difference before you keep it.
"""

import os
import re
from itertools import groupby
from pathlib import Path

import pytest

from tests.screens.driving import on_screen, workbench

FOLDER = Path(__file__).with_name("snapshots")

SCENES = (
    ("documents", ()),
    ("reading", ("home", "enter", "down")),
    ("names", ("f8", "f8")),
    ("nothing", ("f8",)),
    ("selection", ("f8", "s")),
    ("picker", ("enter", "h", "o")),
    ("by-key", ("escape", "c")),
    ("claim", ("escape", "greater_than_sign", "enter", "down", "enter")),
    ("claim-whose", ("w",)),
    ("unsure", ("escape", "escape", "exclamation_mark")),
    ("memo", ("escape", "m", "s", "o")),
    ("jump", ("escape", "escape", "right_square_bracket")),
    ("found", ("escape", "slash", *"laughing", "enter")),
    ("edges", ("escape", "g", "right_parenthesis", "right_parenthesis", "E")),
    ("definition", ("escape", "right", "tab", "K")),
    ("codebook", ("B",)),
    ("help", ("B", "question_mark")),
    ("correcting", ("escape", "e")),
    ("finishing", ("escape", "F")),
    ("replacing", ("escape", "R", *"Ann", "enter", "p", *"[Bea]", "enter")),
)
"""Name of a screen, and the keys that lead to it from the one before."""


def beside(name: str, seen: str) -> None:
    """What is seen is what the file of this name holds."""
    file = FOLDER / name
    if os.environ.get("QUALCODE_SNAPSHOTS") == "write":
        FOLDER.mkdir(exist_ok=True)
        file.write_text(seen, encoding="utf-8")
    assert seen == file.read_text(encoding="utf-8"), f"another screen than in {file.name}"


def stripes(desk) -> str:
    """The margin left of the text, row by row: cell, signs and style of each run."""
    left = desk.reader._painter.widths.left
    told = []
    for y, strip in enumerate(desk.strips):
        cells = [(letter, str(piece.style)) for piece in strip for letter in piece.text][:left]
        runs = []
        at = 0
        for style, run in groupby(cells, key=lambda cell: cell[1]):
            signs = "".join(letter for letter, _ in run)
            if signs.strip():
                runs.append(f"{at}: {signs!r} {style}")
            at += len(signs)
        told.append(f"{y:2} " + " | ".join(runs) if runs else "")
    return "\n".join(filter(None, told)) + "\n"


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@on_screen
async def test_every_screen(coded_file, size):
    async with workbench(coded_file, size=size) as desk:
        for name, keys in SCENES:
            await desk.press(*keys)
            beside(f"{name}-{size[0]}x{size[1]}.txt", f"{desk.text.rstrip()}\n")


@pytest.mark.parametrize("theme", ["night", "paper", "safe", "plain"])
@on_screen
async def test_stripes_and_their_colours(coded_file, theme):
    async with workbench(coded_file, size=(100, 30), theme=theme) as desk:
        await desk.press("home", "enter", "down")
        beside(f"stripes-{theme}.txt", stripes(desk))


@pytest.mark.parametrize(
    ("name", "theme", "keys"),
    [
        ("reading", "night", ("down", "s")),
        ("names", "paper", ("f8", "down", "right_parenthesis")),
        ("contrast", "contrast", ("down",)),
    ],
)
@on_screen
async def test_pictures(coded_file, name, theme, keys):
    async with workbench(coded_file, size=(100, 30), theme=theme) as desk:
        await desk.press("home", "enter", *keys)
        picture = desk.app.export_screenshot()
        beside(f"{name}.svg", re.sub(r"terminal-\d+-", "terminal-", picture))


COMING_IN = (
    ("start", ("O",)),
    ("files", ("escape", "I")),
    ("files-marked", ("down", "down", "space")),
    ("speakers", ("l",)),
    ("memos-here", ("f2", "D", "enter", "m", *"Why here?", "f2", "M")),
)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)], ids=lambda size: f"{size[0]}x{size[1]}")
@on_screen
async def test_starting_bringing_in_and_the_memos_of_a_document(coded_file, size, tmp_path, monkeypatch):
    """Folders and dates, which stand at the ends of lines, are masked."""
    folder = tmp_path / "interviews"
    folder.mkdir()
    for name, answer in (("B-SU2", "Quiet, mostly."), ("B-SU3", "[b]Loud[/b] \x1b[31m")):
        words = f"Interviewer: How was it?\nAnn: {answer}\nInterviewer: And then?\nAnn: Better.\n"
        (folder / f"{name}.txt").write_text(words, encoding="utf-8")
    monkeypatch.chdir(folder)
    async with workbench(coded_file, size=size) as desk:
        for name, keys in COMING_IN:
            await desk.press(*keys)
            await desk.app.workers.wait_for_complete(each for each in desk.app.workers if each.group != "dialogue")
            await desk.settle()
            seen = re.sub(r"/\S+|\d{4}-\d\d-\d\d|\d{1,2} [A-Z][a-z]+ \d{4}", "…", desk.text)
            beside(f"{name}-{size[0]}x{size[1]}.txt", f"{seen.rstrip()}\n")
