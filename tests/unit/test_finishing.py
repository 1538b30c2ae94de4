"""Finishing a document twice, and the list of finished rounds."""

import json

import pytest

import qualcode
from qualcode.errors import RefusedError
from tests.command_line import Shell, a_study
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS


@pytest.fixture
def ak(tmp_path):
    with a_study(tmp_path) as project:
        project.segments.add("A-SU1", "P3", quote="I had hope")
        yield project


def finish(project):
    return project.coders.finish(project.documents.get("A-SU1"))


def test_what_is_finished_and_not_changed_since_is_not_finished_again(ak):
    assert finish(ak) == 1
    before = ak.history.actions()
    with pytest.raises(RefusedError, match="finished it already \\(round 1\\)"):
        finish(ak)
    assert ak.history.actions() == before
    assert [each.number for each in ak.coders.finished()] == [1]


CHANGES = {
    "coded": lambda ak: ak.segments.add("A-SU1", "M2a", quote="I slept"),
    "uncoded": lambda ak: ak.segments.remove(ak.segments.find()),
    "flagged": lambda ak: ak.segments.change(ak.segments.find()[0], exemplar=True),
    "claimed": lambda ak: ak.claims.add("A-SU1", "M2a", "P3", quote="I slept"),
    "read": lambda ak: ak.documents.mark_read(ak.documents.get("A-SU1"), 0, 10, nothing_here=True),
    "codebook": lambda ak: ak.codes.add("P4", "Confidence"),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_changed_since_is_another_round_and_what_was_undone_is_not(ak, what):
    finish(ak)
    CHANGES[what](ak)
    ak.history.undo()
    if what != "codebook":  # undoing a change of the codebook makes a version of its own
        with pytest.raises(RefusedError, match="changed nothing"):
            finish(ak)
    ak.history.redo()
    assert finish(ak) == 2
    with pytest.raises(RefusedError, match="round 2"):
        finish(ak)


def test_another_coders_work_is_no_change_of_ones_own(ak):
    finish(ak)
    with qualcode.open(ak.path, "BK") as bk:
        bk.segments.add("A-SU1", "M2a", quote="I slept")
        assert finish(bk) == 1
    with pytest.raises(RefusedError, match="changed nothing"):
        finish(ak)


def test_who_is_asked_to_code_anew_may_find_nothing_to_change(ak):
    finish(ak)
    ak.coders.assign(ak.documents.get("A-SU1"), ak.coders.get("AK"), 2, blind=True)
    assert finish(ak) == 2


def test_a_finish_that_was_undone_can_be_done_again(ak):
    finish(ak)
    ak.history.undo()
    assert ak.coders.finished() == []
    assert finish(ak) == 1


def test_rounds_are_listed_as_they_were_frozen(ak):
    finish(ak)
    ak.segments.add("A-SU1", "M2a", quote="I slept")
    ak.codes.add("P4", "Confidence")
    finish(ak)
    ak.segments.remove(ak.segments.find())
    listed = [(each.number, each.codebook_version, each.segments) for each in ak.coders.finished()]
    assert listed == [(1, 3, 1), (2, 4, 2)]
    assert ak.coders.finished()[0].at == ak.history.actions(coder="AK")[4].at


def test_how_much_another_has_coded_blind_is_not_told(ak):
    document = ak.documents.get("A-SU1")
    with qualcode.open(ak.path, "BK") as bk:
        bk.segments.add("A-SU1", "M2a", quote="I slept")
        for coder in ("AK", "BK"):
            ak.coders.assign(document, ak.coders.get(coder), blind=True)
        finish(bk)
        assert [each.segments for each in ak.coders.finished()] == [None]
        assert [each.segments for each in bk.coders.finished()] == [1]
        finish(ak)
        assert [each.segments for each in ak.coders.finished()] == [1, 1]


def test_the_command_lists_rounds_and_refuses_a_second_finish(tmp_path, monkeypatch):
    with a_study(tmp_path) as project:
        project.segments.add("A-SU1", "P3", quote="I had hope")
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    assert "No round is finished yet" in shell("rounds").stderr
    shell.done("documents", "finish", "A-SU1")
    said = shell.refused("documents", "finish", "A-SU1")
    assert "A-SU1: you have finished it already (round 1)" in said
    assert "qualcode rounds" in said
    [listed] = shell.json("rounds", "a-su1")
    moment = listed.pop("at")
    assert listed == {"document": "A-SU1", "coder": "AK", "round": 1, "codebook_version": 3, "segments": 1}
    shown = shell.done("rounds").splitlines()
    assert shown[1].split() == ["A-SU1", "AK", "1", "version", "3", moment[:10], moment[11:16], "UTC", "1"]
    assert json.loads(shell.done("rounds", "--json"))[0]["at"] == moment
    shell.refused("rounds", "nobody")
