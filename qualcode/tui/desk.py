"""What lies on the desk: one document opened for coding, with what is coded in it. No Textual in here."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from qualcode.lines import line_starts
from qualcode.model import Answer, Claim, Code, Document, Memo, Segment, Turn
from qualcode.project import Project
from qualcode.project.asking import speakers_in
from qualcode.project.progress import ReadMark
from qualcode.tui.passages import Passages

Whose = Literal["mine", "everybody's", "the layer's"]
"""Whose coding is shown."""

_SIGNS = {"raises": "↑", "lowers": "↓", "no effect": "=", "mixed": "±"}


@dataclass(frozen=True, slots=True)
class Stripe:
    """A coded passage or a claim as it is drawn beside the text.

    Attributes:
        item: the segment or claim.
        label: short code, or "M2a→P3↑" (`=` no effect, `±` mixed).
        name: the code's full name, or both names.
        colour, position: of the code's branch: its own colour ("" = none), and the branch's place in the codebook.
        signs: ~ unsure, − negative case, * exemplar, ✎ memo.
        is_own: made by the one who looks.
    """

    item: Segment | Claim
    start: int
    end: int
    label: str
    name: str
    colour: str
    position: int
    signs: str
    is_own: bool

    @property
    def id(self) -> int:
        """Id of the segment or claim."""
        return self.item.id

    @property
    def is_claim(self) -> bool:
        """Whether it says that one thing leads to another."""
        return isinstance(self.item, Claim)

    @property
    def codes(self) -> tuple[int, ...]:
        """Ids of the codes in it: of a claim, both ends."""
        return (self.item.from_code, self.item.to_code) if isinstance(self.item, Claim) else (self.item.code,)


@dataclass(frozen=True, slots=True)
class Branch:
    """A code's place in the codebook as drawn: colour of its branch, and which branch it is."""

    colour: str
    position: int


class Frame:
    """The codebook as the screen needs it: codes by id, each with its branch; read anew when it changed."""

    def __init__(self, project: Project) -> None:
        every = project.codes.all(retired=True)
        self.codes: list[Code] = [code for code in every if code.status == "live"]
        self.by_id: dict[int, Code] = {code.id: code for code in every}
        self.standing: dict[int, int] = project.codes.standing()
        self.branches: dict[int, Branch] = {}
        tops = 0
        for code in every:
            above = self.branches.get(code.parent) if code.parent is not None else None
            if above is None:
                above, tops = Branch("", tops), tops + 1
            self.branches[code.id] = Branch(code.colour or above.colour, above.position)

    def code(self, code: int) -> Code:
        """The code that stands for this one now."""
        return self.by_id[self.standing[code]]

    def branch(self, code: int) -> Branch:
        """The branch of the code that stands for this one now."""
        return self.branches[self.standing[code]]


class Page:
    """One document, opened. Positions are code points of its current text.

    Attributes:
        document, body, turns, answers: as the project has them.
        asking: labels of the interviewers.
        line_starts: where each citable line begins.
        stripes: what is coded and claimed, as `whose` tells.
        memos: on the document as a whole.
        marks: what the one who looks has read.
    """

    def __init__(self, project: Project, frame: Frame, document: Document, whose: Whose = "mine") -> None:
        self.project = project
        self.frame = frame
        self.document = document
        self.whose = whose
        self.body: str = project.documents.body(document)
        self.turns: tuple[Turn, ...] = project.documents.turns(document)
        self.asking = project.documents.interviewers(document)
        self.answers: tuple[Answer, ...] = project.documents.answers(document)
        self.line_starts = line_starts(self.body)
        self.stripes: Passages[Stripe] = Passages([])
        self._told: tuple[Frame, int, set[tuple[bool, int | None]]] | None = None
        self.memos: list[Memo]
        self.marks: list[ReadMark]
        self._empty: frozenset[int] = frozenset()
        self.recode()

    def recode(self) -> None:
        """Read the coding anew."""
        memos = self.project.memos.of(self.document)
        self.memos = [memo for memo in memos if memo.document is not None]
        self.marks = self.project.progress.marks(self.document)
        self._empty = self._emptied()
        noted = {(memo.claim is not None, memo.claim or memo.segment) for memo in memos}
        viewer = self.project.store.viewer
        items: list[Segment | Claim] = [*self.project.segments.of(self.document)]
        items += self.project.claims.find(document=self.document.name)
        shown = self._shown(viewer)
        known = self._known(viewer, noted)
        self.stripes = Passages(
            [
                known.get(each) or self._stripe(each, viewer, noted)
                for each in items
                if shown is None or each.coder == shown
            ]
        )
        self.__dict__.pop("counts", None)

    def _known(self, viewer: int, noted: set[tuple[bool, int | None]]) -> Mapping[Segment | Claim, Stripe]:
        """The stripes as they were made before, where nothing is another that they tell besides their passages."""
        told_before, self._told = self._told, (self.frame, viewer, noted)
        return {each.item: each for each in self.stripes.items} if told_before == self._told else {}

    def _shown(self, viewer: int) -> int | None:
        """Id of the coder whose coding is shown, None for all."""
        if self.whose == "mine":
            return viewer
        return self.project.coders.layer()[self.document.id] if self.whose == "the layer's" else None

    def _stripe(self, item: Segment | Claim, viewer: int, noted: set[tuple[bool, int | None]]) -> Stripe:
        if isinstance(item, Claim):
            source, target = self.frame.code(item.from_code), self.frame.code(item.to_code)
            label = f"{source.short}→{target.short}{_SIGNS[item.direction]}"
            name, branch = f"{source.name} → {target.name}: {item.direction}", self.frame.branch(item.from_code)
            signs = "~" * (item.unsure is not None)
        else:
            code, branch = self.frame.code(item.code), self.frame.branch(item.code)
            label, name = code.short, code.name
            signs = "~" * (item.unsure is not None) + "−" * item.negative + "*" * item.exemplar
        signs += "✎" * ((isinstance(item, Claim), item.id) in noted)
        return Stripe(
            item, item.start, item.end, label, name, branch.colour, branch.position, signs, item.coder == viewer
        )

    def real(self, span: tuple[int, int]) -> tuple[Document, tuple[int, int]]:
        """The document and the place in it that a span of this page is: here, the same."""
        return self.document, span

    def at(self, _place: int) -> Document:
        """The document that a place of this page is of."""
        return self.document

    def turns_between(self, start: int, end: int) -> Sequence[Turn]:
        """The turns that share a code point with `[start, end)`."""
        first = bisect_right(self.turns, start, key=lambda turn: turn.end)
        last = bisect_left(self.turns, end, key=lambda turn: turn.start)
        return self.turns[first:last]

    @cached_property
    def sentences(self) -> Sequence[tuple[int, int]]:
        """Every sentence that is spoken, labels left out; of a text without turns, every sentence."""
        from qualcode.sentences import sentences

        speeches = self.speeches or [(0, len(self.body))]
        return [
            (start + left, start + right) for start, end in speeches for left, right in sentences(self.body[start:end])
        ]

    @cached_property
    def told_sentences(self) -> Sequence[tuple[int, int]]:
        """The sentences of those who do not ask; where nobody else speaks, all."""
        asked = {turn.speech for turn in self.turns if turn.speaker in self.asking}
        starts = sorted(asked)
        ends = [turn.end for turn in self.turns if turn.speech in asked]
        told = [each for each in self.sentences if not _is_within(each[0], starts, ends)]
        return told or self.sentences

    def sentence_at(self, at: int) -> tuple[int, int] | None:
        """The sentence at a place; on a speaker's label, or between two sentences, the one that follows."""
        return _at_or_after(self.sentences, at)

    def answer_at(self, at: int) -> tuple[int, int] | None:
        """The answer at a place; on a speaker's label the one it begins, in a question the one to it."""
        return _at_or_after(self.answer_spans, at)

    def speech_at(self, at: int) -> tuple[int, int] | None:
        """The turn at a place, without its label; on a label the one it begins."""
        return _at_or_after(self.speeches, at)

    def sentence_after(self, span: tuple[int, int]) -> tuple[int, int] | None:
        """The sentence that follows a passage; in an answer the next of that answer, the interviewer passed over.

        None where there is none: the answer ends with the passage.
        """
        answer = next((each for each in self.answer_spans if each[0] < span[1] <= each[1]), None)
        first = bisect_left(self.sentences, span[1], key=lambda sentence: sentence[0])
        for start, end in self.sentences[first:]:
            if answer is None or (start < answer[1] and not self.is_asked(start)):
                return start, end
            if start >= answer[1]:
                return None
        return None

    def is_coded(self, span: tuple[int, int]) -> bool:
        """Whether the one who looks has coded or claimed anything in a passage."""
        return any(self.stripes.items[index].is_own for index in self.stripes.overlapping(*span))

    def as_read(self, answer: Answer) -> tuple[int, int]:
        """What one has read when one has read an answer: all since the one before; with the last, the rest too."""
        before = [each.end for each in self.answers if each.end <= answer.start]
        return max(before, default=0), len(self.body) if answer == self.answers[-1] else answer.end

    @property
    def empty(self) -> frozenset[int]:
        """Numbers of the answers that were read, and in which nothing is to be coded."""
        return self._empty

    def is_empty(self, answer: Answer) -> bool:
        """Whether it was read, and nothing is to be coded in it."""
        return answer.number in self._empty

    def _emptied(self) -> frozenset[int]:
        """Numbers of the answers that were marked as read with nothing in them."""
        found: set[int] = set()
        for mark in self.marks:
            if mark.is_empty:
                first = bisect_left(self.answers, mark.start, key=lambda answer: answer.end - 1)
                last = bisect_left(self.answers, mark.end, key=lambda answer: answer.start)
                found.update(answer.number for answer in self.answers[first:last])
        return frozenset(found)

    def is_asked(self, at: int) -> bool:
        """Whether the interviewer speaks at a place."""
        return any(turn.speaker in self.asking for turn in self.turns_between(at, at + 1))

    def speakers_in(self, span: tuple[int, int]) -> list[str]:
        """Labels of those who speak in a passage and do not ask."""
        return speakers_in(self.turns, self.asking, *span)

    @cached_property
    def speeches(self) -> Sequence[tuple[int, int]]:
        """Every turn's words without its label."""
        return [(turn.speech, turn.end) for turn in self.turns if turn.speech < turn.end]

    @cached_property
    def answer_spans(self) -> Sequence[tuple[int, int]]:
        """Every answer, from first word to last."""
        return [(answer.start, answer.end) for answer in self.answers]

    @cached_property
    def counts(self) -> Mapping[int, int]:
        """Passages shown of each code (by the code that stands for it now)."""
        found: dict[int, int] = {}
        for stripe in self.stripes.items:
            if isinstance(stripe.item, Segment):
                code = self.frame.standing[stripe.item.code]
                found[code] = found.get(code, 0) + 1
        return found


def _is_within(at: int, starts: Sequence[int], ends: Sequence[int]) -> bool:
    """Whether a place lies in one of some spans, which are in order and do not overlap."""
    index = bisect_right(starts, at) - 1
    return index >= 0 and at < ends[index]


def _at_or_after(spans: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The span that holds a place, else the first after it; spans are in order and do not overlap."""
    index = bisect_right(spans, at, key=lambda span: span[1])
    return spans[index] if index < len(spans) else None
