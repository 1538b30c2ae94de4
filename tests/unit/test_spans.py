"""Passages are united, and stay on their words when a text is changed."""

from itertools import pairwise
from random import Random

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qualcode.errors import ProjectFileError, RefusedError
from qualcode.spans import (
    Edit,
    carry,
    carry_all,
    dump_edits,
    edits_between,
    inverse,
    load_edits,
    replace,
    unite,
    written,
)
from tests.strategies import PROPERTY, edited_texts, replacements, spans, texts

small_spans = st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=12)


def rebuilt(before: str, after: str, edits: tuple[Edit, ...]) -> str:
    """`before`, with what each edit put in taken from `after`."""
    pieces, done, shift = [], 0, 0
    for edit in edits:
        pieces += (before[done : edit.start], after[edit.start + shift : edit.start + shift + edit.length])
        shift += edit.length - (edit.end - edit.start)
        done = edit.end
    return "".join((*pieces, before[done:]))


def assert_well_formed(edits: tuple[Edit, ...], before: str) -> None:
    for edit in edits:
        assert 0 <= edit.start <= edit.end <= len(before)
        assert edit.start < edit.end or edit.length > 0
    for left, right in pairwise(edits):
        assert left.end < right.start


@st.composite
def changes(draw):
    """A text, what it became, the edits, and some passages of the old text in order."""
    before = draw(texts(min_words=1))
    assume(before)
    after, edits = replace(before, draw(replacements(before)))
    return before, after, edits, sorted(draw(st.lists(spans(before), min_size=1, max_size=8)))


# Uniting


@PROPERTY
@given(small_spans)
def test_uniting_keeps_exactly_the_covered_characters_in_passages_that_do_not_touch(given_spans):
    passages = unite(given_spans)

    def covered(some):
        return {place for start, end in some for place in range(start, end)}

    assert covered(passages) == covered(given_spans)
    assert all(left[1] < right[0] for left, right in pairwise(passages))
    assert all(start < end for start, end in passages)


def test_touching_passages_become_one_and_a_gap_of_one_character_keeps_them_apart():
    assert unite([(5, 9), (0, 5)]) == [(0, 9)]
    assert unite([(6, 9), (0, 5)]) == [(0, 5), (6, 9)]


# What changed


@PROPERTY
@given(edited_texts())
def test_edits_lead_from_the_old_text_to_the_new(pair):
    before, after = pair
    edits = edits_between(before, after)
    assert_well_formed(edits, before)
    assert rebuilt(before, after, edits) == after


@PROPERTY
@given(texts(), texts())
def test_edits_between_unrelated_texts_lead_from_one_to_the_other(before, after):
    edits = edits_between(before, after)
    assert_well_formed(edits, before)
    assert rebuilt(before, after, edits) == after


@PROPERTY
@given(texts())
def test_a_text_that_did_not_change_has_no_edits(text):
    assert edits_between(text, text) == ()


def test_a_corrected_word_is_changed_as_a_whole_and_its_comma_is_not():
    assert edits_between("I felt hoped, then", "I felt hopes, then") == (Edit(7, 12, 5),)


def test_a_change_in_one_turn_leaves_the_next_turn_alone():
    before = "A: it gives hope\nB: mm\nA: to me\nB: mm\n"
    after = "A: it gave hope\nB: mm\nA: for me\nB: mm\n"
    assert edits_between(before, after) == (Edit(6, 11, 4), Edit(26, 28, 3))


def test_a_moved_paragraph_leaves_the_others_where_they_are():
    before = "one two\nthree four\nfive six\nseven\n"
    after = "three four\nfive six\nseven\none two\n"
    edits = edits_between(before, after)
    assert carry(edits, (19, 27)) == (11, 19)
    assert carry(edits, (0, 7)) is None


def test_one_changed_ideograph_does_not_change_its_whole_clause():
    assert edits_between("我希望好起来", "我盼望好起来") == (Edit(1, 2, 1),)


def test_scattered_corrections_in_a_long_answer_without_line_breaks_stay_small():
    words = Random(7).choices([f"word{number}" for number in range(900)], k=12_000)
    corrected = [f"{word}x" if number % 60 == 0 else word for number, word in enumerate(words)]
    edits = edits_between(" ".join(words), " ".join(corrected))
    assert len(edits) == 200
    assert max(edit.end - edit.start for edit in edits) < 10


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("mm " * 50_000, "mm mm. " * 25_000, id="one word over and over"),
        pytest.param("\n" * 150_000, "a\n\n" * 50_000, id="blank lines"),
        pytest.param("x" * 150_000, "x" * 75_000 + "y" + "x" * 75_000, id="one endless word"),
    ],
)
def test_hopeless_pairs_of_texts_become_one_coarse_edit(before, after):
    # Comparing each word with each other would take hours here.
    edits = edits_between(before, after)
    assert len(edits) == 1
    assert rebuilt(before, after, edits) == after


# Replacing


@PROPERTY
@given(st.data(), texts())
def test_replacing_gives_the_text_and_the_edits_that_lead_to_it(data, before):
    wanted = data.draw(replacements(before))
    expected = before
    for start, end, words in sorted(wanted, reverse=True):
        expected = expected[:start] + words + expected[end:]
    after, edits = replace(before, wanted)
    assert after == expected
    assert_well_formed(edits, before)
    assert rebuilt(before, after, edits) == after


def test_a_replacement_by_the_same_words_is_no_edit():
    assert replace("Anna said", [(0, 4, "Anna")]) == ("Anna said", ())


def test_touching_replacements_are_one_edit():
    assert replace("AnnaSmith left", [(4, 9, "J."), (0, 4, "Bo")]) == ("BoJ. left", (Edit(0, 9, 4),))


@pytest.mark.parametrize("wanted", [[(0, 5, "x"), (4, 9, "y")], [(3, 3, "x"), (3, 3, "y")], [(0, 9, "x"), (2, 2, "y")]])
def test_overlapping_replacements_are_refused(wanted):
    with pytest.raises(RefusedError, match="overlap"):
        replace("Anna Smith left", wanted)


@pytest.mark.parametrize("wanted", [(-1, 2, "x"), (0, 99, "x"), (3, 2, "x")])
def test_a_replacement_outside_the_text_is_an_error(wanted):
    with pytest.raises(ValueError, match="no passage of a text of 4 characters"):
        replace("Anna", [wanted])


# Carrying


@PROPERTY
@given(changes())
def test_carried_spans_lie_in_the_new_text_and_keep_their_order(change):
    _, after, edits, passages = change
    kept = [(old, new) for old, new in zip(passages, carry_all(edits, passages), strict=True) if new]
    assert all(0 <= start < end <= len(after) for _, (start, end) in kept)
    for (old, new), (old_next, new_next) in pairwise(kept):
        assert new[0] <= new_next[0]
        if old[1] <= old_next[1]:
            assert new[1] <= new_next[1]


@PROPERTY
@given(changes())
def test_a_span_within_another_stays_within_it(change):
    _, _, edits, passages = change
    outer = (passages[0][0], max(end for _, end in passages))
    carried = carry(edits, outer)
    for span in carry_all(edits, passages):
        if span:
            assert carried
            assert carried[0] <= span[0] < span[1] <= carried[1]


@PROPERTY
@given(changes())
def test_untouched_spans_keep_exactly_their_words_and_come_back_by_the_inverse(change):
    before, after, edits, passages = change
    for span in passages:
        if any(edit.start < span[1] and edit.end > span[0] for edit in edits):
            continue
        carried = carry(edits, span)
        assert carried
        assert after[slice(*carried)] == before[slice(*span)]
        assert carry(inverse(edits), carried) == span


@PROPERTY
@given(changes())
def test_a_touched_span_holds_the_whole_replacement_and_all_its_kept_words(change):
    before, after, edits, passages = change
    for span in passages:
        expected, shift = "", 0
        place = span[0]
        for edit in edits:
            if edit.start < span[1] and edit.end > span[0]:
                expected += before[place : edit.start]
                expected += after[edit.start + shift : edit.start + shift + edit.length]
                place = edit.end
            shift += edit.length - (edit.end - edit.start)
        expected += before[place : span[1]]
        carried = carry(edits, span)
        assert (after[slice(*carried)] if carried else "") == expected


@PROPERTY
@given(changes())
def test_the_inverse_of_the_inverse_is_the_edits(change):
    before, after, edits, _ = change
    assert inverse(inverse(edits)) == edits
    assert rebuilt(after, before, inverse(edits)) == before


def carried_words(before: str, wanted: list[tuple[int, int, str]], words: str) -> str | None:
    """What a segment on `words` stands on after the replacements."""
    start = before.index(words)
    after, edits = replace(before, wanted)
    span = carry(edits, (start, start + len(words)))
    return after[slice(*span)] if span else None


@pytest.mark.parametrize(
    ("wanted", "words", "carried"),
    [
        pytest.param([(8, 18, "Bea Jones")], "Anna Smith", "Bea Jones", id="a name stays on its pseudonym"),
        pytest.param([(8, 18, "Bea Jones")], "Anna", "Bea Jones", id="half a name goes to the whole pseudonym"),
        pytest.param([(8, 18, "Bea Jones")], "told Anna", "told Bea Jones", id="an edit across the end"),
        pytest.param([(8, 18, "Bea Jones")], "Smith that", "Bea Jones that", id="an edit across the start"),
        pytest.param([(8, 18, "B")], "told Anna Smith that", "told B that", id="an edit inside"),
        pytest.param([(8, 8, "dear ")], "Anna", "Anna", id="an insertion before"),
        pytest.param([(12, 12, " Mary")], "Anna", "Anna", id="an insertion after"),
        pytest.param([(10, 10, "x")], "Anna", "Anxna", id="an insertion inside"),
        pytest.param([(8, 18, "")], "Anna", None, id="deleted with more"),
        pytest.param([(8, 12, "")], "Anna", None, id="deleted exactly"),
        pytest.param([(8, 12, "")], "Anna Smith", " Smith", id="deleted in part"),
        pytest.param([(0, 1, "We"), (19, 23, "")], "Anna Smith", "Anna Smith", id="edits around"),
    ],
)
def test_a_segment_stays_on_its_words(wanted, words, carried):
    assert carried_words("I, told Anna Smith that", wanted, words) == carried


def test_nothing_is_carried_from_an_empty_span():
    assert carry((Edit(0, 2, 5),), (4, 4)) is None


# Storing


@PROPERTY
@given(changes())
def test_stored_edits_are_read_back(change):
    edits = change[2]
    assert load_edits(dump_edits(edits)) == edits


def test_edits_are_stored_compactly():
    assert dump_edits((Edit(1, 2, 3), Edit(5, 5, 1))) == "[[1,2,3],[5,5,1]]"


TOUCHING = "[[0,2,1],[2,3,1]]"


@pytest.mark.parametrize(
    "stored",
    ["", "{}", "7", "[1]", "[[1,2]]", "[[3,2,1]]", "[[-1,2,1]]", '[["a",2,1]]', "[[1,2.5,1]]", TOUCHING],
)
def test_damaged_edits_are_said_to_be_damaged(stored):
    with pytest.raises(ProjectFileError, match="cannot be read"):
        load_edits(stored)


def test_what_edits_wrote_is_found_in_the_new_text():
    before, after = "Ann met Bob. Ann left early.", "[Bea] met Bob. [Bea] left."
    found = written(edits_between(before, after))
    assert [after[start:end] for start, end in found if start < end] == ["[Bea]", "[Bea]"]
    assert all(0 <= start <= end <= len(after) for start, end in found)
