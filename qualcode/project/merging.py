"""Changing who is who: renaming a person, making one of two, taking one away."""

import json
from collections.abc import Iterator

from qualcode.errors import RefusedError
from qualcode.model import Person
from qualcode.project.actions import Store

MERGE_VERB = "merge people"

_SAID_ONCE = {
    "person_role": ("wave",),
    "attribute_value": ("attribute", "wave"),
    "document_person": ("document", "speaker"),
}
"""Tables in which a person has one row for each of something: the columns that say for what."""


def merge(store: Store, gone: Person, stays: Person, *, keep: bool) -> None:
    """Make one person of two (see `People.merge`)."""
    if gone.id == stays.id:
        raise RefusedError(f"{gone.name} cannot be merged with themselves")
    with store.action(MERGE_VERB, person=gone.id, into=stays.id):
        against = list(_contradictions(store, gone, stays))
        if against and not keep:
            raise RefusedError(
                f"{gone.name} and {stays.name} contradict each other",
                remedy="\n".join([*against, f"To keep what {stays.name} has: --keep"]),
            )
        _move_what_is_said(store, gone.id, stays.id)
        _join_summaries(store, gone.id, stays.id)
        store.connection.execute("UPDATE memo SET person = ? WHERE person = ?", (stays.id, gone.id))
        store.connection.execute("DELETE FROM person WHERE id = ?", (gone.id,))


def _contradictions(store: Store, gone: Person, stays: Person) -> Iterator[str]:
    """What the two have of one thing and otherwise, a line each."""
    cases = dict(store.rows('SELECT id, name FROM "case"'))
    if gone.case and stays.case and gone.case != stays.case:
        yield _line("case", "-", gone.name, cases[gone.case], stays.name, cases[stays.case])
    for wave, first, last in store.rows(
        """SELECT wave.name, a.short, b.short FROM person_role AS old JOIN person_role AS new ON new.wave = old.wave
            JOIN wave ON wave.id = old.wave JOIN role AS a ON a.id = old.role JOIN role AS b ON b.id = new.role
            WHERE old.person = ? AND new.person = ? AND old.role <> new.role ORDER BY wave.position""",
        (gone.id, stays.id),
    ):
        yield _line("role", wave, gone.name, first, stays.name, last)
    for name, wave, first, last in store.rows(
        """SELECT attribute.name, wave.name, old.value, new.value FROM attribute_value AS old
            JOIN attribute_value AS new ON new.attribute = old.attribute AND new.wave = old.wave
            JOIN attribute ON attribute.id = old.attribute JOIN wave ON wave.id = old.wave
            WHERE old.person = ? AND new.person = ? AND old.value <> new.value ORDER BY attribute.id, wave.position""",
        (gone.id, stays.id),
    ):
        yield _line(name, wave, gone.name, first, stays.name, last)


def _line(what: str, wave: str, gone: str, first: str, stays: str, last: str) -> str:
    at = "" if wave == "-" else f" at wave {wave}"
    return f"{what}{at}: {gone} has {first}, {stays} has {last}"


def _move_what_is_said(store: Store, gone: int, stays: int) -> None:
    """Case, speakers, roles and attributes: those that the one who stays has already are dropped."""
    store.connection.execute(
        'UPDATE person SET "case" = (SELECT "case" FROM person WHERE id = ?) WHERE id = ? AND "case" IS NULL',
        (gone, stays),
    )
    for table, columns in _SAID_ONCE.items():
        same = " AND ".join(f"new.{column} = {table}.{column}" for column in columns)
        store.connection.execute(
            f"DELETE FROM {table} WHERE person = ? AND EXISTS (SELECT 1 FROM {table} AS new WHERE new.person = ? "
            f"AND {same})",
            (gone, stays),
        )
        store.connection.execute(f"UPDATE {table} SET person = ? WHERE person = ?", (stays, gone))


def _join_summaries(store: Store, gone: int, stays: int) -> None:
    """Summaries follow; where a coder has written of both, the two become one, a draft again."""
    both = store.rows(
        "SELECT old.id, new.id, old.body, new.body FROM summary AS old JOIN summary AS new ON new.code = old.code "
        "AND new.wave = old.wave AND new.coder = old.coder WHERE old.person = ? AND new.person = ?",
        (gone, stays),
    )
    for old, new, *bodies in both:
        body = "\n\n".join(dict.fromkeys(filter(None, reversed(bodies))))
        store.connection.execute("UPDATE summary SET body = ?, state = 'draft' WHERE id = ?", (body, new))
        store.connection.execute(
            "DELETE FROM summary_segment WHERE summary = ? AND segment IN "
            "(SELECT segment FROM summary_segment WHERE summary = ?)",
            (old, new),
        )
        store.connection.execute("UPDATE summary_segment SET summary = ? WHERE summary = ?", (new, old))
        store.connection.execute("DELETE FROM summary WHERE id = ?", (old,))
    store.connection.execute("UPDATE summary SET person = ? WHERE person = ?", (stays, gone))


def merged_into(store: Store, people: frozenset[int]) -> frozenset[int]:
    """Ids of the people that were merged into these, or into those, and are no more."""
    merges = [json.loads(laid) for (laid,) in store.rows("SELECT arguments FROM action WHERE verb = ?", (MERGE_VERB,))]
    there = {row[0] for row in store.rows("SELECT id FROM person")}
    found = set(people)
    while more := {each["person"] for each in merges if each["into"] in found} - found - there:
        found |= more
    return frozenset(found - people)


# -- taking a person away ----------------------------------------------------------------------------------------------


def remove(store: Store, person: Person) -> None:
    """Take away a person on whom nothing rests (see `People.remove`)."""
    if resting := list(_resting(store, person.id)):
        raise RefusedError(
            f"{person.name} cannot be removed: {', '.join(resting)}",
            remedy="Say who speaks there instead: qualcode speakers; or make one person of two: qualcode people merge. "
            "To erase a participant's words: qualcode forget",
        )
    with store.action("remove person", person=person.id):
        for table in ("person_role", "attribute_value"):
            store.connection.execute(f"DELETE FROM {table} WHERE person = ?", (person.id,))
        store.connection.execute("DELETE FROM person WHERE id = ?", (person.id,))


def _resting(store: Store, person: int) -> Iterator[str]:
    documents = store.rows(
        "SELECT DISTINCT document.name FROM document_person JOIN document ON document.id = document WHERE person = ? "
        "ORDER BY document.name",
        (person,),
    )
    if documents:
        yield f"they speak in {', '.join(row[0] for row in documents)}"
    for table, one, many in (("memo", "memo", "memos"), ("summary", "summary", "summaries")):
        count = store.value(f"SELECT count(*) FROM {table} WHERE person = ?", (person,))
        if count:
            yield f"{count} {one if count == 1 else many} of them"
