"""Bringing transcripts and codebooks in: nothing is taken before it was seen, and all of it can be taken back."""

import pytest

import qualcode
from qualcode.tui.screens.importing import ImportScreen
from tests.screens.driving import on_screen, workbench
from tests.screens.places import HOSTILE, click_key, click_on, fill_in, held_at, lay, worked

TALK = "Interviewer: How was it?\n{0}: Fine, I think.\nInterviewer: And then?\n{0}: We went home.\n"


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    """interviews/ with a.txt (Maureen), b.txt (Bob and SG) and bad.docx; beside it a sheet and a codebook."""
    here = tmp_path / "work"
    lay(here / "interviews", "a.txt", TALK.format("Maureen"))
    lay(here / "interviews", "b.txt", TALK.format("Bob") + "SG: Well.\nBob: Yes.\nSG: Good.\n")
    lay(here / "interviews", "bad.docx", "no document")
    lay(here, "people.csv", "file,person,role,speaker\na.txt,P01,SU,\nb.txt,P02,PW,Bob\n")
    lay(
        here,
        "own.yaml",
        "codebook: own\ntitle: Our own\ncodes:\n  - id: P3\n    name: Hoping\n  - id: Q1\n    name: New\n",
    )
    monkeypatch.chdir(here)
    return here


def documents(path):
    with qualcode.open(path) as project:
        return sorted(each.name for each in project.documents)


def people(path):
    with qualcode.open(path) as project:
        return sorted(each.name for each in project.people.all())


@on_screen
async def test_files_are_marked_looked_at_and_only_then_taken(study_file):
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("I", "down", "enter", "down", "space", "space")
        assert "2 files marked" in desk.lines[0]
        await desk.press("l")
        await worked(desk)
        assert "2 documents would come in" in desk.lines[0]
        assert any(line.split() == ["Maureen", "2", "6", "person", "Maureen", "(new)"] for line in desk.lines)
        assert any(line.split()[:1] == ["Interviewer"] and "interviewer" in line for line in desk.lines)
        assert "txt, utf-8 → a" in desk.text
        assert documents(study_file) == ["A-SU1"]
        assert people(study_file) == []
        await desk.press("t")
        await worked(desk)
        assert "2 documents brought in" in desk.lines[0]
        assert documents(study_file) == ["A-SU1", "a", "b"]
        await desk.press("u")
        assert documents(study_file) == ["A-SU1"]
        assert people(study_file) == []


@pytest.mark.parametrize(("keys", "key"), [("standard", "left"), ("vim", "h")])
@on_screen
async def test_one_steps_out_of_a_folder_onto_it_and_what_is_marked_stays_so(study_file, keys, key):
    async with workbench(study_file, keys=keys, size=(100, 30)) as desk:
        await desk.press("I", "down", "enter", "down", "space")
        assert "1 file marked" in desk.lines[0]
        await desk.press(key)
        assert "people.csv" in desk.text
        assert "1 file marked" in desk.lines[0]
        await desk.press("enter")
        assert "bad.docx" in desk.text


@on_screen
async def test_by_mouse_too(study_file):
    async with workbench(study_file, size=(120, 30)) as desk:
        await desk.press("I")
        await click_on(desk, "interviews/", times=2)
        await click_on(desk, "a.txt", times=2)
        await click_key(desk, "l Look")
        await worked(desk)
        await click_on(desk, "Maureen")
        await click_key(desk, "n Name")
        await fill_in(desk, "P01")
        await worked(desk)
        assert "P01 (new)" in desk.text
        await click_key(desk, "t Take in")
        await worked(desk)
        assert people(study_file) == ["P01"]
        await click_on(desk, "brought in", times=2)
        await click_on(desk, " a ", times=2)
        await desk.pilot.pause()
        assert desk.app.reading is not None


@on_screen
async def test_a_bad_file_does_not_stop_the_others_and_is_told(study_file):
    async with workbench(study_file, size=(80, 24)) as desk:
        await desk.press("I", "down", "enter", "a", "l")
        await worked(desk)
        assert "1 cannot be used" in desk.lines[0]
        assert any("bad.docx" in line and "not a Word document" in line for line in desk.lines)
        await desk.press("t")
        await worked(desk)
        assert "2 documents brought in, 1 could not be used" in desk.lines[0]
        assert any("bad.docx" in line and "not a Word document" in line for line in desk.lines)
        await desk.press("escape", "a", "l")
        await worked(desk)
        assert "0 documents would come in, 1 cannot be used, 2 here already" in desk.lines[0]
        await desk.press("t")
        assert "Nothing here can be brought in" in desk.text


@on_screen
async def test_speakers_are_said_to_ask_or_to_be_others_before_anything_is_taken(study_file):
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("I", "slash")
        await fill_in(desk, "interviews/b.txt")
        await desk.press("l")
        await worked(desk)
        await click_on(desk, "SG")
        await desk.press("i")
        await worked(desk)
        await click_on(desk, "Interviewer")
        await desk.press("o")
        await worked(desk)
        await desk.press("t")
        await worked(desk)
    with qualcode.open(study_file) as project:
        speakers = project.documents.speakers(project.documents.get("b"))
        assert {each.label: each.part for each in speakers} == {
            "Interviewer": "other", "Bob": "participant", "SG": "interviewer",
        }  # fmt: skip
        assert [each.name for each in project.people.all()] == ["Bob"]


@on_screen
async def test_a_sheet_a_wave_and_a_case_are_held_against_the_files_first(study_file):
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("I", "slash")
        await fill_in(desk, "interviews/*.txt")
        assert "2 files marked" in desk.lines[0]
        await click_on(desk, "people.csv")
        await desk.press("s", "w")
        await fill_in(desk, "2")
        await desk.press("c")
        await fill_in(desk, "North")
        assert "sheet people.csv · wave 2 · case North" in desk.lines[0]
        await desk.press("l")
        await worked(desk)
        assert "P01 SU (new)" in desk.text
        await desk.press("t")
        await worked(desk)
    with qualcode.open(study_file) as project:
        assert project.documents.get("a").wave == "2"
        assert project.people.get("P02").roles == (("2", "PW"),)
        assert project.cases.get("North").id == project.people.get("P01").case


@on_screen
async def test_a_sheet_that_cannot_be_used_is_told_and_nothing_is_taken(study_file, folder):
    lay(folder, "people.csv", "file,person,role\na.txt,P01,QQQ\n")
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("I")
        await click_on(desk, "people.csv")
        await desk.press("s", "slash")
        await fill_in(desk, "interviews/a.txt")
        await desk.press("l")
        await worked(desk)
        assert "With this sheet nothing can be brought in" in desk.text
        await desk.press("t")
        await worked(desk)
    assert documents(study_file) == ["A-SU1"]


@on_screen
async def test_stopped_in_the_middle_nothing_is_taken(study_file, monkeypatch):
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("I", "down", "enter", "a", "l")
        await worked(desk)
        begun, go_on = held_at(monkeypatch, "bringing in")
        await desk.press("t")
        assert begun.wait(20)
        await desk.press("escape")
        go_on.set()
        await worked(desk)
        assert "nothing was written" in desk.text
        assert documents(study_file) == ["A-SU1"]


@on_screen
async def test_paths_that_lead_nowhere_are_told(study_file):
    async with workbench(study_file, size=(80, 24)) as desk:
        await desk.press("I", "l")
        assert "Mark some transcripts first" in desk.text
        for typed in ("nowhere/*.txt", "~nobody/x.txt", "interviews/missing.txt"):
            await desk.press("slash")
            await fill_in(desk, typed)
        await desk.press("l")
        await worked(desk)
        assert isinstance(desk.app.screen, ImportScreen)
        await desk.press("escape", "escape")
        assert not isinstance(desk.app.screen, ImportScreen)


@on_screen
async def test_a_codebook_is_compared_then_applied_and_taken_back(study_file):
    def codes():
        with qualcode.open(study_file) as project:
            return {code.short: code.name for code in project.codes.all()}

    before = codes()
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("I")
        await click_on(desk, "own.yaml", times=2)
        assert "1 renamed · 1 added · 2 left out" in desk.lines[0]
        assert any(line.split() == ["renamed", "P3", "Hope", "→", "Hoping"] for line in desk.lines)
        assert codes() == before
        await desk.press("enter")
        assert "In the codebook: P3 Hoping" in desk.text
        await desk.press("escape")
        await click_key(desk, "t Apply")
        await worked(desk)
        assert codes() == before | {"P3": "Hoping", "Q1": "New"}
        assert "applied: 1 renamed · 1 added" in desk.lines[0]
        assert "This was changed. u takes it back." in desk.lines[1]
        assert any(line.split() == ["renamed", "P3", "Hope", "→", "Hoping"] for line in desk.lines)
        await desk.press("u")
        assert codes() == before
        assert "1 renamed · 1 added · 2 left out" in desk.lines[0]
        assert "nothing is written yet" in desk.lines[1]
        await desk.press("m", "t")
        await worked(desk)
        assert codes() == {"P3": "Hoping", "Q1": "New"}
        await desk.press("t")
        await worked(desk)
        assert "no difference" in desk.lines[0]
        assert "nothing is to be applied" in desk.lines[1]


@on_screen
async def test_codebooks_that_come_with_qualcode_are_offered(study_file):
    async with workbench(study_file, size=(80, 24)) as desk:
        await desk.press("I", "b")
        assert "process_evaluation" in desk.text
        assert "own.yaml" in desk.text
        await click_on(desk, "process_evaluation", times=2)
        assert "added" in desk.lines[0]
        await desk.press("escape", "slash")
        await fill_in(desk, "interviews/a.txt")
        assert "interviews/a.txt" in "".join(line.strip() for line in desk.lines)
        await desk.press("escape")
        assert isinstance(desk.app.screen, ImportScreen)


@on_screen
async def test_hostile_names_and_texts_are_shown_and_do_nothing(study_file, folder):
    for number, name in enumerate(HOSTILE[:4]):
        lay(folder / "evil", f"{number}{name}.txt", TALK.format(f"Ann{name}") + "x" * 14_000)
    lay(folder / "evil", "empty.txt", "")
    async with workbench(study_file, size=(80, 24)) as desk:
        await desk.press("I", "down", "enter", "a", "l")
        await worked(desk)
        assert "1[@click=app.quit]x" in desk.text
        assert not set(desk.text) & set("\x1b\x07\u202e")
        for _ in range(12):
            await desk.press("down")
        await desk.press("t")
        await worked(desk)
        assert "4 documents brought in, 1 could not be used" in desk.lines[0]
        assert not set(desk.text) & set("\x1b\x07\u202e")


@on_screen
async def test_what_is_guessed_is_told_whole_with_the_key_that_mends_it(study_file, folder):
    lay(folder / "interviews", "c.txt", TALK.format("Maureen") + "Maureen: Bye.\n")
    async with workbench(study_file, size=(80, 24)) as desk:
        await desk.press("I", "slash")
        await fill_in(desk, "interviews/*.txt")
        await desk.press("l")
        await worked(desk)
        told = " ".join(desk.text.split())
        assert "same person as Maureen in a. If not, go to the speaker above: n says who it is." in told
        assert "qualcode speakers" not in told
        await desk.press("n")
        assert desk.message == "Go to a speaker first."
        await desk.press("escape")
        assert desk.message == ""


@on_screen
async def test_a_wave_in_the_files_names_is_offered(study_file, folder):
    lay(folder / "interviews", "P01_wave2.txt", TALK.format("Ann"))
    lay(folder / "interviews", "P01 Wave 1.txt", TALK.format("Ann") + "Ann: Bye.\n")
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("I", "slash")
        await fill_in(desk, "interviews/P01_wave2.txt")
        await desk.press("w")
        assert desk.app.screen.query_one("AskLine Input").value == "2"
        await desk.press("enter", "slash")
        await fill_in(desk, "interviews/P01 Wave 1.txt")
        await desk.press("w")
        assert "their names say 1 and 2: mark the files of one wave at a time" in " ".join(desk.text.split())


@on_screen
async def test_a_path_at_which_nothing_is_marks_nothing(study_file):
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("I", "slash")
        await fill_in(desk, "interviews/c.txt")
        assert "there is no such file or folder" in " ".join(desk.text.split())
        assert "marked" not in desk.lines[0]


@pytest.mark.parametrize("leave", [("escape", "escape"), ("f3",), ("D",), ("P",)])
@on_screen
async def test_what_was_chosen_is_there_when_one_comes_back(study_file, leave):
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("I", "down", "enter", "a", "left", "s", "w", "2", "enter")
        await click_on(desk, "interviews/", times=2)
        await desk.press("l")
        await worked(desk)
        await click_on(desk, "Maureen")
        await desk.press("n")
        await fill_in(desk, "Mo")
        await worked(desk)
        await desk.press(*leave)
        assert not isinstance(desk.app.screen, ImportScreen)
        await desk.press("D", "I")
        assert "3 files marked · sheet people.csv · wave 2" in desk.lines[0]
        assert "a.txt" in desk.text
        await desk.press("l")
        await worked(desk)
        assert any(line.split()[:1] == ["Maureen"] and "Mo (new)" in line for line in desk.lines)


@on_screen
async def test_space_on_a_folder_marks_all_in_it_and_again_none(study_file, folder):
    lay(folder / "interviews" / "late", "c.txt", TALK.format("Cy"))
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("I")
        await click_on(desk, "interviews/")
        await desk.press("space")
        await worked(desk)
        assert desk.message == "4 files in interviews and below marked."
        assert "✓  interviews/" in desk.text
        assert "4 marked" in desk.text
        await click_on(desk, "interviews/")
        await desk.press("space")
        assert desk.message == "4 files in interviews no longer marked."
        assert "4 marked" not in desk.text


@on_screen
async def test_a_folder_without_transcripts_is_told(study_file, folder):
    (folder / "empty").mkdir()
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("I")
        await click_on(desk, "empty/")
        await desk.press("space")
        await worked(desk)
        assert "there is no transcript here" in " ".join(desk.text.split())


@on_screen
async def test_the_only_sheet_of_a_folder_is_taken_wherever_the_cursor_is(study_file, folder):
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("I", "s")
        assert "sheet people.csv" in desk.lines[0]
        assert "✓  people.csv" in desk.text
        await desk.press("s")
        assert desk.message == "No sheet."
        await click_on(desk, "people.csv", times=2)
        assert "sheet people.csv" in desk.lines[0]
    lay(folder, "sites.csv", "file\n")
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("I", "s")
        assert "There are 2 sheets in this folder: go to one, then s (people.csv, sites.csv)." in desk.text
        await desk.press("down", "enter", "s")
        assert "There is no sheet (csv, xlsx) in this folder" in desk.text


@on_screen
async def test_the_encoding_of_a_file_can_be_said_where_its_guess_is_told(study_file, folder):
    words = "Interviewer: Wie war es?\nJörg: Schön, für mich, über alles.\n"
    (folder / "interviews" / "g.txt").write_bytes(words.encode("cp1250"))
    async with workbench(study_file, size=(120, 30)) as desk:
        await desk.press("I", "slash")
        await fill_in(desk, "interviews/g.txt")
        await desk.press("l")
        await worked(desk)
        assert "name it with e" in desk.text
        assert "--encoding" not in desk.text
        await desk.press("e")
        await fill_in(desk, "cp1250")
        await worked(desk)
        assert "encoding cp1250" in desk.lines[0]
        assert "txt, cp1250" in desk.text
        await desk.press("e")
        await fill_in(desk, "nonsense")
        await worked(desk)
        assert "no encoding is called 'nonsense'" in desk.text
