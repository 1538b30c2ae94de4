"""`CodingScreen`: what one does to the words of a reader: code, mark, claim, note, correct.

Whatever changes the project is one action of `Project`, written before the screen says so.
"""

from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType

from qualcode.model import Answer, Claim, Code, Hit, Segment
from qualcode.project.applying import misapplied
from qualcode.project.asking import told_of_several
from qualcode.tui.actions import bindings
from qualcode.tui.columns import cell
from qualcode.tui.desk import Stripe
from qualcode.tui.jumps import JUMPS, answers, coded_the_same, nearest
from qualcode.tui.messages import Copy, OpenCoded
from qualcode.tui.screens.choosing import ChoosingScreen, short_for
from qualcode.tui.screens.claim_dialogues import add_claim, add_evidence
from qualcode.tui.screens.correcting import correct
from qualcode.tui.screens.edging import move_edges
from qualcode.tui.screens.finishing import finish
from qualcode.tui.screens.naming import pseudonym
from qualcode.tui.screens.noting import memos, write_memo
from qualcode.tui.widgets.codebook_pane import CodebookPane
from qualcode.tui.widgets.reader import Reader
from qualcode.tui.widgets.rows import Rows

Span = tuple[int, int]

_SHORT = 44
"""Characters of a passage that are told where it was coded."""
_BESIDE_WORDS = 9
"""Cells of the line beside them: its edges, a colon, quotation marks, and the gap in the middle."""


class CodingScreen(ChoosingScreen):
    """A screen with one or more readers and the picker."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("coding")]

    # -- what actions work on ----------------------------------------------------------------------------------------

    @property
    def reader(self) -> Reader:
        """The reader that has, or last had, the focus."""
        raise NotImplementedError

    def place_of_work(self) -> Span | None:
        """The selection, else the sentence at the cursor, without blanks at its ends."""
        page = self.reader.page
        return self.reader.selection or page.sentence_at(self.reader.looked_at)

    def own_at_hand(self, what: str) -> Stripe | None:
        """The passage or claim at the cursor that one may change; says so where there is none."""
        stripe = self.reader.at_hand
        if stripe is None:
            self.messages.warn(f"There is no coded passage at the cursor {what}.")
            return None
        return stripe

    def segment_at_hand(self, what: str) -> Segment | None:
        """As `own_at_hand`, a coded passage."""
        stripe = self.own_at_hand(what)
        if stripe is None:
            return None
        if isinstance(stripe.item, Claim):
            self.messages.warn(f"At hand is a claim, not a passage {what}. Tab goes to the next one here.")
            return None
        return stripe.item

    # -- coding ------------------------------------------------------------------------------------------------------

    @on(Rows.Chosen, "#codebook")
    def _code_from_pane(self) -> None:
        """A code was chosen in the codebook: it lands on the selection, else on the sentence."""
        code, span = self.query_one(CodebookPane).code, self.place_of_work()
        if code is not None and span is not None:
            self.put_code(span, code)
            self.set_focus(self.reader)

    def action_code(self) -> None:
        """Code by a code's own key."""
        self.converse(self._code_by_picker(self.place_of_work(), by_key=True))

    def action_pick(self) -> None:
        """Code by searching for the code."""
        self.converse(self._code_by_picker(self.place_of_work(), by_key=False))

    def action_code_answer(self) -> None:
        """Code the whole answer."""
        span = self.reader.page.answer_at(self.reader.looked_at)
        self.converse(self._code_by_picker(span, by_key=True, is_answer=True))

    async def _code_by_picker(self, span: Span | None, *, by_key: bool, is_answer: bool = False) -> None:
        if span is None:
            self.messages.warn("There are no words at the cursor to code.")
            return
        code = await self.ask_code(f"Code {self.shortened(span)}", by_key=by_key)
        if code is not None:
            self.put_code(span, code)
            if is_answer and (told := told_of_several(self.reader.page.speakers_in(span))):
                self.study.project.store.announce(told)

    def put_code(self, span: Span, code: Code) -> None:
        """Code a passage; the selection stays, so that the next code lands on the same words."""
        page = self.reader.page
        with self.told():
            document, real = page.real(span)
            made = self.study.project.segments.add(document.id, code.short, span=real)
            self.study.used(code.id)
            was_there = any(page.stripes.items[index].item == made for index in page.stripes.overlapping(*span))
            stands = " stands there already" if was_there else ""
            told = cell(f"{code.short} {code.name}", self.size.width // 2).rstrip() + stands
            self.messages.say(f"{told}: {self.shortened(span, self.size.width - len(told) - _BESIDE_WORDS)}")
            self.take_at_hand(made, span[0])

    def take_at_hand(self, made: Segment | Claim, place: int) -> None:
        """What was just written, at a place of the page, is what marks, memos and doubts go on."""
        self.follow()
        self.reader.end_selecting()
        if self.reader.selection is None:
            self.reader.move_to(place)
        self.reader.hold(made)

    def shortened(self, span: Span, longest: int = _SHORT) -> str:
        """A passage's words, the middle left out where they are many: so that what is answered stays on one line."""
        page, longest = self.reader.page, max(_SHORT // 2, min(longest, _SHORT))
        words = " ".join(page.body[slice(*span)].split())
        return f"“{words}”" if len(words) <= longest else f"“{words[: longest // 2]} … {words[-longest // 2 :]}”"

    def action_repeat(self) -> None:
        """Code with the last code again."""
        self.action_recent(1)

    def action_recent(self, number: int) -> None:
        """Code with one of the codes used lately."""
        codes, span = self.study.recent_codes(), self.place_of_work()
        if number > len(codes):
            self.messages.warn(f"There is no recent code {number} yet. c or Enter finds one.")
        elif span is not None:
            self.put_code(span, self.study.frame.by_id[codes[number - 1]])

    def action_in_vivo(self) -> None:
        """Make a code of the selected words themselves."""
        span = self.reader.selection
        if span is None:
            self.messages.warn("Select the words that are to be the code's name first: v, then move.")
            return
        self.converse(self._code_in_vivo(span, " ".join(self.reader.page.body[slice(*span)].split())))

    async def _code_in_vivo(self, span: Span, words: str) -> None:
        name = await self.ask_line("Name of the new code, in their words", words[:80])
        short = await self.ask_line(f"Short name of “{name}”", short_for(name)) if name else None
        page = self.reader.page
        if not name or not short:
            return
        document, real = page.real(span)
        with self.study.project.action("code in vivo", document=document.id, code=short):
            code = self.study.project.codes.add(short, name, in_vivo=True)
            made = self.study.project.segments.add(document.id, short, span=real)
        self.take_at_hand(made, span[0])
        self.study.used(code.id)
        self.messages.say(f"New code {short} in their words")

    def action_uncode(self) -> None:
        """Take the passage or claim at hand away."""
        stripe = self.own_at_hand("to take off")
        if stripe is None:
            return
        with self.told():
            if isinstance(stripe.item, Claim):
                self.study.project.claims.remove(stripe.item)
            else:
                self.study.project.segments.remove([stripe.item])
            self.messages.say(f"Taken off: {stripe.label}. u brings it back.")

    def action_recode(self) -> None:
        """Give the passage at hand another code."""
        segment = self.segment_at_hand("to recode")
        if segment is not None:
            self.converse(self._recode(segment))

    async def _recode(self, segment: Segment) -> None:
        code = await self.ask_code(f"Instead of {self.study.frame.code(segment.code).short}", by_key=True)
        if code is not None:
            now = self.study.project.segments.recode(segment, code.short)
            self.study.used(code.id)
            for told, _ in misapplied(self.study.project.store, [now]):
                self.study.project.store.announce(told)
            self.messages.say(f"Now {code.short} {code.name}")

    def action_edges(self) -> None:
        """Move the edges of the passage at hand: it is selected, any move changes the one end, `o` the other."""
        segment = self.segment_at_hand("whose edges could be moved")
        if segment is not None:
            self.converse(move_edges(self, segment))

    # -- marks -------------------------------------------------------------------------------------------------------

    def action_unsure(self) -> None:
        """Mark the passage or claim at hand as unsure, with a few words; or no longer."""
        stripe = self.own_at_hand("to doubt")
        if stripe is not None:
            self.converse(self._doubt(stripe.item, stripe.label))

    async def _doubt(self, item: Segment | Claim, label: str) -> None:
        if item.unsure is not None:
            self._change(item, unsure=None)
            self.messages.say("No longer unsure")
            return
        why = await self.ask_line(f"Unsure of {label}: why? (a few words for supervision)")
        if why is not None:
            self._change(item, unsure=why)
            self.messages.say(f"Unsure: {why}" if why else "Unsure")

    def _change(self, item: Segment | Claim, **changes: Any) -> None:
        if isinstance(item, Claim):
            self.study.project.claims.change(item, **changes)
        else:
            self.study.project.segments.change(item, **changes)

    def action_negative(self) -> None:
        """Mark the passage at hand as a negative case, or no longer."""
        self._flip("negative", "a negative case")

    def action_exemplar(self) -> None:
        """Pin the passage at hand as an exemplar, or no longer."""
        self._flip("exemplar", "an exemplar")

    def _flip(self, flag: str, called: str) -> None:
        segment = self.segment_at_hand("to mark")
        if segment is None:
            return
        is_now = not getattr(segment, flag)
        with self.told():
            self.study.project.segments.change(segment, **{flag: is_now})
            self.messages.say(f"{'Marked as' if is_now else 'No longer'} {called}")

    def action_claim(self) -> None:
        """This leads to that."""
        span = self.place_of_work()
        if span is None:
            self.messages.warn("There are no words at the cursor that could say so.")
            return
        self.converse(self._claim(span))

    async def _claim(self, span: Span) -> None:
        document, real = self.reader.page.real(span)
        made = await add_claim(self, document.id, real, self._codes_on(span), self.shortened(span))
        if made is not None:
            self.take_at_hand(made, span[0])

    def _codes_on(self, span: Span) -> list[int]:
        """Ids of the codes on some words."""
        page, frame = self.reader.page, self.study.frame
        here = (page.stripes.items[index].item for index in page.stripes.overlapping(*span))
        return [frame.standing[each.code] for each in here if isinstance(each, Segment)]

    def action_evidence(self) -> None:
        """The words support, qualify or contradict a claim."""
        span = self.place_of_work()
        if span is not None:
            self.converse(self._evidence(span))

    async def _evidence(self, span: Span) -> None:
        document, real = self.reader.page.real(span)
        await add_evidence(self, document.id, real)

    def action_same_code(self) -> None:
        """All passages of the code at the cursor, else of all codes, side by side."""
        stripe = self.reader.at_hand
        item = stripe.item if stripe is not None else None
        self.post_message(OpenCoded((self.study.frame.code(item.code).short,) if isinstance(item, Segment) else ()))

    def action_memo(self) -> None:
        """Write a memo."""
        self.converse(write_memo(self))

    def action_memos(self) -> None:
        """The memos of this document."""
        self.converse(memos(self))

    # -- the words themselves ----------------------------------------------------------------------------------------

    def action_correct(self) -> None:
        """Correct the words or the speaker of the turn at the cursor."""
        self.converse(correct(self))

    def action_pseudonym(self) -> None:
        """Replace a name in all documents."""
        self.converse(pseudonym(self))

    def action_finish(self) -> None:
        """What is left in this document, and finishing it."""
        self.converse(finish(self))

    # -- going -------------------------------------------------------------------------------------------------------

    def action_next_thing(self) -> None:
        """The next of something."""
        self.converse(self._jump(1))

    def action_previous_thing(self) -> None:
        """The one before."""
        self.converse(self._jump(-1))

    async def _jump(self, step: int) -> None:
        again = "]" if step > 0 else "["
        choices = {key: name for key, (name, _) in JUMPS.items()} | {"c": "same code", again: "answer"}
        key = await self.ask_key("Next" if step > 0 else "The ... before", choices)
        page, stripe = self.reader.page, self.reader.at_hand
        if key is None:
            return
        same = coded_the_same(page, stripe) if stripe else ()
        places = same if key == "c" else answers(page) if key == again else JUMPS[key][1](page)
        place = nearest(places, self.reader.looked_at, step)
        if place is not None:
            self.go_to(place, choices[key])
        elif not (key == "c" and stripe and self.same_code_elsewhere(stripe, step)):
            self.messages.say(f"No {choices[key]} {'after' if step > 0 else 'before'} this.")

    def go_to(self, place: int, step: str = "") -> None:
        """Jump within the document; `back` comes back here, of steps of one kind to where they began."""
        del step
        self.reader.jump_to(place)

    def same_code_elsewhere(self, stripe: Stripe, step: int) -> bool:
        """Go to the same code in another interview; whether there is one."""
        return False

    def action_nothing_here(self) -> None:
        """This answer was read, and has nothing in it unless it is coded; on to the next."""
        page, at = self.reader.page, self.reader.looked_at
        answer = None if page.is_asked(at) else next((each for each in page.answers if each.end > at), None)
        following = nearest(answers(page), answer.start if answer else at, 1)
        if answer is not None:
            self._mark_read(answer)
        if following is not None:
            self.reader.jump_to(following)
        elif answer is None:
            self.messages.say("There is no answer after this.")

    def _mark_read(self, answer: Answer) -> None:
        page = self.reader.page
        is_coded = page.is_coded((answer.start, answer.end))
        with self.told():
            document, real = page.real(page.as_read(answer))
            self.study.project.documents.mark_read(document, *real, nothing_here=not is_coded)
            number = f"¶{answer.number} " if answer.number else ""
            self.messages.say(f"{number}read{'' if is_coded else ', nothing here'}".capitalize())

    def action_copy(self) -> None:
        """Copy the words with their citation."""
        span, page = self.place_of_work(), self.reader.page
        if span is None:
            return
        with self.told():
            document, real = page.real(span)
            place = Hit(document.id, document.text, *real)
            (quotation,) = self.study.project.quotations([place])
            words = " ".join(quotation.words.split())
            self.post_message(Copy(f"“{words}” {quotation.citation}", self.shortened(span)))
