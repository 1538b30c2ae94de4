"""The open study as all screens share it: the project, its codebook, recent codes, and where one has been.

No Textual in here.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from qualcode.model import Document
from qualcode.project import Project
from qualcode.tui.desk import Frame, Page, Whose

if TYPE_CHECKING:
    from qualcode.tui.plan import Coming

_RECENT = 9
_TOLD = 2
"""So many notices are told in full."""
_NUMBERED = re.compile(r"^(?:passage|claim|evidence) \d+: ")
"""A number says nothing on the screen, where one sees what was just coded."""


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere one can come back to: a document by id, and a code point in it."""

    document: int
    offset: int


class Study:
    """One open project.

    Attributes:
        project: as opened.
        frame: its codebook, read anew by `catch_up`.
        recent: ids of the codes used lately, the last one first.
        changes: how often anything was written since it was opened.
        coming: the files that were chosen to be brought in; None before any were looked for.
    """

    coming: "Coming | None" = None

    def __init__(self, project: Project) -> None:
        self.project = project
        self.frame = Frame(project)
        self.recent: list[int] = self._used_before()
        self.changes = 0
        self._state = project.store.state()
        self._edition = project.codes.edition()
        self._back: list[Place | None] = []  # None: the screen below
        self._forward: list[Place] = []
        self._step = ""  # the kind of the last jump
        self._names: dict[int, str] = {}
        self._notices: list[str] = []
        project.store.announce = self._notices.append

    @property
    def path(self) -> Path:
        """The project file."""
        return self.project.path

    def _used_before(self) -> list[int]:
        """The codes used last, as the project knows them: so that a restart forgets nothing."""
        return self.project.lately.codes(_RECENT)

    def used(self, code: int) -> None:
        """A code was used: it is the most recent one."""
        self.recent = [code, *(each for each in self.recent if each != code)][:_RECENT]

    def recent_codes(self) -> list[int]:
        """Ids of recent codes that can still be used."""
        by_id = self.frame.by_id
        return [code for code in self.recent if code in by_id and by_id[code].status == "live"]

    def catch_up(self) -> int:
        """Notice what was written since, by this or another program; a codebook that was changed is read anew.

        Returns:
            A number that rises with each change; screens compare it with the one they were drawn with.
        """
        state = self.project.store.state()
        if state != self._state:
            self._state = state
            self.changes += 1
            self._names.clear()
            if (edition := self.project.codes.edition()) != self._edition:
                self._edition = edition
                self.frame = Frame(self.project)
        return self.changes

    def page(self, document: Document, whose: Whose) -> Page:
        """A document, opened."""
        return Page(self.project, self.frame, document, whose)

    def name_of(self, document: int) -> str:
        """What a document is called; "" where it is no longer in the project."""
        if not self._names:
            self._names = {each.id: each.name for each in self.project.documents.all()}
        return self._names.get(document, "")

    def heard(self) -> str:
        """What the project has told since, in a sentence or two, each once: words of nobody's, another role's code."""
        told = list(dict.fromkeys(_NUMBERED.sub("", each) for each in self._notices))
        self._notices.clear()
        more = f" And {len(told) - _TOLD} more of that kind." if len(told) > _TOLD else ""
        return " ".join(f"{each[:1].upper()}{each[1:].rstrip('.')}." for each in told[:_TOLD]) + more

    # -- where one has been ------------------------------------------------------------------------------------------

    def leave(self, place: Place, step: str = "") -> None:
        """Remember a place before jumping away from it; steps of one kind, one after the other, leave but one place."""
        is_on = bool(step) and step == self._step
        if not is_on and (not self._back or self._back[-1] != place):
            self._back.append(place)
        self._step = step
        self._forward.clear()

    def leave_screen(self) -> None:
        """A text is opened upon a list: from there one comes back to the list, not to a place before it."""
        self._back.append(None)
        self._step = ""
        self._forward.clear()

    def come_back_to_screen(self) -> None:
        """What lay upon a screen was left by another way than back."""
        if None in self._back:
            del self._back[len(self._back) - 1 - self._back[::-1].index(None)]

    def leave_all_screens(self) -> None:
        """The lists that texts lay upon are gone."""
        self._back = [each for each in self._back if each is not None]

    def way_back(self, most: int) -> list[Place | None]:
        """Where going back leads, the next place first; None: the screen below, beyond which nothing is told."""
        way = self._back[: -most - 1 : -1]
        return way[: way.index(None) + 1] if None in way else way

    def back(self, here: Place | None) -> Place | None:
        """The place before; None where there is none, or where it is the screen below."""
        self._step = ""
        if not self._back:
            return None
        before = self._back.pop()
        if before is not None and here is not None:
            self._forward.append(here)
        return before

    def forward(self, here: Place | None) -> Place | None:
        """The place one went back from; None where there is none."""
        self._step = ""
        if not self._forward:
            return None
        if here is not None:
            self._back.append(here)
        return self._forward.pop()
