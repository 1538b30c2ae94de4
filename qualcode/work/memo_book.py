"""The memo book: all memos in one, by month or by code, each with what it is on."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Literal, Self

from qualcode.model import Memo
from qualcode.project import Project

Order = Literal["date", "code"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One memo as it is printed.

    Attributes:
        headline: when, by whom, of what kind.
        about: what it is on.
        quoted: the words it is on with their citation, or "".
        words: the memo's own.
    """

    headline: str
    about: str
    quoted: str
    words: str


@dataclass(frozen=True, slots=True)
class MemoBook:
    """Memos under headings."""

    title: str
    sections: tuple[tuple[str, tuple[Entry, ...]], ...]

    @property
    def count(self) -> int:
        """How many memos; one on two codes stands under both and counts once."""
        return len({entry for _, entries in self.sections for entry in entries})


def memo_book(project: Project, order: Order = "date", *, private: bool = False) -> MemoBook:
    """Put the memos that may be seen into one book.

    Args:
        project: open.
        order: by month, or by code (memos on a passage or claim stand under its codes).
        private: one's own private memos, too.
    """
    memos = [memo for memo in project.memos.find() if private or not memo.private]
    keyed = _by_code(project, memos) if order == "code" else [((memo.at.year, memo.at.month), memo) for memo in memos]
    about = About(project, memos)
    names = {code.id: f"{code.short} {code.name}" for code in project.codes.all(retired=True)}
    sections = []
    for key, some in groupby(sorted(keyed, key=itemgetter(0)), key=itemgetter(0)):
        entries = tuple(about.entry(memo) for _, memo in some)
        name = f"{entries[0].headline.split()[1]} {key[0]}" if order == "date" else names.get(key[1], "On no code")
        sections.append((name, entries))
    return MemoBook("Memo book", tuple(sections))


def _by_code(project: Project, memos: Sequence[Memo]) -> list[tuple[tuple[int, int], Memo]]:
    """((place in the codebook, code), memo); what is on no code comes last."""
    standing = project.codes.standing()
    place = {code.id: number for number, code in enumerate(project.codes.all(retired=True))}
    places = project.memos.places(memos)
    found = []
    for memo in memos:
        codes = {standing[code] for code in places[memo.id].codes} or {0}
        found += [((place.get(code, len(place)), code), memo) for code in codes]
    return found


class About:
    """What memos are on, in words, looked up once for many."""

    def __init__(self, project: Project, memos: Sequence[Memo]) -> None:
        self._project = project
        self._coders = {coder.id: coder.short for coder in project.coders.all()}
        self._codes = {code.id: code for code in project.codes.all(retired=True)}
        self._documents = {document.id: document.name for document in project.documents.all()}
        self._people = {person.id: person.name for person in project.people.all()}
        self._cases = {case.id: case.name for case in project.cases.all()}
        self._segments = {each.id: each for each in project.segments.by_ids(m.segment for m in memos if m.segment)}
        self._claims = {each.id: each for each in project.claims.by_ids(m.claim for m in memos if m.claim)}

    def beside(self, project: Project) -> Self:
        """The same, reading further from another connection to the same project."""
        other = copy(self)
        other._project = project  # noqa: SLF001 (its own copy)
        return other

    def told(self, memo: Memo) -> str:
        """What it is on, in a few words."""
        if memo.segment is not None:
            segment = self._segments[memo.segment]
            return f"{self._codes[segment.code].short} in {self._documents[segment.document]}"
        if memo.claim is not None:
            claim = self._claims[memo.claim]
            ends = self._codes[claim.from_code].short, self._codes[claim.to_code].short
            return f"claim {ends[0]} → {ends[1]} in {self._documents[claim.document]}"
        if memo.code is not None:
            return f"{self._codes[memo.code].short} {self._codes[memo.code].name}"
        if memo.document is not None:
            return self._documents[memo.document]
        if memo.person is not None:
            return self._people[memo.person]
        return self._cases[memo.case] if memo.case is not None else "the project"

    def headline(self, memo: Memo) -> str:
        """When, by whom, of what kind."""
        private = ", private" if memo.private else ""
        return f"{memo.at:%d %B %Y, %H:%M} UTC · {self._coders[memo.coder]} · {memo.kind}{private}"

    def quoted(self, memo: Memo) -> str:
        """The words it is on with their citation; "" where it is on no words."""
        passage = self._segments.get(memo.segment or 0) or self._claims.get(memo.claim or 0)
        if passage is None:
            return ""
        (quotation,) = self._project.quotations([passage])
        return f"“{quotation.whole}” {quotation.citation}"

    def entry(self, memo: Memo) -> Entry:
        """The memo as it is printed."""
        return Entry(self.headline(memo), self.told(memo), self.quoted(memo), memo.body)
