"""What one looks at and how: the picker, the codebook, the three margins, themes, and the list of documents."""

import pytest

import qualcode
from qualcode.tui.themes import PLAIN, THEMES
from tests.screens.driving import on_screen, workbench


@on_screen
async def test_the_picker_finds_by_short_name_name_path_and_shows_what_a_code_means(coded_file):
    async with workbench(coded_file, size=(120, 40)) as desk:
        await desk.press("enter", "down", "enter")
        picker = desk.app.screen.query_one("#picker-list")
        assert picker.count == 4
        for typed, first in (("m2a", "M2a"), ("hop", "Hope"), ("proof", "Living proof"), ("role", "Role-modelling")):
            await desk.type(typed)
            assert first in desk.lines[desk.at(" Code “")[1] + 2]
            await desk.press(*["backspace"] * len(typed))
        await desk.type("living")
        assert "The other's life shows that it can be done." in desk.text
        assert "Include  laughing, working" in desk.text
        assert "Exclude  mere advice" in desk.text
        assert (
            "“Well, if she can do it, so can I, I thought. It helped.”" in " ".join(desk.text.split())
            or "“Well," in desk.text
        )
        await desk.press("down", "up", "pagedown", "pageup", "enter")
        assert desk.message.startswith("M2a Living proof")


@on_screen
async def test_a_row_of_the_picker_is_clicked_twice(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "enter")
        below = next(y for y, line in enumerate(desk.lines) if "letters of a code" in line)
        y = next(y for y, line in enumerate(desk.lines) if y > below and "┃ P3" in line)
        await desk.click(6, y)
        assert desk.app.screen.query_one("#picker-list").current == y - below - 1
        await desk.click(6, y, times=2)
        assert desk.message.startswith("P3 Hope: “Well")
        assert desk.app.screen.focused is desk.reader


@on_screen
async def test_a_key_that_is_the_beginning_of_another_waits_for_enter(reading_file):
    with qualcode.open(reading_file, "AK") as project:
        project.codes.add("P35", "Hope of others")
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "c", *"p3")
        assert desk.app.screen.focused is not desk.reader
        await desk.press("enter")
        assert desk.message.startswith("P3 Hope: ")
        await desk.press("c", *"p35")
        assert desk.message.startswith("P35 Hope of others: ")


@on_screen
async def test_the_codebook_counts_here_and_below_and_comes_and_goes(coded_file):
    async with workbench(coded_file, size=(120, 40)) as desk:
        await desk.press("enter")
        row = next(line for line in desk.lines if "M2 Role-modelling" in line)
        assert row.rstrip("▏ ").endswith("·/2")
        assert next(line for line in desk.lines if "M2a Living proof" in line).rstrip().endswith("2")
        await desk.press("B", "B")
        assert "M2 Role-modelling" not in desk.text
        await desk.press("B", "down", "down")
        pane = desk.app.screen.query_one("#codebook")
        assert desk.app.screen.focused is pane
        assert pane.code.short == "P3"
        x, y = desk.at("X Other")
        await desk.click(x, y)
        assert pane.code.short == "X"
        await desk.press("K")
        assert "key x" in desk.text
        await desk.press("escape", "B")
        assert desk.app.screen.focused is desk.reader


@on_screen
async def test_the_codebook_is_there_on_a_narrow_screen_too(coded_file):
    async with workbench(coded_file, size=(80, 24)) as desk:
        await desk.press("enter")
        assert "M2 Role-modelling" not in desk.text
        await desk.press("B")
        assert "M2 Role-modelling" in desk.text
        assert "How was it for you?" in desk.text
        await desk.press("B")
        assert "M2 Role-modelling" not in desk.text
        assert desk.app.screen.focused is desk.reader


@on_screen
async def test_three_margins(coded_file):
    async with workbench(coded_file, size=(120, 40)) as desk:
        await desk.press("enter", "B", "B")
        assert "X~" in desk.text
        assert "X Other~" not in desk.text
        await desk.press("f8")
        assert "X Other~" in desk.text
        await desk.press("vertical_line")
        assert "X~" not in desk.text
        assert "┃" not in desk.text
        assert "¶3 " in desk.text
        await desk.press("f8")
        assert "X~" in desk.text


@on_screen
async def test_the_passage_at_hand_is_tinted_and_two_codes_underline(coded_file):
    async with workbench(coded_file, size=(120, 40)) as desk:
        await desk.press("enter")
        x, y = desk.at("so can I, I thought")
        assert desk.style_at(x + 2, y).underline
        assert not desk.style_at(desk.at("It helped")[0], y).underline
        plain = desk.style_at(x, y).bgcolor
        await desk.click(x + 4, y)
        assert desk.style_at(x + 8, y).bgcolor != plain
        await desk.press("g")
        assert desk.style_at(x + 8, y).bgcolor == plain


@on_screen
async def test_every_theme_by_a_key_and_the_text_stays(coded_file):
    async with workbench(coded_file, size=(100, 30)) as desk:
        await desk.press("enter", "down")
        text, grounds = desk.lines[:26], set()
        x, y = desk.at("INT: How")
        for name in [*list(THEMES)[1:], next(iter(THEMES))]:
            await desk.press("f9")
            assert desk.message == f"Theme: {name}"
            assert desk.lines[:26] == text
            grounds.add(desk.style_at(x, y).bgcolor.triplet)
        assert len(grounds) == 3


@on_screen
async def test_without_colour_nothing_has_one(coded_file):
    async with workbench(coded_file, size=(100, 30), theme=PLAIN) as desk:
        for keys in (
            ("enter", "down", "s"),
            ("slash",),
            ("escape", "m", "x"),
            ("escape", "c"),
            ("escape", "question_mark"),
        ):
            await desk.press(*keys)
            styles = {piece.style for strip in desk.strips for piece in strip if piece.style}
            colours = {c for style in styles for c in (style.color, style.bgcolor) if c is not None}
            assert all(colour.is_default for colour in colours), keys
            assert any(style.reverse for style in styles) or keys[-1] == "question_mark"


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (10, 4), (30, 8), (400, 100)])
@on_screen
async def test_any_size_of_terminal(coded_file, size):
    async with workbench(coded_file, size=size) as desk:
        await desk.press("enter", "down", "s", "enter", "escape", "f8", "space", "G", "question_mark", "escape")
        assert desk.reader.cursor == len(desk.reader.page.body)


@on_screen
async def test_documents_with_how_far_one_has_come(coded_file):
    async with workbench(coded_file, size=(120, 40)) as desk:
        assert "2 documents · 2 coded by you · 0 finished" in desk.text
        row = next(line for line in desk.lines if "A-SU1" in line)
        assert row.split()[-6:] == ["·", "4", "1", "1", "1", "begun"] or row.split()[-1] == "begun"
        x, y = desk.at("B-ST1")
        await desk.click(x, y)
        await desk.press("enter")
        assert "Whom do you see?" in desk.text
        await desk.press("D")
        x, y = desk.at("A-SU1")
        await desk.click(x, y, times=2)
        assert "How was it for you?" in desk.text


@on_screen
async def test_a_list_of_a_thousand_is_walked_by_keys_and_wheel(tmp_path):
    path = tmp_path / "many.qualcode"
    with qualcode.new(path, "AK") as project, project.action("many"):
        for number in range(200):
            project.documents.add(f"D{number:04}", "Words.", [])
    async with workbench(path, size=(80, 24)) as desk:
        for key, seen in (
            ("end", "D0199"), ("home", "D0000"), ("pagedown", "D0018"), ("k", "D0017"), ("j", "D0018"), ("G", "D0199"),
        ):  # fmt: skip
            await desk.press(key)
            assert seen in desk.text, key
            assert "document" in desk.lines[1]
        await desk.press("enter")
        assert "D0199" in desk.lines[0]


@on_screen
async def test_one_may_leave_while_something_is_asked(reading_file):
    for keys in (("enter",), ("slash",), ("m",), ("greater_than_sign", *"m2a", *"p3")):
        async with workbench(reading_file, size=(80, 24)) as desk:
            await desk.press("home", "enter", "down", *keys, "ctrl+q")
            assert not desk.app.is_running or desk.app._exit


@on_screen
async def test_what_is_drawn_after_coding_is_what_would_be_drawn_anew(coded_file):
    """Rows that are as they were are not drawn again: whatever one does, none may show what is no longer so."""
    async with workbench(coded_file, size=(120, 40)) as desk:
        await desk.press(
            "enter", "1", "right_parenthesis", "1", "minus", "v", "w", "w", "2", "escape", "tab", "z", "x", "u", "u"
        )
        for key in ("right_parenthesis", "1", "asterisk", "x", "u", "z", "tab", "A", "A", "A", "u", "ctrl+y"):
            await desk.press(key)
            shown = desk.strips
            desk.reader.look_anew()
            desk.app.screen.query_one("#codebook").refresh()
            await desk.settle()
            assert [list(map(tuple, strip)) for strip in desk.strips] == [list(map(tuple, strip)) for strip in shown], (
                key
            )


@on_screen
async def test_the_codebook_beside_the_text_counts_what_was_just_coded(coded_file):
    async with workbench(coded_file, size=(120, 40)) as desk:
        await desk.press("enter", "right_curly_bracket")
        code = desk.app.study.frame.by_id[desk.app.study.recent_codes()[0]]
        pane = desk.app.screen.query_one("#codebook")
        before = pane._all.get(code.id, 0)
        await desk.press("1")
        shown = next(line for line in desk.lines if f"{code.short} {code.name}"[:12] in line and "┃" in line)
        assert pane._all[code.id] == before + 1
        assert shown.rstrip().endswith(str(before + 1)), desk.text
