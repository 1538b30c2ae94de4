"""The layout of networks: boxes and links that no study is needed for."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualcode.analysis.layering import Box, by_name, layered, natural
from qualcode.analysis.lettering import numbered, wrapped
from qualcode.analysis.placing import Measures
from qualcode.analysis.routing import planned

ROUNDING = 1e-9  # places are floats
MEASURES = Measures(width=50, gap=40, between=3, inside=1, inset=2, lane=2, ports=1.5)


def rooms(links):
    """Some need twice as much as others."""
    return {link: 1.0 + (number % 2) for number, link in enumerate(sorted(links))}


@st.composite
def networks(draw):
    """Boxes in three tiers, some of them parts of others, and links that go to the right or stay in a tier."""
    number = draw(st.integers(1, 14))
    tiers = [draw(st.integers(0, 2)) for _ in range(number)]
    heights = [draw(st.integers(4, 12)) for _ in range(number)]
    above = [draw(st.integers(-1, place - 1)) if place else -1 for place in range(number)]
    boxes = [
        Box(f"N{place}", tiers[place], heights[place], f"N{up}" if up >= 0 and tiers[up] == tiers[place] else "")
        for place, up in enumerate(above)
    ]
    pairs = draw(st.sets(st.tuples(st.integers(0, number - 1), st.integers(0, number - 1)), max_size=20))
    return boxes, {(f"N{one}", f"N{other}") for one, other in pairs if tiers[one] <= tiers[other]}


def line_above(boxes):
    """Key -> keys of all boxes that it is part of."""
    above = {box.key: box.above for box in boxes}

    def over(key):
        return [above[key], *over(above[key])] if above[key] else []

    return {key: over(key) for key in above}


@settings(max_examples=150, deadline=None)
@given(networks(), st.randoms(use_true_random=False))
def test_the_order_of_what_is_given_does_not_matter(network, chance):
    boxes, links = network
    mixed, mixed_links = list(boxes), list(links)
    chance.shuffle(mixed)
    chance.shuffle(mixed_links)
    assert layered(mixed, mixed_links) == layered(boxes, sorted(links))


@settings(max_examples=150, deadline=None)
@given(networks())
def test_never_more_crossings_than_by_name_and_nothing_is_lost(network):
    boxes, links = network
    order = layered(boxes, links)
    assert order.crossings() <= by_name(boxes, links).crossings()
    shown = [each for tier in range(len(order.tiers)) for each in order.column(tier)]
    assert sorted(each.key for each in shown if not each.is_waypoint) == sorted(box.key for box in boxes)
    assert len(set(shown)) == len(shown)


@settings(max_examples=150, deadline=None)
@given(networks())
def test_boxes_never_overlap_and_parts_stand_inside_their_whole(network):
    boxes, links = network
    places = planned(layered(boxes, links), boxes, MEASURES, rooms(links)).places
    over = line_above(boxes)
    for one in boxes:
        place = places[one.key]
        for whole in over[one.key]:
            outer = places[whole]
            assert outer.left < place.left < place.right < outer.right
            assert outer.top + outer.height <= place.top + ROUNDING
            assert place.top + place.extent <= outer.top + outer.extent + ROUNDING
        for other in boxes:
            if (
                other.tier == one.tier
                and other.key != one.key
                and not {one.key, other.key} & {*over[one.key], *over[other.key]}
            ):
                far = places[other.key]
                assert place.top + place.extent <= far.top + ROUNDING or far.top + far.extent <= place.top + ROUNDING


@settings(max_examples=150, deadline=None)
@given(networks())
def test_links_end_at_their_boxes_each_at_a_port_of_its_own(network):
    boxes, links = network
    plan = planned(layered(boxes, links), boxes, MEASURES, rooms(links))
    assert set(plan.routes) == links
    tiers = {box.key: box.tier for box in boxes}
    ends = []
    for (source, target), route in plan.routes.items():
        start, end = plan.places[source], plan.places[target]
        assert route[0][0] == start.right
        assert start.top <= route[0][1] <= start.top + start.height
        assert route[-1][0] == (end.right if tiers[source] == tiers[target] else end.left)
        assert end.top <= route[-1][1] <= end.top + end.height
        assert len(route) % 3 == 1
        ends += [(round(x, 6), round(y, 6)) for x, y in (route[0], route[-1])]
    assert len(set(ends)) == len(ends)


def test_a_link_over_a_tier_passes_between_its_boxes():
    boxes = [Box("A", 0, 8), Box("B", 1, 8), Box("C", 1, 8), Box("D", 2, 8)]
    links = {("A", "D"), ("A", "B"), ("A", "C")}
    plan = planned(layered(boxes, links), boxes, MEASURES, rooms(links))
    inside = [(x, y) for x, y in plan.routes["A", "D"] if 90 <= x <= 140]
    assert inside
    for key in ("B", "C"):
        place = plan.places[key]
        assert all(not place.top <= y <= place.top + place.height for _, y in inside)


def test_two_crossing_links_are_untangled():
    boxes = [Box("A1", 0), Box("A2", 0), Box("B1", 1), Box("B2", 1)]
    links = {("A1", "B2"), ("A2", "B1")}
    assert by_name(boxes, links).crossings() == 1
    assert layered(boxes, links).crossings() == 0


def test_a_hundred_boxes_with_two_hundred_links():
    chance = random.Random(1)
    boxes = [Box(f"N{number}", number % 3, 8) for number in range(100)]
    links = set()
    while len(links) < 200:
        one, other = chance.randrange(100), chance.randrange(100)
        if one % 3 < other % 3:
            links.add((f"N{one}", f"N{other}"))
    order = layered(boxes, links)
    assert order.crossings() < by_name(boxes, links).crossings() / 2
    assert len(planned(order, boxes, MEASURES, rooms(links)).routes) == 200


@pytest.mark.parametrize(
    ("boxes", "links"),
    [
        ([Box("A", 0), Box("B", 1)], [("B", "A")]),
        ([Box("A", 0), Box("B", 1, above="A")], []),
        ([Box("B", 1, above="A")], []),
    ],
)
def test_what_cannot_be_drawn_is_refused(boxes, links):
    with pytest.raises(ValueError, match=r"left|tier"):
        layered(boxes, links)


def test_nothing_at_all_has_an_order():
    plan = planned(layered([], []), [], MEASURES, {})
    assert (plan.places, plan.routes, plan.width, plan.height) == ({}, {}, 0, 0)


def test_names_are_sorted_by_their_numbers():
    assert sorted(["M10", "M2a", "M2", "P1", "²", "M02"], key=natural) == ["M02", "M2", "M2a", "M10", "P1", "²"]


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60), st.integers(1, 30), st.integers(1, 5))
def test_wrapped_lines_fit_and_hold_all_words_unless_they_say_otherwise(text, room, most):
    lines = wrapped(text, room, len, most)
    assert 1 <= len(lines) <= most
    assert all(len(line) <= room for line in lines)
    if not lines[-1].endswith("…"):
        assert "".join(lines).replace(" ", "") == "".join(text.split())


def test_numbers_stand_on_their_links_and_not_on_one_another():
    boxes = [Box(f"{side}{number}", tier, 12) for tier, side in enumerate("AB") for number in range(4)]
    links = {(f"A{one}", f"B{other}") for one in range(4) for other in range(4)}
    plan = planned(layered(boxes, links), boxes, MEASURES, rooms(links))
    full = [(each.left, each.top, each.right, each.top + each.height) for each in plan.places.values()]
    found = numbered(plan.routes, dict.fromkeys(links, (3.0, 2.5)), full)
    assert set(found) == links
    spots = sorted(found.values())
    assert all(50 < x < 90 for x, _ in spots)
    for number, (x, y) in enumerate(spots):
        assert all(abs(x - far) >= 3 or abs(y - down) >= 2.5 for far, down in spots[number + 1 :])
