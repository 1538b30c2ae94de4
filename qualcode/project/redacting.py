"""Taking erased words out of what the team has written: memos, definitions, summaries, notes; and the rest told."""

import json
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from qualcode.project.actions import Store
from qualcode.project.schema import LOGGED
from qualcode.project.twins import quoted
from qualcode.project.write_once import stamp_actions
from qualcode.spans import Span

Redact = Callable[[str], tuple[str, int]]
"""From words to what is left of them, and in how many places some were taken out."""
Places = Callable[[str], list[Span]]
"""From words to where something stands in them, half-open."""

_NOTES: tuple[tuple[str, str], ...] = (
    ("memo", "body"), ("summary", "body"), ("definition", "brief"), ("definition", "full"), ("definition", "include"),
    ("definition", "exclude"), ("definition", "example"), ("code", "name"), ("code", "kind"), ("code", "stage"),
    ("code", "key"), ("code", "colour"), ("case", "kind"), ("role", "name"), ("segment", "unsure"),
    ("claim", "unsure"), ("quote", "words"), ("decision", "outcome"), ("decision", "reason"),
    ("attribute_value", "value"), ("rule", "pipeline"),
)  # fmt: skip
"""Columns of logged tables in which people write freely."""

IDENTIFIERS: tuple[tuple[str, str, str], ...] = (
    ("document", "name", "document"), ("original", "name", "file"), ("original", "folder", "folder"),
    ("document_person", "speaker", "speaker"), ("person", "name", "person"), ("case", "name", "case"),
    ("wave", "name", "wave"), ("role", "short", "role"), ("attribute", "name", "attribute"), ("code", "short", "code"),
    ("code_group", "name", "group of codes"), ("milestone", "name", "milestone"), ("rule", "name", "rule"),
    ("rule", "file", "file of rules"),
    ("coder", "short", "coder"), ("coder", "name", "coder"),
)  # fmt: skip
"""Columns by which things are found, and what they name: one is told of these, since scripts and files rely on them."""


_BESIDE = 20
"""So many code points beside a place are shown."""

_WHAT = {"quote": "edited quote", "text": "reason of revision", "export": "path of export", "action": "history"}

_OTHERS = (("text", "reason"), ("export", "path"), ("action", "verb"))


def places_in_notes(store: Store, places: Places, documents: Iterable[int]) -> list[str]:
    """Where in the notes that stay erased words stand; before anything is erased, while it is marked.

    Args:
        store: inside the action or the glance.
        places: where they stand in one note, half-open.
        documents: ids of those whose older texts go.

    Returns:
        For each place what it is in and the words around it, those found in brackets: "memo 7: returns to [Maureen]".
    """
    older = ", ".join(str(int(each)) for each in documents) or "NULL"
    conditions = {table: f"id NOT IN (SELECT id FROM going WHERE kind = '{table}')" for table, _ in _NOTES}
    conditions["text"] = (
        f"document NOT IN (SELECT id FROM going WHERE kind = 'document') AND (document IN ({older})) IS NOT TRUE"
    )
    return [
        f"{_WHAT.get(table, table.replace('_', ' '))} {row}: {_around(words, *place)}"
        for table, column in (*_NOTES, *_OTHERS)
        for row, words in _written(store, table, column, "id", conditions.get(table, "1"))
        for place in places(words)
    ]


def _around(words: str, start: int, end: int) -> str:
    """A place with what stands beside it, on one line."""
    before, after = words[max(0, start - _BESIDE) : start], words[end : end + _BESIDE]
    return " ".join(f"{before}[{words[start:end]}]{after}".split())


def places_of(store: Store, places: Places, own: Mapping[tuple[str, str], Places]) -> list[str]:
    """Where in notes and identifiers something stands now, each with what it is in and the words around it.

    Args:
        store: the open project.
        places: finds it in a text, as (start, end).
        own: the same in columns with a rule of their own.
    """
    called = [(table, column) for table, column, _ in IDENTIFIERS if table not in {"coder", "document_person"}]
    return [
        f"{_WHAT.get(table, table.replace('_', ' '))} {row}: {_around(words, *place)}"
        for table, column in (*_NOTES, *_OTHERS, *called)
        for row, words in _written(store, table, column, "id", "1")
        for place in own.get((table, column), places)(words)
    ]


def redact_notes(store: Store, redact: Redact, own: Mapping[tuple[str, str], Redact] = MappingProxyType({})) -> None:
    """Replace the erased words in notes, in the state and in the log alike; in some columns by a rule of their own."""
    rewritten = [each for each in (*_NOTES, *_OTHERS) if each[0] != "action"]
    for table, column in rewritten:
        _redact_column(store, table, column, "id", own.get((table, column), redact))
    for table, column in _NOTES:  # after the state: the triggers have just logged the old words once more
        _redact_column(store, f"log_{table}", column, "seq", own.get((table, column), redact))
    for table, column, _ in IDENTIFIERS:
        if table in LOGGED:
            present = f"{column} NOT IN (SELECT {column} FROM {quoted(table)})"
            _redact_column(store, f"log_{table}", column, "seq", redact, present)
    stamp_actions(store.connection, _redact_column(store, "action", "verb", "id", own.get(("action", "verb"), redact)))
    redact_arguments(store, redact)


def redact_arguments(store: Store, redact: Redact) -> None:
    """The same in what the trail says of each action."""
    told = _redact_column(store, "action", "arguments", "id", lambda laid: redacted_json(laid, redact))
    stamp_actions(store.connection, told)


def names_left(store: Store, holds: Callable[[str], object]) -> list[str]:
    """What is called by erased words or names and keeps its name, as "case Maureen's house"."""
    return [f"{what} {name}" for what, name in called_so(store, holds)]


def called_so(store: Store, holds: Callable[[str], object]) -> list[tuple[str, str]]:
    """What is called by certain words, and how: ("case", "Maureen's house")."""
    return [
        (what, name)
        for table, column, what in IDENTIFIERS
        for (name,) in store.rows(f"SELECT DISTINCT {column} FROM {quoted(table)} ORDER BY {column}")
        if holds(name)
    ]


def _redact_column(store: Store, table: str, column: str, key: str, redact: Redact, condition: str = "1") -> list[int]:
    """Rewrite a column; returns which rows were."""
    changed = [(words, row) for words, _, row in _redacted(store, table, column, key, redact, condition)]
    store.connection.executemany(f'UPDATE {quoted(table)} SET "{column}" = ? WHERE {key} = ?', changed)
    return [row for _, row in changed]


def _redacted(
    store: Store, table: str, column: str, key: str, redact: Redact, condition: str
) -> list[tuple[str, int, int]]:
    """(what is left, number of places, row) of the rows of a column that hold erased words."""
    redacted = [(*redact(words), row) for row, words in _written(store, table, column, key, condition)]
    return [each for each in redacted if each[1]]


def _written(store: Store, table: str, column: str, key: str, condition: str) -> list[tuple[int, str]]:
    """(row, words) of a column in which something is written."""
    return store.rows(f"""SELECT {key}, "{column}" FROM {quoted(table)} WHERE "{column}" <> '' AND {condition}""")


def redacted_json(laid: str, redact: Redact) -> tuple[str, int]:
    """The same for the strings in a JSON object, where a name may be written in escapes; its own keys are ours."""
    count = 0

    def without(value: object) -> object:
        nonlocal count
        if isinstance(value, str):
            value, found = redact(value)
            count += found
        elif isinstance(value, list):
            value = [without(each) for each in value]
        elif isinstance(value, dict):
            value = {redact(key)[0]: without(each) for key, each in value.items()}
        return value

    redacted = {key: without(value) for key, value in json.loads(laid).items()}
    return json.dumps(redacted, sort_keys=True), count
