"""Where words and sentences begin and end: fixed rules, no model, so that a number can be had again years later.

Positions are Unicode code points, half-open. A change of these rules is a new `VERSION`, which every number that rests
on sentences or words prints.

The rules. A newline ends a sentence. So do `.`, `!`, `?` and an ellipsis (with the quotes and brackets that close
after them) before a blank, unless the next word begins in lower case; a full stop moreover not after a title (Dr.),
an abbreviation that something must follow (e.g.), an initial (J. Smith; but "so did I." ends), or "no." before a
number. The full stops of Chinese and Japanese need no blank. A decimal point has no blank behind it and ends nothing.
"""

import re

Span = tuple[int, int]

VERSION = "1"
"""Rises with each change of the rules."""

_CJK = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_MARKS = re.escape('.,;:!?…"“”„«»‹›()[]{}<>/\\|–—、。「」『』，！？；：（）*_~=+¿¡')  # not in the midst of a word
_CLOSING = "\"'”’»›)\\]}*_"

_WORD = re.compile(rf"[{_CJK}][、。，！？；：」』）]*|[^\s{_CJK}]+")
_BARE = re.compile(rf"[{_CJK}]|(?:[^\s{_MARKS}{_CJK}]*[^\s{_MARKS}{_CJK}'’‘-])[^\s{_MARKS}{_CJK}]*")
_END = re.compile(rf"\n|[.!?…]+[{_CLOSING}]*(?=\s)|[。！？]+[」』”）]*")
_WORD_BEFORE = re.compile(r"[^\s(\[{\"“„«'‘]*$")
_NEXT = re.compile(r"[^\S\n]*[\"'“‘„«(\[{¿¡–—-]*\s?")
_LONGEST = 24  # characters looked at before a full stop

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
    return [match.span() for match in _WORD.finditer(text)]


def bare_words(text: str) -> list[Span]:
    """The words without the punctuation around them: what "at least one whole word" asks for.

    Returns:
        Spans in order, none overlapping another. "don't" and "well-being" are one word, "e.g." is two.
    """
    return [match.span() for match in _BARE.finditer(text)]


def sentences(text: str) -> list[Span]:
    """The sentences, by the rules above.

    Returns:
        Spans in order, none overlapping another, without blanks at their ends; every character that is not blank
        lies in one.
    """
    found: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if _ends(text, match):
            _keep(found, text, start, match.end())
            start = match.end()
    _keep(found, text, start, len(text))
    return found


def _keep(found: list[Span], text: str, start: int, end: int) -> None:
    """Add what stands between, without the blanks at its ends."""
    piece = text[start:end]
    bare = piece.strip()
    if bare:
        first = start + len(piece) - len(piece.lstrip())
        found.append((first, first + len(bare)))


def _ends(text: str, match: re.Match[str]) -> bool:
    mark = match.group()
    if mark[0] in "\n。！？":
        return True
    following = _NEXT.match(text, match.end())
    place = following.end() if following else match.end()
    after = text[place : place + 1]
    if after.islower():
        return False
    return mark[0] != "." or len(mark.rstrip(_CLOSING.replace("\\", ""))) > 1 or not _is_abbreviated(text, match, after)


def _is_abbreviated(text: str, match: re.Match[str], after: str) -> bool:
    """Whether the single full stop belongs to the word before it."""
    before = _WORD_BEFORE.search(text, max(0, match.start() - _LONGEST), match.start())
    word = before.group() if before else ""
    folded = word.casefold()
    if folded in _TITLES or folded in _LEADING:
        return True
    if folded in _BEFORE_NUMBERS:
        return after.isdigit()
    last = word.rpartition(".")[2]
    return len(last) == 1 and last.isupper() and word != "I" and after.isupper()
