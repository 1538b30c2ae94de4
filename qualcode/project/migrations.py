"""Creates and migrates the tables. Imported only when there is something to do: sqlite-utils brings pandas along."""

import sqlite3

from sqlite_utils import Database, Migrations

from qualcode.project import twins
from qualcode.project.guids import new_guid
from qualcode.project.schema import BOOKKEEPING, INDEXES, LOGGED, ROLES, VIEWS, WRITE_ONCE, table

steps = Migrations("qualcode")


@steps(name="001 the first tables")
def first_tables(db: Database) -> None:
    """Everything that issue one needs; later tables come as later steps."""
    for name, columns in (WRITE_ONCE | LOGGED | BOOKKEEPING).items():
        db.execute(table(name, columns))
    for statement in (INDEXES + VIEWS).split(";\n"):
        if statement.strip():
            db.execute(statement)


@steps(name="002 what a chart cell can be")
def chart_cells(db: Database) -> None:
    """A summary may say that something was not asked, or asked and nothing said.

    Only the table's CHECK grows, and no row changes, so its statement is written anew as SQLite's manual allows
    (lang_altertable, "other kinds of table schema changes"): making the table anew would upset what refers to it.
    """
    version = db.execute("PRAGMA schema_version").fetchone()[0]
    db.execute("PRAGMA writable_schema = ON")
    statement = table("summary", LOGGED["summary"])
    db.execute("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = 'summary'", (statement,))
    db.execute(f"PRAGMA schema_version = {version + 1}")
    db.execute("PRAGMA writable_schema = OFF")


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring a project file up to `version`, in one transaction.

    The twins and triggers are laid anew afterwards, since a step may have added columns.
    """
    db = Database(connection, execute_plugins=False)
    steps.ensure_migrations_table(db)
    connection.execute("BEGIN IMMEDIATE")
    try:
        steps.apply(db)
        twins.lay(connection)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def furnish(connection: sqlite3.Connection) -> None:
    """The rows a new project starts with: the wave "-" and the four roles. Call it inside an action."""
    connection.execute("INSERT INTO wave(guid, name, position) VALUES (?, '-', 0)", (new_guid(),))
    for position, (short, name, whose, standing) in enumerate(ROLES):
        connection.execute(
            "INSERT INTO role(guid, short, name, position, whose, standing) VALUES (?, ?, ?, ?, ?, ?)",
            (new_guid(), short, name, position, whose, standing),
        )
