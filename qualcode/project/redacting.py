"""Taking erased words out of what the team has written: memos, definitions, summaries, notes; and the rest told."""

import json
from collections.abc import Callable

from qualcode.project.actions import Store
from qualcode.project.schema import LOGGED
from qualcode.project.twins import quoted

Redact = Callable[[str], tuple[str, int]]

_NOTES: tuple[tuple[str, str], ...] = (
    ("memo", "body"), ("summary", "body"), ("definition", "brief"), ("definition", "full"), ("definition", "include"),
    ("definition", "exclude"), ("definition", "example"), ("code", "name"), ("code", "kind"), ("code", "stage"),
    ("code", "key"), ("code", "colour"), ("case", "kind"), ("role", "name"), ("segment", "unsure"),
    ("claim", "unsure"), ("quote", "words"), ("decision", "outcome"), ("decision", "reason"),
    ("attribute_value", "value"),
)  # fmt: skip
"""Columns of logged tables in which people write freely."""

_IDENTIFIERS: tuple[tuple[str, str, str], ...] = (
    ("document", "name", "document"), ("original", "name", "file"), ("original", "folder", "folder"),
    ("document_person", "speaker", "speaker"), ("person", "name", "person"), ("case", "name", "case"),
    ("wave", "name", "wave"), ("role", "short", "role"), ("attribute", "name", "attribute"), ("code", "short", "code"),
    ("code_group", "name", "group of codes"),
    ("coder", "short", "coder"), ("coder", "name", "coder"),
)  # fmt: skip
"""Columns by which things are found, and what they name: one is told of these, since scripts and files rely on them."""


def redact_notes(store: Store, redact: Redact) -> int:
    """Replace the erased words in notes, in the state and in the log alike; returns in how many places of the state."""
    count = 0
    for table, column in (*_NOTES, ("text", "reason"), ("export", "path"), ("action", "verb")):
        count += _redact_column(store, table, column, "id", redact)
    for table, column in _NOTES:  # after the state: the triggers have just logged the old words once more
        _redact_column(store, f"log_{table}", column, "seq", redact)
    for table, column, _ in _IDENTIFIERS:
        if table in LOGGED:
            present = f"{column} NOT IN (SELECT {column} FROM {quoted(table)})"
            _redact_column(store, f"log_{table}", column, "seq", redact, present)
    _redact_column(store, "action", "arguments", "id", lambda laid: _redacted_json(laid, redact))
    return count


def names_left(store: Store, holds: Callable[[str], bool]) -> list[str]:
    """What is called by erased words or names and keeps its name, as "case Maureen's house"."""
    return [
        f"{what} {name}"
        for table, column, what in _IDENTIFIERS
        for (name,) in store.rows(f"SELECT DISTINCT {column} FROM {quoted(table)} ORDER BY {column}")
        if holds(name)
    ]


def _redact_column(store: Store, table: str, column: str, key: str, redact: Redact, condition: str = "1") -> int:
    rows = store.rows(f"""SELECT {key}, "{column}" FROM {quoted(table)} WHERE "{column}" <> '' AND {condition}""")
    redacted = [(*redact(words), row) for row, words in rows]
    changed = [(words, row) for words, count, row in redacted if count]
    store.connection.executemany(f'UPDATE {quoted(table)} SET "{column}" = ? WHERE {key} = ?', changed)
    return sum(count for _, count, _ in redacted)


def _redacted_json(laid: str, redact: Redact) -> tuple[str, int]:
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
