"""The list of documents: what is pressed or clicked there, and that what it shows is safe and whole."""

import pytest

import qualcode
from qualcode.tui.screens.documents import DocumentsScreen
from tests.screens.driving import on_screen, workbench
from tests.screens.places import HOSTILE, click_key, click_on, document, fill_in, place_of


@pytest.fixture
def shelf_file(study_file):
    """A-SU1 (one person, coded), A-10 and A-2 (nobody known); A-2 is finished."""
    with qualcode.open(study_file, "AK") as project:
        document(project, "A-10")
        document(project, "A-2")
        ann = project.people.add("Ann", "North", {"-": "SU"})
        project.documents.set_speaker(project.documents.get("A-SU1"), "Ann", "participant", ann.id)
        project.segments.add(project.documents.get("A-SU1").id, "P3", span=(30, 40))
        project.coders.finish(project.documents.get("A-2"))
    return study_file


def order(desk):
    names = ("A-SU1", "A-10", "A-2", "B-2")
    return [line.split()[0] for line in desk.lines if line.split() and line.split()[0] in names]


def names(path):
    with qualcode.open(path) as project:
        return sorted(each.name for each in project.documents)


@on_screen
async def test_each_document_tells_who_speaks_and_how_far_one_has_come(shelf_file):
    async with workbench(shelf_file) as desk:
        line = next(line for line in desk.lines if line.startswith(" A-SU1"))
        assert "Ann SU North" in line
        assert line.split()[-6:] == ["%", "1", "·", "·", "·", "begun"]
        assert next(line for line in desk.lines if line.startswith(" A-2 ")).endswith("done r1")
        assert next(line for line in desk.lines if line.startswith(" A-10")).endswith("–")


@on_screen
async def test_names_are_sorted_as_people_count(shelf_file):
    async with workbench(shelf_file) as desk:
        assert order(desk) == ["A-2", "A-10", "A-SU1"]
        await desk.press("b")
        assert order(desk) == ["A-SU1", "A-10", "A-2"]


@on_screen
async def test_s_sorts_by_the_next_column_and_a_click_on_a_head_by_that_one(shelf_file):
    async with workbench(shelf_file) as desk:
        await desk.press("s")
        assert "who↑" in desk.text
        x, y = place_of(desk, "coded   unsure")
        await desk.click(x, y)
        assert "coded↓" in desk.text
        assert order(desk)[0] == "A-SU1"
        await desk.click(x, y)
        assert "coded↑" in desk.text
        assert order(desk)[-1] == "A-SU1"


@on_screen
async def test_the_current_row_stays_on_its_document(shelf_file):
    async with workbench(shelf_file) as desk:
        await desk.press("end")
        with qualcode.open(shelf_file, "AK") as project:
            document(project, "B-2")
        desk.app.screen.follow()
        await desk.press("b", "enter")
        assert desk.app.reading.place.document == 1  # A-SU1


@on_screen
async def test_typing_narrows_the_list_and_escape_widens_it_again(shelf_file):
    async with workbench(shelf_file) as desk:
        await desk.press("slash")
        await desk.type("ann north")
        assert order(desk) == ["A-SU1"]
        await desk.press("enter", "enter")
        assert desk.app.reading is not None
        await desk.press("D")
        assert order(desk) == ["A-SU1"]
        await desk.press("escape")
        assert len(order(desk)) == 3


@on_screen
async def test_the_unfinished_and_the_finished_are_shown_apart(shelf_file):
    async with workbench(shelf_file) as desk:
        await desk.press("t")
        assert order(desk) == ["A-10", "A-SU1"]
        await click_key(desk, "Unfinished")
        assert order(desk) == ["A-2"]
        await desk.press("t")
        assert len(order(desk)) == 3


@on_screen
async def test_where_nothing_fits_it_says_so(shelf_file):
    async with workbench(shelf_file) as desk:
        await desk.press("slash")
        await desk.type("zzz")
        assert "No document is like that" in desk.text
        await desk.press("enter", "enter", "r", "x")
        assert "There is no document here" in desk.text


@on_screen
async def test_a_document_is_renamed_by_key_or_mouse_and_it_can_be_undone(shelf_file):
    async with workbench(shelf_file) as desk:
        await click_on(desk, "A-10")
        await click_key(desk, "Rename")
        await fill_in(desk, "B-2")
        assert names(shelf_file) == ["A-2", "A-SU1", "B-2"]
        await desk.press("u")
        assert names(shelf_file) == ["A-10", "A-2", "A-SU1"]
        await desk.press("r")
        await fill_in(desk, "a-2")
        assert "there is a document called A-2 already" in desk.text


@on_screen
async def test_a_document_is_put_into_a_wave(shelf_file):
    async with workbench(shelf_file) as desk:
        await desk.press("w")
        await fill_in(desk, "2")
        with qualcode.open(shelf_file) as project:
            assert project.documents.get("A-2").wave == "2"


@on_screen
async def test_only_a_document_in_which_nobody_is_known_is_put_under_a_case(shelf_file):
    async with workbench(shelf_file) as desk:
        await desk.press("c")
        await fill_in(desk, "South")
        assert next(line for line in desk.lines if line.startswith(" A-2 ")).split()[1] == "South"
        await desk.press("end", "c")
        assert "People speak in A-SU1" in desk.text


@on_screen
async def test_a_document_is_taken_out_after_a_question_and_comes_back(shelf_file):
    async with workbench(shelf_file) as desk:
        await desk.press("end", "x", "n")
        assert len(names(shelf_file)) == 3
        await desk.press("x", "y")
        assert names(shelf_file) == ["A-10", "A-2"]
        await desk.press("u")
        assert len(names(shelf_file)) == 3


@on_screen
async def test_a_double_click_opens(shelf_file):
    async with workbench(shelf_file) as desk:
        await desk.click(*place_of(desk, "A-SU1"), times=2)
        assert desk.app.reading is not None


@pytest.mark.parametrize("width", [40, 80, 120, 200])
@on_screen
async def test_numbers_are_never_cut_and_names_are_there_at_any_width(shelf_file, width):
    with qualcode.open(shelf_file, "AK") as project:
        for number in range(120):
            project.segments.add(2, "P3", span=(number % 20, number % 20 + 1 + number // 20))
    async with workbench(shelf_file, size=(width, 24)) as desk:
        line = next(line for line in desk.lines if line.startswith(" A-10"))
        assert " 120 " in line
        assert line.endswith("begun")
        assert all(len(line) <= width for line in desk.lines)


@on_screen
async def test_hostile_names_are_shown_and_do_nothing(shelf_file):
    with qualcode.open(shelf_file, "AK") as project:
        for name in HOSTILE:
            document(project, name, words=name)
    async with workbench(shelf_file, size=(80, 24)) as desk:
        assert "[@click=app.quit]x" in desk.text
        assert "[b]bold" in desk.text
        assert "␛[31mred␇" in desk.text
        assert "◦esrever" in desk.text
        assert not set(desk.text) & set("\x1b\x07\u202e")
        for _ in HOSTILE:
            await desk.press("r", "escape", "x", "n", "down")
        await desk.press("end", "r")
        assert isinstance(desk.app.screen, DocumentsScreen)


@on_screen
async def test_an_empty_project_says_what_to_do(tmp_path):
    qualcode.new(tmp_path / "new.qualcode", "AK").close()
    async with workbench(tmp_path / "new.qualcode", size=(80, 24)) as desk:
        assert "I brings transcripts in" in desk.text
        await desk.press("enter", "s", "b", "t", "r", "w", "c", "x", "down", "end")
        assert isinstance(desk.app.screen, DocumentsScreen)


@on_screen
async def test_a_asks_coders_to_code_blind_and_u_takes_it_back(shelf_file):
    with qualcode.open(shelf_file, "AK") as project:
        project.coders.add("JB")
    async with workbench(shelf_file) as desk:
        await desk.press("a", "t")
        await fill_in(desk, "ak, JB")
        await desk.press("b")
        assert "AK and JB asked to code" in desk.text
        with qualcode.open(shelf_file) as project:
            asked = project.coders.assignments()
        assert {(each.coder, each.is_blind) for each in asked} == {("AK", True), ("JB", True)}
        assert len({each.document for each in asked}) == 1
        await desk.press("a", "l")
        await fill_in(desk, "JB")
        await desk.press("o")
        assert "was asked for round 1 before" in desk.text
        await desk.press("u")
    with qualcode.open(shelf_file) as project:
        assert project.coders.assignments() == []
