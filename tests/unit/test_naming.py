"""Names are found as people type them: in any case, where only one can be meant."""

import pytest

import qualcode
from qualcode.errors import AmbiguousError, NotFoundError
from tests.builders import add_interview
from tests.command_line import Shell, a_study


@pytest.fixture
def study(tmp_path):
    with qualcode.new(tmp_path / "study.qualcode", "AK") as made:
        yield made


@pytest.fixture
def shell(tmp_path, monkeypatch):
    a_study(tmp_path).close()
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


@pytest.mark.parametrize("typed", ["a-su1", "A-SU1", "A-Su1"])
def test_documents_people_and_cases_are_found_in_any_case(study, typed):
    study.people.add("A-SU1", case="A-SU1")
    made = add_interview(study, "A-SU1", ("Ann", "Yes."))
    assert study.documents.get(typed) == made
    assert study.people.get(typed).name == "A-SU1"
    assert study.people.find(typed) == study.people.get("A-SU1")
    assert study.cases.get(typed).name == "A-SU1"


def test_a_name_in_composed_and_in_single_signs_is_one_name(study):
    study.people.add("Rene\u0301e")
    assert study.people.get("RENÉE").name == "Rene\u0301e"


def test_what_is_written_exactly_goes_before_what_differs_in_case(study):
    for name in ("ann", "Ann", "ANN"):
        add_interview(study, name, (name, "Yes."))
        study.people.add(name)
        study.cases.add(name)
    for name in ("ann", "Ann", "ANN"):
        assert study.documents.get(name).name == study.people.get(name).name == study.cases.get(name).name == name


def test_where_several_may_be_meant_they_are_listed(study):
    for name in ("Ann", "ANN", "Ben"):
        add_interview(study, name, (name, "Yes."))
        study.people.add(name)
        study.cases.add(name)
    for get in (study.documents.get, study.people.get, study.people.find, study.cases.get):
        with pytest.raises(AmbiguousError, match="ANN, Ann"):
            get("ann")


def test_what_is_made_if_new_is_not_made_again_in_another_case(study):
    study.cases.add("Site A")
    assert study.cases.ensure("site a").name == "Site A"
    study.people.set_role(study.people.add("P").id, "su", "Baseline")
    study.people.set_role(study.people.get("P").id, "PW", "baseline")
    assert study.people.get("p").roles == (("Baseline", "PW"),)


def test_a_speaker_is_found_in_any_case_and_a_relabelled_turn_gets_the_label_there_is(study):
    made = add_interview(study, "D", ("Ann", "Yes."), ("Ben", "No."))
    person = study.people.add("P1")
    study.documents.set_speaker(made, "ANN", "participant", person.id)
    assert [(each.label, each.person) for each in study.documents.speakers(made)] == [("Ben", None), ("Ann", person.id)]
    study.documents.relabel(made, 2, "ann", "misheard")
    assert [turn.speaker for turn in study.documents.turns(study.documents.get("D"))] == ["Ann", "Ann"]


def test_nobody_is_nobody(study):
    with pytest.raises(NotFoundError, match="no person called 'ann'"):
        study.people.get("ann")


def test_commands_take_names_in_any_case_and_answer_with_the_true_one(shell):
    assert "A-SU1: case A, role PW" in shell.done("cases", "set", "a-su1", "--case", "a", "--role", "pw")
    assert [case["name"] for case in shell.json("cases")["cases"]] == ["A"]
    shell.done("speakers", "a-su1", "maureen=a-su1")
    assert len(shell.json("cases")["people"]) == 1
    assert shell.done("documents", "rename", "a-su1", "Q1") == "A-SU1 is now Q1\n"
    assert shell.done("documents", "finish", "q1").startswith("Q1: round 1")
    assert shell.done("documents", "lead", "q1", "ak").startswith("Q1: ")
