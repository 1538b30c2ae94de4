"""Makes what the pages of the documentation print, by running them: `python docs/pages.py [--check] [PAGE...]`.

A page is Markdown. An indented line `$ qualcode ...` is a command (`$ export NAME=VALUE`, `$ cd FOLDER` and
`$ mkdir FOLDER` too), and the indented lines below it are what it prints. A fenced block of Python is a program, and
the indented block below it is what it prints. After a command may stand which part is shown, `...` standing for what is
left out, or that it is meant to be refused:

    # first 12 lines
    # last 3 lines
    # lines with M2a
    # refused

Every page begins in the folder `qualcode-demo`, as `qualcode demo` leaves it at the root of a checkout; the folder
`mine` beside it is a study that has not begun. Times are masked as YYYY-MM-DD HH:MM,
the day of today as YYYY-MM-DD, and the temporary folder's own path is left out.
"""

import argparse
import difflib
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import openpyxl  # noqa: E402  (a script finds the checkout beside it)
from click.testing import CliRunner  # noqa: E402

from qualcode import shipped  # noqa: E402
from qualcode.cli.commands import commands  # noqa: E402
from qualcode.work import sample  # noqa: E402

PAGES = ("README.md", "sample_transcripts/TEACHING.md", "docs/walkthrough.md", "docs/rules.md")
STUDY = "qualcode-demo"
PROMPT, INDENT, FENCE = "    $ ", "    ", "```"
LEFT_OUT = "..."
NOTE = re.compile(r" +# (?:(first|last) (\d+) lines?|lines with (.+)|(refused))$")
TIMES = (
    (re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?(?= UTC)"), "YYYY-MM-DD HH:MM"),
    (re.compile(r"\d{4}-\d\d-\d\d-\d{6}"), "YYYY-MM-DD-HHMMSS"),  # names of backups
)


class PageError(Exception):
    """A command of a page does not do what the page says."""


@dataclass(frozen=True, slots=True)
class Step:
    """A command of a page, and where on it stands what it prints.

    Attributes:
        command: as typed, without prompt or note; or a Python program.
        is_program: it is Python.
        note: how the page says that its output is shown, as `NOTE` found it.
        start, end: the page's lines with what it prints, half-open.
    """

    command: str
    is_program: bool
    note: re.Match[str] | None
    start: int
    end: int


def steps(lines: list[str]) -> Iterator[Step]:
    """The commands of a page, in order."""
    at = 0
    while at < len(lines):
        line, first, at = lines[at], at + 1, at + 1
        if line.startswith(FENCE):
            at = lines.index(FENCE, first) + 1
            if line == FENCE + "python":
                yield Step("\n".join(lines[first : at - 1]), True, None, at, _end_of_output(lines, at))
        elif line.startswith(PROMPT):
            typed = line.removeprefix(PROMPT)
            note = NOTE.search(typed)
            yield Step(typed[: note.start()] if note else typed, False, note, at, _end_of_output(lines, at))


def _end_of_output(lines: list[str], start: int) -> int:
    end = start
    for number in range(start, len(lines)):
        if lines[number].startswith(PROMPT) or (lines[number] and not lines[number].startswith(INDENT)):
            break
        if lines[number]:
            end = number + 1
    return end


class Terminal:
    """Runs the commands of one page, one after the other, in this process: starting one for each takes minutes."""

    def __init__(self, folder: Path) -> None:
        """Begin in the sample study's folder.

        Args:
            folder: as `checkout` lays it out.
        """
        self._top = folder
        self._folder = folder / STUDY
        settled = (name for name in os.environ if name.startswith(("QUALCODE", "COLUMNS")))
        self._surroundings: dict[str, str | None] = dict.fromkeys(settled)
        self._surroundings |= {"QUALCODE_CONFIG": str(folder / "config"), "PYTHONPATH": str(ROOT)}
        self._surroundings["QUALCODE_CACHE"] = str(folder / "cache")

    def run(self, step: Step) -> list[str]:
        """What a step prints, as a page shows it.

        Raises:
            PageError: it fails though the page does not say so, or the other way round.
        """
        if step.is_program:
            return self._lines(self._program(step))
        words = shlex.split(step.command)
        match words[0]:
            case "qualcode":
                return _shown(self._lines(self._qualcode(words[1:], step)), step.note)
            case "export":
                name, _, value = words[1].partition("=")
                self._surroundings[name] = value
            case "cd":
                self._folder = (self._folder / words[1]).resolve()
            case "mkdir":
                (self._folder / words[1]).mkdir()
            case other:
                raise PageError(f"a page does not run {other!r}")
        return []

    def _qualcode(self, words: list[str], step: Step) -> str:
        with chdir(self._folder):
            result = CliRunner().invoke(commands, words, env=self._surroundings)
        if bool(result.exit_code) != bool(step.note and step.note[4]):
            raise PageError(f"$ {step.command}\nended with {result.exit_code}:\n{result.output}")
        return result.output

    def _program(self, step: Step) -> str:
        kept = {name: value for name, value in (os.environ | self._surroundings).items() if value is not None}
        words = [sys.executable, "-c", step.command]
        done = subprocess.run(  # noqa: S603  (the program is one of our own pages')
            words, check=False, cwd=self._folder, env=kept, stdin=subprocess.DEVNULL, capture_output=True, text=True
        )
        if done.returncode:
            raise PageError(f"{step.command}\n{done.stderr}")
        return done.stdout

    def _lines(self, printed: str) -> list[str]:
        masked = printed
        for time, mask in TIMES:
            masked = time.sub(mask, masked)
        masked = masked.replace(datetime.now(UTC).date().isoformat(), "YYYY-MM-DD")
        masked = masked.replace(f"{self._top.resolve()}{os.sep}", "")
        return [line.rstrip() for line in masked.strip("\n").split("\n")] if masked else []


def _shown(printed: list[str], note: re.Match[str] | None) -> list[str]:
    """The part of what was printed that a page shows."""
    if note is None or note[4]:
        return printed
    if note[3]:
        return [line for line in printed if note[3] in line]
    number = int(note[2])
    if len(printed) <= number:
        return printed
    return [*printed[:number], LEFT_OUT] if note[1] == "first" else [LEFT_OUT, *printed[-number:]]


def remade(page: str, folder: Path) -> str:
    """A page with what its commands print now.

    Args:
        page: its text.
        folder: as `checkout` lays it out; the commands work in it.

    Raises:
        PageError: a command fails though the page does not say so, or the other way round.
    """
    lines = page.split("\n")
    terminal = Terminal(folder)
    made: list[str] = []
    at = 0
    for step in steps(lines):
        printed = [INDENT + line if line else "" for line in terminal.run(step)]
        made += lines[at : step.start]
        made += ["", *printed] if step.is_program and printed else printed
        at = step.end
    return "\n".join(made + lines[at:])


def make_study(folder: Path) -> Path:
    """Make the sample study once, to be copied for each page; returns its folder."""
    sample.make(folder / STUDY)
    return folder / STUDY


@contextmanager
def checkout(study: Path) -> Iterator[Path]:
    """A temporary folder laid out as a checkout in which `qualcode demo` was called, and a study that has not begun."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(study, folder / STUDY)
        with chdir(folder / STUDY):  # the tables that the demo writes beside the study
            outs = [f"--out=change-model{suffix}" for suffix in (".docx", ".html", ".csv")]
            CliRunner().invoke(commands, ["table", "change-model", *outs], catch_exceptions=False)
        for part in ("sample_transcripts", "codebooks", "docs"):
            shutil.copytree(ROOT / part, folder / part)
        _lay_out_new_study(folder / "mine")
        yield folder


def _lay_out_new_study(folder: Path) -> None:
    """What a researcher has before the first command: interviews, a sheet of people, a codebook."""
    interviews = folder / "interviews"
    interviews.mkdir(parents=True)
    for name in ("A-PW1.txt", "A-SU1_wave1.docx", "J-SU1.vtt"):
        shutil.copy(shipped.folder("sample_transcripts") / "interviews" / name, interviews)
    shutil.copy(shipped.codebook("peer_worker_change_model"), folder / "my_codebook.yaml")
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        ("file", "speaker", "part", "person", "role", "case"),
        ("A-PW1", "A-PW1", "participant", "P1", "PW", "A"),
        ("A-SU1_wave1", "Maureen", "participant", "P2", "SU", "A"),
        ("J-SU1", "Leanne", "participant", "P3", "SU", "J"),
        ("J-SU1", "SG", "interviewer", None, None, None),
    ):
        sheet.append(row)
    book.save(folder / "people.xlsx")
    book.close()


def difference(page: str, study: Path) -> str:
    """What a page of the checkout says and its commands do not, as a diff; empty where it is true."""
    before = (ROOT / page).read_text(encoding="utf-8")
    with checkout(study) as folder:
        now = remade(before, folder)
    both = (before.splitlines(), now.splitlines(), page, "what is printed now")
    return "\n".join(difflib.unified_diff(*both, lineterm=""))


def main() -> int:
    """Write, or with --check compare, the pages."""
    arguments = argparse.ArgumentParser(description="Run the pages of the documentation and write what they print.")
    arguments.add_argument("page", nargs="*", default=PAGES)
    arguments.add_argument("--check", action="store_true", help="only compare; the exit code is 1 where they differ")
    chosen = arguments.parse_args()
    differences = []
    with TemporaryDirectory() as folder:
        study = make_study(Path(folder))
        for page in chosen.page:
            if chosen.check:
                differences += [each for each in (difference(page, study),) if each]
                continue
            text = (ROOT / page).read_text(encoding="utf-8")
            with checkout(study) as place:
                (ROOT / page).write_text(remade(text, place), encoding="utf-8")
    sys.stdout.write("\n".join(differences))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
