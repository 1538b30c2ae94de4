"""The table of actions: each has its method, and no key means two things in one place."""

from collections import Counter

import pytest

from qualcode.tui.actions import ACTIONS, KEYMAPS, actions_of, keys_of
from qualcode.tui.screens.claims import ClaimsScreen
from qualcode.tui.screens.code_on import CodeOnScreen
from qualcode.tui.screens.finishing import FinishScreen
from qualcode.tui.screens.history import HistoryScreen
from qualcode.tui.screens.listing import MarkedRows
from qualcode.tui.screens.memos import MemoBookScreen
from qualcode.tui.screens.naming import ReplacingScreen
from qualcode.tui.screens.noting import MemosScreen
from qualcode.tui.screens.passages import PassagesScreen
from qualcode.tui.screens.reading import ReadingScreen
from qualcode.tui.screens.searching import SearchScreen
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
    "marking": MarkedRows,
    "passages": PassagesScreen,
    "claim_list": ClaimsScreen,
    "searching": SearchScreen,
    "memo_book": MemoBookScreen,
    "log": HistoryScreen,
    "code_on": CodeOnScreen,
}

LISTS = ("passages", "claim_list", "searching", "memo_book", "log")

NARROWER = {
    ("coding", "everywhere"): {"V", "M"},  # passages of the code at hand; memos of this document
    ("code_on", "everywhere"): {"S"},  # from one passage to its transcript
    ("passages", "claim_list"): {"r"},  # a claim has two codes and is changed by e: there r splits by role
}
"""Keys that mean, within a place, what they mean everywhere, but of what is at hand."""


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
                         ("coding", "everywhere"), ("sides", "everywhere"), ("list", "finishing"), ("list", "memos"),
                         ("documents", "everywhere"), ("people", "everywhere"), ("marking", "list"),
                         ("passages", "claim_list"), ("code_on", "coding"), ("code_on", "reader"),
                         ("code_on", "everywhere"), *((each, "everywhere") for each in LISTS),
                         *((each, "marking") for each in LISTS), *((each, "list") for each in LISTS)],
)  # fmt: skip
def test_places_that_work_at_once_share_no_key(inner, outer, name):
    within, around = (
        {key for action in actions_of(place) for key in keys_of(action, name).split(",")} for place in (inner, outer)
    )
    assert within & around <= {"escape"} | NARROWER.get((inner, outer), set())  # the innermost leaves first
