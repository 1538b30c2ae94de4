"""What a reader takes for one character: a letter with its marks, an emoji of several parts, a flag.

A short form of Unicode's rule for grapheme clusters (UAX 29) that agrees with what `qualcode.lines` keeps
together. Whether a cluster begins at a place depends on a bounded stretch before it, so that no move of the
cursor reads a whole text, whatever is in it.
"""

import unicodedata

from qualcode.lines import JOINER, attaches, cells, is_flag_letter

PICTURE_STYLE = "\ufe0f"
"""Asks for the coloured picture of the character before it."""

_LONGEST = 256  # code points: a pile of marks without end is cut at multiples of this
_FLAGS = 256  # code points that are looked at to pair the letters of flags


def begins(body: str, at: int) -> bool:
    """Whether a cluster begins at this offset, where 0 <= at < len(body)."""
    character = body[at]
    if character < "\u0300" or at == 0:
        return True
    before = body[at - 1]
    if before == "\n":
        return True
    if attaches(character) or character == JOINER:
        return at % _LONGEST == 0 and _is_pile(body, at)
    if before == JOINER or _is_skin_tone(character):
        return unicodedata.category(character if before == JOINER else before) != "So"
    return not (is_flag_letter(character) and _is_second(body, at))


def start_of(body: str, at: int) -> int:
    """Where the cluster begins that holds this offset; an offset at or past the end of the text stays."""
    while at < len(body) and not begins(body, at):
        at -= 1
    return at


def end_of(body: str, at: int) -> int:
    """Where the cluster ends that holds this offset: the first beginning after it, or the end of the text."""
    at += 1
    while at < len(body) and not begins(body, at):
        at += 1
    return min(at, len(body))


def may_join(character: str) -> bool:
    """Whether the character can be a later part of a cluster or make the next one so; all others are clusters."""
    return attaches(character) or character == JOINER or _is_skin_tone(character) or is_flag_letter(character)


def cells_within(body: str, at: int) -> int:
    """The cells that a later part of a cluster adds: none, for terminals draw one picture, but a flag takes two."""
    return int(is_flag_letter(body[at]) or _is_widened(body, at))


def is_text_style(body: str, at: int) -> bool:
    """Whether a picture style here is shown as text style.

    Terminals disagree whether it makes a narrow character wide (one cell or two, see kitty issue 7799); the text
    style of the same character is one cell everywhere. A joined emoji needs its style to stay joined.
    """
    if body[at] != PICTURE_STYLE or at == 0 or cells(body[at - 1]) != 1:
        return False
    return body[at + 1 : at + 2] != JOINER and body[at - 2 : at - 1] != JOINER


def _is_widened(body: str, at: int) -> bool:
    """Whether a picture style makes its narrow sign wide: the flag of 🏳️‍🌈, joined to something with cells."""
    joined = body[at + 1 : at + 3]
    return (
        body[at] == PICTURE_STYLE
        and joined[:1] == JOINER
        and unicodedata.category(joined[1:] or " ") == "So"
        and unicodedata.category(body[at - 1]) == "So"
        and cells(body[at - 1]) == 1
        and (at < 2 or body[at - 2] != JOINER)
    )


def _is_pile(body: str, at: int) -> bool:
    return all(attaches(character) or character == JOINER for character in body[at - 32 : at])


def _is_skin_tone(character: str) -> bool:
    return "\U0001f3fb" <= character <= "\U0001f3ff"


def _is_second(body: str, at: int) -> bool:
    """Whether a flag's letter is the second of its pair, counted from where the letters begin."""
    first = at
    while first > max(0, at - _FLAGS) and is_flag_letter(body[first - 1]):
        first -= 1
    return (at - first) % 2 == 1 if at - first < _FLAGS else at % 2 == 1
