"""`ListScreen`: things in a list, the current one in full beside it; narrowed down by keys, told above."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.message import Message
from textual.widget import Widget
from textual.worker import Worker, get_current_worker

from qualcode.errors import QualcodeError
from qualcode.project import Project
from qualcode.tui.actions import bindings
from qualcode.tui.beside import beside
from qualcode.tui.filters import Narrowing
from qualcode.tui.retrieved import Listing
from qualcode.tui.screens.choosing import ChoosingScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.picker import CodePicker
from qualcode.tui.widgets.prose import Prose
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible_line

T = TypeVar("T")
S = TypeVar("S")

_AT_ONCE = 4_000
"""So many passages are read while one waits (some 0.15 s); more, by another thread."""
_FEW = 9
"""So many values have a digit each; of more, one is typed."""


class MarkedRows(Rows):
    """A list whose rows can be marked; headings among them are passed over.

    Attributes:
        is_heading: tells whether a row is one.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("marking")]

    @dataclass
    class Marked(Message):
        """The current row is to be marked or not; `all`: every row."""

        rows: "MarkedRows"
        all: bool

        @property
        def control(self) -> "MarkedRows":
            """The list it is about."""
            return self.rows

    def __init__(self, ink: Ink, *, id: str | None = None) -> None:  # noqa: A002 (Textual's word)
        super().__init__(ink, id=id)
        self.is_heading: Callable[[int], bool] = lambda _row: False

    def go_to(self, row: int) -> None:
        """Make a row the current one; of a heading the one beyond it."""
        row = max(0, min(row, self.count - 1))
        step = -1 if row < self.current else 1
        if self.count and self.is_heading(row):
            beyond = row + step
            row = beyond if 0 <= beyond < self.count else row - step
        super().go_to(row)

    def _show_current(self) -> None:
        """Its heading too, where that stands right above."""
        super()._show_current()
        if 0 < self.current == self.scroll_offset.y and self.is_heading(self.current - 1):
            self.scroll_to(y=self.current - 1, animate=False, immediate=True)

    def action_mark(self) -> None:
        """Mark the current row, or no longer; on to the next."""
        self.post_message(self.Marked(self, all=False))

    def action_mark_all(self) -> None:
        """Mark all rows, or none."""
        self.post_message(self.Marked(self, all=True))


class ListScreen(ChoosingScreen, Generic[T, S]):
    """A list. What it shows, and how, its children say.

    Attributes:
        called: one of the things, and several.
        none: what is told where the study has none of them, with the key that makes the first.
        state: what is asked for: filters and order.
        listing: what is shown.
        marked: keys of the marked things.
        sought: the key of what is to be the current one when the list is next shown; None = what was.
    """

    BINDINGS: ClassVar[list[BindingType]] = []
    called: ClassVar[tuple[str, str]] = ("passage", "passages")
    none: ClassVar[str] = "There is nothing here."

    def __init__(self, study: Study, ink: Ink, title: str, state: S) -> None:
        super().__init__(study, ink)
        self.state = self._shown = state
        self._title = title
        self.listing: Listing[T] = Listing.plain(())
        self.marked: set[int] = set()
        self.sought: int | None = None
        self._is_reading = False

    # -- what children say -------------------------------------------------------------------------------------------

    def reader_now(self) -> Callable[[Project], Listing[T]]:
        """What reads the list as it is asked for now; it may be called in another thread, with another connection."""
        raise NotImplementedError

    def key(self, item: T) -> int:
        """What a thing is known by, also after it was read anew."""
        raise NotImplementedError

    def drawn(self, item: T, width: int) -> list[Piece]:
        """Its row."""
        raise NotImplementedError

    def in_full(self, item: T) -> Text:
        """All of it."""
        raise NotImplementedError

    @property
    def narrowed(self) -> str:
        """By what the list is narrowed down and how it is sorted, in words."""
        raise NotImplementedError

    @property
    def size_now(self) -> int:
        """About how many things are to be read: many are read by another thread."""
        return 0

    @property
    def told_of_all(self) -> str:
        """What else is told of the whole list, beside how many there are."""
        return ""

    @property
    def told_if_empty(self) -> str:
        """What stands where nothing does."""
        return "Nothing fits. f x takes all filters away." if self.is_narrowed else self.none

    @property
    def is_narrowed(self) -> bool:
        """Whether anything is asked for but all of it."""
        return self.state != type(self.state)()

    @property
    def takes_long(self) -> bool:
        """Whether another thread reads it."""
        return self.size_now > _AT_ONCE

    # -- showing -----------------------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        """Head, filters, list beside the current thing, and the lines that answer and ask."""
        yield Line(id="head")
        yield Line(id="face")
        yield from self.above_list()
        with Horizontal(id="passages-both"):
            yield MarkedRows(self.ink, id="passages")
            yield from self.beside_list()
        yield CodePicker(self.ink, self.study.frame, self.explained)
        yield from self.foot()

    def above_list(self) -> Iterator[Widget]:
        """What else is told above the list."""
        return iter(())

    def beside_list(self) -> Iterator[Widget]:
        """What shows the current thing in full."""
        yield Prose(id="passage")

    def on_mount(self) -> None:
        """Read the list."""
        self.set_focus(self.rows)
        self.reload()

    @property
    def rows(self) -> MarkedRows:
        """The list."""
        return self.query_one("#passages", MarkedRows)

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._tell_head()
        self._show_current()

    def catch_up(self) -> None:
        """Read the list anew; the current thing stays current. What it asks for may be gone: then it is empty."""
        try:
            self.reload()
        except QualcodeError as error:
            self.messages.warn(error)
            self.show(Listing.plain(()))

    def ask_for(self, state: S) -> None:
        """Show what is asked for now; the list stays as it was where that names something that is not there."""
        self.state = state
        try:
            self.reload()
        except QualcodeError:
            self.state = self._shown
            raise

    def reload(self) -> None:
        """Read the list: at once, or, where there is much to read, by another thread."""
        read = self.reader_now()
        if not self.takes_long:
            self.show(read(self.study.project))
            return
        self._is_reading = True
        self._tell_head()
        self.run_worker(lambda: self._read_apart(read), group="reading", exclusive=True, thread=True)

    def _read_apart(self, read: Callable[[Project], Listing[T]]) -> None:
        """In another thread: read with a connection of its own."""
        worker: Worker[None] = get_current_worker()
        try:
            with beside(self.study.project) as project:
                listing = read(project)
        except QualcodeError as error:
            self.app.call_from_thread(self._fail, error)
            return
        if not worker.is_cancelled:
            self.app.call_from_thread(self.show, listing)

    def _fail(self, error: QualcodeError) -> None:
        if not self.is_here:
            return
        self._is_reading = False
        self.state = self._shown
        self.messages.warn(error)
        self._tell_head()

    def show(self, listing: Listing[T]) -> None:
        """Show what was read; the current thing stays current, else what stands in its place."""
        if not self.is_here:
            return
        before = self.key(self.current) if self.current is not None else None
        before, self.sought = before if self.sought is None else self.sought, None
        self._is_reading = False
        self._shown = self.state
        self.listing = listing
        there = {self.key(item) for item in listing.items}
        self.marked &= there
        row = self.rows.current
        if before in there:
            row = next(n for n, each in enumerate(listing.rows) if self._is(each, before))
        elif row < len(listing.rows) and isinstance(listing.rows[row], str):
            row += 1
        self.rows.is_heading = lambda row: isinstance(self.listing.rows[row], str)
        self.rows.fill(len(listing.rows), self._row, current=row)
        self._tell_head()

    def _is(self, row: int | str, key: int | None) -> bool:
        return isinstance(row, int) and self.key(self.listing.items[row]) == key

    @property
    def current(self) -> T | None:
        """The current thing; None on a heading or in an empty list."""
        place = self.rows.current
        row = self.listing.rows[place] if place < len(self.listing.rows) else ""
        return self.listing.items[row] if isinstance(row, int) else None

    @property
    def chosen(self) -> list[T]:
        """What actions work on: the marked things, else the current one."""
        if self.marked:
            return [item for item in self.listing.items if self.key(item) in self.marked]
        return [self.current] if self.current is not None else []

    def _row(self, place: int, width: int) -> list[Piece]:
        row = self.listing.rows[place]
        if isinstance(row, str):
            return [Piece(f" {visible_line(row)}", self.ink.style("head"))]
        item = self.listing.items[row]
        is_marked = self.key(item) in self.marked
        sign = Piece("▌" if is_marked else " ", self.ink.style("accent"))
        return [sign, *self.drawn(item, width - 1)]

    def _tell_head(self) -> None:
        count = len(self.listing.items)
        told = f"{count:,} {self.called[count != 1]}" if not self._is_reading else "reading …"
        head = [
            Piece(visible_line(self._title), self.ink.words("head")),
            Piece(f"   {told}{self.told_of_all}", self.ink.words("text")),
            Piece(f"   {len(self.marked):,} marked" if self.marked else "", self.ink.words("accent")),
        ]
        self.query_one("#head", Line).tell(head)
        self.query_one("#face", Line).tell([Piece(visible_line(self.narrowed), self.ink.words("accent"))])

    @on(Rows.Highlighted, "#passages")
    def _show_current(self) -> None:
        item = self.current
        words = Text("") if item is None else self.in_full(item)
        if not self.listing.rows and not self._is_reading:
            words = Text(self.told_if_empty, self.ink.words("quiet"))
        self.query_one("#passage", Prose).show(words)

    # -- marking -----------------------------------------------------------------------------------------------------

    @on(MarkedRows.Marked)
    def _mark(self, event: MarkedRows.Marked) -> None:
        if event.all:
            everything = {self.key(item) for item in self.listing.items}
            self.marked = set() if self.marked >= everything else everything
        elif self.current is not None:
            self.marked ^= {self.key(self.current)}
            self.rows.action_down()
        self.rows.refresh()
        self._tell_head()

    # -- narrowing down ----------------------------------------------------------------------------------------------

    async def ask_value(self, narrowing: Narrowing, now: Sequence[str] | str) -> str | None:
        """What to narrow by: one of a few by its digit, else typed; "" = no longer by this; None = left."""
        values = list(narrowing.values(self.study.project)) if narrowing.values else []
        if narrowing.values is not None and not values:
            self.messages.say(f"There is no {narrowing.called} to choose.")
            return None
        if 0 < len(values) <= _FEW:
            choices: Mapping[str, str] = {str(n): value for n, value in enumerate(values, start=1)} | {"0": "any"}
            key = await self.ask_key(narrowing.called.capitalize(), choices)
            return None if key is None else "" if key == "0" else choices[key]
        present = now if isinstance(now, str) else ", ".join(now)
        more = " (several by comma; nothing = any)" if values else " (nothing = any)"
        return await self.ask_line(f"{narrowing.called.capitalize()}{more}", present)
