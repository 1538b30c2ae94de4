"""Line and answer numbers: whoever cites them must find the same words for ever."""

import itertools
import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualcode import lines
from qualcode.errors import NotFoundError
from qualcode.lines import WIDTH, answer_of, answers, cells, line_of, line_starts, lines_of, span_of_lines
from qualcode.model import Turn

ONE_CELL = st.text(alphabet=st.sampled_from("a bé.\n\xa0\t"), max_size=400) | st.lists(
    st.sampled_from(["word", " ", "\n", "x" * 60, "   "]), max_size=60
).map("".join)
ANY = st.text(alphabet=st.sampled_from("ab  \n好😀e\u0301\u200b\u200d\u0915\u093e\u2028\u202e\x1b"), max_size=300)
BODIES = ONE_CELL | ANY | st.text(max_size=200)
PIECES = (
    "word ",
    "x" * 33,
    "x" * 60,
    " ",
    "   ",
    "\n",
    "好",
    "😀",
    "e\u0301",
    "\u0301",
    " \u0301",
    "👩\u200d👩",
    "\xad",
)
SMALL = settings(max_examples=150, deadline=None)


def pieces(body, width=WIDTH):
    starts = [*line_starts(body, width), len(body)]
    return [body[start:end] for start, end in itertools.pairwise(starts)]


@SMALL
@given(BODIES)
def test_the_lines_joined_are_the_text(body):
    assert "".join(pieces(body)) == body
    assert line_starts(body)[0] == 0
    assert not body or all(pieces(body))


@SMALL
@given(BODIES)
def test_no_line_is_wider_than_the_page(body):
    for line in pieces(body):
        shown = line.rstrip(" \n") if len(line.rstrip(" \n")) else ""
        assert sum(map(cells, shown)) <= WIDTH or not line.strip()


@SMALL
@given(BODIES)
def test_every_newline_ends_a_line_and_no_line_begins_with_a_mark(body):
    for line in pieces(body):
        assert "\n" not in line[:-1]
    for before, line in zip(pieces(body), pieces(body)[1:], strict=False):
        assert before.endswith("\n") or not lines.attaches(line[0]) or sum(map(cells, line)) == 0


@SMALL
@given(BODIES | st.lists(st.sampled_from(PIECES), max_size=60).map("".join), st.sampled_from([2, 3, 17, WIDTH, 90]))
def test_the_fast_way_and_the_true_widths_agree(body, width):
    slow, start = [], 0
    while start < len(body):
        slow.append(start)
        start = lines._wide_end(body, start, body.find("\n", start) + 1 or len(body), width)
    assert list(line_starts(body, width)) == (slow or [0])


@SMALL
@given(BODIES, st.integers(2, 120))
@example("a\u200d好", 2)
@example("👩\u200d👩", 2)
@example("好\u093e", 2)
def test_at_any_width_the_lines_joined_are_the_text_and_none_is_too_wide(body, width):
    found = pieces(body, width)
    assert "".join(found) == body
    shown = [re.sub("\u200d[🀀-🿿]", "", line.rstrip(" \n")) for line in found]  # joined, pictures are one
    letters = [line for line in shown if line.strip() and not all(map(lines.attaches, line[1:]))]
    assert all(sum(map(cells, line)) <= width for line in letters)  # one letter with its marks is not parted


def test_what_is_skipped_as_one_cell_is_one_cell():
    skipped = lines._ONE_CELL.findall("".join(map(chr, range(0x110000))))
    assert not any(map(lines._is_odd, "".join(skipped)))
    assert lines.odd_characters("naïve’s Ж 好\u0301") == {"好", "\u0301"}


@pytest.mark.parametrize("width", [1, 0, -3])
def test_a_line_without_room_for_a_wide_character_is_refused(width):
    with pytest.raises(ValueError, match="at least 2 cells"):
        line_starts("好", width)


@SMALL
@given(BODIES, st.data())
def test_numbers_and_passages_go_back_and_forth(body, data):
    starts = line_starts(body)
    first = data.draw(st.integers(1, len(starts)))
    last = data.draw(st.integers(first, len(starts)))
    start, end = span_of_lines(starts, first, last, body)
    assert not body[start:end].endswith("\n") or body[start : end + 1].endswith("\n\n")
    assert line_of(starts, start) == first or not body
    if end > start:
        assert lines_of(starts, start, end) == (first, last) or end == starts[last - 1]


@SMALL
@given(BODIES)
def test_line_numbers_never_fall(body):
    starts = line_starts(body)
    numbers = [line_of(starts, position) for position in range(len(body) + 1)]
    assert numbers == sorted(numbers)
    assert {1, len(starts)} <= set(numbers)


def test_the_rule_by_example():
    assert pieces("a" * 70 + " b") == ["a" * 68, "aa b"]
    assert pieces("a" * 66 + " bcd\n\nx") == ["a" * 66 + " ", "bcd\n", "\n", "x"]
    assert pieces("a" * 68 + "   b") == ["a" * 68 + "   ", "b"]
    assert pieces("好" * 35) == ["好" * 34, "好"]
    assert pieces("e\u0301" * 69) == ["e\u0301" * 68, "e\u0301"]


@pytest.mark.parametrize(
    ("character", "width"),
    [
        ("a", 1),
        ("好", 2),
        ("😀", 2),
        ("\u0301", 0),
        ("\u200c", 0),
        ("\u202e", 1),
        ("\x1b", 1),
        ("\xad", 1),
        ("ｱ", 1),
        ("：", 2),
    ],
)
def test_cells(character, width):
    assert cells(character) == width


@pytest.mark.parametrize(("first", "last"), [(0, 1), (1, 4), (2, 1), (9, 9)])
def test_lines_that_do_not_exist_are_refused_with_those_that_do(first, last):
    body = "a\nb\nc\n"
    with pytest.raises(NotFoundError, match="lines 1 to 3"):
        span_of_lines(line_starts(body), first, last, body)


def test_the_newline_is_left_out_but_no_letter_of_a_cut_word():
    assert span_of_lines(line_starts("好" * 35), 1, 1, "好" * 35) == (0, 34)
    assert span_of_lines(line_starts("a\nb"), 1, 1, "a\nb") == (0, 1)


def talk(*said):
    """A body and its turns from (speaker, words)."""
    body, turns = "", []
    for speaker, words in said:
        start = len(body)
        body += (f"{speaker}: " if speaker else "") + f"{words}\n"
        turns.append(Turn(start, len(body), len(body) - len(words) - 1, speaker))
    return body, tuple(turns)


def numbered(said, interviewers=("I",)):
    body, turns = talk(*said)
    return [
        (body[answer.start : answer.end], answer.question and body[slice(*answer.question)])
        for answer in answers(body, turns, interviewers)
    ]


def test_back_channels_are_absorbed_and_questions_are_not():
    assert numbered(
        [
            ("I", "How did it begin?"),
            ("P", "Well"),
            ("I", "mm, yes, go on"),
            ("P", "it was May"),
            ("I", "And?"),
            ("P", "No"),
        ]
    ) == [("Well\nI: mm, yes, go on\nP: it was May", "How did it begin?"), ("No", "And?")]


def test_a_remark_of_five_words_is_a_new_question():
    assert len(numbered([("I", "Hello?"), ("P", "a"), ("I", "tell me more about it"), ("P", "b")])) == 2


def test_the_cover_page_is_no_answer_but_unnamed_words_later_are():
    assert numbered([("", "Cover"), ("I", "So?"), ("", "I went"), ("", "home"), ("I", "And?"), ("P", "x")]) == [
        ("I went\nhome", "So?"),
        ("x", "And?"),
    ]


def test_two_interviewers_in_a_row_ask_one_question():
    assert numbered([("I", "So, as I said"), ("J", "What happened then?"), ("P", "x")], ("I", "J"))[0][1] == (
        "What happened then?"
    )


def test_without_an_interviewer_every_turn_is_an_answer():
    assert numbered([("", "Cover"), ("A", "x"), ("B", "y"), ("A", "z")]) == [("x", None), ("y", None), ("z", None)]
    assert numbered([("", "A diary")]) == [("A diary", None)]


TALKS = st.lists(
    st.tuples(
        st.sampled_from(["", "I", "P", "R"]),
        st.sampled_from(["", "mm", "yes I do see", "How so?", "one two three four five", " "]),
    ),
    max_size=14,
)


@SMALL
@given(TALKS)
def test_answers_never_overlap_nor_hold_a_question(said):
    body, turns = talk(*said)
    found = answers(body, turns, {"I"})
    assert [answer.number for answer in found] == list(range(1, len(found) + 1))
    assert all(answer.start < answer.end for answer in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    questions = [
        turn
        for turn, (speaker, words) in zip(turns, said, strict=True)
        if speaker == "I" and ("?" in words or len(words.split()) > 4)
    ]
    assert not any(answer.start < turn.end and turn.start < answer.end for answer in found for turn in questions)
    for answer in found:
        assert answer_of(found, answer.start) == answer_of(found, answer.end - 1) == answer.number
        assert answer_of(found, answer.end) in (0, answer.number + 1)


@SMALL
@given(TALKS)
def test_every_participants_word_is_in_an_answer(said):
    body, turns = talk(*said)
    found = answers(body, turns, {"I"})
    spoken = [turn for turn in turns if turn.speaker in ("P", "R") and body[turn.speech : turn.end].strip()]
    assert all(answer_of(found, turn.speech) for turn in spoken)
