"""The table of actions: each has its method, and no key means two things in one place."""

from collections import Counter

import pytest

from qualcode.tui.actions import ACTIONS, KEYMAPS, actions_of, keys_of
from qualcode.tui.screens.finishing import FinishScreen
from qualcode.tui.screens.naming import ReplacingScreen
from qualcode.tui.screens.noting import MemosScreen
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.screens.waves import WavesScreen
from qualcode.tui.widgets.reader import Reader
from qualcode.tui.widgets.rows import Rows
from qualcode.tui.widgets.turn_editor import AskTurn

OWNERS = {
    "reader": Reader,
    "coding": ReadingScreen,
    "sides": WavesScreen,
    "turn": AskTurn,
    "replacing": ReplacingScreen,
    "finishing": FinishScreen,
    "memos": MemosScreen,
    "list": Rows,
}


@pytest.mark.parametrize("place", OWNERS)
def test_every_action_has_its_method(place):
    names = {action.name.partition("(")[0] for action in actions_of(place)}
    assert {name for name in names if not hasattr(OWNERS[place], f"action_{name}")} == set()


@pytest.mark.parametrize("name", KEYMAPS)
@pytest.mark.parametrize("place", ACTIONS)
def test_no_key_means_two_things_in_one_place(place, name):
    counted = Counter(key for action in actions_of(place) for key in keys_of(action, name).split(","))
    assert [key for key, count in counted.items() if count > 1] == []


@pytest.mark.parametrize("name", KEYMAPS)
@pytest.mark.parametrize(
    ("inner", "outer"), [("reader", "coding"), ("reader", "sides"), ("coding", "sides"), ("reader", "everywhere"),
                         ("coding", "everywhere"), ("sides", "everywhere"), ("list", "finishing"), ("list", "memos")],
)  # fmt: skip
def test_places_that_work_at_once_share_no_key(inner, outer, name):
    within, around = (
        {key for action in actions_of(place) for key in keys_of(action, name).split(",")} for place in (inner, outer)
    )
    assert within & around <= {"escape"}  # the innermost leaves first
