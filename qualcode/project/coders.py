"""Who codes, in which round, and whose coding counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, count

from qualcode.errors import RefusedError, not_found
from qualcode.model import Coder, CoderKind, Document
from qualcode.project import finishing
from qualcode.project.actions import Store
from qualcode.project.documents import Documents
from qualcode.project.finishing import FinishedRound
from qualcode.project.guids import new_guid


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a coder was asked to code: names of document and coder, the round, whether blind, whether it is done."""

    document: str
    coder: str
    round: int
    is_blind: bool
    is_finished: bool


class Coders:
    """The project's coders; `project.coders`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def all(self) -> list[Coder]:
        """Those whose coding there can be, in the order they came."""
        rows = self._store.rows("SELECT id, guid, short, name, kind FROM coder WHERE kind <> 'rules' ORDER BY id")
        return [Coder(*row) for row in rows]

    def of_rules(self) -> int:
        """Id of the coder to whom all proposals belong; made when first asked for, inside an action."""
        known = self._store.value("SELECT id FROM coder WHERE kind = 'rules'")
        if known is not None:
            return int(known)
        taken = {short.casefold() for (short,) in self._store.rows("SELECT short FROM coder")}
        short = next(each for each in chain(["rules"], (f"rules{n}" for n in count(2))) if each not in taken)
        return self._store.add_coder(short, "Rules", "rules")

    def get(self, coder: str | int) -> Coder:
        """The coder of that short name or id (NotFoundError otherwise)."""
        for each in self.all():
            if coder == each.id or (isinstance(coder, str) and coder.casefold() == each.short.casefold()):
                return each
        raise not_found("coder", str(coder), [each.short for each in self.all()])

    def add(self, short: str, name: str = "", kind: CoderKind = "person") -> Coder:
        """A new coder, or the consensus. Coders stay for good: the log refers to them.

        A coder who came with their first action, and has no more than a short name, gets a full one.
        """
        with self._store.action("add coder"):
            known = self._store.row("SELECT id, name = short FROM coder WHERE short = ?", (short,))
            if known is None:
                self._store.add_coder(short, name or short, kind)
            elif known[1] and name and kind == "person":
                self._store.connection.execute("UPDATE coder SET name = ? WHERE id = ?", (name, known[0]))
            else:
                raise RefusedError(f"there is a coder {short} already")
        return self.get(short)

    def round_of(self, document: int, coder: int) -> int:
        """Number of the round a coder is in on a document: one more than they have finished."""
        finished = self._store.value(
            "SELECT coalesce(max(number), 0) FROM round WHERE document = ? AND coder = ? AND state = 'finished'",
            (document, coder),
        )
        return int(finished) + 1

    def finish(self, document: str | int | Document) -> int:
        """The acting coder has finished coding a document: the round is frozen; later edits are the next round's.

        Undo takes it back; not, however, once all who were to code the round blind have finished.

        Args:
            document: name or id, or the document itself.

        Returns:
            The number of the round that was finished.

        Raises:
            NotFoundError: there is no such document.
            RefusedError: nothing has changed since the round before, and nobody asked for another.
        """
        found = Documents(self._store).get(document)
        with self._store.action("finish document", document=found.id) as action:
            number = self.round_of(found.id, action.coder)
            finishing.finish(self._store, action, found, number)
        return number

    def finished(self, document: Document | None = None) -> list[FinishedRound]:
        """The finished rounds by document, coder and number; of one document if named."""
        return finishing.finished_rounds(self._store, document)

    def assign(self, document: Document, coder: Coder, round_number: int = 1, *, blind: bool = False) -> None:
        """Ask a coder to code a document; blind = nobody's coding there is shown until all assigned have finished.

        Of several, and with what cannot be asked refused: `assign_all`.
        """
        with self._store.action("assign document", document=document.id, to=coder.short):
            self._store.connection.execute(
                "INSERT INTO assignment(guid, document, coder, round, blind) VALUES (?, ?, ?, ?, ?)",
                (new_guid(), document.id, coder.id, round_number, int(blind)),
            )

    def assign_all(
        self, documents: Sequence[Document], coders: Sequence[Coder], round_number: int | None = None, *, blind: bool
    ) -> list[Assignment]:
        """Ask several coders to code several documents; all of it in one action, or nothing.

        Args:
            documents: to code.
            coders: each is asked to code each document.
            round_number: None = the round that each of them is in there.
            blind: nobody's coding there is shown until all who were asked have finished.

        Returns:
            What they were asked.

        Raises:
            RefusedError: a coder is no person, has finished that round, or was asked for it before.
        """
        with self._store.action("assign document"):
            asked = []
            for document in documents:
                for coder in coders:
                    number = round_number or self.round_of(document.id, coder.id)
                    self._must_be_open(document, coder, number)
                    self.assign(document, coder, number, blind=blind)
                    asked.append(Assignment(document.name, coder.short, number, blind, is_finished=False))
        return asked

    def assignments(self, document: Document | None = None) -> list[Assignment]:
        """Who was asked to code what, by document, round and coder; of one document if named."""
        rows = self._store.rows(
            """SELECT document.name, coder.short, asked.round, asked.blind, EXISTS (SELECT 1 FROM round
                WHERE round.document = asked.document AND round.coder = asked.coder AND number = asked.round
                AND state = 'finished')
            FROM assignment AS asked JOIN document ON document.id = asked.document
            JOIN coder ON coder.id = asked.coder WHERE ? IS NULL OR document.id = ?
            ORDER BY document.name, asked.round, coder.id""",
            (document.id if document else None, document.id if document else None),
        )
        return [Assignment(name, short, number, bool(blind), bool(done)) for name, short, number, blind, done in rows]

    def begun(self, asked: Sequence[Assignment]) -> list[Assignment]:
        """Those of them who have coded something in that round already: their round does not count as blind."""
        return [
            each
            for each in asked
            if self._store.row(
                "SELECT 1 FROM segment JOIN document ON document.id = document JOIN coder ON coder.id = segment.coder "
                "WHERE document.name = ? AND coder.short = ? AND segment.round = ? LIMIT 1",
                (each.document, each.coder, each.round),
            )
        ]

    def _must_be_open(self, document: Document, coder: Coder, number: int) -> None:
        """Refuse what cannot be asked of a coder."""
        if coder.kind != "person":
            raise RefusedError(
                f"{coder.short} is no person who codes", remedy="A consensus comes of the meeting: qualcode agreement"
            )
        if number < self.round_of(document.id, coder.id):
            raise RefusedError(
                f"{coder.short} has finished round {number} already",
                where=document.name,
                remedy="Ask for the next round instead. The rounds: qualcode rounds",
            )
        if any((each.coder, each.round) == (coder.short, number) for each in self.assignments(document)):
            raise RefusedError(
                f"{coder.short} was asked for round {number} before",
                where=document.name,
                remedy="Who was asked: qualcode assign --list. Who asked takes it back with undo.",
            )

    def layer(self, coder: str | None = None) -> dict[int, int]:
        """Whose coding counts: document id -> coder id.

        Args:
            coder: short name of one coder for all documents; None = the consensus where it is complete, else the
                document's lead coder.
        """
        documents = self._store.rows("SELECT id, lead FROM document")
        if coder is not None:
            chosen = self.get(coder).id
            return {document: chosen for document, _ in documents}
        complete = self._store.rows(
            "SELECT round.document, round.coder FROM round JOIN coder ON coder.id = round.coder "
            "WHERE coder.kind = 'consensus' AND round.state = 'finished' ORDER BY round.id"
        )
        return dict(documents) | dict(complete)
