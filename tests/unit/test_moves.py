"""Where the cursor goes: the same places on, and back."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualcode.tui import moves
from qualcode.tui.clusters import begins
from qualcode.tui.layout import Layout
from tests.strategies import WORDS
from tests.unit.test_layout import LONG_LINE, TEXTS

PROPERTY = settings(max_examples=100, deadline=None)
TALK = st.lists(
    st.sampled_from([*WORDS, " ", " ", "  ", "\n", ", ", ". ", "-", "'", "3.5 ", "(", "…"]), max_size=30
).map("".join)
STEPS = st.integers(-3, 3)


def visited(body, move):
    """All places from the beginning to the end of the text, then those on the way back."""
    there, back = [0], [len(body)]
    while there[-1] < len(body):
        there.append(move(body, there[-1], 1))
        assert there[-1] > there[-2]
    while back[-1] > 0:
        back.append(move(body, back[-1], -1))
        assert back[-1] < back[-2]
    return there, back


@PROPERTY
@given(TEXTS)
@example("")
@example("e" + "\u0301" * 2_000)
@example("🇩" * 700 + "x")
@example("👩\u200d" * 400)
def test_by_character_every_cluster_is_visited_there_and_back(body):
    there, back = visited(body, moves.character)
    assert there == back[::-1]
    assert there == [*(at for at in range(len(body)) if begins(body, at)), len(body)]


@PROPERTY
@given(TALK | TEXTS)
@example(LONG_LINE)
@example("x" * 3_000 + " y")
@example(" " * 3_000)
def test_by_word_every_start_is_visited_there_and_back(body):
    there, back = visited(body, moves.word)
    starts = {at for at in range(len(body)) if begins(body, at) and moves._starts_word(body, at)}
    assert starts <= set(there) & set(back)
    if len(body) <= moves.FAR:  # a longer gap or word is crossed in several moves
        assert set(there) == set(back) == starts | {0, len(body)}


@PROPERTY
@given(TALK | TEXTS, st.data())
def test_a_words_span_holds_the_place_and_the_words_cover_all_letters(body, data):
    at = data.draw(st.integers(0, len(body)))
    start, end = moves.word_span(body, at)
    assert start <= at <= end
    if body[at : at + 1].isalnum():
        assert at < end
        assert moves.word_span(body, start) == moves.word_span(body, end - 1) == (start, end)
        assert moves.word_end(body, start) == end


def words_of(body):
    found, at = [], 0
    while at < len(body):
        found.append(body[slice(*moves.word_span(body, at))])
        at = moves.word(body, at, 1)
    return found


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("don't give-up, she’s 3.5!", ["don't", "give-up", "she’s", "3.5"]),
        ("naïve e\u0301te\u0301 café.", ["naïve", "e\u0301te\u0301", "café"]),
        ("nicht—doch (ja) 'so'", ["nicht", "doch", "ja", "so"]),
        ("P3:hello l·lobregat", ["P3", "hello", "l·lobregat"]),
        ("我希望 ok", ["我", "希", "望", "ok"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("می\u200cخواهم بروم", ["می\u200cخواهم", "بروم"]),
        ("a\nb", ["a", "b"]),
        ("end. ", ["end"]),
    ],
)
def test_words(body, words):
    assert words_of(body) == words


def test_the_end_of_a_word_then_of_the_next():
    body = "one two, three"
    assert [moves.word_end(body, at) for at in (0, 2, 3, 7, 14)] == [3, 3, 7, 14, 14]


def test_between_words_one_character_is_taken_and_at_the_end_of_a_line_none():
    assert moves.word_span("a, 👩🏽‍🦱 b\nc", 1) == (1, 2)
    assert moves.word_span("👩🏽‍🦱 b", 2) == (0, 4)
    assert moves.word_span("ab\nc", 2) == (2, 2)
    assert moves.word_span("ab", 2) == (2, 2)


@PROPERTY
@given(TALK | TEXTS, st.integers(-5, 200), STEPS)
def test_no_move_leaves_the_text(body, at, step):
    layout = Layout(body, 10)
    places = [
        moves.character(body, at, step),
        moves.word(body, at, step),
        moves.word_end(body, at),
        *moves.word_span(body, at),
        moves.row_start(layout, at),
        moves.row_end(layout, at),
    ]
    assert all(0 <= place <= len(body) for place in places)


SPANS = [(0, 4), (4, 9), (12, 20), (20, 25)]


def test_spans_are_walked_by_their_beginnings():
    assert [moves.to_span(SPANS, at, 1) for at in (0, 3, 4, 10, 19, 20, 30)] == [4, 4, 12, 12, 20, 20, 30]
    assert [moves.to_span(SPANS, at, -1) for at in (0, 3, 4, 10, 13, 20, 30)] == [0, 0, 0, 4, 12, 12, 20]
    assert [moves.to_span(SPANS, 5, step) for step in (2, 9, 0, -2, -9)] == [20, 20, 5, 0, 0]
    assert moves.to_span([], 7, 1) == moves.to_span([], 7, -1) == 7


def test_the_span_at_a_place():
    assert [moves.span_at(SPANS, at) for at in (0, 4, 9, 11, 24, 25)] == [(0, 4), (4, 9), None, None, (20, 25), None]
    assert moves.span_at([], 0) is None


@PROPERTY
@given(TEXTS, st.integers(2, 60), st.integers(0, 70), st.data())
def test_down_is_the_next_row_and_up_the_one_before(body, width, goal, data):
    layout = Layout(body, width)
    at = data.draw(st.integers(0, len(body)))
    here = layout.row_of(at)
    for step in (-2, -1, 1, 2):
        to = moves.row(layout, at, step, goal)
        assert layout.row_of(to) == min(max(here + step, 0), len(layout) - 1)
        assert layout.row_of(to) != here or to == at
    assert moves.row(layout, at, 0, goal) == at


def test_the_goal_cell_outlives_a_short_row():
    layout = Layout("a long first row\nb\nand a third one", 40)
    at = moves.row(layout, 10, 1, 10)
    assert at == 18
    assert moves.row(layout, at, 1, 10) == 19 + 10


@PROPERTY
@given(TEXTS, st.integers(2, 60))
def test_home_and_end_stay_in_their_row(body, width):
    layout = Layout(body, width)
    for at in range(len(body) + 1):
        start, end = moves.row_start(layout, at), moves.row_end(layout, at)
        assert layout.row_of(start) == layout.row_of(end) == layout.row_of(at)
        assert layout.span(layout.row_of(at))[0] == start <= end
