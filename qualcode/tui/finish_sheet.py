"""What is still open in a document before one finishes it, line by line. No Textual in here."""

from collections.abc import Iterator
from dataclasses import dataclass

from qualcode.model import Document, Segment
from qualcode.project import Project
from qualcode.project.progress import NOT_BEGUN
from qualcode.spans import unite
from qualcode.tui.desk import Frame, Page, Stripe
from qualcode.tui.jumps import uncoded_answers
from qualcode.tui.shelf import percent_read

_WORDS = 70
"""Characters of a passage that are shown."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the sheet.

    Attributes:
        words: what it says.
        ink: how it is drawn.
        at: the place in the text it leads to, or None.
        code: id of the code it is about, or None.
        is_head: whether it begins a part.
        is_memo: whether it leads to writing a memo.
    """

    words: str
    ink: str = "text"
    at: int | None = None
    code: int | None = None
    is_head: bool = False
    is_memo: bool = False

    @property
    def leads(self) -> bool:
        """Whether one can go where it tells of."""
        return self.at is not None or self.code is not None or self.is_memo


def sheet(project: Project, frame: Frame, document: Document) -> list[Line]:
    """The lines for the one who acts: their own coding, whatever else is shown."""
    page = Page(project, frame, document, "mine")
    return [
        *_summary(project, page),
        *_untouched(page),
        *_unsure(page),
        *_older(project, page),
        *_unused(project, page),
        *_memo(page),
    ]


def _summary(project: Project, page: Page) -> Iterator[Line]:
    done = project.progress.by_document().get(page.document.id, NOT_BEGUN)
    number = project.coders.round_of(page.document.id, project.store.viewer)
    counts = f"{_counted(done.passages, 'passage')}   {_counted(done.claims, 'claim')}   round {number}"
    yield Line(f"{percent_read(done, page.document)} % of the text coded or read   {counts}", "label")


def _part(title: str, found: list[Line], nothing: str) -> Iterator[Line]:
    yield Line("")
    if found:
        yield Line(f"{title}: {len(found)}", "accent", is_head=True)
        yield from found
    else:
        yield Line(f"✓ {nothing}", "good", is_head=True)


def _untouched(page: Page) -> Iterator[Line]:
    starts, read = set(uncoded_answers(page)), unite([(mark.start, mark.end) for mark in page.marks])
    found = [
        Line(f"  ¶{answer.number}  {_shortened(page.body[answer.start : answer.end])}", at=answer.start)
        for answer in page.answers
        if answer.start in starts and not any(start <= answer.start and answer.end <= end for start, end in read)
    ]
    count = len(page.answers)
    nothing = f"Each of the {count} answers has something coded in it, or was marked read"
    return _part(f"Answers with nothing coded and not marked read, of {count}", found, nothing)


def _unsure(page: Page) -> Iterator[Line]:
    found = [
        Line(f"  {stripe.label}  {stripe.item.unsure or '(no words)'}  {_quoted(page, stripe)}", at=stripe.start)
        for stripe in page.stripes.items
        if stripe.item.unsure is not None
    ]
    return _part("Unsure", found, "Nothing is unsure")


def _older(project: Project, page: Page) -> Iterator[Line]:
    used = {stripe.item.code for stripe in page.stripes.items if isinstance(stripe.item, Segment)}
    present = {code: project.codes.definition_id(code) for code in used}
    found = [
        Line(f"  {stripe.label}  {_quoted(page, stripe)}", at=stripe.start)
        for stripe in page.stripes.items
        if isinstance(stripe.item, Segment) and stripe.item.definition != present[stripe.item.code]
    ]
    return _part("Coded before the code was defined anew", found, "All is coded under the present definitions")


def _unused(project: Project, page: Page) -> Iterator[Line]:
    """Codes that stand in no passage or claim here, nor any code below them; those used nowhere at all first."""
    frame = page.frame
    here = _with_those_above(frame, {frame.standing[code] for stripe in page.stripes.items for code in stripe.codes})
    anywhere = _with_those_above(frame, {frame.standing[code] for code in project.progress.codes_used()})
    found = [
        Line(f"  {code.short} {code.name}{'' if code.id in anywhere else '  nowhere in your coding yet'}", code=code.id)
        for code in sorted(frame.codes, key=lambda code: code.id in anywhere)
        if code.id not in here
    ]
    return _part("Codes not used here", found, "Every code is used here")


def _with_those_above(frame: Frame, used: set[int]) -> set[int]:
    reached = set(used)
    for code in reversed(frame.codes):  # each stands after its parent
        if code.id in reached and code.parent is not None:
            reached.add(code.parent)
    return reached


def _memo(page: Page) -> Iterator[Line]:
    count = len(page.memos)
    yield Line("")
    if count:
        yield Line(f"✓ {_counted(count, 'memo')} on the document", "good", is_head=True)
    else:
        yield Line("No memo on the document yet: Enter writes one", "accent", is_head=True, is_memo=True)


def _quoted(page: Page, stripe: Stripe) -> str:
    return f"“{_shortened(page.body[stripe.start : stripe.end])}”"


def _shortened(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= _WORDS else f"{words[:_WORDS]} …"


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count != 1)}"
