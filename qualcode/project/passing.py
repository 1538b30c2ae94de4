"""A project in memory alone, to try something on: nothing of it is ever written down."""

from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.project.actions import Store
from qualcode.project.engine import in_memory, key_at
from qualcode.project.project import Project
from qualcode.project.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from sqlite3 import Connection


def passing_project(of: Project | None = None) -> Project:
    """A project that is gone when it is closed: a copy of another as it stands now, or a new one."""
    connection = in_memory(None if of is None else key_at(of.store.connection))
    if of is None:
        _furnish(connection)
    else:
        of.store.connection.backup(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    path = of.path if of else Path("passing.qualcode")
    return Project(path, Store(connection, of.coder if of else None))


def _furnish(connection: "Connection") -> None:
    from qualcode.project.migrations import furnish, make_tables

    make_tables(connection, SCHEMA_VERSION)
    with Store(connection, "-").action("new project"):
        furnish(connection)
