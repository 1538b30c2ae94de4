"""The workbench in a real terminal: tmux presses the keys and reads what is on the screen."""

import os
import shlex
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from threading import Timer

import pytest

import qualcode
from tests.screens import studies
from tests.terminal.tmux import Terminal

pytestmark = [
    pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux"),
    pytest.mark.xdist_group("workbench"),
]


@pytest.fixture
def study(tmp_path) -> Path:
    path = tmp_path / "study.qualcode"
    studies.reading(path)
    return path


def coded(path: Path) -> list[tuple[str, str]]:
    with qualcode.open(path) as project:
        shorts = {code.id: code.short for code in project.codes.all()}
        bodies = {each.id: project.documents.body(each) for each in project.documents}
        return [(shorts[each.code], bodies[each.document][each.start : each.end]) for each in project.segments.find()]


def test_code_by_keys_and_mouse_leave_come_back_to_the_place_and_undo(study, terminal):
    one = terminal()
    one.open(study)
    one.wait_for("B-ST1")
    one.press("Enter")
    one.wait_for("How was it for you?")
    one.press("Down")
    one.type("cp3")
    one.wait_for("P3 Hope: “Well")
    x, y = one.find("she stood there laughing")
    one.mouse(0, x, y)
    one.mouse(32, x + 4, y)
    one.mouse(32, x + len("she stood"), y)
    one.mouse(0, x + len("she stood"), y, is_released=True)
    one.wait_for("2 words selected")
    one.type("cx")
    one.wait_for("X Other: “she stood”")
    place = one.wait_for("¶").splitlines()[0]
    one.type("Q")
    one.wait_until_left()
    assert sorted(coded(study)) == [("P3", "Well, if she can do it, so can I, I thought."), ("X", "she stood")]

    again = terminal()
    again.open(study)
    again.wait_for("2 passages")
    assert again.screen.splitlines()[0].split("%")[0] == place.split("%")[0]
    again.type("u")
    again.wait_for("Undone: add segments")
    assert [code for code, _ in coded(study)] == ["P3"]
    again.press("C-q")
    again.wait_until_left()


def test_by_mouse_a_word_a_turn_and_beyond_the_edge(study, terminal):
    one = terminal()
    one.open(study)
    one.wait_for("B-ST1")
    one.press("Enter")
    one.wait_for("How was it for you?")
    x, y = one.find("she can do it")
    one.click(x + 4, y, 2)
    one.wait_for(" 1 word selected")
    one.type("cp3")
    one.wait_for("P3 Hope: “can”")
    one.click(x, y, 3)
    one.wait_for(" 13 words selected")
    one.mouse(0, x, y)
    one.mouse(32, x + 3, y)
    one.wait_for(" 1 word selected")  # it is dragged: what moves from here on is the reader's
    one.mouse(32, x, 28)  # below the text: it moves on as long as the button is held
    one.wait_for("And in week 9?")
    one.mouse(0, x, 28, is_released=True)
    one.wait_for("words selected")
    assert "How was it for you?" not in one.screen


def test_transcripts_are_brought_in_and_taken_out_again_from_the_screen(study, terminal):
    one = terminal()
    (one.folder / "new").mkdir()
    (one.folder / "new" / "C-PW1.txt").write_text("Interviewer: How was it?\n\nMo: We walked.\n", encoding="utf-8")
    one.open(study)
    one.wait_for("B-ST1")
    one.type("I")
    one.wait_for("new/")
    one.type("/")
    one.wait_for("Path")
    one.press("C-u")
    one.type(str(one.folder / "new" / "C-PW1.txt"))
    one.press("Enter")
    one.wait_for("1 file marked")
    one.type("l")
    one.wait_for("1 document would come in")
    one.type("t")
    one.wait_for("1 document brought in")
    with qualcode.open(study) as project:
        assert [each.name for each in project.documents] == ["A-SU1", "B-ST1", "C-PW1"]
    one.type("u")
    one.wait_for("Undone")
    with qualcode.open(study) as project:
        assert [each.name for each in project.documents] == ["A-SU1", "B-ST1"]


def test_killed_while_coding_every_action_that_was_told_is_there(study, terminal):
    one = terminal()
    one.open(study)
    one.wait_for("B-ST1")
    one.press("Enter")
    one.wait_for("How was it for you?")
    one.type(")")
    for number in range(1, 4):
        one.type(")cp3")
        one.wait_for(f"{number} passage{'s' * (number != 1)}, mine")
    one.type(")cx)c")
    os.kill(one.process, signal.SIGKILL)
    one.wait_until_left()
    with qualcode.open(study) as project:
        assert project.check() == []
    codes = [code for code, _ in coded(study)]
    assert codes.count("P3") == 3
    again = terminal()
    again.open(study)
    again.wait_for(f" {len(codes)} passage")


def test_no_color_gives_no_colour(study, terminal):
    one = terminal()
    one.open(study, NO_COLOR="1")
    one.wait_for("B-ST1")
    one.press("Enter")
    one.wait_for("How was it for you?")
    one.press("Down")
    one.type("scp3")
    one.wait_for("P3 Hope: “Well")
    one.type("/")
    one.wait_for("Find in this document")
    codes = {code for part in one.coded_screen.split("\x1b[")[1:] for code in part.partition("m")[0].split(";")}
    assert codes <= {"", "0", "1", "2", "3", "4", "7", "22", "24", "27", "39", "49"}
    assert "7" in codes


def test_sixteen_colours_are_enough(study, terminal):
    one = terminal()
    one.open(study, TERM="xterm", COLORTERM="")
    one.wait_for("B-ST1")
    one.press("Enter")
    one.wait_for("How was it for you?")
    one.press("Down")
    one.type("cp3")
    one.wait_for("P3 Hope: “Well")
    seen = one.coded_screen
    assert "38;2;" not in seen
    assert "38;5;" not in seen
    assert "┃" in one.screen or "█" in one.screen


def test_another_size_keeps_the_place(study, terminal):
    one = terminal()
    one.open(study)
    one.wait_for("B-ST1")
    one.press("Enter")
    one.wait_for("How was it for you?")
    one.type("/week 12")
    one.press("Enter")
    one.wait_for("Place 1 of 1")
    for width, height in ((60, 15), (140, 45), (80, 24)):
        one.tmux("resize-window", "-x", str(width), "-y", str(height))
        one.until(lambda height=height: one.is_drawn(height), f"{width} by {height}")
        one.wait_for("And in week 12?")


def test_what_another_program_codes_appears(study, terminal):
    one = terminal()
    one.open(study)
    one.wait_for("B-ST1")
    one.press("Enter")
    one.wait_for("0 passages, mine")
    with qualcode.open(study, "AK") as project:
        project.segments.add("A-SU1", "P3", quote="so can I")
    one.wait_for("1 passage, mine")
    assert "P3 " in one.screen


def _writing_a_memo(study, terminal) -> Terminal:
    one = terminal()
    one.open(study)
    one.wait_for("B-ST1")
    one.press("Enter")
    one.wait_for("How was it for you?")
    one.press("Down")
    one.type("m")
    one.wait_for("Memo on")
    return one


def _shut_down(one) -> None:
    os.kill(one.process, signal.SIGTERM)
    one.wait_until_left()


@pytest.mark.parametrize("end", [Terminal.hang_up, _shut_down], ids=["window closed", "shut down"])
def test_a_memo_half_written_at_the_end_is_kept_and_the_place_too(study, terminal, end):
    one = _writing_a_memo(study, terminal)
    one.type("She thought of it before")
    one.wait_for("thought of it before")
    end(one)
    with qualcode.open(study, "AK") as project:
        assert [each.body for each in project.memos.of(project.documents.get("A-SU1"))] == ["She thought of it before"]
        assert project.history.undo().verb == "add memo"
    again = terminal()
    again.open(study)
    again.wait_for("How was it for you?")


def test_a_memo_half_written_at_the_end_waits_until_another_program_has_written(study, terminal):
    one = _writing_a_memo(study, terminal)
    one.type("She thought of it before")
    one.wait_for("thought of it before")
    with closing(sqlite3.connect(study, check_same_thread=False, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        done = Timer(2.5, other.rollback)  # longer than a screen waits for another program
        done.start()
        one.hang_up()
        done.join()
    with qualcode.open(study, "AK") as project:
        assert [each.body for each in project.memos.of(project.documents.get("A-SU1"))] == ["She thought of it before"]


def test_a_memo_that_was_only_opened_is_not_kept_when_the_window_is_closed(study, terminal):
    _writing_a_memo(study, terminal).hang_up()
    with qualcode.open(study, "AK") as project:
        assert project.memos.of(project.documents.get("A-SU1")) == []


def test_copied_words_reach_the_clipboard(study, terminal):
    one = terminal()
    one.open(study)
    one.tmux("set-option", "-g", "set-clipboard", "on")
    one.wait_for("B-ST1")
    one.press("Enter")
    one.wait_for("How was it for you?")
    one.press("Down")
    one.type("sy")
    one.wait_for("Copied “Well")
    one.until(lambda: bool(one.tmux("list-buffers")), "the clipboard")
    assert one.tmux("show-buffer") == "“Well, if she can do it, so can I, I thought.” [A-SU1, line 2]"


def test_a_file_that_is_no_project_is_told_in_one_line(tmp_path, terminal):
    file = tmp_path / "notes.qualcode"
    file.write_text("hello")
    one = terminal()
    command = shlex.join([sys.executable, "-m", "qualcode", "open", str(file), "--coder", "AK"])
    one.start(["sh", "-c", f"{command}; echo left with $?; read wait"])
    one.wait_for("left with 2")
    assert "notes.qualcode" in one.screen
    assert "stumbled" not in one.screen
    assert "Traceback" not in one.screen


def test_an_encrypted_study_asks_on_the_screen_and_nothing_but_the_program_writes_there(study, terminal):
    qualcode.encrypt(study, "correct horse battery")
    one = terminal()
    one.open(study)
    one.wait_for("The passphrase of study.qualcode")
    one.type("not this one\r")
    one.wait_for("2 tries left")
    before = one.screen
    assert not any(sign in before for sign in ("sqlcipher", "ERROR", "hmac", "not this one"))
    one.type("correct horse battery\r")
    one.wait_for("B-ST1")
    one.press("Enter")
    one.wait_for("How was it for you?")
    one.press("Down")
    one.type("cp3")
    one.wait_for("P3 Hope: “Well")
    one.type("Q")
    one.wait_until_left()
    assert coded(study) == [("P3", "Well, if she can do it, so can I, I thought.")]
