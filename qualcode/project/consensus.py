"""The consensus as a coding of its own: what it is to hold of a document is put there, on behalf of those who met.

Its rows belong to the coder of kind "consensus"; the action belongs to whoever acts, who can undo it.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from qualcode.errors import RefusedError
from qualcode.model import Claim, Coder, Document, Segment
from qualcode.project import finishing, rounds
from qualcode.project.actions import OpenAction, Store
from qualcode.project.claims import Claims
from qualcode.project.coders import Coders
from qualcode.project.guids import new_guid
from qualcode.project.segments import Segments

NAME = "consensus"
"""Short name of the coder that is made where there is none of that kind."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that the consensus holds: half-open code points, ids of code and definition, and what is said of it."""

    start: int
    end: int
    code: int
    negative: bool = False
    whose: str | None = None
    standing: str | None = None
    tense: str | None = None
    exemplar: bool = False
    definition: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Held:
    """A claim that the consensus holds; `evidence` are (document, text, start, end, stance), brought along with it."""

    start: int
    end: int
    from_code: int
    to_code: int
    direction: str
    inferred: bool = False
    prompted: bool = False
    whose: str | None = None
    standing: str | None = None
    tense: str | None = None
    evidence: tuple[tuple[int, int, int, int, str], ...] = field(default=(), compare=False)


Content = Passage | Held


class Consensus:
    """What those who met agreed on; `project.consensus`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @property
    def coder(self) -> Coder | None:
        """The coder that stands for the consensus; None before there is one."""
        return next((each for each in Coders(self._store).all() if each.kind == "consensus"), None)

    def is_begun(self, document: Document) -> bool:
        """Whether anything is coded for it in a document, or it is finished there."""
        coder = self.coder
        if coder is None:
            return False
        looks = [f"SELECT 1 FROM {table} WHERE document = ? AND coder = ? AND until IS NULL"
                 for table in ("segment", "claim")]  # fmt: skip
        looks.append("SELECT 1 FROM round WHERE document = ? AND coder = ? AND state = 'finished'")
        return any(self._store.row(f"{sql} LIMIT 1", (document.id, coder.id)) for sql in looks)

    def holds(self, document: Document) -> list[Content]:
        """What stands in it in a document, without the evidence of claims."""
        coder = self.coder
        if coder is None:
            return []
        claims = Claims(self._store).find(document=document.name, coder=coder.short)
        return [
            *(passage_of(each) for each in Segments(self._store).of(document, coder.short)),
            *(claim_of(each) for each in claims),
        ]

    def is_complete(self, document: Document) -> bool:
        """Whether it is finished in a document, so that it is what tables count there."""
        coder = self.coder
        return coder is not None and Coders(self._store).round_of(document.id, coder.id) > 1

    def change(self, document: Document, gone: Iterable[Content], new: Iterable[Content]) -> None:
        """Take away some of what it holds in a document, and put something there; only inside an action.

        What is to go and is no longer there (somebody changed it by hand) is left as it is.

        Raises:
            RefusedError: somebody has built on what would go.
        """
        with self._store.action("settle"):
            coder = self._made()
            for each in gone:
                table = "segment" if isinstance(each, Passage) else "claim"
                for row in self._rows(document, coder, each)[:1]:
                    rounds.remove(self._store, table, row, coder)
            for each in new:
                self._put(document, coder, each)

    def finish(self, document: Document) -> None:
        """Say that it is complete in a document: tables count it from then on; only inside an action.

        Where it holds what it held when it was complete before, nothing is done.
        """
        with self._store.action("settle") as action:
            coder = self._made()
            number = Coders(self._store).round_of(document.id, coder)
            if number > 1 and not finishing.is_another(self._store, document, coder, number):
                return
            finishing.finish(self._store, OpenAction(action.id, coder), document, number)

    def reopen(self, document: Document) -> None:
        """It is not complete after all: what it holds in a document may be otherwise; only inside an action."""
        with self._store.action("settle"):
            self._store.connection.execute(
                "DELETE FROM round WHERE document = ? AND coder = ? AND number = ?",
                (document.id, self._made(), Coders(self._store).round_of(document.id, self._made()) - 1),
            )

    def _made(self) -> int:
        """Id of its coder, who is made where there is none.

        Raises:
            RefusedError: a person has taken its name.
        """
        coder = self.coder
        if coder is not None:
            return coder.id
        if NAME in {each.short.casefold() for each in Coders(self._store).all()}:
            raise RefusedError(f"a person codes here as {NAME}", remedy="Make the consensus a coder of its own first.")
        return self._store.add_coder(NAME, NAME, "consensus")

    def _put(self, document: Document, coder: int, each: Content) -> None:
        said = _said(each) | {
            "guid": new_guid(), "document": document.id, "text": document.text, "coder": coder,
            "round": Coders(self._store).round_of(document.id, coder),
        }  # fmt: skip
        if isinstance(each, Passage):
            self._insert("segment", said | {"definition": each.definition})
            return
        claim = self._insert("claim", said)
        for place, text, start, end, stance in each.evidence:
            told = {"claim": claim, "document": place, "text": text, "start": start, "end": end, "stance": stance}
            self._insert("claim_evidence", told | {"guid": new_guid(), "coder": coder, "round": said["round"]})

    def _insert(self, table: str, said: dict[str, object]) -> int:
        columns = ", ".join(f'"{name}"' for name in said)
        sql = f"INSERT INTO {table}({columns}) VALUES ({', '.join('?' * len(said))})"
        return int(self._store.connection.execute(sql, tuple(said.values())).lastrowid or 0)

    def _rows(self, document: Document, coder: int, each: Content) -> list[int]:
        """Ids of the standing rows that are just so."""
        said = _said(each)
        same = " AND ".join(f'"{name}" IS ?' for name in said)
        table = "segment" if isinstance(each, Passage) else "claim"
        sql = f"SELECT id FROM {table} WHERE document = ? AND coder = ? AND until IS NULL AND {same} ORDER BY id"
        return [row[0] for row in self._store.rows(sql, (document.id, coder, *said.values()))]


def _said(each: Content) -> dict[str, object]:
    """What makes it what it is, as columns."""
    said: dict[str, object] = {name: getattr(each, name) for name in ("start", "end", "whose", "standing", "tense")}
    if isinstance(each, Passage):
        return said | {"code": each.code, "negative": int(each.negative), "exemplar": int(each.exemplar)}
    ends = {name: getattr(each, name) for name in ("from_code", "to_code", "direction")}
    return said | ends | {"inferred": int(each.inferred), "prompted": int(each.prompted)}


def passage_of(segment: Segment) -> Passage:
    """A coder's passage as the consensus would hold it: whatever that coder doubted stays with the coder."""
    return Passage(
        segment.start, segment.end, segment.code, segment.negative, segment.whose, segment.standing, segment.tense,
        segment.exemplar, segment.definition,
    )  # fmt: skip


def claim_of(claim: Claim) -> Held:
    """A coder's claim as the consensus would hold it, without its evidence."""
    return Held(
        claim.start, claim.end, claim.from_code, claim.to_code, claim.direction, claim.inferred, claim.prompted,
        claim.whose, claim.standing, claim.tense,
    )  # fmt: skip
