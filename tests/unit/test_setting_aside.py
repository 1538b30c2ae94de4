"""The fewest people to be set aside: exact against trying all sets, and honest bounds where the search ends early."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from qualcode.analysis.setting_aside import SetAside, fewest
from tests.strategies import PROPERTY

PEOPLE = range(7)
arrows = st.frozensets(st.sampled_from(PEOPLE), min_size=1, max_size=4)
paths = st.lists(st.lists(arrows, min_size=1, max_size=3), max_size=8)


def is_broken(path, aside):
    return any(arrow <= set(aside) for arrow in path)


def by_trying_all(found):
    return next(
        size
        for size in range(len(PEOPLE) + 1)
        if any(all(is_broken(path, aside) for path in found) for aside in combinations(PEOPLE, size))
    )


@given(paths)
@PROPERTY
def test_it_is_the_smallest_of_all_sets_that_break_every_path(found):
    answer = fewest(found)
    assert answer.is_exact
    assert answer.at_least == by_trying_all(found)
    assert all(is_broken(path, answer.people) for path in found)


@given(paths, st.integers(0, 5))
@PROPERTY
def test_a_search_that_ends_early_gives_true_bounds(found, steps):
    answer = fewest(found, steps)
    assert answer.at_least <= by_trying_all(found) <= len(answer.people)
    assert all(is_broken(path, answer.people) for path in found)


@given(paths, st.randoms(use_true_random=False))
@PROPERTY
def test_the_order_of_paths_and_arrows_changes_nothing(found, random):
    other = [random.sample(path, len(path)) for path in found]
    random.shuffle(other)
    assert fewest(other) == fewest(found)


def test_no_path_needs_nobody():
    assert fewest([]) == SetAside(0, ())


def test_one_person_who_carries_an_arrow_of_every_path_is_enough():
    wide, narrow = frozenset({1, 2, 3}), frozenset({4})
    assert fewest([(wide, narrow), (narrow, wide), (wide, wide | narrow, narrow)]) == SetAside(1, (4,))


def test_people_shared_by_two_arrows_are_set_aside_once():
    """Two paths of two arrows with two people each; the arrows {1, 2} and {2, 3} share person 2."""
    one, other = frozenset({1, 2}), frozenset({2, 3})
    dear = frozenset({4, 5, 6, 7})
    assert fewest([(one, dear), (other, dear | {8})]) == SetAside(3, (1, 2, 3))
