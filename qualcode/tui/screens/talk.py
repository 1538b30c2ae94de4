"""`TalkScreen`: what coders differ on, one after the other: the list, the words, and what each says of them."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical

from qualcode.agreement.matters import Agenda, Disagreement
from qualcode.agreement.meeting import agenda
from qualcode.errors import RefusedError
from qualcode.model import Code
from qualcode.project import Project
from qualcode.tui.actions import actions_of, bindings
from qualcode.tui.meaning import meaning
from qualcode.tui.messages import OpenDocument
from qualcode.tui.screens.code_editing import CodeEditingScreen
from qualcode.tui.screens.counting import CountingScreen
from qualcode.tui.study import Study
from qualcode.tui.talking import KINDS, WHICH, SidesPage, Talk, Wanted, is_undecided, progress_told, taken_back
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.asking import Asking
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.picker import CodePicker
from qualcode.tui.widgets.prose import Prose
from qualcode.tui.widgets.reader import Reader
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import counted, visible_line

_ABOVE = 2
"""Lines of the text that are seen above the passage."""


class TalkScreen(CountingScreen, CodeEditingScreen):
    """Disagreements on some codes, or on all: which are listed, and what is shown of them."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("disagreements")]

    def __init__(self, study: Study, ink: Ink, title: str, codes: frozenset[int], number: int | None = None) -> None:
        super().__init__(study, ink)
        self._title = title
        self._round = number
        self.wanted = Wanted(codes)
        self.agenda: Agenda | None = None
        self.listed: list[Disagreement] = []
        self._talk = Talk(study.project)
        self._page: SidesPage | None = None
        self.reader: Reader | None = None

    def compose(self) -> ComposeResult:
        """How far one is, the list, the words with both coders' stripes, and what both say."""
        yield Line(id="head")
        yield Line(id="face")
        yield Rows(self.ink, id="talk")
        yield Vertical(id="talk-words")
        yield Prose(id="talk-told")
        yield CodePicker(self.ink, self.study.frame, self.explained)
        yield from self.foot()

    async def on_mount(self) -> None:
        """Read them."""
        self._tell_head()
        self.set_focus(self.rows)
        await self._read_anew()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is asked, nothing is decided beside it."""
        is_own = any(each.name.partition("(")[0] == action for each in actions_of("disagreements"))
        if is_own and any(each.is_open for each in self.query(Asking)):
            return False
        return super().check_action(action, parameters)

    @property
    def rows(self) -> Rows:
        """The list."""
        return self.query_one("#talk", Rows)

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._tell_head()
        self._tell_sides()

    # -- reading -----------------------------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Something was written: read anew."""
        self.later(partial(self._read_anew, is_told=False), "recount")

    async def _read_anew(self, *, is_told: bool = True) -> None:
        await self.count(partial(_read, self._round), self._take, is_told=is_told)

    def _take(self, found: Agenda) -> None:
        back = taken_back(self.agenda, found)
        self.agenda = found
        self._talk = Talk(self.study.project)
        self._page = None  # the text, or who gave what, may be another
        self.list_anew()
        keys = [each.key for each in self.listed]
        if back in keys and not any(each.is_open for each in self.query(Asking)):
            self.rows.go_to(keys.index(back))

    def list_anew(self) -> None:
        """Draw the list, at first at what is undecided; the current one stays, else what stands in its place."""
        found, is_first = self.agenda, not self.listed
        if found is None:
            return
        before = self.current
        self.listed = self.wanted.among(found)
        keys = [each.key for each in self.listed]
        at = keys.index(before.key) if before is not None and before.key in keys else self.rows.current
        if is_first:
            opened = (n for n, each in enumerate(self.listed) if is_undecided(found, each))
            at = next(opened, 0)
        self.rows.fill(len(self.listed), self._drawn, current=at)
        self._tell_head()

    @property
    def current(self) -> Disagreement | None:
        """That with the cursor."""
        at = self.rows.current
        return self.listed[at] if at < len(self.listed) else None

    def at_hand(self) -> tuple[Agenda, Disagreement]:
        """The agenda, and that with the cursor.

        Raises:
            RefusedError: there is none.
        """
        if self.agenda is None or self.current is None:
            raise RefusedError("there is no disagreement here", remedy="t, e and f say which are listed.")
        return self.agenda, self.current

    # -- showing -----------------------------------------------------------------------------------------------------

    def _drawn(self, row: int, width: int) -> list[Piece]:
        each, talk = self.listed[row], self._talk
        if self.agenda is None:
            return []
        sign = talk.sign(self.agenda, each)
        is_open = sign == "○"
        place, given = min(24, width // 4), min(36, width // 3)
        outcome = talk.outcome(each)
        told = f"{outcome}  " if outcome else ""
        return [
            Piece(f" {sign} ", self.ink.style("accent" if is_open else "good" if sign == "✓" else "quiet")),
            Piece(_fitted(talk.place(each), place), self.ink.style("label" if is_open else "asked")),
            Piece(_fitted(talk.given(each), given), self.ink.style("text" if is_open else "asked")),
            Piece(told, self.ink.style("good")),
            Piece(_fitted(f"“{talk.words(each)}”", max(4, width - place - given - 4 - len(told))),
                  self.ink.style("quiet")),
        ]  # fmt: skip

    def _tell_head(self) -> None:
        project = self.study.project
        narrowed = " · ".join(self.wanted.told(project))
        round_told = f"   round {self._round}" if self._round else ""
        head = [
            Piece(visible_line(self._title), self.ink.words("head")),
            Piece(f"   {counted(len(self.listed), 'disagreement')} listed{round_told}", self.ink.words("text")),
            Piece(visible_line(f"   {narrowed}"), self.ink.words("accent")),
        ]
        self.query_one("#head", Line).tell(head)
        told = progress_told(self.agenda, self.wanted) if self.agenda is not None else ""
        self.query_one("#face", Line).tell([Piece(told, self.ink.words("asked"))])

    @on(Rows.Highlighted, "#talk")
    def _show_current(self) -> None:
        """Its words, with both coders' stripes; and what both say."""
        self._tell_sides()
        each = self.current
        if each is None:
            if self.reader is not None:
                self.reader.display = False
            return
        fresh = self._page is None or self._page.document != each.document
        if self._page is None or fresh:
            sheet = self.agenda.sheet(each.document.id) if self.agenda is not None else None
            sides = dict(sheet.rounds) if sheet is not None else {}
            self._page = SidesPage(self.study.project, self.study.frame, each.document, sides)
        self._page.show((each.start, each.end), claims=each.is_claim)
        if self.reader is None:
            self.reader = Reader(self.ink, self._page, each.start, id="reader")
            self.reader.mode = "names"
            self.query_one("#talk-words").mount(self.reader)
        elif fresh:
            self.reader.open(self._page, each.start)
        else:
            self.reader.recoded()
            self.reader.move_to(each.start)
            self.reader.show_at_row(_ABOVE)
        self.reader.display = True
        first = next((row for one in each.matters for side in one.sides for row in side.rows), None)
        if first is not None and first.start == each.start:
            self.reader.hold(first)

    def _tell_sides(self) -> None:
        """What each gave with doubts, memos, and what was decided."""
        each, found, words = self.current, self.agenda, Text()
        if each is None or found is None:
            told = "" if found is None else "Nothing is listed. t, e, c and f say which are."
            self.query_one(Prose).show(Text(told, self.ink.words("quiet")))
            return
        for digit, coder, told in self._talk.sides(each):
            words.append(f"{digit} ", self.ink.words("accent")).append(f"{coder}  ", self.ink.words("label"))
            words.append(f"{told}\n", self.ink.words("text"))
        for coder, memo in self._talk.memos(each):
            words.append(f"✎ {coder}  ", self.ink.words("label")).append(f"{memo}\n", self.ink.words("asked"))
        if decided := self._talk.decided(each):
            words.append("✓ ", self.ink.words("good")).append(f"{decided}\n", self.ink.words("text"))
        elif found.is_by_hand(each):
            held = self._talk.held(each) or "none of it"
            words.append(f"· The consensus, coded by hand, holds here: {held}\n", self.ink.words("quiet"))
        elif each.is_edges:
            words.append("≈ All gave it; the consensus holds all the words that any gave.\n", self.ink.words("quiet"))
        words.rstrip()
        self.query_one(Prose).show(words)

    # -- going -------------------------------------------------------------------------------------------------------

    def action_next_open(self) -> None:
        """The next that is undecided."""
        if not self.go_to_open(1):
            self.messages.say("Nothing that is listed is undecided.")

    def action_previous_open(self) -> None:
        """The undecided one before."""
        if not self.go_to_open(-1):
            self.messages.say("Nothing that is listed is undecided.")

    def go_to_open(self, step: int) -> bool:
        """Go to the nearest undecided one that way, all around; whether there is one."""
        found, count, at = self.agenda, len(self.listed), self.rows.current
        if found is None:
            return False
        for far in range(1, count + 1):
            place = (at + step * far) % count
            if is_undecided(found, self.listed[place]):
                self.rows.go_to(place)
                return True
        return False

    def action_other_side(self) -> None:
        """To the words, or back to the list."""
        if self.reader is None or self.reader.has_focus:
            self.set_focus(self.rows)
        else:
            self.set_focus(self.reader)

    @on(Rows.Chosen, "#talk")
    def _open(self) -> None:
        if self.current is not None:
            self.post_message(OpenDocument(self.current.document, self.current.start))

    # -- which -------------------------------------------------------------------------------------------------------

    def action_which(self) -> None:
        """All, the undecided, the decided."""
        self._want(lambda now: replace(now, which=WHICH[(WHICH.index(now.which) + 1) % len(WHICH)]))

    def action_kind(self) -> None:
        """Passages, claims, or both."""
        self._want(lambda now: replace(now, kind=KINDS[(KINDS.index(now.kind) + 1) % len(KINDS)]))

    def action_edges(self) -> None:
        """With what differs in its edges alone, or without."""
        self._want(lambda now: replace(now, edges=not now.edges))

    def _want(self, change: Callable[[Wanted], Wanted]) -> None:
        self.wanted = change(self.wanted)
        self.list_anew()

    def action_narrow(self) -> None:
        """One code, or one document."""
        self.converse(self._narrow())

    async def _narrow(self) -> None:
        key = await self.ask_key("Show only", {"c": "a code", "d": "the document at the cursor", "x": "everything"})
        if key == "c":
            code = await self.pick("Disagreements on")
            if code is not None:
                self._title = f"{code.short} {code.name}"
                self._want(lambda now: replace(now, codes=frozenset({self.study.frame.standing[code.id]})))
        elif key == "d":
            _, each = self.at_hand()
            self._want(lambda now: replace(now, document=each.document.id))
        elif key == "x":
            self._title = "What coders differ on"
            self._want(lambda _now: Wanted())

    def explained(self, code: Code) -> Text:
        """A code's meaning, for the picker and K."""
        return meaning(self.study.project, self.study.frame, code, self.ink)


def _read(number: int | None, project: Project) -> Agenda:
    return agenda(project, rounds=number)


def _fitted(words: str, cells: int) -> str:
    """Words in so many cells, with a blank behind."""
    cut = set_cell_size(words, cells - 1)
    if cut.rstrip() != words.rstrip():
        cut = set_cell_size(f"{set_cell_size(words, cells - 2)}…", cells - 1)
    return f"{cut} "
