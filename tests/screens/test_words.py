"""What is done to the words: corrected, given to another speaker, pseudonymised; memos; finishing."""

import pytest

import qualcode
from qualcode.model import Definition
from tests.builders import add_interview, rows_of
from tests.command_line import HOSTILE
from tests.screens.driving import on_screen, workbench


def body(path, name="A-SU1"):
    with qualcode.open(path) as project:
        return project.documents.body(project.documents.get(name))


def labels(path, name="A-SU1"):
    with qualcode.open(path) as project:
        return [turn.speaker for turn in project.documents.turns(project.documents.get(name))]


# -- correcting --------------------------------------------------------------------------------------------------------


@on_screen
async def test_a_word_is_corrected_where_one_stands_and_undone(study_file):
    with qualcode.open(study_file, "AK") as project:
        project.segments.add("A-SU1", "P3", quote="so can I")
    before = body(study_file)
    async with workbench(study_file, size=(80, 24)) as desk:
        await desk.press("enter", "down", "e")
        assert "Correct turn 2" in desk.text
        assert "Well, if she can do it" in desk.text
        await desk.type("Oh ")
        await desk.press("ctrl+s")
        assert "typo" in desk.text
        await desk.press("enter")
        assert "1 passage (coded, claimed, read) carried along" in desk.text
        assert body(study_file) == before.replace("Well", "Oh Well")
        reader = desk.app.reading.reader
        assert reader.page.body[reader.cursor :].startswith("Ann: Oh Well")
        await desk.press("u")
    assert body(study_file) == before
    with qualcode.open(study_file) as project:
        (segment,) = project.segments.find()
        assert before[segment.start : segment.end] == "so can I"


@on_screen
async def test_the_cursor_stays_on_its_words_also_when_words_before_it_grow(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", *["w"] * 6)
        reader = desk.app.reading.reader
        word, row = reader.page.body[reader.cursor :][:6], reader.row_on_screen
        await desk.press("e", "home")
        await desk.type("Oh my oh my, ")
        await desk.press("ctrl+s", "enter")
        assert reader.page.body[reader.cursor :][:6] == word
        assert reader.row_on_screen == row


@pytest.mark.parametrize("keys", [("shift+tab",), ("tab", "tab")], ids="+".join)
@on_screen
async def test_tab_gives_the_turn_to_another_speaker_and_the_label_in_the_text_too(study_file, keys):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "e", *keys, "ctrl+s")
        assert "wrong speaker" in desk.text
        await desk.press("enter")
    assert labels(study_file) == ["INT", "INT", "INT", "Ann"]
    assert "\nINT: Well, if she" in body(study_file)


@on_screen
async def test_a_click_on_the_speakers_takes_the_next_and_someone_new_is_asked_for(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "e")
        row = next(y for y, line in enumerate(desk.lines) if "someone new" in line)
        await desk.click(5, row)
        await desk.press("ctrl+s")
        await desk.type("Bea")
        await desk.press("enter", "enter")
        assert "Corrected" in desk.text
    assert labels(study_file) == ["INT", "Bea", "INT", "Ann"]
    assert "Bea: Well" in body(study_file)
    with qualcode.open(study_file, "AK") as project:
        before = project.history.undo()
        assert before.verb == "correct turn"
        assert labels(study_file) == ["INT", "Ann", "INT", "Ann"]


@on_screen
async def test_what_could_not_be_carried_is_listed_with_its_words(study_file):
    with qualcode.open(study_file, "AK") as project:
        project.segments.add("A-SU1", "P3", quote="I thought")
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "e", "end", *["backspace"] * len(", I thought."), "ctrl+s", "enter")
        assert "1 could not be carried" in desk.text
        assert "“I thought”" in desk.text
        await desk.press("escape", "u")
    with qualcode.open(study_file) as project:
        assert len(project.segments.find()) == 1


@on_screen
async def test_an_emptied_turn_is_refused(study_file):
    before = body(study_file)
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "e", "home", "ctrl+k", "ctrl+s")
        assert "Words cannot all go" in desk.text
    assert body(study_file) == before


@on_screen
async def test_a_line_break_stays_in_the_turn(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "e", "ctrl+right", "enter", "ctrl+s", "enter")
        assert "same turn" in desk.text
    assert labels(study_file) == ["INT", "Ann", "INT", "Ann"]
    assert "Ann: Well\n, if she" in body(study_file)


@on_screen
async def test_nothing_changed_writes_nothing(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "e", "ctrl+s")
        assert "Nothing was changed" in desk.text
        await desk.press("e", "escape", "e")
        await desk.type("x")
        await desk.press("ctrl+s", "escape")
        assert "Left as it was" in desk.text
    with qualcode.open(study_file) as project:
        assert project.documents.get("A-SU1").version == 1


@on_screen
async def test_hostile_characters_survive_an_edit_elsewhere_in_the_turn(study_file):
    words = f"one {HOSTILE} two{HOSTILE}three [/b][@click=app.quit] \u2028\x0c\x85 four\tfive"
    with qualcode.open(study_file, "AK") as project:
        add_interview(project, "0", ("INT", "And?"), ("Ann", words))
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "e")
        assert "\x1b" not in desk.text
        await desk.type("Oh, ")
        await desk.press("down", "down", "end")
        await desk.type(", six")
        await desk.press("ctrl+s", "enter")
    assert body(study_file, "0") == f"INT: And?\nAnn: Oh, {words}, six\n"


# -- pseudonyms --------------------------------------------------------------------------------------------------------


@on_screen
async def test_a_name_is_replaced_everywhere_after_its_places_are_shown(study_file):
    with qualcode.open(study_file, "AK") as project:
        add_interview(project, "B", ("INT", "Who?"), ("Ben", "Ann's friend, as ANN said. Annie."))
        before = rows_of(project)
    async with workbench(study_file, size=(80, 24)) as desk:
        await desk.press("enter", "down", "R")
        assert "Ann" in desk.text
        await desk.press("enter", "p")
        assert "[Person 1]" in desk.text
        await desk.press("ctrl+u")
        await desk.type("[Bea]")
        await desk.press("enter")
        assert "4 places in 2 documents" in desk.text
        assert "’s friend" in desk.text or "'s friend" in desk.text
        assert "Annie" in desk.text
        await desk.press("enter")
        assert "Ann → [Bea]: 4 places in 2 documents" in desk.text
        assert body(study_file, "B") == "INT: Who?\nBen: [Bea]'s friend, as [Bea] said. Annie.\n"
        assert labels(study_file) == ["INT", "[Bea]", "INT", "[Bea]"]
        await desk.press("u")
    with qualcode.open(study_file) as project:
        assert rows_of(project) == before


@on_screen
async def test_undoing_a_pseudonym_stays_where_one_is_or_goes_where_the_words_changed(reading_file):
    with qualcode.open(reading_file, "AK") as project:
        text = project.documents.body(project.documents.get("A-SU1"))
        project.segments.add("A-SU1", "P3", quote="It helped")
    async with workbench(reading_file, size=(80, 24)) as desk:
        await desk.press("enter")
        desk.reader.move_to(text.rindex("Tuesday"))
        await desk.press("R", "ctrl+u", *"Tuesday", "enter", "p", "enter", "enter")
        assert desk.message.startswith("Tuesday → [Person 1]")
        await desk.press("u")
        assert desk.message.startswith("Undone")
        assert desk.from_cursor(7) == "Tuesday"
        assert desk.reader.cursor == text.rindex("Tuesday")
        await desk.press("U", "g")
        await desk.press("u")
        assert "Tuesday" in desk.text


@on_screen
async def test_the_known_pseudonym_is_proposed_and_words_written_small_can_be_left(study_file):
    with qualcode.open(study_file, "AK") as project:
        project.names.add("Will", "[Wes]")
        add_interview(project, "0", ("INT", "Will you?"), ("Ben", "Will will."))
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "down", "w", "w", "R", "enter")
        assert "[Wes]" in desk.text
        await desk.press("enter")
        assert "1 written small" in desk.text
        await desk.press("c")
    assert body(study_file, "0") == "INT: [Wes] you?\nBen: [Wes] will.\n"


@on_screen
async def test_a_name_can_be_left_as_it_is(study_file):
    before = body(study_file)
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "R", "enter", "p", "enter", "escape")
        assert "No name was replaced" in desk.text
    assert body(study_file) == before


@on_screen
async def test_markup_in_names_and_texts_is_shown_and_not_obeyed(study_file):
    with qualcode.open(study_file, "AK") as project:
        add_interview(project, "0", ("INT", f"[@click=app.quit]Zed[/b]{HOSTILE}"))
    async with workbench(study_file) as desk:
        await desk.press("enter", "R", "ctrl+u")
        await desk.type("Zed")
        await desk.press("enter", "p", "enter")
        assert "[@click=app.quit]Zed[/b]" in desk.text
        assert "\x1b" not in desk.text


# -- finishing ---------------------------------------------------------------------------------------------------------


@on_screen
async def test_the_finish_sheet_tells_what_is_open_and_leads_there(study_file):
    with qualcode.open(study_file, "AK") as project:
        code = project.codes.get("P3")
        project.segments.add("A-SU1", "P3", quote="so can I", unsure="irony?")
        project.codes.redefine(code, Definition(brief="Hope, anew"))
    async with workbench(study_file, size=(80, 24)) as desk:
        await desk.press("enter", "F")
        shown = desk.text
        assert "Finish A-SU1?" in shown
        assert "Answers with nothing coded and not marked read, of 2: 1" in shown
        assert "¶2  I went home and slept." in shown
        assert "P3  irony?  “so can I”" in shown
        assert "Coded before the code was defined anew: 1" in shown
        assert "M2a Living proof  nowhere in your coding yet" in shown
        await desk.press("enter")
        reader = desk.app.reading.reader
        assert reader.page.body[reader.cursor :].startswith("I went home")
        await desk.press("F", "tab", "down", "enter")
        assert reader.page.body[reader.cursor :].startswith("so can I")


@on_screen
async def test_a_document_is_finished_and_a_second_time_refused(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "F", "F")
        assert "your round 1 sealed" in desk.text
        await desk.press("F", "F")
        assert "finished it already" in desk.text
        await desk.press("D")
        assert "100 %" in next(line for line in desk.lines if "A-SU1" in line)
    with qualcode.open(study_file) as project:
        assert [each.number for each in project.coders.finished()] == [1]


@on_screen
async def test_the_sheet_is_left_or_leads_to_a_code_or_a_memo(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "F", "escape")
        assert "Finish A-SU1?" not in desk.text
        await desk.press("F", "end", "enter")
        assert "Memo on A-SU1" in desk.text
        await desk.type("done")
        await desk.press("ctrl+s", "F")
        assert "1 memo on the document" in desk.text
        row = next(y for y, line in enumerate(desk.lines) if "X Other" in line)
        await desk.click(20, row, times=2)
        assert "Other" in desk.text
        assert "Finish A-SU1?" not in desk.text.splitlines()[0]
    with qualcode.open(study_file) as project:
        assert project.coders.finished() == []


# -- memos -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def noted_file(study_file):
    with qualcode.open(study_file, "AK") as project:
        segment = project.segments.add("A-SU1", "P3", quote="I went home")
        claim = project.claims.add("A-SU1", "M2a", "P3", quote="so can I")
        project.memos.add("On the whole.", document=project.documents.get("A-SU1").id)
        project.memos.add(f"Home again.{HOSTILE}[/b]", segment=segment.id)
        project.memos.add("A claim!", claim=claim.id)
    with qualcode.open(study_file, "BX") as project:
        project.memos.add("Of Bea.", document=project.documents.get("A-SU1").id)
    return study_file


@on_screen
async def test_memos_are_listed_and_gone_to(noted_file):
    async with workbench(noted_file, size=(80, 24)) as desk:
        await desk.press("enter", "M")
        for words in ("On the whole.", "Home again.", "A claim!", "Of Bea."):
            assert words in desk.text
        assert "\x1b" not in desk.text
        await desk.press("home", "down", "enter")
        reader = desk.app.reading.reader
        assert reader.page.body[reader.cursor :].startswith("I went home")
        await desk.press("M")
        assert "Home again." in "".join(desk.lines[-12:])


@on_screen
async def test_own_memos_are_changed_made_private_and_removed(noted_file):
    async with workbench(noted_file) as desk:
        await desk.press("enter", "M", "e")
        await desk.type(" Truly.")
        await desk.press("ctrl+s")
        assert "On the whole. Truly." in desk.text
        await desk.press("p")
        assert "analytic, private" in desk.text
        await desk.press("x")
        assert "On the whole" not in desk.text
        await desk.press("escape", "u")
    with qualcode.open(noted_file, "AK") as project:
        (memo,) = [each for each in project.memos.find() if "whole" in each.body]
        assert (memo.body, memo.private) == ("On the whole. Truly.", True)


@on_screen
async def test_control_characters_in_a_memo_survive_its_editing_and_anothers_is_refused(noted_file):
    async with workbench(noted_file) as desk:
        await desk.press("enter", "M", "down", "e", "up", "up", "home")
        await desk.type("Oh. ")
        await desk.press("ctrl+s", "end", "e")
        assert "by the one who wrote it" in desk.text
        await desk.press("x")
        assert "by the one who wrote it" in desk.text
    with qualcode.open(noted_file, "AK") as project:
        assert f"Oh. Home again.{HOSTILE}[/b]" in [each.body for each in project.memos.find()]
        assert "Of Bea." in [each.body for each in project.memos.find()]


@on_screen
async def test_without_memos_one_is_told_how_to_write_one(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "M")
        assert "no memo on this document yet" in desk.text


@on_screen
async def test_a_name_with_a_control_in_it_is_found_as_it_stands(study_file):
    with qualcode.open(study_file, "AK") as project:
        add_interview(project, "0", ("INT", "Zo\u200fe came."))
    async with workbench(study_file) as desk:
        await desk.press("enter")
        reader = desk.app.reading.reader
        reader.select_span(5, 9)
        await desk.press("R", "enter", "p", "enter")
        assert "1 place in 1 document" in desk.text
        await desk.press("enter")
    assert body(study_file, "0") == "INT: [Person 1] came.\n"


@on_screen
async def test_a_long_memo_is_read_to_its_end(study_file):
    with qualcode.open(study_file, "AK") as project:
        words = "\n".join(f"line {number}" for number in range(12))
        project.memos.add(words, document=project.documents.get("A-SU1").id)
    async with workbench(study_file, size=(80, 24)) as desk:
        await desk.press("enter", "M")
        assert "line 11" not in "\n".join(desk.lines[14:])
        await desk.press("right", "right")
        assert "line 11" in "\n".join(desk.lines[12:])
        await desk.press("left", "left")
        assert "analytic" in desk.text
