"""Coded passages found by place, and stripes that never cover one another."""

from collections import Counter
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from qualcode.tui.passages import Passages, lanes
from tests.strategies import PROPERTY

LENGTH = 400


@dataclass(frozen=True)
class Passage:
    id: int
    start: int
    end: int


@st.composite
def passages(draw):
    spans = draw(
        st.lists(st.tuples(st.integers(0, LENGTH - 1), st.integers(1, 30) | st.just(LENGTH)), max_size=300, unique=True)
    )
    return [Passage(number, start, min(start + length, LENGTH)) for number, (start, length) in enumerate(spans)]


@PROPERTY
@given(passages(), st.integers(0, LENGTH), st.integers(0, 60))
def test_overlapping_is_what_looking_at_every_passage_finds(items, start, length):
    found = Passages(items)
    expected = [
        index for index, item in enumerate(found.items) if max(item.start, start) < min(item.end, start + length)
    ]
    assert found.overlapping(start, start + length) == expected
    assert found.at(start) == [index for index, item in enumerate(found.items) if item.start <= start < item.end]


@PROPERTY
@given(passages())
def test_passages_stand_in_order_the_longer_first(items):
    ordered = Passages(items).items
    assert sorted(ordered, key=lambda item: item.id) == items
    assert ordered == sorted(ordered, key=lambda item: (item.start, -item.end, item.id))


@PROPERTY
@given(passages(), st.integers(-1, LENGTH + 1))
def test_next_and_previous_begin_on_their_side(items, offset):
    found = Passages(items)
    later = [index for index, item in enumerate(found.items) if item.start > offset]
    earlier = [index for index, item in enumerate(found.items) if item.start < offset]
    assert found.after(offset) == (later[0] if later else None)
    assert found.before(offset) == (earlier[-1] if earlier else None)


def test_one_code_on_the_whole_text_hides_no_other():
    whole = Passage(0, 0, 10_000)
    found = Passages([whole, *(Passage(place, place, place + 5) for place in range(1, 9_000, 3))])
    assert [found.items[index].start for index in found.overlapping(6_001, 6_002)] == [0, 5_998, 6_001]


def test_without_passages_there_is_nothing_to_find():
    found: Passages[Passage] = Passages([])
    assert (len(found), found.overlapping(0, 9), found.at(0), found.after(0), found.before(9)) == (
        0,
        [],
        [],
        None,
        None,
    )
    assert lanes([]) == []


ROW_SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(0, 12)), max_size=80).map(
    lambda spans: sorted((first, first + more) for first, more in spans)
)


@PROPERTY
@given(ROW_SPANS)
def test_two_passages_in_one_lane_never_share_a_row(row_spans):
    taken = Counter(
        (lane, row)
        for lane, (first, last) in zip(lanes(row_spans), row_spans, strict=True)
        for row in range(first, last + 1)
    )
    assert set(taken.values()) <= {1}


@PROPERTY
@given(ROW_SPANS)
def test_there_are_as_many_lanes_as_passages_on_the_fullest_row(row_spans):
    on_row = Counter(row for first, last in row_spans for row in range(first, last + 1))
    assert len(set(lanes(row_spans))) == max(on_row.values(), default=0)


def test_the_first_free_lane_is_taken():
    assert lanes([(0, 5), (0, 1), (1, 2), (2, 3), (4, 4), (4, 9)]) == [0, 1, 2, 1, 1, 2]
