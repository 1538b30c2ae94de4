"""The sample table: people by case and role."""

import subprocess
import sys

import pytest

from qualcode import report
from qualcode.analysis import TABLES, sample
from tests.studies import interview, new_study


@pytest.fixture
def study(tmp_path):
    with new_study(tmp_path) as project:
        for name, case, roles in (
            ("A1", "A", {"-": "SU"}),
            ("A2", "A", {"-": "PW"}),
            ("B1", "B", {"1": "SU", "2": "PW"}),
            ("B2", "B", {"-": "MG"}),
        ):
            project.people.add(name, case, roles)
        yield project


def row(table, key):
    return [table.value(key, column.key) for column in table.columns]


def test_people_are_counted_by_case_and_role_where_they_speak(study):
    turns = [("INT", "How?"), ("A", "So."), ("B", "So.")]
    interview(study, "one", turns, {"A": "A1", "B": "A2"}, "1")
    interview(study, "two", [("A", "Again.")], {"A": "A1"}, "2")
    table = sample(study)
    assert [column.key for column in table.columns] == ["PW", "SU", "ST", "MG", "all"]
    assert row(table, "A") == [1, 1, 0, 0, 2]
    assert row(table, "B") == [0, 0, 0, 0, 0]
    assert row(table, "all") == [1, 1, 0, 0, 2]
    assert "2 people are known but speak in no document, and are not counted." in table.notes


def test_a_person_with_two_roles_counts_in_both_and_once_in_the_total(study):
    for wave in ("1", "2"):
        interview(study, f"B1 {wave}", [("B", "So.")], {"B": "B1"}, wave)
    table = sample(study)
    assert row(table, "B") == [1, 1, 0, 0, 1]
    assert "1 person has several roles: counted once in each, and once in the total." in table.notes
    assert "2 documents (wave 1: 1 document, 1 person; wave 2: 1 document, 1 person)." in table.notes


def test_a_cell_opens_to_its_people(study):
    interview(study, "one", [("A", "So."), ("B", "So.")], {"A": "A1", "B": "B2"})
    table = sample(study)
    assert table.evidence("A", "SU").ids == (study.people.get("A1").id,)
    assert table.evidence("all", "all").ids == tuple(sorted(study.people.get(name).id for name in ("A1", "B2")))
    assert table.evidence("B", "SU").kind == "none"


def test_a_case_holds_the_people_of_the_cases_inside_it(study):
    study.cases.add("A north", parent=study.cases.get("A").id)
    study.people.add("N", "A north", {"-": "SU"})
    interview(study, "one", [("A", "So."), ("N", "So.")], {"A": "A1", "N": "N"})
    table = sample(study)
    assert [(head.key, head.depth) for head in table.rows] == [("A", 0), ("A north", 1), ("B", 0), ("all", 0)]
    assert (table.value("A", "SU"), table.value("A north", "SU"), table.value("all", "SU")) == (2, 1, 2)


def test_people_without_case_or_role_have_their_own_row_and_column(study):
    study.people.add("X")
    interview(study, "one", [("X", "So."), ("A", "So.")], {"X": "X", "A": "A1"})
    table = sample(study)
    assert table.value("no case", "no role") == 1
    assert row(table, "all") == [0, 1, 0, 0, 1, 2]


def test_a_case_may_be_called_like_the_total(study):
    study.people.add("X", "all", {"-": "SU"})
    interview(study, "one", [("X", "So."), ("A", "So.")], {"X": "X", "A": "A1"})
    table = sample(study)
    assert (table.value("all", "SU"), table.value(" all", "SU")) == (1, 2)
    report.render(table, 80)


def test_a_new_project_has_an_empty_sample(tmp_path):
    with new_study(tmp_path) as project:
        assert row(sample(project), "all") == [0, 0, 0, 0, 0]


def test_every_table_on_the_list_can_be_made(study):
    from importlib import import_module

    for name, offer in TABLES.items():
        module, _, function = offer.home.partition(":")
        assert getattr(import_module(module), function)(study).name == name
        assert offer.shows
        assert offer.need


def test_the_list_of_tables_costs_no_numpy():
    program = "import sys, qualcode; qualcode.analysis.TABLES; assert not {'numpy', 'pandas'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_function_is_found_whether_or_not_its_file_was_imported_first():
    import qualcode.analysis.change_models

    assert callable(qualcode.analysis.change_model)
    assert callable(qualcode.analysis.sample)
