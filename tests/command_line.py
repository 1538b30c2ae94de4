"""`Shell`: the command line as a person has it, in a folder of its own, without a process for each command."""

import json
import os
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

import qualcode
from qualcode.cli.commands import commands
from qualcode.model import Definition, Turn
from qualcode.project import Project
from tests import ways

HOSTILE = "\x1b[31m\x1b]0;pwned\x07\x9b1m\u202edrow\u2066\x7f\u200f\ufeff"
"""Escape sequences (CSI, OSC, C1), bidirectional controls, DEL."""

SPEECHES = (
    ("INT", "How was it for you, then?"),
    ("Maureen", "Well, if she can do it, so can I, I thought. I had hope."),
    ("INT", "And what happened after that?"),
    ("Maureen", "I went home. I thought so can I, and I slept."),
)


class Shell:
    """Runs commands in a folder, with settings of its own.

    Attributes:
        folder: where the commands run.
    """

    def __init__(self, folder: Path, monkeypatch) -> None:
        self.folder = folder
        monkeypatch.chdir(folder)
        monkeypatch.setenv("QUALCODE_CONFIG", str(folder / "settings"))
        monkeypatch.delenv("QUALCODE_PROJECT", raising=False)
        monkeypatch.delenv("QUALCODE_CODER", raising=False)
        monkeypatch.delenv("COLUMNS", raising=False)

    def __call__(self, *words: str, typed: str | bytes | None = None) -> Result:
        """Run `qualcode WORDS`."""
        return CliRunner().invoke(commands, list(words), input=typed)

    def done(self, *words: str, typed: str | bytes | None = None) -> str:
        """Run a command that must succeed, and return what it printed as data."""
        result = self(*words, typed=typed)
        assert result.exit_code == 0, (words, result.output, result.exception)
        return result.stdout

    def json(self, *words: str):
        """What a command prints for programs."""
        return json.loads(self.done(*words, "--json"))

    def refused(self, *words: str, typed: str | bytes | None = None) -> str:
        """Run a command that must fail by the user's mistake, and return what it says."""
        result = self(*words, typed=typed)
        assert result.exit_code == 2, (words, result.output, result.exception)
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        return result.stderr

    def open(self, coder: str | None = None) -> Project:
        """The only project in the folder."""
        return qualcode.open(next(self.folder.glob("*.qualcode")), coder)


def process(*words: str, **options) -> subprocess.CompletedProcess[str]:
    """`qualcode WORDS` as a process."""
    return subprocess.run(
        [sys.executable, "-m", "qualcode", *words], capture_output=True, text=True, check=False, **options
    )


def environment(folder: Path, **more: str) -> dict[str, str]:
    """An environment in which the user has settled nothing."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("QUALCODE")}
    root = str(Path(qualcode.__file__).parents[1])
    own = {"QUALCODE_CONFIG": str(folder / "settings"), "QUALCODE_CACHE": str(folder / "cache"), "PYTHONPATH": root}
    return kept | own | more


def told(speeches=SPEECHES) -> tuple[str, list[Turn]]:
    """The text and turns of speeches, one a line."""
    body, turns = "", []
    for speaker, words in speeches:
        start = len(body)
        body += f"{speaker}: {words}\n"
        turns.append(Turn(start, len(body), start + len(speaker) + 2, speaker))
    return body, turns


def a_study(folder: Path, *, spite: str = "") -> Project:
    """One interview, three codes, a memo; every name that people give ends in `spite`."""
    project = ways.new(folder / f"study{spite}.qualcode")
    person = project.people.add(f"A-SU1{spite}", case=f"A{spite}", roles={"-": "SU"})
    project.attributes.set("person", person.id, [(f"gender{spite}", f"woman{spite}")])
    body, turns = told([(speaker + spite, words + spite) for speaker, words in SPEECHES])
    document = project.documents.add(f"A-SU1{spite}", body, turns, parts={f"INT{spite}": "interviewer"})
    project.documents.place(document, wave=f"1{spite}")
    project.documents.set_speaker(document, f"Maureen{spite}", "participant", person.id)
    project.codes.add(
        "M2",
        f"Role-modelling{spite}",
        kind="mechanism",
        definition=Definition(brief=f"Seen living well{spite}"),
    )
    project.codes.add("M2a", f"Living proof{spite}", parent="M2", kind="mechanism")
    with project.action("add code"):  # `add` takes short names only, but another program may have written the file
        project.store.connection.execute("UPDATE code SET short = ? WHERE short = 'M2'", (f"M2{spite}",))
    project.codes.add("P3", f"Hope{spite}", kind="process outcome", definition=Definition(full=f"Hope{spite}\nreally"))
    return project
