"""`TablesScreen`: the gallery of all tables, with the one at the cursor beside it where there is room."""

from functools import partial
from typing import ClassVar

from rich.segment import Segment as Piece
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input

from qualcode.offers import TABLES
from qualcode.project import Project
from qualcode.table import Table
from qualcode.tui.actions import bindings
from qualcode.tui.messages import OpenTable
from qualcode.tui.screens.counting import CountingScreen
from qualcode.tui.screens.tables import analysis
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.filter_line import FilterLine
from qualcode.tui.widgets.grid import Grid
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible_line


class TablesScreen(CountingScreen):
    """All tables, each with what it shows and who needs it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("gallery")]

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(study, ink)
        self._names = list(TABLES)
        self._made: dict[str, Table] = {}  # previews, until something is written

    def compose(self) -> ComposeResult:
        """Head, list, and the preview."""
        yield Line(id="head")
        yield FilterLine()
        with Horizontal(id="gallery"):
            yield Rows(self.ink, id="tables")
            with Vertical(id="preview"):
                yield Line(id="preview-title")
                yield Grid(self.ink, id="preview-grid")
        yield Line(id="here")
        yield from self.foot()

    def on_mount(self) -> None:
        """List them."""
        self.query_one("#head", Line).tell([Piece("Tables", self.ink.words("head"))])
        self.query_one("#preview-grid", Grid).can_focus = False
        self._list()
        self.set_focus(self.query_one(Rows))

    def catch_up(self) -> None:
        """Something was written: previews are made anew."""
        self._made.clear()
        self._preview()

    def _list(self) -> None:
        typed = self.query_one(FilterLine).value.casefold().split()
        found = [name for name in TABLES if all(word in _words(name) for word in typed)]
        self._names = sorted(found, key=lambda name: not all(word in name for word in typed))  # by name comes first
        self.query_one(Rows).fill(len(self._names), self._drawn)

    def _drawn(self, row: int, width: int) -> list[Piece]:
        name = self._names[row]
        return [
            Piece(f" {name}".ljust(19), self.ink.style("label")),
            Piece(TABLES[name].shows, self.ink.style("text")),
        ]

    @on(Rows.Highlighted)
    def _preview(self) -> None:
        """What it shows at once, the table itself once the cursor rests."""
        rows = self.query_one(Rows)
        if not rows.count:
            told = " No table is like that. Escape shows all again."
            self.query_one("#here", Line).tell([Piece(told, self.ink.words("quiet"))])
            return
        name = self._names[rows.current]
        told = f" {TABLES[name].shows}"
        self.query_one("#here", Line).tell(
            [Piece(told, self.ink.words("text")), Piece(f"   {TABLES[name].need}", self.ink.words("quiet"))]
        )
        if not self.has_class("-wide"):
            return
        if name in self._made:
            self._show(name, self._made[name])
        else:
            self.query_one("#preview-title", Line).tell([Piece("counting …", self.ink.words("quiet"))])
            self.count_here(partial(_made, name), partial(self._show, name))

    def _show(self, name: str, table: Table) -> None:
        self._made[name] = table
        self.query_one("#preview-title", Line).tell([Piece(visible_line(table.title), self.ink.words("accent"))])
        self.query_one("#preview-grid", Grid).show(table)

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        self.post_message(OpenTable(self._names[event.row]))

    # -- finding -----------------------------------------------------------------------------------------------------

    def action_filter(self) -> None:
        """Type what the table has."""
        self.query_one(FilterLine).begin()

    @on(Input.Changed, "FilterLine")
    def _filter(self) -> None:
        self._list()

    async def action_show_all(self) -> None:
        """All tables again, else go back."""
        line = self.query_one(FilterLine)
        if line.value:
            line.action_drop()
        else:
            await self.app.run_action("go_back")


def _made(name: str, project: Project) -> Table:
    return analysis(name)(project)


def _words(name: str) -> str:
    return f"{name} {TABLES[name].shows} {TABLES[name].need}".casefold()
