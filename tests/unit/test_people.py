"""People are renamed, merged and removed; cases are renamed; roles are added and changed."""

import json

import pytest

from qualcode.errors import RefusedError
from tests import ways
from tests.builders import add_interview, bytes_on_disk, rows_of
from tests.command_line import Shell
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS


@pytest.fixture
def study(tmp_path):
    with ways.new(tmp_path / "study.qualcode", "AK") as project:
        project.codes.add("P3", "Hope")
        project.people.add("A-SU1", case="A", roles={"1": "SU"})
        project.people.add("Maureen", roles={"2": "PW"})
        for name, label, person in (("D1", "Maureen", "A-SU1"), ("D2", "Mo", "Maureen")):
            document = add_interview(project, name, ("INT", "So?"), (label, f"I hope, in {name}."))
            project.documents.set_speaker(document, label, "participant", project.people.get(person).id)
        yield project


def undone(project, change):
    """Do it, and see that one undo brings back every row, and redo all of it again."""
    before, actions = rows_of(project), len(project.history.actions())
    change()
    after = rows_of(project)
    assert after != before
    assert len(project.history.actions()) == actions + 1
    project.history.undo()
    assert rows_of(project) == before
    project.history.redo()
    assert rows_of(project) == after
    assert project.check() == []


def merge(project, **how):
    return project.people.merge(project.people.get("Maureen"), project.people.get("A-SU1"), **how)


def test_a_person_is_renamed_in_one_action(study):
    undone(study, lambda: study.people.rename(study.people.get("maureen"), "B-SU1"))
    assert [person.name for person in study.people.all()] == ["A-SU1", "B-SU1"]
    assert study.history.actions(limit=3)[-1].verb == "rename person"
    assert "B-SU1" not in json.dumps([action.arguments for action in study.history.actions()])


@pytest.mark.parametrize(("name", "why"), [("", "needs a name"), (" ", "needs a name"), ("a-su1", "called A-SU1")])
def test_a_name_that_is_empty_or_taken_is_refused(study, name, why):
    for rename, thing in (
        (study.people.rename, study.people.get("Maureen")),
        (study.cases.rename, study.cases.add("B")),
    ):
        study.cases.ensure("A-SU1")
        with pytest.raises(RefusedError, match=why):
            rename(thing, name)


def test_a_name_may_change_its_case(study):
    assert study.people.rename(study.people.get("Maureen"), "MAUREEN").name == "MAUREEN"


def test_merged_people_speak_as_one(study):
    first = study.people.get("Maureen").id
    study.attributes.set("person", first, [("age", "61")])
    study.memos.add("a thought", person=first)
    study.summaries.write("Hopeful.", "P3", person=first)
    undone(study, lambda: merge(study))
    [person] = study.people.all()
    assert (person.name, person.roles) == ("A-SU1", (("1", "SU"), ("2", "PW")))
    assert study.cases.get("A").id == person.case
    assert study.attributes.of("person", person.id) == {"age": "61"}
    assert [memo.person for memo in study.memos.find()] == [person.id]
    assert [summary.person for summary in study.summaries.find()] == [person.id]
    speaking = [speaker.person for document in study.documents for speaker in study.documents.speakers(document)]
    assert speaking == [None, person.id, None, person.id]


def test_the_one_who_stays_gets_the_case_of_the_other_if_they_have_none(study):
    study.people.merge(study.people.get("A-SU1"), study.people.get("Maureen"))
    [person] = study.people.all()
    assert (person.name, person.case) == ("Maureen", study.cases.get("A").id)


def test_contradictions_are_listed_and_nothing_is_done(study):
    first, last = study.people.get("Maureen"), study.people.get("A-SU1")
    study.people.set_case(first.id, "B")
    study.people.set_role(first.id, "PW", "1")
    for person, age in ((first, "61"), (last, "62")):
        study.attributes.set("person", person.id, [("age", age), ("town", "Leeds")])
        study.attributes.set("person", person.id, [("mood", age)], wave=age)
    before = rows_of(study)
    with pytest.raises(RefusedError, match="Maureen and A-SU1 contradict each other") as caught:
        merge(study)
    assert caught.value.remedy.split("\n") == [
        "case: Maureen has B, A-SU1 has A",
        "role at wave 1: Maureen has PW, A-SU1 has SU",
        "age: Maureen has 61, A-SU1 has 62",
        "To keep what A-SU1 has: --keep",
    ]
    assert rows_of(study) == before
    undone(study, lambda: merge(study, keep=True))
    [person] = study.people.all()
    assert (person.case, person.roles) == (last.case, (("1", "SU"), ("2", "PW")))
    assert study.attributes.at("person", person.id, "-") == {"age": "62", "town": "Leeds"}
    assert study.attributes.at("person", person.id, "61") == {"mood": "61"}


def test_two_summaries_of_one_cell_become_one_draft(study):
    segments = [study.segments.add(name, "P3", quote="I hope").id for name in ("D1", "D2")]
    for name, words, own in (("A-SU1", "Hopes.", segments[:1]), ("Maureen", "Hopes too.", segments)):
        study.summaries.write(words, "P3", person=study.people.get(name).id, segments=own)
    undone(study, lambda: merge(study))
    [summary] = study.summaries.find()
    assert (summary.body, summary.state, sorted(summary.segments)) == ("Hopes.\n\nHopes too.", "draft", segments)


def test_two_people_of_one_text_without_speakers_become_one(study):
    document = study.documents.add("Notes", "Field notes.\n", [])
    for name in ("A-SU1", "Maureen"):
        study.documents.set_speaker(document, "", "participant", study.people.get(name).id)
    undone(study, lambda: merge(study))
    assert len(study.documents.speakers(document)) == 1


def test_nobody_is_merged_with_themselves(study):
    person = study.people.get("A-SU1")
    with pytest.raises(RefusedError, match="themselves"):
        study.people.merge(person, person)


def test_who_is_forgotten_takes_along_those_that_were_merged_into_them(study):
    study.people.rename(study.people.get("Maureen"), "Zebedee Hawthorne")
    study.people.merge(study.people.get("Zebedee Hawthorne"), study.people.get("A-SU1"))
    told = study.forget(person="A-SU1")
    assert told.erased.documents == ("D1", "D2")
    for word in (b"Zebedee", b"Maureen", b"A-SU1"):
        assert word not in bytes_on_disk(study.path)
    assert study.check() == []


def test_who_had_the_name_before_is_not_forgotten_with_whoever_has_it_now(study):
    study.people.rename(study.people.get("A-SU1"), "A-SU2")
    study.people.rename(study.people.get("Maureen"), "A-SU1")
    study.forget(person="A-SU1")
    assert [person.name for person in study.people.all()] == ["A-SU2"]
    assert [document.name for document in study.documents] == ["D1"]
    assert study.check() == []


def test_a_merge_that_was_undone_joins_nobody_in_forgetting(study):
    merge(study)
    study.history.undo()
    study.forget(person="A-SU1")
    assert [person.name for person in study.people.all()] == ["Maureen"]
    assert [document.name for document in study.documents] == ["D2"]


def test_a_person_on_whom_something_rests_is_not_removed(study):
    person = study.people.get("Maureen")
    study.memos.add("a thought", person=person.id)
    study.memos.add("another", person=person.id)
    study.summaries.write("So.", "P3", person=person.id)
    before = rows_of(study)
    with pytest.raises(RefusedError, match="they speak in D2, 2 memos of them, 1 summary of them"):
        study.people.remove(person)
    assert rows_of(study) == before


def test_a_person_on_whom_nothing_rests_is_removed_with_roles_and_attributes(study):
    person = study.people.add("C", case="A", roles={"1": "SU"})
    study.attributes.set("person", person.id, [("age", "20")])
    undone(study, lambda: study.people.remove(person))
    assert study.people.find("C") is None


def test_a_case_is_renamed_with_its_people(study):
    undone(study, lambda: study.cases.rename(study.cases.get("a"), "Anfield"))
    assert study.people.get("A-SU1").case == study.cases.get("Anfield").id


def test_a_role_is_renamed_for_people_and_codes(study):
    study.codes.change(study.codes.get("P3"), applies_to=["SU", "SUX", "2"])
    undone(study, lambda: study.roles.change(study.roles.get("SU"), short="CL", name="client"))
    assert study.people.get("A-SU1").roles == (("1", "CL"),)
    assert study.codes.get("P3").applies_to == ("CL", "SUX", "2")


@pytest.mark.parametrize("short", ["", "two words", "x" * 21, "a\x1b[2J", "pw"])
def test_what_is_no_short_name_or_taken_is_refused(study, short):
    before = rows_of(study)
    with pytest.raises(RefusedError):
        study.roles.add(short, "name")
    with pytest.raises(RefusedError):
        study.roles.change(study.roles.get("SU"), short=short or " ")
    with pytest.raises(RefusedError, match="lived, witnessed, hearsay"):
        study.roles.change(study.roles.get("SU"), standing="rumour")
    assert rows_of(study) == before


# -- on the command line


@pytest.fixture
def shell(study, tmp_path, monkeypatch):
    study.close()
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


def test_people_are_listed_with_where_they_speak(shell):
    assert shell.done("people").splitlines() == [
        "person   case  roles      speaks in",
        "A-SU1    A     wave 1 SU  D1",
        "Maureen  -     wave 2 PW  D2",
    ]
    listed = shell.json("people")
    assert listed[0]["speaks"] == [{"document": "D1", "speaker": "Maureen"}]
    assert (listed[1]["name"], listed[1]["case"], listed[1]["roles"]) == ("Maureen", None, {"2": "PW"})


def test_people_are_renamed_merged_moved_and_removed(shell):
    assert shell.done("people", "rename", "maureen", "M1") == "Maureen is now M1\n"
    assert shell.done("people", "set", "m1", "--case", "B", "--role", "su", "--wave", "1") == (
        "M1: case B, role wave 1 SU, wave 2 PW\n"
    )
    said = shell.refused("people", "merge", "M1", "A-SU1")
    assert "case: M1 has B, A-SU1 has A" in said
    assert "--keep" in said
    assert shell.done("people", "merge", "M1", "A-SU1", "--keep") == "M1 is now A-SU1\n"
    assert "they speak in D1, D2" in shell.refused("people", "remove", "A-SU1")
    shell.done("undo")
    assert [person["name"] for person in shell.json("people")] == ["A-SU1", "M1"]
    assert "merge people" in shell.done("history")
    shell.done("speakers", "D2", "Mo=A-SU1")
    assert shell.done("people", "remove", "m1") == "Removed M1\n"
    assert "there is no person" in shell.refused("people", "remove", "m1")


def test_cases_are_renamed(shell):
    assert shell.done("cases", "rename", "a", "Anfield") == "A is now Anfield\n"
    assert shell.json("cases")["people"][0]["case"] == "Anfield"


def test_roles_are_listed_added_renamed_and_set(shell):
    assert shell.done("roles", "add", "VO", "volunteer") == (
        "VO volunteer: whose supported person, standing witnessed\n"
    )
    assert shell.done("roles", "rename", "su", "CL", "--name", "client") == "CL client: whose self, standing lived\n"
    assert "standing witnessed" in shell.done("roles", "set", "MG", "--standing", "witnessed")
    assert shell.json("roles")[1] == {
        "role": "CL", "name": "client", "whose": "self", "standing": "lived", "people": 1
    }  # fmt: skip
    assert shell.done("roles").splitlines()[5].split() == ["VO", "volunteer", "supported", "person", "witnessed", "0"]
    assert "say what" in shell.refused("roles", "set", "MG")
    assert "there is a role called PW already" in shell.refused("roles", "add", "pw", "x")


# -- cases inside cases


def test_a_case_is_put_inside_another_and_gets_a_kind_in_one_action(study):
    undone(study, lambda: study.cases.change(study.cases.get("a"), inside="North", kind="site"))
    case, north = study.cases.get("A"), study.cases.get("North")
    assert (case.kind, case.parent, north.parent) == ("site", north.id, None)
    assert study.history.actions(limit=3)[-1].verb == "change case"
    undone(study, lambda: study.cases.change(case, inside=""))
    assert (study.cases.get("A").kind, study.cases.get("A").parent) == ("site", None)


def test_what_is_not_said_of_a_case_stays(study):
    study.cases.change(study.cases.get("A"), inside="North", kind="site")
    study.cases.change(study.cases.get("A"), kind="house")
    study.cases.change(study.cases.get("A"), inside="North")
    case = study.cases.get("A")
    assert (case.kind, case.parent) == ("house", study.cases.get("North").id)


@pytest.mark.parametrize("inside", ["A", "a", "Ward", "Bed"])
def test_a_case_is_never_inside_itself(study, inside):
    study.cases.change(study.cases.ensure("Ward"), inside="A")
    study.cases.change(study.cases.ensure("Bed"), inside="Ward")
    before = rows_of(study)
    with pytest.raises(RefusedError, match="A cannot be inside"):
        study.cases.change(study.cases.get("A"), inside=inside)
    assert rows_of(study) == before


def test_a_kind_of_case_is_a_word(study):
    with pytest.raises(RefusedError, match="needs a name"):
        study.cases.change(study.cases.get("A"), kind=" ")


def test_cases_are_nested_on_the_command_line(study, tmp_path, monkeypatch):
    study.close()
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    assert shell.done("cases", "set", "a", "--inside", "North", "--kind", "site") == "A: site, inside North\n"
    assert {each["name"]: each["parent"] for each in shell.json("cases")["cases"]} == {"A": "North", "North": None}
    assert "A is inside North" in shell("cases").stderr
    assert shell.json("cases", "set", "A", "--top")["parent"] is None
    assert shell.json("cases", "set", "A-SU1", "--case", "North")["case"] == "North"
    assert shell.json("people", "set", "A-SU1", "--case", "A")["case"] == "A"
    assert "change case" in shell.done("history")
    for wrong in ((), ("--top", "--inside", "North"), ("--top", "--role", "SU"), ("--inside", "")):
        assert "--top" in shell.refused("cases", "set", "A", *wrong)


def test_values_said_at_several_waves_are_printed_by_wave(shell):
    with shell.open("AK") as project:
        person = project.people.get("A-SU1").id
        project.attributes.set("person", person, [("score", "31")], "1")
        project.attributes.set("person", person, [("score", "38")], "2")
    found = next(each for each in shell.json("people") if each["name"] == "A-SU1")
    assert found["by_wave"] == {"1": {"score": "31"}, "2": {"score": "38"}}
    assert found["attributes"] == {"score": "38"}
    assert shell.json("cases")["people"][0]["by_wave"] == found["by_wave"]
