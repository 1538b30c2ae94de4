"""Finding words and names again: quotations of five or more words, whatever their case and punctuation."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from qualcode import spans
from qualcode.folding import fold
from qualcode.project.known_names import places_of, stands_in

WITHDRAWN = "[withdrawn]"
"""What stands where words were."""

RUN = 5
"""So many words in a row are a quotation; fewer are too common to tell."""

# A word keeps its combining marks and apostrophes; kana and ideographs are words of one character each.
_ALONE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"[{_ALONE}]|(?:[^\W_{_ALONE}]|[{_MARKS}]|(?<=\w)['’](?=\w))+")


@dataclass(frozen=True, slots=True)
class Names:
    """Names that go.

    Attributes:
        going: each as a whole word, however it is spelt (`places_of`): "ZEBULON, you start" calls Zebulon.
        staying: what others are called; it stays where it stands in this very spelling.
        shared: names of who goes that something else has too: they are told, and left.
    """

    going: tuple[str, ...] = ()
    staying: frozenset[str] = frozenset()
    shared: tuple[str, ...] = ()

    def places(self, text: str) -> list[tuple[int, int]]:
        """Where the names stand, as (start, end); they may overlap.

        A name that is also a word or phrase of this text, "will" or "support worker", is found in its very spelling
        only: "Will", "Support worker".
        """
        return [place for name in self.going for place in self._places(name, text)]

    def _places(self, name: str, text: str) -> list[tuple[int, int]]:
        found = places_of(name, text)
        written = {text[start:end] for start, end in found}
        like_a_word = name.isalpha() or any(word[0].islower() for word in name.split())
        a_word_too = like_a_word and name != name.lower() and name.lower() in written
        wanted = {name} if a_word_too else written - self.staying | {name}
        return [(start, end) for start, end in found if text[start:end] in wanted]

    def may_stand_in(self, text: str) -> bool:
        """Whether a name stands there in any case, be it another's name or a common word."""
        return any(stands_in(name, text) for name in self.going)

    def is_in_a_name(self, name: str) -> bool:
        """Whether what something is called holds a name of who goes, be it the thing's own too."""
        return any(stands_in(each, name) for each in (*self.going, *self.shared))


class Redactor:
    """Takes erased words and names out of notes.

    Args:
        erased: the texts whose words are to go.
        names: they go too.
        staying: asked once, and only where words are found: the texts that stay. What somebody in them says in the
            very same words ("I said no. And she ...") is theirs, tells nothing of who goes, and is left.
    """

    def __init__(self, erased: Iterable[str], names: Names, staying: Callable[[], Iterable[str]] = lambda: ()) -> None:
        self._runs = {run for text in erased for run in _runs([_folded(word) for word in _WORD.findall(text)])}
        self._names = names
        self._staying = staying
        self._said: str | None = None

    def __call__(self, note: str) -> tuple[str, int]:
        """The note without them, and in how many places that was."""
        places = self.places(note)
        return spans.replace(note, [(start, end, WITHDRAWN) for start, end in places])[0], len(places)

    def places(self, note: str) -> list[tuple[int, int]]:
        """Where they stand, as (start, end), in order."""
        own = [(start, end) for start, end in self._quoted(note) if not self._is_said_by_others(note[start:end])]
        return spans.unite([*own, *self._names.places(note)])

    def left(self, note: str) -> list[tuple[int, int]]:
        """Where erased words stand that are left, since somebody says just these in a text that stays."""
        return [(start, end) for start, end in self._quoted(note) if self._is_said_by_others(note[start:end])]

    def _quoted(self, note: str) -> list[tuple[int, int]]:
        return spans.unite(_quoted(note, self._runs))

    def _is_said_by_others(self, words: str) -> bool:
        if self._said is None:
            self._said = " | ".join(f" {' '.join(_WORD.findall(_folded(text)))} " for text in self._staying())
        return f" {' '.join(_folded(word) for word in _WORD.findall(words))} " in self._said


def is_telling(name: str) -> bool:
    """Whether a name says who is meant: at least three characters, and not a number."""
    return len(name) >= 3 and any(map(str.isalpha, fold(name)[0])) and name != WITHDRAWN


def _quoted(note: str, runs: set[tuple[str, ...]]) -> list[tuple[int, int]]:
    words = list(_WORD.finditer(note))
    folded = [_folded(word.group()) for word in words]
    return [
        (words[first].start(), words[first + RUN - 1].end()) for first, run in enumerate(_runs(folded)) if run in runs
    ]


def _runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(words[skip:] for skip in range(RUN)), strict=False)


def _folded(word: str) -> str:
    return unicodedata.normalize("NFKC", word).casefold().replace("’", "").replace("'", "")
