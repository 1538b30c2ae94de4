"""Lists as wide as is asked for, and what was added or removed as JSON."""

import pytest

from tests.command_line import Shell, a_study


@pytest.fixture
def shell(tmp_path, monkeypatch):
    a_study(tmp_path).close()
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    made = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    made.done("code", "A-SU1", "2", "M2a")
    return made


@pytest.mark.parametrize(
    ("words", "width"),
    [("documents list", 64), ("show A-SU1", 48), ("cases list", 40), ("segments", 30), ("people list", 40)],
)
def test_a_list_is_as_wide_as_is_asked_for_and_the_next_one_is_not(shell, words, width):
    with shell.open("AK") as project:
        project.people.rename(project.people.get("A-SU1"), "the first person who was seen")
    wide = shell.done(*words.split())
    narrow = shell.done(*words.split(), "--width", str(width))
    assert max(map(len, narrow.splitlines())) <= width < max(map(len, wide.splitlines()))
    assert shell.done(*words.split()) == wide


def test_what_is_added_is_printed_for_programs_as_lists_print_it(shell):
    assert shell.json("claim", "add", "A-SU1", "2", "M2a", "P3") == shell.json("claim", "list")
    assert shell.json("claim", "evidence", "1", "A-SU1", "4", "--stance", "supports") == shell.json("claim", "list")
    assert shell.json("memo", "add", "So.") == shell.json("memo", "list")


def test_the_same_evidence_twice_is_said(shell):
    shell.done("claim", "add", "A-SU1", "2", "M2a", "P3")
    words = ("claim", "evidence", "1", "A-SU1", "4", "--stance")
    assert "says the same" not in shell(*words, "supports").stderr
    assert "says the same" not in shell(*words, "qualifies").stderr
    assert "Evidence 1 says the same. To keep one: qualcode claim remove-evidence 3" in shell(*words, "supports").stderr


def test_what_is_removed_is_told_to_programs_by_its_numbers(shell):
    shell.done("claim", "add", "A-SU1", "2", "M2a", "P3")
    shell.done("claim", "evidence", "1", "A-SU1", "4", "--stance", "supports")
    shell.done("memo", "add", "So.")
    shell.done("summary", "write", "A-SU1", "P3", "She hopes.")
    shell.open("AK").people.add("Nobody")
    person = next(each["id"] for each in shell.json("people") if each["name"] == "Nobody")
    document = shell.json("documents")[0]["id"]
    for words, number in (
        ("claim remove-evidence 1", 1), ("claim remove 1", 1), ("memo remove 1", 1), ("summary remove 1", 1),
        ("uncode 1", 1), ("people remove nobody", person), ("documents remove a-su1", document),
    ):  # fmt: skip
        assert shell.json(*words.split()) == {"removed": [number]}
