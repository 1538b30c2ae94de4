"""Charting on the command line, and project files from before a cell could be "not asked"."""

import pytest

import qualcode
from qualcode.project import charting
from tests.command_line import Shell
from tests.studies import interview, new_study


@pytest.fixture
def shell(tmp_path, monkeypatch):
    """Ann of case A, interviewed at waves 1 and 2, and Bob, at 1; two passages of Ann's are coded."""
    with new_study(tmp_path) as project:
        project.codes.add("SC2", "Timing", kind="theme")
        project.people.add("Ann", "A", {"-": "SU"})
        project.people.add("Bob", "A", {"-": "SU"})
        for name, person, wave in (("a1", "Ann", "1"), ("a2", "Ann", "2"), ("b1", "Bob", "1")):
            interview(project, name, [("INT", "When?"), ("R", "It came late. Then on time.")], {"R": person}, wave)
        project.segments.add("a1", "SC2", quote="It came late")
        project.segments.add("a2", "SC2", quote="Then on time")
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


def test_a_summary_rests_on_what_is_coded_in_its_cell(shell):
    said = shell.done("summary", "write", "Ann", "sc2", "Came late.", "--wave", "1")
    assert said == "summary 1  Ann  SC2  wave 1  AK  charted  rests on 1 segment\n"
    [written] = shell.json("summary", "list")
    assert {**written, "guid": ""} == {
        "id": 1, "guid": "", "person": "Ann", "case": None, "code": "SC2", "wave": "1", "coder": "AK",
        "state": "charted", "words": "Came late.", "segments": [1], "changed": 0, "added": 0,
    }  # fmt: skip


def test_it_comes_from_a_file_or_from_standard_input(shell, tmp_path):
    (tmp_path / "s.txt").write_text("From a file.\n")
    shell.done("summary", "write", "Bob", "SC2", "--from", "s.txt")
    assert shell.json("summary", "list")[0]["words"] == "From a file."
    shell.done("summary", "write", "Bob", "SC2", typed="Typed.\n")
    assert shell.json("summary", "list")[0]["words"] == "Typed."
    assert "once" in shell.refused("summary", "write", "Bob", "SC2", "So.", "--from", "s.txt")
    assert "empty" in shell.refused("summary", "write", "Bob", "SC2", typed="\n")


def test_of_several_interviews_one_must_be_named(shell):
    assert "waves: 1, 2" in shell.refused("summary", "write", "Ann", "SC2", "Late.")
    shell.done("summary", "write", "Ann", "SC2", "From late to on time.", "--across")
    [written] = shell.json("summary", "list")
    assert (written["wave"], written["segments"]) == ("-", [1, 2])
    assert "one --wave" in shell.refused("summary", "write", "Ann", "SC2", "So.", "--across", "--wave", "1")
    assert "no wave" in shell.refused("summary", "write", "Ann", "SC2", "So.", "--wave", "3")


def test_a_cell_may_be_not_asked_or_asked_and_nothing_said(shell):
    shell.done("summary", "write", "Bob", "SC2", "--not-asked")
    result = shell("summary", "write", "Ann", "SC2", "--wave", "1", "--nothing-said")
    assert "1 segment of theirs stand" in result.stderr
    assert [each["state"] for each in shell.json("summary", "list")] == ["not asked", "nothing said"]
    assert "[not asked]" in shell.done("table", "framework")


def test_a_case_is_charted_as_a_person_is(shell):
    shell.done("summary", "write", "case:A", "SC2", "Late in A.", "--wave", "1")
    [written] = shell.json("summary", "list")
    assert (written["person"], written["case"], written["segments"]) == (None, "A", [1])
    assert "Late in A." in shell.done("table", "framework", "--by", "case")


def test_a_cell_is_shown_with_its_passages_and_what_waits(shell):
    shell.done("summary", "write", "Ann", "SC2", "Came late.", "--wave", "1")
    shell.done("code", "a1", "--quote-file", "-", "SC2", typed="Then on time")
    result = shell("summary", "show", "Ann", "SC2", "--wave", "1")
    assert "stale: 0 changed, 1 added since" in result.stdout
    assert "It came late" in result.stdout
    assert "2 passages, of which 1 stand in no summary yet" in result.stderr
    assert shell.json("summary", "show", "Ann", "SC2", "--wave", "1")["segments_waiting"] == [3]
    assert [each["added"] for each in shell.json("summary", "list", "--stale")] == [1]


def test_it_is_checked_by_another_and_removed_by_its_writer(shell):
    shell.done("summary", "write", "Bob", "SC2", "So.")
    assert "somebody else" in shell.refused("summary", "check", "1")
    assert "checked" in shell.done("summary", "check", "1", "--coder", "BX")
    assert "the one who wrote it" in shell.refused("summary", "remove", "1", "--coder", "BX")
    shell.done("summary", "remove", "1")
    assert shell.json("summary", "list") == []
    assert "write summary" in shell.done("history")


def test_a_file_from_before_a_cell_could_be_not_asked_is_brought_up_to_date(tmp_path):
    with new_study(tmp_path) as project:
        project.codes.add("SC2", "Timing")
        person = project.people.add("Ann").id
        made = project.summaries.write("Late.", "SC2", person=person)
        connection = project.store.connection
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute(
            "UPDATE sqlite_schema SET sql = replace(sql, ' OR state = ''not asked'' OR state = ''nothing said''', '')"
        )
        connection.execute("PRAGMA writable_schema = OFF")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '%what a chart cell can be'")
        connection.execute("PRAGMA user_version = 0")
    with qualcode.open(project.path, "AK") as project:
        assert project.summaries.find() == [made]
        assert project.summaries.write("", "SC2", person=person, state="not asked").state == "not asked"
        assert project.check() == []
    with qualcode.open(project.path, "AK") as project:
        assert project.history.undo().verb == "write summary"
        assert project.summaries.find() == [made]


def test_what_a_forgotten_document_held_leaves_a_summary_standing(shell):
    shell.done("summary", "write", "Ann", "SC2", "From late to on time.", "--across")
    with shell.open("AK") as project:
        project.forget(document="a2")
        (written,) = charting.written(project.store).values()
        assert project.summaries.find()[0].segments == (1,)
        assert written.changed <= 1
        assert project.check() == []
