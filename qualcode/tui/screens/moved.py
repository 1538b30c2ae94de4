"""`MovedScreen`: which numbers moved since a milestone, and what was done in between that touched them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.binding import BindingType

from qualcode.analysis.milestones import Cause, Difference, Moved, compare
from qualcode.model import Milestone
from qualcode.project import Project
from qualcode.project.file import place_of
from qualcode.tui.messages import OpenCoded
from qualcode.tui.retrieved import Listing
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible_line

Row = Moved | Difference
"""A code or an arrow; the first row tells of the whole project."""


class MovedScreen(ListScreen[Row, tuple[Milestone, Milestone | None]]):
    """What moved, a row each; beside it its numbers then and now, and why."""

    BINDINGS: ClassVar[list[BindingType]] = []
    called: ClassVar[tuple[str, str]] = ("row", "rows")
    none: ClassVar[str] = "No number moved."

    def __init__(self, study: Study, ink: Ink, since: Milestone, until: Milestone | None) -> None:
        title = f"{since.name} → {until.name if until else 'now'}"
        super().__init__(study, ink, title, (since, until))

    @property
    def is_narrowed(self) -> bool:
        """All is shown."""
        return False

    def reader_now(self) -> Callable[[Project], Listing[Row]]:
        """Both states are counted."""
        since, until = self.state
        return lambda project: _listed(compare(project, since, until))

    @property
    def takes_long(self) -> bool:
        """Two states are rebuilt and counted; where one connection is all there is, nobody else may read meanwhile."""
        return place_of(self.study.path).kind != "network"

    @property
    def narrowed(self) -> str:
        """What is counted."""
        return "which numbers moved, and why · whole project, coding that counts"

    def key(self, item: Row) -> int:
        """The code's id; of an arrow both, as one number below 0; 0 = the project."""
        if isinstance(item, Difference):
            return 0
        return item.id[0] if len(item.id) == 1 else -(item.id[0] << 32 | item.id[1])

    def drawn(self, item: Row, width: int) -> list[Piece]:
        """What it is, and its numbers."""
        if isinstance(item, Difference):
            named, happened, changes = "The project", "", _whole(item)
        else:
            named, happened, changes = item.name, ", ".join(item.happened), item.changes
        told = " · ".join(f"{name} {then}→{now}" for name, (then, now) in changes.items())
        return [
            Piece(visible_line(named)[: width // 2] + "  ", self.ink.style("accent")),
            Piece(visible_line(happened) + "  " if happened else "", self.ink.style("warn")),
            Piece(told, self.ink.style("text")),
        ]

    def in_full(self, item: Row) -> Text:
        """Its numbers then and now, and what was done."""
        return self._of_project(item) if isinstance(item, Difference) else self._of_row(item)

    def _of_project(self, item: Difference) -> Text:
        text = Text()
        text.append("The project\n\n", self.ink.words("head"))
        self._numbers(text, item.then, item.now)
        for document in item.documents:
            text.append(f"{visible_line(document)}\n", self.ink.words("text"))
        self._causes(text, "Done in between", item.actions)
        text.append("\n" + "\n".join(item.notes), self.ink.words("quiet"))
        return text

    def _of_row(self, item: Moved) -> Text:
        text = Text()
        text.append(visible_line(item.name) + "\n", self.ink.words("head"))
        if item.happened:
            text.append(visible_line(", ".join(item.happened)) + "\n", self.ink.words("warn"))
        text.append("\n")
        self._numbers(text, item.then, item.now)
        self._causes(text, "Done in between that touched it", item.because)
        return text

    def _numbers(self, text: Text, then: Mapping[str, int] | None, now: Mapping[str, int] | None) -> None:
        text.append(f"{'':18}{'then':>7}{'now':>7}\n", self.ink.words("quiet"))
        for name in now or then or {}:
            before, after = (str(each[name]) if each else "–" for each in (then, now))
            has_moved = before != after
            text.append(f"{name:18}{before:>7}{after:>7}\n", self.ink.words("label" if has_moved else "text"))

    def _causes(self, text: Text, heading: str, causes: Sequence[Cause]) -> None:
        text.append(f"\n{heading}\n", self.ink.words("asked"))
        for each in causes:
            told = visible_line(f"{each.verb}, {each.coder}")
            text.append(f"{each.count:>5}  {told}\n", self.ink.words("text"))
        if not causes:
            text.append("nothing\n", self.ink.words("quiet"))

    @on(Rows.Chosen, "#passages")
    def _open(self) -> None:
        """The passages of the code, as they are now."""
        item = self.current
        if isinstance(item, Moved) and len(item.id) == 1:
            known = {code.id: code.short for code in self.study.frame.codes}
            if item.id[0] in known:
                self.post_message(OpenCoded((known[item.id[0]],)))
            else:
                self.messages.say("This code does not stand now: there are no passages to open.")


def _whole(item: Difference) -> dict[str, tuple[int, int]]:
    return {name: (item.then[name], now) for name, now in item.now.items() if item.then[name] != now}


def _listed(found: Difference) -> Listing[Row]:
    items: list[Row] = [found, *found.codes, *found.arrows]
    return Listing(items, list(_rows(found)))


def _rows(found: Difference) -> Iterator[int | str]:
    yield 0
    yield f"Codes   {len(found.codes):,}"
    yield from range(1, 1 + len(found.codes))
    yield f"Arrows   {len(found.arrows):,}"
    yield from range(1 + len(found.codes), 1 + len(found.codes) + len(found.arrows))
