"""What few studies need: standard errors, precision and recall, thresholds of matches, alphas for unitising."""

from contextlib import closing

import pytest

from qualcode.agreement import Ratings, cohen, compare, gwet
from qualcode.agreement.in_detail import ratings_of, statistics_table, unitising_table
from qualcode.agreement.report import code_table
from qualcode.errors import NotFoundError, RefusedError
from tests.agreeing import code, finish, two_coders
from tests.builders import add_interview
from tests.command_line import Shell
from tests.studies import as_coder


@pytest.fixture
def study(tmp_path):
    with closing(two_coders(tmp_path)) as made:
        yield made


@pytest.fixture
def shell(tmp_path, monkeypatch):
    two_coders(tmp_path).close()
    return Shell(tmp_path, monkeypatch)


def test_standard_errors_are_those_of_the_engine_on_the_units(study):
    found = compare(study)
    by_hand = Ratings.of([[1, 0, 1, 0, 1, 0, 0, 0], [1, 0, 0, 0, 1, 0, 0, 0]], (0, 1))  # P1: one, then two
    table = statistics_table(study, found, ["P1"])
    for name, statistic in (("Cohen's kappa", cohen), ("Gwet's AC1", gwet)):
        made = statistic(by_hand)
        assert table.value(f"P1 {name}", "value") == pytest.approx(made.value)
        assert table.value(f"P1 {name}", "error") == pytest.approx(made.standard_error)
    assert table.value("P1 Cohen's kappa", "value") == pytest.approx(found.codes[1].kappa.value)
    with pytest.raises(NotFoundError):
        ratings_of(found, "nope")
    with pytest.raises(RefusedError, match="no standard errors"):
        statistics_table(study, compare(study, unit="character"))


@pytest.mark.parametrize("every", [False, True])
def test_a_code_that_nobody_used_has_no_statistic_here_either(study, every):
    found = compare(study, codes=None if every else ("X",))
    table = statistics_table(study, found, ["X"])
    rows = [row.key for row in table.rows if row.key.startswith("X ")]
    assert len(rows) == 8
    for row in rows:
        cells = [table.value(row, column) for column in ("value", "error", "why")]
        assert cells == [None, None, "nobody used the code"], row


def test_a_code_that_all_gave_everywhere_has_percent_agreement_alone(study):
    add_interview(study, "all", *[line for number in range(3) for line in (("INT", "And?"), ("Ann", f"No {number}."))])
    with closing(as_coder(study, "KB")) as other:
        for project in (study, other):
            code(project, "all", *[("P1", f"No {number}.") for number in range(3)])
            finish(project, "all")
    table = statistics_table(study, compare(study, documents=("all",)), ["P1"])
    told = {row.key.removeprefix("P1 "): table.value(row.key, "why") for row in table.rows if row.key.startswith("P1")}
    assert table.value("P1 Percent agreement", "value") == 1
    assert {why for name, why in told.items() if name != "Percent agreement"} == {
        "no variation: everybody gave the same value everywhere"
    }


def test_precision_and_recall_are_told_from_the_side_of_whoever_is_right(study):
    found = compare(study)
    gold = code_table(study, found, gold="AK")
    assert (gold.value("P1", "precision KB"), gold.value("P1", "recall KB")) == (1.0, pytest.approx(2 / 3))
    turned = code_table(study, found, gold="KB")
    assert (turned.value("P1", "precision AK"), turned.value("P1", "recall AK")) == (pytest.approx(2 / 3), 1.0)
    with pytest.raises(NotFoundError):
        code_table(study, found, gold="MM")


def test_alphas_for_unitising_one_code_at_a_time_and_together(study):
    found = compare(study)
    alone = unitising_table(study, found)
    assert alone.value("P", "why") == "nobody used the code"
    assert 0 < alone.value("P1", "alpha") < 1
    family = unitising_table(study, found, ["P1", "P2"], together=True)
    assert [row.key for row in family.rows] == ["u", "binary", "cu", "(k)u P1", "(k)u P2"]


@pytest.mark.parametrize("unit", ["answer", "sentence", "match"])
def test_alphas_for_unitising_say_that_characters_are_compared_whatever_the_unit(study, unit):
    found = compare(study, unit=unit)
    notes = " ".join(unitising_table(study, found).notes)
    assert f"{found.design.rated:,} characters" in notes
    assert unit not in notes.replace("passages", "").split("Krippendorff")[0].casefold()


def test_the_command_line_takes_threshold_and_gold(shell):
    loose = shell.json("agreement", "--unit", "match", "--threshold", "0.5", "--code", "P1")
    strict = shell.json("agreement", "--unit", "match", "--threshold", "1", "--code", "P1")
    matched = [next(cell["value"] for cell in each["cells"] if cell["column"] == "agreements")
               for each in (loose, strict)]  # fmt: skip
    assert matched == [4, 2]
    assert "--threshold is said with --unit match" in shell.refused("agreement", "--threshold", "0.5")
    assert "KB" in shell.done("agreement", "--gold", "ak")
    assert "Gwet's AC1" in shell.done("agreement", "statistics", "P1")
    assert "Alphas for unitising" in shell.done("agreement", "unitising", "--together", "--code", "P1", "--code", "P2")


def test_codes_that_overlap_are_no_group(shell):
    with closing(shell.open("AK")) as project:
        code(project, "one", ("X", "I hoped so"))
        project.coders.finish(project.documents.get("one"))
    assert "overlap" in shell.refused("agreement", "unitising", "--together")
