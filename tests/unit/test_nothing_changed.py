"""An action that changed nothing leaves no trace: undo takes back what was done before it, and redo is kept."""

import pytest

from tests.builders import a_study
from tests.command_line import Shell
from tests.command_line import a_study as a_shell_study
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS


@pytest.fixture
def project(tmp_path):
    with a_study(tmp_path / "study.qualcode") as made:
        yield made


def trail(project) -> list:
    return [(each.id, each.verb) for each in project.history.actions()]


def test_what_cancels_out_leaves_no_trace_and_keeps_redo(project):
    document = project.documents.get("A-SU1")
    project.documents.place(document, wave="2")
    memo = project.memos.add("a thought")
    project.history.undo()
    before, rows = trail(project), project.store.rows("SELECT * FROM log_document")
    project.documents.place(document, wave="2")
    project.documents.rename(document, "A-SU1")
    with project.action("there and back"):
        project.documents.rename(document, "elsewhere")
        project.documents.rename(document, "A-SU1")
        project.memos.remove(project.memos.add("a passing thought"))
    assert trail(project) == before
    assert project.store.rows("SELECT * FROM log_document") == rows
    project.history.redo()
    assert project.memos.find() == [memo]
    assert project.check() == []


def test_a_code_that_stands_there_already_is_not_moved(project):
    codes = project.codes
    codes.add("Y", "Why", parent="X")
    codes.add("Z", "Zed", parent="X")
    before = trail(project)
    order = [each.short for each in codes.all()]
    for place in (None, codes.get("Z").position, codes.get("Z").position + 1):
        codes.move(codes.get("Z"), "X", place)
    codes.move(codes.get("Y"), "X", codes.get("Z").position)
    assert (trail(project), [each.short for each in codes.all()]) == (before, order)
    codes.move(codes.get("Z"), "X", codes.get("Y").position)
    codes.move(codes.get("Z"), "X", codes.get("Y").position)
    assert len(trail(project)) == len(before) + 1
    project.history.undo()
    assert [each.short for each in codes.all()] == order


def test_an_undo_and_a_forgetting_always_stand_in_the_trail(project):
    person = project.people.add("Nobody")
    project.forget(person="Nobody")
    assert trail(project)[0][1] == "forget"
    assert person.name not in [each.name for each in project.people.all()]


def test_the_commands_say_so(tmp_path, monkeypatch):
    a_shell_study(tmp_path).close()
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    shell.done("codebook", "move", "P3", "--before", "M2")
    actions = shell.json("history")
    assert "no difference" in shell("codebook", "move", "P3", "--before", "M2").stderr
    shell.done("documents", "place", "A-SU1", "--wave", "1")
    assert shell.json("history") == actions
