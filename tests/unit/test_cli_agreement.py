"""`qualcode agreement`: what it prints is what Python gives, and what cannot be compared is said."""

from contextlib import closing

import pytest

import qualcode
from qualcode.agreement import compare, units_needed
from qualcode.agreement.report import code_table
from qualcode.report import render
from tests.agreeing import TALK, code, finish, two_coders
from tests.builders import add_interview
from tests.command_line import Shell
from tests.studies import as_coder, new_study


@pytest.fixture
def shell(tmp_path, monkeypatch):
    two_coders(tmp_path).close()
    return Shell(tmp_path, monkeypatch)


def cells(printed):
    return {(each["row"], each["column"]): each["value"] for each in printed["cells"]}


def test_without_a_word_it_is_the_table_by_code(shell):
    with shell.open() as project:
        wanted = render(code_table(project, compare(project)), 90)
    assert shell.done("agreement", "--width", "90") == wanted
    assert shell.done("agreement", "codes", "--width", "90") == wanted


def test_its_options_are_those_of_compare(shell):
    with shell.open() as project:
        found = compare(project, coders=("KB", "AK"), unit="sentence", partial="all", codes=("P1",), documents=("one",))
    printed = cells(shell.json("agreement", "--coder", "KB", "--coder", "AK", "--unit", "sentence", "--partial", "all",
                               "--code", "P1", "--document", "one", "--all"))  # fmt: skip
    assert printed["P1", "kappa"] == found.codes[0].kappa.value
    assert printed["P1", "units"] == found.codes[0].units
    assert [key for row, key in printed if row == "P1"][:2] == ["passages KB", "passages AK"]
    assert shell.json("agreement", "--interviewer", "--unit", "turn") != shell.json("agreement", "--unit", "turn")


def test_what_is_not_defined_is_null_with_its_reason(shell):
    told = {(each["row"], each["column"]): each for each in shell.json("agreement", "--all", "--code", "X")["cells"]}
    for name in ("percent", "kappa", "alpha", "f1", "gwet_ac1", "brennan_prediger", "pabak", "scott"):
        assert (told["X", name]["value"], told["X", name]["reason"]) == (None, "code_unused"), name
    assert told["(mean)", "alpha"]["reason"] == "code_unused"
    assert "reason" not in told["X", "prevalence"]
    detailed = {each["row"]: each for each in shell.json("agreement", "statistics", "X")["cells"]
                if each["column"] == "value"}  # fmt: skip
    assert detailed["X Percent agreement"]["value"] is None
    assert detailed["X Percent agreement"]["reason"] == "code_unused"


def test_a_code_is_asked_for_with_those_below_it_as_in_the_table(shell):
    printed = shell.json("agreement", "--code", "P")
    assert [each["key"] for each in printed["rows"]][:3] == ["P", "P1", "P2"]
    assert printed["cells"] == shell.json("table", "agreement", "--code", "P")["cells"]


def test_codes_can_be_compared_as_one_by_a_name(shell, tmp_path):
    with shell.open() as project:
        found = compare(project, codes={"P1": ["P1"], "Any of it": ["P1", "P2"]})
    printed = shell.json("agreement", "--code", "P1", "--group", "any of it = p1, P2".replace("any", "Any"))
    assert [each["key"] for each in printed["rows"]][:2] == ["P1", "Any of it"]
    assert cells(printed)["Any of it", "alpha"] == found.codes[1].alpha.value != found.codes[0].alpha.value
    assert "Compared as one: Any of it (P1, P2)." in printed["notes"]
    group = ("--group", "Feel=P1,P2", "--group", "Rest=X")
    alone = cells(shell.json("agreement", *group))
    assert {row for row, _ in alone} == {"Feel", "Rest", "(mean)", "(pooled)"}
    assert "Any of it" in shell.done("agreement", "differences", "any of it", "--group", "Any of it=P1,P2")
    assert "Feel" in shell.done("agreement", "statistics", "feel", *group)
    assert "Feel" in shell.done("agreement", "confusion", "AK", "KB", *group)
    shell.done("agreement", "report", "--out", "r.md", *group)
    assert "Compared as one: Feel (P1, P2); Rest (X)." in (tmp_path / "r.md").read_text()


@pytest.mark.parametrize(
    ("group", "told"),
    [("P1=P2", "that is a code"), ("Feel", "NAME=CODE,CODE"), ("Feel=,", "has no codes"), ("Feel=P1,Q", "Q")],
)
def test_what_is_no_group_is_refused(shell, group, told):
    assert told in shell.refused("agreement", "--group", group)
    assert "that is another group" in shell.refused("agreement", "--group", "A=P1", "--group", "a=P2")


def test_coders_may_stand_before_the_subcommand(shell):
    said = shell.done("agreement", "--coder", "KB", "--coder", "AK", "differences", "P2")
    assert "Where coders differ on P2 Rest" in said
    assert "KB, not AK" in said


def test_tables_are_written_and_remembered(shell, tmp_path):
    said = shell.done("agreement", "--out", "a.xlsx", "--out", "a.csv")
    assert "Wrote a.xlsx" in said
    assert (tmp_path / "a.csv.json").is_file()
    shell.done("agreement", "differences", "--out", "a.xlsx")
    (tmp_path / "mine.docx").write_text("mine")
    assert "did not write it" in shell.refused("agreement", "--out", "mine.docx")
    assert "did not write it" in shell.refused("agreement", "report", "--out", "mine.docx")


def test_the_report_is_one_file(shell, tmp_path):
    for suffix in ("docx", "html", "md", "xlsx", "tex", "json"):
        assert f"Wrote r.{suffix}" in shell.done("agreement", "report", "--out", f"r.{suffix}")
        assert (tmp_path / f"r.{suffix}").stat().st_size > 1000
    assert "several tables" in shell.refused("agreement", "report", "--out", "r.csv")
    assert "Wrote s.md\nWrote s.json" in shell.done("agreement", "report", "--out", "s.md", "--out", "s.json")
    assert "r.docx" in shell("forget", "--document", "one", "--yes", "--coder", "AK").output


def test_confusion_is_a_list_or_a_matrix(shell):
    listed = shell.json("agreement", "confusion", "ak", "KB")
    matrix = shell.json("agreement", "confusion", "AK", "KB", "--form", "matrix")
    assert sum(value for (_, column), value in cells(listed).items() if column == "both") == sum(cells(matrix).values())


def test_a_plan_is_the_engines(shell):
    plan = units_needed(0.7, 0.5, prevalence=0.1, coders=3)
    words = ("agreement", "plan", "--kappa", ".7", "--lower", ".5", "--prevalence", ".1", "--coders", "3")
    assert shell.done(*words).startswith(f"{plan.units} units, each coded by 3 coders")
    assert shell.json(*words)["units"] == plan.units
    assert "the two-sided 95% interval of a kappa of 0.7 reaches down to 0.5" in shell.done(*words)
    fewer = shell.done(*words, "--one-sided")
    assert "the one-sided 95% lower limit of a kappa of 0.7 is 0.5" in fewer
    assert int(fewer.split()[0]) < plan.units
    assert "0 and 1" in shell.refused("agreement", "plan", "--kappa", ".5", "--lower", ".7", "--prevalence", ".1")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--coder", "AK"], "two coders"),
        (["--coder", "AK", "--coder", "ZZ"], "ZZ"),
        (["--code", "Q"], "Q"),
        (["--unit", "page"], "page"),
        (["--round", "7"], "there is no document to compare"),
        (["--document", "three"], "only AK has finished it: three"),
        (["differences", "Q"], "Q"),
        (["confusion", "AK", "ZZ"], "ZZ"),
        (["cods"], "Did you mean codes?"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_what_to_do(shell, words, told):
    assert told in shell.refused("agreement", *words)


def test_a_study_of_one_coder_is_told_what_it_takes(tmp_path, monkeypatch):
    new_study(tmp_path).close()
    said = Shell(tmp_path, monkeypatch).refused("agreement")
    assert "two coders or more" in said
    assert "qualcode documents finish" in said


def test_while_coding_is_blind_nothing_is_told(shell):
    with shell.open("AK") as project, closing(as_coder(project, "KB")) as other:
        add_interview(project, "four", *TALK)
        for coder in project.coders.all():
            project.coders.assign(project.documents.get("four"), coder, blind=True)
        code(project, "four", ("P1", "I hoped so much"))
        finish(project, "four")
        said = shell.refused("agreement", "--document", "four")
        assert "it is being coded blind: four" in said
        assert "have finished" in said
        code(other, "four", ("P1", "I hoped so much"))
        finish(other, "four")
    assert cells(shell.json("agreement", "--document", "four"))["P1", "percent"] == 1


def test_it_is_a_table_like_any_other(shell):
    assert "agreement" in shell.done("table", "--list")
    usual, listed = shell.json("agreement"), shell.json("table", "agreement")
    assert listed == usual
    assert {row for row, _ in cells(shell.json("table", "agreement", "--code", "P"))} >= {"P", "P1", "P2"}
    assert "I hoped so" in shell.done("table", "agreement", "--open", "P1", "passages KB")
    assert "agreement does not take --layer" in shell.refused("table", "agreement", "--layer", "AK")


def test_figures_and_packs_take_it_by_name(shell, tmp_path):
    for name in ("forest", "barcode"):
        assert "Wrote" in shell.done("figure", name, "--code", "P", "--out", f"{name}.svg", "--out", f"{name}.png")
        assert "End the name in one of: .svg" in shell.refused("figure", name, "--out", "a.dot")
    shell.done("pack", "--table", "agreement", "--figure", "forest", "--out", "p.docx")
    assert (tmp_path / "p.docx").is_file()


def test_the_sample_study_gives_on_the_command_line_what_python_gives(sample_study, tmp_path, monkeypatch):
    (tmp_path / "study.qualcode").write_bytes(sample_study.read_bytes())
    shell = Shell(tmp_path, monkeypatch)
    with qualcode.open(tmp_path / "study.qualcode") as project:
        found = compare(project)
    printed = cells(shell.json("agreement"))
    assert len(found.design.compared) == 21
    for result in found.codes:
        assert printed[result.code, "alpha"] == result.alpha.value
        assert printed[result.code, "kappa"] == result.kappa.value
    assert printed["(pooled)", "kappa"] == found.pooled_kappa.value


def test_a_report_that_opens_to_a_real_name_is_stopped(shell, tmp_path):
    """All gave the code to the words, so that no list of differences prints them: they open from a number alone."""
    with shell.open("AK") as project, closing(as_coder(project, "KB")) as other:
        add_interview(project, "four", ("INT", "Who?"), ("Ann", "I hoped with Zebedee."))
        for each in (project, other):
            code(each, "four", ("P1", "I hoped with Zebedee."))
            finish(each, "four")
    shell.done("names", "add", "Zebedee", "[Dawn]", "--coder", "AK")
    said = shell.refused("agreement", "report", "--out", "r.html", "--document", "four")
    assert "real names stand in what would be written" in said
    assert not (tmp_path / "r.html").exists()
    shell.done("agreement", "report", "--out", "r.md", "--document", "four")
    shell.done("agreement", "report", "--out", "r.html", "--document", "four", "--identifiable")
