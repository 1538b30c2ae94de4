"""What somebody new to the workbench stumbles over: words half written, keys that do not fit, lists with nothing."""

import pytest

import qualcode
from qualcode.tui.actions import KEYMAPS
from tests.builders import add_interview
from tests.screens.driving import on_screen, workbench
from tests.screens.places import click_key, click_on
from tests.screens.test_charting import charted_study, open_chart, settle


def has_left(desk):
    return desk.app._exit or not desk.app.is_running


@pytest.mark.parametrize("keys", [("m",), ("e",)], ids=["memo", "turn"])
@on_screen
async def test_words_half_written_are_not_thrown_away_by_ctrl_q(reading_file, keys):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", *keys, "s", "o", "ctrl+q")
        assert "This is not kept yet: f2 keeps it   ctrl+q again leaves without it" in desk.text
        assert not has_left(desk)
        await desk.press("ctrl+q")
        assert has_left(desk)


@pytest.mark.parametrize("keys", [("M",), ("F",), ("question_mark",), ("ctrl+p",), ("tab", "K"), ("c",)])
@on_screen
async def test_ctrl_q_leaves_from_whatever_lies_above_the_text(coded_file, keys):
    async with workbench(coded_file) as desk:
        await desk.press("enter", "down", *keys, "ctrl+q")
        assert has_left(desk)


@on_screen
async def test_esc_warned_of_is_not_ctrl_q_warned_of_and_nothing_written_asks_nothing(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "m", "s", "escape")
        assert "esc again leaves without it" in desk.text
        await desk.press("ctrl+q")
        assert not has_left(desk)
        await desk.press("escape", "m", "ctrl+q")
        assert has_left(desk)


@on_screen
async def test_a_summary_half_written_comes_up_before_one_leaves(tmp_path):
    async with workbench(charted_study(tmp_path), size=(100, 30)) as desk:
        await open_chart(desk)
        await desk.press("enter")
        await settle(desk)
        await desk.type("Ann")
        await desk.press("tab", "o", "Q")
        assert "ctrl+q again leaves without it" in desk.message
        assert "yours: none yet" in desk.text
        await desk.press("ctrl+q")
        assert has_left(desk)


@on_screen
async def test_a_code_without_a_kind_says_how_it_gets_one(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "c", "x", "at")
        await desk.until("neither")
        assert "Say its kind: f3 in the workbench, or: qualcode codebook change X --kind" in desk.message


@pytest.mark.parametrize("keys", KEYMAPS)
@on_screen
async def test_escape_drops_what_is_held_and_tells_or_goes_back(reading_file, keys):
    async with workbench(reading_file, keys=keys) as desk:
        await desk.press("enter", "s", "escape")
        assert "A-SU1" in desk.lines[0]
        assert not desk.reader.selection
        await desk.press("escape")
        assert desk.message == "Nothing is selected. Backspace goes back."
        await desk.press("question_mark")
        assert not any("esc" in line and "Go back" in line for line in desk.lines)
        await desk.press("escape", "P", "slash", "n", "o", "b", "o", "d", "y", "enter")
        assert "nobody" in desk.text
        await desk.press("escape")
        assert "nobody" not in desk.text
        await desk.press("escape")
        assert "A-SU1" in desk.lines[0]


@on_screen
async def test_steps_of_one_kind_are_one_place_on_the_way_back(coded_file):
    async with workbench(coded_file) as desk:
        await desk.press("home", "enter", "ctrl+home", *["right_square_bracket", "right_square_bracket"] * 5)
        assert desk.text.count("‹") == 0
        await desk.press("left_square_bracket", "left_square_bracket", "down", "right_square_bracket", "q")
        assert desk.text.count("‹") == 1
        await desk.press("backspace", "backspace")
        assert desk.reader.cursor == 0
        await desk.press("backspace")
        assert desk.app.reading is None


@on_screen
async def test_a_key_that_does_not_fit_is_told_and_changes_nothing(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "greater_than_sign", *"m2a", *"p3", "s", "m")
        assert "m is none of these keys" in desk.text
        await desk.press("h")
        assert "(hearsay)" in desk.text
        await desk.press("ctrl+k")
        assert "ctrl+k is none of these keys" in desk.text
        await desk.press("m")
        assert desk.message == "Claim: M2a → P3 mixed (hearsay)"
        await desk.press("greater_than_sign", *"m2a", *"p3", "ctrl+q")
        assert has_left(desk)


@on_screen
async def test_the_picker_by_key_says_when_it_takes(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "c")
        assert "a code's whole key takes it at once" in desk.text
        await desk.press("escape", "enter")
        assert "letters of a code; Enter takes it" in desk.text


@on_screen
async def test_help_begins_with_the_keys_of_the_place(reading_file):
    async with workbench(reading_file, size=(80, 24)) as desk:
        await desk.press("enter", "question_mark")
        assert desk.text.index("Code the selection") < 800
        assert "Read on" in desk.lines[-1]
        await desk.press("space")
        assert "Code the selection" not in desk.text
        await desk.press("escape", "P", "question_mark")
        assert "Give the person" in desk.text


@on_screen
async def test_a_new_memo_is_the_current_one(coded_file):
    async with workbench(coded_file) as desk:
        await desk.press("home", "enter", "down", "M", "m")
        await desk.type("second thoughts")
        await desk.press("f2")
        assert desk.text.count("second thoughts") == 2
        await desk.press("escape", "D", "M", "n", "p")
        await desk.type("third thoughts")
        await desk.press("f2")
        assert desk.text.count("third thoughts") == 2


@on_screen
async def test_where_nothing_is_yet_it_is_told_what_makes_the_first(tmp_path):
    with qualcode.new(tmp_path / "new.qualcode", "AK") as project:
        path = project.path
    async with workbench(path) as desk:
        for key, told in (
            ("M", "There is no memo yet. n writes one"),
            ("L", "There is no claim yet. > writes one down"),
            ("V", "Nothing is coded yet. In a text c codes"),
            ("quotation_mark", "No quote is chosen yet. * pins"),
            ("f3", "There is no code yet. n makes the first, y applies a codebook file"),
            ("P", "Nobody is known yet. I brings"),
            ("D", "There are no documents yet. I brings"),
        ):
            await desk.press(key)
            assert told in " ".join(desk.text.split()), key
            assert "filters away" not in desk.text


@on_screen
async def test_a_filter_that_leaves_nothing_says_how_it_goes(coded_file):
    async with workbench(coded_file) as desk:
        await desk.press("M", "f", "p")
        assert "Nothing fits. f x takes all filters away." in desk.text
        await desk.press("f3", "slash", "q", "q")
        assert "No code is like that" in desk.text
        await desk.press("escape", "T", "f", "q", "q", "q")
        assert "No table or figure is like that" in desk.text


@on_screen
async def test_the_palette_finds_what_is_done_elsewhere_and_leads_there(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("ctrl+p", *"milest")
        await desk.until("in the history (H): t")
        await desk.press("down", "enter")
        await desk.until("History   ")
        assert desk.message == "t in the history: Name this moment: a milestone"
        await desk.press("ctrl+p", *"qqqq")
        await desk.until("No matches found")


SOUGHT = {
    "pack": "Write the results pack",
    "results": "Write the results pack",
    "paper": "Write the results pack",
    "export": "Write exactly what is shown to a file",
    "print": "Write a transcript with its coding",
    "word": "Write the results pack",
    "backup": "Make a whole, checked copy",
    "restore": "Bring a backup back",
    "undo": "Undo your last action",
    "redo": "Redo what you undid",
    "merge": "Merge the code with another",
    "blind": "Ask coders to code the document",
    "agreement": "Go to agreement",
    "kappa": "Go to agreement",
    "encrypt": "Encrypt this project",
    "names": "Go to the names",
    "pseudonym": "Replace a name everywhere",
    "anonymise": "Go to the names",
    "search": "Search in all documents",
    "memo": "Write a memo",
    "consent": "Cite passages for publication",
    "delete": "Erase a document or a person",
    "quit": "Leave the program",
}
"""What people type, and the beginning of what they look for."""


@on_screen
async def test_the_palette_finds_what_people_look_for_by_their_own_words(reading_file):
    async with workbench(reading_file, size=(120, 50)) as desk:
        for typed, found in SOUGHT.items():
            await desk.press("ctrl+p", *typed)
            await desk.until(found)
            await desk.press("escape")


@on_screen
async def test_the_pack_is_a_few_keys_away_and_what_only_the_command_line_does_is_told(study_file):
    async with workbench(study_file, size=(120, 40)) as desk:
        await desk.press("ctrl+p", *"pack")
        await desk.until(lambda: "or the pack of all of them" in desk.text.partition("Write the results pack")[2])
        await desk.press("enter")
        await desk.until("Tables and figures")
        assert desk.message.startswith("w among the tables and figures: Write the results pack")
        await desk.press("w")
        await desk.until("results.docx")
        await desk.press("escape", "ctrl+p", *"backup")
        await desk.until("Make a whole, checked copy")
        await desk.press("enter")
        await desk.until("qualcode backup --help")


@on_screen
async def test_s_asks_for_words_everywhere_and_no_words_lead_back(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "S", "enter")
        assert desk.app.reading is desk.app.screen
        await desk.press("S", *"laughing", "enter")
        assert "laughing" in desk.lines[1]
        await desk.press("S")
        assert "Search in all documents for" in desk.text
        await desk.press("escape", "S", "ctrl+u", *"qq", "enter")
        assert "These words stand nowhere. S or / looks for others" in " ".join(desk.text.split())


@pytest.mark.parametrize("key", ["f7", "f2"])
@on_screen
async def test_words_half_written_are_not_dropped_by_going_elsewhere(reading_file, key):
    """`f7` opens another project and closes this one; from the tables, `D` drops all that lies above the documents."""
    async with workbench(reading_file) as desk:
        await desk.press("enter", "m", "s", "o", *(("f5", key) if key == "f2" else (key,)))
        assert f"This is not kept yet: f2 keeps it   {key} again leaves without it" in desk.text
        assert desk.app.screen is desk.app.reading
        if key == "f7":
            await desk.press("f7")
            assert type(desk.app.screen).__name__ == "StartScreen"
            await desk.press("escape")
        assert "so" in desk.app.screen.query_one("#ask-text").text


@on_screen
async def test_an_answer_in_which_a_third_speaks_is_told_when_all_of_it_is_coded(study_file):
    with qualcode.open(study_file, "AK") as project:
        add_interview(project, "B-SU2", ("INT", "How was it?"), ("Ann", "I was low."), ("Bob", "She was."))
    async with workbench(study_file, size=(120, 40)) as desk:
        await desk.press("down", "enter", "right_curly_bracket", "right_curly_bracket", "C", *"p3")
        assert "Ann and Bob speak in this answer: the words of all of them are coded." in " ".join(desk.message.split())
        await desk.press("u", "a")
        assert "selected, of Ann and Bob" in desk.text
        await desk.press("escape", "c", *"p3")
        assert "speak in this answer" not in desk.message


@on_screen
async def test_from_sentence_to_sentence_who_asks_is_passed_over(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "right_parenthesis")
        page, seen = desk.reader.page, []
        for _ in range(3):
            seen.append(page.body[desk.reader.cursor :][:4])
            await desk.press("right_parenthesis")
        assert seen[:2] == ["Well", "I we"]
        await desk.press("left_parenthesis", "left_parenthesis")
        assert page.body[desk.reader.cursor :].startswith(("Well", "I we"))
        assert not page.is_asked(desk.reader.cursor)


@on_screen
async def test_while_another_program_writes_the_screen_does_not_stand_still_and_words_come_back(reading_file):
    async with workbench(reading_file, size=(80, 24)) as desk:
        await desk.press("enter", "down")
        with qualcode.open(reading_file, "SG") as other, other.store.transaction():
            await desk.press("c", *"p3")
            assert "another program is writing to this project" in desk.message
            await desk.press("m")
            await desk.type("She means it")
            await desk.press("ctrl+s")
            assert "another program is writing to this project" in desk.message
            assert "write again: your words are still there" in " ".join(desk.message.split())
        await desk.press("c", *"p3", "x", "m")
        assert "She means it" in desk.text
        await desk.press("escape")
        assert "esc again leaves without it" in desk.text
        await desk.press("f2")
        assert desk.message == "Memo kept on A-SU1"
        await desk.press("m")
        assert "She means it" not in desk.text
    with qualcode.open(reading_file) as project:
        assert [each.body for each in project.memos.find()] == ["She means it"]


@on_screen
async def test_what_is_coded_into_a_file_that_was_moved_is_told_and_nothing_is_lost(reading_file):
    moved = reading_file.with_name("moved.qualcode")
    async with workbench(reading_file, size=(80, 24)) as desk:
        await desk.press("enter", "down", "c", *"p3")
        reading_file.rename(moved)
        await desk.press("c", *"m2a")
        assert "no longer where it was opened" in desk.message
        await desk.press("m", *"why", "f2")
        assert "your words are still there" in " ".join(desk.message.split())
        await desk.press("T", "D", "Q")
        assert has_left(desk)
    with qualcode.open(moved) as project:
        assert len(project.segments.find()) == 1


@on_screen
async def test_a_claim_is_written_with_the_mouse_alone_and_so_is_a_jump(reading_file):
    async with workbench(reading_file, size=(80, 24)) as desk:
        await click_on(desk, "A-SU1", times=2)
        await click_on(desk, "It helped", times=3)
        await click_key(desk, "> Leads to")
        await click_on(desk, "Living proof", times=2)
        await click_on(desk, "Hope", times=2)
        await desk.click(0, desk.at("M2a → P3")[1])
        assert "M2a → P3" in desk.text
        await click_on(desk, "lowers")
        assert desk.message == "Claim: M2a → P3 lowers"
        await click_key(desk, "] Next")
        await click_on(desk, " q ")
        assert desk.from_cursor(11) == "And in week"
        await click_on(desk, "I went home", times=2)
        await desk.press("i")
        await click_key(desk, "⏎ OK")
        await click_key(desk, "⏎ OK")
        assert desk.message.startswith("New code ")
