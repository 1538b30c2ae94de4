"""Claims: passages that say one thing leads to another, with what supports, qualifies or contradicts them."""

from collections.abc import Iterable, Sequence
from typing import Any

from qualcode.errors import NotFoundError, RefusedError
from qualcode.model import Claim, ClaimEvidence, Direction, Document, Stance
from qualcode.project import rounds
from qualcode.project.actions import Store
from qualcode.project.asking import notice
from qualcode.project.coders import Coders
from qualcode.project.codes import Codes
from qualcode.project.documents import Documents
from qualcode.project.guids import new_guid
from qualcode.project.retrieval import Filter, Retrieval
from qualcode.project.segments import Segments
from qualcode.project.visibility import coding_seen
from qualcode.project.wording import must_be_words

_CLAIM = """id, guid, document, text, start, end, from_code, to_code, coder, round, direction, inferred, prompted,
    unsure, whose, standing, tense"""
_CHANGEABLE = ("direction", "inferred", "prompted", "unsure", "whose", "standing", "tense")


class Claims:
    """Passages saying that one thing leads to another; `project.claims`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(
        self,
        document: str | int | Document,
        from_code: str,
        to_code: str,
        *,
        direction: Direction = "raises",
        inferred: bool = False,
        prompted: bool = False,
        unsure: str | None = None,
        whose: str | None = None,
        standing: str | None = None,
        tense: str | None = None,
        guid: bytes | None = None,
        **place: Any,
    ) -> Claim:
        """Write down a claim; one whose words are the interviewer's alone or nobody's is told to `announce`.

        Args:
            document: name or id.
            from_code, to_code: short names; a claim's two ends differ.
            direction: raises, lowers, no effect or mixed.
            inferred: by the coder; otherwise stated in so many words.
            prompted: by the interviewer; otherwise volunteered.
            unsure: None, or a few words on why.
            whose, standing, tense: only where they differ from the default of the speaker's role.
            guid: for shipped samples and imports.
            place: span, lines, answers or quote, as in `Segments.add`.

        Raises:
            RefusedError: both ends are the same code, one is no longer in use, or there is no such direction, ...
        """
        said: dict[str, object] = {"direction": direction, "inferred": int(inferred), "prompted": int(prompted)}
        said |= {"unsure": unsure, "whose": whose, "standing": standing, "tense": tense}
        must_be_words(**said)
        number = Documents(self._store).get(document).id
        with self._store.action("add claim", document=number, source=from_code, target=to_code) as action:
            said |= self._placed(document, place) | self._ends(from_code, to_code)
            said["round"] = Coders(self._store).round_of(number, action.coder)
            claim = self.get(self._insert("claim", guid=guid or new_guid(), coder=action.coder, **said))
            self._tell_if_uncounted(f"claim {claim.id}", claim)
            return claim

    def _ends(self, from_code: str, to_code: str) -> dict[str, int]:
        source, target = (self._usable(short) for short in (from_code, to_code))
        if source == target:
            raise RefusedError(f"a claim leads from one code to another, not from {from_code} to itself")
        return {"from_code": source, "to_code": target}

    def _placed(self, document: str | int | Document, place: dict[str, Any]) -> dict[str, int]:
        """Inside the action: the text in which the place is looked up is the text that is coded."""
        found = Documents(self._store).get(document)
        start, end = Segments(self._store).place(found, **place)
        if not 0 <= start < end <= found.length:
            raise RefusedError(f"a passage from {start} to {end} does not fit a text of {found.length} characters")
        return {"document": found.id, "text": found.text, "start": start, "end": end}

    def _tell_if_uncounted(self, what: str, passage: Claim | ClaimEvidence) -> None:
        """Inside the action, as `_placed`."""
        if told := notice(self._store, passage.document, passage.start, passage.end):
            self._store.announce(f"{what}: {told}")

    def _insert(self, table: str, **values: object) -> int:
        sql = f"INSERT INTO {table}({', '.join(values)}) VALUES ({', '.join('?' * len(values))})"
        return int(self._store.connection.execute(sql, tuple(values.values())).lastrowid or 0)

    def _usable(self, short: str) -> int:
        code = Codes(self._store).get(short)
        if code.status == "retired":
            raise RefusedError(f"{code.short} {code.name} is no longer in use")
        return code.id

    def get(self, claim: int) -> Claim:
        """The claim of that id (NotFoundError otherwise, or where it may not be seen)."""
        found = self._made("claim.id = ?", (claim,))
        if not found:
            raise NotFoundError(f"there is no claim {claim}")
        return found[0]

    def by_ids(self, ids: Iterable[int]) -> list[Claim]:
        """The claims of these ids that may be seen, in order of document and place."""
        wanted = list(ids)
        found: list[Claim] = []
        for first in range(0, len(wanted), 500):
            some = wanted[first : first + 500]
            found += self._made(f"claim.id IN ({', '.join('?' * len(some))})", some)
        return sorted(found, key=lambda each: (each.document, each.start, each.end, each.id))

    def find(
        self,
        *,
        document: str | None = None,
        coder: str | None = None,
        wanted: Filter | None = None,
        directions: Sequence[str] = (),
        standings: Sequence[str] = (),
        stances: Sequence[str] = (),
    ) -> list[Claim]:
        """The standing claims, by document and place; of one document or coder if named, or those that fit a filter.

        A code that is asked for is either end of the claim.

        Args:
            document, coder: by name.
            wanted: what is asked for.
            directions: any of them.
            standings: any of them, as it was said: not the default of the speaker's role.
            stances: claims with evidence that supports, qualifies or contradicts them.

        Raises:
            NotFoundError: something is named that is not there.
        """
        if wanted is None:
            found = self._of(document, coder)
        else:
            found = Retrieval(self._store, wanted, ("from_code", "to_code")).among(self._made)
        if directions:
            found = [each for each in found if each.direction in directions]
        if standings:
            found = [each for each in found if each.standing in standings]
        if stances:
            there = {each.claim for each in self._made_evidence("until IS NULL", ()) if each.stance in stances}
            found = [each for each in found if each.id in there]
        return found

    def _of(self, document: str | None, coder: str | None) -> list[Claim]:
        chosen = Documents(self._store).get(document).id if document else None
        who = Coders(self._store).get(coder).id if coder else None
        return self._made(
            "until IS NULL AND (? IS NULL OR document = ?) AND (? IS NULL OR coder = ?)", (chosen, chosen, who, who)
        )

    def _made(self, condition: str, parameters: Sequence[Any]) -> list[Claim]:
        seen = coding_seen(self._store, "claim")
        rows = self._store.rows(
            f"SELECT {_CLAIM} FROM claim WHERE {condition} AND {seen} ORDER BY document, start, end, id", parameters
        )
        return [Claim(*(*row[:11], bool(row[11]), bool(row[12]), *row[13:])) for row in rows]

    def change(self, claim: Claim, **changes: Any) -> Claim:
        """Change direction, inferred, prompted, unsure, whose, standing or tense of one's own claim.

        Raises:
            RefusedError: it is another coder's, no longer stands, or there is no such word.
        """
        if unknown := set(changes) - set(_CHANGEABLE):
            raise TypeError(f"a claim has no {', '.join(sorted(unknown))} to change")
        must_be_words(**changes)
        if not changes:
            return self.get(claim.id)
        with self._store.action("change claim", claim=claim.id, **self._named(claim)) as action:
            claim = self.get(claim.id)
            return self.get(rounds.change(self._store, "claim", claim.id, action.coder, changes))

    def remove(self, claim: Claim) -> None:
        """Take away one's own claim, with one's own evidence for and against it and memos on it.

        Raises:
            RefusedError: it is another coder's, no longer stands, or somebody else has built on it.
        """
        with self._store.action("remove claim", claim=claim.id, **self._named(claim)) as action:
            rounds.remove(self._store, "claim", self.get(claim.id).id, action.coder)

    def _named(self, claim: Claim) -> dict[str, object]:
        """What a claim is known by in the log, as where it was added."""
        codes = Codes(self._store)
        ends = {"source": codes.get(claim.from_code).short, "target": codes.get(claim.to_code).short}
        return {"document": claim.document, **ends}

    def beside(self, claim: Claim) -> list[Claim]:
        """The same coder's other standing claims between the same codes over some of the same words.

        Codes that are merged count as the one that stands for them. In the order of their numbers.
        """
        standing = Codes(self._store).standing()
        ends = standing[claim.from_code], standing[claim.to_code]
        found = self._made(
            "document = ? AND coder = ? AND until IS NULL AND start < ? AND end > ? AND id <> ?",
            (claim.document, claim.coder, claim.end, claim.start, claim.id),
        )
        same = [each for each in found if (standing[each.from_code], standing[each.to_code]) == ends]
        return sorted(same, key=lambda each: each.id)

    def in_round(self, document: Document, coder: str, number: int) -> list[Claim]:
        """A coder's claims of a document as they stood in a round."""
        return self._made(
            f"document = ? AND coder = ? AND {rounds.IN_ROUND}",
            (document.id, Coders(self._store).get(coder).id, number, number),
        )

    def add_evidence(self, claim: Claim, document: str | int | Document, stance: Stance, **place: Any) -> ClaimEvidence:
        """Add a passage that supports, qualifies or contradicts a claim (place: as in `Segments.add`).

        One whose words are the interviewer's alone or nobody's is told to `announce`.

        It belongs to the round that the acting coder is in on the claim's document: what a finished round says of the
        claim stays as it was.
        """
        must_be_words(stance=stance)
        told = {**self._named(claim), "stance": stance}
        with self._store.action("add claim evidence", claim=claim.id, **told) as action:
            claim = self.get(claim.id)
            rounds.must_stand(self._store, "claim", claim.id)
            passage = self._placed(document, place)
            number = Coders(self._store).round_of(claim.document, action.coder)
            said = {"claim": claim.id, "stance": stance, "coder": action.coder, "round": number}
            made = self._insert("claim_evidence", guid=new_guid(), **passage, **said)
            evidence = self._made_evidence("id = ?", (made,))[0]
            self._tell_if_uncounted(f"evidence {evidence.id}", evidence)
            return evidence

    def get_evidence(self, evidence: int) -> ClaimEvidence:
        """The evidence of that id (NotFoundError otherwise, or where it may not be seen)."""
        found = self._made_evidence("id = ?", (evidence,))
        if not found:
            raise NotFoundError(f"there is no evidence {evidence}", remedy="List it: qualcode claim list")
        return found[0]

    def remove_evidence(self, evidence: ClaimEvidence) -> None:
        """Take back one's own evidence, whosever claim it is on.

        Raises:
            RefusedError: it is another coder's, or no longer stands.
        """
        told = {"claim": evidence.claim, "evidence": evidence.id, "document": evidence.document}
        with self._store.action("remove claim evidence", **told) as action:
            rounds.remove(self._store, "claim_evidence", self.get_evidence(evidence.id).id, action.coder)

    def evidence(self, claim: Claim) -> list[ClaimEvidence]:
        """The standing passages that support, qualify or contradict a claim, in the order they were added."""
        return self._made_evidence("claim = ? AND until IS NULL", (claim.id,))

    def evidence_by_ids(self, ids: Iterable[int]) -> list[ClaimEvidence]:
        """The passages of these ids that support, qualify or contradict claims, in order of document and place."""
        wanted = list(ids)
        found: list[ClaimEvidence] = []
        for first in range(0, len(wanted), 500):
            some = wanted[first : first + 500]
            found += self._made_evidence(f"id IN ({', '.join('?' * len(some))})", some)
        return sorted(found, key=lambda each: (each.document, each.start, each.end, each.id))

    def evidence_in_round(self, document: Document, coder: str, number: int) -> list[ClaimEvidence]:
        """The passages a coder had added to the claims of a document as they stood in a round of that coder's."""
        return self._made_evidence(
            f"claim IN (SELECT id FROM claim WHERE document = ?) AND coder = ? AND {rounds.IN_ROUND}",
            (document.id, Coders(self._store).get(coder).id, number, number),
        )

    def _made_evidence(self, condition: str, parameters: Sequence[Any]) -> list[ClaimEvidence]:
        rows = self._store.rows(
            "SELECT id, claim, document, text, start, end, stance, coder FROM claim_evidence "
            f"WHERE {condition} AND {coding_seen(self._store, 'claim_evidence')} ORDER BY id",
            parameters,
        )
        return [ClaimEvidence(*row) for row in rows]
