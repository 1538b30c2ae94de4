"""`qualcode agreement meeting`, `decide`, `carry-in`, `minutes`: the meeting without a screen."""

import pytest
from docx import Document

from qualcode.agreement.meeting import agenda
from tests.agreeing import two_coders
from tests.command_line import Shell


@pytest.fixture
def shell(tmp_path, monkeypatch):
    two_coders(tmp_path).close()
    made = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return made


def keys(shell, *options):
    printed = shell.json("agreement", "meeting", *options)
    return [each["value"] for each in printed["cells"] if each["column"] == "key"]


def test_what_is_to_be_talked_over_is_listed_with_its_keys(shell):
    assert len(keys(shell)) == 5
    assert len(keys(shell, "--all")) == 6
    assert keys(shell, "--code", "P1") == keys(shell, "--code", "P1", "--document", "one")
    assert all(each.endswith(":P2") for each in keys(shell, "--document", "two"))


def test_a_decision_is_written_and_undone(shell):
    key = keys(shell, "--document", "two")[0]
    said = shell.done("agreement", "decide", key, "--as", "AK", "--reason", "She says so.")
    assert "two: decided. 1 disagreement left there." in said
    (last,) = keys(shell, "--document", "two")
    assert "the consensus is complete" in shell.done("agreement", "decide", last, "--neither")
    with shell.open() as project:
        assert [each.said.outcome for each in project.decisions.all()] == ["as AK", "neither"]
        assert agenda(project).sheets[1].is_complete
    shell.done("undo")
    assert keys(shell, "--document", "two") == [last]


def test_what_is_no_outcome_or_no_key_is_refused(shell):
    key = keys(shell)[0]
    assert "say one of" in shell.refused("agreement", "decide", key)
    assert "say one of" in shell.refused("agreement", "decide", key, "--both", "--neither")
    assert "this is no key" in shell.refused("agreement", "decide", "one", "--both")
    assert "do not differ there" in shell.refused("agreement", "decide", "one:0:P2", "--both")
    assert "no coder" in shell.refused("agreement", "decide", key, "--as", "MM")
    shell.done("agreement", "decide", key, "--recode", "X", "--reason", "neither")


def test_the_minutes_tell_decisions_reasons_and_what_is_open(shell, tmp_path):
    assert "nothing was decided" in shell.refused("agreement", "minutes", "--out", "minutes.docx")
    shell.done(
        "agreement", "decide", keys(shell, "--document", "one")[0], "--both", "--reason", "Both are [b]said[/b]."
    )
    shell.done("agreement", "minutes", "--out", "minutes.docx")
    paper = Document(tmp_path / "minutes.docx")
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert "Both are [b]said[/b]." in cells
    assert "both" in cells
    (opening,) = [each.text for each in paper.paragraphs if each.text.startswith("Compared: ")]
    assert opening.startswith("Compared: AK and KB. Decided by: AK, on 2")
    assert "1 decision in 1 document; " in opening
    assert "4 disagreements are still open" in " ".join(each.text for each in paper.paragraphs)
    assert "nothing was decided since" in shell.refused(
        "agreement", "minutes", "--out", "m.md", "--since", "2999-01-01"
    )
    assert "is no day" in shell.refused("agreement", "minutes", "--out", "m.md", "--since", "yesterday")


def test_rules_added_since_stand_in_the_minutes(shell, tmp_path):
    shell.done("agreement", "decide", keys(shell)[0], "--both")
    shell.done("codebook", "change", "P2", "--exclude", "Not where sleep is only hoped for.")
    shell.done("agreement", "minutes", "--out", "minutes.md")
    told = (tmp_path / "minutes.md").read_text()
    assert "Not where sleep is only hoped for." in told
    assert "P2 Rest" in told


def test_there_may_be_nothing_to_carry_in(shell):
    assert shell.done("agreement", "carry-in") == ""
