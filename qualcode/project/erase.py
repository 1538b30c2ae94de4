"""Forgetting: a document or a person is erased for good, as a participant who withdraws can ask.

What goes: every text version and the file it was read from, turns, coding, memos and summaries on what is erased, its
rows in the change log, names on the name list that stand nowhere else, and each quotation of five or more words in what
the team has written, but for those in `LEFT`; and whatever was removed, renamed or written otherwise before, which the
log kept for undo (`past_words.py`): what is mended by hand after one forgetting leaves the file with the next, at the
least with `forget_what_is_gone`. Nothing done before can be undone afterwards. The file is then written
anew, so that the words are not left on its free pages. What was worked out from the texts leaves the user's cache.

What other people say about a person elsewhere is left, and told in `Forgotten.mentions`; so are the names of cases,
waves, attributes and the like that hold the person's name or words (`Forgotten.names_left`). What no program can know
is left untold: see `UNRECOGNISED`.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qualcode import cache, spans
from qualcode.errors import RefusedError
from qualcode.model import Document, Person, Turn
from qualcode.project import twins
from qualcode.project.actions import Store, now
from qualcode.project.backups import folder_of, holds
from qualcode.project.documents import Documents
from qualcode.project.file import SUFFIX, is_database
from qualcode.project.forgetting import Foreseen, count, digests_of, foreseen, redactor, remember
from qualcode.project.gone import removed
from qualcode.project.known_names import forget_names
from qualcode.project.marking import delete_marked, drop_marked_twins, mark
from qualcode.project.past_words import forget_past_words, former_names
from qualcode.project.quoted_words import WITHDRAWN, Names, Redactor
from qualcode.project.quotes import forget_untrue
from qualcode.project.reach import (
    Scope,
    erased_words,
    guids_of,
    mentioning,
    name_of,
    read_from_the_same_file,
    scope_of,
    telling_names,
)
from qualcode.project.redacting import names_left, redact_notes
from qualcode.project.schema import PASSAGES
from qualcode.project.write_once import stamp_actions, stamp_texts

UNRECOGNISED = (
    "quotations of fewer than five words, paraphrases, and names spelt otherwise or shorter than three letters"
)
"""What stays in notes and in other documents although it may be about what was erased, since nothing tells it."""

LEFT = "five or more of the erased words in a row that somebody says just so in a text that stays"
"""What stays in notes on purpose: the words are the other person's too."""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What `forget` did, and what it could not reach. Beyond what is listed here `UNRECOGNISED` may be left.

    Attributes:
        erased: what went, counted as `foresee_document` and `foresee_person` count it.
        shared: what the documents are called now that others speak in too: only the person's turns went.
        backups: files that still hold it; delete them, or keep them as your data plan says.
        exports: paths written before that may still hold it, also backups elsewhere that are not there to look into.
        mentions: other documents that name what was erased (in any case and any text version), or were read from the
            same file; they were left alone.
        names_left: names of documents, files, speakers, people, cases, waves, attributes, roles, codes and coders that
            hold the words or the name; they were left alone: "case Maureen's house".
        uncleared: folders in the user's cache that hold what was worked out from these texts, and could not be deleted.
        swept: whether the old bytes have left the project file; if not, another program has it open: they go when
            the last program closes it.
    """

    erased: Foreseen
    shared: tuple[str, ...]
    backups: tuple[Path, ...]
    exports: tuple[str, ...]
    mentions: tuple[str, ...]
    names_left: tuple[str, ...]
    uncleared: tuple[Path, ...]
    swept: bool


def forget_document(store: Store, document: Document) -> Forgotten:
    """Erase one document for good: irreversible.

    The people who speak in it stay. Quotations shorter than five words, and paraphrases, cannot be recognised in what
    the team has written; documents and people removed before, which undo could have brought back, go too.

    Raises:
        RefusedError: inside another action.
    """
    return _forget(store, lambda: _scope_of_document(store, document))


def forget_person(store: Store, person: Person) -> Forgotten:
    """Erase a person for good, with every document in which nobody else takes part: irreversible.

    In documents shared with others the person's turns read "[withdrawn]" in a new text version; passages wholly in
    their words go, others are carried. Quotations shorter than five words, and paraphrases, cannot be recognised in
    what the team has written; documents and people removed before, which undo could have brought back, go too.

    Raises:
        RefusedError: inside another action, or a shared document does not tell whose words are whose.
    """
    return _forget(store, lambda: scope_of(store, person.id))


def forget_what_is_gone(store: Store) -> Forgotten:
    """Erase what was removed, renamed or written otherwise before, and nothing that stands: irreversible.

    Raises:
        RefusedError: inside another action.
    """
    return _forget(store, lambda: Scope((), {}))


def foresee_what_is_gone(store: Store) -> Foreseen:
    """What `forget_what_is_gone` would erase, as far as it is counted; nothing is written."""
    with store.glance():
        return foreseen(store, Scope((), {}))


def foresee_document(store: Store, document: Document) -> Foreseen:
    """What `forget_document` would erase; nothing is written."""
    with store.glance():
        return foreseen(store, _scope_of_document(store, document))


def foresee_person(store: Store, person: Person) -> Foreseen:
    """What `forget_person` would erase; nothing is written (RefusedError as there)."""
    with store.glance():
        return foreseen(store, scope_of(store, person.id))


def _scope_of_document(store: Store, document: Document) -> Scope:
    """A document that stands, or one that was removed before."""
    return Scope((document.id if document.id in removed(store) else Documents(store).get(document.id).id,), {})


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
            (now(), os.fsencode(path.resolve()).decode(errors="replace"), json.dumps(sorted(set(documents)))),
        )


def has_written(store: Store, path: Path) -> bool:
    """Whether a file of that name was written from this project before; of names that are no UTF-8 it is not known."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return False
    if store.value("SELECT 1 FROM export LIMIT 1") is None:  # most imports: the disk is asked for each part
        return False
    place = os.path.realpath(path)  # unlike `resolve`, it bears links that go round
    return store.value("SELECT 1 FROM export WHERE path = ?", (place,)) is not None


@dataclass(frozen=True, slots=True)
class Export:
    """A file with participants' words that was written from the project.

    Attributes:
        at: when, ISO in UTC.
        path: where it was written.
        documents: ids of the documents it holds words of; empty = all.
    """

    at: str
    path: str
    documents: frozenset[int]


def exports(store: Store) -> list[Export]:
    """The files that were written, in order."""
    rows = store.rows("SELECT at, path, documents FROM export ORDER BY id")
    return [Export(at, path, frozenset(json.loads(held))) for at, path, held in rows]


# -- the whole of it -----------------------------------------------------------------------------------------------


def _forget(store: Store, look: Callable[[], Scope]) -> Forgotten:
    if store.connection.in_transaction:
        raise RefusedError("to forget is an action of its own, not a part of another")
    with store.transaction():
        scope, texts = look(), digests_of_texts(store)
        guids = guids_of(store, scope)
        written = _written_with(store, [*scope.whole, *scope.shared, *removed(store)])
        with store.action("forget", documents=list(scope.whole), shared=list(scope.shared), people=list(scope.people)):
            erased, mentions, left = _erase(store, scope)
        shared = [name_of(store, each) for each in scope.shared]
        uncleared = cache.drop(texts - digests_of_texts(store))  # afterwards nobody knows of them
    swept = sweep(store)
    copies = {*copies_of(store), *(each for each in map(Path, written) if is_database(each))}
    backups = tuple(each for each in sorted(copies) if holds(each, guids))
    exports = tuple(each for each in written if Path(each) not in copies)
    return Forgotten(erased, tuple(shared), backups, exports, mentions, left, uncleared, swept)


def digests_of_texts(store: Store) -> set[bytes]:
    """SHA-256 of all texts, of every version."""
    return {digest for (digest,) in store.rows("SELECT sha256 FROM text")}


def _erase(store: Store, scope: Scope) -> tuple[Foreseen, tuple[str, ...], tuple[str, ...]]:
    """Inside the action: erase all in scope. Returns what that was, mentions, and names left."""
    with store.action("forget") as action:
        names = telling_names(store, scope)
        words = erased_words(store, scope)
        redact = redactor(store, scope)
        related = read_from_the_same_file(store, scope)
        files = digests_of(store, scope)
        former = former_names(store)
        mark(store, scope)
        erased = count(store, scope, redact)
        _forget_with_which_codes(store, scope)
        delete_marked(store)
        for document, labels in scope.shared.items():
            _withdraw(store, document, labels, names)
            _keep_only_the_present(store, document, action.id)
        drop_marked_twins(store)
        drop_texts(store)
        remember(store, files)
        forget_names(store, names.may_stand_in, words, action.id)
        redact_notes(store, redact)
        forget_past_words(store, former)
        mentions = tuple(sorted({*related, *mentioning(store, names)}))
        left = tuple(names_left(store, lambda name: names.is_in_a_name(name) or redact(name)[1] > 0))
        store.connection.execute("INSERT INTO barrier VALUES (?)", (action.id,))
    return erased, mentions, left


# -- rows ----------------------------------------------------------------------------------------------------------


def drop_texts(store: Store) -> None:
    """The texts, turns and originals that no document has any more."""
    gone = "(SELECT id FROM text WHERE document NOT IN (SELECT id FROM document))"
    for table in ("turn", "cue"):
        store.connection.execute(f"DELETE FROM {table} WHERE text IN {gone}")
    store.connection.execute(f"DELETE FROM text WHERE id IN {gone}")
    store.connection.execute(
        "DELETE FROM original WHERE id NOT IN (SELECT original FROM text WHERE original IS NOT NULL)"
    )


def _forget_with_which_codes(store: Store, scope: Scope) -> None:
    """Of the coding whose log goes the trail tells no codes: nobody could tell any more who coded blind.

    What changed the codebook, too, as splitting a code does, keeps them, unless it was in one document.
    """
    documents = [*scope.whole, *scope.shared, *removed(store)]
    listed = ", ".join("?" * len(documents))
    touching = " UNION ".join(f"SELECT action FROM log_{table} WHERE document IN ({listed})" for table in PASSAGES)
    actions = store.rows(
        f"SELECT id FROM action WHERE id IN ({touching}) "
        "AND (id NOT IN (SELECT action FROM log_code) OR json_extract(arguments, '$.document') IS NOT NULL)",
        documents * len(PASSAGES),
    )
    store.connection.executemany(
        "UPDATE action SET arguments = json_remove(arguments, '$.code', '$.source', '$.target', '$.stance') "
        "WHERE id = ?",
        actions,
    )
    stamp_actions(store.connection, (action for (action,) in actions))


# -- documents shared with others ----------------------------------------------------------------------------------


def _withdraw(store: Store, document: int, labels: frozenset[str], names: Names) -> None:
    """A new text version in which the person's turns, and their name in others' mouths, read "[withdrawn]"."""
    documents = Documents(store)
    found = documents.get(document)
    body, turns = documents.body(found), documents.turns(found)
    own = [_but_blanks(body, turn) for turn in turns if turn.speaker in labels]
    places = spans.unite([*own, *names.places(body)])
    if places:
        reason = "withdrawn"
        found = documents.revise(found, [(start, end, WITHDRAWN) for start, end in places], reason).document
    listed = ", ".join("?" * len(labels))
    if store.value(f"SELECT 1 FROM turn WHERE text = ? AND speaker IN ({listed})", (found.text, *labels)):
        store.connection.execute(
            f"UPDATE turn SET speaker = ? WHERE text = ? AND speaker IN ({listed})", (WITHDRAWN, found.text, *labels)
        )
        documents.set_unknown_speaker(found, WITHDRAWN)
    new_name = Redactor([], names)(found.name)[0]
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
        "UPDATE original SET bytes = NULL, sha256 = randomblob(32), folder = '', name = ? "
        "WHERE id IN (SELECT original FROM text WHERE document = ?) "
        "AND id NOT IN (SELECT original FROM text WHERE original IS NOT NULL AND document <> ? "
        "AND document IN (SELECT id FROM document))",
        (WITHDRAWN, document, document),
    )
    connection.execute(f"DELETE FROM text WHERE id IN {older}", (document, present))
    connection.execute("UPDATE text SET edits = '[]' WHERE id = ?", (present,))
    stamp_texts(store.connection, [present])
    forget_untrue(store, document, action)
    for table in (*PASSAGES, "document", "document_person"):
        twins.begin_anew(connection, table, "id" if table == "document" else "document", document, action)


# -- outside the rows -----------------------------------------------------------------------------------------------


def sweep(store: Store) -> bool:
    """Write the file anew and empty the log beside it; False where another program's reading or the disk forbids it."""
    run = store.connection.execute
    try:
        with store.patient():
            run("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            run("VACUUM")
            busy, *_ = run("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    except sqlite3.OperationalError:
        return False
    return not busy


def _written_with(store: Store, documents: Sequence[int]) -> tuple[str, ...]:
    """Paths of the files written with words of these documents: exports, and backups that lie elsewhere."""
    wanted = set(documents)
    rows = store.rows("SELECT path, documents FROM export ORDER BY id")
    return tuple(dict.fromkeys(path for path, held in rows if not (ids := json.loads(held)) or wanted & set(ids)))


def copies_of(store: Store) -> list[Path]:
    """Backups, and other project files beside this one: set aside by a restore, or copied by hand."""
    path = store.path
    beside = (each for each in path.parent.glob(f"*{SUFFIX}") if is_database(each) and not each.samefile(path))
    return [*folder_of(path).glob(f"*{SUFFIX}"), *beside]
