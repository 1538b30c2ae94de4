"""The Gioia data structure: three levels from the tree or as codes say, unions, pinned quotes, what does not fit."""

import pytest

from qualcode import report
from qualcode.analysis import Scope, gioia
from tests.studies import interview, new_study

WORDS = "If she can do it so can I. I am hopeful."


@pytest.fixture
def study(tmp_path):
    """A dimension with a theme of two concepts, one of them with a code below; Ann and Bob, interviewed once each."""
    with new_study(tmp_path) as project:
        add = project.codes.add
        add("D", "Recovery")
        add("T", "Modelling", parent="D")
        add("C1", "If she can", parent="T", in_vivo=True)
        add("C2", "Hopeful", parent="T")
        add("C2x", "Very", parent="C2")
        for name in ("Ann", "Bob"):
            project.people.add(name, "A", {"-": "SU"})
            interview(project, name, [("INT", "And?"), ("R", WORDS)], {"R": name})
        yield project


def rows(table):
    return {
        row.key: (row.depth, table.value(row.key, "people"), table.value(row.key, "references")) for row in table.rows
    }


def note(table, begins):
    return [each for each in table.notes if each.startswith(begins)]


def test_levels_come_from_the_tree_and_each_counts_what_stands_below_once(study):
    study.segments.add("Ann", "C1", quote="If she can do it")
    study.segments.add("Ann", "C2", quote="can do it so can I")
    study.segments.add("Bob", "C2x", quote="I am hopeful")
    table = gioia(study)
    assert rows(table) == {"D": (0, 2, 2), "T": (1, 2, 2), "C1": (2, 1, 1), "C2": (2, 2, 2)}
    assert [table.value(row.key, "level") for row in table.rows] == [
        "aggregate dimension", "2nd-order theme", "1st-order concept", "1st-order concept",
    ]  # fmt: skip
    assert len(table.evidence("D", "people").ids) == len(table.evidence("T", "references").ids) == 3
    assert table.rows[2].text == "C1 “If she can”"


def test_a_quote_is_the_pinned_one_or_none_chosen(study):
    pinned = study.segments.add("Ann", "C1", quote="If she can do it", exemplar=True)
    study.segments.add("Bob", "C2", quote="I am hopeful")
    table = gioia(study)
    assert table.value("C1", "quote").startswith("“If she can do it” [A, SU, Ann, line ")
    assert table.evidence("C1", "quote").ids == (pinned.id,)
    assert (table.value("C2", "quote"), table.value("T", "quote")) == ("none chosen", None)
    assert table.evidence("C2", "quote").ids == ()
    study.segments.add("Bob", "C2x", quote="so can I", exemplar=True)
    assert "so can I" in gioia(study).value("C2", "quote")


def test_codes_that_do_not_fit_three_levels_are_named(study):
    study.codes.add("D2", "Alone")
    table = gioia(study)
    assert note(table, "Deeper") == ["Deeper than three levels, counted in the concept above and not shown: C2x."]
    assert note(table, "Without") == ["Without a level below, so not yet part of a structure of three: D2."]
    assert note(table, "Not a level") == []
    assert "C2x" not in rows(table)


def test_stage_or_kind_says_the_level_where_given(study):
    study.codes.add("F", "Alone", kind="theme")
    study.codes.change(study.codes.get("C2x"), stage="1st-order concept")
    table = gioia(study)
    levels = {row.key: table.value(row.key, "level") for row in table.rows}
    assert (levels["F"], levels["C2x"]) == ("2nd-order theme", "1st-order concept")
    assert note(table, "Not a level") == ["Not a level below the code above: C2x, F."]


def test_retired_and_merged_codes_count_where_they_stand_now(study):
    study.segments.add("Ann", "C1", quote="If she can do it")
    study.segments.add("Bob", "C2", quote="I am hopeful")
    study.codes.retire(study.codes.get("C1"))
    assert rows(gioia(study)) == {"D": (0, 2, 2), "T": (1, 2, 2), "C2": (2, 1, 1)}
    study.codes.revive(study.codes.get("C1"))
    study.codes.merge(study.codes.get("C1"), study.codes.get("C2"))
    assert rows(gioia(study))["C2"] == (2, 2, 2)


def test_codes_restrict_it_to_branches_and_an_empty_project_has_no_rows(study, tmp_path):
    study.codes.add("D2", "Alone")
    assert list(rows(gioia(study, scope=Scope(codes=("T",))))) == ["T", "C1", "C2"]
    (tmp_path / "empty").mkdir()
    with new_study(tmp_path / "empty") as empty:
        report.render(gioia(empty), 80)
    for suffix in report.SUFFIXES:
        report.write(gioia(study), tmp_path / f"gioia{suffix}")


def test_a_code_for_some_roles_says_of_how_many(study):
    study.people.add("Mo", "A", {"-": "MG"})
    interview(study, "Mo", [("R", WORDS)], {"R": "Mo"})
    study.codes.change(study.codes.get("C1"), applies_to=["SU"])
    study.segments.add("Mo", "C1", quote="I am hopeful")
    table = gioia(study)
    row = next(row for row in table.rows if row.key == "C1")
    assert [table.denominator(row, column) for column in table.columns[1:3]] == [2, None]
    assert table.columns[1].of == 3
    assert rows(table)["C1"] == (2, 0, 0)
    assert note(table, "1 segment does not count")
