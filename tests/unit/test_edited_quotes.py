"""An edited quote is held word by word against its passage: what may be cut is cut, nothing else changes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.edited_quotes import checked, is_true
from qualcode.errors import MisquotedError
from tests.strategies import PROPERTY, texts

SAID = "Well, um, she showed me how to, you know, get on the bus. I like her, and I did not stop."


@pytest.mark.parametrize(
    "edited",
    [
        SAID,
        "She showed me how to get on the bus. I like her, and I did not stop.",
        "[...] she showed me [...]",
        "[…] she showed me [. . .] and I did not stop",
        "Well, she [the peer worker] showed me how to get on the bus [...]",
        "[The peer worker] showed me [...] the bus; I like [Ruth] and I did not stop!",
        "[...] I did NOT stop.",
        "[...] Well, um, she showed me how to, you know, get on the bus. I like her [...] and I did not stop.",
    ],
)
def test_cuts_that_are_marked_fillers_and_clarifications_pass(edited):
    assert is_true(SAID, edited)


@pytest.mark.parametrize(
    ("edited", "told", "at"),
    [
        ("She showed me how to drive [...]", "“drive”, is not what was said: the passage has “get”", 21),
        ("[...] get on the bus. I her [...]", "“her”, is not what was said: the passage has “like”", 24),
        ("[...] me [...] showed", "“showed”, is not what the passage has after “[...] me [...]”", 15),
        ("[...] and I did stop", "“stop”, is not what was said: the passage has “not”", 16),
        ("[...] and I did [really] stop", "“stop”, is not what was said: the passage has “not”", 25),
        (
            "[...] I did not stop [...] she showed me",
            "“she”, comes after the end of the passage",
            27,
        ),
        (f"{SAID} Never.", "“Never”, comes after the end of the passage", 90),
        ("[...] I did not", "ends where the passage goes on with “stop”", 15),
        ("[...]", "keeps at least one word", 0),
        ("[...", "no partner", 0),
        ("she] showed", "no partner", 3),
        ("[...] I [] did not stop", "no word in them", 8),
    ],
)
def test_the_first_word_that_differs_is_named(edited, told, at):
    with pytest.raises(MisquotedError) as caught:
        checked(SAID, edited)
    assert told in caught.value.what
    assert caught.value.at == at
    assert "[...]" in caught.value.remedy


def test_like_and_you_know_are_cut_only_where_the_transcript_sets_them_off():
    assert is_true("It was, like, good.", "It was good.")
    assert not is_true("It was like home.", "It was home.")
    assert is_true("You know, it helped.", "It helped.")
    assert not is_true("You know it helped.", "It helped.")


def test_what_says_yes_is_no_filler():
    assert not is_true("Mhm, it helped.", "It helped.")


def test_a_bracket_of_the_transcript_is_kept_or_its_words_are_missed():
    assert is_true("[Peer worker] told me [laughs] to go.", "[Peer worker] told me [laughs] to go.")
    assert not is_true("[Peer worker] told me [laughs] to go.", "[Peer worker] told me to go.")


def test_spelling_of_apostrophes_accents_and_hyphens_makes_no_difference():
    assert is_true("I don’t; re\u0301sume\u0301, well-being", "I don't. R\xe9sum\xe9: well being")


def test_the_checked_quote_has_single_blanks_and_one_sort_of_cut():
    assert checked(SAID, "\n […]  she showed\n me [ . . .] ") == "[...] she showed me [...]"


# -- any passage -----------------------------------------------------------------------------------------------------

WORDS = [f"w{number}" for number in range(12)]  # each once, so that a moved word can be told
FILLERS = ["um", "er,", "hmm"]


@st.composite
def passages(draw) -> list[str]:
    """Words of a passage, among them hesitations and asides."""
    words = draw(st.lists(st.sampled_from(WORDS), min_size=2, max_size=10, unique=True))
    for filler in draw(st.lists(st.sampled_from([*FILLERS, ", you know,", ", like,"]), max_size=4)):
        words.insert(draw(st.integers(0, len(words))), filler)
    return words


def is_word(piece: str) -> bool:
    return piece in WORDS


@st.composite
def shortened(draw, words: list[str]) -> list[str]:
    """Some fillers cut, some runs of anything cut with a mark, some clarifications put in; one word is kept."""
    kept = draw(st.sampled_from([place for place, word in enumerate(words) if is_word(word)]))
    pieces, is_cutting = [], False
    for place, word in enumerate(words):
        is_cutting = place != kept and draw(st.booleans())
        if is_cutting and is_word(word):
            pieces.append("[...]")
        elif not is_cutting:
            pieces.append(word)
        if draw(st.integers(0, 5)) == 0:
            pieces.append(draw(st.sampled_from(["[the peer worker]", "[...]", "[at the time]"])))
    return pieces


@given(st.data())
@PROPERTY
def test_any_cut_of_fillers_and_any_marked_cut_passes(data):
    words = data.draw(passages())
    edited = data.draw(shortened(words))
    assert is_true(" ".join(words), " ".join(edited))


@given(texts(min_words=1))
@PROPERTY
def test_a_whole_passage_passes_if_it_has_a_word_and_no_bracket(text):
    text = re.sub(r"[\[\]]", "", text)
    assert is_true(text, text) or not re.search(r"[^\W_]", text)


@given(st.data())
@PROPERTY
def test_a_changed_added_left_out_or_doubled_word_fails(data):
    words = data.draw(passages())
    edited = data.draw(shortened(words))
    place = data.draw(st.sampled_from([place for place, piece in enumerate(edited) if is_word(piece)]))
    harm = data.draw(st.sampled_from(["change", "add", "double"]))
    new = {"change": ["other"], "add": [edited[place], "other"], "double": [edited[place]] * 2}[harm]
    with pytest.raises(MisquotedError):
        checked(" ".join(words), " ".join([*edited[:place], *new, *edited[place + 1 :]]))


@given(st.data())
@PROPERTY
def test_a_word_left_out_without_a_mark_fails(data):
    words = data.draw(passages())
    place = data.draw(st.sampled_from([place for place, word in enumerate(words) if is_word(word)]))
    with pytest.raises(MisquotedError):
        checked(" ".join(words), " ".join([*words[:place], *words[place + 1 :]]))


@given(st.data())
@PROPERTY
def test_a_moved_word_fails_whatever_was_cut(data):
    words = data.draw(passages())
    edited = data.draw(shortened(words))
    kept = [place for place, piece in enumerate(edited) if is_word(piece)]
    if len(kept) < 2:
        return
    first, second = sorted(data.draw(st.lists(st.sampled_from(kept), min_size=2, max_size=2, unique=True)))
    edited[first], edited[second] = edited[second], edited[first]
    with pytest.raises(MisquotedError):
        checked(" ".join(words), " ".join(edited))
