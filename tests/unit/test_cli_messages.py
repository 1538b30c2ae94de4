"""What is said of a mistake is about what was typed, and what it offers is there."""

import pytest

from tests.command_line import Shell, a_study


@pytest.fixture
def shell(tmp_path, monkeypatch):
    a_study(tmp_path).close()
    made = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return made


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("table", "sample", "--out", ""), "an empty name is no file's"),
        (("figure", "barcode", "--out", ""), "an empty name is no file's"),
        (("codebook", "add", "", "Hope again"), "a code needs a short name, and this one has none"),
        (("codebook", "apply", "."), ".: this is a folder, not a codebook"),
        (("show", "A-SU"), "Did you mean A-SU1?"),
    ],
)
def test_what_is_wrong_is_said_of_what_was_typed(shell, words, told):
    assert told in shell.refused(*words)


def test_pencil_work_with_an_unknown_code_tells_how_many_codes_there_are(shell):
    with shell.open("AK") as project:
        for number in range(12):
            project.codes.add(f"K{number}", f"Code {number}")
    said = shell("code", "A-SU1", "--from", "-", typed="2 zzzz\n").stderr
    assert "and 3 more." in said


def test_agreement_with_one_coder_named_asks_for_another(shell):
    assert "only AK is named" in shell.refused("agreement", "--coder", "AK")


def test_a_codebook_that_applies_to_nobody_known_is_told_in_the_dry_run_too(shell, tmp_path):
    (tmp_path / "ours.yaml").write_text(
        "codebook: ours\ncodes:\n  - id: K1\n    name: Key\n    applies_to: [SUs]\n"
        "  - id: K2\n    name: Lock\n    applies_to: [SU, '1']\n"
    )
    told = "K1 applies to SUs, which is no role or wave here and restricts nothing (roles: "
    for more in (("--dry-run",), ()):
        result = shell("codebook", "apply", "ours.yaml", *more)
        assert result.exit_code == 0, result.stderr
        assert told in result.stderr
        assert "K2" not in result.stderr


def test_a_passage_that_a_finished_round_keeps_tells_its_new_number(shell):
    shell.done("code", "A-SU1", "2", "M2a")
    shell.done("documents", "finish", "A-SU1")
    now = shell("quotes", "pin", "1")
    assert "1 is now 2: the finished round keeps 1 as it was" in now.stderr
    assert "1 is now 2." in shell.refused("quotes", "unpin", "1")
    assert "is now" not in shell("quotes", "unpin", "2").stderr
    shell.done("documents", "finish", "A-SU1")
    assert "2 is now 3: " in shell("recode", "2", "P3").stderr


def test_a_dry_run_calls_two_files_of_one_name_as_the_import_will(shell, tmp_path):
    (tmp_path / "bad.srt").write_text("1\n00:00:01,000 --> 00:00:02,000\nINT: Well?\n")
    (tmp_path / "bad.vtt").write_text("WEBVTT\n\n00:01.000 --> 00:02.000\nINT: What?\n")
    shown = shell.done("import", "bad.srt", "bad.vtt", "--dry-run")
    assert [line for line in shown.splitlines() if line.endswith("begins:")] == ["bad begins:", "bad (2) begins:"]
