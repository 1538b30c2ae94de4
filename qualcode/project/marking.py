"""Marking the rows that a forgetting takes, and deleting what is marked, with its past."""

from qualcode.project import twins
from qualcode.project.actions import Store
from qualcode.project.gone import removed, removed_people
from qualcode.project.past_words import taken_away
from qualcode.project.reach import Scope, own_passages
from qualcode.project.schema import LOGGED, PASSAGES


def mark(store: Store, scope: Scope) -> None:
    """Note every logged row that goes, present or past, in a passing table; what refers to it follows by foreign key.

    Documents, people, memos, names and the like removed before go too: after this nothing can bring them back, so they
    would only be kept in secret. A row that stands goes for what it refers to now, not for what it once referred to.
    """
    connection = store.connection
    connection.execute("CREATE TEMP TABLE going(kind TEXT, id INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID")
    started = [("document", each) for each in scope.whole] + [("person", each) for each in scope.people]
    started += [("document", each) for each in removed(store)] + [("person", each) for each in removed_people(store)]
    started += taken_away(store)
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
        present = twins.quoted(table)
        for target, column in _references(store, table):
            refers = f"{column} IN (SELECT id FROM going WHERE kind = :target)"
            connection.execute(
                f"INSERT OR IGNORE INTO going SELECT '{table}', id FROM {present} WHERE {refers} "
                f"UNION SELECT '{table}', id FROM log_{table} WHERE {refers} AND id NOT IN (SELECT id FROM {present})",
                {"target": target},
            )


def _references(store: Store, table: str) -> list[tuple[str, str]]:
    """(table, quoted column) for each foreign key of a table."""
    return [(row[2], twins.quoted(row[3])) for row in store.rows(f"PRAGMA foreign_key_list({twins.quoted(table)})")]


_GOING = "id IN (SELECT id FROM going WHERE kind = '{table}')"


def delete_marked(store: Store) -> None:
    """Delete the marked rows from the present state."""
    for table in LOGGED:
        store.connection.execute(f"DELETE FROM {twins.quoted(table)} WHERE {_GOING.format(table=table)}")


def drop_marked_twins(store: Store) -> None:
    """Drop the past of the marked rows, what others once said of them, and the marks."""
    for table in LOGGED:
        store.connection.execute(f"DELETE FROM log_{table} WHERE {_GOING.format(table=table)}")
        for target, column in _references(store, table):  # a state that is past has its two signs: both go
            store.connection.execute(
                f"DELETE FROM log_{table} WHERE {column} IN (SELECT id FROM going WHERE kind = ?)", (target,)
            )
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
