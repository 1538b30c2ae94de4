"""What every command promises: data on stdout, notes on stderr, exit codes, no traceback, a quick start."""

import os
import pty
import select
import signal
import subprocess
import sys
from pathlib import Path
from typing import Self

import pytest

import qualcode
from qualcode.cli.commands import COMMANDS, commands
from tests.command_line import SPEECHES, Shell, a_study, environment, process, told

HEAVY = ("textual", "pandas", "numpy", "spacy", "matplotlib", "docx", "lxml", "sqlite_utils", "yaml", "openpyxl")


@pytest.fixture
def shell(tmp_path, monkeypatch):
    return Shell(tmp_path, monkeypatch)


def modules_after(folder: Path, *words: str) -> set[str]:
    script = (
        f"import sys; sys.argv = ['qualcode', *{list(words)!r}]\n"
        "from qualcode.cli import main\n"
        "try: main()\nexcept SystemExit as end: assert not end.code, end.code\n"
        "print(*sys.modules, sep='\\n', file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=folder, env=environment(folder), capture_output=True, text=True, check=True
    )
    return set(run.stderr.split())


def test_help_loads_click_and_nothing_heavy(tmp_path):
    loaded = modules_after(tmp_path, "--help")
    assert "click" in loaded
    assert loaded.isdisjoint(HEAVY)
    ours = {name for name in loaded if name.split(".")[0] == "qualcode"}
    assert ours == {
        *("qualcode", "qualcode.cli", "qualcode.cli.commands", "qualcode.cli.contract"),
        *("qualcode.errors", "qualcode.visible"),
    }


def test_retrieval_loads_no_numbers_and_no_tables(tmp_path):
    with a_study(tmp_path) as project:
        project.segments.add("A-SU1", "M2a", lines=(2, 2))
    assert modules_after(tmp_path, "segments").isdisjoint(set(HEAVY) - {"lxml"})


def test_a_figures_caption_and_numbers_load_no_matplotlib(tmp_path):
    with a_study(tmp_path) as project:
        project.codes.add("P9", "Outcome", kind="process outcome")
        project.codes.change(project.codes.get("M2a"), kind="mechanism")
        project.codes.lead_to(project.codes.get("M2a"), ["P9"])
    assert "matplotlib" not in modules_after(tmp_path, "figure", "change-model")
    assert modules_after(tmp_path, "figure", "--list").isdisjoint(HEAVY)


def every_command():
    for name in (name for section in COMMANDS.values() for name in section):
        command = commands.get_command(None, name)
        yield name, command
        for inner, subcommand in getattr(command, "commands", {}).items():
            yield f"{name} {inner}", subcommand


@pytest.mark.parametrize(("words", "command"), [pytest.param(*each, id=each[0]) for each in every_command()])
def test_every_command_has_a_help_that_says_what_it_does(words, command, shell):
    shown = shell.done(*words.split(), "--help")
    assert command.help
    for parameter in command.params:
        if parameter.param_type_name == "option" and not parameter.hidden:
            assert parameter.opts[0] in shown


def test_the_list_of_commands_begins_as_their_own_help():
    for section in COMMANDS.values():
        for name, (_, summary) in section.items():
            assert commands.get_command(None, name).help.split()[0] == summary.split()[0]


def test_bare_qualcode_prints_help_and_says_which_project_is_meant(shell, tmp_path):
    a_study(tmp_path).close()
    result = shell()
    assert result.exit_code == 0
    assert "qualcode code A-SU1_wave1 34-36 M2a P3" in result.stdout
    assert "study.qualcode" in result.stderr


def test_bare_qualcode_without_a_project_is_no_error(shell):
    result = shell()
    assert result.exit_code == 0
    assert "no .qualcode file" in result.stderr


def test_an_unknown_command_is_the_users_mistake(shell):
    assert "No such command" in shell.refused("segmnets")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [(["segmnets"], "segments"), (["document"], "documents"), (["IMPORT"], "import"), (["cases", "sett"], "set")],
)
def test_a_misspelt_command_gets_the_nearest(typed, meant, shell):
    said = shell.refused(*typed)
    assert f"No such command '{typed[-1]}'. Did you mean {meant}" in said
    assert "--help" in said


def test_a_command_like_no_other_gets_no_guess(shell):
    assert "Did you mean" not in shell.refused("xyzzy")
    assert "No such command 'xyzzy'" in shell.refused("--project", "there.qualcode", "xyzzy")


@pytest.mark.parametrize(
    "words",
    [
        ["--project", "there.qualcode", "documents"],
        ["--project=there.qualcode", "documents", "list"],
        ["--json", "--project", "there.qualcode", "documents"],
        ["documents", "--project", "there.qualcode", "list"],
        ["--coder", "AK", "documents", "--project", "there.qualcode"],
    ],
)
def test_project_and_coder_may_be_named_before_the_command(words, shell, tmp_path):
    a_study(tmp_path).close()
    with qualcode.new(tmp_path / "there.qualcode", "AK") as project:
        body, turns = told()
        project.documents.add("There", body, turns)
    shown = shell.done(*words)
    assert "There" in shown
    assert "A-SU1" not in shown
    assert shown.startswith("[") is ("--json" in words)


def test_what_is_written_carries_the_coder_named_before_the_command(shell, tmp_path):
    a_study(tmp_path).close()
    shell.done("--coder", "BO", "documents", "rename", "A-SU1", "Q1")
    assert shell.json("history")[0]["coder"] == "BO"


@pytest.mark.parametrize("words", [["--project", "there.qualcode"], ["--coder", "AK"]])
def test_options_without_a_command_are_told_where_they_go(words, shell):
    assert f"qualcode documents {' '.join(words)}" in shell.refused(*words)


def test_an_option_nobody_knows_is_still_a_mistake(shell):
    assert "No such option" in shell.refused("--projct", "x", "documents")


def test_without_a_project_the_message_says_how_to_make_one(shell):
    assert "qualcode new" in shell.refused("segments")


def test_several_projects_are_listed(shell, tmp_path):
    for name in ("one", "two"):
        qualcode.new(tmp_path / f"{name}.qualcode", "AK").close()
    said = shell.refused("documents")
    assert "one.qualcode, two.qualcode" in said
    assert "--project" in said


def test_a_named_project_goes_before_the_environment_and_that_before_the_folder(shell, tmp_path, monkeypatch):
    (tmp_path / "elsewhere").mkdir()
    for place, code in (("here", "A1"), ("elsewhere/there", "B1"), ("elsewhere/named", "C1")):
        with qualcode.new(tmp_path / f"{place}.qualcode", "AK") as project:
            project.codes.add(code, "x")
    assert shell.done("codebook", "show").startswith("A1")
    monkeypatch.setenv("QUALCODE_PROJECT", "elsewhere/there.qualcode")
    assert shell.done("codebook", "show").startswith("B1")
    assert shell.done("codebook", "show", "--project", "elsewhere/named.qualcode").startswith("C1")


def test_notes_leave_stdout_clean(shell, tmp_path):
    with a_study(tmp_path) as project:
        made = project.segments.add("A-SU1", "M2a", lines=(2, 2))
    result = shell("segments", "--ids")
    assert result.stdout == f"{made.id}\n"
    result = shell("segments", "--code", "P3")
    assert result.stdout == ""
    assert "No passage" in result.stderr


def test_nothing_is_written_without_a_coder(shell, tmp_path):
    a_study(tmp_path).close()
    said = shell.refused("code", "A-SU1", "2", "M2a")
    assert "nothing is written without one" in said
    assert "--coder AK" in said


def test_the_coder_is_the_option_before_the_environment_before_the_setting(shell, tmp_path, monkeypatch):
    a_study(tmp_path).close()
    (tmp_path / "settings").mkdir()
    (tmp_path / "settings" / "settings.toml").write_text('coder = "SET"\n')
    shell.done("memo", "add", "one")
    monkeypatch.setenv("QUALCODE_CODER", "ENV")
    shell.done("memo", "add", "two")
    shell.done("memo", "add", "three", "--coder", "OPT")
    assert [memo["coder"] for memo in shell.json("memo", "list")] == ["SET", "ENV", "OPT"]


@pytest.mark.parametrize("name", ["A K", "\x1b[31m", "A" * 21, " "])
def test_a_coder_is_a_short_plain_name(name, shell, tmp_path):
    a_study(tmp_path).close()
    assert "short name" in shell.refused("memo", "add", "x", "--coder", name)


def test_our_own_fault_is_told_without_a_traceback(shell, tmp_path, monkeypatch):
    a_study(tmp_path).close()
    monkeypatch.setattr(qualcode.Project, "quotations", lambda *_: 1 / 0)
    with shell.open("AK") as project:
        project.segments.add("A-SU1", "M2a", lines=(2, 2))
    result = shell("segments")
    assert result.exit_code == 1
    assert "ZeroDivisionError" in result.stderr
    assert "retrieving.py" in result.stderr
    assert "Traceback" not in result.stderr


def test_a_reader_that_goes_away_is_no_error(tmp_path):
    with a_study(tmp_path) as project:
        body, turns = told(SPEECHES * 2000)
        project.documents.add("long", body, turns)
    reader, writer = os.pipe()
    os.close(reader)
    run = subprocess.run(
        [sys.executable, "-m", "qualcode", "show", "long"],
        cwd=tmp_path, env=environment(tmp_path), stdout=writer, stderr=subprocess.PIPE, check=False,
    )  # fmt: skip
    os.close(writer)
    assert (run.returncode, run.stderr) == (0, b"")


def test_a_closed_stdout_is_no_error(tmp_path):
    a_study(tmp_path).close()
    words = f"{sys.executable} -m qualcode documents >&-"
    run = subprocess.run(["sh", "-c", words], cwd=tmp_path, env=environment(tmp_path), capture_output=True, check=False)
    assert run.returncode == 0
    assert b"Traceback" not in run.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("unbuffered", [False, True])
def test_a_full_disk_is_the_machines_trouble(tmp_path, unbuffered):
    a_study(tmp_path).close()
    words = f"{sys.executable} -m qualcode documents >/dev/full"
    env = environment(tmp_path)
    env.pop("PYTHONUNBUFFERED", None)
    env |= {"PYTHONUNBUFFERED": "1"} if unbuffered else {}
    run = subprocess.run(["sh", "-c", words], cwd=tmp_path, env=env, capture_output=True, text=True, check=False)
    assert run.returncode == 1
    assert len(run.stderr.splitlines()) == 1
    assert "No space left" in run.stderr


def test_the_program_ends_with_the_exit_code_of_the_command(tmp_path):
    shown = process("segments", cwd=tmp_path, env=environment(tmp_path))
    assert shown.returncode == 2
    assert shown.stdout == ""
    assert "Traceback" not in shown.stderr


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_that_lacks_a_letter_gets_a_question_mark(tmp_path, encoding):
    with a_study(tmp_path) as project:
        project.documents.rename(project.documents.get("A-SU1"), "希望 →")
    env = environment(tmp_path, PYTHONIOENCODING=encoding)
    assert process("documents", cwd=tmp_path, env=env).returncode == 0
    exact = subprocess.run(
        [sys.executable, "-m", "qualcode", "documents", "--json"],
        cwd=tmp_path,
        env=env,
        capture_output=True,
        check=True,
    )
    assert "希望 →" in exact.stdout.decode("utf-8")


RUN = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
from qualcode.cli import main
main()
"""
"""The program, which hears Ctrl-C even where whoever runs the tests has it ignored, as a shell does for `&`."""


class Terminal:
    """A process at a terminal of its own, talked to by a person; it is gone at the end of its `with`."""

    def __init__(self, folder: Path, *words: str, **more: str) -> None:
        self._ours, theirs = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", RUN, *words],
            cwd=folder, env=environment(folder, **more), stdin=theirs, stdout=theirs, stderr=theirs,
            start_new_session=True,
        )  # fmt: skip
        os.close(theirs)

    def until(self, words: str) -> str:
        seen = b""
        while words.encode() not in seen:
            assert select.select([self._ours], [], [], 20)[0], f"it says nothing more than {seen!r}"
            seen += os.read(self._ours, 4096)
        return seen.decode()

    def write(self, words: str) -> None:
        os.write(self._ours, words.encode())

    def interrupt(self) -> None:
        """Press Ctrl-C until it is heard: a signal just before Python begins to read waits for the next."""
        for _ in range(10):
            self.process.send_signal(signal.SIGINT)
            if select.select([self._ours], [], [], 2)[0]:
                break
        self.until("Interrupted")

    def end(self) -> int:
        return self.process.wait(timeout=30)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        os.close(self._ours)


def test_the_coder_is_asked_once_at_a_terminal_and_remembered(tmp_path):
    a_study(tmp_path).close()
    with Terminal(tmp_path, "memo", "add", "one") as first:
        first.until("Who is coding?")
        first.write("BO\n")
        first.until("memo 1")
        assert first.end() == 0
    second = process("memo", "add", "two", cwd=tmp_path, env=environment(tmp_path))
    assert "BO" in second.stdout


def test_an_interrupted_command_ends_with_130(tmp_path):
    a_study(tmp_path).close()
    with Terminal(tmp_path, "memo", "add", "one") as asked:
        asked.until("for instance AK: ")
        asked.interrupt()
        assert asked.end() == 130


@pytest.mark.parametrize(("wishes", "bold"), [({}, True), ({"NO_COLOR": "1"}, False)])
def test_a_table_is_lettered_on_a_terminal_unless_it_is_not_wished(tmp_path, wishes, bold):
    a_study(tmp_path).close()
    with Terminal(tmp_path, "table", "sample", TERM="xterm", **wishes) as shown:
        printed = shown.until("Last change in the project")
        assert shown.end() == 0
    assert ("\x1b[1m" in printed) is bold


@pytest.mark.parametrize(
    "words",
    [
        "history --limit",
        "revise A-SU1 --reason x --line",
        "segments --citations publication --small-cell",
        *(f"table {table}" for table in ("change-model --width", "saturation --rounds", "saturation --seed")),
        *(f"table saturation {option}" for option in ("--base", "--run", "--levels")),
        "figure change-model --width",
    ],
)
def test_a_number_beyond_all_bounds_is_the_users_mistake(shell, words):
    assert "is not in the range" in shell.refused(*words.split(), "9" * 23)
    assert "is not" in shell.refused(*words.split(), "9" * 5000)
