"""The README's tour: every command runs, and what is printed there is what it prints."""

import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from qualcode import shipped
from qualcode.work import sample

ROOT = Path(__file__).parents[2]


def steps():
    """(command, lines printed below it) for each `$ command` of the README, in order."""
    found: list[tuple[str, list[str]]] = []
    is_below = False
    for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("    $ "):
            found.append((line[6:], []))
        elif line.startswith("    ") and is_below:
            found[-1][1].append(line[4:])
        is_below = line.startswith("    $ ") or (is_below and line.startswith("    "))
    return found


@pytest.fixture(scope="module")
def tour(tmp_path_factory):
    """The sample study's folder, as the first command leaves it, and files of one's own beside it."""
    folder = tmp_path_factory.mktemp("tour")
    sample.make(folder / "demo")
    own = folder / "own"
    shutil.copytree(shipped.folder("sample_transcripts") / "interviews", own / "interviews")
    shutil.copy(shipped.codebook("peer_worker_change_model"), own / "my_codebook.yaml")
    book = openpyxl.Workbook()
    for row in (("file", "speaker", "person", "role"), ("A-PW1", "A-PW1", "P1", "PW")):
        book.active.append(row)
    book.save(own / "people.xlsx")
    book.close()
    return folder


def test_every_command_of_the_tour_runs_and_prints_what_the_page_says(tour):
    surroundings = os.environ | {"QUALCODE_CONFIG": str(tour / "config"), "PYTHONPATH": str(ROOT)}
    surroundings.pop("COLUMNS", None)
    folder = tour / "demo"
    for command, expected in steps():
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            surroundings[name] = value
            continue
        if command.startswith("qualcode new"):
            folder = tour / "own"
        words = [sys.executable, "-m", "qualcode", *shlex.split(command)[1:]]
        done = subprocess.run(words, check=False, cwd=folder, env=surroundings, capture_output=True, text=True)
        assert done.returncode == 0, f"{command}: {done.stderr}"
        printed = (done.stdout + done.stderr).splitlines()
        if expected:
            assert [line.rstrip() for line in printed] == [line.rstrip() for line in expected], command


def test_the_page_shows_output_of_its_main_commands():
    shown = {command.split()[1] for command, expected in steps() if expected}
    assert {"documents", "show", "table"} <= shown
