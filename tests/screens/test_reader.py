"""Reading: where the cursor goes and what is selected, by keys of both keymaps and by the mouse, as it is seen."""

import pytest
from textual.events import MouseScrollDown

import qualcode
from qualcode.tui.actions import KEYMAPS
from tests.screens.driving import on_screen, workbench

FIRST = "Well, if she can do it, so can I, I thought."

MOVES = (
    ("right", "NT: How was"),
    ("left", "INT: How was"),
    ("down", "Ann: Well, i"),
    ("up", "INT: How was"),
    ("word_right", "How was it f"),
    ("word_right", "was it for y"),
    ("word_left", "How was it f"),
    ("turn_on", "Well, if she"),
    ("turn_back", "How was it f"),
    ("sentence_on", "Well, if she"),
    ("sentence_on", "It helped."),
    ("sentence_back", "Well, if she"),
    ("line_start", "Ann: Well, i"),
    ("word_right", "Well, if she"),
    ("turn_back", "How was it f"),
    ("line_end", ""),
    ("left", "?"),
    ("page_up", "?"),
    ("bottom", ""),
    ("top", "INT: How was"),
)
"""Action -> what then stands at the cursor; it begins at the beginning."""


@pytest.mark.parametrize("keys", KEYMAPS)
@on_screen
async def test_every_move_puts_the_cursor_on_what_it_promises(reading_file, keys):
    async with workbench(reading_file, keys=keys) as desk:
        await desk.press("enter")
        for action, seen in MOVES:
            await desk.do(action, keys)
            assert desk.from_cursor().startswith(seen), action
        assert "A-SU1" in desk.lines[0]


@on_screen
async def test_a_page_on_shows_other_words_and_the_end_shows_the_last(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "space")
        assert "How was it for you?" not in desk.text
        await desk.press("G")
        assert "And in week 23?" in desk.text
        assert "100 % through" in desk.text
        await desk.press("g")
        assert "How was it for you?" in desk.text


@pytest.mark.parametrize("keys", KEYMAPS)
@on_screen
async def test_selecting_by_keys(reading_file, keys):
    async with workbench(reading_file, keys=keys) as desk:
        await desk.press("enter")
        await desk.do("turn_on", keys)
        await desk.do("turn_on", keys)
        for action, chosen in (
            ("select", "W"),
            ("word_right", "Well"),
            ("word_right", "Well, if"),
            ("other_end", "Well, if"),
            ("right", "ell, if"),
            ("left", "Well, if"),
            ("other_end", "Well, if"),
            ("select", "Well, if"),
            ("drop", ""),
        ):
            await desk.do(action, keys)
            assert desk.chosen == chosen, action
        assert "selected" not in desk.text


@on_screen
async def test_selecting_with_shift_a_sentence_a_turn_an_answer(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter")
        await desk.do("turn_on")
        await desk.do("turn_on")
        for action, chosen in (
            ("extend_right", "W"),
            ("extend_word_right", "Well"),
            ("extend_word_right", "Well, if"),
            ("extend_word_left", "Well,"),
            ("extend_left", "Well,"),
            ("drop", ""),
        ):
            await desk.do(action)
            assert desk.chosen == chosen, action
        await desk.do("turn_back")
        await desk.do("extend_down")
        assert desk.chosen.startswith("Well, if")
        assert desk.chosen.endswith("INT:")
        await desk.do("extend_up")
        assert desk.chosen == ""
        for action, chosen in (
            ("select_sentence", FIRST),
            ("select_sentence", f"{FIRST} It helped."),
            ("drop", ""),
            ("turn_back", ""),
            ("select_turn", f"{FIRST} It helped."),
            ("drop", ""),
        ):
            await desk.do(action)
            assert desk.chosen == chosen, action
        await desk.do("turn_back")
        await desk.do("select_answer")
        assert desk.chosen == f"{FIRST} It helped."
        await desk.do("select_answer")
        assert "And in week 1?" in desk.chosen


@on_screen
async def test_on_a_speakers_label_it_is_their_words_that_are_selected_or_coded(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down")
        assert desk.from_cursor(4) == "Ann:"
        for action, chosen in (
            ("select_sentence", FIRST),
            ("select_turn", f"{FIRST} It helped."),
            ("select_answer", f"{FIRST} It helped."),
        ):
            await desk.do(action)
            assert desk.chosen == chosen, action
            await desk.press("escape", "g", "down")
        await desk.press("C", *"p3")
        assert desk.message.startswith("P3 Hope: “Well, if she")
        await desk.press("g", "z")
        assert desk.from_cursor(4) == "Well", "in a question: on to the answer, nothing is marked"
        await desk.press("g", "down", "z")
        assert desk.message == "¶1 read"
    with qualcode.open(reading_file, "AK") as project:
        (segment,) = project.segments.find()
        (mark,) = project.progress.marks(project.documents.get("A-SU1"))
        assert (segment.start, segment.end) == (30, mark.end)
        assert mark.start < 30, "the question was read with its answer"


@on_screen
async def test_the_selection_is_seen_and_its_words_are_counted(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "s")
        assert " 11 words selected" in desk.text
        x, y = desk.at("if she can")
        assert desk.style_at(x, y).bgcolor == desk.app.ink.over("selected").bgcolor
        x, y = desk.at("It helped")
        assert desk.style_at(x + 3, y).bgcolor == desk.app.ink.over("text").bgcolor


@on_screen
async def test_the_mouse_puts_the_cursor_selects_a_word_and_a_turn(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter")
        x, y = desk.at("can do it")
        await desk.click(x + 1, y)
        assert desk.from_cursor(8) == "an do it"
        assert desk.chosen == ""
        await desk.click(x + 1, y, times=2)
        assert desk.chosen == "can"
        await desk.click(x + 1, y, times=3)
        assert desk.chosen == f"{FIRST} It helped."
        await desk.click(x + 1, y)
        assert desk.chosen == ""
        await desk.click(x + 6, y, shift=True)
        assert desk.chosen == "an do"


@on_screen
async def test_dragging_beyond_the_edge_moves_the_text_on(reading_file):
    async with workbench(reading_file, size=(100, 24)) as desk:
        await desk.press("enter")
        x, y = desk.at("can do it")
        await desk.pilot.mouse_down(offset=(x, y))
        await desk.pilot.hover(offset=(x, 22))
        for _ in range(100):
            if "And in week 3?" in desk.chosen:
                break
            await desk.pilot.pause(0.05)
        await desk.pilot.mouse_up(offset=(x, 22))
        top, chosen = desk.reader.scroll_offset.y, desk.chosen
        await desk.pilot.pause(0.15)
        assert (desk.reader.scroll_offset.y, desk.chosen) == (top, chosen)
        assert top > 0
        assert chosen.startswith("can do it")
        assert "And in week 3?" in chosen


@on_screen
async def test_dragging_back_selects_as_well(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter")
        x, y = desk.at("can do it")
        await desk.drag((x + 6, y), (x + 2, y), (x, y))
        assert desk.chosen == "can do"


@on_screen
async def test_the_wheel_moves_the_text_and_the_next_key_comes_back_to_the_cursor(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter")
        for _ in range(6):
            await desk.pilot._post_mouse_events([MouseScrollDown], offset=(40, 10))
        await desk.pilot.pause()
        assert "How was it for you?" not in desk.text
        assert desk.reader.cursor == 0
        await desk.press("right")
        assert desk.from_cursor() == "NT: How was"


@on_screen
async def test_the_same_words_stay_in_sight_at_another_size(reading_file):
    async with workbench(reading_file, size=(120, 40)) as desk:
        await desk.press("enter", *["space"] * 2)
        await desk.do("turn_on")
        seen = desk.from_cursor(20)
        for size in ((80, 24), (60, 12), (20, 6), (2, 2), (200, 60), (100, 30)):
            await desk.pilot.resize_terminal(*size)
            await desk.pilot.pause()
        assert seen
        assert desk.from_cursor(20) == seen


@on_screen
async def test_it_opens_again_at_the_place_in_each_document(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "space")
        await desk.do("turn_on")
        long = desk.reader.cursor
        await desk.press("D", "down", "enter", "down")
        short = desk.reader.cursor
        assert "B-ST1" in desk.lines[0]
        await desk.press("Q")
    async with workbench(reading_file) as desk:
        assert "B-ST1" in desk.lines[0]
        assert desk.reader.cursor == short > 0
        await desk.press("D", "up", "enter")
        assert "A-SU1" in desk.lines[0]
        assert desk.reader.cursor == long > 0
