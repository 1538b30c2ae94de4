"""Correcting a text: a new version of it, with every passage carried along."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from qualcode import spans
from qualcode.errors import RefusedError
from qualcode.model import Document, Turn
from qualcode.project.actions import Store
from qualcode.project.schema import PASSAGES
from qualcode.project.texts import body_of, cues_of, turns_of, write_text
from qualcode.project.visibility import coding_seen


@dataclass(frozen=True, slots=True)
class Lost:
    """A passage that a revision could not carry, since all its words went: (table, id) and the words it had."""

    table: str
    id: int
    words: str


@dataclass(frozen=True, slots=True)
class Revision:
    """What `revise` did: the document as it is now, and what it could not carry."""

    document: Document
    carried: int
    lost: tuple[Lost, ...]


def replace_words(
    store: Store,
    document: Document,
    replacements: Iterable[tuple[int, int, str]],
    reason: str,
    labels: Mapping[str, str],
) -> tuple[int, tuple[Lost, ...]]:
    """A new version with other words (see `Documents.revise`); returns how much was carried, and what was not."""
    try:
        body, edits = spans.replace(body_of(store, document.text), replacements)
    except ValueError as error:
        raise RefusedError(str(error), where=document.name) from None
    labels = {old: new for old, new in labels.items() if old != new}
    if not edits and not labels:
        raise RefusedError("nothing would change", where=document.name)
    turns = _carried_turns(turns_of(store, document.text), edits, document.length, len(body))
    called = [turn._replace(speaker=labels.get(turn.speaker, turn.speaker)) for turn in turns]
    with store.action("revise document", document=document.id, edits=len(edits)):
        _rename_labels(store, document, labels)
        return new_version(store, document, body, called, edits, reason)


def _rename_labels(store: Store, document: Document, labels: Mapping[str, str]) -> None:
    """The speakers' rows under their new labels; where there is one of the new label already, it stays."""
    who = "SELECT person, part FROM document_person WHERE document = ? AND speaker = ?"
    for old, new in labels.items():
        was, there = store.row(who, (document.id, old)), store.row(who, (document.id, new))
        if was and there and was != there:
            raise RefusedError(
                f"{old} and {new} are two speakers, and would become one",
                where=document.name,
                remedy="Call one of them otherwise (qualcode names accept NAME --as PSEUDONYM); or, if they are one "
                "person in one part, say so first: qualcode speakers",
            )
        sql = "DELETE FROM document_person" if there else "UPDATE document_person SET speaker = :new"
        store.connection.execute(
            f"{sql} WHERE document = :document AND speaker = :old", {"document": document.id, "old": old, "new": new}
        )


def new_version(
    store: Store, document: Document, body: str, turns: Sequence[Turn], edits: Sequence[spans.Edit], reason: str
) -> tuple[int, tuple[Lost, ...]]:
    """Write a text version and carry every passage into it; returns how many were carried, and what was not.

    Raises:
        RefusedError: `document` is not as it stands now, or words would go that another has coded blind.
    """
    with store.action("revise document", document=document.id, edits=len(edits)):
        if store.value("SELECT text FROM document WHERE id = ?", (document.id,)) != document.text:
            raise RefusedError("the text was corrected meanwhile", where=document.name, remedy="Look at it again.")
        version = 1 + int(store.value("SELECT max(version) FROM text WHERE document = ?", (document.id,)))
        original, encoding = store.rows("SELECT original, encoding FROM text WHERE id = ?", (document.text,))[0]
        laid = spans.dump_edits(edits)
        cues = _carried_cues(store, document, edits)
        text = write_text(store, document.id, version, body, turns, original, encoding, laid, reason, cues)
        store.connection.execute("UPDATE document SET text = ? WHERE id = ?", (text, document.id))
        results = [_carry(store, table, document, text, body, edits) for table in PASSAGES if table != "proposal"]
        _carry(store, "proposal", document, text, body, edits)  # an offer: neither counted nor missed
        return sum(carried for carried, _ in results), tuple(lost for _, losses in results for lost in losses)


def _carried_cues(store: Store, document: Document, edits: Sequence[spans.Edit]) -> list[tuple[int, int]]:
    before = cues_of(store, document.text)
    places = spans.carry_all(edits, [(position, position + 1) for position, _ in before])
    return [(place[0], stamp) for place, (_, stamp) in zip(places, before, strict=True) if place is not None]


def _carry(
    store: Store, table: str, document: Document, text: int, body: str, edits: Sequence[spans.Edit]
) -> tuple[int, list[Lost]]:
    rows = store.rows(
        f"SELECT id, start, end, {coding_seen(store, table)} FROM {table} WHERE document = ? ORDER BY start, end, id",
        (document.id,),
    )
    carried = spans.carry_all(edits, [(start, end) for _, start, end, _ in rows])
    places = [place if place and body[slice(*place)].strip() else None for place in carried]
    found = [(text, *place, row[0]) for row, place in zip(rows, places, strict=True) if place is not None]
    store.connection.executemany(f"UPDATE {table} SET text = ?, start = ?, end = ? WHERE id = ?", found)
    before = body_of(store, document.text) if len(found) < len(rows) else ""
    lost = [
        Lost(table, row[0], before[row[1] : row[2]]) for row, place in zip(rows, places, strict=True) if place is None
    ]
    _must_be_seen(store, table, [each.id for each in lost])
    for each in lost:
        _remove_passage(store, table, each.id)
    return sum(row[3] for row, place in zip(rows, places, strict=True) if place is not None), lost


def _must_be_seen(store: Store, table: str, going: Sequence[int]) -> None:
    """Refuse to remove, unseen, what another has coded blind; a withdrawal is never refused."""
    if table == "proposal":
        return
    if store.value("SELECT verb FROM action JOIN open_action ON open_action.action = action.id") == "forget":
        return
    unseen = f"SELECT 1 FROM {table} WHERE id = ? AND NOT {coding_seen(store, table)}"
    evidence = f"SELECT 1 FROM claim_evidence WHERE claim = ? AND NOT {coding_seen(store, 'claim_evidence')}"
    looks = (unseen, evidence) if table == "claim" else (unseen,)
    if any(store.row(look, (row,)) for look in looks for row in going):
        raise RefusedError(
            "it would take words that somebody has coded, whose coding you may not see yet",
            remedy="Wait until all who code the document blind have finished.",
        )


def _remove_passage(store: Store, table: str, row: int) -> None:
    """Remove one passage and what hangs on it."""
    if table == "segment":
        store.connection.execute("DELETE FROM summary_segment WHERE segment = ?", (row,))
        store.connection.execute("DELETE FROM quote WHERE segment = ?", (row,))
        store.connection.execute("DELETE FROM memo WHERE segment = ?", (row,))
    if table == "claim":
        store.connection.execute("DELETE FROM claim_evidence WHERE claim = ?", (row,))
        store.connection.execute("DELETE FROM memo WHERE claim = ?", (row,))
    store.connection.execute(f"DELETE FROM {table} WHERE id = ?", (row,))


def _carried_turns(turns: Sequence[Turn], edits: Sequence[spans.Edit], length: int, new_length: int) -> list[Turn]:
    """The turns after an edit; those that met still meet, so what is put between two belongs to the first."""
    places = spans.carry_all(edits, [(turn.start, turn.end) for turn in turns])
    labels = spans.carry_all(edits, [(turn.start, turn.speech) for turn in turns])
    kept = [
        (turn, place, label[1] if label else place[0])
        for turn, place, label in zip(turns, places, labels, strict=True)
        if place is not None
    ]
    made: list[Turn] = []
    reached = 0  # words put in the place of the end of one turn and the beginning of a later one are the first one's
    for (turn, place, speech), following in zip_longest(kept, kept[1:]):
        start, end = max(place[0], reached), place[1]
        if following and following[0].start == turn.end:
            end = following[1][0]
        elif not following and turn.end == length:
            end = new_length
        if start < end:
            made.append(Turn(start, end, min(max(speech, start), end), turn.speaker))
            reached = end
    return made
