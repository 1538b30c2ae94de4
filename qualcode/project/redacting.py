"""Taking erased words out of what the team has written: memos, definitions, summaries, notes."""

from collections.abc import Callable

from qualcode.project.actions import Store

Redact = Callable[[str], tuple[str, int]]

_NOTES: tuple[tuple[str, str], ...] = (
    ("memo", "body"), ("summary", "body"), ("definition", "brief"), ("definition", "full"), ("definition", "include"),
    ("definition", "exclude"), ("definition", "example"), ("code", "name"), ("segment", "unsure"), ("claim", "unsure"),
    ("decision", "outcome"), ("decision", "reason"), ("attribute_value", "value"),
)  # fmt: skip
"""Columns of logged tables in which people write freely."""


def redact_notes(store: Store, redact: Redact) -> int:
    """Replace the erased words in notes, in the state and in the log alike; returns in how many places of the state."""
    count = 0
    for table, column in (*_NOTES, ("text", "reason"), ("export", "path")):
        count += _redact_column(store, table, column, "id", redact)
    for table, column in _NOTES:  # after the state: the triggers have just logged the old words once more
        _redact_column(store, f"log_{table}", column, "seq", redact)
    return count


def _redact_column(store: Store, table: str, column: str, key: str, redact: Redact) -> int:
    redacted = [
        (*redact(words), row)
        for row, words in store.rows(f"""SELECT {key}, "{column}" FROM {table} WHERE "{column}" <> ''""")
    ]
    changed = [(words, row) for words, count, row in redacted if count]
    store.connection.executemany(f'UPDATE {table} SET "{column}" = ? WHERE {key} = ?', changed)
    return sum(count for _, count, _ in redacted)
