"""`DisagreementsScreen`: what coders differ on, one after the other, decided with a key; the consensus follows."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import set_cell_size
from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.widgets import Static

from qualcode.agreement import settling
from qualcode.agreement.matters import Agenda, Disagreement, Matter
from qualcode.agreement.meeting import agenda
from qualcode.agreement.settling import Outcome
from qualcode.errors import RefusedError
from qualcode.model import Code
from qualcode.project import Project
from qualcode.tui.actions import actions_of, bindings
from qualcode.tui.meaning import meaning
from qualcode.tui.messages import OpenDocument
from qualcode.tui.screens.code_editing import CodeEditingScreen
from qualcode.tui.screens.coded_before import CodedBeforeScreen
from qualcode.tui.screens.counting import CountingScreen
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.screens.papers import write_minutes
from qualcode.tui.study import Study
from qualcode.tui.talking import KINDS, WHICH, SidesPage, Talk, Wanted, is_undecided, progress_told
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.asking import Asking
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.picker import CodePicker
from qualcode.tui.widgets.reader import Reader
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import counted, visible_line

if TYPE_CHECKING:
    from qualcode.agreement.settling import Settled

_ABOVE = 2
"""Lines of the text that are seen above the passage."""
_DIRECTIONS = {"r": "raises", "l": "lowers", "0": "no effect", "m": "mixed"}


class DisagreementsScreen(CountingScreen, CodeEditingScreen):
    """Disagreements on some codes, or on all."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("disagreements")]

    def __init__(self, study: Study, ink: Ink, title: str, codes: frozenset[int], number: int | None = None) -> None:
        super().__init__(study, ink)
        self._title = title
        self._round = number
        self._wanted = Wanted(codes)
        self.agenda: Agenda | None = None
        self.listed: list[Disagreement] = []
        self._talk = Talk(study.project)
        self._page: SidesPage | None = None
        self._reader: Reader | None = None

    def compose(self) -> ComposeResult:
        """How far one is, the list, the words with both coders' stripes, and what both say."""
        yield Line(id="head")
        yield Line(id="face")
        yield Rows(self.ink, id="talk")
        yield Vertical(id="talk-words")
        with VerticalScroll(id="talk-told", can_focus=False):
            yield Static(id="talk-sides", markup=False)
        yield CodePicker(self.ink, self.study.frame, self._explained)
        yield from self.foot()

    async def on_mount(self) -> None:
        """Read them."""
        self._tell_head()
        self.set_focus(self._rows)
        await self._read_anew()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """While something is asked, nothing is decided beside it."""
        is_own = any(each.name.partition("(")[0] == action for each in actions_of("disagreements"))
        if is_own and any(each.is_open for each in self.query(Asking)):
            return False
        return super().check_action(action, parameters)

    @property
    def _rows(self) -> Rows:
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
        self.agenda = found
        self._talk = Talk(self.study.project)
        self._page = None  # the text, or who gave what, may be another
        self._list()

    def _list(self) -> None:
        """Draw the list; the current one stays current, else what stands in its place."""
        if self.agenda is None:
            return
        before = self.current
        self.listed = self._wanted.among(self.agenda)
        keys = [each.key for each in self.listed]
        at = keys.index(before.key) if before is not None and before.key in keys else self._rows.current
        self._rows.fill(len(self.listed), self._drawn, current=at)
        self._tell_head()

    @property
    def current(self) -> Disagreement | None:
        """That with the cursor."""
        at = self._rows.current
        return self.listed[at] if at < len(self.listed) else None

    def _at_hand(self) -> tuple[Agenda, Disagreement]:
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
        narrowed = " · ".join(self._wanted.told(project))
        round_told = f"   round {self._round}" if self._round else ""
        head = [
            Piece(visible_line(self._title), self.ink.words("head")),
            Piece(f"   {counted(len(self.listed), 'disagreement')} listed{round_told}", self.ink.words("text")),
            Piece(visible_line(f"   {narrowed}"), self.ink.words("accent")),
        ]
        self.query_one("#head", Line).tell(head)
        told = progress_told(self.agenda, self._wanted) if self.agenda is not None else ""
        self.query_one("#face", Line).tell([Piece(told, self.ink.words("asked"))])

    @on(Rows.Highlighted, "#talk")
    def _show_current(self) -> None:
        """Its words, with both coders' stripes; and what both say."""
        self._tell_sides()
        each = self.current
        if each is None:
            if self._reader is not None:
                self._reader.display = False
            return
        fresh = self._page is None or self._page.document != each.document
        if self._page is None or fresh:
            sides = dict.fromkeys(each.coders, each.matters[0].round)
            self._page = SidesPage(self.study.project, self.study.frame, each.document, sides)
        self._page.show((each.start, each.end), claims=each.is_claim)
        if self._reader is None:
            self._reader = Reader(self.ink, self._page, each.start, id="reader")
            self._reader.mode = "names"
            self.query_one("#talk-words").mount(self._reader)
        elif fresh:
            self._reader.open(self._page, each.start)
        else:
            self._reader.recoded()
            self._reader.move_to(each.start)
            self._reader.show_at_row(_ABOVE)
        self._reader.display = True
        first = next((row for one in each.matters for side in one.sides for row in side.rows), None)
        if first is not None and first.start == each.start:
            self._reader.hold(first)

    def _tell_sides(self) -> None:
        """What each gave with doubts, memos, and what was decided."""
        each, found, words = self.current, self.agenda, Text()
        if each is None or found is None:
            told = "" if found is None else "Nothing is listed. t, e, c and f say which are."
            self.query_one("#talk-sides", Static).update(Text(told, self.ink.words("quiet")))
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
        self.query_one("#talk-sides", Static).update(words)
        self.query_one("#talk-told", VerticalScroll).scroll_home(animate=False)

    # -- deciding ----------------------------------------------------------------------------------------------------

    def action_side(self, number: int) -> None:
        """As one of the coders has it."""
        with self.told():
            _, each = self._at_hand()
            if number > len(each.coders):
                raise RefusedError(f"there are {len(each.coders)} coders here")
            self.converse(self._decide(Outcome(f"as {each.coders[number - 1]}")))

    def action_both(self) -> None:
        """All that anybody gave."""
        self.converse(self._decide(Outcome("both")))

    def action_neither(self) -> None:
        """Nothing of it."""
        self.converse(self._decide(Outcome("neither")))

    def action_recode(self) -> None:
        """Another code, direction or end."""
        self.converse(self._recode())

    async def _recode(self) -> None:
        _, each = self._at_hand()
        if not each.is_claim:
            code = await self.pick("Which code is right here?", first=[one.code for one in each.matters])
            if code is not None:
                await self._decide(Outcome("recode", code.short))
            return
        choices = {**_DIRECTIONS, "f": "leads from another code", "t": "leads to another code"}
        key = await self.ask_key("What is right?", choices)
        if key in _DIRECTIONS:
            await self._decide(Outcome("recode", direction=_DIRECTIONS[key]))
        elif key is not None:
            code = await self.pick(f"It {choices[key]}:")
            if code is not None:
                await self._decide(Outcome("recode", **{"code" if key == "f" else "to_code": code.short}))

    async def _decide(self, outcome: Outcome) -> None:
        """Ask why, write it down, go on to the next."""
        found, each = self._at_hand()
        if found.is_by_hand(each):
            raise RefusedError(
                "the consensus was coded by hand in this document", remedy="Change it there, as the coder consensus."
            )
        word = f"{outcome.word} {outcome.code or outcome.to_code or outcome.direction}".strip()
        reason = await self.ask_line(f"{word}: why? (Enter alone: no reason given)", self._reason_of(each))
        if reason is None:
            return
        told = settling.decide(self.study.project, each, outcome, reason)
        self._drawn_with = self.study.catch_up()  # what follows from it is known: nothing need be read anew
        self._replace(told)
        self._say(word, told)
        if self.agenda is None or self.current is None or not is_undecided(self.agenda, self.current):
            self._to_open(1)

    def _reason_of(self, each: Disagreement) -> str:
        return each.decision.said.reason if each.decision is not None else ""

    def _replace(self, told: "Settled") -> None:
        """Show the document as it is now; what else was written is read beside."""
        if self.agenda is not None:
            sheets = (told.sheet if each.document.id == told.sheet.document.id else each for each in self.agenda.sheets)
            self.agenda = replace(self.agenda, sheets=tuple(sheets))
            self._list()

    def _say(self, word: str, told: "Settled") -> None:
        name = told.sheet.document.name
        if told.sheet.is_complete:
            self.messages.say(
                f"Decided: {word}. The consensus of {name} is complete: tables count it. u takes it back."
            )
        else:
            self.messages.say(f"Decided: {word}. {counted(told.left, 'disagreement')} left in {name}. u takes it back.")

    def action_carry_in(self) -> None:
        """Complete the consensus where all gave the same."""
        with self.told():
            done = settling.carry_in(self.study.project)
            names = ", ".join(each.sheet.document.name for each in done)
            self.messages.say(f"The consensus is complete in {names}." if done else "There is no such document.")

    # -- going -------------------------------------------------------------------------------------------------------

    def action_next_open(self) -> None:
        """The next that is undecided."""
        if not self._to_open(1):
            self.messages.say("Nothing that is listed is undecided.")

    def action_previous_open(self) -> None:
        """The undecided one before."""
        if not self._to_open(-1):
            self.messages.say("Nothing that is listed is undecided.")

    def _to_open(self, step: int) -> bool:
        """Go to the nearest undecided one that way, all around; whether there is one."""
        found, count, at = self.agenda, len(self.listed), self._rows.current
        if found is None:
            return False
        for far in range(1, count + 1):
            place = (at + step * far) % count
            if is_undecided(found, self.listed[place]):
                self._rows.go_to(place)
                return True
        return False

    def action_other_side(self) -> None:
        """To the words, or back to the list."""
        if self._reader is None or self._reader.has_focus:
            self.set_focus(self._rows)
        else:
            self.set_focus(self._reader)

    @on(Rows.Chosen, "#talk")
    def _open(self) -> None:
        if self.current is not None:
            self.post_message(OpenDocument(self.current.document, self.current.start))

    # -- the rule ----------------------------------------------------------------------------------------------------

    async def _code_of(self) -> Code | None:
        """The code meant; where there are several, one is asked for."""
        _, each = self._at_hand()
        found = list(dict.fromkeys(code for one in each.matters for code in _codes(one)))
        codes = [self.study.frame.by_id[code] for code in found]
        if len(codes) == 1:
            return codes[0]
        key = await self.ask_key("Which code?", {str(n): f"{c.short} {c.name}" for n, c in enumerate(codes, start=1)})
        return None if key is None else codes[int(key) - 1]

    def action_rule(self) -> None:
        """Add the rule to a definition; then passages coded before it."""
        self.converse(self._rule())

    async def _rule(self) -> None:
        code = await self._code_of()
        if code is None:
            return
        parts = {"x": "when not to use it", "i": "when to use it", "d": "what it means"}
        key = await self.ask_key(f"Rule for {code.short}", parts)
        if key is None:
            return
        before = self.study.project.codes.definition_id(code.id)
        await self.edit(code, {"x": "exclude", "i": "include", "d": "full"}[key])
        if self.study.project.codes.definition_id(code.id) != before:
            self.app.push_screen(CodedBeforeScreen(self.study, self.ink, self.study.project.codes.get(code.id)))

    def action_older(self) -> None:
        """What was coded before the definition in force."""
        self.converse(self._older())

    async def _older(self) -> None:
        code = await self._code_of()
        if code is not None:
            self.app.push_screen(CodedBeforeScreen(self.study, self.ink, code))

    def action_definition(self) -> None:
        """What the code means."""
        self.converse(self._definition())

    async def _definition(self) -> None:
        code = await self._code_of()
        if code is not None:
            self.app.push_screen(MeaningScreen(self._explained(code)))

    def _explained(self, code: Code) -> Text:
        return meaning(self.study.project, self.study.frame, code, self.ink)

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
        self._wanted = change(self._wanted)
        self._list()

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
            _, each = self._at_hand()
            self._want(lambda now: replace(now, document=each.document.id))
        elif key == "x":
            self._title = "What coders differ on"
            self._want(lambda _now: Wanted())

    def action_minutes(self) -> None:
        """Write the minutes of the meeting."""
        self.converse(write_minutes(self, self._counter))


def _read(number: int | None, project: Project) -> Agenda:
    return agenda(project, rounds=number)


def _codes(one: Matter) -> tuple[int, ...]:
    return (one.code,) if one.to_code is None else (one.code, one.to_code)


def _fitted(words: str, cells: int) -> str:
    """Words in so many cells, with a blank behind."""
    cut = set_cell_size(words, cells - 1)
    if cut.rstrip() != words.rstrip():
        cut = set_cell_size(f"{set_cell_size(words, cells - 2)}…", cells - 1)
    return f"{cut} "
