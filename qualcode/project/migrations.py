"""Creates and migrates the tables. Imported only when there is something to do: sqlite-utils takes its time."""

import re
import sqlite3
import sys
from functools import cache

from qualcode.project import twins, write_once
from qualcode.project.engine import in_memory, key_at
from qualcode.project.guids import new_guid
from qualcode.project.keys import ProjectKey
from qualcode.project.schema import BOOKKEEPING, FORGOTTEN, INDEXES, LOGGED, ROLES, STEPS, VIEWS, WRITE_ONCE, table

sys.modules.setdefault("pandas", None)  # type: ignore[arg-type]  # sqlite-utils would load it to know a frame's types
from sqlite_utils import Database, Migrations  # noqa: E402

if sys.modules["pandas"] is None:
    del sys.modules["pandas"]  # who wants it next gets it

steps = Migrations("qualcode")

_LATER = {"quote", "known_name", "milestone", "rule", "proposal"}
"""Tables that a later step brings, with their indexes."""


@steps(name=STEPS[0])  # 001
def first_tables(db: Database) -> None:
    """Everything that issue one needs; later tables come as later steps."""
    for name, columns in (WRITE_ONCE | LOGGED | BOOKKEEPING).items():
        if name not in _LATER:
            db.execute(table(name, columns))
    for statement in (INDEXES + VIEWS).split(";\n"):
        if statement.strip() and _indexed(statement) not in _LATER:
            db.execute(statement)


def _indexed(statement: str) -> str:
    """The table that a statement makes an index of; "" if it makes none."""
    found = re.match(r"\s*CREATE INDEX \w+ ON (\w+)", statement)
    return found[1] if found else ""


@steps(name=STEPS[1])  # 002
def forgotten_and_folders(db: Database) -> None:
    """A salted hash of each file that was forgotten; the folder that a file lay in, to tell two of one name apart."""
    db.execute(FORGOTTEN)
    db.execute("ALTER TABLE original ADD COLUMN folder TEXT NOT NULL DEFAULT ''")


@steps(name=STEPS[2])  # 003
def edited_quotes(db: Database) -> None:
    """Quotes as they are printed, shortened by an analyst."""
    db.execute(table("quote", LOGGED["quote"]))


@steps(name=STEPS[3])  # 004
def chart_cells(db: Database) -> None:
    """A summary may say that something was not asked, or asked and nothing said.

    Only the table's CHECK grows, and no row changes, so its statement is written anew as SQLite's manual allows
    (lang_altertable, "other kinds of table schema changes"): making the table anew would upset what refers to it.
    """
    _restate(db, "summary", table("summary", LOGGED["summary"]))


def _restate(db: Database, name: str, statement: str) -> None:
    """Write a table's statement anew, of which only a CHECK has grown."""
    version = db.execute("PRAGMA schema_version").fetchone()[0]
    db.execute("PRAGMA writable_schema = ON")
    db.execute("UPDATE sqlite_schema SET sql = ? WHERE type = 'table' AND name = ?", (statement, name))
    db.execute(f"PRAGMA schema_version = {version + 1}")
    db.execute("PRAGMA writable_schema = OFF")


@steps(name=STEPS[4])  # 005
def name_list(db: Database) -> None:
    """Real names with what stands for them."""
    db.execute(table("known_name", LOGGED["known_name"]))


@steps(name=STEPS[5])  # 006
def whole_decisions(db: Database) -> None:
    """A decision may be about a claim, say what is given instead, and is of one round of the coders."""
    code = "INTEGER REFERENCES code(id) DEFERRABLE INITIALLY DEFERRED"
    for column in (f"to_code {code}", f"instead {code}", f"instead_to {code}", "direction TEXT"):
        db.execute(f"ALTER TABLE decision ADD COLUMN {column}")
    db.execute("ALTER TABLE decision ADD COLUMN round INTEGER NOT NULL DEFAULT 1")


@steps(name=STEPS[6])  # 007
def milestones(db: Database) -> None:
    """Names for points in the project's history."""
    db.execute(table("milestone", LOGGED["milestone"]))


@steps(name=STEPS[7])  # 008
def proposals(db: Database) -> None:
    """Rules that were run, what they proposed and what became of it; the rules are a coder of their own."""
    for name in ("rule", "proposal"):
        db.execute(table(name, LOGGED[name]))
    for statement in INDEXES.split(";\n"):
        if _indexed(statement) == "proposal":
            db.execute(statement)
    _restate(db, "coder", table("coder", WRITE_ONCE["coder"]))


@steps(name=STEPS[8])  # 009
def digests(db: Database) -> None:
    """A digest beside each text, of its turns, time stamps and edits, and beside each action, of what it says."""
    for name in ("text", "action"):
        db.execute(f"ALTER TABLE {name} ADD COLUMN digest BLOB NOT NULL DEFAULT x''")
    write_once.stamp_texts(db.conn)
    write_once.stamp_actions(db.conn)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring a project file up to `version`, in one transaction.

    The twins and triggers are laid anew afterwards, since a step may have added columns.
    """
    db = Database(connection, execute_plugins=False)
    steps.ensure_migrations_table(db)
    connection.execute("BEGIN IMMEDIATE")
    try:
        write_once.lift(connection)
        steps.apply(db)
        twins.lay(connection)
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def make_tables(connection: sqlite3.Connection, version: int) -> None:
    """All tables, in a database that is empty yet, as the steps make them.

    The steps are gone through once a process; what they make is then copied page by page, in a tenth of the time.
    """
    _blank(version, is_encrypted=key_at(connection) is not None).backup(connection)


@cache
def _blank(version: int, *, is_encrypted: bool) -> sqlite3.Connection:
    """A database of nothing but tables: encrypted ones, of whatever key, take pages from one that is encrypted too."""
    blank = in_memory(ProjectKey.random() if is_encrypted else None)
    migrate(blank, version)
    return blank


def furnish(connection: sqlite3.Connection) -> None:
    """The rows a new project starts with: the wave "-" and the four roles. Call it inside an action."""
    connection.execute("INSERT INTO wave(guid, name, position) VALUES (?, '-', 0)", (new_guid(),))
    for position, (short, name, whose, standing) in enumerate(ROLES):
        connection.execute(
            "INSERT INTO role(guid, short, name, position, whose, standing) VALUES (?, ?, ?, ?, ?, ?)",
            (new_guid(), short, name, position, whose, standing),
        )
