"""`PassagesScreen`: coded passages or claims to be compared: in a list, the current one beside it with its question."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from rich.segment import Segment as Piece
from rich.style import Style
from rich.text import Text
from textual import on
from textual.binding import BindingType

from qualcode.model import Claim, ClaimEvidence, Code, Segment
from qualcode.project import Project
from qualcode.project.retrieval import Filter
from qualcode.tui.actions import bindings
from qualcode.tui.context import words_after, words_before
from qualcode.tui.filters import WHOSE, Narrowing, set_field
from qualcode.tui.messages import CodeOn, OpenDocument
from qualcode.tui.retrieved import ORDERS, Asked, Listing, Passage, Speakers, told
from qualcode.tui.screens.claim_dialogues import add_claim, add_evidence
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import counted, visible, visible_line
from qualcode.work.remarks import remarks

_AROUND = (0, 300, 1_200)
"""Code points shown before and after a passage; 0 = the question alone."""
_FILTERS = {
    "c": "code", **{key: each.called for key, each in WHOSE.items()}, "a": "attribute", "t": "words", "u": "unsure",
    "l": "coding that counts", "x": "take all away",
}  # fmt: skip
_NAMED = 4
"""So many coders are named above the list, each with a number; more are counted."""
_WORDS = Narrowing("words", "words in the passage")


class PassagesScreen(ListScreen[Passage, Asked]):
    """Passages to be read one beside the other, coded anew, and followed to their place in the transcript."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("passages")]
    none: ClassVar[str] = "Nothing is coded yet. In a text c codes by a code's key, Enter by its letters."

    def __init__(self, study: Study, ink: Ink, title: str, asked: Asked) -> None:
        super().__init__(study, ink, title, asked)
        self._around = 0
        self._bodies: dict[int, str] = {}
        self._speakers = Speakers(study.project)
        self._coders: dict[int, str] = {}
        self._by_coder: Mapping[int, int] = {}

    # -- what is shown -----------------------------------------------------------------------------------------------

    def reader_now(self) -> Callable[[Project], Listing[Passage]]:
        """The passages asked for."""
        return self.state.read

    @property
    def size_now(self) -> int:
        """All coded passages have to be looked at."""
        return self.study.project.segments.count() if self.state.kind == "segment" else 0

    @property
    def narrowed(self) -> str:
        """Filter and order."""
        return " · ".join(filter(None, (told(self.state.wanted), f"by {self.state.order}")))

    def show(self, listing: Listing[Passage]) -> None:
        """Show what was read; whose it is stands in each row where it is more than one coder's."""
        self._by_coder = Counter(each.coder for each in listing.items)
        super().show(listing)

    @property
    def told_of_all(self) -> str:
        """Whose coding is shown, and how much of each: coders are never summed unsaid."""
        counts = {self._coders.get(coder, ""): count for coder, count in sorted(self._by_coder.items())}
        if len(counts) <= 1:
            return "".join(f" by {name}" for name in counts)
        several = " · ".join(f"{name} {count:,}" for name, count in counts.items())
        return f" by {len(counts)} coders" + f": {several}" * (len(counts) <= _NAMED)

    def key(self, item: Passage) -> int:
        """Its id: all are of one kind."""
        return item.id

    def reload(self) -> None:
        """Read anew, also what was looked up for drawing."""
        self._bodies = {}
        self._speakers = Speakers(self.study.project)
        self._coders = {coder.id: coder.short for coder in self.study.project.coders.all()}
        super().reload()

    def _body(self, document: int) -> str:
        if document not in self._bodies:
            self._bodies[document] = self.study.project.documents.body(self._speakers.documents[document])
        return self._bodies[document]

    def _words(self, item: Passage, longest: int | None = None) -> str:
        end = item.end if longest is None else min(item.end, item.start + longest)
        return self._body(item.document)[item.start : end]

    def _label(self, item: Passage) -> str:
        frame = self.study.frame
        if isinstance(item, Segment):
            return f"{frame.code(item.code).short}{self._signs(item)}"
        if isinstance(item, Claim):
            ends = frame.code(item.from_code).short, frame.code(item.to_code).short
            return f"{ends[0]} → {ends[1]} {item.direction}{'~' * (item.unsure is not None)}"
        return item.stance

    def _signs(self, item: Segment) -> str:
        return "~" * (item.unsure is not None) + "−" * item.negative + "*" * item.exemplar

    def _colour_of(self, item: Passage) -> Style:
        """Its code's colour, on whatever ground is there."""
        if isinstance(item, ClaimEvidence):
            return self.ink.words("accent")
        branch = self.study.frame.branch(item.code if isinstance(item, Segment) else item.from_code)
        return self.ink.code(branch.colour, branch.position)

    def drawn(self, item: Passage, width: int) -> list[Piece]:
        """Code, who, and as many of the words as there is room for; nothing else is read of it."""
        document = self._speakers.documents[item.document]
        who = self._speakers.told(item)
        where = document.name if who and document.name in who else f"{document.name} {who}".strip()
        is_told = len(self._by_coder) > 1 and self.state.order != "coder"
        return [
            Piece(f"{visible_line(self._label(item))} ", self.ink.style() + self._colour_of(item)),
            Piece(f"{visible_line(self._coders.get(item.coder, ''))} " if is_told else "", self.ink.style("accent")),
            Piece(
                f"{visible_line(who if self.state.order == 'document' and who else where)} ", self.ink.style("quiet")
            ),
            Piece(visible_line(" ".join(self._words(item, 2 * width).split())), self.ink.style("text")),
        ]

    def in_full(self, item: Passage) -> Text:
        """Question, words, citation, what else is coded on them, memos."""
        project = self.study.project
        (quotation,) = project.quotations([item])
        text = Text()
        body, room = self._body(item.document), _AROUND[self._around]
        if not room and quotation.before:
            text.append(visible(quotation.before) + "\n\n", self.ink.words("asked"))
        if room:
            text.append(visible(words_before(body, item.start, max(0, item.start - room))), self.ink.words("asked"))
        text.append(visible(quotation.words), self.ink.words("label" if room else "text"))
        if room:
            text.append(visible(words_after(body, item.end, item.end + room)), self.ink.words("asked"))
        where = f"{quotation.document}{f' ¶{quotation.answer}' if quotation.answer else ''}"
        text.append(f"\n\n{visible_line(quotation.citation)} {visible_line(where)}\n", self.ink.words("quiet"))
        self._append_coding(text, item)
        return text

    def _append_coding(self, text: Text, item: Passage) -> None:
        frame, project = self.study.frame, self.study.project
        document = self._speakers.documents[item.document]
        for each in [item, *(each for each in project.segments.of(document) if _overlap(each, item))]:
            if each is not item and isinstance(item, Segment) and each.id == item.id:
                continue
            name = frame.code(each.code).name if isinstance(each, Segment) else ""
            remark = f"  {remarks(each)}" if not isinstance(each, ClaimEvidence) else ""
            text.append("┃ ", self._colour_of(each))
            line = f"{self._label(each)} {name}  {self._coders.get(each.coder, '')}{remark}"
            text.append(visible_line(line) + "\n", self.ink.words("label" if each is item else "asked"))
        target = _target(item)
        for memo in project.memos.find(**target) if target else ():
            text.append(f"\n✎ {memo.at:%d %b %Y} {self._coders.get(memo.coder, '')} ", self.ink.words("accent"))
            text.append(f"{memo.kind}{', private' * memo.private}\n", self.ink.words("accent"))
            text.append(visible(memo.body) + "\n", self.ink.words("text"))

    # -- comparing ---------------------------------------------------------------------------------------------------

    def action_narrow(self) -> None:
        """Narrow down."""
        if self.state.kind == "claim evidence":
            self.messages.say("What supports or contradicts a claim is shown as it is.")
            return
        self.converse(self._narrow())

    @property
    def _all(self) -> Asked:
        """What is asked for without any filter."""
        return Asked(order=self.state.order, kind=self.state.kind, among=self.state.among)

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter holds."""
        return self.state != self._all

    def filters(self) -> Mapping[str, str]:
        """Key -> what one can narrow by."""
        return _FILTERS

    async def _narrow(self) -> None:
        key = await self.ask_key("Filter by", self.filters())
        state = None if key is None else await self.narrow_by(key)
        if state is not None:
            self.ask_for(state)

    async def narrow_by(self, key: str) -> Asked | None:
        """What is asked for after one of the keys; None where it was left."""
        if key == "x":
            return self._all
        wanted = await self._wanted_after(key)
        return None if wanted is None else replace(self.state, wanted=wanted)

    async def _wanted_after(self, key: str) -> Filter | None:
        now = self.state.wanted
        if key == "u":
            return replace(now, unsure=not now.unsure)
        if key == "l":
            return replace(now, counting=not now.counting)
        if key == "c":
            return await self._with_code(now)
        if key == "a":
            said = ", ".join(f"{name}={value}" for name, value in now.attributes)
            typed = await self.ask_line("Attribute=value (several by comma; nothing = any)", said)
            return None if typed is None else replace(now, attributes=_pairs(typed))
        narrowing = WHOSE.get(key, _WORDS)
        typed = await self.ask_value(narrowing, getattr(now, narrowing.field))
        return None if typed is None else set_field(now, narrowing, typed)

    async def _with_code(self, now: Filter) -> Filter | None:
        """Another code is added; one that is there is taken out."""
        code = await self.ask_code("Passages of this code, with all below it (one that is shown: no longer)")
        if code is None:
            return None
        kept = tuple(each for each in now.codes if each != code.short)
        return replace(now, codes=kept if len(kept) < len(now.codes) else (*kept, code.short))

    def action_group(self) -> None:
        """Group by something else."""
        self.converse(self._group())

    async def _group(self) -> None:
        key = await self.ask_key("Group by", {key: str(order) for key, order in ORDERS.items()})
        if key is not None:
            self.ask_for(replace(self.state, order=ORDERS[key]))

    def action_unfold(self) -> None:
        """More of the text around, or less."""
        self._around = (self._around + 1) % len(_AROUND)
        self._show_current()

    def action_code_on(self) -> None:
        """Read them as one document, and code there."""
        if self.listing.items:
            told = f"{counted(len(self.listing.items), *self.called)}{self.told_of_all}"
            self.post_message(CodeOn(self._title, f"{told} · {self.narrowed}", tuple(self.listing.items)))

    @on(Rows.Chosen, "#passages")
    def _go(self) -> None:
        item = self.current
        if item is not None:
            with self.told():
                document = self.study.project.documents.get(item.document)
                self.post_message(OpenDocument(document, item.start))

    # -- coding ------------------------------------------------------------------------------------------------------

    def _segments(self, what: str) -> list[Segment]:
        """The coded passages that an action works on; says so where there is none."""
        found = [each for each in self.chosen if isinstance(each, Segment)]
        if not found:
            self.messages.warn(f"There is no coded passage here {what}.")
        return found

    def _keep_shown(self, changed: Sequence[Passage]) -> None:
        """What stands in the place of passages that are shown is shown too: of a finished round it is another row."""
        if self.state.among is not None:
            among = self.state.among | {each.id for each in changed}
            self.state = self._shown = replace(self.state, among=among)

    def _done(self, words: str, count: int) -> None:
        self.marked = set()
        self.messages.say(f"{words}: {counted(count, 'passage')}. u takes it back.")

    def action_code(self) -> None:
        """Give another code too."""
        if self.chosen:
            self.converse(self._code(self.chosen))

    async def _code(self, chosen: Sequence[Passage]) -> None:
        code = await self.ask_code(f"Code {counted(len(chosen), 'passage')} also as", by_key=True)
        if code is None:
            return
        with self.study.project.action("code passages", code=code.short, count=len(chosen)):
            for each in chosen:
                self.study.project.segments.add(each.document, code.short, span=(each.start, each.end))
        self.study.used(code.id)
        self._done(f"Also {code.short} {code.name}", len(chosen))

    def action_recode(self) -> None:
        """Give another code instead."""
        segments = self._segments("to recode")
        if segments:
            self.converse(self._recode(segments))

    async def _recode(self, segments: Sequence[Segment]) -> None:
        code = await self.ask_code(f"Another code for {counted(len(segments), 'passage')}", by_key=True)
        if code is None:
            return
        with self.study.project.action("recode segments", code=code.short, count=len(segments)):
            self._keep_shown([self.study.project.segments.recode(each, code.short) for each in segments])
        self.study.used(code.id)
        self._done(f"Now {code.short} {code.name}", len(segments))

    def action_uncode(self) -> None:
        """Take away."""
        chosen = self.chosen
        with self.told(), self.study.project.action("remove passages", count=len(chosen)):
            for each in chosen:
                self._remove(each)
            self._done("Taken away", len(chosen))

    def _remove(self, item: Passage) -> None:
        project = self.study.project
        if isinstance(item, Segment):
            project.segments.remove([item])
        elif isinstance(item, Claim):
            project.claims.remove(item)
        else:
            project.claims.remove_evidence(item)

    def action_unsure(self) -> None:
        """Doubt them, or no longer."""
        chosen = [each for each in self.chosen if not isinstance(each, ClaimEvidence)]
        if chosen:
            self.converse(self._doubt(chosen))

    async def _doubt(self, chosen: Sequence[Segment | Claim]) -> None:
        why = None
        if any(each.unsure is None for each in chosen):
            why = await self.ask_line(
                f"Unsure of {counted(len(chosen), 'passage')}: why? (a few words for supervision)"
            )
            if why is None:
                return
        project = self.study.project
        with project.action("change passages", count=len(chosen)):
            self._keep_shown(
                [
                    project.claims.change(each, unsure=why)
                    if isinstance(each, Claim)
                    else project.segments.change(each, unsure=why)
                    for each in chosen
                ]
            )
        self._done("No longer unsure" if why is None else "Unsure", len(chosen))

    def action_negative(self) -> None:
        """Negative cases, or no longer."""
        self._flip("negative", "negative case")

    def action_exemplar(self) -> None:
        """Exemplars, or no longer."""
        self._flip("exemplar", "exemplar")

    def _flip(self, flag: str, called: str) -> None:
        segments = self._segments("to mark")
        if not segments:
            return
        is_now = not all(getattr(each, flag) for each in segments)
        with self.told():
            with self.study.project.action("change passages", count=len(segments)):
                self._keep_shown([self.study.project.segments.change(each, **{flag: is_now}) for each in segments])
            self._done(f"{'Now' if is_now else 'No longer'} {called}", len(segments))

    def action_claim(self) -> None:
        """A claim on this passage."""
        item = self.current
        if item is not None:
            said = [self.study.frame.standing[item.code]] if isinstance(item, Segment) else []
            self.converse(self._say(item, said))

    async def _say(self, item: Passage, said: Sequence[int]) -> None:
        await add_claim(self, item.document, (item.start, item.end), said, "This passage")

    def action_evidence(self) -> None:
        """This passage supports, qualifies or contradicts a claim."""
        item = self.current
        if item is not None:
            self.converse(add_evidence(self, item.document, (item.start, item.end)))

    def action_memo(self) -> None:
        """A memo on this passage."""
        item = self.current
        target = _target(item) if item is not None else {}
        if target:
            self.converse(self._memo(target))

    async def _memo(self, target: dict[str, Any]) -> None:
        words = await self.ask_text("Memo on this passage")
        if words and words.strip():
            self.study.project.memos.add(words.strip(), **target)
            self.messages.say("Memo kept")

    def action_definition(self) -> None:
        """What its code means."""
        item = self.current
        code: Code | None = None
        if isinstance(item, Segment):
            code = self.study.frame.code(item.code)
        elif isinstance(item, Claim):
            code = self.study.frame.code(item.from_code)
        if code is not None:
            self.app.push_screen(MeaningScreen(self.explained(code)))


def _overlap(segment: Segment, item: Passage) -> bool:
    return segment.start < item.end and segment.end > item.start


def _target(item: Passage) -> dict[str, Any]:
    """What a memo on it is on."""
    if isinstance(item, Segment):
        return {"segment": item.id}
    return {"claim": item.id if isinstance(item, Claim) else item.claim}


def _pairs(typed: str) -> tuple[tuple[str, str], ...]:
    parts = [part.partition("=") for part in typed.split(",") if part.strip()]
    return tuple((name.strip(), value.strip()) for name, _, value in parts)
