"""Text with what makes no difference to a search taken away: case, accents, the shape of quotes; places stay exact."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cache, lru_cache

PLAIN_QUOTES = {ord(sign): "'" for sign in "’‘‛ʼʻʹ´`′"} | {ord(sign): '"' for sign in "“”„‟″«»"}
"""For `str.translate`: typographic apostrophes and quotation marks as plain ones."""

STROKES = str.maketrans(dict(zip("łøđðħŧı", "loddhti", strict=True)) | {"æ": "ae", "œ": "oe"})
"""For `str.translate`: small letters with a stroke, for Unicode no accent, or grown together, as plain ones."""

_KASHIDA = "\u0640"
"""Draws an Arabic word out, and is no letter of it."""


def word_key(word: str) -> str:
    """What two spellings of one word have in common: "Don’t", "don't" and "dont" are one word."""
    return fold(word)[0].replace("'", "")


@lru_cache(maxsize=8)  # many names are looked for in one text
def fold(text: str) -> tuple[str, Callable[[int], int]]:
    """The text in small letters without accents, its quotes plain; and a function from a place there to its place here.

    Letters that become several, or none, shift what follows them; the place of a letter is that of the one it came
    from.
    """
    if text.isascii():
        return text.lower(), _same
    table = {ord(sign): _folded(sign) for sign in set(text)}
    uneven = [sign for sign, folded in table.items() if len(folded) != 1]
    if not uneven:
        return text.translate(table), _same
    pieces, starts, origins, reached = [], [0], [0], 0
    at = 0
    for match in re.finditer(f"[{''.join(map(re.escape, map(chr, uneven)))}]", text):
        piece, sign = text[at : match.start()].translate(table), table[ord(match.group())]
        pieces += [piece, sign]
        reached += len(piece)
        for _ in sign:  # each of its letters came from this one
            starts.append(reached)
            origins.append(match.start())
            reached += 1
        at = match.end()
        starts.append(reached)
        origins.append(at)
    pieces.append(text[at:].translate(table))

    def place(folded: int) -> int:
        run = bisect_right(starts, folded) - 1
        return origins[run] + folded - starts[run]

    return "".join(pieces), place


def places_in(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Where a pattern of folded words stands in a text: half-open, a letter's accents with it."""
    folded, place = fold(text)
    return [unfolded(place, *match.span()) for match in pattern.finditer(folded)]


def unfolded(place: Callable[[int], int], start: int, end: int) -> tuple[int, int]:
    """A span of a folded text in the text as it is; `place` is that of `fold`."""
    return place(start), max(place(end - 1) + 1, place(end))  # accents stay on their letter


def _same(place: int) -> int:
    return place


@cache
def _folded(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    if ord(sign) in PLAIN_QUOTES:
        return PLAIN_QUOTES[ord(sign)]
    if sign == _KASHIDA or unicodedata.category(sign) == "Cf":  # soft hyphens, joiners, marks of direction in words
        return ""
    apart = unicodedata.normalize("NFKD", sign)
    return "".join(each for each in apart if not unicodedata.combining(each)).casefold().translate(STROKES)
