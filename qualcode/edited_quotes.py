"""Edited quotes: a passage shortened for print, held word by word against what was said.

    checked("Well, um, she showed me how.", "[...] she [the peer worker] showed me how.")

What may be done to a passage, and nothing else:

- words cut, with `[...]` in their place, also at the beginning and the end;
- fillers cut: hesitations ("um"), and "you know", "well" and the like where the transcript sets them off by
  punctuation on both sides;
- a clarification put in square brackets beside a word, or in place of a word that only points: "she [the peer
  worker] said", "[the peer worker] said";
- capitals, punctuation and blanks changed.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qualcode.errors import MisquotedError

CUT = "[...]"
"""Stands where words were cut; `[…]` is taken for it."""

HESITATIONS = frozenset({"um", "umm", "uhm", "uh", "er", "err", "erm", "ehm", "ah", "eh", "hm", "hmm", "mm", "mmm"})
"""Never words of their own, so that they may go wherever they stand. "Mhm" and "uh-huh" say yes, and stay."""

ASIDES = (("you", "know"), ("i", "mean"), ("you", "see"), ("like",), ("well",))
"""Fillers only where they are set off: "it was, like, good" but "I like her"."""

POINTING = frozenset(
    {
        *("he", "she", "it", "they", "him", "her", "them", "his", "hers", "its", "their", "theirs"),
        *("this", "that", "these", "those", "here", "there", "one", "who"),
    }
)
"""What a clarification may stand in place of. "Not" and "very" are none of these: "I was [...] [so] happy"."""

# Kana and ideographs are words of one character; a word keeps its combining marks and inner apostrophes, and falls
# apart at hyphens, so that "well-being" and "well being" are the same. What costs and how much are words too.
_IDEOGRAPHS = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f"
_WORD = rf"[{_IDEOGRAPHS}]|[€£$¥%]|(?:[^\W_{_IDEOGRAPHS}]|[{_MARKS}]|(?<=\w)['’](?=\w))+"
_PART = rf"\[(?P<inside>[^\[\]]*)\]|(?P<word>{_WORD})|(?P<stray>[\[\]])"
_SAYS_CUT = re.compile(r"\s*(?:\.\s?\.\s?\.|…)\s*")

_ADVICE = f"Write {CUT} where words are cut, and put your own words in [square brackets]."


@dataclass(frozen=True, slots=True)
class _Part:
    """A piece of the edited quote: a word, or square brackets with `inside` the words in them (None for a word)."""

    text: str
    start: int
    inside: tuple[str, ...] | None = None

    @property
    def is_cut(self) -> bool:
        return self.inside is not None and _SAYS_CUT.fullmatch(self.text[1:-1]) is not None


def checked(source: str, edited: str) -> str:
    """The edited quote, with single blanks and every cut as `[...]`, if it says what the passage says.

    Args:
        source: the passage as it stands in the transcript.
        edited: the analyst's shortened version.

    Raises:
        MisquotedError: a word was changed, added, moved or left out without a mark; it names the first such word.
    """
    passage, parts = _Passage(source), list(_parts(edited))
    if not any(part.inside is None for part in parts):
        raise MisquotedError("an edited quote keeps at least one word of its passage", at=0, remedy=_ADVICE)
    reached = frozenset({0})
    for number, part in enumerate(parts):
        further = passage.after(part, reached)
        if not further:
            raise _differs(passage, reached, parts, number)
        reached = further
    if passage.length not in passage.without_fillers(reached):
        raise _goes_on(passage, reached, len(edited))
    return _CUTS.sub(CUT, " ".join(edited.split()))


def is_true(source: str, edited: str) -> bool:
    """Whether the edited quote says what the passage says, see `checked`."""
    try:
        checked(source, edited)
    except MisquotedError:
        return False
    return True


_CUTS = re.compile(rf"\[{_SAYS_CUT.pattern}\]")


def _parts(edited: str) -> Iterator[_Part]:
    for match in re.finditer(_PART, edited):
        if match["stray"]:
            raise MisquotedError("a square bracket has no partner", at=match.start(), remedy=_ADVICE)
        inside = None if match["inside"] is None else tuple(map(_folded, re.findall(_WORD, match["inside"])))
        part = _Part(match.group(), match.start(), inside)
        if inside == () and not part.is_cut:
            raise MisquotedError("square brackets with no word in them", at=match.start(), remedy=_ADVICE)
        yield part


def _folded(word: str) -> str:
    """A word without its case and apostrophes: dont, Don't and don’t are the same."""
    return unicodedata.normalize("NFC", word).casefold().replace("’", "").replace("'", "")


class _Passage:
    """The words of a passage, by number; a place n is before word n, after word n - 1.

    What an edited quote has told so far may reach to several places: after a cut, to any further on.
    """

    def __init__(self, source: str) -> None:
        self.matches = list(re.finditer(_WORD, source))
        self.length = len(self.matches)
        self._words = tuple(_folded(match.group()) for match in self.matches)
        ends = [0, *(match.end() for match in self.matches)]
        starts = [*(match.start() for match in self.matches), len(source)]
        between = [source[end:start].strip() for end, start in zip(ends, starts, strict=True)]
        self._is_set_off = [bool(each) or place in {0, self.length} for place, each in enumerate(between)]

    def after(self, part: _Part, reached: frozenset[int]) -> frozenset[int]:
        """Where the edited quote may stand after one more part; nowhere, if the passage does not go on so."""
        if part.is_cut:
            return frozenset(range(min(reached), self.length + 1))
        here = self.without_fillers(reached)
        if part.inside is None:
            return self._told((_folded(part.text),), here)
        instead = frozenset(place + 1 for place in here if set(self._words[place : place + 1]) & POINTING)
        return reached | instead | self._told(part.inside, here)

    def without_fillers(self, reached: frozenset[int]) -> frozenset[int]:
        """The places, and those behind the fillers that follow them."""
        found, fresh = set(reached), set(reached)
        while fresh:
            fresh = {place + length for place in fresh for length in self._fillers(place)} - found
            found |= fresh
        return frozenset(found)

    def _fillers(self, place: int) -> Iterator[int]:
        """How many words each filler that begins at a place has."""
        if self._words[place : place + 1] and self._words[place] in HESITATIONS:
            yield 1
        for aside in ASIDES:
            end = place + len(aside)
            if self._words[place:end] == aside and self._is_set_off[place] and self._is_set_off[end]:
                yield len(aside)

    def _told(self, words: Sequence[str], reached: frozenset[int]) -> frozenset[int]:
        told = tuple(words)
        return frozenset(place + len(told) for place in reached if self._words[place : place + len(told)] == told)


def _differs(passage: _Passage, reached: frozenset[int], parts: Sequence[_Part], number: int) -> MisquotedError:
    part = parts[number]
    count = sum(each.inside is None for each in parts[: number + 1])
    what = f"word {count} of the edited quote, “{part.text}”, "
    if len(reached) > 1:
        what += f"is not what the passage has after “{_last_words(parts[:number])}”"
    elif reached == {passage.length}:
        what += "comes after the end of the passage"
    else:
        beyond = max(passage.without_fillers(reached))
        here = passage.matches[beyond if beyond < passage.length else min(reached)]
        what += f"is not what was said: the passage has “{here.group()}” there, at its character {here.start() + 1}"
    return MisquotedError(what, at=part.start, remedy=_ADVICE)


def _last_words(parts: Sequence[_Part]) -> str:
    return " ".join(part.text for part in parts[-4:])


def _goes_on(passage: _Passage, reached: frozenset[int], at: int) -> MisquotedError:
    here = passage.matches[max(passage.without_fillers(reached))]
    what = f"the edited quote ends where the passage goes on with “{here.group()}”, at its character {here.start() + 1}"
    return MisquotedError(what, at=at, remedy=_ADVICE)
