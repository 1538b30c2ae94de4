"""What the screen of proposals shows: which are asked for, in which order, under which headings. No Textual in here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import Literal, get_args

from qualcode.model import Proposal, ProposalState
from qualcode.project import Project
from qualcode.tui import edges
from qualcode.tui.filters import Narrowing
from qualcode.tui.retrieved import Listing
from qualcode.work.extents import Extents
from qualcode.work.proposed import Wanted, wanted

By = Literal["document", "rule", "code"]
BYS: Mapping[str, By] = {each[0]: each for each in get_args(By)}
"""Key -> what proposals are grouped by."""
STATES: Mapping[str, ProposalState | None] = {"o": "open", "a": "accepted", "r": "rejected", "e": None}
"""Key -> state; None = whatever became of them."""


def _rules(project: Project) -> list[str]:
    return sorted({each.rule for each in project.proposals.all()})


def _documents(project: Project) -> list[str]:
    return [document.name for document in project.documents.all()]


FILTERS: Mapping[str, Narrowing] = {
    "u": Narrowing("rules", "rule", _rules),
    "d": Narrowing("documents", "document", _documents),
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, and what the list is grouped by."""

    wanted: Wanted = field(default_factory=Wanted)
    by: By = "document"

    def read(self, project: Project) -> Listing[Proposal]:
        """The proposals under their headings, each with its count."""
        named = _names(project, self.by)
        found = sorted(wanted(project, self.wanted), key=named)  # stable: below that in the order of the texts
        rows: list[int | str] = []
        for (_, name), some in groupby(found, key=named):
            count, place = len(list(some)), sum(isinstance(row, int) for row in rows)
            rows += [f"{name}   {count:,}", *range(place, place + count)]
        return Listing(found, rows)

    @property
    def told(self) -> str:
        """In words."""
        now = self.wanted
        named = (("rule", now.rules), ("document", now.documents), ("", now.codes))
        parts = [f"{name} {' or '.join(values)}".strip() for name, values in named if values]
        return " · ".join([now.state or "open, accepted and rejected", *parts, f"by {self.by}"])


def _names(project: Project, by: By) -> Callable[[Proposal], tuple[int, str]]:
    if by == "rule":
        return lambda each: (0, each.rule)
    if by == "code":
        standing = project.codes.standing()
        codes = {
            code.id: (place, f"{code.short} {code.name}") for place, code in enumerate(project.codes.all(retired=True))
        }
        return lambda each: codes[standing[each.code]]
    documents = {document.id: (place, document.name) for place, document in enumerate(project.documents.all())}
    return lambda each: documents[each.document]


def moved(extents: Extents, span: tuple[int, int], key: str) -> tuple[int, int]:
    """A passage with one edge moved by a word, or widened to whole sentences or the whole answer (`edges.KEYS`)."""
    if key == "s":
        return extents.around(span, "sentence")
    if key == "a":
        return extents.around(span, "answer")
    return edges.moved(extents.body, (), (), span, key)
