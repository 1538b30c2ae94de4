"""`AgreementScreen`: how far coders agree, a row a code; `Enter` opens the disagreements on it."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from qualcode.errors import InputError
from qualcode.tui.actions import bindings
from qualcode.tui.messages import OpenDisagreements
from qualcode.tui.screens.counting import CountingScreen
from qualcode.tui.screens.exporting import export_table
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.screens.papers import write_minutes, write_report
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.tui.agreeing import Compared, Row

_STANCE = "One person's reading needs no coefficient: d lists the differences alone."
_TALL = 34
"""Lines of a screen on which notes stand below the list."""
_NOTES = 3


class AgreementScreen(CountingScreen):
    """Agreement by code."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("agreement")]

    def __init__(self, study: Study, ink: Ink) -> None:
        from qualcode.tui.agreeing import Asked, Order

        super().__init__(study, ink)
        self._asked = self._kept = Asked()
        self._order: Order = "alpha"
        self.compared: Compared | None = None
        self._undecided: Mapping[int, int] | None = None
        self._rows: list[Row] = []

    def compose(self) -> ComposeResult:
        """Who is compared, numbers over all, the list, the code at the cursor, and the stance."""
        yield Line(id="head")
        yield Line(id="face")
        yield Rows(self.ink, id="agreement")
        yield Static(id="nothing", markup=False)
        yield Static(id="code-told", markup=False)
        yield Static(id="notes", markup=False)
        yield Line(id="signs")
        yield from self.foot()

    async def on_mount(self) -> None:
        """Compare."""
        self.query_one("#head", Line).tell([Piece("Agreement", self.ink.words("head"))])
        self.set_focus(self.query_one(Rows))
        await self._recount()

    def on_resize(self, event: events.Resize) -> None:
        """Notes stand below the list on tall screens only; a key shows them everywhere."""
        self.query_one("#notes").display = event.size.height >= _TALL

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._tell()

    # -- comparing ---------------------------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Compare anew: something was written."""
        self.later(partial(self._recount, is_told=False), "recount")

    async def _recount(self, *, is_told: bool = True) -> None:
        from qualcode.tui.agreeing import compared

        await self.count(partial(compared, self._asked), self._take, self._refused, is_told=is_told)

    def _refused(self) -> None:
        self._asked = self._kept

    def _take(self, made: "Compared") -> None:
        from qualcode.tui.agreeing import nothing_told, undecided

        self.compared, self._kept = made, self._asked
        self.count_here(partial(undecided, self._kept), self._take_undecided)
        is_empty = not made.found.design.compared
        self.query_one("#nothing").display = is_empty
        self.query_one("#nothing", Static).update(Text(visible_lines(nothing_told(made))) if is_empty else "")
        self._list()

    def _take_undecided(self, found: "Mapping[int, int]") -> None:
        self._undecided = found
        self._list()

    def _list(self) -> None:
        """Draw the list; the code with the cursor keeps it."""
        from qualcode.tui.agreeing import rows

        made, listed = self.compared, self.query_one(Rows)
        if made is None:
            return
        at = self._row.name if self._row is not None else None
        self._rows = rows(made, self._undecided, self.study.project, self._order) if made.found.design.compared else []
        current = next((place for place, each in enumerate(self._rows) if each.name == at), 0)
        listed.fill(len(self._rows), self._drawn, self._titles, current)
        self._tell()

    @property
    def _row(self) -> "Row | None":
        at = self.query_one(Rows).current
        return self._rows[at] if at < len(self._rows) else None

    def _titles(self, _row: int, width: int) -> list[Piece]:
        from qualcode.tui.agreeing import Drawn

        made = self.compared
        if made is None or not self._rows:
            return []
        return [Piece(Drawn(made.table, made.found, width).head(), self.ink.style("quiet"))]

    def _drawn(self, row: int, width: int) -> list[Piece]:
        from qualcode.tui.agreeing import Drawn

        if self.compared is None:
            return []
        result = self._rows[row].result
        name, numbers, status = Drawn(self.compared.table, self.compared.found, width).row(self._rows[row])
        return [
            Piece(name, self.ink.style("label")),
            Piece(numbers, self.ink.style("text" if result.status != "undefined" else "quiet")),
            Piece(visible_line(status), self.ink.style("accent" if result.status else "quiet")),
        ]

    # -- telling -----------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        from qualcode.tui.agreeing import head_of, over_all

        made = self.compared
        self.query_one("#signs", Line).tell([Piece(f" {_STANCE}", self.ink.words("quiet"))])
        if made is None:
            return
        who, narrowed = head_of(made, self._kept)
        self.query_one("#head", Line).tell(
            [
                Piece("Agreement   ", self.ink.words("head")),
                Piece(visible_line(who), self.ink.words("text")),
                Piece(visible_line(f"   {narrowed}"), self.ink.words("accent")),
            ]
        )
        told = over_all(made, self._order) if self._rows else ""
        self.query_one("#face", Line).tell([Piece(told, self.ink.words("asked"))])
        notes = "\n".join(visible_line(each) for each in (*made.found.caveats, *made.table.notes)[:_NOTES])
        self.query_one("#notes", Static).update(Text(notes, no_wrap=True, overflow="ellipsis"))
        self._tell_code()

    @on(Rows.Highlighted)
    def _tell_code(self) -> None:
        """All numbers of the code with the cursor."""
        from qualcode.tui.agreeing import in_full

        row = self._row
        words = "" if row is None or self.compared is None else in_full(self.compared, row)
        self.query_one("#code-told", Static).update(Text(visible_line(words)))

    def action_notes(self) -> None:
        """How it was compared, what the numbers mean, what weakens them."""
        made = self.compared
        if made is None:
            return
        words = Text(visible_line(made.table.title) + "\n", self.ink.words("head"))
        for note in made.table.notes:
            words.append(f"\n{visible_line(note)}", self.ink.words("text"))
        self.app.push_screen(MeaningScreen(words))

    # -- choosing ----------------------------------------------------------------------------------------------------

    async def action_turn(self) -> None:
        """The next unit."""
        from qualcode.tui.agreeing import turned

        await self._ask(turned(self._asked))

    async def action_usual(self) -> None:
        """Everything as usual."""
        from qualcode.tui.agreeing import Asked

        await self._ask(Asked())

    async def _ask(self, asked: Any) -> None:
        self._asked = asked
        await self._recount()

    def action_sort(self) -> None:
        """The next order."""
        from qualcode.tui.agreeing import ORDERS

        self._order = ORDERS[(ORDERS.index(self._order) + 1) % len(ORDERS)]
        self._list()

    def action_narrow(self) -> None:
        """Compare only some."""
        self.converse(self._narrow())

    async def _narrow(self) -> None:
        choices = {
            "c": "coders", "r": "round", "o": "role", "d": "documents", "a": "attribute", "k": "codes",
            "g": "groups", "x": "nothing of it",
        }  # fmt: skip
        key = await self.ask_key("Compare only", choices)
        if key == "x":
            await self.action_usual()
        elif key == "o":
            await self._narrow_role()
        elif key is not None:
            await self._narrow_typed(choices[key])

    async def _narrow_role(self) -> None:
        roles = [role.short for role in self.study.project.roles.all()][:9]
        choices = {str(number): short for number, short in enumerate(roles, start=1)} | {"0": "all"}
        key = await self.ask_key("What people say in the role", choices)
        if key is not None:
            await self._ask(replace(self._asked, roles=() if key == "0" else (choices[key],)))

    async def _narrow_typed(self, what: str) -> None:
        questions = {
            "coders": "These coders, two or more, by comma (nothing: all)",
            "round": "This round of every document (nothing: the last that two have finished)",
            "documents": "These documents, by comma (nothing: all)",
            "attribute": "Only what such people say: NAME=VALUE, by comma (nothing: everybody)",
            "codes": "These codes and those below them, by comma (nothing: all)",
            "groups": "Codes as one: NAME=CODE,CODE; NAME=CODE,CODE (nothing: none)",
        }
        typed = await self.ask_line(questions[what])
        if typed is None:
            return
        parts = tuple(part.strip() for part in typed.split(",") if part.strip())
        if what == "round":
            if parts and not parts[0].isdecimal():
                raise InputError(f"“{typed}” is no round", remedy="A round is a number: 1, 2, …")
            await self._ask(replace(self._asked, round=int(parts[0]) if parts else None))
        elif what == "attribute":
            await self._ask(replace(self._asked, attributes=_pairs(parts)))
        elif what == "groups":
            await self._ask(replace(self._asked, groups=_groups(typed)))
        else:
            chosen: dict[str, Any] = {what: parts}
            await self._ask(replace(self._asked, **chosen))

    async def action_stop(self) -> None:
        """Stop counting, else go back."""
        if self.stop_counting():
            self._asked = self._kept
            self.messages.say("Stopped: what is shown is as it was before.")
        else:
            await self.app.run_action("go_back")

    # -- opening and writing -----------------------------------------------------------------------------------------

    @on(Rows.Chosen)
    def _open(self) -> None:
        row = self._row
        if row is not None:
            frame, stands = self.study.frame, self.study.frame.standing
            branch = {each for code in row.codes for each in self.study.project.codes.branch(frame.by_id[code])}
            codes = frozenset(each for each in branch if stands[each] in row.codes)
            self.post_message(OpenDisagreements(row.name, codes, self._kept.round))

    def action_every(self) -> None:
        """All disagreements."""
        self.post_message(OpenDisagreements("What coders differ on", frozenset(), self._kept.round))

    def action_export(self) -> None:
        """Write the table."""
        if self.compared is not None:
            self.converse(export_table(self, self.compared.table))

    def action_report(self) -> None:
        """Write everything into one document."""
        if self.compared is not None:
            self.converse(write_report(self, self._counter, self._kept.options(self.study.project)))

    def action_minutes(self) -> None:
        """Write the minutes of the meeting."""
        self.converse(write_minutes(self, self._counter))


def visible_lines(words: str) -> str:
    """Several lines made safe to show."""
    return "\n".join(visible_line(line) for line in words.split("\n"))


def _groups(typed: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """NAME=CODE,CODE; NAME=CODE as names with their codes.

    Raises:
        InputError: one is of another form.
    """
    pairs = [each.partition("=") for each in typed.split(";") if each.strip()]
    if any(not (one.strip() and other.strip()) for one, _, other in pairs):
        raise InputError("a group is typed as NAME=CODE,CODE", remedy="For instance: Hope=P3,P9; Peer=M2a,M2b")
    return tuple(
        (one.strip(), tuple(each.strip() for each in other.split(",") if each.strip())) for one, _, other in pairs
    )


def _pairs(parts: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """NAME=VALUE as (NAME, VALUE).

    Raises:
        InputError: one is of another form.
    """
    pairs = [each.partition("=") for each in parts]
    if any(not (one.strip() and other.strip()) for one, _, other in pairs):
        raise InputError("an attribute is typed as NAME=VALUE", remedy="For instance: sector=NHS, age=18-29")
    return tuple((one.strip(), other.strip()) for one, _, other in pairs)
