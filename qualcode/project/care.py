"""Whether a project is sound: the file, the texts, the passages in them, the log against the state."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from qualcode.errors import TroubleError
from qualcode.project import nesting, twins, write_once
from qualcode.project.actions import Store
from qualcode.project.cases import Cases
from qualcode.project.codes import circling
from qualcode.project.engine import in_memory
from qualcode.project.gone import removed, removed_people
from qualcode.project.schema import INDEXES, LOGGED, PASSAGES, SCHEMA_VERSION, WRITE_ONCE
from qualcode.visible import counted


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that should not be: what is the matter, and where."""

    what: str
    where: str


def check(store: Store) -> list[Problem]:
    """Look at everything the file promises; an empty list means that the project is sound.

    One moment is looked at, whatever other programs write meanwhile.
    """
    with _one_moment(store):
        broken = _found(store, "the file", _file_problems)
        if broken:  # what a damaged file says about its rows is worth nothing
            return broken
        return contents(store)


def contents(store: Store) -> list[Problem]:
    """What is wrong within a file that SQLite finds whole."""
    looks: tuple[tuple[str, _Look], ...] = (
        ("references", _reference_problems),
        ("identities", _guid_problems),
        ("texts", _text_problems),
        ("originals", _original_problems),
        ("turns", _turn_problems),
        ("documents", _document_problems),
        ("passages", _passage_problems),
        ("codes", _code_problems),
        ("cases", _case_problems),
        ("the schema", _schema_problems),
        ("the log", _log_problems),
    )
    return [problem for where, look in looks for problem in _found(store, where, look)]


def notes(store: Store) -> list[str]:
    """What is no problem but should be known: words and names that are kept although document or person is gone."""
    gone = (
        ("words", "document", "documents", len(removed(store))),
        ("names", "person", "people", len(removed_people(store))),
    )
    return [
        f"The {what} of {f'1 {one} that is' if count == 1 else f'{count} {many} that are'} no longer in the project "
        "are kept, so that undo finds them; `forget` erases."
        for what, one, many, count in gone
        if count
    ]


_Look = Callable[[Store], Iterator[Problem]]


@contextmanager
def _one_moment(store: Store) -> Iterator[None]:
    if store.connection.in_transaction:
        yield
        return
    store.connection.execute("BEGIN")
    try:
        yield
    finally:
        store.connection.execute("ROLLBACK")


def _found(store: Store, where: str, look: _Look) -> list[Problem]:
    try:
        return list(look(store))
    except (sqlite3.DatabaseError, TroubleError) as trouble:
        return [Problem(f"it cannot be read ({trouble})", where)]


def _file_problems(store: Store) -> Iterator[Problem]:
    for (message,) in store.rows("PRAGMA integrity_check"):
        if message != "ok":
            yield Problem(str(message), "the file")


def _reference_problems(store: Store) -> Iterator[Problem]:
    for table, row, target, _ in store.rows("PRAGMA foreign_key_check"):
        yield Problem(f"refers to a {target} that is not there", f"{table} {row}")


def _guid_problems(store: Store) -> Iterator[Problem]:
    for table in WRITE_ONCE | LOGGED:
        if '"guid"' in twins.columns_of(store.connection, table):
            for (row,) in store.rows(f'SELECT id FROM "{table}" WHERE length(guid) <> 16'):
                yield Problem("its guid is not 16 bytes long", f"{table} {row}")


def _text_problems(store: Store) -> Iterator[Problem]:
    texts = store.connection.execute("SELECT id, body, length, sha256 FROM text")
    for row, body, length, digest in texts:
        if len(body) != length:
            yield Problem(f"it has {len(body)} characters and not the {length} it had", f"text {row}")
        if sha256(body.encode()).digest() != digest:
            yield Problem("its words are not those that were stored", f"text {row}")
    for row in write_once.changed_texts(store.connection):
        yield Problem("its turns, time stamps or edits are not those that were stored", f"text {row}")


def _original_problems(store: Store) -> Iterator[Problem]:
    originals = store.connection.execute("SELECT id, bytes, sha256 FROM original WHERE bytes IS NOT NULL")
    for row, data, digest in originals:
        if sha256(data).digest() != digest:
            yield Problem("its bytes are not those that were stored", f"original {row}")


def _turn_problems(store: Store) -> Iterator[Problem]:
    lengths = dict(store.rows("SELECT id, length FROM text"))
    text_before, reached = 0, 0
    for text, number, start, speech, end in store.rows(
        "SELECT text, number, start, speech, end FROM turn ORDER BY text, number"
    ):
        reached = reached if text == text_before else 0
        if not reached <= start <= speech <= end <= lengths.get(text, 0):
            yield Problem("it does not fit its text, or overlaps the turn before", f"turn {number} of text {text}")
        text_before, reached = text, end
    for text, position in store.rows(
        "SELECT cue.text, position FROM cue LEFT JOIN text ON text.id = cue.text "
        "WHERE length IS NULL OR position < 0 OR position > length"
    ):
        yield Problem("a time stamp stands outside its text", f"position {position} of text {text}")


def _document_problems(store: Store) -> Iterator[Problem]:
    for (row,) in store.rows(
        "SELECT document.id FROM document JOIN text ON text.id = document.text WHERE text.document <> document.id"
    ):
        yield Problem("its text is another document's", f"document {row}")


STRAY_PASSAGES = """SELECT passage.id FROM {table} AS passage JOIN document ON document.id = passage.document
    JOIN text ON text.id = passage.text WHERE (passage.text <> document.text OR passage.end > text.length)"""
"""Passages that do not stand in the present text of their document."""


LEFT_BEHIND = {
    "claim_evidence": """SELECT claim_evidence.id FROM claim_evidence JOIN claim ON claim.id = claim_evidence.claim
        WHERE claim_evidence.until IS NULL AND claim.until IS NOT NULL""",
    "summary_segment": """SELECT summary_segment.id FROM summary_segment
        JOIN segment ON segment.id = summary_segment.segment WHERE segment.until IS NOT NULL""",
    "quote": """SELECT quote.id FROM quote JOIN segment ON segment.id = quote.segment
        WHERE segment.until IS NOT NULL""",
}
"""Rows that rest on a claim or passage of a finished round although a newer one stands in its place."""


def _passage_problems(store: Store) -> Iterator[Problem]:
    for table, sql in LEFT_BEHIND.items():
        for (row,) in store.rows(sql):
            yield Problem("it rests on coding of a finished round, where a newer one stands", f"{table} {row}")
    for table in PASSAGES:
        for (row,) in store.rows(STRAY_PASSAGES.format(table=table)):
            yield Problem("it does not stand within the present text of its document", f"{table} {row}")


def _code_problems(store: Store) -> Iterator[Problem]:
    for (row,) in store.rows("SELECT id FROM code WHERE id NOT IN (SELECT code FROM definition)"):
        yield Problem("it has no definition", f"code {row}")
    for (row,) in store.rows(
        "SELECT segment.id FROM segment JOIN definition ON definition.id = segment.definition "
        "WHERE definition.code <> segment.code"
    ):
        yield Problem("it was made under another code's definition", f"segment {row}")
    for row in circling(store):
        yield Problem("it stands below itself", f"code {row}")


def _case_problems(store: Store) -> Iterator[Problem]:
    for row in nesting.endless(Cases(store).parents()):
        yield Problem("it is inside itself", f"case {row}")


def _schema_problems(store: Store) -> Iterator[Problem]:
    """Another program may have changed what the file is made of; then nothing can be relied upon."""
    there = _definitions(store.connection)
    for (kind, name), sql in _made_by_migrations().items():
        if (kind, name) not in there:
            yield Problem("it is missing", f"{kind} {name}")
        elif there[kind, name] != sql:
            yield Problem("its definition is not the one that qualcode gave it", f"{kind} {name}")
    for table in LOGGED:
        if not twins.fits(store.connection, table):
            yield Problem(f"its columns are not those of {table}", f"table log_{table}")
    for name, what in twins.strange_triggers(store.connection):
        yield Problem(what, f"trigger {name}")
    indexes = {name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'index'")}
    for name in re.findall(r"CREATE INDEX (\w+)", INDEXES):
        if name not in indexes:
            yield Problem("it is missing: everything is as it was, but slower", f"index {name}")


def _definitions(connection: sqlite3.Connection) -> dict[tuple[str, str], str]:
    """(table or view, name) -> its CREATE statement, blanks evened out; without twins, and tables that SQLite made."""
    statements = connection.execute("SELECT type, name, sql FROM sqlite_master WHERE type IN ('table', 'view')")
    return {(kind, name): " ".join(sql.split()) for kind, name, sql in statements if not _NOT_DEFINED.match(name)}


_NOT_DEFINED = re.compile("sqlite_|_sqlite_|log_")
"""SQLite's and sqlite-utils' own tables; and the twins, to which a migration adds columns one by one."""


@cache
def _made_by_migrations() -> dict[tuple[str, str], str]:
    from qualcode.project.migrations import migrate

    with closing(in_memory()) as connection:
        migrate(connection, SCHEMA_VERSION)
        return _definitions(connection)


def _log_problems(store: Store) -> Iterator[Problem]:
    for table in LOGGED:
        if differing := twins.fold_differs(store.connection, table):
            yield Problem(f"the log and the rows differ in {counted(differing, 'place')}", table)
        missing = f"SELECT DISTINCT action FROM log_{table} WHERE action NOT IN (SELECT id FROM action)"
        for (action,) in store.rows(missing):
            yield Problem("it is missing, and the log knows what it wrote", f"action {action}")
    for action in write_once.changed_actions(store.connection):
        yield Problem("who did what is not what was written then", f"action {action}")
    for (version,) in store.rows(_MISSING_VERSIONS):
        yield Problem("it is missing, and a later one or a definition knows it", f"codebook version {version}")
    if store.value("SELECT 1 FROM open_action"):
        yield Problem("an action was left open", "the log")


_MISSING_VERSIONS = """WITH RECURSIVE known(number) AS (VALUES (1) UNION ALL SELECT number + 1 FROM known
    WHERE number < (SELECT max(number) FROM (SELECT number FROM codebook_version
        UNION ALL SELECT codebook_version FROM definition UNION ALL SELECT codebook_version FROM round)))
    SELECT number FROM known WHERE number NOT IN (SELECT number FROM codebook_version)
    AND EXISTS (SELECT 1 FROM definition)"""
"""Codebook versions rise by one."""
