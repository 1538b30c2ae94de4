"""`qualcode coders` and `qualcode assign`: a blind study is set up without Python."""

import pytest

from tests.agreeing import two_coders
from tests.command_line import Shell


@pytest.fixture
def shell(tmp_path, monkeypatch):
    two_coders(tmp_path).close()
    made = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "LD")
    return made


def test_a_leader_sets_up_a_blind_study_and_it_is_blind(shell):
    shell.done("coders", "add", "MM", "Mo Major")
    shell.done("assign", "three", "--to", "KB", "--to", "MM", "--blind")
    asked = shell.json("assign", "--list")
    assert [(each["coder"], each["round"], each["blind"], each["finished"]) for each in asked] == [
        ("KB", 1, True, False), ("MM", 1, True, False),
    ]  # fmt: skip
    rounds = shell.json("rounds", "three")
    assert [each["segments"] for each in rounds] == [None]
    coders = shell.json("coders")
    assert {"coder": "MM", "name": "Mo Major", "kind": "person", "finished": 0, "asked": 1} in coders


def test_undo_takes_all_that_was_asked_at_once_back(shell):
    shell.done("assign", "one", "two", "--to", "AK", "--to", "KB")
    assert len(shell.json("assign", "--list")) == 4
    shell.done("undo")
    assert shell.json("assign", "--list") == []


def test_who_cannot_be_asked_is_told_and_nobody_is(shell):
    assert "AK has finished round 1" in shell.refused("assign", "three", "one", "--to", "KB", "--to", "AK",
                                                      "--round", "1")  # fmt: skip
    assert "no coder called 'ZZ'" in shell.refused("assign", "three", "--to", "ZZ")
    assert shell.json("assign", "--list") == []
    shell.done("assign", "three", "--to", "KB")
    assert "was asked for round 1 before" in shell.refused("assign", "three", "--to", "KB", "--blind")
    assert "say who is asked" in shell.refused("assign", "three")


def test_what_was_coded_before_is_not_blind_and_it_is_told(shell):
    told = shell("assign", "three", "--to", "KB", "--blind").stderr
    assert "does not count as blind: KB in three" in told
