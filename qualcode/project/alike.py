"""When words count as the same words, for whoever looks for them: the one rule, with the places kept.

Blanks and line breaks are one blank; typographic quotes and dashes are their plain kin; a letter and its accent are the
same composed (NFC) and apart (NFD, as some programs on a Mac write).
"""

import re
import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

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


@dataclass(frozen=True, slots=True)
class Plain:
    """A text with one blank between words, plain quotes and dashes, and composed letters.

    Attributes:
        text: the plain text.
        starts, ends: where in the text as it is each character stood, half-open.
    """

    text: str
    starts: "array[int]"
    ends: "array[int]"

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A span of the plain text, in the text as it is."""
        return self.starts[start], self.ends[end - 1]

    def index(self, place: int) -> int:
        """The first character that stood at a place or behind it."""
        return bisect_left(self.starts, place)


@lru_cache(maxsize=32)  # quotations come many to a document, and some documents at a time
def plainly(body: str) -> Plain:
    """A text as it is compared; positions can be led back."""
    text: list[str] = []
    starts, ends = array("L"), array("L")
    is_composed = unicodedata.is_normalized("NFC", body)
    for word in re.finditer(r"\S+", body.translate(_SAME)):  # one character for one: places hold
        if text:
            text.append(" ")
            starts.append(word.start() - 1)
            ends.append(word.start())
        if is_composed:
            text.append(word.group())
            starts.extend(range(word.start(), word.end()))
            ends.extend(range(word.start() + 1, word.end() + 1))
        else:
            for letter, start, end in _letters(word.group()):
                text.append(letter)
                starts.extend([word.start() + start] * len(letter))
                ends.extend([word.start() + end] * len(letter))
    return Plain("".join(text), starts, ends)


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
