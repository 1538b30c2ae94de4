"""Forgetting: a document or a person is erased for good, as a participant who withdraws can ask.

What goes: every text version and the file it was read from, turns, coding, memos and summaries on what is erased, its
rows in the change log, and each quotation of five or more words in what the team has written. Nothing done before can
be undone afterwards. The file is then written anew, so that the words are not left on its free pages.
"""

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode import spans
from qualcode.errors import RefusedError
from qualcode.model import Document, Person, Turn
from qualcode.project import twins
from qualcode.project.actions import Store, now
from qualcode.project.backups import folder_of, holds
from qualcode.project.documents import Documents
from qualcode.project.file import SUFFIX
from qualcode.project.quoted_words import WITHDRAWN, is_telling, redactor, same_name
from qualcode.project.schema import LOGGED, PASSAGES


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What `forget` did, and what it could not reach.

    Attributes:
        documents: names of the documents erased whole.
        shared: names of the documents that others speak in too: only the person's turns went.
        passages: standing coded passages, claims and marks that went.
        memos: memos on what was erased; they went whole.
        redactions: places in memos, definitions, summaries and notes where words were replaced by "[withdrawn]".
        backups: files that still hold it; delete them, or keep them as your data plan says.
        exports: paths written before that may still hold it.
        mentions: other documents that name what was erased, or were read from the same file; they were left alone.
        swept: whether the old bytes have left the project file; if not, another program has it open: they go when
            the last program closes it.
    """

    documents: tuple[str, ...]
    shared: tuple[str, ...]
    passages: int
    memos: int
    redactions: int
    backups: tuple[Path, ...]
    exports: tuple[str, ...]
    mentions: tuple[str, ...]
    swept: bool


@dataclass(frozen=True, slots=True)
class _Scope:
    """What is to go: documents whole, documents shared with others (with the person's labels there), people."""

    whole: tuple[int, ...]
    shared: dict[int, frozenset[str]]
    people: tuple[int, ...] = ()


def forget_document(store: Store, document: Document) -> Forgotten:
    """Erase one document for good: irreversible.

    The people who speak in it stay. Quotations shorter than five words, and paraphrases, cannot be recognised in what
    the team has written; documents removed before, which undo could have brought back, go too.

    Raises:
        RefusedError: inside another action.
    """
    return _forget(store, lambda: _Scope((Documents(store).get(document.id).id,), {}))


def forget_person(store: Store, person: Person) -> Forgotten:
    """Erase a person for good, with every document in which nobody else takes part: irreversible.

    In documents shared with others the person's turns read "[withdrawn]" in a new text version; passages wholly in
    their words go, others are carried. Quotations shorter than five words, and paraphrases, cannot be recognised in
    what the team has written; documents removed before, which undo could have brought back, go too.

    Raises:
        RefusedError: inside another action, or a shared document does not tell whose words are whose.
    """
    return _forget(store, lambda: _scope_of(store, person.id))


def record_export(store: Store, path: Path, documents: Iterable[int] = ()) -> None:
    """Keep in mind that a file with participants' words was written, for `forget` to name.

    Args:
        store: the open project.
        path: what was written.
        documents: ids of the documents it holds words of; none = all.
    """
    with store.transaction():
        store.connection.execute(
            "INSERT INTO export(at, path, documents) VALUES (?, ?, ?)",
            (now(), str(path.resolve()), json.dumps(sorted(set(documents)))),
        )


# -- the whole of it -----------------------------------------------------------------------------------------------


def _forget(store: Store, look: Callable[[], _Scope]) -> Forgotten:
    if store.connection.in_transaction:
        raise RefusedError("to forget is an action of its own, not a part of another")
    with store.transaction():
        scope = look()
        documents = [*scope.whole, *scope.shared]
        guids = _guids(store, scope)
        exports = _exports_of(store, documents)
        names = [_name(store, each) for each in scope.whole]
        with store.action("forget", documents=list(scope.whole), shared=list(scope.shared), people=list(scope.people)):
            passages, memos, redactions, mentions = _erase(store, scope)
        shared = [_name(store, each) for each in scope.shared]
    swept = _sweep(store.connection)
    backups = tuple(each for each in _copies(store) if holds(each, guids))
    return Forgotten(tuple(names), tuple(shared), passages, memos, redactions, backups, exports, mentions, swept)


def _erase(store: Store, scope: _Scope) -> tuple[int, int, int, tuple[str, ...]]:
    """Inside the action: erase everything in the scope; returns counts of passages, memos, redactions, and mentions."""
    with store.action("forget") as action:
        names = _telling_names(store, scope)
        redact = redactor(_erased_words(store, scope), names)
        related = _read_from_the_same_file(store, scope)
        _mark(store, scope)
        passages, memos = _delete_marked(store)
        for document, labels in scope.shared.items():
            _withdraw(store, document, labels, names)
            _keep_only_the_present(store, document, action.id)
        _drop_marked_twins(store)
        _drop_texts(store)
        redactions = _redact_notes(store, redact)
        mentions = tuple(sorted({*related, *_mentioning(store, names)}))
        store.connection.execute("INSERT INTO barrier VALUES (?)", (action.id,))
    return passages, memos, redactions, mentions


def _name(store: Store, document: int) -> str:
    return str(store.value("SELECT name FROM document WHERE id = ?", (document,)))


# -- what belongs to a person --------------------------------------------------------------------------------------


def _scope_of(store: Store, person: int) -> _Scope:
    """The person's documents: those of nobody else, and those shared."""
    whole: list[int] = []
    shared: dict[int, frozenset[str]] = {}
    for (document,) in store.rows(
        "SELECT DISTINCT document FROM document_person WHERE person = ? ORDER BY document", (person,)
    ):
        labels, takes_part, others = _company(store, document, person)
        if others and "" in labels:
            raise RefusedError(
                "the text does not tell this person's words from the others'",
                where=_name(store, document),
                remedy="Say which speaker is who first, or forget the whole document.",
            )
        if takes_part and not others:
            whole.append(document)
        else:
            shared[document] = labels
    same_name = store.rows(
        "SELECT DISTINCT id FROM log_person WHERE name IN (SELECT name FROM person WHERE id = ?)", (person,)
    )
    return _Scope(tuple(whole), shared, tuple(sorted({person, *(row[0] for row in same_name)})))


def _company(store: Store, document: int, person: int) -> tuple[frozenset[str], bool, bool]:
    """The person's labels in a document, whether they are a participant there, and whether others are."""
    speaking = {
        row[0]
        for row in store.rows(
            "SELECT DISTINCT speaker FROM turn WHERE text = (SELECT text FROM document WHERE id = ?)", (document,)
        )
    }
    rows = store.rows("SELECT speaker, part, person FROM document_person WHERE document = ?", (document,))
    labels = frozenset(label for label, _, who in rows if who == person)
    takes_part = any(who == person and (part == "participant" or not label) for label, part, who in rows)
    others = any(
        who != person and (who is not None or "" not in labels)
        for label, part, who in rows
        if part == "participant" and (label in speaking or not label) and not (who is None and not label)
    )
    return labels, takes_part, others


def _erased_words(store: Store, scope: _Scope) -> list[str]:
    """All words that are to go, of every version: documents whole, and the person's turns of shared ones."""
    removed = store.rows(
        f"SELECT DISTINCT document FROM log_document_person WHERE person IN ({_listed(scope.people)}) "
        "AND document NOT IN (SELECT id FROM document)"
    )
    whole = _listed([*scope.whole, *(row[0] for row in removed)])
    words = [row[0] for row in store.rows(f"SELECT body FROM text WHERE document IN ({whole})")]
    for document, labels in scope.shared.items():
        words += (
            body[start:end]
            for body, speaker, start, end in store.rows(
                "SELECT text.body, turn.speaker, turn.start, turn.end FROM text JOIN turn ON turn.text = text.id "
                "WHERE text.document = ?",
                (document,),
            )
            if speaker in labels
        )
    return words


def _telling_names(store: Store, scope: _Scope) -> list[str]:
    """The names that point at what is erased and at nothing that stays: people's, documents', files', labels'."""
    whole, shared = _listed(scope.whole), _listed(scope.shared)
    people = _listed(scope.people)
    names = {row[0] for row in store.rows(
        f"SELECT name FROM log_person WHERE id IN ({people}) UNION SELECT name FROM log_document WHERE id IN ({whole}) "
        f"UNION SELECT original.name FROM original JOIN text ON text.original = original.id "
        f"WHERE text.document IN ({whole}) "
        f"UNION SELECT speaker FROM log_document_person WHERE document IN ({whole}) AND part <> 'interviewer'"
    )}  # fmt: skip
    names |= {label for labels in scope.shared.values() for label in labels}
    names |= {Path(name).stem for name in names}
    staying = {row[0] for row in store.rows(
        f"SELECT name FROM person WHERE id NOT IN ({people}) UNION SELECT name FROM document WHERE id NOT IN ({whole}) "
        f'UNION SELECT name FROM "case" UNION SELECT short FROM code UNION SELECT short FROM role '
        f"UNION SELECT short FROM coder UNION SELECT speaker FROM document_person WHERE document NOT IN "
        f"({_listed([*scope.whole, *scope.shared])}) OR (document IN ({shared}) AND coalesce(person, 0) NOT IN "
        f"({people}))"
    )}  # fmt: skip
    return sorted(name for name in names - staying if is_telling(name))


def _guids(store: Store, scope: _Scope) -> list[bytes]:
    documents = _listed([*scope.whole, *scope.shared])
    rows = store.rows(
        f"SELECT guid FROM text WHERE document IN ({documents}) UNION SELECT guid FROM log_document WHERE id IN "
        f"({_listed(scope.whole)}) UNION SELECT guid FROM log_person WHERE id IN ({_listed(scope.people)})"
    )
    return [row[0] for row in rows]


def _listed(numbers: Iterable[int]) -> str:
    """Ids for IN (...): they are integers of ours."""
    return ", ".join(str(int(number)) for number in numbers) or "NULL"


# -- rows ----------------------------------------------------------------------------------------------------------


def _mark(store: Store, scope: _Scope) -> None:
    """Note every logged row that goes, present or past, in a passing table; what refers to it follows by foreign key.

    Documents removed before go too: after this nothing can bring them back, so they would only be kept in secret.
    """
    connection = store.connection
    connection.execute("CREATE TEMP TABLE going(kind TEXT, id INTEGER, PRIMARY KEY (kind, id)) WITHOUT ROWID")
    started = [("document", each) for each in scope.whole] + [("person", each) for each in scope.people]
    started += [("document", row[0]) for row in store.rows(_REMOVED)]
    for document, labels in scope.shared.items():
        started += _own_passages(store, document, labels)
    connection.executemany("INSERT OR IGNORE INTO going VALUES (?, ?)", started)
    for table in LOGGED:  # each comes after those it refers to
        for reference in connection.execute(f"PRAGMA foreign_key_list({twins.quoted(table)})").fetchall():
            target, column = reference[2], twins.quoted(reference[3])
            connection.execute(
                f"INSERT OR IGNORE INTO going SELECT '{table}', id FROM log_{table} WHERE {column} IN "
                "(SELECT id FROM going WHERE kind = ?)",
                (target,),
            )


_REMOVED = """SELECT id FROM log_document WHERE id NOT IN (SELECT id FROM document)
    UNION SELECT document FROM text WHERE document NOT IN (SELECT id FROM document)"""


def _own_passages(store: Store, document: int, labels: frozenset[str]) -> list[tuple[str, int]]:
    """The passages that hold nobody else's words, as (table, id)."""
    documents = Documents(store)
    found = documents.get(document)
    body = documents.body(found)
    own = bytearray(len(body))
    for turn in documents.turns(found):
        if turn.speaker in labels:
            own[turn.start : turn.end] = b"\1" * (turn.end - turn.start)
    return [
        (table, row)
        for table in PASSAGES
        for row, start, end in store.rows(f"SELECT id, start, end FROM {table} WHERE document = ?", (document,))
        if all(own[place] or body[place].isspace() for place in range(start, end)) and any(own[start:end])
    ]


_GOING = "id IN (SELECT id FROM going WHERE kind = '{table}')"


def _delete_marked(store: Store) -> tuple[int, int]:
    """Delete the marked rows from the present state; returns how many standing passages and memos went."""
    counts = {
        table: store.connection.execute(
            f"DELETE FROM {twins.quoted(table)} WHERE {_GOING.format(table=table)}"
        ).rowcount
        for table in LOGGED
    }
    return sum(counts[table] for table in PASSAGES), counts["memo"]


def _drop_marked_twins(store: Store) -> None:
    for table in LOGGED:
        store.connection.execute(f"DELETE FROM log_{table} WHERE {_GOING.format(table=table)}")
    store.connection.execute("DROP TABLE temp.going")


def _drop_texts(store: Store) -> None:
    """The texts, turns and originals that no document has any more."""
    gone = "(SELECT id FROM text WHERE document NOT IN (SELECT id FROM document))"
    for table in ("turn", "cue"):
        store.connection.execute(f"DELETE FROM {table} WHERE text IN {gone}")
    store.connection.execute(f"DELETE FROM text WHERE id IN {gone}")
    store.connection.execute(
        "DELETE FROM original WHERE id NOT IN (SELECT original FROM text WHERE original IS NOT NULL)"
    )


# -- documents shared with others ----------------------------------------------------------------------------------


def _withdraw(store: Store, document: int, labels: frozenset[str], names: Sequence[str]) -> None:
    """A new text version in which the person's turns, and their name in others' mouths, read "[withdrawn]"."""
    documents = Documents(store)
    found = documents.get(document)
    body, turns = documents.body(found), documents.turns(found)
    own = [_but_blanks(body, turn) for turn in turns if turn.speaker in labels]
    named = [match.span() for name in names for match in same_name(name).finditer(body)]
    places = spans.unite([*own, *named])
    if places:
        reason = "withdrawn"
        found = documents.revise(found, [(start, end, WITHDRAWN) for start, end in places], reason).document
    listed = ", ".join("?" * len(labels))
    if store.value(f"SELECT 1 FROM turn WHERE text = ? AND speaker IN ({listed})", (found.text, *labels)):
        store.connection.execute(
            f"UPDATE turn SET speaker = ? WHERE text = ? AND speaker IN ({listed})", (WITHDRAWN, found.text, *labels)
        )
        documents.set_unknown_speaker(found, WITHDRAWN)
    new_name = redactor([], names)(found.name)[0]
    if new_name != found.name:
        taken = store.value("SELECT 1 FROM document WHERE name = ?", (new_name,))
        documents.rename(found, f"{new_name} {document}" if taken else new_name)


def _but_blanks(body: str, turn: Turn) -> tuple[int, int]:
    return turn.start, turn.start + max(1, len(body[turn.start : turn.end].rstrip()))


def _keep_only_the_present(store: Store, document: int, action: int) -> None:
    """Erase a document's older texts and the file it was read from; its rows in the log begin anew with this action."""
    connection = store.connection
    present = store.value("SELECT text FROM document WHERE id = ?", (document,))
    older = "(SELECT id FROM text WHERE document = ? AND id <> ?)"
    for table in ("turn", "cue"):
        connection.execute(f"DELETE FROM {table} WHERE text IN {older}", (document, present))
    connection.execute(
        "UPDATE original SET bytes = NULL, name = ? WHERE id IN (SELECT original FROM text WHERE document = ?) "
        "AND id NOT IN (SELECT original FROM text WHERE original IS NOT NULL AND document <> ? "
        "AND document IN (SELECT id FROM document))",
        (WITHDRAWN, document, document),
    )
    connection.execute(f"DELETE FROM text WHERE id IN {older}", (document, present))
    connection.execute("UPDATE text SET edits = '[]' WHERE id = ?", (present,))
    for table in (*PASSAGES, "document", "document_person"):
        twins.begin_anew(connection, table, "id" if table == "document" else "document", document, action)


# -- what the team has written --------------------------------------------------------------------------------------

_NOTES: tuple[tuple[str, str], ...] = (
    ("memo", "body"), ("summary", "body"), ("definition", "brief"), ("definition", "full"), ("definition", "include"),
    ("definition", "exclude"), ("definition", "example"), ("code", "name"), ("segment", "unsure"), ("claim", "unsure"),
    ("decision", "outcome"), ("decision", "reason"), ("attribute_value", "value"),
)  # fmt: skip
"""Columns of logged tables in which people write freely."""


def _redact_notes(store: Store, redact: Callable[[str], tuple[str, int]]) -> int:
    """Replace the erased words in notes, in the state and in the log alike; returns in how many places of the state."""
    count = 0
    for table, column in (*_NOTES, ("text", "reason"), ("export", "path")):
        count += _redact_column(store, table, column, "id", redact)
    for table, column in _NOTES:  # after the state: the triggers have just logged the old words once more
        _redact_column(store, f"log_{table}", column, "seq", redact)
    return count


def _redact_column(store: Store, table: str, column: str, key: str, redact: Callable[[str], tuple[str, int]]) -> int:
    redacted = [
        (*redact(words), row)
        for row, words in store.rows(f"""SELECT {key}, "{column}" FROM {table} WHERE "{column}" <> ''""")
    ]
    changed = [(words, row) for words, count, row in redacted if count]
    store.connection.executemany(f'UPDATE {table} SET "{column}" = ? WHERE {key} = ?', changed)
    return sum(count for _, count, _ in redacted)


def _mentioning(store: Store, names: Sequence[str]) -> list[str]:
    """Names of the documents in whose present text one of the names stands."""
    patterns = [same_name(name) for name in names]
    rows = store.connection.execute("SELECT document.name, body FROM document JOIN text ON text.id = document.text")
    return [name for name, body in rows if any(pattern.search(body) for pattern in patterns)]


def _read_from_the_same_file(store: Store, scope: _Scope) -> list[str]:
    documents = _listed([*scope.whole, *scope.shared])
    rows = store.rows(
        "SELECT DISTINCT document.name FROM document JOIN text ON text.id = document.text "
        f"JOIN original ON original.id = text.original WHERE document.id NOT IN ({documents}) AND original.sha256 IN "
        f"(SELECT other.sha256 FROM original AS other JOIN text AS old ON old.original = other.id "
        f"WHERE old.document IN ({documents}))"
    )
    return [row[0] for row in rows]


# -- outside the rows -----------------------------------------------------------------------------------------------


def _sweep(connection: sqlite3.Connection) -> bool:
    """Write the file anew and empty the log beside it; False where another program's reading or the disk forbids it."""
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        connection.execute("VACUUM")
        busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    return not busy


def _exports_of(store: Store, documents: Sequence[int]) -> tuple[str, ...]:
    wanted = set(documents)
    rows = store.rows("SELECT path, documents FROM export ORDER BY id")
    return tuple(dict.fromkeys(path for path, held in rows if not (ids := json.loads(held)) or wanted & set(ids)))


def _copies(store: Store) -> list[Path]:
    """Backups, and files that a restore has set aside."""
    path = Path(store.value("SELECT file FROM pragma_database_list WHERE name = 'main'"))
    aside = path.parent.glob(f"{path.name.removesuffix(SUFFIX)}-set-aside-*{SUFFIX}")
    return sorted([*folder_of(path).glob(f"*{SUFFIX}"), *aside])
