"""Words are found however blanks, quotes, dashes and accents are written, and at their exact place."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import qualcode
from qualcode.project.alike import alike, in_plain, plainly
from qualcode.project.places import quote_span
from qualcode.project.retrieval import Filter

SAID = "So I said – “don’t know when”,\nin Zürich at the café \u1112\u1161\u11ab."


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("typed", ["NFC", "NFD"])
@pytest.mark.parametrize(
    "words", ["don't know when", "said - \"don't", "don’t know when", "in Zürich at", "café 한", "ZÜRICH"]
)
def test_words_are_found_in_either_writing(tmp_path, form, typed, words):
    body = unicodedata.normalize(form, SAID)
    sought = unicodedata.normalize(typed, words)
    start, end = quote_span(body, sought)
    assert alike(body[start:end]) == alike(words)
    assert not (end < len(body) and unicodedata.combining(body[end]))
    with qualcode.new(tmp_path / "p.qualcode", "AK") as project:
        project.documents.add("D", body, [])
        project.codes.add("C", "c")
        made = project.segments.add("D", "C", span=(0, len(body)))
        assert project.segments.find(Filter(words=sought)) == [made]
        assert project.segments.find(Filter(words=sought + "x")) == []


@settings(max_examples=200)
@given(st.text(st.sampled_from("aé e\u0301\u0327\n ’'–\u1112\u1161한\u212b"), max_size=12))
def test_the_plain_text_is_what_is_compared_and_leads_back(body):
    plain = plainly(body)
    assert plain.text == in_plain(body)
    for start in range(len(plain.text)):
        first, last = plain.span(start, start + 1)
        assert first < last
        assert plain.text[start] == " " or plain.text[start] in in_plain(body[first:last])
    for place in range(len(body) + 1):
        assert plain.index(place) == sum(plain.span(each, each + 1)[0] < place for each in range(len(plain.text)))
