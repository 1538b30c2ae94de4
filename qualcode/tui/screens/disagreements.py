"""`DisagreementsScreen`: what coders differ on is decided with a key, with a reason; the consensus follows."""

from dataclasses import replace
from typing import TYPE_CHECKING

from qualcode.agreement import settling
from qualcode.agreement.matters import Disagreement, Matter
from qualcode.agreement.settling import Outcome
from qualcode.errors import RefusedError
from qualcode.model import Code
from qualcode.tui.screens.coded_before import CodedBeforeScreen
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.screens.papers import write_minutes
from qualcode.tui.screens.talk import TalkScreen
from qualcode.tui.talking import is_undecided
from qualcode.visible import counted

if TYPE_CHECKING:
    from qualcode.agreement.settling import Settled

_DIRECTIONS = {"r": "raises", "l": "lowers", "0": "no effect", "m": "mixed"}


class DisagreementsScreen(TalkScreen):
    """Disagreements, to be decided."""

    # -- deciding ----------------------------------------------------------------------------------------------------

    def action_side(self, number: int) -> None:
        """As one of the coders has it."""
        with self.told():
            _, each = self.at_hand()
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
        _, each = self.at_hand()
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
        found, each = self.at_hand()
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
            self.go_to_open(1)

    def _reason_of(self, each: Disagreement) -> str:
        return each.decision.said.reason if each.decision is not None else ""

    def _replace(self, told: "Settled") -> None:
        """Show the document as it is now; what else was written is read beside."""
        if self.agenda is not None:
            sheets = (told.sheet if each.document.id == told.sheet.document.id else each for each in self.agenda.sheets)
            self.agenda = replace(self.agenda, sheets=tuple(sheets))
            self.list_anew()

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

    # -- the rule ----------------------------------------------------------------------------------------------------

    async def _code_of(self) -> Code | None:
        """The code meant; where there are several, one is asked for."""
        _, each = self.at_hand()
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
            self.app.push_screen(MeaningScreen(self.explained(code)))

    def action_minutes(self) -> None:
        """Write the minutes of the meeting."""
        self.converse(write_minutes(self, self._counter))


def _codes(one: Matter) -> tuple[int, ...]:
    return (one.code,) if one.to_code is None else (one.code, one.to_code)
