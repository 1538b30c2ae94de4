"""Where the names of the list stand in a text: all names at once, longer names before shorter ones."""

from collections.abc import Iterable
from dataclasses import dataclass
from re import escape, findall, finditer

from qualcode.folding import fold
from qualcode.model import KnownName
from qualcode.project.known_names import places_of
from qualcode.project.naming import folded


@dataclass(frozen=True, slots=True)
class Place:
    """Where a listed name stands in a text (code points, half-open), without the 's of a possessive."""

    start: int
    end: int
    known: KnownName


class ListedNames:
    """The names that something stands for, ready to be found.

    Args:
        known: the entries of the list; those that stay as they are are left out.
        staying: what stays in this very spelling, although it is a name otherwise: "will" beside "Will".
    """

    def __init__(self, known: Iterable[KnownName], staying: Iterable[str] = ()) -> None:
        self.known = tuple(each for each in known if not each.stays)
        self._staying = frozenset(staying)
        self._sought = [(_telling(each.name), each) for each in self.known]
        self._pseudonyms = {each.pseudonym for each in self.known}

    def __bool__(self) -> bool:
        return bool(self.known)

    def places(self, text: str) -> list[Place]:
        """Where they stand, in order; none overlaps another, and what stands inside a pseudonym is none."""
        flat = fold(text)[0]
        found = [
            Place(start, end, known)
            for telling, known in self._sought
            if telling in flat  # so that most names cost no more than one look
            for start, end in places_of(known.name, text)
            if text[start:end] not in self._staying
        ]
        if not found:
            return []
        own = [match.span() for each in self._pseudonyms for match in finditer(escape(each), text)]
        found = [each for each in found if not any(start <= each.start and each.end <= end for start, end in own)]
        taken = bytearray(len(text))
        kept = []
        for each in sorted(found, key=lambda each: (each.start - each.end, not _is_as_listed(text, each), each.start)):
            if not any(taken[each.start : each.end]):
                taken[each.start : each.end] = b"\1" * (each.end - each.start)
                kept.append(each)
        return sorted(kept, key=lambda each: each.start)

    def is_a_word_too(self, known: KnownName) -> bool:
        """Whether somebody said that a name is a word as well: that "will" stays, beside "Will"."""
        return known.name.lower() in self._staying

    def but_words(self) -> "ListedNames":
        """Those that are no words as well."""
        return ListedNames([each for each in self.known if not self.is_a_word_too(each)], self._staying)

    def that_is(self, words: str) -> KnownName | None:
        """The entry that words are, however they are spelt; None where they are none, or hold one beside others."""
        found = self.places(words)
        return found[0].known if found and (found[0].start, found[0].end) == (0, len(words)) else None

    def replaced(self, text: str) -> tuple[str, int]:
        """The text with the pseudonyms in the names' places, and how many places that were."""
        places = self.places(text)
        for each in reversed(places):
            text = text[: each.start] + each.known.pseudonym + text[each.end :]
        return text, len(places)


def _telling(name: str) -> str:
    """The longest word of a name, folded: wherever the name stands, this stands in the folded text."""
    words: list[str] = findall(r"\w+", fold(name)[0])
    return max(words, key=len)


def _is_as_listed(text: str, place: Place) -> bool:
    """Whether a name stands there with the very accents it has on the list: "Zoe" is somebody else's than "Zoë"."""
    return folded(text[place.start : place.end]) == folded(place.known.name)
