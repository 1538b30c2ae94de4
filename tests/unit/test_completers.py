"""Who was interviewed when, and who stayed."""

import pytest

from qualcode.analysis import Scope, completers, sample, sample_by_wave
from qualcode.analysis.completer_tables import in_words
from qualcode.errors import InputError
from tests.studies import interview, new_study

SEEN = {"Ann": "123", "Bob": "12", "Cy": "13", "Di": "1", "Ed": "23", "Flo": "12"}


@pytest.fixture
def study(tmp_path):
    """Six people at three waves; Ann and Cy are of case A, the others of B; Flo is a peer worker from wave 2."""
    with new_study(tmp_path) as project:
        for name, waves in SEEN.items():
            roles = {"-": "SU", "2": "PW"} if name == "Flo" else {"-": "SU"}
            project.people.add(name, "A" if name in {"Ann", "Cy"} else "B", roles)
            for wave in waves:
                interview(project, f"{name}{wave}", [("R", "So.")], {"R": name}, wave)
        yield project


def row(table, key):
    return [table.value(key, column.key) for column in table.columns]


def names(study, evidence):
    people = {person.id: person.name for person in study.people.all()}
    return {people[each] for each in evidence.ids}


def test_patterns_stand_in_a_fixed_order_with_who_has_them(study):
    table = completers(study)
    assert [(line.key, line.text) for line in table.rows] == [
        ("111", "111 every wave"),
        ("110", "110 left after wave 2"),
        ("101", "101 missed wave 2"),
        ("100", "100 left after wave 1"),
        ("011", "011 joined at wave 2"),
        ("all", "All"),
    ]
    assert [row(table, line.key) for line in table.rows] == [
        [1, 1, 1, 1],
        [2, 2, 0, 2],
        [1, 0, 1, 1],
        [1, 0, 0, 1],
        [0, 1, 1, 1],
        [5, 4, 3, 6],
    ]
    assert names(study, table.evidence("110", "people")) == {"Bob", "Flo"}
    assert names(study, table.evidence("all", "3")) == {"Ann", "Cy", "Ed"}
    assert table.columns[-1].of == 6


def test_patterns_by_group_count_a_change_of_role_in_both(study):
    table = completers(study, by="role")
    assert [column.key for column in table.columns] == ["1", "2", "3", "PW", "SU", "people"]
    assert row(table, "110")[3:] == [1, 2, 2]
    assert row(completers(study, by="case"), "all")[3:] == [2, 4, 6]


def test_a_scope_chooses_people_and_waves(study):
    assert row(completers(study, scope=Scope(cases=("A",))), "all") == [2, 1, 2, 2]
    two = completers(study, scope=Scope(waves=("1", "2")))
    assert [line.key for line in two.rows] == ["11", "10", "01", "all"]
    assert row(two, "10") == [2, 0, 2]
    with pytest.raises(InputError, match="not from coding"):
        completers(study, scope=Scope(codes=("M2",)))


def test_the_pattern_of_every_wave_has_a_row_even_if_nobody_has_it(study):
    table = completers(study, scope=Scope(cases=("B",)))
    assert (table.rows[0].key, row(table, "111")) == ("111", [0, 0, 0, 0])


def test_documents_without_a_wave_are_no_wave_beside_others(study):
    study.people.add("Gus", "A", {"-": "SU"})
    interview(study, "Gus", [("R", "So.")], {"R": "Gus"})
    table = completers(study)
    assert table.value("all", "people") == 6
    assert "1 person was interviewed without a wave only, and is not counted." in table.notes


def test_a_study_without_waves_has_one_pattern(tmp_path):
    with new_study(tmp_path) as project:
        assert [line.key for line in completers(project).rows] == ["all"]
        project.people.add("Ann", "A")
        interview(project, "a", [("R", "So.")], {"R": "Ann"})
        assert [row(completers(project), line.key) for line in completers(project).rows] == [[1, 1], [1, 1]]


def test_patterns_in_words():
    assert in_words((True, True), ["t0", "t1"]) == "every wave"
    assert (
        in_words((False, True, False, True, False), ["a", "b", "c", "d", "e"]) == "joined at b, missed c, left after d"
    )


def test_people_and_documents_stand_by_case_and_wave(study):
    interview(study, "joint", [("R", "So."), ("S", "Yes.")], {"R": "Ann", "S": "Bob"}, "1")
    study.documents.add("minutes", "It was loud.", [], wave="2")
    table = sample_by_wave(study)
    assert [(column.key, column.group) for column in table.columns][:2] == [
        ("1 people", "Wave 1"), ("1 documents", "Wave 1")
    ]  # fmt: skip
    assert row(table, "A") == [2, 3, 1, 1, 2, 2, 2, 6]
    assert row(table, "B") == [3, 4, 3, 3, 1, 1, 4, 8]
    assert row(table, "no case") == [0, 0, 0, 1, 0, 0, 0, 1]
    assert row(table, "all") == [5, 6, 4, 5, 3, 3, 6, 14]
    assert table.evidence("A", "1 documents").kind == "document"
    assert sample_by_wave(study, by="role").value("PW", "2 people") == 1


def test_the_sample_may_be_of_a_part_of_the_study(study):
    table = sample(study, scope=Scope(waves=("2", "3")))
    assert [column.key for column in table.columns] == ["PW", "SU", "all"]
    assert [row(table, key) for key in ("A", "B", "all")] == [[0, 2, 2], [1, 2, 3], [1, 4, 5]]
    assert "Filter: waves 2, 3." in table.notes
    assert not any("known but speak" in note for note in table.notes)
    with pytest.raises(InputError, match="not what is coded"):
        sample(study, scope=Scope(codes=("M2",)))
