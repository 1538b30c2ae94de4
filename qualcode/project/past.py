"""The project as it stood at an earlier point, rebuilt from the twins and read by the same code as today's.

In SQLite a passing table hides the file's own table of the same name (sqlite.org/lang_naming.html). So each logged
table is laid anew, as folding its twin up to an action gives it, before the file's; `main.` names today's.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from qualcode.errors import RefusedError
from qualcode.project import twins
from qualcode.project.actions import Store
from qualcode.project.schema import INDEXES, LOGGED

_REFERENCE = re.compile(r' REFERENCES "?\w+"?\(id\)( DEFERRABLE INITIALLY DEFERRED)?')
"""A passing table cannot refer to one of the file."""


@contextmanager
def as_it_was(store: Store, action: int) -> Iterator[None]:
    """Inside, everything read through the store is as it stood once an action was done; nothing can be written.

    Who may see what is decided by today's blind rounds. Of what was forgotten since nothing is there, and a document
    from which a person was erased has no past: its rows begin with that action.

    Args:
        store: of the open project; other threads must not use it meanwhile.
        action: id of the last action that counts.

    Raises:
        RefusedError: inside an action, or in another such look.
    """
    if store.connection.in_transaction:
        raise RefusedError("an earlier state cannot be looked at while something is being done")
    with store.glance():
        for table in LOGGED:
            _lay(store, table, action)
        for table, column in (*((f"log_{each}", "action") for each in LOGGED), ("action", "id")):
            _cut(store, table, column, action)
        _cut(store, "codebook_version", "action", action)
        store.connection.execute("PRAGMA query_only = ON")
        yield


def _lay(store: Store, table: str, action: int) -> None:
    """A logged table as it was; the newest entry of a row's log tells how it stood, or that it was gone."""
    columns = ", ".join(twins.columns_of(store.connection, table))
    name = f"temp.{twins.quoted(table)}"
    made = store.value("SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?", (table,))
    store.connection.execute(f"CREATE TABLE {name}{_REFERENCE.sub('', made[made.index('(') :])}")
    store.connection.execute(
        f"INSERT INTO {name}({columns}) SELECT {columns} FROM main.log_{table} WHERE sign = 1 AND seq IN "
        f"(SELECT max(seq) FROM main.log_{table} WHERE action <= ? GROUP BY id)",
        (action,),
    )
    for index in re.findall(rf"CREATE INDEX (\w+ ON {table}\(.*)", INDEXES):
        store.connection.execute(f"CREATE INDEX temp.{index.rstrip(';')}")


def _cut(store: Store, table: str, column: str, action: int) -> None:
    """A table of the log as it was: without what came later."""
    store.connection.execute(f"CREATE TEMP VIEW {table} AS SELECT * FROM main.{table} WHERE {column} <= {action:d}")
