"""Nothing with a real name on the list is written, by any writer, unless one says so."""

import ast
from pathlib import Path

import pytest

import qualcode
from qualcode.model import Definition
from qualcode.report.exporting import NOT_SCANNED
from tests.command_line import Shell, a_study

PACKAGE = Path(qualcode.__file__).parent
PHRASE = "four or five words"


@pytest.fixture
def shell(tmp_path, monkeypatch):
    with a_study(tmp_path) as project:
        segment = project.segments.add("A-SU1", "M2a", quote="I had hope", exemplar=True)
        project.memos.add("Zebedee returns to it.", segment=segment.id)
        code = project.codes.get("M2a")
        project.codes.redefine(code, Definition(example="Zebedee did it"))
        document = project.documents.get("A-SU1")
        start = project.documents.body(document).index("hope")
        project.documents.revise(document, [(start, start + 4, "Zebedee")], "heard wrongly")
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


WRITERS = pytest.mark.parametrize(
    ("command", "name"),
    [
        ("table quotes", "x.md"),
        ("table themes", "x.docx"),
        ("table themes", "x.html"),
        ("table themes", "x.xlsx"),
        ("transcript A-SU1", "x.txt"),
        ("transcript A-SU1 --blank", "x.docx"),
        ("memo book", "x.docx"),
        ("figure saturation", "Zebedee.svg"),
        ("pack --table sample", "Zebedee.docx"),
        ("codebook export", "x.yaml"),
    ],
)


def said(command, name):
    return [*command.split(), *([] if command == "codebook export" else ["--out"]), name]


@WRITERS
def test_a_name_on_the_list_stops_it_and_says_where(shell, tmp_path, command, name):
    shell.done("names", "add", "zebedee", "[Dawn]")
    told = shell.refused(*said(command, name))
    assert name in told
    assert "[Zebedee]" in told
    assert "--identifiable" in told
    assert not (tmp_path / name).exists()
    assert "not scanned" not in shell(*said(command, name), "--identifiable").stderr.casefold()
    assert (tmp_path / name).exists()
    with shell.open() as project:  # so that a seal and a withdrawal tell of it
        assert project.has_written(tmp_path / name)


@WRITERS
def test_without_a_list_it_is_said_once_that_nothing_is_scanned(shell, command, name):
    result = shell(*said(command, name))
    assert result.exit_code == 0
    assert result.stderr.count(NOT_SCANNED) == 1


def test_once_for_several_files_and_never_where_there_is_a_list(shell):
    assert shell("table", "sample", "--out", "a.md", "--out", "b.csv").stderr.count(NOT_SCANNED) == 1
    shell.done("names", "add", "Nobody", "[Zed]")
    result = shell("table", "sample", "--out", "a.md", "--out", "b.csv")
    assert (result.exit_code, NOT_SCANNED in result.stderr) == (0, False)


def test_quotations_that_a_format_does_not_hold_do_not_stop_it(shell):
    shell.done("names", "add", "Zebedee", "[Z]")
    assert "[Zebedee]" in shell.refused("table", "tree", "--out", "x.docx")
    shell.done("table", "tree", "--out", "x.csv")


def test_a_word_that_stays_beside_a_name_does_not_stop_it(shell):
    shell.done("names", "replace", "Well", "[Person 9]", "--only-capitalised", "--yes")
    shell.done("memo", "add", "well done", "--on", "document:A-SU1")
    shell.done("memo", "book", "--out", "x.docx")
    shell.done("transcript", "A-SU1", "--out", "x.txt")


@pytest.mark.usefixtures("quick_age")
def test_a_code_called_by_a_word_that_is_a_name_too_stops_nothing_and_the_name_elsewhere_does(shell, tmp_path):
    shell.done("names", "add", "Relief", "[Dawn]")
    shell.done("codebook", "add", "M9", "Relief")
    shell.done("code", "A-SU1", "2", "M9")
    told = shell.refused("table", "themes", "--out", "x.md")
    assert "M9 [Relief]" in told
    assert "qualcode names accept Relief --only-capitalised" in told
    shell.done("names", "accept", "Relief", "--only-capitalised")
    shell.done("table", "themes", "--out", "x.md")
    assert "M9 Relief" in (tmp_path / "x.md").read_text()
    shell.done("memo", "add", "Relief came, M9 Relief", "--on", "code:M9")
    told = shell.refused("memo", "book", "--out", "x.docx")
    assert "1 place;" in told
    assert "[Relief] came" in told


def test_an_opened_key_is_looked_for_too(shell, tmp_path):
    apart = tmp_path.parent / f"{tmp_path.name}-key"
    apart.mkdir()
    shell.done("names", "add", "Zebedee", "[Dawn]")
    shell.done("names", "key", str(apart / "k.age"), typed=f"{PHRASE}\n{PHRASE}\n")
    shell.done("names", "remove", "Zebedee")
    told = ("transcript", "A-SU1", "--out", "x.txt", "--out", "y.txt", "--names-key", str(apart / "k.age"))
    assert "[Zebedee]" in shell.refused(*told, typed=f"{PHRASE}\n")
    assert not (tmp_path / "x.txt").exists()


def test_only_one_module_remembers_exports_so_that_every_writer_passes_it():
    name_it = {path: text for path in PACKAGE.rglob("*.py") if "record_export" in (text := path.read_text("utf-8"))}
    users = {
        str(path.relative_to(PACKAGE))
        for path, text in name_it.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "record_export"
    }
    assert users == {"report/exporting.py"}
