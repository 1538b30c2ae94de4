"""`qualcode rules`: a file is checked and run; what it proposes is listed, changed, accepted, rejected, withdrawn."""

import pytest

from tests.command_line import HOSTILE, Shell, a_study

RULES = """
[hope]
code = "P3"
words = "hope"

[living]
code = "M2a"
regex = 'so can I'
covers = "words"
"""


@pytest.fixture
def shell(tmp_path, monkeypatch):
    a_study(tmp_path).close()
    made = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    monkeypatch.setenv("QUALCODE_CACHE", str(tmp_path / "cache"))
    made.done("language", "use", "none")
    (tmp_path / "rules.toml").write_text(RULES)
    return made


def test_a_file_is_checked_with_and_without_a_project(shell, tmp_path, monkeypatch):
    assert "hope    P3    words: hope" in shell.done("rules", "check", "rules.toml")
    assert [each["kind"] for each in shell.json("rules", "check", "rules.toml")] == ["words", "regex"]
    (tmp_path / "bad.toml").write_text('[a]\ncode = "P33"\nwords = "x"\n')
    assert "bad.toml:1:1: [a] there is no code called 'P33'" in shell.refused("rules", "check", "bad.toml")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    result = shell("rules", "check", "../bad.toml")
    assert result.exit_code == 0
    assert "Not held against a project" in result.stderr
    (tmp_path / "pattern.toml").write_text('[a]\ncode = "P3"\npattern = [{LENGTH = {FUZZY = "x"}}]\n')
    assert "spaCy does not take the pattern" in shell.refused("rules", "check", "../pattern.toml")
    assert "no shipped file of rules called 'peer_work'" in shell.refused("rules", "check", "peer_work")
    assert "living-proof" in shell.done("rules", "check", "peer_worker_rules")


def test_a_dry_run_tells_and_a_run_proposes_once(shell):
    dry = shell.json("rules", "run", "rules.toml", "--dry-run")
    assert (dry["proposed"], [each["new"] for each in dry["rules"]], len(dry["places"])) == (False, [1, 2], 3)
    assert shell.json("rules", "list") == []
    printed = shell("rules", "run", "rules.toml")
    assert "3 passages in 1 document proposed" in printed.stderr
    assert [each["new"] for each in shell.json("rules", "run", "rules.toml")["rules"]] == [0, 0]
    listed = shell.done("rules")
    assert "2  P3  by hope  A-SU1  ¶1" in listed
    assert "    I had hope." in listed
    shell.done("undo")
    assert shell.json("rules", "list") == []
    assert "P3" in shell.done("rules", "run", "rules.toml", "--role", "SU")
    assert "role" in shell.refused("rules", "run", "rules.toml", "--role", "XX")


def test_proposals_are_decided_on_one_by_one_and_together(shell):
    shell.done("rules", "run", "rules.toml")
    numbers = [str(each["id"]) for each in shell.json("rules", "list", "--rule", "living")]
    assert shell.done("rules", "list", "--rule", "living", "--ids").split() == numbers
    assert shell.json("rules", "accept", numbers[0]) == {"accepted": [int(numbers[0])]}
    assert [each["code"] for each in shell.json("segments")] == ["M2a"]
    assert "1 proposal rejected" in shell.done("rules", "reject", "--rule", "living")
    assert "was accepted already" in shell.refused("rules", "reject", numbers[0])
    assert [each["state"] for each in shell.json("rules", "list", "--state", "all")] == ["accepted", "open", "rejected"]
    shell.done("rules", "withdraw", "--all")
    assert "nothing is proposed that fits" in shell.refused("rules", "withdraw", "--all")
    assert [each["new"] for each in shell.json("rules", "run", "rules.toml")["rules"]] == [1, 0]
    for _ in range(5):
        shell.done("undo")
    assert shell.json("segments") == shell.json("rules", "list") == []


def test_a_proposal_is_edited_before_it_is_accepted(shell):
    shell.done("rules", "run", "rules.toml", "--dry-run")
    shell.done("rules", "run", "rules.toml")
    numbers = shell.done("rules", "list", "--ids").split()
    (made,) = shell.json("rules", "edit", numbers[0], "--at", "¶1", "--code", "m2")
    assert (made["code"], made["words"][:4]) == ("M2", "Well")
    assert "elsewhere" in shell.refused("rules", "edit", numbers[0], "--at", "¶2")
    assert "2  M2  by" in shell.done("rules", "edit", *numbers, "--code", "M2")
    shell.done("rules", "edit", numbers[0], "--quote-file", "-", typed="so can I, I thought")
    assert shell.json("rules", "list")[0]["words"] == "so can I, I thought"
    shell.done("undo")
    shell.done("undo")
    shell.done("undo")
    assert [each["code"] for each in shell.json("rules", "list")] == ["M2a", "P3", "M2a"]


@pytest.mark.parametrize(
    "words",
    [
        ("accept",), ("accept", "1", "--all"), ("reject", "--rule", "hope", "--all"), ("edit", "1"), ("withdraw",),
        ("accept", "x"), ("accept", "99"), ("reject", "--rule", "hop"), ("edit", "1", "2", "--at", "¶1"),
        ("list", "--rule", "hop"), ("list", "--code", "P33"), ("run", "none.toml"), ("run",),
        ("edit", "1", "--at", "x y"),
    ],
)  # fmt: skip
def test_what_is_not_meant_so_is_refused_with_what_to_do(shell, words):
    shell.done("rules", "run", "rules.toml")
    before = shell.json("rules", "list", "--state", "all")
    assert shell.refused("rules", *words).startswith("Error: ")
    assert shell.json("rules", "list", "--state", "all") == before


def test_documents_being_coded_for_agreement_are_named(shell):
    shell.done("rules", "run", "rules.toml")
    with shell.open("AK") as project:
        project.coders.assign(project.documents.get("A-SU1"), project.coders.get("AK"))
    result = shell("rules", "run", "rules.toml")
    assert "Passed over, since it is being coded for agreement: A-SU1" in result.stderr
    assert shell.json("rules", "run", "rules.toml")["passed_over"] == ["A-SU1"]
    result = shell("rules")
    assert result.stdout == ""
    assert "Not shown in documents being coded for agreement: A-SU1" in result.stderr


def test_hostile_rules_names_and_texts_never_drive_the_terminal(shell, tmp_path):
    spite = HOSTILE.encode("unicode_escape").decode().replace("\\x", "\\u00")
    with shell.open("AK") as project:
        project.documents.add(f"H{HOSTILE}", f"Ann: so can I{HOSTILE} hope.\n", [])
    (tmp_path / f"bad{HOSTILE}.toml").write_text(f'[a]\ncode = "{spite}"\nwords = ["a{spite}"]\n')
    (tmp_path / f"fine{HOSTILE}.toml").write_text(RULES)
    for words in (
        ("check", f"bad{HOSTILE}.toml"), ("run", f"bad{HOSTILE}.toml"), ("check", f"fine{HOSTILE}.toml"),
        ("run", f"fine{HOSTILE}.toml"), ("list",), ("list", "--json"), ("accept", "--rule", HOSTILE),
        ("accept", "--document", f"H{HOSTILE}"), ("check", HOSTILE),
    ):  # fmt: skip
        result = shell("rules", *words)
        assert result.exit_code in {0, 2}
        assert not set(result.output) & set(HOSTILE) - set("31m]0;pwned;row["), words
