"""Text with what makes no difference to a search taken away: case, accents, the shape of quotes; places stay exact."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Callable
from functools import cache

PLAIN_QUOTES = {ord(sign): "'" for sign in "’‘‛ʼʹ´`′"} | {ord(sign): '"' for sign in "“”„‟″«»"}
"""For `str.translate`: typographic apostrophes and quotation marks as plain ones."""

UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
"""Soft hyphens, joiners and marks of direction, which word processors leave within words."""

STROKES = str.maketrans("łøđðħŧı", "loddhti")
"""For `str.translate`: small letters with a stroke, which for Unicode is no accent, as plain ones."""


def word_key(word: str) -> str:
    """What two spellings of one word have in common: "Don’t", "don't" and "dont" are one word."""
    return fold(word)[0].replace("'", "")


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


def _same(place: int) -> int:
    return place


@cache
def _folded(sign: str) -> str:
    if sign.isascii():
        return sign.lower()
    if ord(sign) in PLAIN_QUOTES:
        return PLAIN_QUOTES[ord(sign)]
    if sign in UNSEEN:
        return ""
    apart = unicodedata.normalize("NFKD", sign)
    return "".join(each for each in apart if not unicodedata.combining(each)).casefold().translate(STROKES)
