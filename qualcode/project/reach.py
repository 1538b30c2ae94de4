"""How far a forgetting reaches: which documents, words, names and passages belong to what is to go."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qualcode.errors import RefusedError
from qualcode.project.actions import Store
from qualcode.project.documents import Documents
from qualcode.project.gone import removed, removed_people, stands_as
from qualcode.project.merging import merged_into
from qualcode.project.quoted_words import Names, is_telling
from qualcode.project.schema import PASSAGES


@dataclass(frozen=True, slots=True)
class Scope:
    """What is to go: documents whole, documents shared with others (with the person's labels there), people."""

    whole: tuple[int, ...]
    shared: dict[int, frozenset[str]]
    people: tuple[int, ...] = ()


def scope_of(store: Store, person: int) -> Scope:
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
                where=name_of(store, document),
                remedy="Say which speaker is who first, or forget the whole document.",
            )
        if takes_part and not others:
            whole.append(document)
        else:
            shared[document] = labels
    people = {person, *_same_name(store, person)}
    return Scope(tuple(whole), shared, tuple(sorted(people | merged_into(store, frozenset(people)))))


def _same_name(store: Store, person: int) -> list[int]:
    """People of that name who are no more; who has had it and stands under another is somebody else."""
    rows = store.rows(
        "SELECT DISTINCT id FROM log_person WHERE id NOT IN (SELECT id FROM person) AND name = coalesce("
        "(SELECT name FROM person WHERE id = :person), "
        "(SELECT name FROM log_person WHERE id = :person ORDER BY seq DESC LIMIT 1))",
        {"person": person},
    )
    return [each for (each,) in rows if stands_as(store, each) in (None, person)]


def name_of(store: Store, document: int) -> str:
    """The name of a document; of one that is gone, its last."""
    standing = store.value("SELECT name FROM document WHERE id = ?", (document,))
    last = "SELECT name FROM log_document WHERE id = ? ORDER BY seq DESC LIMIT 1"
    return str(store.value(last, (document,)) if standing is None else standing)


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


def erased_words(store: Store, scope: Scope) -> list[str]:
    """All words that are to go, of every version: documents whole, and the person's turns of shared ones."""
    whole = _listed([*scope.whole, *_removed_of(store, scope)])
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


def staying_words(store: Store, scope: Scope) -> list[str]:
    """All words that stay, in the present texts: documents whole, and the others' turns of shared ones."""
    gone = _listed([*scope.whole, *scope.shared])
    present = "SELECT body FROM document JOIN text ON text.id = document.text"
    words = [body for (body,) in store.rows(f"{present} WHERE document.id NOT IN ({gone})")]
    documents = Documents(store)
    for document, labels in scope.shared.items():
        found = documents.get(document)
        body = documents.body(found)
        words += (body[turn.start : turn.end] for turn in documents.turns(found) if turn.speaker not in labels)
    return words


def _removed_of(store: Store, scope: Scope) -> list[int]:
    """Documents of the people that were removed before."""
    rows = store.rows(
        f"SELECT DISTINCT document FROM log_document_person WHERE person IN ({_listed(scope.people)}) "
        "AND document NOT IN (SELECT id FROM document)"
    )
    return [row[0] for row in rows]


def originals_of(store: Store, scope: Scope) -> list[tuple[str, bytes]]:
    """(name, SHA-256) of the files that the documents were read from, also of those removed before."""
    documents = _listed([*scope.whole, *scope.shared, *_removed_of(store, scope)])
    return store.rows(
        "SELECT DISTINCT original.name, original.sha256 FROM original JOIN text ON text.original = original.id "
        f"WHERE text.document IN ({documents}) AND bytes IS NOT NULL ORDER BY original.name"
    )


def telling_names(store: Store, scope: Scope) -> Names:
    """The names that point at what is erased and at nothing that stays: people's, documents', files', labels'.

    A case or a shared document that is called like the person does not keep the person's name from going.
    """
    whole, shared, people = _listed(scope.whole), _listed(scope.shared), _listed(scope.people)
    own = _strings(store, f"SELECT name FROM log_person WHERE id IN ({people})")
    files = _strings(
        store,
        f"SELECT name FROM log_document WHERE id IN ({whole}) UNION SELECT original.name FROM original "
        f"JOIN text ON text.original = original.id WHERE text.document IN ({whole})",
    )
    labels = _strings(
        store, f"SELECT speaker FROM log_document_person WHERE document IN ({whole}) AND part <> 'interviewer'"
    )
    labels = labels.union(*scope.shared.values())
    others = _strings(
        store,
        f"SELECT name FROM person WHERE id NOT IN ({people}) UNION SELECT short FROM code UNION SELECT short FROM role "
        f"UNION SELECT short FROM coder UNION SELECT speaker FROM document_person WHERE document NOT IN "
        f"({_listed([*scope.whole, *scope.shared])}) OR (document IN ({shared}) AND coalesce(person, 0) NOT IN "
        f"({people}))",
    )
    titles = _strings(store, f'SELECT name FROM document WHERE id NOT IN ({whole}) UNION SELECT name FROM "case"')
    roles = {name.casefold() for name in _strings(store, "SELECT name FROM role")}  # a label may say no more than that
    elsewhere = files | {Path(name).stem for name in files} | labels
    going = (own - others) | (elsewhere - others - titles)
    return Names(_told(going, roles), frozenset(others | titles), _told(own & others, roles))


def _told(names: Iterable[str], roles: set[str]) -> tuple[str, ...]:
    """Those of the names that say who is meant; a role's name says no more than that."""
    return tuple(sorted(name for name in names if is_telling(name) and name.casefold() not in roles))


def _strings(store: Store, query: str) -> set[str]:
    return {row[0] for row in store.rows(query)}


def guids_of(store: Store, scope: Scope) -> list[bytes]:
    """The guids of the texts, documents and people that go: by them a backup is recognised."""
    gone = removed(store)
    documents = _listed([*scope.whole, *scope.shared, *gone])
    rows = store.rows(
        f"SELECT guid FROM text WHERE document IN ({documents}) UNION SELECT guid FROM log_document WHERE id IN "
        f"({_listed([*scope.whole, *gone])}) UNION SELECT guid FROM log_person WHERE id IN "
        f"({_listed([*scope.people, *removed_people(store)])})"
    )
    return [row[0] for row in rows]


def _listed(numbers: Iterable[int]) -> str:
    """Ids for IN (...): they are integers of ours."""
    return ", ".join(str(int(number)) for number in numbers) or "NULL"


def own_passages(store: Store, document: int, labels: frozenset[str]) -> list[tuple[str, int]]:
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


def mentioning(store: Store, names: Names) -> list[str]:
    """Names of the documents in whose texts, of any version, one of the names stands in any case."""
    rows = store.connection.execute("SELECT document.name, body FROM document JOIN text ON text.document = document.id")
    return [name for name, body in rows if names.may_stand_in(body)]


def read_from_the_same_file(store: Store, scope: Scope) -> list[str]:
    """Names of the documents that stay although they were read from a file of which another reading goes."""
    documents = _listed([*scope.whole, *scope.shared])
    rows = store.rows(
        "SELECT DISTINCT document.name FROM document JOIN text ON text.id = document.text "
        f"JOIN original ON original.id = text.original WHERE document.id NOT IN ({documents}) AND original.sha256 IN "
        f"(SELECT other.sha256 FROM original AS other JOIN text AS old ON old.original = other.id "
        f"WHERE old.document IN ({documents}))"
    )
    return [row[0] for row in rows]
