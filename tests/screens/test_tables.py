"""Numbers on the screen open to the words they rest on."""

from qualcode.analysis import change_model
from tests.builders import a_study, add_interview
from tests.screens.driving import on_screen, workbench

DOWN_TO_CHANGE_MODEL = ["down"] * 13


def told(path):
    with a_study(path) as project:
        project.codes.change(project.codes.get("M2a"), kind="mechanism")
        project.codes.change(project.codes.get("P3"), kind="process outcome")
        for name in ("A-SU1", "B-SU1"):
            if name != "A-SU1":
                add_interview(project, name, ("INT", "And you?"), ("Bea", "Well, if she can do it, so can I."))
            document = project.documents.get(name)
            for each in project.documents.speakers(document):
                if each.part == "participant":
                    person = project.people.add(f"{each.label} {name}", roles={"-": "SU"})
                    project.documents.set_speaker(document, each.label, "participant", person.id)
            project.claims.add(name, "M2a", "P3", quote="if she can do it")
    return path


@on_screen
async def test_a_number_of_the_change_model_opens_to_its_passages_and_these_to_their_place(tmp_path):
    path = told(tmp_path / "study.qualcode")
    async with workbench(path) as desk:
        await desk.press("T", *DOWN_TO_CHANGE_MODEL, "enter")
        grid = desk.app.screen.query_one("#grid")
        grid.go_to(*(keys.index(key) for keys, key in zip(_keys(grid.table), ("M2a", "P3"), strict=True)))
        await desk.press("enter")
        assert "2 passages" in desk.text
        assert "if she can do it" in desk.text
        await desk.press("down", "enter")
        assert desk.app.reading.reader.page.document.name == "B-SU1"
        await desk.press("backspace")
        assert "2 passages" in desk.text
        await desk.press("backspace")
        assert "Change model" in desk.text


@on_screen
async def test_a_key_turns_what_is_counted_and_the_screen_says_the_same_as_the_table(tmp_path):
    path = told(tmp_path / "study.qualcode")
    async with workbench(path) as desk:
        await desk.press("T", *DOWN_TO_CHANGE_MODEL, "enter", "t")
        grid = desk.app.screen.query_one("#grid")
        assert "unit sources" in desk.text
        asked = change_model(desk.app.study.project, unit="sources")
        assert grid.table.values() == asked.values()


@on_screen
async def test_what_is_shown_is_written_to_a_file(tmp_path):
    path = told(tmp_path / "study.qualcode")
    async with workbench(path) as desk:
        await desk.press("T", *DOWN_TO_CHANGE_MODEL, "enter", "e", "ctrl+u")
        await desk.type(str(tmp_path / "out.csv"))
        await desk.press("enter")
        assert "Written" in desk.text
    assert "M2a" in (tmp_path / "out.csv").read_text(encoding="utf-8")


def _keys(table):
    return [row.key for row in table.rows], [column.key for column in table.columns]
