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
