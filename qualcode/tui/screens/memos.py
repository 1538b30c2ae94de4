"""`MemoBookScreen`: all memos in one place, narrowed down, gone to, written, changed, and put into a Word document."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, get_args

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.binding import BindingType

from qualcode.model import Memo, MemoKind
from qualcode.project import Project
from qualcode.project.notes import MemoFilter
from qualcode.tui.actions import bindings
from qualcode.tui.filters import WHOSE, Narrowing, set_field
from qualcode.tui.messages import OpenCoded, OpenDocument
from qualcode.tui.retrieved import Listing
from qualcode.tui.screens.exporting import written
from qualcode.tui.screens.listing import ListScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import counted, visible, visible_line
from qualcode.work.memo_book import About, Order, memo_book

_BY: Mapping[str, Narrowing] = {
    "k": Narrowing("kinds", "type", lambda _project: get_args(MemoKind)),
    "b": Narrowing("coders", "written by", WHOSE["b"].values),
    "d": WHOSE["d"],
    "t": Narrowing("words", "words in the memo"),
}
_FILTERS = {**{key: each.called for key, each in _BY.items()}, "c": "code", "p": "private", "x": "take all away"}


class MemoBookScreen(ListScreen[Memo, MemoFilter]):
    """The memos, the newest first."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("memo_book")]
    called: ClassVar[tuple[str, str]] = ("memo", "memos")
    none: ClassVar[str] = "There is no memo yet. n writes one here, m in a text."

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(study, ink, "Memos", MemoFilter())
        self._about = About(study.project, [])

    def reader_now(self) -> Callable[[Project], Listing[Memo]]:
        """The memos asked for."""
        wanted = self.state
        return lambda project: _read(project, wanted)

    @property
    def size_now(self) -> int:
        """All memos have to be looked at, and what they are on."""
        return self.study.project.memos.count()

    def show(self, listing: Listing[Memo]) -> None:
        """Take along what they are on."""
        if isinstance(listing, _Memos):
            self._about = listing.about.beside(self.study.project)
        super().show(listing)

    @property
    def narrowed(self) -> str:
        """The filter."""
        now = self.state
        parts = [" or ".join(getattr(now, name)) for name in ("kinds", "coders", "codes", "documents")]
        parts += [f"“{now.words}”" if now.words else "", "private" if now.private else ""]
        return " · ".join(filter(None, parts)) or "newest first"

    def key(self, item: Memo) -> int:
        """Its id."""
        return item.id

    def drawn(self, item: Memo, width: int) -> list[Piece]:
        """When, what on, and the first words."""
        lock = "private " if item.private else ""
        return [
            Piece(f"{item.at:%Y-%m-%d} ", self.ink.style("quiet")),
            Piece(f"{item.kind} {lock}", self.ink.style("asked")),
            Piece(f"{visible_line(self._about.told(item))}  ", self.ink.style("accent")),
            Piece(visible_line(" ".join(item.body[: 2 * width].split())), self.ink.style("text")),
        ]

    def in_full(self, item: Memo) -> Text:
        """All of it, with the words it is on."""
        text = Text()
        text.append(visible_line(self._about.told(item)) + "\n", self.ink.words("head"))
        text.append(visible_line(self._about.headline(item)) + "\n\n", self.ink.words("quiet"))
        text.append(visible(item.body) + "\n", self.ink.words("text"))
        quoted = self._about.quoted(item)
        if quoted:
            text.append(f"\n{visible(quoted)}\n", self.ink.words("asked"))
        return text

    # -- narrowing down, going ---------------------------------------------------------------------------------------

    def action_narrow(self) -> None:
        """Narrow down."""
        self.converse(self._narrow())

    async def _narrow(self) -> None:
        key = await self.ask_key("Filter by", _FILTERS)
        now = self.state
        if key == "x":
            self.ask_for(MemoFilter())
        elif key == "p":
            self.ask_for(replace(now, private=not now.private))
        elif key == "c":
            code = await self.ask_code("Memos on this code, and on what is coded so")
            if code is not None:
                self.ask_for(replace(now, codes=(code.short,)))
        elif key is not None:
            typed = await self.ask_value(_BY[key], getattr(now, _BY[key].field))
            if typed is not None:
                self.ask_for(set_field(now, _BY[key], typed))

    @on(Rows.Chosen, "#passages")
    def _go(self) -> None:
        """To what the memo is on."""
        memo = self.current
        if memo is None:
            return
        place = self.study.project.memos.places([memo])[memo.id]
        if place.document is not None:
            with self.told():
                document = self.study.project.documents.get(place.document)
                self.post_message(OpenDocument(document, place.start))
        elif memo.code is not None:
            self.post_message(OpenCoded((self.study.frame.code(memo.code).short,)))
        else:
            self.messages.say(f"This memo is on {self._about.told(memo)}.")

    # -- writing -----------------------------------------------------------------------------------------------------

    def action_new(self) -> None:
        """Write one."""
        self.converse(self._new())

    async def _new(self) -> None:
        key = await self.ask_key("A memo on", {"p": "the project", "c": "a code", "d": "a document"})
        target: dict[str, Any] = {}
        if key == "c":
            code = await self.ask_code("A memo on which code")
            if code is None:
                return
            target = {"code": code.id}
        elif key == "d":
            name = await self.ask_line("On which document")
            if not name:
                return
            target = {"document": self.study.project.documents.get(name).id}
        words = await self.ask_text("Memo") if key else None
        if words and words.strip():
            made = self.study.project.memos.add(words.strip(), **target)
            self.sought = made.id
            self.messages.say(f"Memo {made.id} kept")

    def action_edit(self) -> None:
        """Other words."""
        if self.current is not None:
            self.converse(self._edit(self.current))

    async def _edit(self, memo: Memo) -> None:
        words = await self.ask_text("Your memo", memo.body)
        if words and words.strip() and words != visible(memo.body):
            self.study.project.memos.change(memo, body=words.strip())
            self.messages.say("Changed. u brings the old words back.")

    def action_kind(self) -> None:
        """Another type."""
        if self.current is not None:
            self.converse(self._kind(self.current))

    async def _kind(self, memo: Memo) -> None:
        kinds: Mapping[str, MemoKind] = {kind[0]: kind for kind in get_args(MemoKind)}
        key = await self.ask_key("Type", dict(kinds))
        if key is not None:
            self.study.project.memos.change(memo, kind=kinds[key])
            self.messages.say(f"Now {kinds[key]}")

    def action_private(self) -> None:
        """Only oneself sees it, or all."""
        memo = self.current
        if memo is not None:
            with self.told():
                self.study.project.memos.change(memo, private=not memo.private)
                self.messages.say("Everybody sees it" if memo.private else "Only you see it")

    def action_remove(self) -> None:
        """Take away."""
        chosen = self.chosen
        if chosen:
            with self.told():
                with self.study.project.action("remove memos", memos=" ".join(str(memo.id) for memo in chosen)):
                    for memo in chosen:
                        self.study.project.memos.remove(memo)
                self.marked = set()
                self.messages.say(f"Taken away: {counted(len(chosen), 'memo')}. u brings them back.")

    def action_book(self) -> None:
        """Write them all into a document."""
        self.converse(self._book())

    async def _book(self) -> None:
        orders: Mapping[str, Order] = {"d": "date", "c": "code"}
        key = await self.ask_key("Memo book, without private memos, by", dict(orders))
        path = await self.ask_line("Write to (.docx)", str(Path.cwd() / "memos.docx")) if key else None
        if not key or not path:
            return
        from qualcode.report.exporting import write_out
        from qualcode.report.memo_book import write_memo_book

        chosen, is_there = _place(path)
        if is_there and await self.ask_key(f"{path} is there already.", {"r": "replace it"}) != "r":
            return
        made = memo_book(self.study.project, orders[key])
        write = partial(write_memo_book, made, chosen)
        if await written(self, lambda scan: write_out(self.study.project, made, chosen, write, scan=scan)):
            self.messages.say(f"Written: {chosen}, {counted(made.count, 'memo')}")


@dataclass(frozen=True, slots=True)
class _Memos(Listing[Memo]):
    """Memos with what they are on, looked up where they were read."""

    about: About


def _read(project: Project, wanted: MemoFilter) -> _Memos:
    memos = project.memos.choose(wanted)[::-1]
    return _Memos(memos, range(len(memos)), About(project, memos))


def _place(typed: str) -> tuple[Path, bool]:
    """The file that was typed, and whether it is there already."""
    path = Path(typed).expanduser()
    return path, path.exists()
