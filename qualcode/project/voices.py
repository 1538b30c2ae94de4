"""Who speaks in a passage. The one place that knows it, for citations, retrieval and counting alike.

A passage belongs to the people whose turns it overlaps, interviewers excepted; in a document without speakers, to the
document's people (their rows have the speaker "" and the whole text).
"""

from bisect import bisect_right
from dataclasses import dataclass
from itertools import accumulate

from qualcode.model import Person
from qualcode.project.actions import Store

_ROWS = """
SELECT document.id AS document, turn.speech AS start, turn.end AS end, document_person.person AS person FROM document
    JOIN turn ON turn.text = document.text
    JOIN document_person ON document_person.document = document.id AND document_person.speaker = turn.speaker
WHERE document_person.part = 'participant' AND document_person.person IS NOT NULL AND turn.speaker <> ''
    AND turn.speech < turn.end {which}
UNION ALL
SELECT document.id, 0, text.length, document_person.person FROM document
    JOIN text ON text.id = document.text JOIN document_person ON document_person.document = document.id
WHERE document_person.speaker = '' AND document_person.person IS NOT NULL {which}"""


def voices_sql(document: int | None = None) -> str:
    """The query for (document, start, end, person) of every stretch of a known participant's speech, unsorted."""
    return _ROWS.format(which="" if document is None else f"AND document.id = {document}")


def is_anybody_heard(store: Store, document: int, start: int, end: int) -> bool:
    """Whether somebody known speaks in [start, end): `Voices.between`, without reading all of the document's turns."""
    sql = f"SELECT 1 FROM ({voices_sql(document)}) WHERE start < ? AND end > ? LIMIT 1"
    return store.value(sql, (end, start)) is not None


@dataclass(frozen=True, slots=True)
class Voices:
    """Who speaks where in one document; `furthest`: the largest end up to each place."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    people: tuple[int, ...]
    furthest: tuple[int, ...]

    @classmethod
    def of(cls, store: Store, document: int) -> "Voices":
        """Read one document's voices."""
        rows = sorted(store.rows(voices_sql(document)))
        ends = tuple(row[2] for row in rows)
        furthest = tuple(accumulate(ends, max))
        return cls(tuple(row[1] for row in rows), ends, tuple(row[3] for row in rows), furthest)

    def between(self, start: int, end: int) -> tuple[int, ...]:
        """Ids of the people whose speech overlaps [start, end), in order of first words, each once."""
        first = bisect_right(self.furthest, start)  # none before it reaches so far
        last = bisect_right(self.starts, end - 1)
        heard = (self.people[i] for i in range(first, last) if self.ends[i] > start)
        return tuple(dict.fromkeys(heard))


def role_at(person: Person, wave: str) -> str:
    """The role a person has at a wave: the one said for that wave, else the one said without a wave, else ""."""
    roles = dict(person.roles)
    return roles.get(wave, roles.get("-", ""))
