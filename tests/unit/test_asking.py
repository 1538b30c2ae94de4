"""Passages that are the interviewer's alone: taken, and told."""

import pytest

import qualcode
from qualcode.project.asking import WARNING, wholly_asked
from qualcode.work.coding_file import read_coding, store_coding
from tests.command_line import SPEECHES, Shell, a_study, told

BODY, TURNS = told(SPEECHES)


def place(words):
    return BODY.index(words), BODY.index(words) + len(words)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("How was it for you, then?", True),
        ("INT: How was it for you, then?\n", True),
        ("was it", True),
        ("for you, then?\nMaureen", False),
        ("Well, if she", False),
        ("I had hope.\nINT: And what", False),
        (BODY, False),
    ],
)
def test_a_passage_is_the_interviewers_only_if_all_of_it_is(words, asked):
    assert wholly_asked(BODY, TURNS, {"INT"}, *place(words)) is asked


def test_words_before_the_first_turn_and_texts_without_interviewer_are_nobodys_question():
    assert not wholly_asked("Notes. " + BODY, TURNS, set(), 0, 5)
    assert not wholly_asked(BODY, TURNS, {"Somebody"}, *place("was it"))


@pytest.fixture
def shell(tmp_path, monkeypatch):
    a_study(tmp_path).close()
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


def test_coding_a_question_is_warned_of_and_done(shell):
    result = shell("code", "A-SU1", "1", "P3")
    assert result.exit_code == 0
    assert f"1: {WARNING}" in result.stderr
    assert WARNING not in shell("code", "A-SU1", "1-2", "P3").stderr
    assert WARNING in shell("code", "A-SU1", "--from", "-", typed="3 m2a\n").stderr
    assert [each["interviewer"] for each in shell.json("segments")] == [True, False, True]


def test_a_coding_file_is_stored_and_the_questions_in_it_are_told_with_their_line(tmp_path):
    a_study(tmp_path).close()
    path = tmp_path / "a.yaml"
    path.write_text(
        "document: A-SU1\ncoder: AK\nsegments:\n  - code: P3\n    quote: I had hope\n"
        "  - code: P3\n    quote: what happened after that\n"
    )
    heard = []
    with qualcode.open(tmp_path / "study.qualcode", "AK", announce=heard.append) as project:
        store_coding(project, read_coding(path))
        assert len(project.segments.find()) == 2
    assert heard == [f"a.yaml:6: {WARNING}"]
