"""What a forgetting would take, and what is kept of one: enough to know the same file again, and nothing that names."""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from secrets import token_bytes

from qualcode.errors import LockedError
from qualcode.project.actions import Store, now
from qualcode.project.backups import looked_into
from qualcode.project.gone import removed, removed_people
from qualcode.project.marking import count_marked, mark, unmark
from qualcode.project.quoted_words import Redactor
from qualcode.project.reach import Scope, erased_words, name_of, originals_of, staying_words, telling_names
from qualcode.project.redacting import places_in_notes


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What `forget` would erase, or has erased: one count, made while nothing was erased yet.

    Attributes:
        documents: names of the documents that would go whole.
        shared: names of the documents that others speak in too: only the person's turns would go.
        removed: how many documents removed before, kept for undo alone, would go as well.
        removed_people: how many people removed before, likewise.
        turns: in the present texts.
        segments, claims, evidence, marks, decisions: passages that stand now, everybody's: coded, claimed, for or
            against a claim, marked as read, decided on.
        memos, summaries: on what is erased; they go whole.
        redacted: the places in memos, definitions, summaries and notes that stay whose words become "[withdrawn]", each
            with what it is in and the words around it.
        left: the places in them, told likewise, that keep five or more of the erased words in a row, since somebody
            says just these words in a text that stays.
        files: names of the files that these documents were read from, of which the project keeps the bytes.
    """

    documents: tuple[str, ...]
    shared: tuple[str, ...]
    removed: int
    removed_people: int
    turns: int
    segments: int
    claims: int
    evidence: int
    marks: int
    decisions: int
    memos: int
    summaries: int
    redacted: tuple[str, ...]
    left: tuple[str, ...]
    files: tuple[str, ...]

    @property
    def redactions(self) -> int:
        """In how many places of notes that stay words become "[withdrawn]"."""
        return len(self.redacted)

    @property
    def passages(self) -> int:
        """All passages that go, of whatever sort."""
        return self.segments + self.claims + self.evidence + self.marks + self.decisions


def foreseen(store: Store, scope: Scope) -> Foreseen:
    """Count what is in scope; inside a glance, and nothing is written."""
    redact = redactor(store, scope)
    mark(store, scope)
    found = count(store, scope, redact)
    unmark(store)
    return found


def redactor(store: Store, scope: Scope) -> Redactor:
    """What takes the words and names in scope out of notes."""
    return Redactor(erased_words(store, scope), telling_names(store, scope), lambda: staying_words(store, scope))


def count(store: Store, scope: Scope, redact: Redactor) -> Foreseen:
    """Count what is in scope and marked, before anything is erased."""
    counts = count_marked(store)
    return Foreseen(
        documents=tuple(name_of(store, each) for each in scope.whole),
        shared=tuple(name_of(store, each) for each in scope.shared),
        removed=len(set(removed(store)) - set(scope.whole)),
        removed_people=len(set(removed_people(store)) - set(scope.people)),
        turns=_turns(store, scope),
        segments=counts["segment"],
        claims=counts["claim"],
        evidence=counts["claim_evidence"],
        marks=counts["read_mark"],
        decisions=counts["decision"],
        memos=counts["memo"],
        summaries=counts["summary"],
        redacted=tuple(places_in_notes(store, redact.places, scope.shared)),
        left=tuple(places_in_notes(store, redact.left, scope.shared)),
        files=tuple(dict.fromkeys(name for name, _ in originals_of(store, scope))),
    )


def _turns(store: Store, scope: Scope) -> int:
    speakers = {
        document: [
            row[0]
            for row in store.rows(
                "SELECT speaker FROM turn WHERE text = (SELECT text FROM document WHERE id = ?)", (document,)
            )
        ]
        for document in (*scope.whole, *scope.shared)
    }
    own = (speaker in labels for document, labels in scope.shared.items() for speaker in speakers[document])
    return sum(len(speakers[document]) for document in scope.whole) + sum(own)


# -- knowing a forgotten file again -----------------------------------------------------------------------------------


def digests_of(store: Store, scope: Scope) -> list[bytes]:
    """SHA-256 of the files that may go with what is in scope."""
    return list(dict.fromkeys(digest for _, digest in originals_of(store, scope)))


def remember(store: Store, digests: Iterable[bytes]) -> None:
    """Keep a salted hash of the files that have gone, inside the action; those that others were read from stay."""
    gone = [each for each in digests if not store.value("SELECT 1 FROM original WHERE sha256 = ?", (each,))]
    salted = [(now(), salt, _salted(salt, each)) for each in gone for salt in [token_bytes(16)]]
    store.connection.executemany("INSERT INTO forgotten(at, salt, digest) VALUES (?, ?, ?)", salted)


def forgotten_on(store: Store, data: bytes) -> str | None:
    """The day (ISO, UTC) on which a file of these bytes was forgotten, or None."""
    rows = store.rows("SELECT at, salt, digest FROM forgotten ORDER BY id DESC")
    if not rows:
        return None
    digest = sha256(data).digest()
    return next((at[:10] for at, salt, kept in rows if kept == _salted(salt, digest)), None)


def _salted(salt: bytes, digest: bytes) -> bytes:
    return sha256(salt + digest).digest()


# -- a backup from before ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ForgottenSince:
    """What was forgotten in a project after a backup of it was made: how often, and how many files the backup holds."""

    times: int
    files: int


def forgotten_since(backup: Path, project: Path) -> ForgottenSince | None:
    """What was forgotten in a project since a backup of it; None if nothing, or if that cannot be told."""
    forgettings = "SELECT guid FROM action WHERE verb = 'forget'"
    first = "SELECT guid FROM action ORDER BY id LIMIT 1"
    try:
        with closing(looked_into(backup)) as old, closing(looked_into(project)) as new:
            if old.execute(first).fetchone() != new.execute(first).fetchone():
                return None
            times = len(set(new.execute(forgettings)) - set(old.execute(forgettings)))
            kept = new.execute("SELECT salt, digest FROM forgotten").fetchall() if times else []
            digests = {row[0] for row in old.execute("SELECT sha256 FROM original")} if times else set()
    except (sqlite3.Error, OSError, LockedError):
        return None
    files = sum(any(_salted(salt, each) == digest for each in digests) for salt, digest in kept)
    return ForgottenSince(times, files) if times else None
