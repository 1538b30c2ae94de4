"""Where one may want to jump in a document: the next uncoded answer, question, doubt or memo. No Textual in here."""

from collections.abc import Callable, Iterable, Mapping

from qualcode.model import Document, Segment
from qualcode.project import Project
from qualcode.project.retrieval import Filter
from qualcode.tui.desk import Page, Stripe

Jump = Callable[[Page], Iterable[int]]
"""All places of a kind in a page, in order."""


def uncoded_answers(page: Page) -> Iterable[int]:
    """Answers in which nothing is coded and that are not marked as read with nothing in them."""
    for answer in page.answers:
        is_coded = page.stripes.overlapping(answer.start, answer.end)
        if not is_coded and not page.is_empty(answer):
            yield answer.start


def answers(page: Page) -> Iterable[int]:
    """Every answer."""
    return (answer.start for answer in page.answers)


def questions(page: Page) -> Iterable[int]:
    """Where the interviewer asks what is then answered."""
    return (answer.question[0] for answer in page.answers if answer.question)


def doubts(page: Page) -> Iterable[int]:
    """Passages and claims marked unsure."""
    return (stripe.start for stripe in page.stripes.items if stripe.item.unsure is not None)


def noted(page: Page) -> Iterable[int]:
    """Passages with a memo."""
    return (stripe.start for stripe in page.stripes.items if "✎" in stripe.signs)


def coded_the_same(page: Page, stripe: Stripe) -> Iterable[int]:
    """Passages with the same code."""
    if not isinstance(stripe.item, Segment):
        return
    standing = page.frame.standing
    for each in page.stripes.items:
        if isinstance(each.item, Segment) and standing[each.item.code] == standing[stripe.item.code]:
            yield each.start


def coded_elsewhere(project: Project, page: Page, stripe: Stripe, step: int) -> tuple[Document, int] | None:
    """The same code in another document: the next (`step` 1) or previous (-1) by name in which it is shown, and where.

    What is shown is as in the page: one's own coding, everybody's, or that of the layer.
    """
    if not isinstance(stripe.item, Segment):
        return None
    standing = page.frame.standing
    wanted = standing[stripe.item.code]
    layer = project.coders.layer() if page.whose == "the layer's" else {}
    viewer = project.store.viewer
    places: dict[int, list[int]] = {}
    for each in project.segments.find(Filter(codes=(page.frame.by_id[wanted].short,))):
        is_shown = page.whose == "everybody's" or each.coder == layer.get(each.document, viewer)
        if is_shown and standing[each.code] == wanted:
            places.setdefault(each.document, []).append(each.start)
    documents = project.documents.all()
    at = next(n for n, each in enumerate(documents) if each.id == page.document.id)
    beyond = documents[at + 1 :] if step > 0 else documents[:at][::-1]
    found = next((each for each in beyond if each.id in places), None)
    if found is None:
        return None
    return found, min(places[found.id]) if step > 0 else max(places[found.id])


JUMPS: Mapping[str, tuple[str, Jump]] = {
    "a": ("uncoded answer", uncoded_answers),
    "q": ("question", questions),
    "u": ("unsure", doubts),
    "m": ("memo", noted),
}
"""Key after `]` or `[` -> what it is called, and where they are."""


def nearest(places: Iterable[int], at: int, step: int) -> int | None:
    """The first place after (`step` 1) or before (-1) a position; None where there is none."""
    beyond = [place for place in places if (place > at if step > 0 else place < at)]
    return (min(beyond) if step > 0 else max(beyond)) if beyond else None
