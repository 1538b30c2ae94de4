"""`ProposalsScreen`: what rules propose, to be accepted, changed or rejected, one by one or together."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from threading import Event
from typing import ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.binding import BindingType

from qualcode.language.parsing import Progress
from qualcode.language.rules import RuleFile
from qualcode.model import Proposal
from qualcode.project import Project
from qualcode.tui import edges
from qualcode.tui.actions import bindings
from qualcode.tui.beside import beside
from qualcode.tui.filters import set_field
from qualcode.tui.messages import OpenDocument
from qualcode.tui.proposed import BYS, FILTERS, STATES, Asked, moved
from qualcode.tui.retrieved import Listing, Speakers
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import counted, visible, visible_line
from qualcode.work.extents import Extents
from qualcode.work.proposed import Wanted
from qualcode.work.rules import read_rules, run
from qualcode.work.search import words_around

_ROOMS = (200, 600, 1_600)
"""Code points shown before and after a proposal."""
_LEAST = 8
"""With less room beside the words of a row, only they are shown."""
_FILTERS = {**{key: each.called for key, each in FILTERS.items()}, "c": "code", "s": "state", "x": "take all away"}
_SIGNS: Mapping[str, str] = {"open": " ", "accepted": "✓", "rejected": "✗"}


class ProposalsScreen(ListScreen[Proposal, Asked]):
    """Proposals, each with its rule and the words it stands in."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("proposals")]
    called: ClassVar[tuple[str, str]] = ("proposal", "proposals")

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(study, ink, "What rules propose", Asked())
        self._around = 0
        self._edited: tuple[int, int] | None = None
        self._extents: dict[int, Extents] = {}
        self._speakers = Speakers(study.project)
        self._stop = Event()
        self._last_file = ""

    # -- what is shown -----------------------------------------------------------------------------------------------

    def reader_now(self) -> Callable[[Project], Listing[Proposal]]:
        """The proposals asked for."""
        return self.state.read

    @property
    def size_now(self) -> int:
        """All of them have to be looked at."""
        return sum(self.study.project.proposals.count(state) for state in ("open", "accepted", "rejected"))

    @property
    def narrowed(self) -> str:
        """Filter and order."""
        return self.state.told

    @property
    def told_of_all(self) -> str:
        """How many documents show none, since they are being coded for agreement."""
        hidden = self.study.project.proposals.passed_over()
        return f"   none shown in {counted(len(hidden), 'document')} coded for agreement" if hidden else ""

    @property
    def told_if_empty(self) -> str:
        """What can be done where nothing is proposed."""
        return "Nothing is proposed here. R runs a file of rules; f s shows what was decided."

    def reload(self) -> None:
        """Read anew, also the texts."""
        self._extents, self._speakers = {}, Speakers(self.study.project)
        super().reload()

    def key(self, item: Proposal) -> int:
        """Its id."""
        return item.id

    def _extents_of(self, item: Proposal) -> Extents:
        if item.document not in self._extents:
            self._extents[item.document] = Extents(self.study.project, item.document)
        return self._extents[item.document]

    def drawn(self, item: Proposal, width: int) -> list[Piece]:
        """Code and rule, who says it, and the words, with those around where there is room."""
        frame, body = self.study.frame, self._extents_of(item).body
        branch = frame.branch(item.code)
        code = Piece(f"{visible_line(frame.code(item.code).short)} ", self.ink.style() + self.ink.code(
            branch.colour, branch.position))  # fmt: skip
        who = self._speakers.told(item) if self.state.by == "document" else self._speakers.documents[item.document].name
        words = " ".join(body[item.start : min(item.end, item.start + 2 * width)].split())
        room = (width - len(words)) // 3
        before, after = words_around(body, item.start, item.end, room) if room > _LEAST else ("", "")
        rule = f"{visible_line(item.rule)} " if self.state.by != "rule" else ""
        return [
            Piece(f"{_SIGNS[item.state]} ", self.ink.style("accent" if item.state == "accepted" else "quiet")),
            code,
            Piece(rule, self.ink.style("accent")),
            Piece(f"{visible_line(who)} " if who else "", self.ink.style("quiet")),
            Piece(visible_line(before), self.ink.style("asked")),
            Piece(visible_line(words), self.ink.style("label" if item.state == "open" else "quiet")),
            Piece(visible_line(after), self.ink.style("asked")),
        ]

    def in_full(self, item: Proposal) -> Text:
        """The words in their context, the rule that proposes them, the code, and what is coded there."""
        start, end = self._edited or (item.start, item.end)
        body, room, project = self._extents_of(item).body, _ROOMS[self._around], self.study.project
        code, text = self.study.frame.code(item.code), Text()
        first = 0 if start <= room else body.find(" ", start - room, start) + 1 or start - room
        text.append(visible(body[first:start]), self.ink.words("asked"))
        text.append(visible(body[start:end]), self.ink.words("label", "hit"))
        text.append(visible(body[end : end + room]), self.ink.words("asked"))
        (quotation,) = project.quotations([item.hit])
        where = f"{quotation.citation} {quotation.document}{f' ¶{quotation.answer}' if quotation.answer else ''}"
        text.append(f"\n\n{visible_line(where)}\n", self.ink.words("quiet"))
        text.append(f"{item.state}  ", self.ink.words("head"))
        text.append(visible_line(f"{code.short} {code.name}") + "\n", self.ink.words("text"))
        text.append(visible_line(f"by the rule {item.rule} of {item.file}") + "\n", self.ink.words("accent"))
        if item.pipeline:
            text.append(visible_line(f"parsed by {item.pipeline}") + "\n", self.ink.words("quiet"))
        if code.definition.brief:
            text.append(visible_line(code.definition.brief) + "\n", self.ink.words("asked"))
        self._append_coding(text, item)
        return text

    def _append_coding(self, text: Text, item: Proposal) -> None:
        """What is coded there already, by whom."""
        frame, project = self.study.frame, self.study.project
        for each in project.segments.of(self._speakers.documents[item.document]):
            if each.start < item.end and each.end > item.start:
                code, branch = frame.code(each.code), frame.branch(each.code)
                text.append("┃ ", self.ink.code(branch.colour, branch.position))
                coder = project.coders.get(each.coder).short
                text.append(visible_line(f"{code.short} {code.name}  {coder}") + "\n", self.ink.words("asked"))

    # -- narrowing down ----------------------------------------------------------------------------------------------

    def action_narrow(self) -> None:
        """Narrow down."""
        self.converse(self._narrow())

    async def _narrow(self) -> None:
        key = await self.ask_key("Filter by", _FILTERS)
        found = None if key is None else await self._narrowed_by(key)
        if found is not None:
            self.marked = set()
            self.ask_for(replace(self.state, wanted=found))

    async def _narrowed_by(self, key: str) -> Wanted | None:
        now = self.state.wanted
        if key == "x":
            return Wanted()
        if key == "s":
            chosen = await self.ask_key("Show those that are", {key: each or "all" for key, each in STATES.items()})
            return None if chosen is None else replace(now, state=STATES[chosen])
        if key == "c":
            code = await self.ask_code("Only for this code, with all below it")
            return None if code is None else replace(now, codes=(code.short,))
        typed = await self.ask_value(FILTERS[key], getattr(now, FILTERS[key].field))
        return None if typed is None else set_field(now, FILTERS[key], typed)

    def action_group(self) -> None:
        """Group by something else."""
        self.converse(self._group())

    async def _group(self) -> None:
        key = await self.ask_key("Group by", {key: str(by) for key, by in BYS.items()})
        if key is not None:
            self.ask_for(replace(self.state, by=BYS[key]))

    def action_unfold(self) -> None:
        """More of the text around, or less."""
        self._around = (self._around + 1) % len(_ROOMS)
        self._show_current()

    def action_definition(self) -> None:
        """What its code means."""
        if self.current is not None:
            self.app.push_screen(MeaningScreen(self.explained(self.study.frame.code(self.current.code))))

    @on(Rows.Chosen, "#passages")
    def _go(self) -> None:
        item = self.current
        if item is not None:
            with self.told():
                self.post_message(OpenDocument(self.study.project.documents.get(item.document), item.start))

    # -- deciding ----------------------------------------------------------------------------------------------------

    def action_accept(self) -> None:
        """It is one's own coding from now on."""
        self._decide(self.study.project.proposals.accept, "Accepted")

    def action_reject(self) -> None:
        """It is not to be coded so."""
        self._decide(self.study.project.proposals.reject, "Rejected")

    def action_withdraw(self) -> None:
        """As if it had never been made."""
        self._decide(self.study.project.proposals.withdraw, "Withdrawn")

    def _decide(self, decide: Callable[[Sequence[Proposal]], object], done: str) -> None:
        chosen = self.chosen
        if chosen:
            with self.told():
                decide(chosen)
                self._say_done(done, len(chosen))

    def _say_done(self, done: str, count: int) -> None:
        self.marked = set()
        self.messages.say(f"{done}: {counted(count, 'proposal')}. u takes it back.")

    def action_recode(self) -> None:
        """Another code."""
        if self.chosen:
            self.converse(self._recode(self.chosen))

    async def _recode(self, chosen: Sequence[Proposal]) -> None:
        code = await self.ask_code(f"Another code for {counted(len(chosen), 'proposal')}", by_key=True)
        if code is not None:
            self.study.project.proposals.recode(chosen, code.short)
            self._say_done(f"Now for {code.short} {code.name}", len(chosen))

    def action_edges(self) -> None:
        """Other edges."""
        if self.current is not None:
            self.converse(self._move_edges(self.current))

    async def _move_edges(self, item: Proposal) -> None:
        """Show the passage with its edges moved key by key, until they are kept or left."""
        span = item.start, item.end
        try:
            while True:
                self._edited = span
                self._show_current()
                key = await self.ask_key("Edges", {"enter": "keep", **edges.KEYS})
                if key is None or key == "enter":
                    break
                span = moved(self._extents_of(item), span, key)
        finally:
            self._edited = None
            if self.is_here:  # the program may be left with the question open
                self._show_current()
        if key is None or span == (item.start, item.end):
            self.messages.say("The edges stay as they were.")
            return
        self.study.project.proposals.move(item, *span)
        self.messages.say("Moved. u takes it back; y accepts it.")

    # -- running rules -----------------------------------------------------------------------------------------------

    def action_run(self) -> None:
        """Run a file of rules."""
        self.converse(self._run())

    async def _run(self) -> None:
        typed = await self.ask_line("Run the rules in the file", self._last_file)
        if typed:
            file = read_rules(typed)
            self._last_file = typed
            self._stop.set()  # one run at a time
            self._stop = Event()
            self.messages.say(f"Running {counted(len(file.rules), 'rule')} …")
            self.run_worker(self._conversed(self._run_file(file, self._stop)), group="work", exclusive=True)

    async def _run_file(self, file: RuleFile, stop: Event) -> None:
        told = await asyncio.to_thread(self._run_apart, file, stop)
        if self.is_here:
            self.messages.say(told)

    def _run_apart(self, file: RuleFile, stop: Event) -> str:
        """In another thread: run, and say what came of it."""

        def tell(progress: Progress) -> None:
            """How far the parsing is, which words and patterns need once."""
            far = f"Parsing the texts, once: {progress.done} of {progress.of}. Leaving stops; what is done is kept."
            if not stop.is_set():
                self.app.call_from_thread(self.messages.say, far)

        with beside(self.study.project) as project:
            done = run(project, file, tell=tell, should_stop=stop.is_set)
        if not done.is_whole:
            return "Stopped: nothing was proposed."
        before, coded = sum(each.before for each in done.counts), sum(each.coded for each in done.counts)
        aside = [f"{before:,} proposed before"] * bool(before) + [f"{coded:,} coded so by you"] * bool(coded)
        over = f"; passed over: {counted(len(done.passed_over), 'document')} coded for agreement"
        told = f" ({', '.join(aside)})" if aside else ""
        said = f"{counted(len(done.new), 'new proposal')}{told}"
        return f"{said}{over if done.passed_over else ''}. {'u takes them back.' if done.new else ''}".strip()

    def on_unmount(self) -> None:
        """Who leaves stops a run."""
        self._stop.set()
