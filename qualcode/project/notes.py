"""What coders write: memos and summaries."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from qualcode.errors import NotFoundError, RefusedError
from qualcode.model import Document, Memo, MemoKind, Summary, SummaryState
from qualcode.project import charting
from qualcode.project.actions import Store, now
from qualcode.project.cases import NO_WAVE, Waves
from qualcode.project.claims import Claims
from qualcode.project.coders import Coders
from qualcode.project.codes import Codes
from qualcode.project.documents import Documents
from qualcode.project.guids import new_guid
from qualcode.project.segments import Segments
from qualcode.project.visibility import memo_seen, summary_seen
from qualcode.project.wording import must_be_words


@dataclass(frozen=True, slots=True)
class MemoFilter:
    """Which memos are wanted; all named fields must hold, of one field any value.

    Attributes:
        kinds, coders: of the memo.
        codes: short names: on one of these codes or what is below it, or on a passage or claim coded so.
        documents: names: on the document, or on a passage or claim in it.
        words: they occur in it, whatever their case.
        private: only those nobody else sees.
    """

    kinds: tuple[str, ...] = ()
    coders: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    words: str = ""
    private: bool = False


class Memos:
    """Dated notes on anything; `project.memos`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, body: str, *, kind: MemoKind = "analytic", private: bool = False, **target: int) -> Memo:
        """Write a memo. A new thought is best a new entry, with its own date.

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
        return self._made(" AND ".join(f'"{column}" = ?' for column in target) or "1", tuple(target.values()))

    def count(self) -> int:
        """How many memos may be seen."""
        return int(self._store.value(f"SELECT count(*) FROM memo WHERE {memo_seen(self._store)}"))

    def _made(self, condition: str, parameters: tuple[Any, ...]) -> list[Memo]:
        rows = self._store.rows(
            'SELECT id, guid, coder, at, kind, private, body, document, segment, claim, code, "case", person FROM memo '
            f"WHERE {condition} AND {memo_seen(self._store)} ORDER BY at, id",
            parameters,
        )
        return [Memo(*(*row[:3], datetime.fromisoformat(row[3]), row[4], bool(row[5]), *row[6:])) for row in rows]

    def of(self, document: Document) -> list[Memo]:
        """The memos that may be seen on a document and on what is coded and claimed in it, oldest first."""
        passages = " OR ".join(f"{each} IN (SELECT id FROM {each} WHERE document = ?)" for each in ("segment", "claim"))
        return self._made(f"(document = ? OR {passages})", (document.id,) * 3)

    def choose(self, wanted: MemoFilter) -> list[Memo]:
        """The memos that fit and may be seen, oldest first.

        Raises:
            NotFoundError: a code, coder or document is named that is not there.
        """
        found = [memo for memo in self.find() if not wanted.kinds or memo.kind in wanted.kinds]
        if wanted.coders:
            coders = {Coders(self._store).get(short).id for short in wanted.coders}
            found = [memo for memo in found if memo.coder in coders]
        if wanted.codes:
            codes = Codes(self._store)
            branch = {each for short in wanted.codes for each in codes.branch(codes.get(short))}
            found = [memo for memo, place in self._placed(found) if place.codes & branch]
        if wanted.documents:
            named = {Documents(self._store).get(name).id for name in wanted.documents}
            found = [memo for memo, place in self._placed(found) if place.document in named]
        sought = wanted.words.casefold()
        return [memo for memo in found if sought in memo.body.casefold() and (memo.private or not wanted.private)]

    def _placed(self, memos: list[Memo]) -> list[tuple[Memo, "MemoPlace"]]:
        places = self.places(memos)
        return [(memo, places[memo.id]) for memo in memos]

    def places(self, memos: Iterable[Memo]) -> dict[int, "MemoPlace"]:
        """Id of each memo -> where what it is on stands."""
        memos = list(memos)
        segments = {each.id: each for each in Segments(self._store).by_ids(m.segment for m in memos if m.segment)}
        claims = {each.id: each for each in Claims(self._store).by_ids(m.claim for m in memos if m.claim)}
        found = {}
        for memo in memos:
            segment, claim = segments.get(memo.segment or 0), claims.get(memo.claim or 0)
            if segment is not None:
                found[memo.id] = MemoPlace(segment.document, segment.start, frozenset({segment.code}))
            elif claim is not None:
                found[memo.id] = MemoPlace(claim.document, claim.start, frozenset({claim.from_code, claim.to_code}))
            else:
                found[memo.id] = MemoPlace(memo.document, None, frozenset({memo.code} if memo.code else ()))
        return found

    def get(self, memo: int) -> Memo:
        """The memo of that id (NotFoundError otherwise, or where it may not be seen)."""
        found = self.find(id=memo)
        if not found:
            raise NotFoundError(f"there is no memo {memo}", remedy="List them: qualcode memo list")
        return found[0]

    def change(
        self, memo: Memo, *, body: str | None = None, kind: MemoKind | None = None, private: bool | None = None
    ) -> Memo:
        """Change the words or the kind of one's own memo, or who sees it; its date stays that of the first writing.

        Raises:
            RefusedError: another coder wrote it, or there is no such kind.
        """
        said = {"body": body, "kind": kind, "private": None if private is None else int(private)}
        changes = {column: value for column, value in said.items() if value is not None}
        must_be_words(**changes)
        with self._store.action("change memo", memo=memo.id) as action:
            self._must_be_own(memo, action.coder, "changed")
            for column, value in changes.items():
                self._store.connection.execute(f"UPDATE memo SET {column} = ? WHERE id = ?", (value, memo.id))
        return self.get(memo.id)

    def _must_be_own(self, memo: Memo, coder: int, done: str) -> None:
        if memo.coder != coder:
            raise RefusedError(f"a memo is {done} by the one who wrote it")

    def remove(self, memo: Memo) -> None:
        """Take away one's own memo."""
        with self._store.action("remove memo", memo=memo.id) as action:
            self._must_be_own(memo, action.coder, "removed")
            self._store.connection.execute("DELETE FROM memo WHERE id = ?", (memo.id,))


@dataclass(frozen=True, slots=True)
class MemoPlace:
    """Where what a memo is on stands.

    Attributes:
        document: id, None where it is on no document and nothing in one.
        start: of the passage, in code points.
        codes: ids of the codes it is on, or that are on its passage.
    """

    document: int | None
    start: int | None
    codes: frozenset[int]


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
            state: draft, charted, or checked by a second analyst; or that it was not asked, or asked and nothing said.
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

    def check(self, summary: Summary) -> Summary:
        """Say that one has read another's summary against its segments, as the second analyst, and agrees.

        Raises:
            RefusedError: it is one's own, or no charted summary.
        """
        with self._store.action("check summary", summary=summary.id) as action:
            found = self.get(summary.id)
            if found.coder == action.coder:
                raise RefusedError("a summary is checked by somebody else than its writer")
            if found.state not in ("charted", "checked"):
                raise RefusedError(f"there is nothing to check: this cell is {found.state!r}, not charted")
            self._store.connection.execute("UPDATE summary SET state = 'checked' WHERE id = ?", (found.id,))
        return self.get(summary.id)

    def get(self, summary: int) -> Summary:
        """The summary of that id (NotFoundError otherwise, or where it may not be seen)."""
        found = self._made("summary.id = ?", (summary,))
        if not found:
            raise NotFoundError(f"there is no summary {summary}", remedy="List them: qualcode summary list")
        return found[0]

    def find(self) -> list[Summary]:
        """Every summary that may be seen, in the order they were first written."""
        return self._made("1", ())

    def written(self) -> dict[int, charting.Written]:
        """By id of a summary: when it was written as it stands, and how many of its segments have changed since."""
        return charting.written(self._store)

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
