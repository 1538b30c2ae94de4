"""Places with the words around them, sorted by what stands before or behind: what do people say before "hope"?

A concordance of key words in context, as corpus linguists print it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Literal

from qualcode.folding import word_key
from qualcode.model import Hit
from qualcode.project import Project
from qualcode.sentences import bare_words
from qualcode.work.search import words_around

Side = Literal["left", "right"]
SIDES: tuple[Side, ...] = ("left", "right")

_ROOM = 60
_SORTED_BY = 5
"""So many words of the context decide the order."""


@dataclass(frozen=True, slots=True)
class Line:
    """A place with the words of the same line before and after it."""

    hit: Hit
    before: str
    words: str
    after: str


def concordance(project: Project, hits: Iterable[Hit], by: Side, room: int = _ROOM) -> list[Line]:
    """The places in order of the words next to them.

    Args:
        project: open.
        hits: as a search found them.
        by: "left": by the last word before the place, then the one before that; "right": by the words after it. Places
            with the same words there stay in order of document and place.
        room: code points of context on each side at most.
    """
    lines = []
    for document, some in groupby(hits, key=attrgetter("document")):
        body = project.documents.body(project.documents.get(document))
        for hit in some:
            before, after = words_around(body, hit.start, hit.end, room)
            lines.append(Line(hit, before, body[hit.start : hit.end], after))
    return sorted(lines, key=lambda line: _order(line, by))


def _order(line: Line, by: Side) -> list[str]:
    side = line.before if by == "left" else line.after
    keys = [word_key(side[start:end]) for start, end in bare_words(side)]
    return (keys[::-1] if by == "left" else keys)[:_SORTED_BY]
