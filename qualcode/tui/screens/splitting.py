"""`SplitScreen`: the passages of a code, one card at a time, thrown on piles that become codes in one action."""

from typing import ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType

from qualcode.errors import RefusedError
from qualcode.tui.actions import bindings
from qualcode.tui.meaning import meaning
from qualcode.tui.messages import OpenDocument
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.sorting_cards import PILES, Sorting
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.prose import Prose
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import counted, visible, visible_line
from qualcode.work import split_code
from qualcode.work.split_code import Part


class Piles(Rows, inherit_bindings=False):
    """The piles with what lies on each; a click throws the card there. They have the focus and no keys of their own."""

    def on_click(self, event: events.Click) -> None:
        """Throw the card."""
        event.prevent_default()
        if 0 <= event.y < self.count:
            self.post_message(self.Chosen(self, event.y))


class SplitScreen(StudyScreen):
    """Splitting one code."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("splitting")]

    def __init__(self, study: Study, ink: Ink, sorting: Sorting) -> None:
        super().__init__(study, ink)
        self._sorting = sorting

    def compose(self) -> ComposeResult:
        """Head, piles, and the card."""
        yield Line(id="head")
        yield Piles(self.ink, id="piles")
        yield Line(id="card-head")
        yield Prose(id="card", widest=84)
        yield from self.foot()

    def on_mount(self) -> None:
        """Show the first card that is not decided."""
        self._show()
        self.set_focus(self.query_one(Piles))

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._show()

    def catch_up(self) -> None:
        """Passages may have gone, or come, meanwhile."""
        code = self.study.frame.by_id.get(self._sorting.code.id)
        at = self._sorting.at
        if code is None or code.status == "retired":
            self.messages.warn(f"{self._sorting.code.short} is no longer in use. Esc goes back.")
            return
        self._sorting.lay(code, is_branch=self._sorting.is_branch)
        self._sorting.at = max(0, min(at, len(self._sorting.cards) - 1))
        self._show()

    # -- what is shown -------------------------------------------------------------------------------------------------

    def _show(self) -> None:
        self._tell_head()
        piles = self.query_one(Piles)
        piles.fill(len(PILES) + 1, self._drawn)
        here = self._sorting.pile if self._sorting.cards else None
        piles.current = -1 if here is None else PILES.index(here) if here else len(PILES)  # none while undecided
        self._show_card()

    def _tell_head(self) -> None:
        code = self._sorting.code
        head = [Piece(visible_line(f"Split {code.short} {code.name}"), self.ink.words("head"))]
        head.append(Piece(f"   your {counted(len(self._sorting.cards), 'passage')}", self.ink.words("text")))
        if self._sorting.others:
            rest = ", ".join(f"{short} {count}" for short, count in self._sorting.others.items())
            head.append(Piece(visible_line(f"   others' stay: {rest}"), self.ink.words("quiet")))
        self.query_one("#head", Line).tell(head)

    def _drawn(self, row: int, width: int) -> list[Piece]:
        quiet, text = self.ink.style("quiet"), self.ink.style("text")
        if row == len(PILES):
            words = f"{str(self._sorting.skipped or '·').rjust(5)}  stay with {self._sorting.code.short}"
            left = f"   {self._sorting.left} still to come" if self._sorting.left else "   all decided: Enter"
            pieces = [Piece(" s ", self.ink.style("accent")), Piece(visible_line(words), quiet)]
            return [*pieces, Piece(left, self.ink.style("accent" if not self._sorting.left else "quiet"))]
        pile = PILES[row]
        count = len(self._sorting.on(pile))
        short, name, _ = self._sorting.names.get(pile, ("", "", ""))
        told = [Piece(visible_line(f"  {short} {name}"), self.ink.style("label"))] if short else []
        if count:
            told.append(Piece(f"  {self._sorting.who(pile)}", text))
            told.append(Piece(f"   in {counted(self._sorting.documents(pile), 'document')}", quiet))
        return [
            Piece(f" {pile} ", self.ink.style("accent")),
            Piece(str(count or "·").rjust(5), self.ink.style("label" if count else "quiet")),
            *told,
        ]

    def _show_card(self) -> None:
        if not self._sorting.cards:
            self.query_one("#card-head", Line).tell(
                [Piece(" No card is left. Esc goes back.", self.ink.words("asked"))]
            )
            self.query_one(Prose).show(Text())
            return
        card, at = self._sorting.card, f" Card {self._sorting.at + 1} of {len(self._sorting.cards)} "
        where = {None: "", "": "stays"}.get(self._sorting.pile, f"on pile {self._sorting.pile}")
        head = [
            Piece(at, self.ink.words("selected")),
            Piece(visible_line(f"  {card.citation}"), self.ink.words("asked")),
            Piece(visible_line(f"  {card.label}") if card.label else "", self.ink.words("accent")),
            Piece(f"  {where}", self.ink.words("good")),
        ]
        self.query_one("#card-head", Line).tell(head)
        text = Text()
        if card.question:
            text.append(visible(card.question) + "\n\n", self.ink.words("asked"))
        text.append(visible(card.before), self.ink.words("quiet"))
        text.append(visible(card.words), self.ink.words("label", "tint"))
        text.append(visible(card.after), self.ink.words("quiet"))
        self.query_one(Prose).show(text, at=len(text.plain) - len(visible(card.words + card.after)))

    # -- sorting -------------------------------------------------------------------------------------------------------

    def action_throw(self, pile: str) -> None:
        """Put the card on a pile, or let it stay, and show the next."""
        if not self._sorting.cards:
            return
        is_last = self._sorting.at == len(self._sorting.cards) - 1
        self._sorting.throw(pile)
        self._show()
        if is_last:
            left = self._sorting.left
            rest = f"{counted(left, 'card')} not decided: ← goes back." if left else "Enter names the piles."
            self.messages.say(f"That was the last card. {rest}")

    @on(Rows.Chosen, "#piles")
    def _throw_by_mouse(self, event: Rows.Chosen) -> None:
        self.action_throw(PILES[event.row] if event.row < len(PILES) else "")

    def action_card(self, step: int) -> None:
        """The card before, or the next."""
        self._sorting.go(step)
        self._show()

    def action_take_off(self) -> None:
        """The card is not decided after all."""
        if self._sorting.cards:
            self._sorting.take_off()
        self._show()

    def action_scroll(self, step: int) -> None:
        """Scroll a long card."""
        self.query_one(Prose).scroll_relative(y=step, animate=False)

    def action_definition(self) -> None:
        """What the code means now."""
        words = meaning(self.study.project, self.study.frame, self._sorting.code, self.ink)
        self.app.push_screen(MeaningScreen(words))

    def action_place(self) -> None:
        """Go to the passage in its transcript."""
        if not self._sorting.cards:
            return
        segment = self._sorting.cards[self._sorting.at]
        with self.told():
            self.post_message(OpenDocument(self.study.project.documents.get(segment.document), segment.start))

    # -- the split -----------------------------------------------------------------------------------------------------

    def action_split(self) -> None:
        """Name the piles, write the boundary, and split."""
        self.converse(self._split())

    async def _split(self) -> None:
        sorting = self._sorting
        if not sorting.piles:
            raise RefusedError("there is nothing on the piles yet", remedy="a, b, c and d throw the card on a pile.")
        for pile in sorting.piles:
            if not await self._ask_name(pile):
                return
        rule = await self.ask_text(
            "The boundary: what goes where? It is written among “exclude” of all these codes", sorting.rule
        )
        if rule is None:
            return
        sorting.rule = rule.strip()
        parts = [Part(*sorting.names[pile][:2], sorting.on(pile), sorting.names[pile][2]) for pile in sorting.piles]
        below = await self._where(parts)
        if below is not None:
            self._carry_out(parts, below=below)

    async def _ask_name(self, pile: str) -> bool:
        """Ask what a pile is called; what was typed is kept, also where it is left."""
        sorting, code = self._sorting, self._sorting.code
        short, name, include = sorting.names.get(pile, ("", "", ""))
        what = f"Pile {pile}, {counted(len(sorting.on(pile)), 'passage')}"
        who = f": {sorting.who(pile)}" if sorting.who(pile) else ""
        question = f"{what}{who}. Its name ({code.name} = they stay with {code.short})"
        words = await self._ask_words(question, name or ("" if sorting.names else code.name))
        if words is None:
            return False
        proposed = code.short if words.casefold() == code.name.casefold() else self._proposed()
        typed = await self._ask_id(pile, f"{what}: id of “{words}”, short, for margins and tables", short or proposed)
        if typed is None:
            return False
        line = await self.ask_line(f"{what}: when to use {typed}? A line for its “include”, or nothing", include)
        if line is None:
            return False
        sorting.names[pile] = (typed, words, line)
        self._show()
        return True

    async def _ask_words(self, question: str, answer: str) -> str | None:
        """A name, None if it was left; nothing is none."""
        while (words := await self.ask_line(question, answer)) == "":
            self.messages.warn("A pile needs a name. Esc goes back to the cards.")
        self.messages.say("")
        return words

    async def _ask_id(self, pile: str, question: str, answer: str) -> str | None:
        """An id that the pile can have, None if it was left; one that it cannot have is told, and asked for again."""
        while (typed := await self.ask_line(question, answer)) is not None:
            try:
                self._must_be_free(pile, typed)
            except RefusedError as error:
                self.messages.warn(error)
                answer = typed
            else:
                self.messages.say("")
                break
        return typed

    def _must_be_free(self, pile: str, typed: str) -> None:
        for other, (short, _, _) in self._sorting.names.items():
            if other != pile and short.casefold() == typed.casefold():
                raise RefusedError(f"pile {other} has the id {short} already")
        self.study.project.codes.must_be_free(typed, self._sorting.code.id)

    def _proposed(self) -> str:
        """An id beside the code's that is free: M1b -> M1b2, M1b3."""
        code = self._sorting.code
        taken = {short.casefold() for short, _, _ in self._sorting.names.values()}
        taken |= {each.short.casefold() for each in self.study.frame.by_id.values()}
        ids = (f"{code.short}{'' if code.short[-1:].isalpha() else '.'}{number}" for number in range(2, 99))
        return next((each for each in ids if each.casefold() not in taken), "")

    async def _where(self, parts: list[Part]) -> bool | None:
        """The last question: where new codes stand; None = not split after all."""
        code = self._sorting.code
        told = " + ".join(f"{part.short} ({len(part.segments)})" for part in parts)
        stay = len(self._sorting.cards) - sum(len(part.segments) for part in parts)
        rest = f", {stay} stay on no pile" if stay else ""
        choices = {"n": f"next to {code.short}", "b": f"below {code.short}"}
        if not any(part.short.casefold() == code.short.casefold() for part in parts):
            choices = dict(reversed(choices.items()))  # then the code still holds all of them
        chosen = await self.ask_key(f"{code.short} becomes {told}{rest}. New codes stand", choices)
        return None if chosen is None else chosen == "b"

    def _carry_out(self, parts: list[Part], *, below: bool) -> None:
        sorting, project = self._sorting, self.study.project
        done = split_code.split(
            project, sorting.code.short, parts, sorting.rule, below=below, is_branch=sorting.is_branch
        )
        sorting.clear()
        queue = split_code.coded_before(project, done.code)
        parted = ", ".join(f"{code.short} {len(part.segments)}" for code, part in zip(done.parts, parts, strict=True))
        told = f"{done.code.short} is split ({parted}): codebook version {done.version}."
        older = f" {counted(len(queue), 'document')} coded before the split: o lists them." if queue else ""
        back_to = self.app.screen_stack[-2]
        self.dismiss()
        if isinstance(back_to, StudyScreen):
            back_to.messages.say(f"{told}{older} u takes it back.")
