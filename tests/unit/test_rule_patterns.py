"""Patterns in parsed texts: only lines in which one may fit are read, and that loses nothing."""

import json
from functools import cache
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.matcher import Matcher

from qualcode.language.parsing import Parser, index_of, pieces_of
from qualcode.language.pipelines import resolve
from qualcode.language.rule_files import loads
from qualcode.language.rule_patterns import Patterns, anchors, may_fit
from tests.linguistic import DICTIONARY


@pytest.fixture(scope="module", autouse=True)
def _own_places(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("patterns")
        patch.setenv("QUALCODE_CACHE", str(folder / "cache"))
        patch.setenv("QUALCODE_CONFIG", str(folder / "settings"))
        yield


@cache
def _parser() -> Parser:
    return Parser(resolve(DICTIONARY))


TOKENS = (
    {"LOWER": "hope"}, {"LEMMA": "hope"}, {"LEMMA": "give"}, {"LOWER": {"IN": ["me", "you", "n't"]}}, {"OP": "?"},
    {"LOWER": "hope", "OP": "?"}, {"LEMMA": {"IN": ["cope", "go"]}}, {"IS_TITLE": True}, {"LOWER": "i", "OP": "+"},
    {"TEXT": {"REGEX": "^h"}}, {"LEMMA": "not"}, {"LOWER": {"NOT_IN": ["hope"]}}, {"IS_TITLE": True, "OP": "+"},
    {"LENGTH": {">=": 4}}, {"shape": "xxx", "LEMMA": "hope"}, {"IS_PUNCT": True, "OP": "{1,2}"}, {"LOWER": "do"},
    {"IS_ALPHA": True, "OP": "!"}, {"LOWER": "n't"}, {"LIKE_NUM": True}, {"IS_SPACE": True},
)  # fmt: skip
WORDS = (
    "Hope",
    "hope,",
    "hoped",
    "hoping",
    "gave",
    "me",
    "don’t",
    "don't",
    "I",
    "İ",
    "coping",
    "went",
    "\n",
    "you.",
    "H",
    "12",
)


@settings(max_examples=150, deadline=None)
@given(
    body=st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join),
    patterns=st.lists(st.lists(st.sampled_from(TOKENS), min_size=1, max_size=3), min_size=1, max_size=3).filter(
        lambda some: all(any(each.get("OP") not in {"?", "!"} for each in pattern) for pattern in some)
    ),
)
def test_what_is_found_is_what_spacy_finds_in_every_line(body, patterns):
    digest, pipeline = sha256(body.encode()).digest(), resolve(DICTIONARY)
    _parser().keep(digest, body)
    text = "".join(f"[r{n}]\ncode = 'P3'\npattern = {_toml(each)}\n" for n, each in enumerate(patterns))
    file = loads(text, "r.toml")
    everywhere: dict[str, list[tuple[int, int]]] = {}
    for start, doc in _parser().docs(body):
        matcher = Matcher(doc.vocab)
        for rule, pattern in zip(file.rules, patterns, strict=True):
            matcher.add(rule.name, [pattern], greedy="LONGEST")
        for key, first, last in matcher(doc):
            span = doc[first:last]
            everywhere.setdefault(doc.vocab.strings[key], []).append((start + span.start_char, start + span.end_char))
    assert Patterns(file, file.rules, pipeline).places(digest, body) == {
        name: sorted(places) for name, places in everywhere.items()
    }


def _toml(pattern) -> str:
    """A pattern as a file of rules has it."""

    def value(each):
        if isinstance(each, dict):
            return "{" + ", ".join(f"{json.dumps(key)} = {value(said)}" for key, said in each.items()) + "}"
        return f"[{', '.join(map(value, each))}]" if isinstance(each, list) else json.dumps(each)

    return value(list(pattern))


def test_lines_without_the_words_of_a_pattern_are_not_read():
    body = "I hoped.\nNobody came.\nShe gave me hope.\nWe gave up.\n"
    digest = sha256(body.encode()).digest()
    _parser().keep(digest, body)
    index, pieces = index_of(digest, resolve(DICTIONARY)), list(pieces_of(body))

    def read(*pattern):
        return list(may_fit([anchors(pattern)], body, pieces, index))

    assert read({"LEMMA": "hope"}) == [0, 2]
    assert read({"LEMMA": "give"}, {"OP": "*"}, {"LOWER": "hope"}) == [2]
    assert read({"LOWER": {"IN": ["up", "came"]}}) == [1, 3]
    assert read({"IS_TITLE": True}) == [0, 1, 2, 3]
    assert read({"LOWER": "hope", "OP": "?"}, {"IS_PUNCT": True}) == [0, 1, 2, 3]


def test_what_is_spoilt_in_the_cache_is_told_and_not_guessed():
    from qualcode import cache as kept

    file = loads("[r]\ncode = 'P3'\npattern = [{LOWER = 'hope'}]", "r.toml")
    patterns, digest = Patterns(file, file.rules, resolve(DICTIONARY)), b"\1" * 32
    assert patterns.places(digest, "Hope.") is None
    _parser().keep(digest, "Hope.")
    assert patterns.places(digest, "Hope.") == {"r": [(0, 4)]}
    kept.keep(digest, f"{resolve(DICTIONARY).key}.docs", b"spoilt")
    assert patterns.places(digest, "Hope.") is None
