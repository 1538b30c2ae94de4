"""What coders write down: claims, memos and summaries."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from qualcode.errors import NotFoundError, RefusedError
from qualcode.model import Claim, ClaimEvidence, Direction, Document, Memo, MemoKind, Stance, Summary, SummaryState
from qualcode.project import rounds
from qualcode.project.actions import Store, now
from qualcode.project.cases import NO_WAVE, Waves
from qualcode.project.coders import Coders
from qualcode.project.codes import Codes
from qualcode.project.documents import Documents
from qualcode.project.guids import new_guid
from qualcode.project.segments import Segments
from qualcode.project.visibility import coding_seen, memo_seen, summary_seen
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
        document: str | int,
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
        """Write down a claim.

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
            return self.get(self._insert("claim", guid=guid or new_guid(), coder=action.coder, **said))

    def _ends(self, from_code: str, to_code: str) -> dict[str, int]:
        source, target = (self._usable(short) for short in (from_code, to_code))
        if source == target:
            raise RefusedError(f"a claim leads from one code to another, not from {from_code} to itself")
        return {"from_code": source, "to_code": target}

    def _placed(self, document: str | int, place: dict[str, Any]) -> dict[str, int]:
        """Inside the action: the text in which the place is looked up is the text that is coded."""
        found = Documents(self._store).get(document)
        start, end = Segments(self._store).place(found, **place)
        if not 0 <= start < end <= found.length:
            raise RefusedError(f"a passage from {start} to {end} does not fit a text of {found.length} characters")
        return {"document": found.id, "text": found.text, "start": start, "end": end}

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

    def find(self, *, document: str | None = None, coder: str | None = None) -> list[Claim]:
        """The standing claims, by document and place; of one document or coder if named."""
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
        with self._store.action("change claim", claim=claim.id) as action:
            claim = self.get(claim.id)
            return self.get(rounds.change(self._store, "claim", claim.id, action.coder, changes))

    def remove(self, claim: Claim) -> None:
        """Take away one's own claim, with one's own evidence for and against it and memos on it.

        Raises:
            RefusedError: it is another coder's, no longer stands, or somebody else has built on it.
        """
        with self._store.action("remove claim", claim=claim.id) as action:
            rounds.remove(self._store, "claim", self.get(claim.id).id, action.coder)

    def in_round(self, document: Document, coder: str, number: int) -> list[Claim]:
        """A coder's claims of a document as they stood in a round."""
        return self._made(
            f"document = ? AND coder = ? AND {rounds.IN_ROUND}",
            (document.id, Coders(self._store).get(coder).id, number, number),
        )

    def add_evidence(self, claim: Claim, document: str | int, stance: Stance, **place: Any) -> ClaimEvidence:
        """Add a passage that supports, qualifies or contradicts a claim (place: as in `Segments.add`).

        It belongs to the round that the acting coder is in on the claim's document: what a finished round says of the
        claim stays as it was.
        """
        must_be_words(stance=stance)
        with self._store.action("add claim evidence", claim=claim.id, stance=stance) as action:
            claim = self.get(claim.id)
            rounds.must_stand(self._store, "claim", claim.id)
            passage = self._placed(document, place)
            number = Coders(self._store).round_of(claim.document, action.coder)
            said = {"claim": claim.id, "stance": stance, "coder": action.coder, "round": number}
            made = self._insert("claim_evidence", guid=new_guid(), **passage, **said)
            return self._made_evidence("id = ?", (made,))[0]

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


class Memos:
    """Dated notes on anything; `project.memos`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, body: str, *, kind: MemoKind = "analytic", private: bool = False, **target: int) -> Memo:
        """Write a memo. A new thought is a new entry: entries are not overwritten.

        Args:
            body: the text.
            kind: analytic, theoretical, methodological or reflexive.
            private: only its writer sees it.
            target: at most one of document, segment, claim, code, case, person (ids); none = the project.

        Raises:
            NotFoundError: there is no such segment or claim, or it may not be seen.
        """
        if len(target) > 1 or set(target) - {"document", "segment", "claim", "code", "case", "person"}:
            raise TypeError("a memo is on one document, segment, claim, code, case or person, or on the project")
        must_be_words(kind=kind)
        with self._store.action("add memo", **target) as action:
            if "segment" in target:
                Segments(self._store).get(target["segment"])
            if "claim" in target:
                Claims(self._store).get(target["claim"])
            columns = ("guid", "coder", "at", "kind", "private", "body", *target)
            listed = ", ".join(f'"{column}"' for column in columns)
            made = self._store.connection.execute(
                f"INSERT INTO memo({listed}) VALUES ({', '.join('?' * len(columns))})",
                (new_guid(), action.coder, now(), kind, int(private), body, *target.values()),
            )
        return self.find(id=int(made.lastrowid or 0))[0]

    def find(self, **target: int) -> list[Memo]:
        """The memos that may be seen, oldest first; on one thing if named, e.g. `code=3`."""
        condition = " AND ".join(f'"{column}" = ?' for column in target) or "1"
        rows = self._store.rows(
            'SELECT id, guid, coder, at, kind, private, body, document, segment, claim, code, "case", person FROM memo '
            f"WHERE {condition} AND {memo_seen(self._store)} ORDER BY at, id",
            tuple(target.values()),
        )
        return [Memo(*(*row[:3], datetime.fromisoformat(row[3]), row[4], bool(row[5]), *row[6:])) for row in rows]

    def remove(self, memo: Memo) -> None:
        """Take away one's own memo."""
        with self._store.action("remove memo", memo=memo.id) as action:
            if memo.coder != action.coder:
                raise RefusedError("a memo is removed by the one who wrote it")
            self._store.connection.execute("DELETE FROM memo WHERE id = ?", (memo.id,))


class Summaries:
    """Chart cells of framework analysis; `project.summaries`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def write(
        self,
        body: str,
        code: str,
        *,
        person: int | None = None,
        case: int | None = None,
        wave: str = NO_WAVE,
        segments: Iterable[int] = (),
        state: SummaryState = "charted",
    ) -> Summary:
        """Write the acting coder's summary of one cell (person or case x code x wave), or write it anew.

        Args:
            body: the analyst's sentences.
            code: short name.
            person, case: id of the row it stands in, exactly one.
            wave: name.
            segments: ids of the segments it rests on.
            state: draft, charted, or checked by a second analyst.
        """
        if (person is None) == (case is None):
            raise TypeError("a summary is of one person or of one case")
        must_be_words(state=state)
        with self._store.action("write summary", code=code) as action:
            segments = [Segments(self._store).get(segment).id for segment in dict.fromkeys(segments)]
            code_id, wave_id = Codes(self._store).get(code).id, Waves(self._store).ensure(wave)
            cell = (person, case, code_id, wave_id, action.coder)
            known = self._store.value(
                'SELECT id FROM summary WHERE person IS ? AND "case" IS ? AND code = ? AND wave = ? AND coder = ?', cell
            )
            if known is None:
                made = self._store.connection.execute(
                    'INSERT INTO summary(guid, person, "case", code, wave, coder, body, state) '
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (new_guid(), *cell, body, state),
                )
                known = made.lastrowid
            else:
                self._store.connection.execute(
                    "UPDATE summary SET body = ?, state = ? WHERE id = ?", (body, state, known)
                )
                self._store.connection.execute("DELETE FROM summary_segment WHERE summary = ?", (known,))
            self._store.connection.executemany(
                "INSERT INTO summary_segment(guid, summary, segment) VALUES (?, ?, ?)",
                ((new_guid(), known, segment) for segment in segments),
            )
        return self._made("summary.id = ?", (known,))[0]

    def find(self) -> list[Summary]:
        """Every summary that may be seen, in the order they were first written."""
        return self._made("1", ())

    def _made(self, condition: str, parameters: tuple[Any, ...]) -> list[Summary]:
        rests: dict[int, list[int]] = {}
        links = "SELECT summary, segment FROM summary_segment JOIN summary ON summary.id = summary"
        for summary, segment in self._store.rows(f"{links} WHERE {condition} ORDER BY segment", parameters):
            rests.setdefault(summary, []).append(segment)
        rows = self._store.rows(
            'SELECT summary.id, summary.guid, person, "case", code, wave.name, coder, body, state FROM summary '
            f"JOIN wave ON wave.id = summary.wave WHERE {condition} AND {summary_seen(self._store)} "
            "ORDER BY summary.id",
            parameters,
        )
        return [Summary(*(*row, tuple(rests.get(row[0], ())))) for row in rows]

    def remove(self, summary: Summary) -> None:
        """Take away one's own summary."""
        with self._store.action("remove summary", summary=summary.id) as action:
            if summary.coder != action.coder:
                raise RefusedError("a summary is removed by the one who wrote it")
            self._store.connection.execute("DELETE FROM summary_segment WHERE summary = ?", (summary.id,))
            self._store.connection.execute("DELETE FROM summary WHERE id = ?", (summary.id,))
