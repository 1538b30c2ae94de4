"""`HubScreen`: one code in the middle, what leads to it at the left, what it leads to at the right."""

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar

from rich.segment import Segment as Piece
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from qualcode.analysis.hubs import Hub, Spoke, hub
from qualcode.project import Project
from qualcode.tui.actions import bindings
from qualcode.tui.hub_drawing import drawn
from qualcode.tui.messages import OpenPassages
from qualcode.tui.screens.counting import CountingScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.drawing import Drawing
from qualcode.tui.widgets.line import Line
from qualcode.visible import counted, visible_line

_TAKEN = ("unit", "scope", "telling")
"""Options of the change model that the picture keeps."""


class Picture(Drawing, can_focus=True):
    """The drawing; it has the focus, so that keys work at once."""


class HubScreen(CountingScreen):
    """A code with its arrows; the numbers are the matrix's."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("hub")]

    def __init__(self, study: Study, ink: Ink, code: str, options: Mapping[str, Any]) -> None:
        super().__init__(study, ink)
        self._codes = [code]  # the last one is in the middle
        self._options = {name: value for name, value in options.items() if name in _TAKEN}
        self._is_whole = False
        self._hub: Hub | None = None
        self._at = (0, 0)

    def compose(self) -> ComposeResult:
        """Title, picture, what the arrow says."""
        yield Line(id="head")
        yield Line(id="face")
        yield Picture(self.ink, id="hub")
        yield Line(id="here")
        yield Line(id="also")
        yield from self.foot()

    async def on_mount(self) -> None:
        """Count it."""
        self.set_focus(self.query_one(Picture))
        await self._recount()

    def catch_up(self) -> None:
        """Something was written."""
        self.later(partial(self._recount, is_told=False), "recount")

    async def _recount(self, *, is_told: bool = True) -> None:
        work = partial(_made, self._codes[-1], self._options, is_whole=self._is_whole)
        await self.count(work, self._take, is_told=is_told)

    def _take(self, made: Hub) -> None:
        self._hub = made
        self._at = (0, 0) if made.into else (1, 0)
        self._show()

    # -- telling -----------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        made, at = self._hub, self._at
        if made is None:
            return
        self.query_one(Picture).show(lambda width, height: drawn(made, width, height, at))
        title = f"{made.code} {made.name}: what leads to it, and what it leads to"
        self.query_one("#head", Line).tell([Piece(visible_line(title), self.ink.words("head"))])
        notes = [note.rstrip(".") for note in made.matrix.notes if note.startswith(("Layer:", "Filter:"))]
        told = [f"{made.unit} with at least one claim", *reversed(notes)]
        self.query_one("#face", Line).tell([Piece(visible_line(" · ".join(told)), self.ink.words("asked"))])
        self._tell()

    @property
    def _spokes(self) -> tuple[tuple[Spoke, ...], tuple[Spoke, ...]]:
        return (self._hub.into, self._hub.out_of) if self._hub else ((), ())

    @property
    def _spoke(self) -> Spoke | None:
        side, place = self._at
        return self._spokes[side][place] if place < len(self._spokes[side]) else None

    def _tell(self) -> None:
        spoke, made = self._spoke, self._hub
        if spoke is None or made is None:
            self.query_one("#here", Line).tell([Piece(" Nothing is claimed of it.", self.ink.words("text"))])
            return
        names = {made.code: made.name, spoke.other: spoke.name}
        ends = " → ".join(f"{code} {names[code]}" for code in (spoke.row, spoke.column))
        against = f"   {counted(spoke.against, 'claim')} against" if spoke.against else ""
        number = f"{spoke.number} {made.unit}" if spoke.number else "expected, no claim"
        self.query_one("#here", Line).tell(
            [
                Piece(f" {visible_line(ends)}   ", self.ink.words("label")),
                Piece(f"{number}{against}", self.ink.words("text")),
            ]
        )
        threads = ", ".join(f"{path} {people}" for path, people in made.threads[:3])
        more = f" told whole by one person: {threads}" if threads else " no thread through it is told whole by anybody"
        self.query_one("#also", Line).tell([Piece(visible_line(more), self.ink.words("quiet"))])

    # -- moving ------------------------------------------------------------------------------------------------------

    def _go(self, side: int, place: int) -> None:
        if self._spokes[side]:
            self._at = side, max(0, min(place, len(self._spokes[side]) - 1))
            self._show()

    def action_up(self) -> None:
        """To the arrow above."""
        self._go(self._at[0], self._at[1] - 1)

    def action_down(self) -> None:
        """To the arrow below."""
        self._go(self._at[0], self._at[1] + 1)

    def action_left(self) -> None:
        """To what leads to the code."""
        self._go(0, self._at[1])

    def action_right(self) -> None:
        """To what the code leads to."""
        self._go(1, self._at[1])

    def on_click(self, event: events.Click) -> None:
        """Once: the nearest arrow; twice: its claims."""
        picture, made = self.query_one(Picture), self._hub
        if made is None or event.widget is not picture:
            return
        side = int(event.x >= picture.size.width // 2)
        for place, spoke in enumerate(self._spokes[side]):
            words = visible_line(f"{spoke.other} {spoke.name}")[:6]
            line = "".join(text for text, _ in picture.line(event.y))
            half = line[: len(line) // 2] if side == 0 else line[len(line) // 2 :]
            if words in half:
                self._go(side, place)
                if event.chain == 2:
                    self.action_choose()
                return

    # -- opening -----------------------------------------------------------------------------------------------------

    def action_choose(self) -> None:
        """The claims of the arrow."""
        spoke, made = self._spoke, self._hub
        if spoke is None or made is None or not spoke.number:
            self.messages.say("Nobody claims this arrow.")
            return
        evidence = made.matrix.evidence(spoke.row, spoke.column)
        self.post_message(OpenPassages(f"{spoke.row} → {spoke.column}", evidence))

    async def action_centre(self) -> None:
        """Put the other end into the middle."""
        if self._spoke is not None:
            self._codes.append(self._spoke.other)
            await self._recount()

    async def action_levels(self) -> None:
        """With the codes below others, or without."""
        self._is_whole = not self._is_whole
        await self._recount()

    async def action_before(self) -> None:
        """The code that was in the middle before, else back."""
        if self.stop_counting():
            return
        if len(self._codes) == 1:
            await self.app.run_action("go_back")
            return
        self._codes.pop()
        await self._recount()


def _made(code: str, options: Mapping[str, Any], project: Project, *, is_whole: bool) -> Hub:
    return hub(project, code, is_whole=is_whole, **options)
