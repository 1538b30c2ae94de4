"""The pinned quotes by code: what a paper prints, or "none chosen"."""

from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.analysis import said
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Scope
from qualcode.analysis.pinned import Pinned, pinned_quotes
from qualcode.analysis.pins import NONE_CHOSEN, NOT_SHOWN
from qualcode.model import EditedQuote, Quotation, Segment
from qualcode.project import Project
from qualcode.table import NOTHING, Evidence, Heading, Table

_EDITED = (
    "Edited quotes: [...] stands for words cut, [ ] holds the analyst's words, fillers are cut; each was held against "
    "its passage, word by word."
)
_COLUMNS = (Heading("quote", "Quote"), Heading("citation", "Citation"))


def quotes(project: Project, *, scope: Scope | None = None) -> Table:
    """The pinned quotes by code, in the tree's order, as edited where an analyst has, with their citations.

    A code with several pinned quotes has a row for each; one without says so. No quote is picked by machine.

    Args:
        project: the study; `project.cited("publication")` for print.
        scope: which part of the study, and whose coding.

    Raises:
        NotFoundError: the scope names a role, wave, case, code or coder that is not there.
    """
    corpus = Corpus(project, scope)
    pinned = pinned_quotes(corpus)
    lines = {line.head.key: line for line in _lines(corpus, pinned)}
    values = [line.printed for line in lines.values()]

    def opens(row: str, _column: str) -> Evidence:
        segment = lines[row].segment
        return NOTHING if segment is None else Evidence("segment", (segment.id,))

    def reads(evidence: Evidence) -> tuple[Quotation, ...]:
        return project.quotations(project.segments.by_ids(evidence.ids))

    heads = tuple(line.head for line in lines.values())
    notes = tuple(_notes(corpus, pinned, list(lines.values())))
    return Table("quotes", "Pinned quotes by code", "Code", heads, _COLUMNS, values, notes, {}, opens, reads)


@dataclass(frozen=True, slots=True)
class _Line:
    """A row: its head, and the quote that stands in it, if one was chosen."""

    head: Heading
    segment: Segment | None = None
    quotation: Quotation | None = None

    @property
    def printed(self) -> tuple[str, str]:
        if self.quotation and self.quotation.is_withheld:
            return NOT_SHOWN, ""
        return (self.quotation.printed, self.quotation.citation) if self.quotation else (NONE_CHOSEN, "")


def _lines(corpus: Corpus, pinned: Pinned) -> Iterator[_Line]:
    shown = corpus.shown(branch for branch in corpus.tree.branches if branch.code.status == "live")
    for branch in shown:
        chosen = pinned.by_code.get(branch.first, ())
        read = corpus.project.quotations(chosen)
        if not chosen:
            yield _Line(_head(corpus, branch, branch.code.short))
        for number, (segment, quotation) in enumerate(zip(chosen, read, strict=True), start=1):
            key = branch.code.short if number == 1 else f"{branch.code.short} ({number})"
            yield _Line(_head(corpus, branch, key, number), segment, quotation)


def _head(corpus: Corpus, branch: Branch, key: str, number: int = 1) -> Heading:
    depth = sum(above.status == "live" for above in corpus.tree.above(branch.code))
    again = f" ({number})" if number > 1 else ""
    return Heading(key, f"{branch.code.short} {branch.code.name}{again}", depth=depth)


def _notes(corpus: Corpus, pinned: Pinned, lines: list[_Line]) -> Iterator[str]:
    yield from said.layer_notes(corpus, corpus.columns.segments, "coded")
    yield said.filter_note(corpus)
    yield "Quotes are those that an analyst has pinned; none is picked by machine."
    if any(line.quotation and line.quotation.edited for line in lines):
        yield _EDITED
    yield from said.left_out(pinned.others, "quote is pinned by a coder whose coding does not count",
                             "quotes are pinned by coders whose coding does not count")  # fmt: skip
    if pinned.lost:
        yield f"Quotes pinned under codes that are no longer in use are not shown: {', '.join(pinned.lost)}."
    edited = corpus.project.quotes.find()
    stale = [line.head.key for line in lines if line.segment and _is_stale(edited.get(line.segment.id))]
    if stale:
        yield f"Printed whole, since the edited words are no longer what the passage says: {', '.join(stale)}."
    yield from said.standing_notes(corpus)


def _is_stale(edited: EditedQuote | None) -> bool:
    return edited is not None and not edited.is_true
