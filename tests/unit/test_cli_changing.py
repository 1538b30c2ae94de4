"""Passages, claims, evidence and memos are changed and taken back from the command line, each in one action."""

import shutil

import pytest

from tests.command_line import Shell, a_study


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    with a_study(tmp_path_factory.mktemp("study")) as project:
        return project.path


@pytest.fixture
def shell(tmp_path, monkeypatch, study):
    shutil.copy(study, tmp_path)
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


def verbs(shell):
    return [each["verb"] for each in shell.json("history", "--limit", "0")]


# -- passages


def test_a_passages_flags_and_colouring_are_changed_and_taken_back(shell):
    shell.done("code", "A-SU1", "2", "P3")
    shell.done(
        *("recode", "1", "--unsure", "hers?", "--negative", "--exemplar"),
        *("--whose", "team", "--standing", "hearsay", "--tense", "hoped for"),
    )
    names = ("unsure", "negative", "exemplar", "whose", "standing", "tense")
    assert [shell.json("segments")[0][name] for name in names] == ["hers?", True, True, "team", "hearsay", "hoped for"]
    assert verbs(shell)[0] == "change segment"
    shell.done(
        *("recode", "1", "--sure", "--not-negative", "--not-exemplar"),
        *("--whose", "default", "--standing", "default", "--tense", "default"),
    )
    assert [shell.json("segments")[0][name] for name in names] == [None, False, False, None, None, None]
    shell.done("undo")
    shell.done("undo")
    assert shell.json("segments")[0]["unsure"] is None
    assert len(shell.json("segments")) == 1


def test_code_edges_and_flags_change_in_one_action(shell):
    shell.done("code", "A-SU1", "2", "P3", "--unsure", "x")
    before = shell.json("segments")
    [changed] = shell.json("recode", "1", "m2a", "--at", "4", "--sure")
    assert (changed["code"], changed["lines"], changed["unsure"]) == ("M2a", [4, 4], None)
    assert changed["guid"] == before[0]["guid"]
    shell.done("undo")
    assert shell.json("segments") == before


@pytest.mark.parametrize(
    ("words", "verb"), [(("M2a",), "recode segment"), (("--at", "¶2"), "move segment"), (("--sure",), "change segment")]
)
def test_the_history_says_what_was_changed_of_a_passage(shell, words, verb):
    shell.done("code", "A-SU1", "2", "P3", "--unsure", "x")
    shell.done("recode", "1", *words)
    assert verbs(shell)[0] == verb


def test_edges_are_moved_to_words_in_a_file(shell):
    shell.done("code", "A-SU1", "2", "P3")
    shell.done("recode", "1", "--quote-file", "-", typed="if she can do it")
    assert shell.json("segments")[0]["words"] == "if she can do it"


def test_a_change_of_a_finished_passage_belongs_to_the_next_round(shell):
    shell.done("code", "A-SU1", "2", "P3")
    shell.done("documents", "finish", "A-SU1")
    [changed] = shell.json("recode", "1", "M2a", "--negative", "--at", "4")
    assert (changed["code"], changed["negative"], changed["round"], changed["lines"]) == ("M2a", True, 2, [4, 4])
    assert len(shell.json("segments")) == 1


def test_what_is_so_already_is_no_action(shell):
    shell.done("code", "A-SU1", "2", "P3")
    before = verbs(shell)
    assert "so already" in shell("recode", "1", "P3", "--sure", "--at", "2").stderr
    assert verbs(shell) == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("1",), "say what"),
        (("1", "nope"), "there is no code"),
        (("1", "--unsure", "x", "--sure"), "both"),
        (("1", "--at", "99"), "lines 1 to 4"),
        (("1", "--at", "2", "--quote-file", "-"), "one place"),
        (("1", "M2a"), "passage 2"),
        (("99", "--sure"), "no segment 99"),
        (("1", "--standing", "seen"), "seen"),
    ],
)
def test_a_change_that_is_not_clear_is_refused(shell, words, said):
    shell.done("code", "A-SU1", "2", "P3")
    shell.done("code", "A-SU1", "2", "M2a")
    before = shell.json("segments")
    assert said in shell.refused("recode", *words, typed="")
    assert shell.json("segments") == before


def test_another_coders_passage_is_not_changed(shell):
    shell.done("code", "A-SU1", "2", "P3", "--coder", "BO")
    assert "coded by BO" in shell.refused("recode", "1", "--negative")


# -- claims


def test_a_claim_is_changed_in_one_action(shell):
    shell.done("claim", "add", "A-SU1", "2", "M2a", "P3", "--unsure", "x", "--prompted")
    before = shell.json("claim", "list")
    [changed] = shell.json(
        *("claim", "change", "1", "--direction", "lowers", "--inferred", "--volunteered", "--sure"),
        *("--standing", "lived", "--whose", "self", "--tense", "happened"),
    )
    names = ("direction", "inferred", "prompted", "unsure", "standing", "whose", "tense")
    assert [changed[name] for name in names] == ["lowers", True, False, None, "lived", "self", "happened"]
    assert verbs(shell)[0] == "change claim"
    shell.done("claim", "change", "1", "--standing", "default", "--stated")
    assert shell.json("claim", "list")[0]["standing"] is None
    shell.done("undo")
    shell.done("undo")
    assert shell.json("claim", "list") == before


def test_a_claim_that_is_so_already_is_no_action(shell):
    shell.done("claim", "add", "A-SU1", "2", "M2a", "P3")
    before = verbs(shell)
    assert "so already" in shell("claim", "change", "1", "--direction", "raises").stderr
    assert "say what" in shell.refused("claim", "change", "1")
    assert "coded by AK" in shell.refused("claim", "change", "1", "--inferred", "--coder", "BO")
    assert verbs(shell) == before


def test_a_claim_that_is_there_already_is_said(shell):
    assert "Claim" not in shell("claim", "add", "A-SU1", "2", "M2a", "P3").stderr
    said = shell("claim", "add", "A-SU1", "¶1", "m2a", "p3").stderr
    assert "Claim 1 says the same" in said
    assert "qualcode claim remove 2" in said
    said = shell("claim", "add", "A-SU1", "2", "M2a", "P3", "--direction", "lowers").stderr
    assert "Claim 1 says otherwise: M2a → P3 raises" in said
    assert "Claim" not in shell("claim", "add", "A-SU1", "4", "M2a", "P3").stderr
    assert "Claim" not in shell("claim", "add", "A-SU1", "2", "M2", "P3").stderr
    assert "Claim" not in shell("claim", "add", "A-SU1", "2", "M2a", "P3", "--coder", "BO").stderr
    assert "Claim 3 says the same" in shell("claim", "change", "1", "--direction", "lowers").stderr


def test_a_claim_between_merged_codes_is_there_already(shell):
    shell.done("claim", "add", "A-SU1", "2", "M2a", "P3")
    shell.done("codebook", "merge", "M2a", "M2")
    assert "Claim 1 says the same" in shell("claim", "add", "A-SU1", "2", "M2", "P3").stderr


def test_evidence_is_numbered_and_removed(shell):
    shell.done("claim", "add", "A-SU1", "2", "M2a", "P3")
    shell.done("claim", "evidence", "1", "A-SU1", "4", "--stance", "supports")
    shell.done("claim", "evidence", "1", "A-SU1", "2", "--stance", "qualifies")
    assert "evidence 1  supports: A-SU1" in shell.done("claim")
    assert shell.done("claim", "remove-evidence", "1") == "evidence 1 removed from claim 1\n"
    assert [each["stance"] for each in shell.json("claim", "list")[0]["evidence"]] == ["qualifies"]
    assert verbs(shell)[0] == "remove claim evidence"
    shell.done("undo")
    assert len(shell.json("claim", "list")[0]["evidence"]) == 2
    assert "no evidence 9" in shell.refused("claim", "remove-evidence", "9")


def test_evidence_on_anothers_claim_is_taken_back_by_whoever_added_it(shell):
    shell.done("claim", "add", "A-SU1", "2", "M2a", "P3")
    shell.done("claim", "evidence", "1", "A-SU1", "4", "--stance", "contradicts", "--coder", "BO")
    assert "added by BO" in shell.refused("claim", "remove-evidence", "1")
    shell.done("claim", "remove-evidence", "1", "--coder", "BO")
    assert shell.json("claim", "list")[0]["evidence"] == []
    shell.done("claim", "remove", "1")


def test_a_finished_round_keeps_evidence_that_is_taken_back(shell):
    shell.done("claim", "add", "A-SU1", "2", "M2a", "P3")
    shell.done("claim", "evidence", "1", "A-SU1", "4", "--stance", "supports", "--coder", "BO")
    shell.done("documents", "finish", "A-SU1", "--coder", "BO")
    shell.done("claim", "remove-evidence", "1", "--coder", "BO")
    assert shell.json("claim", "list")[0]["evidence"] == []
    with shell.open("BO") as project:
        kept = project.claims.evidence_in_round(project.documents.get("A-SU1"), "BO", 1)
    assert [each.stance for each in kept] == ["supports"]
    assert "no longer stands" in shell.refused("claim", "remove-evidence", "1", "--coder", "BO")


# -- memos


def test_a_memo_is_changed_and_removed_by_its_writer(shell):
    shell.done("memo", "add", "first thought", "--on", "code:P3")
    assert "reflexive, private" in shell.done(
        "memo", "change", "1", "second thought", "--kind", "reflexive", "--private"
    )
    [memo] = shell.json("memo", "list")
    assert (memo["words"], memo["kind"], memo["private"], memo["on"]["name"]) == (
        "second thought",
        "reflexive",
        True,
        "P3",
    )
    assert verbs(shell)[0] == "change memo"
    shell.done("memo", "change", "1", "--shared")
    shell.done("memo", "change", "1", typed="from a file\n")
    assert shell.json("memo", "list")[0]["words"] == "from a file"
    assert "by the one who wrote it" in shell.refused("memo", "change", "1", "x", "--coder", "BO")
    assert "by the one who wrote it" in shell.refused("memo", "remove", "1", "--coder", "BO")
    assert shell.done("memo", "remove", "1") == "memo 1 removed\n"
    assert shell.json("memo", "list") == []
    shell.done("undo")
    shell.done("undo")
    assert shell.json("memo", "list")[0]["words"] == "second thought"


def test_several_memos_are_removed_in_one_action(shell):
    for words in ("one", "two"):
        shell.done("memo", "add", words)
    shell.done("memo", "remove", "1", "2")
    shell.done("undo")
    assert len(shell.json("memo", "list")) == 2


def test_a_memo_that_may_not_be_seen_is_not_there(shell):
    shell.done("memo", "add", "mine", "--private")
    for words in (("change", "1", "x"), ("remove", "1")):
        assert "there is no memo 1" in shell.refused("memo", *words, "--coder", "BO")
    assert "empty" in shell.refused("memo", "change", "1", " ")
    assert "not a memo's number" in shell.refused("memo", "remove", "one")
