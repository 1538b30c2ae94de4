"""What is written once stays as it is: triggers refuse to change or delete it, but for what `forget` and `seal` erase.

A digest beside each text and each action tells `check` whether somebody went past the triggers.
"""

import json
from collections.abc import Iterable
from hashlib import sha256
from sqlite3 import Connection

_ERASING = (
    "EXISTS (SELECT 1 FROM open_action JOIN action ON action.id = open_action.action WHERE verb IN ('forget', 'seal'))"
)
_ENCODER = json.JSONEncoder(check_circular=False)  # of rows: nothing holds itself
_TABLES = ("text", "turn", "cue", "original", "action", "codebook_version")


def triggers() -> dict[str, str]:
    """Name -> statement of each."""
    made = {f"once_{table}_{event.lower()}": (event, table, "") for table in _TABLES for event in ("UPDATE", "DELETE")}
    made["once_action_delete"] = ("DELETE", "action", " AND OLD.id IS NOT (SELECT action FROM open_action)")  # no step
    made["once_coder_update"] = ("UPDATE OF id, guid, short, kind", "coder", "")
    made["once_coder_delete"] = ("DELETE", "coder", "")
    return {
        name: f"CREATE TRIGGER {name} BEFORE {event} ON {table} WHEN NOT {_ERASING}{more} "
        f"BEGIN SELECT RAISE(ABORT, '{table} is written once'); END"
        for name, (event, table, more) in made.items()
    }


def lift(connection: Connection) -> None:
    """Take the triggers away, for a migration."""
    for name in triggers():
        connection.execute(f"DROP TRIGGER IF EXISTS {name}")


def lay(connection: Connection) -> None:
    """Make the triggers anew."""
    lift(connection)
    for statement in triggers().values():
        connection.execute(statement)


def digest_of(*parts: object) -> bytes:
    """SHA-256 of some values, told apart from each other."""
    return sha256(_ENCODER.encode(parts).encode()).digest()


_ACTIONS = "SELECT id, lower(hex(guid)), coder, at, verb, arguments, reverses, digest FROM action"


def stamp_texts(connection: Connection, texts: Iterable[int] | None = None) -> None:
    """Write beside each of these texts (ids; all) the digest of what belongs to it."""
    chosen = [row for (row,) in connection.execute("SELECT id FROM text")] if texts is None else list(texts)
    connection.executemany(
        "UPDATE text SET digest = ? WHERE id = ?", [(_digest_of_text(connection, text), text) for text in chosen]
    )


def _digest_of_text(connection: Connection, text: int) -> bytes:
    row = connection.execute("SELECT document, version, original, edits FROM text WHERE id = ?", (text,)).fetchone()
    turns = connection.execute(
        "SELECT number, start, end, speech, speaker FROM turn WHERE text = ? ORDER BY number", (text,)
    )
    cues = connection.execute("SELECT position, milliseconds FROM cue WHERE text = ? ORDER BY position", (text,))
    return digest_of(row, turns.fetchall(), cues.fetchall())


def stamp_actions(connection: Connection, actions: Iterable[int] | None = None) -> None:
    """Write beside each of these actions (ids; all) the digest of what it says."""
    rows = (
        connection.execute(_ACTIONS).fetchall()
        if actions is None
        else [connection.execute(f"{_ACTIONS} WHERE id = ?", (action,)).fetchone() for action in actions]
    )
    connection.executemany(
        "UPDATE action SET digest = ? WHERE id = ?", [(digest_of(*said), action) for action, *said, _ in rows]
    )


def changed_texts(connection: Connection) -> list[int]:
    """Ids of the texts whose turns, time stamps or edits are not those that were stored."""
    kept = connection.execute("SELECT id, digest FROM text ORDER BY id").fetchall()
    return [text for text, digest in kept if _digest_of_text(connection, text) != digest]


def changed_actions(connection: Connection) -> list[int]:
    """Ids of the actions that do not say what they said."""
    rows = connection.execute(f"{_ACTIONS} ORDER BY id")
    return [action for action, *said, digest in rows if digest_of(*said) != digest]
