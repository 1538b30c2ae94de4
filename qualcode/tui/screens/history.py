"""`HistoryScreen`: who did what, and when; by coder, document or code; milestones. `u` takes back one's own last."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.binding import BindingType

from qualcode.model import Action, Milestone
from qualcode.project import Project
from qualcode.tui.actions import bindings
from qualcode.tui.filters import WHOSE, Narrowing
from qualcode.tui.retrieved import Listing
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible_line
from qualcode.work.deeds import Deeds


@dataclass(frozen=True, slots=True)
class Touching:
    """Which actions are wanted: a coder's, those that touched a document, those that touched a code; "" = any.

    Attributes:
        milestones: only those that made a milestone.
    """

    coder: str = ""
    document: str = ""
    code: str = ""
    milestones: bool = False


_BY: Mapping[str, Narrowing] = {
    "b": Narrowing("coder", "done by", WHOSE["b"].values),
    "d": Narrowing("document", "document", WHOSE["d"].values),
}


class HistoryScreen(ListScreen[Action, Touching]):
    """The change log, the newest first, a heading for each day."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("log")]
    called: ClassVar[tuple[str, str]] = ("action", "actions")
    none: ClassVar[str] = "Nothing was done in this project yet."

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(study, ink, "History", Touching())
        self._milestones: Mapping[int, Milestone] = {}
        self._deeds = Deeds(study.project)

    def reader_now(self) -> Callable[[Project], Listing[Action]]:
        """The actions asked for."""
        now = self.state
        return lambda project: _by_day(project, now)

    @property
    def size_now(self) -> int:
        """All actions have to be looked at."""
        return self.study.project.history.count()

    def show(self, listing: Listing[Action]) -> None:
        """Look up which of them made a milestone, and what things are called."""
        self._milestones = {each.action: each for each in self.study.project.milestones.all()}
        self._deeds = Deeds(self.study.project)  # things may have got other names since
        super().show(listing)

    @property
    def narrowed(self) -> str:
        """The filter."""
        now = self.state
        if now.milestones:
            return "milestones"
        named = (("done by", now.coder), ("document", now.document), ("code", now.code))
        return " · ".join(f"{name} {value}" for name, value in named if value) or "newest first, times are UTC"

    def key(self, item: Action) -> int:
        """Its id."""
        return item.id

    def drawn(self, item: Action, width: int) -> list[Piece]:
        """When, who, what; of a milestone its name."""
        milestone = self._milestones.get(item.id)
        if milestone is not None:
            return [
                Piece(f"{item.at:%H:%M} ", self.ink.style("quiet")),
                Piece(f"{visible_line(item.coder)} ", self.ink.style("accent")),
                Piece(f"◆ {visible_line(milestone.name)}", self.ink.style("head")),
            ]
        ink = "quiet" if item.undone else "text"
        arguments = ", ".join(f"{name} {value}" for name, value in self._deeds.details(item))
        return [
            Piece(f"{item.at:%H:%M} ", self.ink.style("quiet")),
            Piece(f"{visible_line(item.coder)} ", self.ink.style("accent")),
            Piece(visible_line(item.verb), self.ink.style("label" if ink == "text" else ink)),
            Piece(visible_line(f"  {arguments}" if arguments else "")[:width], self.ink.style(ink)),
            Piece("  undone" if item.undone else "", self.ink.style("warn")),
        ]

    def in_full(self, item: Action) -> Text:
        """Also what it wrote."""
        text = Text()
        text.append(visible_line(item.verb) + "\n", self.ink.words("head"))
        about = f"{item.at:%d %B %Y, %H:%M:%S} UTC · {item.coder} · action {item.id}"
        text.append(visible_line(about) + "\n\n", self.ink.words("quiet"))
        for name, value in self._deeds.details(item):
            text.append(f"{visible_line(name)}  ", self.ink.words("asked"))
            text.append(visible_line(value) + "\n", self.ink.words("text"))
        for table, (gone, put) in self.study.project.history.changed(item).items():
            changed = min(gone, put)
            parts = [(put - changed, "added"), (gone - changed, "taken away"), (changed, "changed")]
            told = ", ".join(f"{count:,} {what}" for count, what in parts if count)
            text.append(f"\n{table}  ", self.ink.words("asked"))
            text.append(told, self.ink.words("text"))
        if item.reverses is not None:
            text.append(f"\n\ntakes back action {item.reverses}", self.ink.words("text"))
        if item.undone:
            text.append("\n\nundone since", self.ink.words("warn"))
        return text

    def action_narrow(self) -> None:
        """Narrow down."""
        self.converse(self._narrow())

    async def _narrow(self) -> None:
        choices = {key: each.called for key, each in _BY.items()} | {
            "c": "code",
            "m": "milestones",
            "x": "take all away",
        }
        key = await self.ask_key("Filter by", choices)
        if key == "x":
            self.ask_for(Touching())
        elif key == "m":
            self.ask_for(Touching(milestones=True))
        elif key == "c":
            code = await self.ask_code("What touched this code")
            if code is not None:
                self.ask_for(replace(self.state, code=code.short, milestones=False))
        elif key is not None:
            typed = await self.ask_value(_BY[key], getattr(self.state, _BY[key].field))
            if typed is not None:
                self.ask_for(replace(self.state, milestones=False, **{_BY[key].field: typed}))

    # -- milestones --------------------------------------------------------------------------------------------------

    def action_tag(self) -> None:
        """Make a milestone."""
        self.converse(self._tag())

    async def _tag(self) -> None:
        name = await self.ask_line("Name the project as it stands now (submitted-v1)")
        if name:
            made = self.study.project.milestones.add(name)
            self.messages.say(f"Milestone {made.name}. d shows which numbers moved since. u takes it away.")

    def action_moved(self) -> None:
        """Which numbers moved: since the milestone at the cursor, else the newest, or between two marked ones."""
        marked = [self._milestones[each] for each in sorted(self.marked & self._milestones.keys())]
        at_cursor = self._milestones.get(self.current.id) if self.current is not None else None
        chosen = marked or ([at_cursor] if at_cursor else list(self._milestones.values())[-1:])
        if not chosen:
            self.messages.say("There is no milestone yet: t names this moment.")
        elif len(chosen) > 2:
            self.messages.say("A difference is between two milestones: mark no more.")
        else:
            from qualcode.tui.screens.moved import MovedScreen

            self.app.push_screen(MovedScreen(self.study, self.ink, chosen[0], chosen[1] if chosen[1:] else None))

    @on(Rows.Chosen, "#passages")
    def _choose(self) -> None:
        self.action_moved()


def _by_day(project: Project, asked: Touching) -> Listing[Action]:
    coder = project.coders.get(asked.coder).short if asked.coder else None
    actions = project.history.actions(coder=coder, document=asked.document or None, code=asked.code or None)
    if asked.milestones:
        made = {each.action for each in project.milestones.all()}
        actions = [each for each in actions if each.id in made]
    rows: list[int | str] = []
    day = ""
    for place, action in enumerate(actions):
        if f"{action.at:%d %B %Y}" != day:
            day = f"{action.at:%d %B %Y}"
            rows.append(day)
        rows.append(place)
    return Listing(actions, rows)
