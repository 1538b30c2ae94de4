"""Coding files taken in: what is wrong is named with its line and nothing is written; else it is one action."""

import pytest

from tests.command_line import Shell, a_study

GOOD = """document: A-SU1
coder: AK
read: all
segments:
  - code: M2a
    quote: "if she can do it [...] so can I"
    unsure: hers?
  - code: P3
    quote: I had hope
    negative: yes
claims:
  - from: M2a
    to: P3
    quote: I had hope
    evidence:
      - stance: contradicts
        quote: I slept
memos:
  - kind: reflexive
    on: M2a
    text: So.
nothing_here:
  - quote: I went home
"""
BAD = """document: A-SU1
coder: AK
segments:
  - code: M9
    quote: I had hope
  - code: P3
    quote: nobody ever said this
    whose: hers
  - code: P3
    quote: I had hope
    negative: true
claims:
  - from: P3
    to: M2a
    quote: I had hope
    direction: up
    evidence:
      - stance: against
        quote: I slept
"""


@pytest.fixture
def shell(tmp_path, monkeypatch):
    a_study(tmp_path).close()
    made = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    (tmp_path / "coding" / "AK").mkdir(parents=True)
    (tmp_path / "coding" / "AK" / "A-SU1.yaml").write_text(GOOD)
    return made


def test_a_file_is_held_against_the_project_and_then_written_in_one_action(shell):
    line = "A-SU1: 2 passages, 1 claim, 1 passage for or against claims, 1 memo, 1 mark of nothing here, all read\n"
    before = shell.json("history")
    assert shell.done("load", "coding", "--dry-run") == line
    assert shell.json("history") == before
    result = shell("load", "coding")
    assert (result.stdout, "2 new passages coded" in result.stderr) == (line, True)
    assert [(each["code"], each["unsure"], each["negative"]) for each in shell.json("segments")] == [
        ("M2a", "hers?", False), ("P3", None, True),
    ]  # fmt: skip
    [claim] = shell.json("claim", "list")
    assert (claim["from"], claim["to"], claim["evidence"][0]["stance"]) == ("M2a", "P3", "contradicts")
    assert shell.json("memo", "list")[0]["on"]["name"] == "M2a"
    shell.done("undo")
    assert (shell.json("segments"), shell.json("claim", "list"), shell.json("memo", "list")) == ([], [], [])


def test_every_fault_in_every_file_is_named_with_its_line_and_nothing_is_written(shell, tmp_path):
    (tmp_path / "coding" / "bad.yaml").write_text(BAD)
    (tmp_path / "coding" / "form.yaml").write_text("document: A-SU1\ncoder: AK\ncodes: []\n")
    (tmp_path / "coding" / "where.yaml").write_text("document: B-SU1\ncoder: AK\n")
    said = shell.refused("load", "coding")
    for told in (
        "bad.yaml:4: there is no code called 'M9'", "bad.yaml:6: ", "bad.yaml:6: whose cannot be 'hers'",
        "bad.yaml:9: negative cannot be 'true'. Write yes or no.", "bad.yaml:13: direction cannot be 'up'",
        "bad.yaml:18: stance cannot be 'against'", "form.yaml:3:1: 'codes' is not known here",
        "where.yaml:1: there is no document called 'B-SU1'",
    ):  # fmt: skip
        assert told in said
    assert "things are wrong, so nothing was written" in said
    assert shell.refused("load", "coding", "--dry-run") == said
    assert shell.json("segments") == []


def test_the_coding_of_somebody_else_is_not_taken_for_ones_own(shell):
    assert "is coding by AK, and you are JB" in shell.refused("load", "coding", "--coder", "JB")


def test_a_file_that_was_loaded_before_adds_nothing_and_says_what_was_there(shell):
    assert "already" not in shell("load", "coding").stderr
    everything = [shell.json("segments"), shell.json("claim", "list"), shell.json("memo", "list")]
    history = shell.json("history")
    told = shell("load", "coding").stderr
    assert [shell.json("segments"), shell.json("claim", "list"), shell.json("memo", "list")] == everything
    assert shell.json("history") == history
    assert "0 new passages coded." in told
    assert "Of these files 2 passages, 1 claim, 1 passage for or against claims and 1 memo were there already" in told
    assert "says the same" not in told
    assert "undo" not in told  # it would take back something else


def test_a_claim_of_other_details_is_new_and_new_evidence_goes_to_the_claim_that_is_there(shell, tmp_path):
    shell.done("load", "coding")
    path = tmp_path / "coding" / "AK" / "A-SU1.yaml"
    more = GOOD.replace("        quote: I slept\n", "        quote: I slept\n      - quote: I went home\n")
    path.write_text(more)
    told = shell("load", "coding").stderr
    assert "1 claim, 1 passage for or against claims and 1 memo were there already" in told
    [claim] = shell.json("claim", "list")
    assert [each["words"] for each in claim["evidence"]] == ["I slept", "I went home"]
    path.write_text(GOOD.replace("    to: P3\n", "    to: P3\n    inferred: yes\n"))
    assert "A-SU1.yaml:12: claim 1 says the same" in shell("load", "coding").stderr
    assert len(shell.json("claim", "list")) == 2


def test_what_another_coder_wrote_is_not_taken_for_ones_own(shell, tmp_path):
    shell.done("load", "coding")
    (tmp_path / "coding" / "AK" / "A-SU1.yaml").write_text(GOOD.replace("coder: AK", "coder: JB"))
    told = shell("load", "coding", "--coder", "JB").stderr
    assert "2 new passages coded." in told
    assert "already" not in told
    assert (len(shell.json("claim", "list")), len(shell.json("memo", "list"))) == (2, 2)


def test_what_was_loaded_is_told_to_programs(shell):
    [told] = shell.json("load", "coding/AK/A-SU1.yaml")
    assert (told["document"], told["coder"], told["segments"], told["added"]) == ("A-SU1", "AK", 2, 2)
    assert told["there_already"] == {"segments": 0, "claims": 0, "evidence": 0, "memos": 0}
    [told] = shell.json("load", "coding/AK/A-SU1.yaml")
    assert (told["added"], told["there_already"]) == (0, {"segments": 2, "claims": 1, "evidence": 1, "memos": 1})


def test_a_folder_without_coding_files_is_said(shell, tmp_path):
    (tmp_path / "empty").mkdir()
    assert "there is no coding file here" in shell.refused("load", "empty")
    assert "nothing.yaml" in shell.refused("load", "nothing.yaml")
