"""Documents: their texts, turns and speakers, and correcting them (`revise`)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from operator import attrgetter

from qualcode import cache, lines
from qualcode.errors import NotFoundError, RefusedError
from qualcode.model import Answer, Document, Part, Speaker, Turn
from qualcode.project.actions import Store
from qualcode.project.cases import Waves
from qualcode.project.engine import key_at
from qualcode.project.guids import new_guid
from qualcode.project.naming import find_named, get_named, must_be_free
from qualcode.project.revisions import Revision, new_version, replace_words
from qualcode.project.schema import PASSAGES
from qualcode.project.texts import (
    Source,
    as_said,
    body_apart,
    body_of,
    check_turns,
    cues_of,
    keep_original,
    turns_of,
    write_text,
)

_SELECT = """SELECT document.id, document.guid, document.name, document.text, text.version, text.length, wave.name,
    document."case", document.lead
    FROM document JOIN text ON text.id = document.text JOIN wave ON wave.id = document.wave"""


_SAME_MARK = "(document, text, start, end, coder, kind) = (?, ?, ?, ?, ?, ?)"


class Documents:
    """The project's documents; `project.documents`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def __iter__(self) -> Iterator[Document]:
        return iter(self.all())

    def all(self) -> list[Document]:
        """Every document, by name."""
        return [Document(*row) for row in self._store.rows(f"{_SELECT} ORDER BY document.name")]

    def get(self, document: str | int | Document) -> Document:
        """The document of that id or name, in any case where only one can be meant; of a document, as it is now.

        Raises:
            NotFoundError: there is none; the message gives the nearest names.
            AmbiguousError: several names differ in case only, and none is written so.
        """
        document = document.id if isinstance(document, Document) else document
        column = "document.id" if isinstance(document, int) else "document.name"
        row = self._store.row(f"{_SELECT} WHERE {column} = ?", (document,))
        if row is None:
            return get_named("document", str(document), {each.name: each for each in self.all()})
        return Document(*row)

    def has(self, name: str) -> bool:
        """Whether a document has that name."""
        return self._store.value("SELECT 1 FROM document WHERE name = ?", (name,)) is not None

    def folder(self, document: Document) -> str:
        """The name of the folder that a document's file lay in; "" if it is not known."""
        found = self._store.value(
            "SELECT folder FROM original JOIN text ON text.original = original.id WHERE text.id = ?", (document.text,)
        )
        return str(found or "")

    def with_original(self, data: bytes) -> Document | None:
        """The document that was read from these very bytes, if there is one. Equal text alone is not the same file."""
        row = self._store.row(
            f"{_SELECT} JOIN original ON original.id = text.original WHERE original.sha256 = :digest "
            "AND EXISTS (SELECT 1 FROM original WHERE sha256 = :digest)",  # asked once: of a new file ends it there
            {"digest": sha256(data).digest()},
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
        check_turns(body, turns)
        with self._store.action("import document") as action:
            if self._store.value("SELECT 1 FROM document WHERE name = ?", (name,)):
                raise RefusedError(f"there is a document called {name!r} already", remedy="Give this one another name.")
            wave_id = Waves(self._store).ensure(wave)
            original = keep_original(self._store, source) if source else None
            # The document's id is needed by its text and the text's by the document: take the next one.
            document = 1 + (self._store.value("SELECT seq FROM sqlite_sequence WHERE name = 'document'") or 0)
            encoding = source.encoding if source else ""
            text = write_text(self._store, document, 1, body, turns, original, encoding, cues=cues)
            self._store.connection.execute(
                "INSERT INTO document(id, guid, name, text, wave, lead) VALUES (?, ?, ?, ?, ?, ?)",
                (document, guid or new_guid(), name, text, wave_id, action.coder),
            )
            for label in filter(None, dict.fromkeys(map(attrgetter("speaker"), turns))):
                self._write_speaker(document, label, (parts or {}).get(label, "participant"), None)
            return self.get(document)

    def _write_speaker(self, document: int, label: str, part: Part, person: int | None) -> None:
        self._store.connection.execute(
            "INSERT INTO document_person(guid, document, speaker, part, person) VALUES (?, ?, ?, ?, ?)",
            (new_guid(), document, label, part, person),
        )

    # -- reading -----------------------------------------------------------------------------------------------------

    def body(self, document: Document) -> str:
        """The current text of a document."""
        return body_of(self._store, document.text)

    def body_apart(self, document: Document) -> str:
        """The current text as names are looked for in it (see `texts.body_apart`): as long as it is."""
        return body_apart(self._store, document.text)

    def as_said(self, document: Document, but: str) -> str:
        """A document's words without those that revisions for the reason `but` wrote (see `texts.as_said`)."""
        return as_said(self._store, document.id, but)

    def digests(self) -> dict[int, bytes]:
        """Document's id -> SHA-256 of its current text; of all documents at once.

        By it one finds what is kept of a text in the user's cache: of an encrypted project that is memory alone.
        """
        found: dict[int, bytes] = dict(
            self._store.rows("SELECT document.id, text.sha256 FROM document JOIN text ON text.id = document.text")
        )
        if key_at(self._store.connection) is not None:
            cache.keep_in_memory(found.values())
        return found

    def turns(self, document: Document) -> tuple[Turn, ...]:
        """The turns of the current text, in order."""
        return turns_of(self._store, document.text)

    def cues(self, document: Document) -> list[tuple[int, int]]:
        """(position, milliseconds) of the time stamps of the text as imported."""
        return cues_of(self._store, document.text)

    def speakers(self, document: Document) -> list[Speaker]:
        """The speakers' labels with their part and person, in the order they were met."""
        rows = self._store.rows(
            "SELECT document, speaker, part, person FROM document_person WHERE document = ? ORDER BY id", (document.id,)
        )
        return [Speaker(*row) for row in rows]

    def people(self) -> dict[int, tuple[int, ...]]:
        """Document's id -> ids of the people who speak in it, in the order they were met; of all documents at once."""
        met: dict[int, dict[int, None]] = {}
        for document, person in self._store.rows(
            "SELECT document, person FROM document_person WHERE person IS NOT NULL ORDER BY id"
        ):
            met.setdefault(document, {})[person] = None
        return {document: tuple(people) for document, people in met.items()}

    def _labels(self, document: Document) -> dict[str, str]:
        return {each.label: each.label for each in self.speakers(document)}

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
        speakers = self.speakers(document)
        if label:
            label = get_named(f"speaker in {document.name}", label, {each.label: each.label for each in speakers})
        if Speaker(document.id, label, part, person) in speakers:
            return
        was = {speaker.person for speaker in speakers if speaker.label == label} - {person, None}
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
        """Give a document another name (RefusedError if it is empty, or another has it in whatever case)."""
        must_be_free(name, {each.name: each.id for each in self.all()}, document.id, "document")
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

        Where the coder has said just that before, nothing is written.

        Raises:
            RefusedError: the document was revised since, or the passage does not fit its text.
        """
        kind = "nothing here" if nothing_here else "read"
        with self._store.action("mark read", document=document.id) as action:
            if self.get(document.id).text != document.text or not 0 <= start < end <= document.length:
                raise RefusedError(f"a passage from {start} to {end} does not fit the text as it stands now")
            said = (document.id, document.text, start, end, action.coder, kind)
            if not self._store.value(f"SELECT 1 FROM read_mark WHERE {_SAME_MARK}", said):
                self._store.connection.execute(
                    "INSERT INTO read_mark(guid, document, text, start, end, coder, kind) VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (new_guid(), *said),
                )

    def remove(self, document: Document) -> None:
        """Take a document and its coding out of the project; undo brings all of it back.

        The text stays in the file for that: to erase it for good, `forget`.
        """
        with self._store.action("remove document", document=document.id):
            for sql in _REMOVALS:
                self._store.connection.execute(sql, (document.id,))

    def revise(
        self,
        document: Document,
        replacements: Iterable[tuple[int, int, str]],
        reason: str,
        labels: Mapping[str, str] | None = None,
    ) -> Revision:
        """Correct words: a new text version, with every passage carried along.

        Args:
            document: as it stands now.
            replacements: (start, end, new words) into the current text; they must not overlap.
            reason: why, for the audit trail; stored with the text and erased with it.
            labels: speakers who are called otherwise from now on: label -> new label; two may become one.

        Raises:
            RefusedError: the replacements overlap or do not fit, nothing would change, the text is no longer this, or
                words would go that another has coded blind. What may not be seen is carried, and not counted.
        """
        with self._store.transaction():
            carried, lost = replace_words(self._store, document, replacements, reason, labels or {})
            return Revision(self.get(document.id), carried, lost)

    def relabel(self, document: Document, turn: int, speaker: str, reason: str) -> Revision:
        """Say that a turn (number from 1) is another speaker's: a new text version with the same words."""
        turns = list(self.turns(document))
        if not 1 <= turn <= len(turns):
            raise NotFoundError(f"{document.name} has turns 1 to {len(turns)}, not {turn}")
        old = turns[turn - 1]
        if not speaker.strip():
            raise RefusedError("a speaker without a label is nobody", remedy="Give the label: --speaker Maureen")
        speaker = find_named("speaker", speaker, self._labels(document)) or speaker
        turns[turn - 1] = Turn(old.start, old.end, old.speech, speaker)
        with self._store.action("relabel turn", document=document.id, turn=turn):
            if speaker not in self._labels(document):
                self._write_speaker(document.id, speaker, "participant", None)
            carried, lost = new_version(self._store, document, self.body(document), turns, (), reason)
            return Revision(self.get(document.id), carried, lost)


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
