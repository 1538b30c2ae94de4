"""Who and what no longer stands, and is kept in the log alone: removed, or of an import that was undone."""

import json

from qualcode.errors import RefusedError, not_found
from qualcode.model import Document, Person
from qualcode.project.actions import Store
from qualcode.project.cases import People
from qualcode.project.documents import Documents
from qualcode.project.merging import MERGE_VERB
from qualcode.project.naming import find_named


def removed(store: Store) -> list[int]:
    """Ids of the documents that were removed, or whose import was undone: they are kept for undo alone."""
    rows = store.rows(
        "SELECT id FROM log_document WHERE id NOT IN (SELECT id FROM document) "
        "UNION SELECT document FROM text WHERE document NOT IN (SELECT id FROM document)"
    )
    return [row[0] for row in rows]


def removed_people(store: Store) -> list[int]:
    """Ids of the people who were removed, or whose import was undone; who was merged is part of who stays."""
    rows = store.rows("SELECT DISTINCT id FROM log_person WHERE id NOT IN (SELECT id FROM person) ORDER BY id")
    return [person for (person,) in rows if stands_as(store, person) is None]


def stands_as(store: Store, person: int) -> int | None:
    """Id of the standing person into whom somebody who is gone was merged, over however many merges; or None."""
    while not store.value("SELECT 1 FROM person WHERE id = ?", (person,)):
        last = store.value("SELECT action FROM log_person WHERE id = ? AND sign = -1 ORDER BY seq DESC", (person,))
        verb, laid = _origin(store, last) if last is not None else ("", "{}")
        if verb != MERGE_VERB or json.loads(laid).get("person") != person:
            return None
        person = json.loads(laid)["into"]
    return person


def _origin(store: Store, action: int) -> tuple[str, str]:
    """Verb and arguments of the action that a chain of undo and redo began with."""
    while True:
        row = store.row("SELECT reverses, verb, arguments FROM action WHERE id = ?", (action,))
        if row is None:
            return "", "{}"
        if row[0] is None:
            return row[1], row[2]
        action = row[0]


def person_meant(store: Store, name: str) -> Person:
    """The person of that name, also one who is kept in the log alone.

    Raises:
        NotFoundError: nobody has, or had, that name.
        RefusedError: whoever had it was merged into somebody who stays, or is called otherwise now.
    """
    if found := People(store).find(name):
        return found
    rows = store.rows(
        'SELECT name, id, guid, "case" FROM log_person WHERE id NOT IN (SELECT id FROM person) ORDER BY seq'
    )
    former = {row[0]: Person(row[1], row[2], row[0], row[3], ()) for row in rows if stands_as(store, row[1]) is None}
    if person := find_named("person", name, former):
        return person
    merged = {row[0]: stays for row in rows if (stays := stands_as(store, row[1])) is not None}
    if stays := find_named("person", name, merged):
        stands = store.value("SELECT name FROM person WHERE id = ?", (stays,))
        raise RefusedError(f"{name} was merged into {stands}", remedy=f"Forget {stands}, and {name} goes along.")
    _must_not_be_former(store, "person", name)
    raise not_found("person", name, [each.name for each in People(store).all()])


def document_meant(store: Store, name: str | int) -> Document:
    """The document of that name (or number), also one kept in the log alone.

    Raises:
        NotFoundError: there is none, and was none.
        RefusedError: it is called otherwise now.
    """
    rows = store.rows(
        "SELECT log_document.id, log_document.guid, log_document.name, text.id, version, length, "
        "coalesce((SELECT wave.name FROM wave WHERE wave.id = log_document.wave), '-'), \"case\", lead "
        "FROM log_document JOIN text ON text.id = log_document.text "
        "WHERE log_document.id NOT IN (SELECT id FROM document) ORDER BY seq"
    )
    standing = {each.name: each for each in Documents(store).all()}
    if isinstance(name, str) and find_named("document", name, standing) is None:
        former = {row[2]: Document(*row) for row in rows}
        if found := find_named("document", name, former):
            return found
        _must_not_be_former(store, "document", name)
    return Documents(store).get(name)


def _must_not_be_former(store: Store, table: str, name: str) -> None:
    """Lead from a former name to what is called otherwise now: to forget the one is to forget the other."""
    rows = store.rows(
        f"SELECT DISTINCT past.name, now.name FROM log_{table} AS past JOIN {table} AS now ON now.id = past.id "
        "WHERE past.name <> now.name ORDER BY past.seq"
    )
    if now := find_named(table, name, dict(rows)):
        raise RefusedError(f"{name} is called {now} now", remedy=f"Forget {now}, and the former name goes along.")
