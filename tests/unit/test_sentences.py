"""Where words and sentences begin and end."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.sentences import bare_words, sentences, words
from tests.strategies import PROPERTY, texts

SPEECH = st.lists(
    st.sampled_from(("I", "Dr", "no", "J", "e.g", "Hope", "slept", "5", "我希", "“", "”", "(", ")", "'", ".", "...",
                     "?", "!", "…", "。", " ", " ", "  ", "\n", "\t", "—", "-")),
    max_size=30,
).map("".join)  # fmt: skip


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I slept. Then I woke.", ["I slept.", "Then I woke."]),
        ("It was bad. [laughs] But then. (pause) and so on.", ["It was bad.", "[laughs] But then. (pause) and so on."]),
        ("Dr. [inaudible] Smith came. [pause]\nI see.", ["Dr. [inaudible] Smith came. [pause]", "I see."]),
        ("Dr. Smith met Mrs. Jones. They spoke.", ["Dr. Smith met Mrs. Jones.", "They spoke."]),
        ("Some things, e.g. Hope, stay.", ["Some things, e.g. Hope, stay."]),
        ("J. K. Rowling wrote it. So did I. Then we left.", ["J. K. Rowling wrote it.", "So did I.", "Then we left."]),
        ("It cost 3.5 pounds. Not much.", ["It cost 3.5 pounds.", "Not much."]),
        ("No. I did not. See no. 5 there.", ["No.", "I did not.", "See no. 5 there."]),
        ("Well... maybe. And then… Yes.", ["Well... maybe.", "And then…", "Yes."]),
        ("“Why?” she asked. “Go!” He went.", ["“Why?” she asked.", "“Go!”", "He went."]),
        ("(He left.) Then silence", ["(He left.)", "Then silence"]),
        ("one line\nanother line", ["one line", "another line"]),
        ("我希望。好起来！", ["我希望。", "好起来！"]),
        ("  \n \t ", []),
        ("", []),
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text, expected):
    assert cut(text) == expected


def test_a_word_has_the_punctuation_that_touches_it():
    text = "“Well-being”, she said; don't — 我希。"
    assert [text[a:b] for a, b in words(text)] == ["“Well-being”,", "she", "said;", "don't", "—", "我", "希。"]


def test_a_bare_word_has_none():
    text = "“Well-being”, she said; don't — e.g. 我希。"
    found = [text[a:b] for a, b in bare_words(text)]
    assert found == ["Well-being", "she", "said", "don't", "e", "g", "我", "希"]


@pytest.mark.parametrize("split", [words, sentences])
@PROPERTY
@given(st.one_of(texts(), SPEECH))
def test_spans_stand_in_order_and_cover_all_that_is_not_blank(split, text):
    spans = split(text)
    assert all(start < end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    covered = {place for start, end in spans for place in range(start, end)}
    assert {place for place, character in enumerate(text) if not character.isspace()} <= covered


@PROPERTY
@given(st.one_of(texts(), SPEECH))
def test_no_sentence_ends_in_the_midst_of_a_bare_word(text):
    ends = {place for span in sentences(text) for place in span}
    assert not any(start < place < end for start, end in bare_words(text) for place in ends)


def test_lines_of_nothing_but_marks_are_no_trap():
    for text in ("." * 50_000, "'" * 50_000, "a'" * 25_000, ". " * 5_000, "." + " " * 50_000):
        sentences(text)
        words(text)
        bare_words(text)
