"""What `--out` may write over: what this project wrote before, and with --force anything but a project."""

import pytest

from tests.command_line import Shell, a_study

WRITERS = pytest.mark.parametrize(
    ("command", "name"),
    [
        ("table sample", "x.md"),
        ("table sample", "x.csv"),
        ("transcript A-SU1", "x.txt"),
        ("transcript A-SU1 --blank", "x.docx"),
        ("figure saturation", "x.svg"),
        ("pack --table sample", "x.docx"),
        ("memo book", "x.docx"),
    ],
)


@pytest.fixture
def shell(tmp_path, monkeypatch):
    with a_study(tmp_path) as project:
        project.segments.add("A-SU1", "M2a", lines=(2, 2))
    return Shell(tmp_path, monkeypatch)


@WRITERS
def test_a_file_of_somebody_elses_stays_unless_forced(shell, tmp_path, command, name):
    (tmp_path / name).write_text("an interview")
    assert "this project did not write it" in shell.refused(*command.split(), "--out", name)
    assert (tmp_path / name).read_text() == "an interview"
    shell.done(*command.split(), "--out", name, "--force")
    assert (tmp_path / name).read_bytes() != b"an interview"
    shell.done(*command.split(), "--out", name)


def test_none_of_several_is_written_where_one_is_somebody_elses(shell, tmp_path):
    (tmp_path / "b.md").write_text("an interview")
    shell.refused("table", "sample", "--out", "a.md", "--out", "b.md")
    assert not (tmp_path / "a.md").exists()


def test_the_exact_twin_of_a_csv_is_looked_at_too(shell, tmp_path):
    (tmp_path / "a.csv.json").write_text("mine")
    assert "a.csv.json" in shell.refused("table", "sample", "--out", "a.csv")
    assert (tmp_path / "a.csv.json").read_text() == "mine"
    assert not (tmp_path / "a.csv").exists()


@pytest.mark.parametrize(
    "command", [f"{command} --out" for command in ("table sample", "pack", "figure saturation")] + ["codebook export"]
)
@pytest.mark.parametrize("name", ["study.qualcode", "new.qualcode", "moved.docx", "moved.md", "moved.svg"])
def test_a_project_is_never_written_over(shell, tmp_path, command, name):
    project = tmp_path / "study.qualcode"
    before = project.read_bytes()
    if name.startswith("moved"):
        (tmp_path / name).write_bytes(before)
    shell.refused(*command.split(), name, "--force")
    assert project.read_bytes() == before
    if name.startswith("moved"):
        assert (tmp_path / name).read_bytes() == before
    else:
        assert not (tmp_path / "new.qualcode").exists()
