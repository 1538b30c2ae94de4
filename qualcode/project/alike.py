"""When words count as the same words, for whoever looks for them: the one rule, with the places kept.

Blanks and line breaks are one blank; typographic quotes and dashes are their plain kin; a letter and its accent are the
same composed (NFC) and apart (NFD, as some programs on a Mac write).
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

_SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛", "'"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("\u2010\u2011–—\u2212", "-"),
        **dict.fromkeys("\u00a0\u202f", " "),
    }
)

_COMPOSED = re.compile(r"[\u1100-\u11ff]+|.", re.DOTALL)
"""What may become one letter: the parts of a Korean syllable; anything else, with the marks behind it."""


_BLANK = re.compile(r"\s")
_GAP = re.compile(" {2,}")


@dataclass(frozen=True, slots=True)
class Plain:
    """A text with one blank between words, plain quotes and dashes, and composed letters.

    It lies in pieces. Most are as they stood, character for character; else a whole piece, a gap between words or a
    letter with its accents, stands for a whole one.

    Attributes:
        text: the plain text.
        at: where in it each piece begins, and at last its length.
        starts, ends: where in the text as it is each piece stood, half-open.
        verbatim: for each piece, whether it is as it stood, character for character.
    """

    text: str
    at: "array[int]"
    starts: "array[int]"
    ends: "array[int]"
    verbatim: bytes

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the plain text that is not empty, in the text as it is."""
        first, last = bisect_right(self.at, start) - 1, bisect_right(self.at, end - 1) - 1
        begins = self.starts[first] + (start - self.at[first] if self.verbatim[first] else 0)
        stops = self.starts[last] + end - self.at[last] if self.verbatim[last] else self.ends[last]
        return begins, stops

    def index(self, place: int) -> int:
        """The first character that stood at a place or behind it."""
        piece = bisect_right(self.ends, place)
        if piece == len(self.ends) or place <= self.starts[piece]:
            return self.at[piece]
        return self.at[piece] + place - self.starts[piece] if self.verbatim[piece] else self.at[piece + 1]


@lru_cache(maxsize=32)  # quotations come many to a document, and some documents at a time
def plainly(body: str) -> Plain:
    """A text as it is compared; positions can be led back."""
    same = _BLANK.sub(" ", body.translate(_SAME))  # one character for one: places hold
    text: list[str] = []
    at, starts, ends = array("L"), array("L"), array("L")
    verbatim, length = bytearray(), 0
    for words, start, end in _pieces(same):
        text.append(words)
        at.append(length)
        starts.append(start)
        ends.append(end)
        verbatim.append(words == same[start:end])
        length += len(words)
    at.append(length)
    return Plain("".join(text), at, starts, ends, bytes(verbatim))


def _pieces(same: str) -> Iterator[tuple[str, int, int]]:
    """The plain text piece by piece, without blanks at its ends, and where each piece stood."""
    is_composed = unicodedata.is_normalized("NFC", same)
    reached, last = len(same) - len(same.lstrip()), len(same.rstrip())
    for start, end in chain((gap.span() for gap in _GAP.finditer(same, reached, last)), [(last, last)]):
        if is_composed and start > reached:
            yield same[reached:start], reached, start
        elif start > reached:
            letters = _letters(same[reached:start])
            yield from ((letter, reached + begin, reached + stop) for letter, begin, stop in letters)
        if end > start:
            yield " ", start, end
        reached = end


def _letters(word: str) -> list[tuple[str, int, int]]:
    """Each letter composed with the marks behind it, and where it stood."""
    found: list[tuple[str, int, int]] = []
    for match in _COMPOSED.finditer(word):
        start, end = match.span()
        if found and unicodedata.combining(match.group()[0]):
            start = found.pop()[1]
        found.append((unicodedata.normalize("NFC", word[start:end]), start, end))
    return found


def in_plain(words: str) -> str:
    """Words as they are compared, in their case."""
    return " ".join(unicodedata.normalize("NFC", words.translate(_SAME)).split())


def alike(words: str) -> str:
    """Words as they are compared whatever their case."""
    return in_plain(words).casefold()
