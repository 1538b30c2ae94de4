"""The table of actions holds: each has a method, keys of its own, a line in the help, an entry in the palette."""

import re
from itertools import pairwise

import pytest
from textual.command import CommandPalette

import qualcode
from qualcode.tui.actions import ACTIONS, KEYMAPS, actions_of, keys_of
from qualcode.tui.app import Workbench
from qualcode.tui.screens.coding import CodingScreen
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.widgets.reader import Reader
from qualcode.tui.widgets.rows import Rows
from tests.screens.driving import on_screen, workbench

PLACES = {"everywhere": Workbench, "reader": Reader, "coding": ReadingScreen, "list": Rows}
"""Place -> who does its actions."""

NARROWER = {"V", "M", "escape"}
"""Keys of everywhere that a reader has for what is at hand: a code's passages, a document's memos, its selection."""

TOGETHER = (("reader", "coding", "everywhere"), ("list", "everywhere"))
"""Places whose keys work at once."""

AWAITED = {"people", "import_files", "open_project", "finish", "correct", "pseudonym", "waves"}
"""In the table, and not built yet."""


def test_every_action_has_a_method_on_its_place():
    missing = {
        action.name
        for place, owner in PLACES.items()
        for action in actions_of(place)
        if not callable(getattr(owner, f"action_{action.name.partition('(')[0]}", None))
    }
    assert missing - AWAITED == set()


def test_the_places_are_those_of_the_table():
    assert set(PLACES) <= set(ACTIONS)
    assert issubclass(ReadingScreen, CodingScreen)


@pytest.mark.parametrize("keys", KEYMAPS)
@pytest.mark.parametrize("places", TOGETHER, ids="+".join)
def test_no_two_actions_that_work_at_once_share_a_key(places, keys):
    used = [(key, a.name) for place in places for a in actions_of(place) for key in keys_of(a, keys).split(",")]
    used.sort()
    twice = {one[0] for one, other in pairwise(used) if one[0] == other[0]}
    assert twice - (NARROWER if "coding" in places else set()) == set()


@pytest.mark.parametrize("keys", KEYMAPS)
@on_screen
async def test_every_key_of_both_keymaps_leads_to_its_action(reading_file, keys):
    async with workbench(reading_file, keys=keys) as desk:
        await desk.press("enter")
        bound = {key: active.binding.action for key, active in desk.app.screen.active_bindings.items()}
        for place, action in ((each, a) for each in TOGETHER[0] for a in actions_of(each)):
            for key in keys_of(action, keys).split(","):
                assert bound[key] == action.name or (place == "everywhere" and key in NARROWER), key


@on_screen
async def test_the_help_tells_every_action_of_the_place_with_its_keys(reading_file):
    async with workbench(reading_file, size=(120, 200)) as desk:
        await desk.press("enter", "question_mark")
        told = " ".join(" ".join(re.findall("[│┃](.*)[│┃]", desk.text)).split())
        for action in (a for place in TOGETHER[0] for a in actions_of(place)):
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
        entries = {command.title for command in desk.app.get_system_commands(desk.app.screen)}
        for action in (a for place in TOGETHER[0] for a in actions_of(place)):
            assert action.text in entries or action.name == "command_palette"
        await desk.press("ctrl+p")
        assert isinstance(desk.app.screen, CommandPalette)
        await desk.type("whole turn")
        await desk.app.workers.wait_for_complete()
        await desk.pilot.pause(0.1)
        assert "Select the whole turn" in desk.text
        await desk.press("down", "enter")
        await desk.pilot.pause(0.1)
        assert desk.chosen.startswith("Well, if she can")


@pytest.mark.parametrize("keys", KEYMAPS)
@on_screen
async def test_every_key_can_be_pressed_on_anything(coded_file, keys):
    """Whatever is pressed where, the program goes on; Escape puts away what a key brought up."""
    moves = {action.name for action in actions_of("reader")}
    async with workbench(coded_file, keys=keys, size=(100, 30)) as desk:
        await desk.press("enter", "down")
        for action in (a for place in TOGETHER[0] for a in actions_of(place)):
            if action.name in ("leave", "documents"):
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
    everything = [a for place in ("list", *TOGETHER[0]) for a in actions_of(place)]
    async with workbench(path, size=(80, 24)) as desk:
        for action in everything:
            if action.name != "leave":
                await desk.pilot.press(action.keys.split(",")[0])
                if len(desk.app.screen_stack) > 2:
                    await desk.pilot.press("escape")
        assert "0 documents" in desk.text
        with qualcode.open(path, "AK") as project:
            project.documents.add("Empty", "", [])
        desk.app.screen.follow()
        await desk.press("D", "enter")
        for action in everything:
            if action.name not in ("leave", "documents"):
                await desk.pilot.press(action.keys.split(",")[0], "escape")
        assert desk.app.is_running
