"""Patterns of tokens, as spaCy's Matcher takes them: checked without spaCy, then looked for in parsed texts."""

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from qualcode.errors import InputError, RefusedError
from qualcode.folding import word_key
from qualcode.language.lemma_index import LemmaIndex
from qualcode.language.parsing import KeptTexts, index_of, pieces_of
from qualcode.language.pipelines import Pipeline
from qualcode.language.rules import Rule, RuleFile
from qualcode.spans import Span

_OF_WORDS = ("ORTH", "TEXT", "LOWER", "LEMMA", "SHAPE", "LENGTH")
_OF_SIGNS = (
    "IS_ALPHA", "IS_ASCII", "IS_DIGIT", "IS_LOWER", "IS_UPPER", "IS_TITLE", "IS_PUNCT", "IS_SPACE", "IS_STOP",
    "IS_BRACKET", "IS_QUOTE", "LIKE_NUM", "LIKE_URL", "LIKE_EMAIL",
)  # fmt: skip
_OF_A_MODEL = ("POS", "TAG", "ENT_TYPE")
_NOT_KEPT = ("DEP", "MORPH", "SENT_START", "IS_SENT_START", "ENT_IOB", "ENT_ID", "ENT_KB_ID", "NORM", "SPACY", "_")
_KEYS = (*_OF_WORDS, *_OF_SIGNS, *_OF_A_MODEL, "OP")
_OP = re.compile(r"[!?+*]|\{\d{1,3}(,\d{0,3})?\}|\{,\d{1,3}\}")
_ASKS = re.compile(r"IN|NOT_IN|REGEX|FUZZY[1-9]?|==|!=|>=|<=|>|<")

Tell = Callable[[str, str], None]
"""Takes what is wrong, and what to do."""


# -- checked without spaCy ---------------------------------------------------------------------------------------------


def checked_patterns(said: Any, wrong: Tell) -> tuple[str, ...]:
    """The patterns of a rule, each as JSON: one is a list of tables, several are a list of such lists.

    Args:
        said: as the file has it.
        wrong: told of what is not as it should be.
    """
    patterns = said if isinstance(said, list) and said and isinstance(said[0], list) else [said]
    return tuple(json.dumps(each, sort_keys=True) for each in patterns if _is_one(each, wrong))


def _is_one(pattern: Any, wrong: Tell) -> bool:
    if not isinstance(pattern, list) or not pattern or not all(isinstance(each, dict) for each in pattern):
        wrong("a pattern is a list of tables, one a word", 'Write pattern = [{LEMMA = "give"}, {LOWER = "hope"}]')
        return False
    wrongs = [each for token in pattern for each in _wrong_in(token)]
    if not wrongs and all(token.get("OP") in {"?", "*", "!"} for token in pattern):
        wrongs = [("a pattern of which every word may be missing fits everywhere", "Let it ask for a word.")]
    for what, remedy in wrongs[:1]:
        wrong(what, remedy)
    return not wrongs


def _wrong_in(token: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for key, value in token.items():
        if key.upper() in _NOT_KEPT:
            yield f"{key} of a word is not kept when texts are parsed", f"There are: {', '.join(_KEYS)}."
        elif key.upper() not in _KEYS:
            yield f"{key} is nothing that a word has", f"There are: {', '.join(_KEYS)}."
        elif key.upper() == "OP":
            if not isinstance(value, str) or not _OP.fullmatch(value):
                yield f"OP cannot be {value!r}", "Write one of ! ? + * or {2}, {1,3}."
        else:
            yield from _wrong_value(key, value)


def _wrong_value(key: str, value: Any) -> Iterator[tuple[str, str]]:
    is_sign = key.upper() in _OF_SIGNS
    if is_sign and not isinstance(value, bool):
        yield f"{key} is yes or no", f"Write {key} = true or {key} = false."
    elif isinstance(value, dict):
        for asks, what in value.items():
            if not _ASKS.fullmatch(asks):
                yield f"{key} cannot be asked {asks!r}", "There are: IN, NOT_IN, REGEX, FUZZY; of LENGTH ==, >=, <."
            elif asks == "REGEX":
                yield from _wrong_regex(key, what)
    elif key.upper() == "LOWER" and isinstance(value, str) and value != value.lower():
        yield f"LOWER is a word in small letters, and {value!r} is none", f'Write LOWER = "{value.lower()}".'
    elif not is_sign and not isinstance(value, (int if key.upper() == "LENGTH" else str)):
        yield f"{key} cannot be {value!r}", f'Write {key} = "hope", or {key} = {{IN = ["hope", "trust"]}}.'


def _wrong_regex(key: str, what: Any) -> Iterator[tuple[str, str]]:
    try:
        re.compile(what)
    except (re.error, OverflowError, RecursionError, TypeError) as error:
        yield f"the REGEX of {key} is no regular expression ({error})", "Write a dot as \\. and a bracket as \\(."


def needs_a_model(rule: Rule) -> tuple[str, ...]:
    """What a rule's patterns ask of words that only a model can tell: ("POS",)."""
    said = {key.upper() for pattern in rule.sought for token in json.loads(pattern) for key in token}
    return tuple(key for key in _OF_A_MODEL if key in said) if rule.kind == "pattern" else ()


# -- looked for --------------------------------------------------------------------------------------------------------


class Patterns:
    """Rules of kind `pattern`, to be looked for in texts that are parsed. spaCy is loaded here.

    Args:
        file: where they stand.
        rules: of it, those with patterns.
        pipeline: with which the texts are parsed.

    Raises:
        InputError: spaCy does not take a pattern.
        RefusedError: a rule asks for what only a model tells, and none is at work.
    """

    def __init__(self, file: RuleFile, rules: Sequence[Rule], pipeline: Pipeline) -> None:
        from spacy.matcher import Matcher

        for rule in rules:
            if pipeline.is_blank and (lacks := needs_a_model(rule)):
                what = f"{' and '.join(lacks)} of a word is told by a model, and there is none at work"
                remedy = pipeline.lacking or "Choose one: qualcode language use auto"
                raise RefusedError(what, where=file.where(rule), remedy=remedy)
        self._pipeline = pipeline
        self._kept = KeptTexts(pipeline)
        self._matcher = Matcher(self._kept.vocabulary, validate=True)
        self._anchors = [anchors(json.loads(pattern)) for rule in rules for pattern in rule.sought]
        for rule in rules:
            try:
                self._matcher.add(rule.name, [json.loads(each) for each in rule.sought], greedy="LONGEST")
            except Exception as error:  # noqa: BLE001 (several kinds, and none of them promised)
                what = f"spaCy does not take the pattern ({' '.join(str(error).split())[:200]})"
                remedy = "Its words and signs: https://spacy.io/api/matcher"
                raise InputError(what, where=file.where(rule), remedy=remedy) from None

    def places(self, digest: bytes, body: str) -> dict[str, list[Span]] | None:
        """Where the patterns fit in a text: rule's name -> half-open code points, in order; None if it is not parsed.

        A pattern fits within a line.
        """
        index = index_of(digest, self._pipeline)
        if index is None:
            return None
        pieces = list(pieces_of(body))
        wanted = may_fit(self._anchors, body, pieces, index)
        if not wanted:
            return {}
        text = self._kept.read(digest)
        if text is None or len(text) != len(pieces):
            return None
        found: dict[str, list[Span]] = {}
        for number in wanted:
            start, doc = pieces[number][0], text.doc(number)
            for key, first, last in self._matcher(doc):
                span = doc[first:last]
                name = self._kept.vocabulary.strings[key]
                found.setdefault(name, []).append((start + span.start_char, start + span.end_char))
        return {name: sorted(places) for name, places in found.items()}


# -- where they cannot fit ---------------------------------------------------------------------------------------------

Anchor = tuple[bool, tuple[str, ...]]
"""Whether these are base forms, and the words, one of which stands wherever a pattern fits."""


def anchors(pattern: Sequence[Mapping[str, Any]]) -> tuple[Anchor, ...]:
    """What must stand in a piece of text for a pattern to fit there: of each, one of the words."""
    found: list[Anchor] = []
    for token in pattern:
        asked = {key.upper(): value for key, value in token.items()}
        if asked.get("OP", "+") != "+":
            continue
        for key in ("LOWER", "LEMMA"):
            said = asked.get(key)
            words = [said] if isinstance(said, str) else said.get("IN") if isinstance(said, dict) else None
            is_told = bool(words) and all(isinstance(word, str) for word in words or ())
            if words and is_told and (key == "LOWER" or all(word.isascii() and word.isalpha() for word in words)):
                found.append((key == "LEMMA", tuple(word.lower() for word in words)))
    return tuple(found)


def may_fit(
    patterns: Sequence[Sequence[Anchor]], body: str, pieces: Sequence[Span], index: LemmaIndex
) -> Sequence[int]:
    """Numbers of the pieces in which a pattern can fit, in order: the rest need not be read."""
    if not all(patterns):
        return range(len(pieces))
    looked = _Pieces(body, pieces, index)
    return sorted({number for needed in patterns for number in looked.with_all(needed)})


class _Pieces:
    """The pieces of one text, to be looked through for words."""

    def __init__(self, body: str, pieces: Sequence[Span], index: LemmaIndex) -> None:
        self._pieces, self._index = pieces, index
        self._starts = [start for start, _ in pieces]
        lowered = body.lower()
        self._lowered = lowered if len(lowered) == len(body) else ""  # a letter that becomes two moves what follows
        self._body = body

    def with_all(self, needed: Sequence[Anchor]) -> set[int]:
        """The pieces that have one word of each: those of the rarest are found, and the others looked for in them."""
        first, *others = sorted(needed, key=_rarity, reverse=True)
        found = self._with(first)
        for is_lemma, words in others:
            if not found:
                break
            found = found & self._with((True, words)) if is_lemma else {n for n in found if self._holds(n, words)}
        return found

    def _with(self, anchor: Anchor) -> set[int]:
        is_lemma, words = anchor
        if is_lemma:
            places = (self._index.span(each)[0] for word in words for each in self._index.of_lemma(word_key(word)))
        elif self._lowered:
            places = (place for word in words for place in _places(word, self._lowered))
        else:
            return {number for number in range(len(self._pieces)) if self._holds(number, words)}
        return {bisect_right(self._starts, place) - 1 for place in places} - {-1}

    def _holds(self, number: int, words: Sequence[str]) -> bool:
        start, end = self._pieces[number]
        piece = self._lowered[start:end] if self._lowered else self._body[start:end].lower()
        return any(word in piece for word in words)


def _rarity(anchor: Anchor) -> int:
    """A guess at how seldom one of the words is found: short words are in many others, and often said."""
    is_lemma, words = anchor
    return min(map(len, words)) + 2 * is_lemma


def _places(word: str, text: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)
