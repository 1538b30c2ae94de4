"""What people once wrote and have taken away or written otherwise since: it goes with every forgetting.

Undo ends there, so that it would only be kept in secret; and whoever was named as to be mended by hand after a
forgetting, in a memo or in what a case is called, leaves the file with the next one.
"""

from qualcode.project.actions import Store
from qualcode.project.quoted_words import WITHDRAWN
from qualcode.project.redacting import redact_arguments
from qualcode.project.twins import quoted

WRITTEN = ("role", "wave", "case", "attribute", "attribute_value", "code", "definition", "code_group", "memo",
           "summary", "quote", "known_name", "rule", "milestone")  # fmt: skip
"""Logged tables of words and names, whose rows are no passages; documents and people have their own rule (`gone`)."""

_NAMES = (("role", "short"), ("role", "name"), ("wave", "name"), ("case", "name"), ("person", "name"),
          ("document", "name"), ("attribute", "name"), ("code", "short"), ("code", "name"), ("code_group", "name"),
          ("milestone", "name"))  # fmt: skip
_WORDS = (("memo", "body"), ("summary", "body"), ("quote", "words"), ("segment", "unsure"), ("claim", "unsure"),
          ("decision", "reason"))  # fmt: skip


def taken_away(store: Store) -> list[tuple[str, int]]:
    """(table, id) of the rows of words and names that stand no longer."""
    return [
        (table, row)
        for table in WRITTEN
        for (row,) in store.rows(
            f"SELECT DISTINCT id FROM log_{table} WHERE id NOT IN (SELECT id FROM {quoted(table)})"
        )
    ]


def former_names(store: Store) -> frozenset[str]:
    """What something was called that is called so no longer."""
    return frozenset(
        name
        for table, column in _NAMES
        for (name,) in store.rows(f"SELECT {column} FROM log_{table} EXCEPT SELECT {column} FROM {quoted(table)}")
    )


def forget_past_words(store: Store, former: frozenset[str]) -> None:
    """Let the log say of each thing what it is called and what is written there now; the former names leave the trail.

    Args:
        store: inside the action, once what goes has gone.
        former: names as they were before anything went (`former_names`).
    """
    for table, column in (*_NAMES, *_WORDS):
        now = f"(SELECT {column} FROM {quoted(table)} AS now WHERE now.id = log_{table}.id)"
        changed = f"id IN (SELECT id FROM {quoted(table)}) AND {column} IS NOT {now} AND {column} <> ''"
        if (table, column) in _NAMES:  # one who was merged into another keeps the name, in the past
            free = f"SELECT {column} FROM log_{table} WHERE id NOT IN (SELECT id FROM {quoted(table)})"
            changed += f" AND {now} NOT IN ({free})"
        store.connection.execute(f"UPDATE log_{table} SET {column} = coalesce({now}, '') WHERE {changed}")
    for table, column in _WORDS[3:]:
        store.connection.execute(
            f"UPDATE log_{table} SET {column} = '' WHERE {column} <> '' AND id NOT IN (SELECT id FROM {table})"
        )
    redact_arguments(store, lambda word: (WITHDRAWN, 1) if word in former else (word, 0))
