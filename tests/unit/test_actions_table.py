"""The table of actions: each has its method, and no key means two things in one place."""

import importlib
import pkgutil
from collections import Counter, defaultdict

import pytest

import qualcode.tui
from qualcode.tui.actions import ACTIONS, KEYMAPS, actions_of, keys_of


def owners():
    """Place -> the screens and widgets that have its keys; what others are made from is left out."""
    found = defaultdict(set)
    for module in pkgutil.walk_packages(qualcode.tui.__path__, "qualcode.tui."):
        for each in vars(importlib.import_module(module.name)).values():
            for binding in getattr(each, "BINDINGS", ()) if isinstance(each, type) else ():
                place, dot, _ = (getattr(binding, "id", None) or "").partition(".")
                if dot:
                    found[place].add(each)
    return {place: {each for each in those if not those & set(each.__subclasses__())} for place, those in found.items()}


OWNERS = owners()

LISTS = ("passages", "claim_list", "searching", "memo_book", "log")

NARROWER = {
    ("coding", "everywhere"): {"V", "M"},  # passages of the code at hand; memos of this document
    ("code_on", "everywhere"): {"S"},  # from one passage to its transcript
    ("searching", "everywhere"): {"S"},  # other words, in the place where they are asked for
    ("passages", "claim_list"): {"r"},  # a claim has two codes and is changed by e: there r splits by role
}
"""Keys that mean, within a place, what they mean everywhere, but of what is at hand."""


@pytest.mark.parametrize("place", ACTIONS)
def test_every_action_has_its_method_wherever_its_key_works(place):
    names = {action.name.partition("(")[0] for action in actions_of(place)}
    assert OWNERS[place]
    assert {(each, name) for each in OWNERS[place] for name in names if not hasattr(each, f"action_{name}")} == set()


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


FILTERS = ("Show only", "Show one", "Narrow down", "Compare only", "Count only")


@pytest.mark.parametrize("name", KEYMAPS)
def test_f_filters_wherever_it_works(name):
    texts = [each.text for place in ACTIONS for each in actions_of(place) if "f" in keys_of(each, name).split(",")]
    assert len(texts) > 10
    assert [text for text in texts if not text.startswith(FILTERS)] == []
