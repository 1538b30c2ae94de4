"""Patterns of tokens, as spaCy's Matcher takes them: checked without spaCy, then looked for in parsed texts."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress
from typing import TYPE_CHECKING, Any

from qualcode.errors import InputError, RefusedError
from qualcode.language.parsing import KeptTexts, pieces_of
from qualcode.language.pipelines import Pipeline
from qualcode.language.rules import Rule, RuleFile

if TYPE_CHECKING:
    from spacy.tokens import Span

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
        self._kept = KeptTexts(pipeline)
        self._matcher = Matcher(self._kept.vocabulary, validate=True)
        self._anchors = {rule.name: _anchors(rule) for rule in rules}
        for rule in rules:
            try:
                self._matcher.add(rule.name, [json.loads(each) for each in rule.sought], greedy="LONGEST")
            except Exception as error:  # noqa: BLE001 (several kinds, and none of them promised)
                what = f"spaCy does not take the pattern ({' '.join(str(error).split())[:200]})"
                remedy = "Its words and signs: https://spacy.io/api/matcher"
                raise InputError(what, where=file.where(rule), remedy=remedy) from None

    def places(self, digest: bytes, body: str) -> dict[str, list[tuple[int, int]]] | None:
        """Where the patterns fit in a text: rule's name -> half-open code points, in order; None if it is not parsed.

        A pattern fits within a line.
        """
        wanted = [self._may_fit(body[start:end].lower()) for start, end in pieces_of(body)]
        if not any(wanted):
            return {}
        pieces = self._kept.pieces(digest, body)
        if pieces is None:
            return None
        found: dict[str, list[tuple[int, int]]] = {}
        for start, piece in compress(pieces, wanted):
            for name, span in self._fitting(piece):
                place = start + span.start_char - piece.start_char
                found.setdefault(name, []).append((place, place + span.end_char - span.start_char))
        return {name: sorted(places) for name, places in found.items()}

    def _fitting(self, piece: "Span") -> "Iterator[tuple[str, Span]]":
        for key, first, last in self._matcher(piece):
            yield self._kept.vocabulary.strings[key], piece[first:last]

    def _may_fit(self, lowered: str) -> bool:
        """Whether a piece has, for some rule, one of the words without which it fits nowhere."""
        return any(not words or any(each in lowered for each in words) for words in self._anchors.values())


def _anchors(rule: Rule) -> frozenset[str]:
    """Words, one of which stands wherever a rule fits; none where that cannot be told."""
    each = [_anchor(json.loads(pattern)) for pattern in rule.sought]
    return frozenset(word for words in each for word in words) if all(each) else frozenset()


def _anchor(pattern: Sequence[Mapping[str, Any]]) -> Sequence[str]:
    for token in pattern:
        asked = {key.upper(): value for key, value in token.items()}
        said = asked.get("LOWER")
        if said is not None and asked.get("OP", "+") == "+":
            words = [said] if isinstance(said, str) else said.get("IN", ())
            if words and all(isinstance(word, str) for word in words):
                return [word.lower() for word in words]
    return ()
