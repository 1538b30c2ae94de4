"""Coding an interview from its first answer to its last: what came up when somebody sat down and did it."""

import qualcode
from tests.builders import add_interview
from tests.screens.driving import on_screen, workbench
from tests.screens.test_coding import coded


def marks(path):
    with qualcode.open(path, "AK") as project:
        document = project.documents.get("A-SU1")
        body = project.documents.body(document)
        return [(body[each.start : each.end], each.is_empty) for each in project.progress.marks(document)]


@on_screen
async def test_read_on_is_about_the_answer_that_is_selected_not_the_one_after_it(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "a", "z")
        assert "¶1 read, nothing here" in desk.message
        assert "¶2 of 2" in desk.lines[0]
    ((words, is_empty),) = marks(study_file)
    assert words.startswith("INT: How was it")
    assert words.endswith("so can I, I thought.")
    assert is_empty


@on_screen
async def test_an_answer_with_coding_is_read_but_not_empty(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "c", "p", "3", "z")
        assert desk.message == "¶1 read"
    assert [is_empty for _, is_empty in marks(study_file)] == [False]


@on_screen
async def test_an_answer_read_with_nothing_in_it_can_be_seen(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "z")
        assert "✓¶1" in desk.text
        await desk.press("u")
        assert "✓" not in desk.text


@on_screen
async def test_whole_answer_codes_the_one_that_is_selected(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "a", "C", "p", "3")
    ((_, words),) = coded(study_file)
    assert words.startswith("Well")


@on_screen
async def test_sentence_by_sentence_the_interviewer_is_passed_over_and_the_answer_is_the_end(study_file):
    with qualcode.open(study_file, "AK") as project:
        add_interview(
            project, "0", ("INT", "How was it?"), ("Ann", "Good."), ("INT", "Right."), ("Ann", "Very good. Yes."),
            ("INT", "And then?"), ("Ann", "Nothing."),
        )  # fmt: skip
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "s", "s")
        assert desk.chosen == "Good.\nINT: Right.\nAnn: Very good."
        await desk.press("s", "s", "s")
        assert desk.chosen.endswith("Yes.")


@on_screen
async def test_whoever_codes_the_interviewers_words_is_told(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "c", "p", "3")
        assert "the interviewer's words" in desk.message
        await desk.press("down", "c", "p", "3")
        assert "the interviewer's words" not in desk.message


@on_screen
async def test_words_are_selected_whole(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "s", "escape", "left_parenthesis", "v", "ctrl+right")
        assert desk.chosen == "Well"
        await desk.press("ctrl+right", "ctrl+right")
        assert desk.chosen == "Well, if she"
        await desk.press("escape", "left_parenthesis", "ctrl+shift+right", "ctrl+shift+right")
        assert desk.chosen == "Well, if"


@on_screen
async def test_once_coded_moving_no_longer_widens_the_selection(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "s", "escape", "left_parenthesis", "v", "ctrl+right", "c", "p", "3")
        assert desk.chosen == "Well"
        await desk.press("z")
        assert desk.chosen == ""


@on_screen
async def test_a_jump_shows_the_whole_answer(reading_file):
    async with workbench(reading_file, size=(100, 30)) as desk:
        await desk.press("enter")
        for _ in range(23):
            await desk.press("right_square_bracket", "right_square_bracket")
            answer = next(each for each in desk.reader.page.answers if each.start == desk.reader.cursor)
            last = desk.reader.layout_now.row_of(answer.end - 1) - desk.reader.scroll_offset.y
            assert last < desk.reader.size.height
        await desk.press("left_square_bracket", "left_square_bracket")
        assert "¶22 of 24" in desk.lines[0]


@on_screen
async def test_one_passage_is_one(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "c", "p", "3")
        assert " 1 passage, mine" in desk.lines[0]


@on_screen
async def test_recent_codes_stand_there_while_words_are_selected(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "c", "p", "3", "s")
        line = next(line for line in desk.lines if "selected" in line)
        assert line.endswith("1 P3")


@on_screen
async def test_a_digit_takes_a_code_from_the_top_of_the_list(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "c", "p", "3", "c", "x", "z", "C")
        assert "1┃ X" in desk.text
        await desk.press("2")
    assert [code for code, _ in coded(study_file)].count("P3") == 2


@on_screen
async def test_a_digit_that_begins_a_codes_key_finds_that_code(study_file):
    with qualcode.open(study_file, "AK") as project:
        project.codes.add("1a", "First")
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "c", "p", "3", "c", "1", "a")
    assert sorted(code for code, _ in coded(study_file)) == ["1a", "P3"]


@on_screen
async def test_a_long_short_name_does_not_run_into_the_name(study_file):
    with qualcode.open(study_file, "AK") as project:
        project.codes.add("WAYFFOR", "what are you for")
    async with workbench(study_file) as desk:
        await desk.press("enter", "c")
        assert "WAYFFOR what are you for" in desk.text


@on_screen
async def test_while_something_is_asked_only_its_keys_are_offered(study_file):
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("enter", "right_square_bracket")
        assert desk.lines[-1] == "esc Leave"
        await desk.press("escape", "m")
        assert sorted(desk.lines[-1].split()) == ["Keep", "Leave", "^s", "esc"]
        await desk.press("escape")
        assert "Find code" in desk.lines[-1]


@on_screen
async def test_a_choice_is_not_torn_apart_at_the_end_of_a_line(study_file):
    async with workbench(study_file, size=(80, 24)) as desk:
        await desk.press("enter", "down", "greater_than_sign")
        await desk.type("m2ap3")
        assert any(" t  tense …" in line for line in desk.lines)
        assert any(" s  standing …" in line for line in desk.lines)


@on_screen
async def test_the_finish_sheet_begins_at_its_top(reading_file):
    async with workbench(reading_file, size=(100, 30)) as desk:
        await desk.press("enter", "F")
        assert "% of the text coded or read" in desk.text
        assert "Answers with nothing coded and not marked read, of 24" in desk.text


@on_screen
async def test_another_sign_in_the_margin_does_not_move_the_text(study_file):
    async with workbench(study_file, size=(100, 30)) as desk:
        await desk.press("enter", "down", "c", "p", "3")
        before = desk.at("Ann: Well")
        await desk.press("minus", "asterisk")
        assert desk.at("Ann: Well") == before


@on_screen
async def test_the_head_tells_where_back_leads_to(reading_file):
    async with workbench(reading_file, size=(100, 30)) as desk:
        await desk.press("enter")
        assert "⌫" not in desk.lines[0]
        await desk.press("down", *["right_square_bracket"] * 4)
        assert desk.lines[0].endswith("⌫ ¶–")
        await desk.press("slash")
        await desk.type("week 12")
        await desk.press("enter")
        assert desk.lines[0].endswith("⌫ ¶2 ‹ ¶–")
        await desk.press("backspace")
        assert desk.lines[0].endswith("⌫ ¶–")
        assert "¶2 of" in desk.lines[0]
        await desk.press("D", "down", "enter")
        assert desk.lines[0].endswith("⌫ A-SU1 ‹ A-SU1")


@on_screen
async def test_what_is_undone_is_told_by_its_names(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "z", "u")
        assert desk.message == "Undone: mark read (A-SU1)"
        await desk.press("down", "c", "p", "3", "u")
        assert desk.message == "Undone: add segments (A-SU1, P3)"
