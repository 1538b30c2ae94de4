"""How far a coder has come: what they have read, and what stands in each document."""

from collections.abc import Mapping
from dataclasses import dataclass

from qualcode.model import Document
from qualcode.project.actions import Store
from qualcode.project.visibility import memo_seen
from qualcode.spans import unite


@dataclass(frozen=True, slots=True)
class ReadMark:
    """A passage that was read, half-open code points; `is_empty`: and nothing is to be coded in it."""

    start: int
    end: int
    is_empty: bool


@dataclass(frozen=True, slots=True)
class DocumentProgress:
    """One coder's work on one document.

    Attributes:
        read: code points read (marked so, coded, or claimed in).
        passages, claims: the coder's own, as they stand.
        unsure: how many of both are.
        memos: on the document and on passages and claims in it, everybody's that may be seen.
        finished: number of the last round finished, 0 before.
    """

    read: int
    passages: int
    unsure: int
    claims: int
    memos: int
    finished: int


NOT_BEGUN = DocumentProgress(0, 0, 0, 0, 0, 0)


class Progress:
    """What the acting coder has read and done; `project.progress`."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def marks(self, document: Document) -> list[ReadMark]:
        """What the acting coder has marked as read in a document, by place."""
        rows = self._store.rows(
            "SELECT start, end, kind FROM read_mark WHERE document = ? AND coder = ? ORDER BY start, end",
            (document.id, self._store.viewer),
        )
        return [ReadMark(start, end, kind == "nothing here") for start, end, kind in rows]

    def by_document(self) -> Mapping[int, DocumentProgress]:
        """Document's id -> how far the acting coder has come; documents not begun are left out."""
        viewer = self._store.viewer
        read = self._read(viewer)
        passages = self._counts(
            "SELECT document, count(*), count(unsure) FROM segment WHERE coder = ? AND until IS NULL GROUP BY document"
        )
        claims = self._counts(
            "SELECT document, count(*), count(unsure) FROM claim WHERE coder = ? AND until IS NULL GROUP BY document"
        )
        finished = self._counts(
            "SELECT document, max(number) FROM round WHERE coder = ? AND state = 'finished' GROUP BY document"
        )
        memos = self._memos()
        return {
            each: DocumentProgress(
                read=read.get(each, 0),
                passages=passages.get(each, (0, 0))[0],
                unsure=passages.get(each, (0, 0))[1] + claims.get(each, (0, 0))[1],
                claims=claims.get(each, (0, 0))[0],
                memos=memos.get(each, 0),
                finished=finished.get(each, (0,))[0],
            )
            for each in sorted({*read, *passages, *claims, *finished, *memos})
        }

    def codes_used(self) -> set[int]:
        """Ids of the codes that stand in a passage or at either end of a claim of the acting coder's."""
        viewer = self._store.viewer
        found = self._store.rows(
            "SELECT id FROM code WHERE EXISTS "
            "(SELECT 1 FROM segment WHERE segment.code = code.id AND segment.coder = ? AND until IS NULL) "
            "UNION SELECT from_code FROM claim WHERE coder = ? AND until IS NULL "
            "UNION SELECT to_code FROM claim WHERE coder = ? AND until IS NULL",
            (viewer, viewer, viewer),
        )
        return {code for (code,) in found}

    def _counts(self, sql: str) -> dict[int, tuple[int, ...]]:
        return {row[0]: tuple(row[1:]) for row in self._store.rows(sql, (self._store.viewer,))}

    def _read(self, viewer: int) -> dict[int, int]:
        """Code points in the union of read marks, coded passages and claims, by document."""
        spans: dict[int, list[tuple[int, int]]] = {}
        for document, start, end in self._store.rows(
            "SELECT document, start, end FROM read_mark WHERE coder = ? UNION ALL "
            "SELECT document, start, end FROM segment WHERE coder = ? AND until IS NULL UNION ALL "
            "SELECT document, start, end FROM claim WHERE coder = ? AND until IS NULL",
            (viewer, viewer, viewer),
        ):
            spans.setdefault(document, []).append((start, end))
        return {document: sum(end - start for start, end in unite(found)) for document, found in spans.items()}

    def _memos(self) -> dict[int, int]:
        about = "coalesce(memo.document, segment.document, claim.document)"
        rows = self._store.rows(
            f"SELECT {about}, count(*) FROM memo LEFT JOIN segment ON segment.id = memo.segment "
            f"LEFT JOIN claim ON claim.id = memo.claim WHERE {about} IS NOT NULL AND {memo_seen(self._store)} "
            "GROUP BY 1"
        )
        return dict(rows)
