"""Overlaps and counts over arrays agree with counting by hand."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode import spans, sweep
from tests.strategies import PROPERTY

# Small numbers, so that passages touch, repeat, enclose each other and are empty often enough.
passages = st.lists(st.tuples(st.integers(-3, 30), st.integers(0, 8)), max_size=25).map(
    lambda rows: [(start, start + length) for start, length in rows]
)
coded_passages = st.lists(st.tuples(st.integers(-2, 3), st.integers(0, 30), st.integers(-1, 8)), max_size=25).map(
    lambda rows: [(code, start, start + length) for code, start, length in rows]
)
triples = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 3), st.integers(0, 4)), max_size=40)


def columns(rows, width):
    """Rows of whole numbers as int64 arrays."""
    return tuple(np.array(rows, dtype=np.int64).reshape(-1, width).T)


def pairs_by_hand(rows):
    """All overlapping pairs, as `overlaps` orders them."""
    order = sorted((number for number, (start, end) in enumerate(rows) if start < end), key=lambda n: rows[n][0])
    return [
        (first, second)
        for place, first in enumerate(order)
        for second in order[place + 1 :]
        if max(rows[first][0], rows[second][0]) < min(rows[first][1], rows[second][1])
    ]


def as_pairs(first, second):
    return list(zip(first.tolist(), second.tolist(), strict=True))


# The axis


@PROPERTY
@given(st.lists(st.integers(0, 20), min_size=1, max_size=8), st.data())
def test_places_on_the_axis_lead_back_to_document_and_position(lengths, data):
    document = data.draw(st.integers(0, len(lengths) - 1))
    position = data.draw(st.integers(0, lengths[document]))
    offset = sweep.offsets(np.array(lengths))
    on_axis = sweep.axis(np.array([document]), np.array([position]), offset)
    assert [array.tolist() for array in sweep.place(on_axis, offset)] == [[document], [position]]


def test_the_end_of_a_document_does_not_touch_the_beginning_of_the_next():
    offset = sweep.offsets(np.array([10, 5]))
    start = sweep.axis(np.array([0, 1]), np.array([4, 0]), offset)
    end = sweep.axis(np.array([0, 1]), np.array([10, 5]), offset)
    assert len(sweep.unite(np.array([7, 7]), start, end)[0]) == 2


# Uniting


@PROPERTY
@given(coded_passages)
def test_each_code_is_united_as_if_alone(rows):
    expected = [
        (code, *passage)
        for code in sorted({code for code, _, _ in rows})
        for passage in spans.unite((start, end) for other, start, end in rows if other == code)
    ]
    united = sweep.unite(*columns(rows, 3))
    assert list(zip(*(array.tolist() for array in united), strict=True)) == expected


def test_codes_with_names_far_apart_are_united_too():
    far = 2**60
    group, start, end = sweep.unite(np.array([far, -far, far]), np.array([5, 0, 0]), np.array([9, 3, 5]))
    assert (group.tolist(), start.tolist(), end.tolist()) == ([-far, far], [0, 0], [3, 9])


# Overlaps


@PROPERTY
@given(passages)
def test_all_overlapping_pairs_are_found_once_and_in_order(rows):
    assert as_pairs(*sweep.overlaps(*columns(rows, 2))) == pairs_by_hand(rows)


@PROPERTY
@given(passages, st.integers(1, 9))
def test_blocks_hold_the_same_pairs_and_never_more_than_the_limit(rows, limit):
    blocks = list(sweep.overlap_blocks(*columns(rows, 2), limit=limit))
    assert [pair for block in blocks for pair in as_pairs(*block)] == pairs_by_hand(rows)
    assert all(len(first) == limit for first, _ in blocks[:-1])
    assert all(0 < len(first) <= limit for first, _ in blocks)


def test_one_passage_over_the_whole_text_does_not_break_the_limit():
    start = np.arange(1_000) * 10
    start[0], end = 0, start + 5
    end[0] = 20_000
    assert [len(first) for first, _ in sweep.overlap_blocks(start, end, limit=400)] == [400, 400, 199]


@PROPERTY
@given(coded_passages)
def test_pairs_of_united_passages_are_the_maximal_passages_where_both_codes_stand(rows):
    code, start, end = sweep.unite(*columns(rows, 3))
    first, second = sweep.overlaps(start, end)
    counted = Counter(tuple(sorted(pair)) for pair in as_pairs(code[first], code[second]))
    for one in range(-2, 4):
        for other in range(one + 1, 4):
            shared = [
                (max(a_start, b_start), min(a_end, b_end))
                for a, a_start, a_end in rows
                for b, b_start, b_end in rows
                if (a, b) == (one, other)
            ]
            assert counted[one, other] == len(spans.unite(shared))


# Pieces


@PROPERTY
@given(passages, passages)
def test_passages_find_the_turns_they_overlap(rows, cuts):
    turns = sorted(spans.unite(cuts))
    turns = [part for start, end in turns for part in ((start, start + 1), (start + 1, end)) if part[0] < part[1]]
    found = sweep.pieces_under(*columns(rows, 2), *columns(turns, 2))
    assert as_pairs(*found) == [
        (number, turn)
        for number, (start, end) in enumerate(rows)
        for turn, (turn_start, turn_end) in enumerate(turns)
        if max(start, turn_start) < min(end, turn_end)
    ]


# Counts


@PROPERTY
@given(triples)
def test_occurrences_are_tallied(rows):
    row, column, _ = columns(rows, 3)
    expected = Counter((a, b) for a, b, _ in rows)
    assert sweep.tally(row, column, (3, 4)).tolist() == [[expected[a, b] for b in range(4)] for a in range(3)]


@pytest.mark.parametrize("apart", [pytest.param(1, id="few units"), pytest.param(10**7, id="too many for a bitmap")])
@PROPERTY
@given(rows=triples, size=st.integers(1, 50))
def test_a_unit_is_counted_once_a_cell_in_one_go_or_in_blocks(apart, rows, size):
    rows = [(row, column, unit * apart) for row, column, unit in rows]
    expected = Counter((a, b) for a, b, _ in set(rows))
    by_hand = [[expected[a, b] for b in range(4)] for a in range(3)]
    blocks = [columns(rows[low : low + size], 3) for low in range(0, len(rows), size)]
    assert sweep.distinct_counts(*columns(rows, 3), (3, 4)).tolist() == by_hand
    assert sweep.distinct_counts_in_blocks(blocks, (3, 4), 5 * apart).tolist() == by_hand


def test_nothing_counts_as_nothing():
    none = np.empty(0, dtype=np.int64)
    assert sweep.distinct_counts(none, none, none, (2, 2)).tolist() == [[0, 0], [0, 0]]
    assert sweep.tally(none, none, (1, 2)).tolist() == [[0, 0]]
    assert [len(array) for array in sweep.overlaps(none, none)] == [0, 0]


@given(st.lists(st.integers(0, 40)), st.sampled_from([41, 2**20, 2**61, 2**63]))
def test_the_order_of_numbers_leaves_equal_ones_as_they_came(numbers, below):
    array = np.array(numbers, dtype=np.int64)
    order = sweep.order_of(array, below)
    assert order.tolist() == sorted(range(len(numbers)), key=numbers.__getitem__)
    assert array.tolist() == numbers
