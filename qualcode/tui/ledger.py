"""The ledger of quotes: each place quoted once, as the layer that counts has it. No Textual in here."""

from dataclasses import replace

from qualcode.model import Segment
from qualcode.project import Project
from qualcode.tui.retrieved import Asked, Listing, Passage
from qualcode.visible import counted


def ledger(asked: Asked, project: Project) -> Listing[Passage]:
    """The places that are quoted: pinned as the table of quotes has them, or edited for print.

    A place with several codes is one place: the ledger is there to show who is quoted too often.

    Raises:
        NotFoundError: the filter names something that is not there.
    """
    from qualcode.analysis.counting import Corpus
    from qualcode.analysis.pinned import pinned_quotes

    pinned = pinned_quotes(Corpus(project))
    quotes = {each.id for some in pinned.by_code.values() for each in some}
    layer = project.coders.layer()
    edited = {each.id for each in project.segments.by_ids(project.quotes.find()) if each.coder == layer[each.document]}
    found = [each for each in project.segments.find(asked.wanted) if each.id in quotes | edited]
    places = {_place(each): each.id for each in reversed(found)}  # the first at each place
    listing = replace(asked, among=frozenset(places.values())).read(project)
    parts = [f"{counted(sum(each.id in quotes for each in found), 'quote')} of the layer that counts"]
    if pinned.others:
        parts.append(f"{pinned.others:,} by other coders left out")
    return replace(listing, told=" · ".join(parts))


def quotes_at(project: Project, segment: Segment) -> list[Segment]:
    """The quotes of the same coder at the place of one."""
    edited = project.quotes.find()
    there = (
        each for each in project.segments.of(project.documents.get(segment.document)) if each.coder == segment.coder
    )
    return [each for each in there if _place(each) == _place(segment) and (each.exemplar or each.id in edited)]


def _place(segment: Segment) -> tuple[int, int, int]:
    return segment.document, segment.start, segment.end
