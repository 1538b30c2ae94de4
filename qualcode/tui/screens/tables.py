"""`TablesScreen`, the gallery of all tables, and `TableScreen`, one of them: its numbers open to the words."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import ClassVar

from rich.segment import Segment as Piece
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from qualcode.analysis.offers import TABLES
from qualcode.errors import QualcodeError
from qualcode.project import Project
from qualcode.report.printed import reading
from qualcode.table import Table
from qualcode.tui.actions import bindings
from qualcode.tui.messages import OpenPassages, OpenTable
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.study import Study
from qualcode.tui.table_options import Choices
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.grid import Grid
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible_line

_NOTES = 3
"""Lines of notes that stand below a table."""


class TablesScreen(StudyScreen):
    """All tables, each with what it shows and who needs it."""

    def compose(self) -> ComposeResult:
        """Head and list."""
        yield Line(id="head")
        yield Rows(self.ink, id="tables")
        yield from self.foot()

    def on_mount(self) -> None:
        """List them."""
        self.query_one("#head", Line).tell([Piece("Tables", self.ink.words("head"))])
        rows = self.query_one(Rows)
        rows.fill(len(TABLES), self._drawn)
        self.set_focus(rows)

    def _drawn(self, row: int, width: int) -> list[Piece]:
        name = list(TABLES)[row]
        return [
            Piece(f" {name}".ljust(20), self.ink.style("label")),
            Piece(TABLES[name].shows, self.ink.style("text")),
            Piece(f"   {TABLES[name].need}", self.ink.style("quiet")),
        ]

    @on(Rows.Chosen)
    def _open(self, event: Rows.Chosen) -> None:
        self.post_message(OpenTable(list(TABLES)[event.row]))


def analysis(name: str) -> Callable[..., Table]:
    """The function that makes the table of that name."""
    home, _, function = TABLES[name].home.partition(":")
    made: Callable[..., Table] = getattr(import_module(home), function)
    return made


class TableScreen(StudyScreen):
    """One table, as it is printed, with a cursor; keys turn its options."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("table")]

    def __init__(self, study: Study, ink: Ink, name: str) -> None:
        super().__init__(study, ink)
        self._name = name
        self._function = analysis(name)
        self._choices = Choices(study.project, self._function)
        self._table = self._made(study.project)

    def _made(self, project: Project) -> Table:
        return self._function(project, **self._choices.options)

    def compose(self) -> ComposeResult:
        """Title, options, cells, what the cell says, notes."""
        yield Line(id="head")
        yield Line(id="face")
        yield Grid(self.ink, self._table, id="grid")
        yield Line(id="here")
        yield Static(id="notes", markup=False)
        yield from self.foot()

    def on_mount(self) -> None:
        """Show it."""
        self._tell()
        self.set_focus(self.query_one(Grid))

    def catch_up(self) -> None:
        """Count anew."""
        self._table = self._made(self.study.project)
        self.query_one(Grid).show(self._table)
        self._tell()

    def _tell(self) -> None:
        self.query_one("#head", Line).tell([Piece(visible_line(self._table.title), self.ink.words("head"))])
        self.query_one("#face", Line).tell([Piece(visible_line(self._choices.told), self.ink.words("accent"))])
        notes = [visible_line(note) for note in self._table.notes]
        self.query_one("#notes", Static).update("\n".join(notes[:_NOTES]))
        self._tell_cell()

    @on(Grid.Moved)
    def _tell_cell(self) -> None:
        grid = self.query_one(Grid)
        if grid.keys is None:
            self.query_one("#here", Line).tell([])
            return
        row, column = self._table.rows[grid.row], self._table.columns[grid.column]
        value = self._table.value(*grid.keys)
        said = value if isinstance(value, str) else reading(self._table, row, column)
        names = f" {visible_line(row.text)} × {visible_line(column.text)}"
        self.query_one("#here", Line).tell(
            [Piece(names, self.ink.words("label")), Piece(f"   {visible_line(said)}", self.ink.words("text"))]
        )

    @on(Grid.Chosen)
    def _open_cell(self) -> None:
        grid = self.query_one(Grid)
        if grid.keys is None:
            return
        evidence = self._table.evidence(*grid.keys)
        if not evidence.ids:
            self.messages.say("Nothing stands behind this cell.")
            return
        row, column = self._table.rows[grid.row], self._table.columns[grid.column]
        self.post_message(OpenPassages(f"{row.text} × {column.text}", evidence))

    def action_turn(self, name: str) -> None:
        """The next value of an option."""
        if not self._choices.takes(name):
            self.messages.say(f"The table {self._name} has no {name} to choose.")
            return
        self._choices.turn(name)
        try:
            table = self._made(self.study.project)
        except QualcodeError as error:
            self._choices.reset(name)
            self.messages.warn(error)
            return
        self._table = table
        self.query_one(Grid).show(table)
        self._tell()

    def action_export(self) -> None:
        """Write exactly what is shown to a file."""
        self.converse(self._export())

    async def _export(self) -> None:
        proposed = str(Path.cwd() / f"{self._name}.docx")
        path = await self.ask_line("Write to (.docx .xlsx .html .csv .md .tex .json)", proposed)
        if not path:
            return
        from qualcode.report import write

        chosen, is_there = _place(path)
        if is_there and await self.ask_key(f"{path} is there already.", {"r": "replace it"}) != "r":
            return
        write(self._table, chosen)
        self.study.project.record_export(chosen)
        self.messages.say(f"Written: {chosen}")


def _place(typed: str) -> tuple[Path, bool]:
    """The file that was typed, and whether it is there already."""
    path = Path(typed).expanduser()
    return path, path.exists()
