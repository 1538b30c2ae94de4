"""Marking the rows that a forgetting takes, and deleting what is marked, with its past."""

from qualcode.project import twins
from qualcode.project.actions import Store
from qualcode.project.reach import Scope, own_passages, removed
from qualcode.project.schema import LOGGED, PASSAGES


def mark(store: Store, scope: Scope) -> None:
    """Note every logged row that goes, present or past, in a passing table; what refers to it follows by foreign key.

    Documents removed before go too: after this nothing can bring them back, so they would only be kept in secret.
    """
    connection = store.connection
    connection.execute("CREATE TEMP TABLE going(kind TEXT, id INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID")
    started = [("document", each) for each in scope.whole] + [("person", each) for each in scope.people]
    started += [("document", each) for each in removed(store)]
    for document, labels in scope.shared.items():
        started += own_passages(store, document, labels)
        started += (
            (table, row[0])
            for table in PASSAGES  # of passages removed before, nobody knows any more whose words they were
            for row in store.rows(
                f"SELECT DISTINCT id FROM log_{table} WHERE document = ? AND id NOT IN (SELECT id FROM {table})",
                (document,),
            )
        )
    connection.executemany("INSERT OR IGNORE INTO going VALUES (?, ?)", started)
    for table in LOGGED:  # each comes after those it refers to
        for reference in connection.execute(f"PRAGMA foreign_key_list({twins.quoted(table)})").fetchall():
            target, column = reference[2], twins.quoted(reference[3])
            connection.execute(
                f"INSERT OR IGNORE INTO going SELECT '{table}', id FROM log_{table} WHERE {column} IN "
                "(SELECT id FROM going WHERE kind = ?)",
                (target,),
            )


_GOING = "id IN (SELECT id FROM going WHERE kind = '{table}')"


def delete_marked(store: Store) -> tuple[int, int]:
    """Delete the marked rows from the present state; returns how many standing passages and memos went."""
    counts = {
        table: store.connection.execute(
            f"DELETE FROM {twins.quoted(table)} WHERE {_GOING.format(table=table)}"
        ).rowcount
        for table in LOGGED
    }
    return sum(counts[table] for table in PASSAGES), counts["memo"]


def drop_marked_twins(store: Store) -> None:
    """Drop the past of the marked rows, and the marks."""
    for table in LOGGED:
        store.connection.execute(f"DELETE FROM log_{table} WHERE {_GOING.format(table=table)}")
    unmark(store)


def count_marked(store: Store) -> dict[str, int]:
    """How many rows of each logged table stand now and are marked."""
    return {
        table: int(store.value(f"SELECT count(*) FROM {twins.quoted(table)} WHERE {_GOING.format(table=table)}"))
        for table in LOGGED
    }


def unmark(store: Store) -> None:
    """Drop the marks."""
    store.connection.execute("DROP TABLE temp.going")
