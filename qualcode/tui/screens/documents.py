"""`DocumentsScreen`: all transcripts with who speaks in them and how far one has come in each."""

from collections.abc import Sequence
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Input, Static

from qualcode.tui.actions import bindings
from qualcode.tui.columns import Column, of_numbers, of_words
from qualcode.tui.messages import OpenDocument
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.shelf import ORDERS, WHICH, Listed, Which, chosen, ordered, shelf
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.filter_line import FilterLine
from qualcode.tui.widgets.sheet import Sheet
from qualcode.visible import visible_line


class DocumentsScreen(StudyScreen):
    """The documents of the study."""

    AUTO_FOCUS = "#documents"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("documents")]

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(study, ink)
        self._all: list[Listed] = []
        self._rows: list[Listed] = []
        self._columns: list[Column] = []
        self._sorted_by = 0
        self._is_falling = False
        self._which: Which = "all"
        self._person: tuple[int, str] | None = None

    def compose(self) -> ComposeResult:
        """Head, filter and list."""
        yield Static(id="head", markup=False)
        yield FilterLine()
        yield Static(id="nothing", markup=False)
        yield Sheet(self.ink, id="documents")
        yield from self.foot()

    def on_mount(self) -> None:
        """Read the list."""
        self.catch_up()
        self.set_focus(self.sheet)

    @property
    def sheet(self) -> Sheet:
        """The list."""
        return self.query_one("#documents", Sheet)

    @property
    def at_hand(self) -> Listed | None:
        """The current row; says so where there is none."""
        if self._rows:
            return self._rows[self.sheet.current]
        self.messages.warn("There is no document here.")
        return None

    # -- the list ----------------------------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Read the list anew; the current row stays on its document."""
        self._all = shelf(self.study.project)
        self._columns = self._measured()
        self._arrange()

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._tell()

    def show_person(self, person: int, name: str) -> None:
        """Show only the documents in which a person speaks."""
        self._person = (person, name)
        self._arrange()
        self.set_focus(self.sheet)

    def _arrange(self) -> None:
        """Filter and sort."""
        before = self._rows[self.sheet.current].document.id if self._rows else None
        person = self._person
        only = None if person is None else frozenset(row.document.id for row in self._all if person[0] in row.people)
        typed = self.query_one(FilterLine).value
        found = chosen(self._all, typed=typed, which=self._which, only=only)
        self._rows = ordered(found, self._sorted_by, is_falling=self._is_falling)
        place = next((n for n, row in enumerate(self._rows) if row.document.id == before), self.sheet.current)
        self.sheet.show(
            self._columns,
            len(self._rows),
            self._cells,
            current=place,
            sorted_by=self._sorted_by,
            is_falling=self._is_falling,
        )
        self._tell()

    def _measured(self) -> list[Column]:
        """The columns, wide enough for what is in them."""
        rows = self._all
        shown = [self._cells_of(row) for row in rows]
        columns = [
            of_words("document", (row.document.name for row in rows), 18, 40),
            of_words("who", (row.who for row in rows), 12, 60, rank=9),
            of_words("wave", (row.wave for row in rows), 4, 12, rank=4),
        ]
        ranks = {"memos": 8, "claims": 7, "unsure": 6}
        columns += [
            of_numbers(name, (cells[place][0] for cells in shown), ranks.get(name, 0))
            for place, (name, _) in enumerate(ORDERS[3:-1], start=3)
        ]
        return [*columns, of_words("state", (row.state for row in rows), 7, 9)]

    def _cells(self, row: int) -> Sequence[tuple[str, str]]:
        return self._cells_of(self._rows[row])

    @staticmethod
    def _cells_of(row: Listed) -> list[tuple[str, str]]:
        done = row.progress
        counts = [(str(each), "text") if each else ("·", "quiet") for each in (done.passages, done.unsure)]
        counts += [(str(each), "text") if each else ("·", "quiet") for each in (done.claims, done.memos)]
        return [
            (row.document.name, "label"),
            (row.who, "text"),
            (row.wave, "asked"),
            (f"{row.percent} %", "text") if done.read or done.finished else ("·", "quiet"),
            *counts,
            (row.state, "good" if done.finished else "text" if row.state != "–" else "quiet"),
        ]

    def _tell(self) -> None:
        """The head: how many there are and which of them are shown."""
        coded = sum(1 for each in self._all if each.progress.passages)
        finished = sum(1 for each in self._all if each.progress.finished)
        line = Text(no_wrap=True, overflow="ellipsis")
        line.append(visible_line(self.study.path.stem), self.ink.style("head"))
        documents = f"{len(self._all)} document{'s' * (len(self._all) != 1)}"
        line.append(f"   {documents} · {coded} coded by you · {finished} finished", self.ink.style("asked"))
        if shown := self._shown():
            line.append(f"   {visible_line(shown)}", self.ink.style("accent"))
        self.query_one("#head", Static).update(line)
        nothing = self.query_one("#nothing", Static)
        nothing.display = not self._rows
        nothing.update(Text(self._why_nothing(), self.ink.style("asked")))

    def _shown(self) -> str:
        """Which rows are shown, where not all are."""
        typed = self.query_one(FilterLine).value
        parts = [f"“{typed}”" if typed else "", "" if self._which == "all" else self._which]
        parts.append(f"with {self._person[1]}" if self._person else "")
        told = ", ".join(part for part in parts if part)
        return f"{len(self._rows)} shown: {told}; esc shows all" if told else ""

    def _why_nothing(self) -> str:
        if self._all:
            return "No document is like that. Escape shows all again."
        return "There are no documents yet. I brings transcripts in."

    # -- filter and order --------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Show only rows that have what is typed."""
        self.query_one(FilterLine).begin()

    @on(Input.Changed, "FilterLine")
    def _filtered(self, event: Input.Changed) -> None:
        event.stop()
        self._arrange()

    def action_which(self) -> None:
        """All, unfinished, finished."""
        self._which = WHICH[(WHICH.index(self._which) + 1) % len(WHICH)]
        self._arrange()

    def action_show_all(self) -> None:
        """Drop every filter."""
        self._which, self._person = "all", None
        line = self.query_one(FilterLine)
        line.value, line.display = "", False
        self._arrange()

    def action_sort(self) -> None:
        """Sort by the next column that is shown."""
        shown = self.sheet.shown()
        place = shown.index(self._sorted_by) if self._sorted_by in shown else -1
        self._sort_by(shown[(place + 1) % len(shown)])

    def action_turn_round(self) -> None:
        """The other way round."""
        self._sort_by(self._sorted_by)

    @on(Sheet.HeadChosen)
    def _head_chosen(self, event: Sheet.HeadChosen) -> None:
        self._sort_by(event.column)

    def _sort_by(self, column: int) -> None:
        """By a column; numbers begin with the largest; the same column again turns round."""
        is_number = self.sheet.columns[column].is_number
        self._is_falling = not self._is_falling if column == self._sorted_by else is_number
        self._sorted_by = column
        self._arrange()

    # -- what is done to a document ----------------------------------------------------------------------------------

    def action_rename(self) -> None:
        """Give the document another name."""
        if row := self.at_hand:
            self.converse(self._rename(row))

    async def _rename(self, row: Listed) -> None:
        name = await self.ask_line(f"New name of {row.document.name}", row.document.name)
        if name and name != visible_line(row.document.name):
            self.study.project.documents.rename(row.document, name)
            self.messages.say(f"{row.document.name} is now {name}")

    def action_wave(self) -> None:
        """Put the document into a wave."""
        if row := self.at_hand:
            self.converse(self._put_into_wave(row))

    async def _put_into_wave(self, row: Listed) -> None:
        waves = ", ".join(each.name for each in self.study.project.waves.all())
        wave = await self.ask_line(f"Wave of {row.document.name} (there are: {waves}; a new one is made)", row.wave)
        if wave is not None:
            self.study.project.documents.place(row.document, wave=wave or "-")
            self.messages.say(f"{row.document.name}: wave {wave or '-'}")

    def action_case(self) -> None:
        """Put a document in which nobody speaks under a case."""
        row = self.at_hand
        if row is None:
            return
        if row.people:
            self.messages.warn(f"People speak in {row.document.name}: it is of their cases. P leads to them.")
            return
        self.converse(self._put_under_case(row))

    async def _put_under_case(self, row: Listed) -> None:
        project = self.study.project
        name = await self.ask_line(f"Case of {row.document.name} (a new one is made)", row.who)
        if name:
            with project.action("place document", document=row.document.id):
                project.documents.place(row.document, case=project.cases.ensure(name).id)
            self.messages.say(f"{row.document.name}: case {name}")

    def action_assign(self) -> None:
        """Ask coders to code the document, or all that are listed, blind or not."""
        if row := self.at_hand:
            self.converse(self._assign(row))

    async def _assign(self, row: Listed) -> None:
        coders = self.study.project.coders
        chosen, what = [row.document], row.document.name
        if len(self._rows) > 1:
            listed = f"all {len(self._rows)} listed"
            which = await self.ask_key("Ask coders to code", {"t": what, "l": listed})
            if which is None:
                return
            chosen, what = ([each.document for each in self._rows], listed) if which == "l" else (chosen, what)
        people = ", ".join(each.short for each in coders.all() if each.kind == "person")
        typed = await self.ask_line(f"Who is to code {what}? Short names, by commas (there are: {people})")
        asked = list(dict.fromkeys(coders.get(name.strip()) for name in (typed or "").split(",") if name.strip()))
        if not asked:
            return
        how = await self.ask_key(
            "Blind? Then nobody sees another's coding there until all of them have finished",
            {"b": "blind", "o": "open"},
        )
        if how is not None:
            coders.assign_all(chosen, asked, blind=how == "b")
            who = " and ".join(each.short for each in asked)
            self.messages.say(f"{who} asked to code {what}{', blind' * (how == 'b')}. u takes it back.")

    def action_remove(self) -> None:
        """Take the document and its coding out of the project."""
        if row := self.at_hand:
            self.converse(self._remove(row))

    async def _remove(self, row: Listed) -> None:
        question = f"Take {row.document.name} and all coding in it out of the project?"
        if await self.ask_key(question, {"y": "take it out", "n": "keep it"}) == "y":
            self.study.project.documents.remove(row.document)
            self.messages.say(f"Taken out: {row.document.name}. u brings it back.")

    @on(Sheet.Chosen)
    def _open(self, event: Sheet.Chosen) -> None:
        self.post_message(OpenDocument(self._rows[event.row].document))
