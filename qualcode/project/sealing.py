"""Sealing: the real names leave the project for good, and with them every text in which they stood.

What goes: the files that documents were read from, every text version but the present one, documents and people removed
before, the name list; with their past in the log. In all that the team has written, and in what people, documents and
the rest are called, the pseudonym takes the name's place, in the state and in the log alike. Nothing done before can be
undone afterwards. Before it is committed every text in the file is looked at: if a name stood anywhere, nothing would
be sealed.

What the program cannot know stays: words that only begin like a name, names spelt otherwise, nicknames not on the list.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import RefusedError, TroubleError
from qualcode.project import twins
from qualcode.project.actions import Store
from qualcode.project.backups import discard, holds, sound_copy
from qualcode.project.engine import connect, key_at
from qualcode.project.erase import copies_of, drop_texts, exports, sweep
from qualcode.project.gone import removed, removed_people
from qualcode.project.listed_names import ListedNames
from qualcode.project.marking import delete_marked, drop_marked_twins, mark
from qualcode.project.quotes import forget_untrue
from qualcode.project.reach import Scope
from qualcode.project.redacting import IDENTIFIERS, places_of, redact_notes, redacted_json
from qualcode.project.schema import PASSAGES
from qualcode.project.texts import body_apart
from qualcode.project.write_once import stamp_texts
from qualcode.spans import Span

_OURS = frozenset({
    "kind", "format", "encoding", "state", "status", "direction", "stance", "whose", "standing", "tense", "part",
    "holder", "valence", "edits", "at", "documents",
})  # fmt: skip
"""Columns in which the program writes words of its own: a name that is such a word does not stand there."""

_SHORT = {("code", "short"), ("role", "short")}
"""Columns that take short names only: the pseudonym stands there without brackets and blanks. So it does in a wave of
one word, for codes may be meant for it."""

_RESEARCHERS = ("coder",)
"""Tables that name those who do the research, not those who take part: they stay, and are told."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """What a seal takes, or has taken.

    Attributes:
        names: how many names leave with the list.
        originals: names of the files whose bytes go.
        versions: how many text versions go.
        removed: how many documents and people removed before, kept until now for undo.
        places: where in notes, and in what things are called, a pseudonym takes a name's place, and the words around.
        researchers: coders who are called like somebody on the list; they keep their names.
        file: what the project file is called, if a name stands in it: it stays, and so do backups called after it.
    """

    names: int
    originals: tuple[str, ...]
    versions: int
    removed: int
    places: tuple[str, ...]
    researchers: tuple[str, ...]
    file: str


def foresee(store: Store, names: ListedNames) -> Sealed:
    """What `seal` would take; nothing is written."""
    return Sealed(
        names=len(names.known),
        originals=tuple(
            row[0] for row in store.rows("SELECT name FROM original WHERE bytes IS NOT NULL ORDER BY name")
        ),
        versions=int(store.value("SELECT count(*) FROM text WHERE id NOT IN (SELECT text FROM document)")),
        removed=len(removed(store)) + len(removed_people(store)),
        places=tuple(places_of(store, _spans(names), {at: _spans(each) for at, each in _by_own_rule(names).items()})),
        researchers=tuple(
            sorted({name for row in store.rows("SELECT short, name FROM coder") for name in row if names.places(name)})
        ),
        file=file if names.places(file := store.path.name) else "",
    )


def refuse_unready(store: Store, names: ListedNames) -> None:
    """Refuse to seal while a name stands in a present text or in the label of somebody who speaks there.

    Raises:
        RefusedError: one does, or the list is empty.
    """
    if not names:
        raise RefusedError("the name list is empty: there is nothing to seal", remedy="See: qualcode names propose")
    texts = [(name, body_apart(store, text)) for name, text in store.rows("SELECT name, text FROM document")]
    labels = store.rows(
        "SELECT document.name, speaker FROM document_person JOIN document ON document.id = document_person.document"
    )
    held = sorted({name for name, words in (*texts, *labels) if names.places(words)})
    if held:
        raise RefusedError(
            f"real names still stand in the texts of: {', '.join(held)}",
            remedy="Replace them first: qualcode names replace --all; look what else there is: qualcode names propose",
        )


def is_sealed(store: Store) -> bool:
    """Whether names were taken out of the project before."""
    return store.value("SELECT 1 FROM action WHERE verb = 'seal'") is not None


def seal(store: Store, names: ListedNames) -> Sealed:
    """Take it all out of the project, in one action, irreversible; call it once the key is written.

    Raises:
        RefusedError: a name still stands in a present text.
        TroubleError: a name would have been left somewhere; nothing was changed.
    """
    with store.transaction():
        refuse_unready(store, names)
        taken = foresee(store, names)
        with store.action("seal", names=len(names.known)) as action:
            _drop_what_was_removed(store)
            for (document,) in store.rows("SELECT id FROM document ORDER BY id"):
                _keep_the_present_only(store, document, action.id)
            drop_texts(store)
            store.connection.execute("UPDATE original SET bytes = NULL WHERE bytes IS NOT NULL")
            _drop_list(store, names, action.id)
            _rename(store, names)
            redact_notes(store, names.replaced, {at: each.replaced for at, each in _by_own_rule(names).items()})
            store.connection.execute("INSERT INTO barrier VALUES (?)", (action.id,))
            left = names_left_in(store, names)
            if left:
                raise TroubleError(
                    f"a name would have been left in {', '.join(left)}: nothing was sealed",
                    remedy="This is our fault, not yours. Please report it.",
                )
    return taken


def names_left_in(store: Store, names: ListedNames) -> list[str]:
    """Every table and column in which a listed name stands, whatever the table; researchers' own names left out."""
    own = _by_own_rule(names)
    tables = store.rows("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'")
    return [
        f"{table}.{column}"
        for (table,) in tables
        if table not in (*_RESEARCHERS, "_sqlite_migrations")
        for column in _texts_of(store, table)
        for hold in [_looking(own.get((table.removeprefix("log_"), column), names), table, column)]
        if any(hold(words) for words in _all_in(store, table, column) if words)
    ]


def _looking(names: ListedNames, table: str, column: str) -> Callable[[str], object]:
    """What tells whether a name stands in what is written in a column."""
    if (table, column) == ("action", "arguments"):  # JSON: its keys are ours, and letters may stand in escapes
        return lambda laid: redacted_json(laid, names.replaced)[1]
    return names.places


def _all_in(store: Store, table: str, column: str) -> Iterator[str]:
    """Each different thing written in a column."""
    if (table, column) == ("text", "body"):
        yield from (body_apart(store, text) for (text,) in store.rows("SELECT id FROM text"))
    else:
        yield from (words for (words,) in store.rows(f'SELECT DISTINCT "{column}" FROM "{table}"'))


def _spans(names: ListedNames) -> Callable[[str], list[Span]]:
    return lambda words: [(each.start, each.end) for each in names.places(words)]


def _by_own_rule(names: ListedNames) -> dict[tuple[str, str], ListedNames]:
    """The names as they are found where not all are meant.

    Verbs of the log are ours and small: "mark read" names no Mark. A code called by a word that is a name, too, keeps
    its name: of "Hope" somebody said that "hope" stays.
    """
    in_verbs = ListedNames(names.known, [each.name.lower() for each in names.known])
    return {("action", "verb"): in_verbs, ("code", "name"): names.but_words()}


def _texts_of(store: Store, table: str) -> list[str]:
    columns = store.rows(f'PRAGMA table_info("{table}")')
    is_free = {(table, "kind") for table in ("code", "log_code", "case", "log_case")}
    return [row[1] for row in columns if row[2] == "TEXT" and (row[1] not in _OURS or (table, row[1]) in is_free)]


def still_held(store: Store, guids: list[bytes]) -> tuple[tuple[Path, ...], tuple[str, ...]]:
    """The copies of the project that hold one of these texts, and the files written before: they may hold names.

    Args:
        store: the open project.
        guids: of all texts as they were before the seal.
    """
    backups = tuple(each for each in sorted(copies_of(store)) if holds(each, guids))
    written = tuple(dict.fromkeys(each.path for each in exports(store)))
    return backups, tuple(each for each in written if Path(each) not in backups)


def whole(store: Store) -> bytes:
    """The project file as it stood before this action, as bytes; it is never laid on the disk in the clear.

    An encrypted project gives an encrypted copy, by a connection of its own: SQLite's backup would wait for ever for
    the write lock that is ours, and SQLCipher cannot give its pages as bytes.
    """
    if key_at(store.connection) is None:
        return store.connection.serialize()
    path = store.path
    with closing(connect(path, "read")) as before:
        draft = sound_copy(before, path.parent)
    try:
        return draft.read_bytes()
    finally:
        discard(draft)


def first_action(store: Store) -> bytes:
    """The guid of the project's first action: no other project has it, and every copy of this one does."""
    return bytes(store.value("SELECT guid FROM action ORDER BY id LIMIT 1"))


def text_guids(store: Store) -> list[bytes]:
    """The guids of all texts."""
    return [row[0] for row in store.rows("SELECT guid FROM text")]


def swept(store: Store) -> bool:
    """Write the file anew, so that nothing is left on its free pages; False where another program has it open."""
    return sweep(store)


# -- rows ----------------------------------------------------------------------------------------------------------


def _drop_what_was_removed(store: Store) -> None:
    """Documents and people that undo alone could have brought back."""
    mark(store, Scope((), {}))
    delete_marked(store)
    drop_marked_twins(store)


def _keep_the_present_only(store: Store, document: int, action: int) -> None:
    """Erase a document's older texts; its passages' past was a past in those texts, and begins anew."""
    present = store.value("SELECT text FROM document WHERE id = ?", (document,))
    older = "(SELECT id FROM text WHERE document = ? AND id <> ?)"
    if not store.value(f"SELECT count(*) FROM {older}", (document, present)):
        return
    for table in ("turn", "cue"):
        store.connection.execute(f"DELETE FROM {table} WHERE text IN {older}", (document, present))
    store.connection.execute(f"DELETE FROM text WHERE id IN {older}", (document, present))
    store.connection.execute("UPDATE text SET edits = '[]' WHERE id = ?", (present,))
    stamp_texts(store.connection, [present])
    forget_untrue(store, document, action)
    for table in (*PASSAGES, "document", "document_person"):
        twins.begin_anew(store.connection, table, "id" if table == "document" else "document", document, action)


def _drop_list(store: Store, names: ListedNames, action: int) -> None:
    """The list goes with its past; what was ignored is no secret unless a name stands in it; it loses its past."""
    listed = {each.name.casefold() for each in names.known}
    going = [
        (row,)
        for row, name in store.rows("SELECT id, name FROM known_name")
        if name.casefold() in listed or names.places(name)
    ]
    store.connection.executemany("DELETE FROM known_name WHERE id = ?", going)
    store.connection.execute("DELETE FROM log_known_name WHERE id NOT IN (SELECT id FROM known_name)")
    for (row,) in store.rows("SELECT id FROM known_name"):
        twins.begin_anew(store.connection, "known_name", "id", row, action)


def _rename(store: Store, names: ListedNames) -> None:
    """Call people, documents, files, cases and the like by pseudonyms; of two that are alike one gets a number."""
    renamed: dict[str, str] = {}
    for table, column, _ in IDENTIFIERS:
        if table in _RESEARCHERS:
            continue
        for row, called in store.rows(f'SELECT id, "{column}" FROM "{table}" ORDER BY id'):
            new, count = names.replaced(called)
            if not count:
                continue
            is_short = (table, column) in _SHORT or (table == "wave" and not re.search(r"\s", called))
            if is_short:
                new = _short(new)
            made, number = new, 2
            while table != "original" and _is_taken(store, table, column, made):
                made, number = f"{new}{number}" if is_short else f"{new} {number}", number + 1
            store.connection.execute(f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', (made, row))
            if table in {"role", "wave"}:
                renamed[called] = made
    _rename_meant(store, names, renamed)


def _short(pseudonym: str) -> str:
    """A pseudonym where one word without brackets is wanted."""
    return re.sub(r"[^\w.-]", "", pseudonym)


def _rename_meant(store: Store, names: ListedNames, renamed: Mapping[str, str]) -> None:
    """The roles and waves that codes are meant for, as they are called now; in the log as well."""
    for table, key in (("code", "id"), ("log_code", "seq")):  # the state first: its triggers log the old words
        for row, meant in store.rows(f"SELECT {key}, applies_to FROM {table} WHERE applies_to <> ''"):
            new = " ".join(renamed.get(each) or _renamed(names, each) for each in meant.split())
            if new != meant:
                store.connection.execute(f"UPDATE {table} SET applies_to = ? WHERE {key} = ?", (new, row))


def _renamed(names: ListedNames, word: str) -> str:
    new, count = names.replaced(word)
    return _short(new) if count else word


def _is_taken(store: Store, table: str, column: str, name: str) -> bool:
    if table in {"document_person", "rule"}:  # several rows are called alike, and stay so
        return False
    return store.value(f'SELECT 1 FROM "{table}" WHERE "{column}" = ? COLLATE NOCASE', (name,)) is not None
