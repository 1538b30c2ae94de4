"""Each action has a line in the help and an entry in the palette, and any key can be pressed anywhere."""

import re

import pytest
from textual.command import CommandPalette

import qualcode
from qualcode.tui import palette
from qualcode.tui.actions import KEYMAPS, actions_of, keys_of
from tests.screens.driving import on_screen, workbench

READING = ("reader", "coding", "everywhere")
"""Places whose keys work at once in a text."""

NARROWER = {"V", "M", "escape"}
"""Keys of everywhere that a reader has for what is at hand: a code's passages, a document's memos, its selection."""


@pytest.mark.parametrize("keys", KEYMAPS)
@on_screen
async def test_every_key_of_both_keymaps_leads_to_its_action(reading_file, keys):
    async with workbench(reading_file, keys=keys) as desk:
        await desk.press("enter", "s")
        bound = {key: active.binding.action for key, active in desk.app.screen.active_bindings.items()}
        for place, action in ((each, a) for each in READING for a in actions_of(each)):
            for key in keys_of(action, keys).split(","):
                assert bound[key] == action.name or (place == "everywhere" and key in NARROWER), key


@on_screen
async def test_the_help_tells_every_action_of_the_place_with_its_keys(reading_file):
    async with workbench(reading_file, size=(120, 200)) as desk:
        await desk.press("enter", "question_mark")
        told = " ".join(" ".join(re.findall("[│┃](.*)[│┃]", desk.text)).split())
        for action in (a for place in READING for a in actions_of(place)):
            assert action.text in told
        await desk.press("escape", "f10", "question_mark")
        line = next(line for line in re.findall("[│┃](.*)[│┃]", desk.text) if "One character back" in line)
        assert line.split()[0] == "h"
        await desk.press("escape")
        assert "How was it for you?" in desk.text


@on_screen
async def test_the_palette_finds_every_action_of_the_place_and_does_it(reading_file):
    async with workbench(reading_file, size=(120, 40)) as desk:
        await desk.press("enter", "down")
        entries = {entry.title for entry in palette.entries(desk.app, desk.app.screen)}
        for action in (a for place in READING for a in actions_of(place)):
            assert action.text in entries or action.name == "command_palette"
        await desk.press("ctrl+p")
        assert isinstance(desk.app.screen, CommandPalette)
        await desk.type("whole turn")
        await desk.app.workers.wait_for_complete()
        await desk.until("Select the whole turn")
        await desk.press("down", "enter")
        await desk.until(lambda: desk.chosen.startswith("Well, if she can"))


@pytest.mark.parametrize("keys", KEYMAPS)
@on_screen
async def test_every_key_can_be_pressed_on_anything(coded_file, keys):
    """Whatever is pressed where, the program goes on; Escape puts away what a key brought up."""
    moves = {action.name for action in actions_of("reader")}
    async with workbench(coded_file, keys=keys, size=(100, 30)) as desk:
        await desk.press("enter", "down")
        for action in (a for place in READING for a in actions_of(place)):
            if action.name in ("leave", "leave_anywhere", "documents"):
                continue
            await desk.pilot.press(keys_of(action, keys).split(",")[0])
            if action.name not in moves:
                await desk.pilot.press("escape")
            if desk.app.screen is not desk.app.reading:
                await desk.press("escape", "D", "home", "enter")
        await desk.press("D", "home", "enter")
        assert "A-SU1" in desk.lines[0]


@on_screen
async def test_every_key_can_be_pressed_where_there_is_nothing(tmp_path):
    """An empty project, then an empty document."""
    path = tmp_path / "empty.qualcode"
    qualcode.new(path, "AK").close()
    everything = [a for place in ("list", *READING) for a in actions_of(place)]
    async with workbench(path, size=(80, 24)) as desk:
        for action in everything:
            if action.name not in ("leave", "leave_anywhere"):
                await desk.pilot.press(action.keys.split(",")[0])
                if len(desk.app.screen_stack) > 2:
                    await desk.pilot.press("escape")
        assert "0 documents" in desk.text
        with qualcode.open(path, "AK") as project:
            project.documents.add("Empty", "", [])
        desk.app.screen.follow()
        await desk.press("D", "enter")
        for action in everything:
            if action.name not in ("leave", "leave_anywhere", "documents"):
                await desk.pilot.press(action.keys.split(",")[0], "escape")
        assert desk.app.is_running
