"""`qualcode names`: the list, and a name replaced in every document."""

import pytest

import qualcode
from tests.builders import add_interview
from tests.command_line import HOSTILE, Shell, a_study


@pytest.fixture
def shell(tmp_path, monkeypatch):
    a_study(tmp_path).close()
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    made = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return made


def test_the_list_is_added_to_shown_and_taken_from(shell):
    assert shell.done("names", "add", "Llan", "[Town]", "--kind", "place") == "Llan (place): [Town]\n"
    assert shell.json("names", "list")[0]["pseudonym"] == "[Town]"
    assert "Llan  place  [Town]" in shell.done("names")
    shell.refused("names", "add", "LLAN", "[Other]")
    shell.done("names", "remove", "llan")
    assert shell.json("names", "list") == []
    shell.done("undo")
    assert len(shell.json("names", "list")) == 1


def test_a_dry_run_shows_the_places_and_changes_nothing(shell):
    shown = shell.done("names", "replace", "Maureen", "--dry-run")
    assert "Maureen: Well, if she" in shown
    assert shell.json("names", "list") == []
    listed = shell.json("names", "replace", "Maureen", "--dry-run")
    assert (listed["pseudonym"], listed["replaced"], listed["documents"]) == ("[Person 1]", False, 1)


def test_it_asks_before_it_replaces(shell):
    assert shell("names", "replace", "Maureen", "[Dawn]", typed="n\n").exit_code == 2
    assert "Maureen" in shell.done("show", "A-SU1")
    shell.done("names", "replace", "Maureen", "[Dawn]", typed="y\n")
    assert "Maureen" not in shell.done("show", "A-SU1")
    shell.done("undo")
    assert "Maureen" in shell.done("show", "A-SU1")


def test_a_hostile_name_and_text_never_drive_the_terminal(shell, tmp_path):
    with qualcode.open(tmp_path / "study.qualcode", "AK") as project:
        project.documents.add("H", f"Ann{HOSTILE}\n", [])
    result = shell("names", "replace", "Ann", f"[x{HOSTILE}]", "--yes")
    assert result.exit_code == 0
    assert "\x1b" not in result.output
    assert "\x1b" not in shell.done("names")


def test_two_people_under_one_pseudonym_are_told_before_anything_is_replaced(shell):
    with shell.open("AK") as project:
        for name, label, person in (("B1", "Ben", "SU1"), ("B2", "Maggie", "SU2")):
            made = add_interview(project, name, ("INT", "And you?"), (label, "Fine."))
            project.documents.set_speaker(made, label, "participant", project.people.add(person).id)
            project.names.add(label, "[Dawn]")
    result = shell("names", "replace", "--all", "--dry-run")
    assert "Ben and Maggie are 2 people, and all become [Dawn]" in result.stderr


def test_two_speakers_who_would_become_one_are_told_before_anything_is_asked(shell):
    shell.done("names", "accept", "INT", "Maureen", "--as", "[Same]")
    for words in (("--dry-run",), ("--yes",), ()):
        told = shell.refused("names", "replace", "--all", *words)
        assert "two speakers, and would become one" in told
        assert "qualcode names accept" in told
