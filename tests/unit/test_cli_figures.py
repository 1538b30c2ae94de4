"""`qualcode figure`, and figures in packs."""

import json
import zipfile

import docx
import pytest

import qualcode
from qualcode.analysis import FIGURES
from tests.command_line import Shell
from tests.studies import codebook, interview, new_study


@pytest.fixture
def shell(tmp_path, monkeypatch):
    with new_study(tmp_path) as project:
        codebook(project)
        for name in ("Ann", "Bo"):
            project.people.add(name, "A", {"-": "SU"})
            interview(project, name, [("INT", "And?"), ("X", "So can I.")], {"X": name})
            project.claims.add(name, "M2a", "P3", quote="So can I")
        project.claims.add("Ann", "M2b", "P4", quote="So can I")
        project.claims.add("Ann", "P3", "D1", quote="So can I")
    return Shell(tmp_path, monkeypatch)


def test_the_list_names_every_figure_and_it_is_the_default(shell):
    assert shell.done("figure") == shell.done("figure", "--list")
    assert all(name in shell.done("figure") for name in FIGURES)
    assert [each["name"] for each in json.loads(shell.done("figure", "--list", "--json"))] == list(FIGURES)


def test_without_out_the_caption_and_the_numbers_are_printed(shell):
    result = shell("figure", "change-model", "--levels", "2", "--threshold", "2")
    assert "Threshold 2 people: 2 arrows of fewer are hidden." in result.stdout
    assert "M2a Living proof → P3 Hope" in result.stdout
    assert ".svg" in result.stderr


def test_out_says_what_was_written_and_the_project_remembers(shell, tmp_path):
    names = [f"m.{end}" for end in ("svg", "pdf", "png", "dot")]
    said = shell.done("figure", "change-model", *(part for name in names for part in ("--out", name)))
    for name in names:
        assert f"Wrote {name}" in said
        assert (tmp_path / name).stat().st_size > 500
    assert "of 2." in said
    assert "m.svg" in shell("forget", "--person", "Ann", "--yes", "--coder", "AK").output


def test_json_has_the_caption_and_the_exact_numbers(shell):
    figure = json.loads(shell.done("figure", "change-model", "--json", "--out", "m.svg"))
    assert figure["name"] == "change-model"
    assert figure["caption"]
    assert {cell["row"]: cell["value"] for cell in figure["numbers"]["cells"] if cell["column"] == "people"} == {
        "M2 → P3": 2, "M2 → P4": 1, "P3 → D1": 1,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["chnge-model"], "Did you mean change-model?"),
        (["change-model", "--out", "m.gif"], ".svg"),
        (["change-model", "--seed", "3"], "change-model does not take --seed"),
        (["change-model", "--threshold", "9"], "lower threshold"),
        (["gioia"], "three levels"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_what_to_do(shell, words, told):
    assert told in shell.refused("figure", *words)


def test_the_numbers_of_a_figure_cite_for_publication_as_tables_do(shell):
    with qualcode.open(shell.folder / "study.qualcode", "AK") as project:
        project.codes.change(project.codes.get("P3a"), stage="1st-order concept")
        project.codes.change(project.codes.get("P3"), stage="2nd-order theme")
        project.segments.add("Ann", "P3a", quote="So can I", exemplar=True)
    assert "“So can I” [A, SU, Ann, line 2]" in shell.done("figure", "gioia", "--width", "200")
    printed = shell.done("figure", "gioia", "--citations", "publication", "--width", "200")
    assert "“So can I” [Ann, service user]" in printed
    assert "[A, SU" not in printed
    assert "Cited by person and role" in printed


def test_a_letter_that_the_font_lacks_is_told(shell):
    with qualcode.open(shell.folder / "study.qualcode", "AK") as project:
        project.codes.change(project.codes.get("M2"), name="信頼")
    result = shell("figure", "change-model", "--out", "m.svg")
    assert result.exit_code == 0
    assert "no picture of 信頼" in result.stderr


def test_a_pack_takes_figures_by_name(shell, tmp_path):
    shell.done("figure", "change-model", "--out", "m.png")
    shell.done("pack", "--table", "sample", "--figure", "change-model", "--figure", "m.png", "--out", "p.docx")
    document = docx.Document(str(tmp_path / "p.docx"))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts.count("Figure 1. Change model: what people say leads to what") == 2
    assert any(text.startswith("Number and width of an arrow") for text in texts)
    drawn, given = (shape._inline.docPr.get("descr") for shape in document.inline_shapes)
    assert drawn.startswith("Diagram of")
    assert given == "m"
    assert document.sections[-1].page_width > document.sections[-1].page_height  # it is as wide as A4 on its side


def test_a_pack_of_everything_has_the_figures_that_there_are(shell, tmp_path):
    result = shell("pack", "--out", "p.xlsx")
    assert "Left out: figure gioia: a data structure needs" in result.stderr
    assert "Left out: figure forest: agreement compares two coders" in result.stderr
    assert "Left out: figure barcode" in result.stderr
    with zipfile.ZipFile(tmp_path / "p.xlsx") as archive:
        assert len([name for name in archive.namelist() if name.startswith("xl/media/")]) == len(FIGURES) - 3
