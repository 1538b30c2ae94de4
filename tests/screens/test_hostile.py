"""Whatever a study holds is shown as data: no control character reaches the terminal, no markup is obeyed."""

import unicodedata

import pytest
from textual.events import Paste

import qualcode
from tests.screens.driving import on_screen, workbench
from tests.screens.studies import HOSTILE, MARKUP


def nothing_drives(desk):
    """No raw control character in any piece that is drawn; and no link or action in any style."""
    for strip in desk.strips:
        for piece in strip:
            bad = [c for c in piece.text if unicodedata.category(c) in ("Cc", "Zl", "Zp") or c in "\u202e\u2066\ufeff"]
            assert bad == [], (bad, piece.text)
            assert piece.control is None
            if piece.style:
                assert piece.style.link is None
                assert "@click" not in piece.style.meta


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
@on_screen
async def test_everywhere_on_the_screen(hostile_file, size):
    async with workbench(hostile_file, size=size) as desk:
        nothing_drives(desk)
        assert "[/b]" in desk.text
        await desk.press("enter")
        seen = ""
        for keys in (
            ("down",), ("f8",), ("f8",), ("f8",), ("tab",), ("tab",), ("s",), ("escape", "m"), ("escape",),
            ("c",), ("down",), ("escape",), ("K",), ("escape",), ("B",), ("B",), ("escape", "r"), ("escape",),
            ("greater_than_sign", "enter"), ("enter",), ("escape", "g", "down", "exclamation_mark"), ("escape",),
            ("E",), ("escape",), ("z",), ("A",), ("x",), ("u",), ("v", "down", "down", "i"), ("escape",), ("C",),
            ("escape", "y"), ("pagedown",), ("pagedown",), ("G",), ("slash", "x", "enter"), ("D",), ("down",),
            ("enter",), ("G",), ("s",), ("a",), ("t",), ("z",), ("c",), ("escape", "m"), ("escape",),
        ):  # fmt: skip
            await desk.press(*keys)
            nothing_drives(desk)
            seen += desk.text
        assert "␛[31mred␛[0m" in seen
        assert "[@click=app.quit]" in seen
        assert "B empty" in desk.lines[0]
    with qualcode.open(hostile_file) as project:
        assert HOSTILE.strip() in project.documents.body(project.documents.all()[0])


@on_screen
async def test_markup_in_a_transcript_is_not_clicked(hostile_file):
    async with workbench(hostile_file, size=(120, 40)) as desk:
        await desk.press("enter")
        x, y = desk.at("click[/]")
        await desk.click(x + 1, y)
        assert desk.app.is_running
        assert "[bold]x[/]" in desk.text


@on_screen
async def test_what_is_pasted_is_shown_as_data(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "slash")
        desk.app.post_message(Paste("\x1b[31m\x07 [/b] \x9b"))
        await desk.pilot.pause()
        nothing_drives(desk)
        await desk.press("enter")
        assert "does not occur here" in desk.message
        nothing_drives(desk)
        await desk.press("c")
        desk.app.post_message(Paste("\x1b[31m" + MARKUP))
        await desk.pilot.pause()
        nothing_drives(desk)
        await desk.press("escape", "m")
        desk.app.post_message(Paste(HOSTILE))
        await desk.pilot.pause()
        nothing_drives(desk)
        await desk.press("ctrl+s")
        nothing_drives(desk)


@on_screen
async def test_a_line_of_14_000_characters_is_read_and_coded(hostile_file):
    async with workbench(hostile_file, size=(80, 24)) as desk:
        await desk.press("enter", "G", "left", "home", "v", "end", "v", "c")
        await desk.press("down", "enter")
        assert "x" * 20 in desk.text
        assert desk.reader.page.stripes.items[-1].end > 13_000
