"""Finding words again that were quoted: five or more in a row, whatever their case and punctuation."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence

from qualcode import spans

WITHDRAWN = "[withdrawn]"
"""What stands where words were."""

RUN = 5
"""So many words in a row are a quotation; fewer are too common to tell."""

# A word keeps its combining marks and apostrophes; kana and ideographs are words of one character each.
_ALONE = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_MARKS = "\u0300-\u036f"
_WORD = re.compile(rf"[{_ALONE}]|(?:[^\W_{_ALONE}]|[{_MARKS}]|(?<=\w)['’](?=\w))+")


def redactor(erased: Iterable[str], names: Sequence[str]) -> Callable[[str], tuple[str, int]]:
    """A function that takes erased words and names out of a note.

    Args:
        erased: the texts whose words are to go.
        names: they go as whole words, in this very spelling.

    Returns:
        A function from a note to the note without them, and in how many places that was.
    """
    runs = {run for text in erased for run in _runs([_folded(word) for word in _WORD.findall(text)])}
    patterns = [same_name(name) for name in names]

    def redact(note: str) -> tuple[str, int]:
        named = [match.span() for pattern in patterns for match in pattern.finditer(note)]
        places = spans.unite([*_quoted(note, runs), *named])
        return spans.replace(note, [(start, end, WITHDRAWN) for start, end in places])[0], len(places)

    return redact


def is_telling(name: str) -> bool:
    """Whether a name says who is meant: at least three characters, and not a number."""
    return len(name) >= 3 and any(character.isalpha() for character in name) and name != WITHDRAWN


def same_name(name: str) -> re.Pattern[str]:
    """The name as a whole word, in this very spelling: "Will" is not "will"."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


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
