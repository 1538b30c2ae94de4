"""`LedgerScreen`: the quotes chosen for print, per person, role or case, with where each is used."""

from collections.abc import Callable
from functools import partial
from typing import ClassVar

from rich.text import Text

from qualcode.model import Segment
from qualcode.project import Project
from qualcode.tui.ledger import ledger, quotes_at
from qualcode.tui.retrieved import Asked, Listing, Passage
from qualcode.tui.screens.passages import PassagesScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.visible import visible, visible_line
from qualcode.work.quote_ledger import uses


class LedgerScreen(PassagesScreen):
    """Pinned and edited quotes, by person; headings tell how many each has."""

    called: ClassVar[tuple[str, str]] = ("place quoted", "places quoted")
    none: ClassVar[str] = "No quote is chosen yet. * pins a passage as an exemplar, in a text or in the passages (V)."

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(study, ink, "Quote ledger", Asked(order="person"))

    def reader_now(self) -> Callable[[Project], Listing[Passage]]:
        """The places quoted."""
        return partial(ledger, self.state)

    @property
    def narrowed(self) -> str:
        """Filter and order, whose quotes these are and what is left out."""
        return " · ".join(filter(None, (super().narrowed, self.listing.told)))

    def in_full(self, item: Passage) -> Text:
        """As it is printed, how it is cited in print, and where it is used."""
        text = super().in_full(item)
        if not isinstance(item, Segment):
            return text
        project = self.study.project
        (printed,) = project.cited("publication").quotations([item])
        text.append("\nIn print  ", self.ink.words("head"))
        if printed.is_withheld:
            text.append("not shown: marked quote = no\n", self.ink.words("warn"))
        else:
            text.append(f"“{visible(printed.printed)}” ", self.ink.words("text"))
            text.append(visible_line(printed.citation) + "\n", self.ink.words("quiet"))
        used = dict.fromkeys(use for each in quotes_at(project, item) for use in uses(project, each))
        for use in used:
            text.append(f"{visible_line(use)}\n", self.ink.words("asked"))
        return text
