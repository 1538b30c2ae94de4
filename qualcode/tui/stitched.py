"""`Stitched`: passages of many documents as one page to be read and coded. No Textual in here.

A page's body is put together from the passages, each with its citation, and the question before it. Whatever is done
to words of the page is done to the words of their document: `real` tells which.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from operator import attrgetter

from qualcode import spans
from qualcode.errors import RefusedError
from qualcode.model import Answer, Claim, Document, Hit, Memo, Segment, Turn
from qualcode.project import Project
from qualcode.tui.desk import Frame, Page, Stripe, Whose
from qualcode.tui.passages import Passages
from qualcode.tui.retrieved import Passage

MOST = 1_000
"""Passages that are put on one page: some five hours of reading."""

_ASKED = "?"
"""The label under which questions stand; it is not drawn."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a passage stands on the page, and where in its document."""

    start: int
    end: int
    document: Document
    at: int

    @property
    def until(self) -> int:
        """Where it ends in its document."""
        return self.at + self.end - self.start


def united(passages: Sequence[Passage]) -> list[Hit]:
    """The passages in the order given, those of one document that touch or overlap as one, where the first stands.

    So nothing is read twice, though it is coded twice.
    """
    found: dict[tuple[int, int], None] = {}
    one: dict[int, list[spans.Span]] = {}
    by_document = sorted(passages, key=attrgetter("document"))
    for document, some in groupby(by_document, key=attrgetter("document")):
        one[document] = spans.unite((each.start, each.end) for each in some)
    hits = []
    for each in passages:
        place = bisect_right(one[each.document], each.start, key=lambda span: span[0]) - 1
        start, end = one[each.document][place]
        if (each.document, start) not in found:
            found[each.document, start] = None
            hits.append(Hit(each.document, each.text, start, end))
    return hits


class Stitched(Page):
    """A page made of passages. `document` is that of the first; `real` says which one words are of."""

    def __init__(self, project: Project, frame: Frame, hits: Sequence[Hit], whose: Whose = "mine") -> None:
        self.project = project
        self.frame = frame
        self.whose = whose
        self.hits = hits
        documents = {document.id: document for document in project.documents.all()}
        self.document = documents[hits[0].document]
        self.asking = frozenset({_ASKED})
        self.line_starts = array("I")
        self.pieces: list[Piece] = []
        self._put_together(documents)
        self._starts = [piece.start for piece in self.pieces]
        self._ends = [piece.end for piece in self.pieces]
        self.recode()

    def _put_together(self, documents: dict[int, Document]) -> None:
        words: list[str] = []
        turns, answers, reached = [], [], 0
        for hit, quotation in zip(self.hits, self.project.quotations(self.hits), strict=True):
            asked = f"{quotation.before}\n" if quotation.before else ""
            head = f"{quotation.citation} {quotation.document}{f' ¶{quotation.answer}' if quotation.answer else ''}\n"
            start = reached + len(asked) + len(head)
            end = start + len(quotation.words)
            turns.append(Turn(reached, reached + len(head), reached + len(head), quotation.citation))
            if asked:
                turns.append(Turn(reached + len(head), start, start, _ASKED))
            turns.append(Turn(start, end + 1, start, ""))
            answers.append(Answer(quotation.answer, start, end, (reached + len(head), start) if asked else None))
            self.pieces.append(Piece(start, end, documents[hit.document], hit.start))
            words += [head, asked, quotation.words, "\n\n"]
            reached = end + 2
        self.body = "".join(words)
        self.turns, self.answers = tuple(turns), tuple(answers)

    def as_read(self, answer: Answer) -> tuple[int, int]:
        """The answer: its question stands here as a line of the page."""
        return answer.start, answer.end

    def recode(self) -> None:
        """Read the coding anew."""
        self.memos: list[Memo] = []
        self.marks = []
        self._empty = frozenset()
        viewer = self.project.store.viewer
        layer = self.project.coders.layer()
        found: dict[int, Passages[Stripe]] = {}
        stripes = []
        for piece in self.pieces:
            number = piece.document.id
            if number not in found:
                shown = viewer if self.whose == "mine" else layer[number] if self.whose == "the layer's" else None
                found[number] = Passages(self._stripes_of(piece.document, viewer, shown))
            there = found[number]
            shift = piece.start - piece.at
            for index in there.overlapping(piece.at, piece.until):
                each = there.items[index]
                start, end = max(each.start, piece.at) + shift, min(each.end, piece.until) + shift
                stripes.append(replace(each, start=start, end=end))
        self.stripes = Passages(stripes)
        self.__dict__.pop("counts", None)

    def _stripes_of(self, document: Document, viewer: int, shown: int | None) -> list[Stripe]:
        memos = self.project.memos.of(document)
        noted = {(memo.claim is not None, memo.claim or memo.segment) for memo in memos}
        items: list[Segment | Claim] = [*self.project.segments.of(document)]
        items += self.project.claims.find(document=document.name)
        return [self._stripe(each, viewer, noted) for each in items if shown is None or each.coder == shown]

    def real(self, span: tuple[int, int]) -> tuple[Document, tuple[int, int]]:
        """The document, and the place in it, of words of this page.

        Raises:
            RefusedError: they are of two passages, or are a question or a citation between them.
        """
        start, end = span
        piece = self.pieces[max(0, bisect_right(self._starts, start) - 1)]
        if not piece.start <= start < end <= piece.end:
            is_two = any(each.start < end and each.end > start for each in self.pieces)
            raise RefusedError(
                "the selection goes beyond one passage" if is_two else "this is a question or a citation",
                remedy="Select words of one passage." if is_two else "Go to the words of a passage.",
            )
        shift = piece.at - piece.start
        return piece.document, (start + shift, end + shift)

    def at(self, place: int) -> Document:
        """The document that a place of the page is of."""
        return self.piece_at(place).document

    def piece_at(self, place: int) -> Piece:
        """The passage that a place of the page is of: its citation and question stand above it."""
        return self.pieces[min(bisect_left(self._ends, place), len(self.pieces) - 1)]
