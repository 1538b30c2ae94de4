"""Documents: their texts, turns and speakers, and correcting them (`revise`)."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import zip_longest
from typing import Any

from qualcode import lines, spans
from qualcode.errors import NotFoundError, RefusedError, not_found
from qualcode.model import Answer, Document, Part, Speaker, Turn
from qualcode.project.actions import Store
from qualcode.project.cases import Waves
from qualcode.project.guids import new_guid
from qualcode.project.schema import PASSAGES
from qualcode.project.visibility import coding_seen

_SELECT = """SELECT document.id, document.guid, document.name, document.text, text.version, text.length, wave.name,
    document."case", document.lead
    FROM document JOIN text ON text.id = document.text JOIN wave ON wave.id = document.wave"""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a text came from: the file's bytes are kept so that nothing is lost by reading it."""

    name: str
    format: str
    encoding: str
    data: bytes


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


class Documents:
    """The project's documents; `project.documents`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __iter__(self) -> Iterator[Document]:
        return iter(self.all())

    def all(self) -> list[Document]:
        """Every document, by name."""
        return [Document(*row) for row in self._store.rows(f"{_SELECT} ORDER BY document.name")]

    def get(self, document: str | int) -> Document:
        """The document of that name or id.

        Raises:
            NotFoundError: there is none; the message gives the nearest names.
        """
        column = "document.id" if isinstance(document, int) else "document.name"
        row = self._store.row(f"{_SELECT} WHERE {column} = ?", (document,))
        if row is None:
            raise not_found("document", str(document), [each.name for each in self.all()])
        return Document(*row)

    def has(self, name: str) -> bool:
        """Whether a document has that name."""
        return self._store.value("SELECT 1 FROM document WHERE name = ?", (name,)) is not None

    def with_original(self, data: bytes) -> Document | None:
        """The document that was read from these very bytes, if there is one. Equal text alone is not the same file."""
        row = self._store.row(
            f"{_SELECT} JOIN original ON original.id = text.original WHERE original.sha256 = ?",
            (sha256(data).digest(),),
        )
        return None if row is None else Document(*row)

    def add(
        self,
        name: str,
        body: str,
        turns: Sequence[Turn],
        *,
        source: Source | None = None,
        parts: dict[str, Part] | None = None,
        cues: Iterable[tuple[int, int]] = (),
        wave: str = "-",
        guid: bytes | None = None,
    ) -> Document:
        """Bring a transcript in; the acting coder leads it.

        Args:
            name: unique in the project.
            body: the text, newline-normalised; it is stored as it is.
            turns: its turns, in order, not overlapping.
            source: the file it was read from.
            parts: speaker label -> part; labels not named are participants.
            cues: (position, milliseconds).
            wave: name of the wave it belongs to; made if new.
            guid: for shipped samples and imports that bring their own.

        Raises:
            RefusedError: the name is taken, or the turns do not fit the text.
        """
        _check_turns(body, turns)
        with self._store.action("import document") as action:
            if self._store.value("SELECT 1 FROM document WHERE name = ?", (name,)):
                raise RefusedError(f"there is a document called {name!r} already", remedy="Give this one another name.")
            wave_id = Waves(self._store).ensure(wave)
            original = self._keep_original(source) if source else None
            # The document's id is needed by its text and the text's by the document: take the next one.
            document = 1 + (self._store.value("SELECT seq FROM sqlite_sequence WHERE name = 'document'") or 0)
            text = self._write_text(document, 1, body, turns, original, source.encoding if source else "")
            self._store.connection.execute(
                "INSERT INTO document(id, guid, name, text, wave, lead) VALUES (?, ?, ?, ?, ?, ?)",
                (document, guid or new_guid(), name, text, wave_id, action.coder),
            )
            self._store.connection.executemany("INSERT INTO cue VALUES (?, ?, ?)", ((text, *cue) for cue in cues))
            for label in dict.fromkeys(turn.speaker for turn in turns if turn.speaker):
                self._write_speaker(document, label, (parts or {}).get(label, "participant"), None)
            return self.get(document)

    def _keep_original(self, source: Source) -> int:
        digest = sha256(source.data).digest()
        found = self._store.value("SELECT id FROM original WHERE sha256 = ? AND name = ?", (digest, source.name))
        if found is not None:
            return int(found)
        return self._insert(
            "INSERT INTO original(guid, name, format, sha256, bytes) VALUES (?, ?, ?, ?, ?)",
            (new_guid(), source.name, source.format, digest, source.data),
        )

    def _write_text(
        self,
        document: int,
        version: int,
        body: str,
        turns: Sequence[Turn],
        original: int | None,
        encoding: str,
        edits: str = "[]",
        reason: str = "",
    ) -> int:
        text = self._insert(
            "INSERT INTO text(guid, document, version, original, encoding, body, length, sha256, edits, reason) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (new_guid(), document, version, original, encoding, body, len(body), digest_of(body), edits, reason),
        )
        self._store.connection.executemany(
            "INSERT INTO turn VALUES (?, ?, ?, ?, ?, ?)",
            (
                (text, number, turn.start, turn.end, turn.speech, turn.speaker)
                for number, turn in enumerate(turns, start=1)
            ),
        )
        return text

    def _insert(self, sql: str, values: Sequence[Any]) -> int:
        return int(self._store.connection.execute(sql, values).lastrowid or 0)

    def _write_speaker(self, document: int, label: str, part: Part, person: int | None) -> None:
        self._store.connection.execute(
            "INSERT INTO document_person(guid, document, speaker, part, person) VALUES (?, ?, ?, ?, ?)",
            (new_guid(), document, label, part, person),
        )

    # -- reading -----------------------------------------------------------------------------------------------------

    def body(self, document: Document) -> str:
        """The current text of a document."""
        return str(self._store.value("SELECT body FROM text WHERE id = ?", (document.text,)))

    def turns(self, document: Document) -> tuple[Turn, ...]:
        """The turns of the current text, in order."""
        rows = self._store.rows(
            "SELECT start, end, speech, speaker FROM turn WHERE text = ? ORDER BY number", (document.text,)
        )
        return tuple(Turn(*row) for row in rows)

    def cues(self, document: Document) -> list[tuple[int, int]]:
        """(position, milliseconds) of the time stamps of the text as imported."""
        return self._store.rows(
            "SELECT position, milliseconds FROM cue WHERE text = ? ORDER BY position", (document.text,)
        )

    def speakers(self, document: Document) -> list[Speaker]:
        """The speakers' labels with their part and person, in the order they were met."""
        rows = self._store.rows(
            "SELECT document, speaker, part, person FROM document_person WHERE document = ? ORDER BY id", (document.id,)
        )
        return [Speaker(*row) for row in rows]

    def interviewers(self, document: Document) -> frozenset[str]:
        """The labels that ask."""
        return frozenset(speaker.label for speaker in self.speakers(document) if speaker.part == "interviewer")

    def answers(self, document: Document) -> tuple[Answer, ...]:
        """The answers of the current text (¶), by who asks now."""
        return lines.answers(self.body(document), self.turns(document), self.interviewers(document))

    # -- changing ----------------------------------------------------------------------------------------------------

    def set_speaker(self, document: Document, label: str, part: Part, person: int | None = None) -> None:
        """Say what part a speaker plays and who it is.

        Raises:
            NotFoundError: the document has no such speaker ("" stands for a document without speakers).
        """
        known = {speaker.label for speaker in self.speakers(document)}
        if label not in known and label:
            raise not_found(f"speaker in {document.name}", label, sorted(known))
        was = {speaker.person for speaker in self.speakers(document) if speaker.label == label} - {person, None}
        with self._store.action("set speaker", document=document.id):
            self._store.connection.execute(
                "DELETE FROM document_person WHERE document = ? AND speaker = ? AND (speaker <> '' OR person IS ?)",
                (document.id, label, person),
            )
            self._write_speaker(document.id, label, part, person)
            for each in sorted(filter(None, was)):
                self._drop_if_bare(each)

    def _drop_if_bare(self, person: int) -> None:
        """Take away a person of whom nothing is known but a name: made from a label, and now named otherwise."""
        tables = ("document_person", "person_role", "attribute_value", "memo", "summary")
        known = (self._store.value(f"SELECT 1 FROM {table} WHERE person = ?", (person,)) for table in tables)
        if not any(known):
            self._store.connection.execute("DELETE FROM person WHERE id = ?", (person,))

    def set_unknown_speaker(self, document: Document, label: str) -> None:
        """List a label whose words are nobody's: it takes no part and stands for no person."""
        with self._store.action("set speaker", document=document.id):
            self._write_speaker(document.id, label, "other", None)

    def rename(self, document: Document, name: str) -> None:
        """Give a document another name (RefusedError if it is empty)."""
        if not name.strip():
            raise RefusedError("a document needs a name")
        with self._store.action("rename document", document=document.id):
            self._store.connection.execute("UPDATE document SET name = ? WHERE id = ?", (name, document.id))

    def place(self, document: Document, *, wave: str | None = None, case: int | None = None) -> None:
        """Put a document into a wave and, for texts without people, a case."""
        with self._store.action("place document", document=document.id):
            if wave is not None:
                wave_id = Waves(self._store).ensure(wave)
                self._store.connection.execute("UPDATE document SET wave = ? WHERE id = ?", (wave_id, document.id))
            if case is not None:
                self._store.connection.execute('UPDATE document SET "case" = ? WHERE id = ?', (case, document.id))

    def set_lead(self, document: Document, coder: int) -> None:
        """Say whose coding counts where there is no complete consensus."""
        with self._store.action("set lead coder", document=document.id, coder=coder):
            self._store.connection.execute("UPDATE document SET lead = ? WHERE id = ?", (coder, document.id))

    def mark_read(self, document: Document, start: int, end: int, *, nothing_here: bool = False) -> None:
        """The acting coder has read a passage; `nothing_here`: and found nothing to code in it.

        Raises:
            RefusedError: the document was revised since, or the passage does not fit its text.
        """
        kind = "nothing here" if nothing_here else "read"
        with self._store.action("mark read", document=document.id) as action:
            if self.get(document.id).text != document.text or not 0 <= start < end <= document.length:
                raise RefusedError(f"a passage from {start} to {end} does not fit the text as it stands now")
            self._store.connection.execute(
                "INSERT INTO read_mark(guid, document, text, start, end, coder, kind) VALUES (?, ?, ?, ?, ?, ?, ?)",
                (new_guid(), document.id, document.text, start, end, action.coder, kind),
            )

    def remove(self, document: Document) -> None:
        """Take a document and its coding out of the project; undo brings all of it back.

        The text stays in the file for that: to erase it for good, `forget`.
        """
        with self._store.action("remove document", document=document.id):
            for sql in _REMOVALS:
                self._store.connection.execute(sql, (document.id,))

    def revise(self, document: Document, replacements: Iterable[tuple[int, int, str]], reason: str) -> Revision:
        """Correct words: a new text version, with every passage carried along.

        Args:
            document: as it stands now.
            replacements: (start, end, new words) into the current text; they must not overlap.
            reason: why, for the audit trail; stored with the text and erased with it.

        Raises:
            RefusedError: the replacements overlap or do not fit, nothing would change, the text is no longer this, or
                words would go that another has coded blind. What may not be seen is carried, and not counted.
        """
        try:
            body, edits = spans.replace(self.body(document), replacements)
        except ValueError as error:
            raise RefusedError(str(error), where=document.name) from None
        if not edits:
            raise RefusedError("nothing would change", where=document.name)
        turns = _carried_turns(self.turns(document), edits, document.length, len(body))
        return self._new_version(document, body, turns, edits, reason)

    def relabel(self, document: Document, turn: int, speaker: str, reason: str) -> Revision:
        """Say that a turn (number from 1) is another speaker's: a new text version with the same words."""
        turns = list(self.turns(document))
        if not 1 <= turn <= len(turns):
            raise NotFoundError(f"{document.name} has turns 1 to {len(turns)}, not {turn}")
        old = turns[turn - 1]
        turns[turn - 1] = Turn(old.start, old.end, old.speech, speaker)
        with self._store.action("relabel turn", document=document.id, turn=turn):
            if speaker not in {each.label for each in self.speakers(document)}:
                self._write_speaker(document.id, speaker, "participant", None)
            return self._new_version(document, self.body(document), turns, (), reason)

    def _new_version(
        self, document: Document, body: str, turns: Sequence[Turn], edits: Sequence[spans.Edit], reason: str
    ) -> Revision:
        store = self._store
        with store.action("revise document", document=document.id, edits=len(edits)):
            if store.value("SELECT text FROM document WHERE id = ?", (document.id,)) != document.text:
                raise RefusedError("the text was corrected meanwhile", where=document.name, remedy="Look at it again.")
            version = 1 + int(store.value("SELECT max(version) FROM text WHERE document = ?", (document.id,)))
            original, encoding = store.rows("SELECT original, encoding FROM text WHERE id = ?", (document.text,))[0]
            laid = spans.dump_edits(edits)
            text = self._write_text(document.id, version, body, turns, original, encoding, laid, reason)
            store.connection.execute("UPDATE document SET text = ? WHERE id = ?", (text, document.id))
            results = [self._carry(table, document, text, body, edits) for table in PASSAGES]
            cues = spans.carry_all(edits, [(position, position + 1) for position, _ in self.cues(document)])
            moved = {
                place[0]: milliseconds
                for place, (_, milliseconds) in zip(cues, self.cues(document), strict=True)
                if place is not None
            }
            store.connection.executemany("INSERT INTO cue VALUES (?, ?, ?)", ((text, *cue) for cue in moved.items()))
            return Revision(
                self.get(document.id),
                sum(carried for carried, _ in results),
                tuple(lost for _, losses in results for lost in losses),
            )

    def _carry(
        self, table: str, document: Document, text: int, body: str, edits: Sequence[spans.Edit]
    ) -> tuple[int, list[Lost]]:
        rows = self._store.rows(
            f"SELECT id, start, end, {coding_seen(self._store, table)} FROM {table} WHERE document = ? "
            "ORDER BY start, end, id",
            (document.id,),
        )
        carried = spans.carry_all(edits, [(start, end) for _, start, end, _ in rows])
        places = [place if place and body[slice(*place)].strip() else None for place in carried]
        found = [(text, *place, row[0]) for row, place in zip(rows, places, strict=True) if place is not None]
        self._store.connection.executemany(f"UPDATE {table} SET text = ?, start = ?, end = ? WHERE id = ?", found)
        before = self.body(document) if len(found) < len(rows) else ""
        lost = [
            Lost(table, row[0], before[row[1] : row[2]])
            for row, place in zip(rows, places, strict=True)
            if place is None
        ]
        self._must_be_seen(table, [each.id for each in lost])
        for each in lost:
            _remove_passage(self._store, table, each.id)
        return sum(row[3] for row, place in zip(rows, places, strict=True) if place is not None), lost

    def _must_be_seen(self, table: str, going: Sequence[int]) -> None:
        """Refuse to remove, unseen, what another has coded blind; a withdrawal is never refused."""
        if self._store.value("SELECT verb FROM action JOIN open_action ON open_action.action = action.id") == "forget":
            return
        unseen = f"SELECT 1 FROM {table} WHERE id = ? AND NOT {coding_seen(self._store, table)}"
        evidence = f"SELECT 1 FROM claim_evidence WHERE claim = ? AND NOT {coding_seen(self._store, 'claim_evidence')}"
        looks = (unseen, evidence) if table == "claim" else (unseen,)
        if any(self._store.row(look, (row,)) for look in looks for row in going):
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


_OF_SEGMENTS = "IN (SELECT id FROM segment WHERE document = ?)"
_OF_CLAIMS = "IN (SELECT id FROM claim WHERE document = ?)"
_REMOVALS = (
    f"DELETE FROM summary_segment WHERE segment {_OF_SEGMENTS}",
    f"DELETE FROM quote WHERE segment {_OF_SEGMENTS}",
    f"DELETE FROM memo WHERE segment {_OF_SEGMENTS}",
    f"DELETE FROM memo WHERE claim {_OF_CLAIMS}",
    f"DELETE FROM claim_evidence WHERE claim {_OF_CLAIMS}",
    *(
        f"DELETE FROM {table} WHERE document = ?"
        for table in (*PASSAGES, "memo", "attribute_value", "round", "assignment", "document_person")
    ),
    "DELETE FROM document WHERE id = ?",
)
"""What goes with a document, in an order that leaves nothing dangling."""


def digest_of(body: str) -> bytes:
    """The text's SHA-256, over its UTF-8 bytes."""
    return sha256(body.encode()).digest()


def _check_turns(body: str, turns: Sequence[Turn]) -> None:
    reached = 0
    for turn in turns:
        if not reached <= turn.start <= turn.speech <= turn.end <= len(body) or turn.start == turn.end:
            raise RefusedError(f"the turns do not fit the text (at {turn.start} to {turn.end} of {len(body)})")
        reached = turn.end


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
