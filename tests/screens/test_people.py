"""People and cases: the face sheet and the tree, and what is said there."""

import pytest

import qualcode
from qualcode.tui.screens.people import PeopleScreen
from tests.screens.driving import on_screen, workbench
from tests.screens.places import HOSTILE, click_key, click_on, document, fill_in, place_of


@pytest.fixture
def cast_file(study_file):
    """Ann (SU, then PW; speaks twice) and Bob in the site North, inside Region; Cy has no case and speaks nowhere."""
    with qualcode.open(study_file, "AK") as project:
        project.waves.ensure("1")
        project.waves.ensure("2")
        project.cases.add("Region", "region")
        ann = project.people.add("Ann", "North", {"1": "SU", "2": "PW"})
        bob = project.people.add("Bob", "North", {"-": "ST"})
        project.people.add("Cy")
        project.cases.change(project.cases.get("North"), inside="Region")
        document(project, "B-1")
        document(project, "B-2")
        for name, label, person in (("A-SU1", "Ann", ann), ("B-1", "P", ann), ("B-2", "P", bob)):
            project.documents.set_speaker(project.documents.get(name), label, "participant", person.id)
        project.attributes.set("person", ann.id, [("age", "61"), ("sector", "NHS")])
        project.attributes.set("person", bob.id, [("age", "40")], "1")
    return study_file


def person(path, name):
    with qualcode.open(path) as project:
        return project.people.find(name)


def line_of(desk, name):
    return next(line.split("▕")[1] for line in desk.lines if "▕" in line and line.split("▕")[1].startswith(f" {name}"))


@on_screen
async def test_the_face_sheet_tells_role_by_wave_case_documents_and_attributes(cast_file):
    async with workbench(cast_file) as desk:
        await desk.press("P")
        assert line_of(desk, "Ann").split() == ["Ann", "1", "SU", "·", "2", "PW", "North", "2", "61", "NHS"]
        assert line_of(desk, "Cy").split() == ["Cy", "–", "–", "·", "·", "·"]


@on_screen
async def test_the_tree_counts_people_and_documents_with_all_inside_and_narrows_the_list(cast_file):
    async with workbench(cast_file) as desk:
        await desk.press("P")
        tree = [line.split("▕")[0].split() for line in desk.lines if "▕" in line and line.split("▕")[0].split()]
        assert tree[1:] == [["all", "3", "3"], ["Region", "2", "3"], ["North", "2", "3"], ["no", "case", "1", "0"]]
        await desk.press("tab", "end")
        assert "1 shown" in desk.lines[0]
        assert "Cy" in desk.text
        assert "Ann" not in desk.text
        await click_on(desk, "North")
        assert "2 shown" in desk.lines[0]
        await desk.press("escape")
        assert "shown" not in desk.lines[0]


@on_screen
async def test_filter_and_order(cast_file):
    async with workbench(cast_file) as desk:
        await desk.press("P")
        await click_on(desk, "docs", button=1)  # the first is the tree's head: nothing
        await desk.press("s", "s", "s")
        assert "docs↓" in desk.text
        await desk.press("b")
        assert "docs↑" in desk.text
        await desk.press("slash")
        await desk.type("nhs")
        assert "1 shown" in desk.lines[0]
        await desk.press("escape")
        assert "shown" not in desk.lines[0]


@on_screen
async def test_enter_opens_the_document_of_a_person_or_the_list_of_them(cast_file):
    async with workbench(cast_file) as desk:
        await desk.press("P", "enter")
        assert "2 shown: with Ann; esc shows all" in desk.lines[0]
        await desk.press("escape", "P")
        await desk.click(*place_of(desk, "Bob"), times=2)
        assert desk.app.reading is not None
        await desk.press("P", "end", "enter")
        assert "Cy speaks in no document" in desk.text


@on_screen
async def test_a_person_and_a_case_are_renamed(cast_file):
    async with workbench(cast_file) as desk:
        await desk.press("P", "r")
        await fill_in(desk, "A-SU1")
        assert person(cast_file, "A-SU1") is not None
        await desk.press("tab", "down", "r")
        await fill_in(desk, "County")
        with qualcode.open(cast_file) as project:
            assert {each.name for each in project.cases.all()} == {"County", "North"}
        await desk.press("u", "u")
        assert person(cast_file, "Ann") is not None


@on_screen
async def test_role_case_and_attribute_are_said(cast_file):
    async with workbench(cast_file) as desk:
        await desk.press("P", "end")
        await click_key(desk, "Role")
        await fill_in(desk, "MG")
        await fill_in(desk, "2")
        await click_key(desk, "c Case")
        await fill_in(desk, "South")
        await click_key(desk, "Attribute")
        await fill_in(desk, "sector")
        await fill_in(desk, "-")
        await fill_in(desk, "charity")
        assert line_of(desk, "Cy").split() == ["Cy", "MG", "South", "·", "·", "charity"]
    assert person(cast_file, "Cy").roles == (("2", "MG"),)


@on_screen
async def test_what_is_wrong_is_told_and_nothing_is_written(cast_file):
    async with workbench(cast_file) as desk:
        await desk.press("P", "o")
        await fill_in(desk, "QQ")
        await fill_in(desk, "1")
        assert "there is no role called" in desk.text
        await desk.press("x")
        assert "Ann" in desk.text
        assert person(cast_file, "Ann") is not None
        await desk.press("i")
        assert "Choose a case on the left" in desk.text


@on_screen
async def test_two_who_are_one_are_merged_after_a_question_where_they_contradict(cast_file):
    async with workbench(cast_file) as desk:
        await desk.press("P", "down", "m")
        await fill_in(desk, "Nobody")
        assert "there is no person called" in desk.text
        await desk.press("m")
        await fill_in(desk, "Cy")
        assert person(cast_file, "Bob") is None
        await desk.press("u")
        with qualcode.open(cast_file, "AK") as project:
            project.people.set_case(project.people.get("Cy").id, "South")
        desk.app.screen.follow()
        await desk.press("home", "down", "m")
        await fill_in(desk, "Cy")
        assert "They contradict each other" in desk.text
        await desk.press("n")
        assert person(cast_file, "Bob") is not None
        await desk.press("m")
        await fill_in(desk, "Cy")
        await desk.press("y")
        assert person(cast_file, "Bob") is None


@on_screen
async def test_a_case_is_put_inside_another_and_a_bare_person_is_taken_away(cast_file):
    async with workbench(cast_file) as desk:
        await desk.press("P", "tab", "down", "down", "i")
        await fill_in(desk, "")
        with qualcode.open(cast_file) as project:
            assert project.cases.get("North").parent is None
        await desk.press("tab", "escape", "end", "x")
        assert person(cast_file, "Cy") is None


@on_screen
async def test_many_attributes_are_scrolled_to_by_key(cast_file):
    with qualcode.open(cast_file, "AK") as project:
        ann = project.people.get("Ann")
        project.attributes.set("person", ann.id, [(f"variable {n}", f"value {n}") for n in range(30)])
    async with workbench(cast_file, size=(80, 24)) as desk:
        await desk.press("P")
        assert "of 32: ← →" in desk.lines[0]
        assert "value 9" not in desk.text
        await desk.press(*["right"] * 11)
        assert "value 9" in desk.text
        assert line_of(desk, "Ann").split()[0] == "Ann"
        await desk.press(*["right"] * 40)
        assert "value 29" in desk.text
        await desk.press(*["left"] * 60)
        assert "61" in desk.text
        assert all(len(line) <= 80 for line in desk.lines)


@on_screen
async def test_hostile_names_are_shown_and_do_nothing(cast_file):
    with qualcode.open(cast_file, "AK") as project:
        for name in HOSTILE:
            someone = project.people.add(name, f"case {name}"[:200], {"-": "SU"})
            project.attributes.set("person", someone.id, [(f"of {name}"[:200], name)])
    async with workbench(cast_file, size=(80, 24)) as desk:
        await desk.press("P")
        assert "[@click=" in desk.text
        assert not set(desk.text) & set("\x1b\x07\u202e")
        await desk.press("a", "escape", "end", "r", "escape", "a", "escape", "tab", "end", "r", "escape")
        assert isinstance(desk.app.screen, PeopleScreen)


@on_screen
async def test_a_study_without_people_says_so(tmp_path):
    qualcode.new(tmp_path / "new.qualcode", "AK").close()
    async with workbench(tmp_path / "new.qualcode", size=(80, 24)) as desk:
        await desk.press("P")
        assert "Nobody is known yet" in desk.text
        await desk.press("r", "o", "c", "a", "m", "i", "x", "s", "b", "left", "right", "enter", "tab", "r")
        assert isinstance(desk.app.screen, PeopleScreen)


@on_screen
async def test_attributes_in_sight_are_told_once_there_is_room(cast_file):
    async with workbench(cast_file, size=(80, 24)) as desk:
        screen = PeopleScreen(desk.app.study, desk.app.ink)
        await desk.app.push_screen(screen)
        assert "to 0 of" not in str(screen.query_one("#head").content)
