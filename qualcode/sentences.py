"""Where words and sentences begin and end: fixed rules, no model, so that a number can be had again years later.

Positions are Unicode code points, half-open. A change of these rules is a new `VERSION`, which every number that rests
on sentences or words prints.

The rules. A newline ends a sentence. So do `.`, `!`, `?` and an ellipsis (with the quotes and brackets that close
after them) before a blank, unless the next word begins in lower case; a full stop moreover not after a title (Dr.),
an abbreviation that something must follow (e.g.), an initial (J. Smith; but "so did I." ends), or "no." before a
number. What a transcriber remarks in brackets is no next word, and belongs to what follows: "It was. [laughs] But then"
are two sentences. The full stops of Chinese and Japanese need no blank. A decimal point has no blank behind it and
ends nothing.
"""

import re

Span = tuple[int, int]

VERSION = "2"
"""Rises with each change of the rules."""

_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_MARKS = re.escape('.,;:!?…"“”„«»‹›()[]{}<>/\\|–—、。「」『』，！？；：（）*_~=+¿¡')
_INNER = "'’‘‐-"  # part of a word in the midst of it, not at its ends
_OPENING = "\"'“‘„«(\\[{¿¡–—-"
_CLOSING = "\"'”’»›)]}*_"

_REMARK = r"(?:\[[^\]\n]{1,40}\]|\([^)\n]{1,40}\))"  # a transcriber's: [laughs], (pause)

_RUN = re.compile(r"\S+")
_WORD = re.compile(rf"[{_CJK}][、。，！？；：」』）]*|[^\s{_CJK}]+")
_BARE = re.compile(rf"([^\s{_MARKS}{_INNER}]++(?:[{_INNER}]++[^\s{_MARKS}{_INNER}]++)*+)")
_BARE_CJK = re.compile(rf"([{_CJK}]|[^\s{_MARKS}{_INNER}{_CJK}]++(?:[{_INNER}]++[^\s{_MARKS}{_INNER}{_CJK}]++)*+)")
_ANY_CJK = re.compile(rf"[{_CJK}]")
_END = re.compile(
    rf"[\n.!?…。！？][.!?…。！？]*+[{re.escape(_CLOSING)}」』）]*+"
    rf"(?:(?=[^\S\n]++(?:{_REMARK}[^\S\n]++)*+[{_OPENING}]*+[^\S\n]?(\S)))?"
)  # begins with a set, which `re` looks for fast; possessive, so that a line of dots takes no longer than one of words
_BEFORE = 12  # characters looked at before a full stop: more than any abbreviation has

_TITLES = frozenset(
    [
        "mr",
        "mrs",
        "ms",
        "mx",
        "dr",
        "prof",
        "rev",
        "hon",
        "sgt",
        "capt",
        "lt",
        "col",
        "gen",
        "sr",
        "fr",
        "hr",
        "mme",
        "mlle",
        "st",
    ]
)
_LEADING = frozenset(
    [
        "e.g",
        "i.e",
        "eg",
        "ie",
        "cf",
        "vs",
        "viz",
        "approx",
        "ca",
        "fig",
        "figs",
        "pp",
        "vol",
        "ed",
        "eds",
        "z.b",
        "d.h",
        "bzw",
        "nr",
        "nos",
    ]
)
_BEFORE_NUMBERS = frozenset(("no", "p", "art", "sec", "ch"))


def words(text: str) -> list[Span]:
    """The words, each with the punctuation that touches it; ideographs and kana are words of one character.

    Returns:
        Spans in order, none overlapping another; every character that is not blank lies in one.
    """
    pattern = _WORD if _ANY_CJK.search(text) else _RUN
    return [match.span() for match in pattern.finditer(text)]


def bare_words(text: str) -> list[Span]:
    """The words without the punctuation around them: what "at least one whole word" asks for.

    Returns:
        Spans in order, none overlapping another. "don't" and "well-being" are one word, "e.g." is two.
    """
    return [match.span() for match in _bare(text).finditer(text)]


def around_bare_words(text: str) -> list[str]:
    """The text in pieces: what stands before the first bare word, that word, what stands behind it, and so on.

    Returns:
        An odd number of pieces, every second of them a bare word; joined they are the text. For whoever wants a million
        words in arrays: adding up their lengths there takes half the time of the spans.
    """
    return _bare(text).split(text)


def _bare(text: str) -> re.Pattern[str]:
    return _BARE if text.isascii() or not _ANY_CJK.search(text) else _BARE_CJK


def sentences(text: str) -> list[Span]:
    """The sentences, by the rules above.

    Returns:
        Spans in order, none overlapping another, without blanks at their ends; every character that is not blank
        lies in one.
    """
    ends = [end for match in _END.finditer(text) if (end := _end(text, match))]
    found: list[Span] = []
    start = 0
    for end in (*ends, len(text)):
        piece = text[start:end]
        bare = piece.lstrip()
        if bare:
            found.append((end - len(bare), end - len(bare) + len(bare.rstrip())))
        start = end
    return found


def _end(text: str, match: re.Match[str]) -> int:
    """Where the sentence ends that a mark may end; 0 if it goes on. `match[1]` is what begins the next word."""
    start, end = match.span()
    mark = text[start]
    if mark == "\n":
        return start + 1
    after: str | None = match[1]
    if after is None or after.islower():
        return end if mark in "。！？" else 0
    if mark == "." and end - start == 1 and _is_abbreviated(text[max(0, start - _BEFORE) : start], after):
        return 0
    return end


def _is_abbreviated(before: str, after: str) -> bool:
    """Whether a full stop belongs to the word before it; `after` is the first character behind."""
    word = before[-1:].strip() and before.rsplit(None, 1)[-1].lstrip("([{\"“„«'‘")
    folded = word.casefold()
    if folded in _TITLES or folded in _LEADING:
        return True
    if folded in _BEFORE_NUMBERS:
        return after.isdigit()
    last = word.rpartition(".")[2]
    return len(last) == 1 and last.isupper() and word != "I" and after.isupper()
