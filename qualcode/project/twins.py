"""The change log: for each logged table `T` a twin `log_T(action, sign, columns of T)`.

Generated triggers write a row's old state with sign -1 and its new state with sign +1, under the action that is open.
While none is open the triggers fail, so that nothing escapes the log. Summing the signs of a twin, row by row, gives
the table back: `fold_differs` is how `check` knows that log and state agree.
"""

import sqlite3
from collections.abc import Iterable

from qualcode.project import write_once
from qualcode.project.schema import LOGGED

PLACES = {
    "person_role": ("person", "wave"),
    "attribute_value": ("attribute", "person", "case", "document", "wave"),
    "definition": ("code",),
    "code_relation": ("code", "kind"),
    "round": ("document", "coder"),
    "decision": ("document", "round", "start", "end", "code", "to_code"),
}
"""Tables in which another row may have come in a row's place, and the columns that say so: of several rows the newest
is in force, or only one may stand. Elsewhere a row is its own place, by its id."""


def quoted(name: str) -> str:
    """A table or column name as SQL wants it (`case` is a keyword)."""
    return f'"{name}"'


def columns_of(connection: sqlite3.Connection, table: str) -> tuple[str, ...]:
    """The quoted column names of a table, in order."""
    return tuple(quoted(row[1]) for row in connection.execute(f"PRAGMA table_info({quoted(table)})"))


def lay(connection: sqlite3.Connection, tables: Iterable[str] = LOGGED) -> None:
    """Make the twins that are missing and make all triggers anew; call it after every migration.

    A column that a migration added to a table is added to its twin too.
    """
    for table in tables:
        _lay_twin(connection, table)
        for statement in _triggers(table, columns_of(connection, table)):
            connection.execute(statement)
    write_once.lay(connection)


def _lay_twin(connection: sqlite3.Connection, table: str) -> None:
    info = connection.execute(f"PRAGMA table_info({quoted(table)})").fetchall()
    typed = [(quoted(row[1]), row[2]) for row in info]
    defaults = {quoted(row[1]): row[4] for row in info}
    known = columns_of(connection, f"log_{table}")
    if not known:
        declared = ", ".join(f"{name} {kind}" for name, kind in typed)
        connection.execute(
            f"CREATE TABLE log_{table}(seq INTEGER PRIMARY KEY, action INTEGER NOT NULL, "
            f"sign INTEGER NOT NULL CHECK (sign = 1 OR sign = -1), {declared}) STRICT"
        )
        connection.execute(f"CREATE INDEX log_{table}_action ON log_{table}(action)")
        return
    for name, kind in typed:
        if name not in known:
            default = "" if defaults[name] is None else f" DEFAULT {defaults[name]}"  # as the table's old rows have it
            connection.execute(f"ALTER TABLE log_{table} ADD COLUMN {name} {kind}{default}")


def fits(connection: sqlite3.Connection, table: str) -> bool:
    """Whether a table's twin has the columns that `lay` gives it, of their types, in whatever order they came."""

    def typed(name: str) -> set[tuple[str, str]]:
        return {(row[1], row[2]) for row in connection.execute(f"PRAGMA table_info({quoted(name)})")}

    own = {(name, "INTEGER") for name in ("seq", "action", "sign")}
    return typed(f"log_{table}") == own | typed(table)


def _triggers(table: str, columns: tuple[str, ...]) -> Iterable[str]:
    listed = ", ".join(columns)

    def writes(state: str, sign: int) -> str:
        values = ", ".join(f"{state}.{name}" for name in columns)
        return (
            f"INSERT INTO log_{table}(action, sign, {listed}) "
            f"VALUES ((SELECT action FROM open_action), {sign}, {values});"
        )

    bodies = {
        "INSERT": writes("NEW", 1),
        "DELETE": writes("OLD", -1),
        "UPDATE": writes("OLD", -1) + writes("NEW", 1),
    }
    for event, body in bodies.items():
        name = f"log_{table}_{event.lower()}"
        yield f"DROP TRIGGER IF EXISTS {name}"
        yield f"CREATE TRIGGER {name} AFTER {event} ON {quoted(table)} BEGIN {body} END"


def strange_triggers(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Triggers that are not as `lay` makes them: (name, what is the matter); what is missing, changed, or another's."""
    there = dict(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
    ours = write_once.triggers() | {
        statement.split()[2]: statement
        for table in LOGGED
        for statement in _triggers(table, columns_of(connection, table))
        if statement.startswith("CREATE")
    }
    return [
        *((name, "it is missing: changes can escape notice") for name in ours if name not in there),
        *((name, "it is not as qualcode made it") for name, sql in ours.items() if there.get(name, sql) != sql),
        *((name, "it is not qualcode's, and acts when something is written") for name in there if name not in ours),
    ]


_TOUCHED = " UNION ALL ".join(
    f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM log_{table} WHERE action = :action)" for table in LOGGED
)


def touched(connection: sqlite3.Connection, action: int) -> list[str]:
    """The logged tables an action wrote to."""
    return [table for (table,) in connection.execute(_TOUCHED, {"action": action})]


def cancels_out(connection: sqlite3.Connection, action: int) -> bool:
    """Whether all that an action wrote to logged tables leaves them as they were before it."""
    tables = touched(connection, action)
    return bool(tables) and not any(_differs(connection, table, action) for table in tables)


def _differs(connection: sqlite3.Connection, table: str, action: int) -> bool:
    by_sign = f"SELECT sum(sign) FROM log_{table} WHERE action = ?"
    if connection.execute(by_sign, (action,)).fetchone()[0]:  # rows came or went: most actions end here
        return True
    columns = ", ".join(columns_of(connection, table))
    states = f"SELECT 1 FROM log_{table} WHERE action = ? GROUP BY {columns} HAVING sum(sign) <> 0 LIMIT 1"
    return connection.execute(states, (action,)).fetchone() is not None


def drop(connection: sqlite3.Connection, action: int) -> None:
    """Take what an action wrote out of the log."""
    for table in touched(connection, action):
        connection.execute(f"DELETE FROM log_{table} WHERE action = ?", (action,))


def reverse(connection: sqlite3.Connection, table: str, action: int) -> None:
    """Put every row that an action touched back to where it was before; the triggers log it under the open action."""
    columns = ", ".join(columns_of(connection, table))
    connection.execute(
        f"DELETE FROM {quoted(table)} WHERE id IN (SELECT id FROM log_{table} WHERE action = ?)", (action,)
    )
    connection.execute(
        f"INSERT INTO {quoted(table)}({columns}) SELECT {columns} FROM log_{table} WHERE sign = -1 AND seq IN "
        f"(SELECT min(seq) FROM log_{table} WHERE action = ? GROUP BY id) ORDER BY seq",
        (action,),
    )


def changed_since(connection: sqlite3.Connection, table: str, action: int) -> bool:
    """Whether anything that an action touched, or that stands in the same place, is no longer as that action left it.

    Judged by value: a later change that was itself undone does not count. See `PLACES`.
    """
    columns = ", ".join(columns_of(connection, table))
    row = connection.execute(
        f"SELECT 1 FROM log_{table} WHERE action > :action AND {_same_place(table)} "
        f"GROUP BY {columns} HAVING sum(sign) <> 0 LIMIT 1",
        {"action": action},
    ).fetchone()
    return row is not None


def last_change(connection: sqlite3.Connection, table: str, action: int) -> int:
    """The newest action that touched a row which `action` touched, or one in the same place."""
    row = connection.execute(
        f"SELECT max(action) FROM log_{table} WHERE action >= :action AND {_same_place(table)}", {"action": action}
    ).fetchone()
    return int(row[0])


def _same_place(table: str) -> str:
    """SQL condition on a twin: the row stands where one stands that an action touched."""
    place = ", ".join(f"coalesce({quoted(column)}, 0)" for column in PLACES.get(table, ("id",)))
    return f"({place}) IN (SELECT {place} FROM log_{table} WHERE action = :action)"


def begin_anew(connection: sqlite3.Connection, table: str, column: str, value: int, action: int) -> None:
    """Let the log of some rows begin with an action: their past goes, as they stand now is written once.

    Args:
        connection: inside the action.
        table: a logged table.
        column: a column of it that never changes in a row,
        value: and the value that says which rows are meant.
        action: id of the open action.
    """
    columns = ", ".join(columns_of(connection, table))
    connection.execute(f"DELETE FROM log_{table} WHERE {quoted(column)} = ?", (value,))
    connection.execute(
        f"INSERT INTO log_{table}(action, sign, {columns}) SELECT ?, 1, {columns} FROM {quoted(table)} "
        f"WHERE {quoted(column)} = ? ORDER BY id",
        (action, value),
    )


def fold_differs(connection: sqlite3.Connection, table: str) -> int:
    """How many rows of a table are not what folding its twin gives (0 = log and state agree)."""
    columns = ", ".join(columns_of(connection, table))
    row = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM (SELECT {columns}, sign FROM log_{table} "
        f"UNION ALL SELECT {columns}, -1 FROM {quoted(table)}) GROUP BY {columns} HAVING sum(sign) <> 0)"
    ).fetchone()
    return int(row[0])
