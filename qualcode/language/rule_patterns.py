"""Patterns of tokens, as spaCy's Matcher takes them: checked without spaCy, then looked for in parsed texts."""

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING, Any

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
_OF_A_FORM = frozenset({*_OF_WORDS, *_OF_SIGNS} - {"LEMMA"})
_KEYS = (*_OF_WORDS, *_OF_SIGNS, *_OF_A_MODEL, "OP")
_OP = re.compile(r"[!?+*]|\{\d{1,3}(,\d{0,3})?\}|\{,\d{1,3}\}")
_ASKS = re.compile(r"IN|NOT_IN|REGEX|FUZZY[1-9]?|==|!=|>=|<=|>|<")

if TYPE_CHECKING:
    from spacy.vocab import Vocab

    from qualcode.language.kept_text import KeptText

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
        patterns = [json.loads(pattern) for rule in rules for pattern in rule.sought]
        self._anchors = [anchors(pattern) for pattern in patterns]
        for rule in rules:
            try:
                self._matcher.add(rule.name, [json.loads(each) for each in rule.sought], greedy="LONGEST")
            except Exception as error:  # noqa: BLE001 (several kinds, and none of them promised)
                what = f"spaCy does not take the pattern ({' '.join(str(error).split())[:200]})"
                remedy = "Its words and signs: https://spacy.io/api/matcher"
                raise InputError(what, where=file.where(rule), remedy=remedy) from None
        self._forms = Forms(self._kept.vocabulary, patterns)

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
        if len(wanted) * _FEW > len(pieces):  # else it is quicker to read them all
            wanted = self._forms.among(wanted, text)
        for number in wanted:
            start, doc = pieces[number][0], text.doc(number)
            for key, first, last in self._matcher(doc):
                span = doc[first:last]
                name = self._kept.vocabulary.strings[key]
                found.setdefault(name, []).append((start + span.start_char, start + span.end_char))
        return {name: sorted(places) for name, places in found.items()}


# -- where they cannot fit ---------------------------------------------------------------------------------------------

_FEW = 8
"""Where less than this part of a text may fit, its words are not looked through for their form first."""

Anchor = tuple[bool, tuple[str, ...]]
"""Whether these are base forms, and the words or phrases, one of which stands wherever a pattern fits."""

_PHRASES = 64
"""Phrases that are looked for at most where each word of one has alternatives."""


def anchors(pattern: Sequence[Mapping[str, Any]]) -> tuple[Anchor, ...]:
    """What must stand in a piece of text for a pattern to fit there: of each, one of the words or phrases."""
    asked = [{key.upper(): value for key, value in token.items()} for token in pattern]
    lemmas = [(True, words) for token in asked if (words := _named(token, "LEMMA"))]
    phrases: list[tuple[str, ...]] = []
    is_begun = False  # the token before is the last of a phrase, and this one stands right after it
    for token in asked:
        words, is_once = _named(token, "LOWER"), "OP" not in token
        if words and is_begun and is_once and len(phrases[-1]) * len(words) <= _PHRASES:
            phrases[-1] = tuple(f"{before} {word}" for before, word in product(phrases[-1], words))
        elif words:
            phrases.append(words)
        is_begun = bool(words) and is_once
    return (*lemmas, *((False, words) for words in phrases))


def _named(asked: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """The words of which a token must be one, in small letters; none where it may be missing, or be others."""
    said = asked.get(key) if asked.get("OP", "+") == "+" else None
    words = said.get("IN") if isinstance(said, dict) else [said]
    if not isinstance(words, list) or not words or not all(isinstance(word, str) for word in words):
        return ()
    is_plain = key == "LOWER" or all(word.isascii() and word.isalpha() for word in words)
    return tuple(word.lower() for word in words) if is_plain else ()


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
            places = (found.start() for found in _sought(words).finditer(self._lowered))
        else:
            return {number for number in range(len(self._pieces)) if self._holds(number, words)}
        return {bisect_right(self._starts, place) - 1 for place in places} - {-1}

    def _holds(self, number: int, words: Sequence[str]) -> bool:
        start, end = self._pieces[number]
        piece = self._lowered[start:end] if self._lowered else self._body[start:end].lower()
        return _sought(words).search(piece) is not None


def _rarity(anchor: Anchor) -> int:
    """A guess at how seldom one of the words is found: short words are in many others, and often said."""
    is_lemma, words = anchor
    return min(map(len, words)) + 2 * is_lemma


@lru_cache(maxsize=256)
def _sought(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """What finds some phrases: between two words of spaCy's stands one blank or none, as in `don't`."""
    return re.compile("|".join(" ?".join(map(re.escape, phrase.split(" "))) for phrase in phrases))


class Forms:
    """What patterns ask of a word's form alone, whatever it stands beside: a capital, digits, a length.

    Each different word of a text is looked at once, and there are few of them; a piece that lacks what a pattern asks
    for need not be made into a document of spaCy's.
    """

    def __init__(self, vocabulary: "Vocab", patterns: Sequence[Sequence[Mapping[str, Any]]]) -> None:
        from spacy.matcher import Matcher

        self._vocabulary, self._matcher = vocabulary, Matcher(vocabulary)
        self._runs = [_runs(pattern) for pattern in patterns]
        asked = {form for runs in self._runs for run in runs for form in run if form}
        for form in asked:
            self._matcher.add(form, [[json.loads(form)]])

    def among(self, wanted: Sequence[int], text: "KeptText") -> Sequence[int]:
        """The pieces of those wanted that have, for one pattern, words of all forms that it asks for, in a row."""
        import numpy as np
        from spacy.tokens import Doc

        if not all(any(any(run) for run in runs) for runs in self._runs):
            return wanted
        words, which = text.words()
        fits: dict[str, Any] = {}
        for key, at, _ in self._matcher(Doc(self._vocabulary, words=words, spaces=[False] * len(words))):
            name = self._vocabulary.strings[key]
            fits.setdefault(name, np.zeros(len(words), dtype=bool))[at] = True
        found = np.zeros(len(text), dtype=bool)
        for runs in self._runs:
            here = np.ones(len(text), dtype=bool)
            for run in runs:
                here &= text.pieces_with([fits[form][which] if form in fits else not form for form in run])
            found |= here
        return [number for number in wanted if found[number]]


def _runs(pattern: Sequence[Mapping[str, Any]]) -> list[list[str]]:
    """The tokens of a pattern that must be there, each as what it asks of a word's form, in JSON, "" where nothing.

    Those that stand right after each other are of one list.
    """
    runs: list[list[str]] = [[]]
    for token in pattern:
        asked = {key.upper(): value for key, value in token.items()}
        often = asked.pop("OP", None)
        form = {key: value for key, value in asked.items() if key in _OF_A_FORM}
        if often in (None, "+"):
            runs[-1].append(json.dumps(form, sort_keys=True) if form else "")
        if often is not None:
            runs.append([])
            if often == "+":  # one of them stands right after what is before, one right before what is after
                runs[-1].append(runs[-2][-1])
    return [run for run in runs if run]
