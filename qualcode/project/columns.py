"""The project as numpy arrays, for analyses that count and never build objects."""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualcode.project.actions import Store
from qualcode.project.visibility import coding_seen
from qualcode.project.voices import voices_sql

Ints = NDArray[np.int64]

WHOSE = ("self", "supported person", "people in general", "team")
STANDINGS = ("lived", "witnessed", "hearsay")
TENSES = ("happened", "hoped for")
DIRECTIONS = ("raises", "lowers", "no effect", "mixed")
STANCES = ("supports", "qualifies", "contradicts")


class Array:
    """A table of named int64 columns of one length.

    `array.start` or `array["start"]` is a column; `array.where(mask)` the rows that a boolean array chooses.
    """

    def __init__(self, columns: dict[str, Ints]) -> None:
        self._columns = columns

    def __getattr__(self, name: str) -> Ints:
        try:
            return self._columns[name]
        except KeyError:
            raise AttributeError(name) from None

    def __getitem__(self, name: str) -> Ints:
        return self._columns[name]

    def __len__(self) -> int:
        return len(next(iter(self._columns.values())))

    def where(self, chosen: NDArray[Any]) -> "Array":
        """The rows chosen by a boolean mask or an index array."""
        return Array({name: column[chosen] for name, column in self._columns.items()})


def _read(store: Store, names: Sequence[str], sql: str) -> Array:
    """The rows of a query of whole numbers, none of them NULL, in its order.

    Each column travels as one text, "3,1,4": Python would make an object of every number that SQLite hands over, and a
    million segments come nearly twice as fast so. SQLite feeds all of `group_concat` row by row, in the query's order.
    """
    named = [f'"{name}"' for name in names]
    texts = ", ".join(f"group_concat({name})" for name in named)
    row = store.connection.execute(f"WITH found({', '.join(named)}) AS ({sql}) SELECT {texts} FROM found").fetchone()
    columns = [_numbers(text) for text in row]
    if len({len(each) for each in columns}) > 1:
        raise ValueError(f"a column has a NULL, which group_concat leaves out: {sql}")
    return Array(dict(zip(names, columns, strict=True)))


def _numbers(text: str | None) -> Ints:
    return np.empty(0, dtype=np.int64) if text is None else np.fromstring(text, dtype=np.int64, sep=",")


_PACKED = ("place", "end_coder", "id_code")


def _unpacked(packed: Array) -> dict[str, Ints]:
    """A segment's six numbers, which travel as three, two in each: a million segments come a sixth faster so.

    Ids of codes and coders stay below 2 ** 20.
    """
    low = (1 << 20) - 1
    return {
        "id": packed.id_code >> 20,
        "document": packed.place >> 32,
        "start": packed.place & 0xFFFF_FFFF,
        "end": packed.end_coder >> 20,
        "code": packed.id_code & low,
        "coder": packed.end_coder & low,
    }


def _rank(column: str, words: Sequence[str]) -> str:
    """SQL for a word's place in its list, -1 for NULL (= the default of the speaker's role)."""
    cases = " ".join(f"WHEN '{word}' THEN {place}" for place, word in enumerate(words))
    return f"CASE {column} {cases} ELSE -1 END"


class Columns:
    """The project's arrays, each read when first asked for and seen through the viewer's lens.

    Attributes (all int64; ids as in the project file; -1 = none or default):
        segments: id, document, start, end, code, coder: the standing ones, by document and start.
        exemplars: ids of the standing segments that are pinned as exemplars, sorted.
        claims: id, document, start, end, from_code, to_code, coder, direction, whose, standing, tense, by document
            and start; words as places in `DIRECTIONS`, `WHOSE`, `STANDINGS`, `TENSES`.
        evidence: id, claim, document, start, end, stance (place in `STANCES`), coder.
        coded: document, coder: who has standing segments or claims or has finished.
        voices: document, start, end, person: each stretch of a known participant's speech.
        documents: id, case, wave, lead, length.
        people: id, case.
        roles: person, wave, role: as said; wave "-" holds for every wave without its own.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @cached_property
    def segments(self) -> Array:
        """Standing segments."""
        return Array(_unpacked(_read(self._store, _PACKED, self._segments("", "until IS NULL"))))

    def _segments(self, more: str, which: str) -> str:
        return (
            f"SELECT (document << 32) | start, (end << 20) | coder, (id << 20) | code {more} FROM segment "
            f"WHERE {which} AND {coding_seen(self._store, 'segment')} ORDER BY document, start"
        )

    def frozen_segments(self, coders: Iterable[int]) -> Array:
        """All passages of some coders as they stood in rounds, finished or not; `segments` has those that stand now.

        Args:
            coders: ids.

        Returns:
            id, document, start, end, code, coder (ids), round (the first in which it stood) and until (the first in
            which it did not; 0 = it stands), by document and start.
        """
        chosen = ", ".join(str(int(each)) for each in coders) or "NULL"
        sql = self._segments(", (round << 32) | coalesce(until, 0)", f"coder IN ({chosen})")
        packed = _read(self._store, (*_PACKED, "round_until"), sql)
        rounds = {"round": packed.round_until >> 32, "until": packed.round_until & 0xFFFF_FFFF}
        return Array(_unpacked(packed) | rounds)

    @cached_property
    def exemplars(self) -> Ints:
        """Standing segments pinned as exemplars."""
        seen = coding_seen(self._store, "segment")
        chosen = f"SELECT id FROM segment WHERE exemplar = 1 AND until IS NULL AND {seen} ORDER BY id"
        return _read(self._store, ("id",), chosen).id

    @cached_property
    def claims(self) -> Array:
        """Standing claims."""
        names = (
            "id", "document", "start", "end", "from_code", "to_code", "coder", "direction", "whose", "standing", "tense"
        )  # fmt: skip
        return _read(
            self._store,
            names,
            f"SELECT id, document, start, end, from_code, to_code, coder, {_rank('direction', DIRECTIONS)}, "
            f"{_rank('whose', WHOSE)}, {_rank('standing', STANDINGS)}, {_rank('tense', TENSES)} FROM claim "
            f"WHERE until IS NULL AND {coding_seen(self._store, 'claim')} ORDER BY document, start, end, id",
        )

    @cached_property
    def coded(self) -> Array:
        """Who has coded or finished which documents."""
        made = " OR ".join(
            f"EXISTS (SELECT 1 FROM {table} WHERE document = document.id AND coder = coder.id AND until IS NULL "
            f"AND {coding_seen(self._store, table)})"
            for table in ("segment", "claim")
        )
        finished = (
            "EXISTS (SELECT 1 FROM round WHERE document = document.id AND coder = coder.id AND state = 'finished')"
        )
        return _read(
            self._store,
            ("document", "coder"),
            f"SELECT document.id, coder.id FROM document, coder WHERE {made} OR {finished} ORDER BY 1, 2",
        )

    @cached_property
    def evidence(self) -> Array:
        """Standing passages that support, qualify or contradict a claim."""
        return _read(
            self._store,
            ("id", "claim", "document", "start", "end", "stance", "coder"),
            f"SELECT id, claim, document, start, end, {_rank('stance', STANCES)}, coder FROM claim_evidence "
            f"WHERE until IS NULL AND {coding_seen(self._store, 'claim_evidence')} ORDER BY claim, document, start, id",
        )

    @cached_property
    def voices(self) -> Array:
        """Stretches of known participants' speech, by document and start."""
        packed = _read(
            self._store,
            ("place", "end_person"),
            f"SELECT (document << 32) | start, (end << 32) | person FROM ({voices_sql()})",
        )
        order = np.lexsort((packed.end_person, packed.place))
        place, end_person = packed.place[order], packed.end_person[order]
        low = 0xFFFF_FFFF
        return Array(
            {"document": place >> 32, "start": place & low, "end": end_person >> 32, "person": end_person & low}
        )

    @cached_property
    def documents(self) -> Array:
        """Documents."""
        return _read(
            self._store,
            ("id", "case", "wave", "lead", "length"),
            'SELECT document.id, coalesce(document."case", -1), wave, lead, length FROM document '
            "JOIN text ON text.id = document.text ORDER BY document.id",
        )

    @cached_property
    def people(self) -> Array:
        """People."""
        return _read(self._store, ("id", "case"), 'SELECT id, coalesce("case", -1) FROM person ORDER BY id')

    @cached_property
    def roles(self) -> Array:
        """People's roles by wave."""
        return _read(
            self._store, ("person", "wave", "role"), "SELECT person, wave, role FROM person_role ORDER BY person, wave"
        )
