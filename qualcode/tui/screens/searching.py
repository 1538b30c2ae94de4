"""`SearchScreen`: words looked for in all documents; what is found is gone to, or coded in one action."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.binding import BindingType
from textual.worker import NoActiveWorker, get_current_worker

from qualcode.language.parsing import Progress
from qualcode.model import Hit
from qualcode.project import Project
from qualcode.project.retrieval import Filter
from qualcode.report.widths import cut, padded
from qualcode.tui.actions import bindings
from qualcode.tui.context import words_after, words_before
from qualcode.tui.filters import WHOSE, set_field
from qualcode.tui.messages import OpenDocument
from qualcode.tui.retrieved import Listing, Speakers, told
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import counted, visible, visible_line
from qualcode.work.concordance import SIDES, Side, concordance
from qualcode.work.search import HOWS, Around, Found, Search, code_hits, search, words_around

_AT_ONCE = 1_000_000
"""Code points that are looked through while one waits."""
_ROOM = 600
"""Code points shown before and after a place."""
_FILTERS: Mapping[str, str] = {
    **{key: each.called for key, each in WHOSE.items()}, "c": "code", "n": "not coded yet", "i": "said, not asked",
    "o": "whole words", "l": "words in whatever form", "h": "phrase, any word, all in one answer, pattern",
    "k": "order: text, words before, words after", "x": "take all away",
}  # fmt: skip
_SWITCHES = {"n": "uncoded", "i": "said", "o": "whole", "l": "lemma"}
_ORDERS: tuple[Side | None, ...] = (None, *SIDES)
_HOW = {"phrase": "“{}”", "any": "any of “{}”", "near": "all in one answer of “{}”", "regex": "pattern {}"}
_AROUND: Mapping[str, Around] = {"s": "sentence", "a": "answer", "w": "words"}


def _is_stopped() -> bool:
    """Whether the thread that searches is to stop."""
    try:
        return get_current_worker().is_cancelled
    except NoActiveWorker:
        return False


class SearchScreen(ListScreen[Hit, Search]):
    """Places where words stand."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("searching")]
    called: ClassVar[tuple[str, str]] = ("place", "places")
    none: ClassVar[str] = "These words stand nowhere. S or / looks for others, f changes how they are looked for."

    def __init__(self, study: Study, ink: Ink, words: str = "") -> None:
        super().__init__(study, ink, "Search", Search(words))
        self._bodies: dict[int, str] = {}
        self._order: Side | None = None
        self._speakers = Speakers(study.project)

    def on_mount(self) -> None:
        """Ask for words, if there are none yet; where none are said, one is back where one was."""
        super().on_mount()
        if not self.state.words:
            self.action_words()

    # -- what is shown -----------------------------------------------------------------------------------------------

    def reader_now(self) -> Callable[[Project], Listing[Hit]]:
        """Search."""
        wanted, order = self.state, self._order
        if not wanted.words.strip():
            return lambda _project: Listing.plain(())
        return lambda project: _listed(project, wanted, order, self._tell_parsing)

    def _tell_parsing(self, progress: Progress) -> None:
        """From another thread: how far the parsing is, which a search for words in whatever form needs once."""
        is_done = progress.done == progress.of
        far = f"Parsing the texts, once: {progress.done} of {progress.of}. Leaving stops; what is done is kept."
        self.app.call_from_thread(self.messages.say, "All texts are parsed." if is_done else far)

    @property
    def size_now(self) -> int:
        """A pattern may take long, as may many texts, or parsing them: not while one waits."""
        length = sum(document.length for document in self._speakers.documents.values())
        is_quick = self.state.how != "regex" and not self.state.lemma and length < _AT_ONCE
        return 0 if is_quick else length + _AT_ONCE

    def reload(self) -> None:
        """Search anew, and forget the texts as they were."""
        self._bodies, self._speakers = {}, Speakers(self.study.project)
        super().reload()

    @property
    def narrowed(self) -> str:
        """What is looked for, and where."""
        now = self.state
        how = _HOW[now.how].format(now.words)
        switches = [name for name, is_on in (("whole words", now.whole), ("in whatever form", now.lemma),
                    ("not coded yet", now.uncoded), ("said, not asked", now.said)) if is_on]  # fmt: skip
        order = {"left": "sorted by the words before", "right": "sorted by the words after"}.get(self._order or "", "")
        parts = (how if now.words else "", told(_as_filter(now)), *switches, order)
        return " · ".join(filter(None, parts))

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return bool(self.state.words) and self.state != Search(self.state.words)

    @property
    def told_if_empty(self) -> str:
        """What stands where no place does."""
        return super().told_if_empty if self.state.words else "S or / asks what to look for."

    def key(self, item: Hit) -> int:
        """Its document and place."""
        return item.document << 40 | item.start

    def _body(self, document: int) -> str:
        if document not in self._bodies:
            self._bodies[document] = self.study.project.documents.body(self._speakers.documents[document])
        return self._bodies[document]

    def drawn(self, item: Hit, width: int) -> list[Piece]:
        """The words with those before and after, the place itself in the middle."""
        body = self._body(item.document)
        before, after = words_around(body, item.start, item.end, max(10, 2 * width // 5))
        before, after, who = map(visible_line, (before, after, self._speakers.told(item)))
        speaker = Piece(f"{who} " if who else "", self.ink.style("quiet"))
        place = Piece(visible_line(" ".join(body[item.start : item.end].split())), self.ink.style("text", "hit"))
        if self._order:  # the places below one another, so that the words beside them can be compared
            room = max(8, 2 * width // 5)
            before = padded(cut(before[::-1], room)[::-1], room, ">")
            return [
                Piece(before, self.ink.style("asked")),
                place,
                Piece(f"{after}  ", self.ink.style("asked")),
                speaker,
            ]
        return [speaker, Piece(before, self.ink.style("asked")), place, Piece(after, self.ink.style("asked"))]

    def in_full(self, item: Hit) -> Text:
        """The text around, the citation, and what is coded there."""
        body, frame, project = self._body(item.document), self.study.frame, self.study.project
        text = Text()
        text.append(visible(words_before(body, item.start, max(0, item.start - _ROOM // 3))), self.ink.words("asked"))
        text.append(visible(body[item.start : item.end]), self.ink.words("label", "hit"))
        text.append(visible(words_after(body, item.end, item.end + _ROOM)), self.ink.words("asked"))
        (quotation,) = project.quotations([item])
        where = f"{quotation.citation} {quotation.document}{f' ¶{quotation.answer}' if quotation.answer else ''}"
        text.append(f"\n\n{visible_line(where)}\n", self.ink.words("quiet"))
        if item.matched:
            text.append(f"Fits by {visible_line(item.matched)}\n", self.ink.words("quiet"))
        for each in project.segments.of(self._speakers.documents[item.document]):
            if each.start < item.end and each.end > item.start:
                code, branch = frame.code(each.code), frame.branch(each.code)
                text.append("┃ ", self.ink.code(branch.colour, branch.position))
                coder = project.coders.get(each.coder).short
                text.append(visible_line(f"{code.short} {code.name}  {coder}") + "\n", self.ink.words("asked"))
        return text

    # -- what is done ------------------------------------------------------------------------------------------------

    def action_words(self) -> None:
        """Other words."""
        self.converse(self._ask_words())

    async def _ask_words(self) -> None:
        words = await self.ask_line("Search in all documents for", self.state.words)
        if words:
            self.marked = set()
            self.ask_for(replace(self.state, words=words))
        elif not self.state.words:
            self.app.pop_screen()

    def action_narrow(self) -> None:
        """Narrow down."""
        self.converse(self._narrow())

    async def _narrow(self) -> None:
        key = await self.ask_key("Filter by", _FILTERS)
        state = None if key is None else await self._narrowed_by(key)
        if state is not None:
            self.ask_for(state)

    async def _narrowed_by(self, key: str) -> Search | None:
        now = self.state
        if key == "x":
            self._order = None
            return Search(now.words)
        if key == "h":
            return _next_how(now)
        if key == "k":
            self._order = _ORDERS[(_ORDERS.index(self._order) + 1) % len(_ORDERS)]
            return now
        if key == "c":
            code = await self.ask_code("Only where this code is, or one below it")
            return None if code is None else replace(now, codes=(code.short,), uncoded=False)
        if key in _SWITCHES:
            switched: dict[str, Any] = {_SWITCHES[key]: not getattr(now, _SWITCHES[key])}
            return replace(now, **switched)
        typed = await self.ask_value(WHOSE[key], getattr(now, WHOSE[key].field))
        return None if typed is None else set_field(now, WHOSE[key], typed)

    def action_code(self) -> None:
        """Code what was found."""
        if self.chosen:
            self.converse(self._code(self.chosen))

    async def _code(self, hits: list[Hit]) -> None:
        key = await self.ask_key(f"Code {counted(len(hits), 'place')}: each time the", dict(_AROUND))
        code = await self.ask_code(f"Code {counted(len(hits), 'place')} as", by_key=True) if key else None
        if key is None or code is None:
            return
        count = code_hits(self.study.project, hits, code.short, _AROUND[key])
        self.study.used(code.id)
        self.marked = set()
        self.messages.say(f"{code.short} {code.name}: {counted(count, 'new passage')}. u takes them back.")

    @on(Rows.Chosen, "#passages")
    def _go(self) -> None:
        item = self.current
        if item is not None:
            with self.told():
                self.post_message(OpenDocument(self.study.project.documents.get(item.document), item.start))


def _next_how(now: Search) -> Search:
    """The next way of searching that fits: one word is near nothing, and a pattern has no base form."""
    fitting = [
        how for how in HOWS if (how != "near" or len(now.words.split()) > 1) and (how != "regex" or not now.lemma)
    ]
    return replace(now, how=fitting[(fitting.index(now.how) + 1) % len(fitting)] if now.how in fitting else "phrase")


def _listed(project: Project, wanted: Search, order: Side | None, tell: Callable[[Progress], None]) -> Listing[Hit]:
    """What is found: under the documents' names, or in the order of the words beside."""
    found = search(project, wanted, _is_stopped, tell)
    if order:
        return Listing.plain([line.hit for line in concordance(project, found.hits, order)])
    return _grouped(found)


def _grouped(found: Found) -> Listing[Hit]:
    counts, rows, place = found.counts, list[int | str](), 0
    for document in found.documents:
        count = counts[document.id]
        if count:
            rows += [f"{document.name}   {count:,}", *range(place, place + count)]
            place += count
    return Listing(found.hits, rows)


def _as_filter(wanted: Search) -> Filter:
    return Filter(
        codes=wanted.codes, documents=wanted.documents, people=wanted.people, cases=wanted.cases,
        roles=wanted.roles, waves=wanted.waves, coders=wanted.coders,
    )  # fmt: skip
