"""Two interviews of one person side by side, each codable; the same code in the other wave and the next interview."""

import pytest

import qualcode
from qualcode.tui.palette import places as places_of
from tests.builders import add_interview
from tests.command_line import HOSTILE
from tests.screens.driving import on_screen, workbench
from tests.screens.test_coding import coded


@pytest.fixture
def waves_file(study_file):
    """A-SU1 (wave 1), A-SU2 (wave 2) of one person; D, a dyad of her and somebody who speaks in E too."""
    with qualcode.open(study_file, "AK") as project:
        ann, ben = project.people.add("P-Ann"), project.people.add("P-Ben")
        second = add_interview(
            project, "A-SU2", ("INT", "And now?"), ("Ann", f"It is better.{HOSTILE} I hope. Well."), wave="2"
        )
        dyad = add_interview(project, "D", ("INT", "You two?"), ("Ann", "Yes we are."), ("Ben", "No we are not."))
        alone = add_interview(project, "E", ("INT", "You?"), ("Ben", "Me."))
        first = project.documents.get("A-SU1")
        project.documents.place(first, wave="1")
        for document, label, person in (
            (first, "Ann", ann), (second, "Ann", ann), (dyad, "Ann", ann), (dyad, "Ben", ben), (alone, "Ben", ben)
        ):  # fmt: skip
            project.documents.set_speaker(document, label, "participant", person.id)
    return study_file


def beside(desk):
    return [reader.page.document.name for reader in desk.app.screen.query("Reader").results()]


@on_screen
async def test_the_other_wave_is_shown_beside_and_both_are_coded(waves_file):
    async with workbench(waves_file) as desk:
        await desk.press("enter", "down", "W")
        assert "P-Ann, wave 2: A-SU2" in desk.text
        await desk.press(next(key for key in "123" if f" {key}  P-Ann, wave 2" in desk.text))
        assert beside(desk) == ["A-SU1", "A-SU2"]
        first, second = desk.app.screen.query("Reader").results()
        assert first.region.y == second.region.y
        assert first.region.x < second.region.x
        assert "\x1b" not in desk.text
        await desk.press("c", "m", "2", "a")
        assert "▶ A-SU1" in desk.text
        await desk.press("apostrophe")
        assert "▶ A-SU2" in desk.text
        await desk.press("down", "c", "p", "3")
        await desk.press("apostrophe", "full_stop")
        assert "▶ A-SU1" in desk.text
    found = coded(waves_file)
    assert ("M2a", "Well, if she can do it, so can I, I thought.") in found
    assert ("P3", "Well, if she can do it, so can I, I thought.") in found
    assert ("P3", f"It is better.{HOSTILE}") in found or ("P3", f"It is better.{HOSTILE} I hope.") in found


@on_screen
async def test_a_click_changes_sides_and_undo_and_correcting_work_there(waves_file):
    async with workbench(waves_file) as desk:
        await desk.press("enter", "down", "W", "1")
        second = list(desk.app.screen.query("Reader").results())[1]
        await desk.click(second.region.x + 20, second.region.y + 1)
        assert desk.app.screen.reader is second
        await desk.press("C", "x")
        assert len(coded(waves_file)) == 1
        await desk.press("u")
        assert coded(waves_file) == []
        await desk.press("e")
        await desk.type("Oh ")
        await desk.press("ctrl+s", "enter")
        assert second.page.document.version == 2
        assert desk.app.screen.reader is second


@on_screen
async def test_on_a_narrow_screen_they_stand_one_above_the_other(waves_file):
    async with workbench(waves_file, size=(80, 24)) as desk:
        await desk.press("enter", "down", "W", "1")
        first, second = desk.app.screen.query("Reader").results()
        assert first.region.x == second.region.x
        assert first.region.bottom <= second.region.y
        assert first.region.height >= 7
        assert second.region.height >= 7


@on_screen
async def test_in_a_dyad_one_is_asked_which_unless_one_of_them_speaks_at_the_cursor(waves_file):
    async with workbench(waves_file) as desk:
        await desk.press("down", "down", "enter")
        assert "› D" in desk.text
        await desk.press("W")
        assert "P-Ann, wave 1: A-SU1" in desk.text
        assert "P-Ben, E" in desk.text
        await desk.press("escape", "down", "down", "W")
        assert beside(desk) == ["D", "E"]
        await desk.press("W")
        assert beside(desk) == ["D"]


@on_screen
async def test_going_back_to_one_text_stays_at_the_place_of_the_side_one_was_in(waves_file):
    async with workbench(waves_file) as desk:
        await desk.press("enter", "down", "W", "1", "apostrophe", "down", "right", "right")
        name, at = desk.app.screen.reader.page.document.name, desk.app.screen.reader.cursor
        await desk.press("W")
        reader = desk.app.reading.reader
        assert (reader.page.document.name, reader.cursor) == (name, at)


@on_screen
async def test_who_speaks_nowhere_else_is_told(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "W")
        assert "no other document" in desk.text


@pytest.fixture
def same_file(waves_file):
    with qualcode.open(waves_file, "AK") as project:
        project.segments.add("A-SU1", "P3", quote="so can I")
        project.segments.add("A-SU2", "P3", quote="I hope")
        project.segments.add("E", "P3", quote="Me.")
    with qualcode.open(waves_file, "BX") as project:
        project.segments.add("D", "P3", quote="Yes we are.")
    return waves_file


@on_screen
async def test_the_same_code_is_found_in_the_next_and_previous_interview_by_name(same_file):
    async with workbench(same_file) as desk:
        await desk.press("enter", "right_square_bracket", "q", "down", *["w"] * 6, "right", "right")
        screen = desk.app.reading
        screen.reader.move_to(screen.reader.page.body.index("so can I"))
        await desk.press("right_square_bracket", "c")
        assert screen.reader.page.document.name == "A-SU2"
        assert screen.reader.page.body[screen.reader.cursor :].startswith("I hope")
        await desk.press("right_square_bracket", "c")
        assert screen.reader.page.document.name == "E"  # what BX has coded in D is not shown
        await desk.press("right_square_bracket", "c")
        assert "No same code after this" in desk.text
        await desk.press("left_square_bracket", "c", "left_square_bracket", "c")
        assert screen.reader.page.document.name == "A-SU1"
        await desk.press("backspace")
        assert screen.reader.page.document.name == "A-SU2"


@on_screen
async def test_the_same_code_is_found_in_the_other_wave_first(same_file):
    async with workbench(same_file) as desk:
        await desk.press("enter", "down", "W")
        await desk.press(next(key for key in "123" if f" {key}  P-Ann, wave 2" in desk.text))
        first, second = desk.app.screen.query("Reader").results()
        first.move_to(first.page.body.index("so can I"))
        await desk.press("right_square_bracket", "c")
        assert desk.app.screen.reader is second
        assert second.page.body[second.cursor :].startswith("I hope")


@on_screen
async def test_the_other_wave_opens_where_it_has_the_code_one_stands_on(same_file):
    async with workbench(same_file) as desk:
        await desk.press("enter")
        reader = desk.app.reading.reader
        reader.move_to(reader.page.body.index("so can I"))
        await desk.press("W")
        await desk.press(next(key for key in "123" if f" {key}  P-Ann, wave 2" in desk.text))
        _, second = desk.app.screen.query("Reader").results()
        assert second.page.body[second.cursor :].startswith("I hope")


@on_screen
async def test_help_and_footer_know_what_can_be_done_there(waves_file):
    async with workbench(waves_file, size=(120, 40)) as desk:
        await desk.press("enter", "down", "W", "1", "question_mark")
        await desk.press("end")
        await desk.press("escape")
        places = list(places_of(desk.app.screen))
        assert places == ["coding", "sides", "reader"]
        shown = [each for each in desk.app.screen.active_bindings.values() if each.binding.action == "code"]
        assert len(shown) == 1
        await desk.press("c", "m", "2", "a")
    assert len(coded(waves_file)) == 1
