"""`TablesScreen`: the gallery of all tables and figures, with the one at the cursor beside it where there is room."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.widgets import Input

from qualcode.analysis.offered import drawn, made, table_maker
from qualcode.errors import UserError
from qualcode.project import Project
from qualcode.project.citations import Style
from qualcode.table import Table
from qualcode.tui.actions import bindings
from qualcode.tui.messages import OpenTable
from qualcode.tui.offered import ENTRIES, Entry, found, told
from qualcode.tui.screens.counting import CountingScreen
from qualcode.tui.screens.exporting import CITED, apart, export_figure, export_pack, export_table, other_style
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.filter_line import FilterLine
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.preview import Preview
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible

if TYPE_CHECKING:
    from qualcode.figure import Figure

T = TypeVar("T")


class TablesScreen(CountingScreen):
    """All tables and figures, each with what it shows and who needs it; last the pack of all of them."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("gallery")]

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(study, ink)
        self._entries = list(ENTRIES)
        self._style: Style = "team"
        self._made: dict[Entry, Table | Figure | UserError] = {}  # previews, until something is written

    def compose(self) -> ComposeResult:
        """Head, list, and the preview."""
        yield Line(id="head")
        yield FilterLine()
        with Horizontal(id="gallery"):
            yield Rows(self.ink, id="tables")
            yield Preview(self.ink, id="preview")
        yield Line(id="here")
        yield from self.foot()

    def on_mount(self) -> None:
        """List them."""
        self._tell_head()
        self._list()
        self.set_focus(self.query_one(Rows))

    def _tell_head(self) -> None:
        told = f"   {CITED}" if self._style == "publication" else ""
        head = [Piece("Tables and figures", self.ink.words("head")), Piece(told, self.ink.words("accent"))]
        self.query_one("#head", Line).tell(head)

    def action_cite(self) -> None:
        """Cite passages for publication, or as the team does."""
        self._style = other_style(self._style)
        self._made.clear()
        self._tell_head()
        self._preview()

    def catch_up(self) -> None:
        """Something was written: previews are made anew."""
        self._made.clear()
        self._preview()

    def repaint(self, ink: Ink) -> None:
        """Draw with another theme."""
        super().repaint(ink)
        self._tell_head()
        self._preview()

    @property
    def _current(self) -> Entry | None:
        rows = self.query_one(Rows)
        return self._entries[rows.current] if rows.count else None

    def _list(self) -> None:
        self._entries = found(self.query_one(FilterLine).value)
        self.query_one(Rows).fill(len(self._entries), self._drawn)

    def _drawn(self, row: int, width: int) -> list[Piece]:
        entry = self._entries[row]
        return [
            Piece(f" {entry.called}".ljust(21), self.ink.style("label" if entry.kind == "table" else "accent")),
            Piece(entry.shows, self.ink.style("text")),
        ]

    @on(Rows.Highlighted)
    def _preview(self) -> None:
        """What it shows at once, the table or what is in the figure once the cursor rests."""
        entry = self._current
        if entry is None:
            told = " No table or figure is like that. Escape shows all again."
            self.query_one("#here", Line).tell([Piece(told, self.ink.words("quiet"))])
            return
        self.query_one("#here", Line).tell(
            [Piece(f" {entry.shows}", self.ink.words("text")), Piece(f"   {entry.need}", self.ink.words("quiet"))]
        )
        if not self.has_class("-wide"):
            return
        preview = self.query_one(Preview)
        if entry.kind == "pack":
            preview.show_words("Results pack", [("e writes it: .docx or .xlsx", "good"), (entry.shows, "text")])
        elif entry in self._made:
            self._show(entry, self._made[entry])
        else:
            preview.say("counting …")
            self.count_here(partial(_previewed, entry, self._style), partial(self._arrived, entry))

    def _arrived(self, entry: Entry, shown: "Table | Figure | UserError") -> None:
        self._made[entry] = shown
        if entry == self._current:  # the cursor may have gone on to what needs no counting
            self._show(entry, shown)

    def _show(self, entry: Entry, shown: "Table | Figure | UserError") -> None:
        preview = self.query_one(Preview)
        if isinstance(shown, Table):
            preview.show_table(shown)
        elif isinstance(shown, UserError):
            preview.show_words(entry.called, [(visible(shown.what), "warn"), (visible(shown.remedy or ""), "text")])
        else:
            preview.show_figure(shown)

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        entry = self._entries[event.row]
        if entry.kind == "table":
            self.post_message(OpenTable(entry.name, self._style))
        elif entry.kind == "figure":
            self.count_here(self._cited(partial(drawn, name=entry.name)), self._tell_figure)
        else:
            self.action_export()

    def _tell_figure(self, figure: "Figure") -> None:
        words = Text(f"{figure.title}\n", self.ink.words("head"))
        for line, style in told(figure):
            words.append(f"\n{line}\n", self.ink.words(style))
        self.app.push_screen(MeaningScreen(words))

    # -- writing -----------------------------------------------------------------------------------------------------

    def action_export(self) -> None:
        """Write the table, the figure or the pack to a file."""
        entry = self._current
        if entry is not None:
            self.converse(self._export(entry))

    def action_pack(self) -> None:
        """Write the pack of all tables and figures to a file."""
        self.converse(export_pack(self, self._counter, self._style))

    async def _export(self, entry: Entry) -> None:
        if entry.kind == "pack":
            await export_pack(self, self._counter, self._style)
        elif entry.kind == "figure":
            make = self._cited(partial(drawn, name=entry.name))
            await export_figure(self, self._counter, entry.name, make)
        else:
            make_table = self._cited(partial(made, name=entry.name))
            await export_table(self, await apart(self, self._counter, make_table))

    def _cited(self, make: Callable[[Project], T]) -> Callable[[Project], T]:
        """What makes something of the project, its passages cited as chosen."""
        style = self._style
        return lambda project: make(project.cited(style))

    # -- finding -----------------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Type what the table has."""
        self.query_one(FilterLine).begin()

    @on(Input.Changed, "FilterLine")
    def _filter(self) -> None:
        self._list()

    async def action_show_all(self) -> None:
        """All tables and figures again, else go back."""
        line = self.query_one(FilterLine)
        if line.value:
            line.action_drop()
        else:
            await self.app.run_action("go_back")


def _previewed(entry: Entry, style: Style, project: Project) -> "Table | Figure | UserError":
    """The table or figure; where it cannot be made, why."""
    try:
        study = project.cited(style)
        return table_maker(entry.name)(study) if entry.kind == "table" else drawn(study, entry.name)
    except UserError as error:
        return error
