"""A project in memory alone, to try something on: nothing of it is ever written down."""

import sqlite3
from pathlib import Path

from qualcode.project.actions import Store
from qualcode.project.file import SCHEMA_VERSION
from qualcode.project.project import Project


def passing_project(of: Project | None = None) -> Project:
    """A project that is gone when it is closed: a copy of another as it stands now, or a new one."""
    connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    if of is None:
        _furnish(connection)
    else:
        of.store.connection.backup(connection)
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    path = of.path if of else Path("passing.qualcode")
    return Project(path, Store(connection, of.coder if of else None))


def _furnish(connection: sqlite3.Connection) -> None:
    from qualcode.project.migrations import furnish, migrate

    migrate(connection, SCHEMA_VERSION)
    with Store(connection, "-").action("new project"):
        furnish(connection)
