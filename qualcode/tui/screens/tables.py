"""`TableScreen`: one table as it is printed, with a cursor: its numbers open to the words, keys turn its options."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from qualcode.analysis.offered import figure_cited, figure_maker, table_maker
from qualcode.offers import FIGURES, TABLES
from qualcode.project import Project
from qualcode.project.citations import Style
from qualcode.report.printed import Printed, printed
from qualcode.report.widths import cell_width, shortened
from qualcode.table import Evidence, Table
from qualcode.tui.actions import bindings
from qualcode.tui.curve_drawing import drawn
from qualcode.tui.messages import OpenHub, OpenPassages
from qualcode.tui.screens.counting import CountingScreen
from qualcode.tui.screens.exporting import CITED, export_figure, export_table, other_style
from qualcode.tui.screens.meaning import MeaningScreen
from qualcode.tui.study import Study
from qualcode.tui.table_options import TYPED, Choices, Typed
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.drawing import Drawing
from qualcode.tui.widgets.grid import Grid
from qualcode.tui.widgets.line import Line
from qualcode.visible import visible_line

if TYPE_CHECKING:
    from qualcode.analysis.arrows import Arrow, Arrows
    from qualcode.figure import Figure

_NOTES = 3
"""Lines of notes that stand below a table, where there is room."""
_TALL = 34
"""Lines of a screen on which there is."""
_TITLE = 12
"""Cells that its title keeps, whatever is told behind it."""
_ELSEWHERE = frozenset({"levels", "sort"})
"""Options whose keys lead to another place where they do not work: to the claims, to the search."""
_CALLED: Mapping[str, str] = {"levels": "levels of codes", "sort": "other order of its rows"}


@dataclass(frozen=True, slots=True)
class Counted:
    """A table, also as printed, and for a change model made of claims what tells its cells."""

    table: Table
    sheet: Printed
    arrows: "Arrows | None" = None


class TableScreen(CountingScreen):
    """One table."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("table")]

    def __init__(self, study: Study, ink: Ink, name: str, style: Style = "team") -> None:
        super().__init__(study, ink)
        self._called = name
        self._style: Style = style
        self._function = table_maker(name)
        self._choices = Choices(study.project, name, self._function)
        self._usual = self._kept = self._choices.kept()
        self._table: Table | None = None
        self._arrows: Arrows | None = None

    def compose(self) -> ComposeResult:
        """Title, options, cells, what the cell says, signs, notes."""
        yield Line(id="head")
        yield Line(id="face")
        if self._called == "saturation":
            yield Drawing(self.ink, id="curve")
        yield Grid(self.ink, id="grid")
        yield Line(id="here")
        yield Line(id="also")
        yield Line(id="signs")
        yield Static(id="notes", markup=False)
        yield from self.foot()

    async def on_mount(self) -> None:
        """Count it."""
        self.query_one("#head", Line).tell([Piece(TABLES[self._called].shows, self.ink.words("head"))])
        self.set_focus(self.query_one(Grid))
        await self._recount()

    async def action_cite(self) -> None:
        """Cite passages for publication, or as the team does."""
        self._style = other_style(self._style)
        await self._recount()

    def on_resize(self, event: events.Resize) -> None:
        """Notes stand below the table on tall screens only; a key shows them everywhere."""
        self.query_one("#notes").display = event.size.height >= _TALL

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys of options that this table does not take are not offered; those that lead elsewhere else, answer."""
        if action in {"turn", "say"} and parameters:
            return parameters[0] in _ELSEWHERE or self._choices.takes(str(parameters[0]))
        if action == "figure":
            return self._called in FIGURES
        if action == "cite":
            return self._called != "framework"  # summaries are written here, as the team calls people
        return action != "hub" or self._choices.is_claims

    # -- counting ----------------------------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """Count anew: something was written."""
        self.later(partial(self._recount, is_told=False), "recount")

    async def _recount(self, *, is_told: bool = True) -> None:
        await self.count(self._work(), self._take, self._refused, is_told=is_told)

    def _work(self) -> Callable[[Project], Any]:
        """What is to be counted, as chosen now."""
        choices = self._choices
        told_of = (choices.scope, choices.telling) if choices.is_claims else None
        return partial(_counted, self._function, choices.options, told_of, self._style)

    def _refused(self) -> None:
        self._choices.restore(self._kept)

    def _take(self, made: Any) -> None:
        self._arrows = made.arrows
        self.show(made.table, made.sheet)

    def show(self, table: Table, sheet: Printed | None = None) -> None:
        """Show what was counted."""
        self._table, self._kept = table, self._choices.kept()
        self.refresh_bindings()
        self.query_one(Grid).show(table, sheet=sheet)
        self._tell()
        if self._called == "saturation":
            self._draw_curve()

    async def action_turn(self, name: str) -> None:
        """The next value of an option."""
        if not self._choices.takes(name):
            self.messages.say(f"The table {self._called} has no {_CALLED.get(name, name)} to choose.")
            return
        self._choices.turn(name)
        await self._recount()

    def action_say(self, name: Typed) -> None:
        """Type an option."""
        if not self._choices.takes(name):
            self.messages.say(f"The table {self._called} has no {_CALLED.get(name, name)} to choose.")
            return
        self.converse(self._say(name))

    async def _say(self, name: Typed) -> None:
        typed = await self.ask_line(TYPED[name][0], self._choices.written(name))
        if typed is not None:
            self._choices.take(name, typed)
            await self._recount()

    async def action_usual(self) -> None:
        """All options as at first."""
        self._choices.restore(self._usual)
        await self._recount()

    async def action_stop(self) -> None:
        """Stop counting, else go back."""
        if self.stop_counting():
            self._choices.restore(self._kept)
            self.messages.say("Stopped: what is shown is as it was before.")
        else:
            await self.app.run_action("go_back")

    # -- telling -----------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        table = self._table
        if table is None:
            return
        self._tell_head(table)
        notes = [visible_line(note) for note in table.notes]
        self.query_one("#notes", Static).update(Text("\n".join(notes[:_NOTES]), no_wrap=True, overflow="ellipsis"))
        self._tell_cell()

    def _tell_head(self, table: Table) -> None:
        of = {column.of for column in table.columns if column.unit}
        whole = f", of {of.pop()}" if len(of) == 1 and None not in of else ""
        chosen = (self._choices.told, CITED if self._style == "publication" else "")
        self._head(f"{table.title}{whole}", " · ".join(filter(None, chosen)))
        self.query_one("#face", Line).tell([Piece(visible_line(self._choices.told_of_layer), self.ink.words("asked"))])

    def _head(self, title: str, chosen: str) -> None:
        """Where there is no room for both, what is chosen is told whole and the title is cut."""
        told = visible_line(f" · {chosen}") if chosen else ""
        room = max(_TITLE, self.size.width - 2 - cell_width(told))
        self.query_one("#head", Line).tell(
            [
                Piece(shortened(visible_line(title), room), self.ink.words("head")),
                Piece(told, self.ink.words("accent")),
            ]
        )

    @on(Grid.Moved)
    def _moved(self) -> None:
        self._tell_cell()

    def _tell_cell(self) -> None:
        """Names and number at once; what has to be counted for the cell once the cursor rests."""
        from qualcode.tui import cell_told

        grid, table = self.query_one(Grid), self._table
        if table is not grid.table:  # an earlier message of a table that is no longer there
            return
        signs = cell_told.legend(table, *grid.out_of_sight, self.size.width - 1)
        self.query_one("#signs", Line).tell([Piece(f" {signs}", self.ink.words("quiet"))])
        if self._called == "saturation":
            self._draw_curve()
        if grid.keys is None:
            self._tell_lines("", "There is nothing to count here." if not table.rows else "", "")
            return
        row, column = table.rows[grid.row], table.columns[grid.column]
        self._tell_lines(*cell_told.first_line(table, row, column, None, self.size.width),
                         "" if self._arrows else cell_told.second_line(table, row, column, None))  # fmt: skip
        if self._arrows is not None and table.value(row.key, column.key):
            arrows, cell = self._arrows, cell_told.ends(table, row, column)
            self.count_here(lambda _project: cell_told.told(arrows, cell), partial(self._take_arrow, (row, column)))

    def _take_arrow(self, cell: tuple[Any, Any], arrow: "Arrow") -> None:
        from qualcode.tui import cell_told

        if self._table is not None:
            self._tell_lines(*cell_told.first_line(self._table, *cell, arrow, self.size.width),
                             cell_told.second_line(self._table, *cell, arrow))  # fmt: skip

    def _tell_lines(self, names: str, words: str, more: str) -> None:
        self.query_one("#here", Line).tell(
            [Piece(f" {names}   ", self.ink.words("label")), Piece(words, self.ink.words("text"))]
        )
        self.query_one("#also", Line).tell([Piece(f" {more}", self.ink.words("text"))])

    def _draw_curve(self) -> None:
        from qualcode.analysis.table_figures import saturation_curve

        table, grid = self._table, self.query_one(Grid)
        if table is not None and table.rows:
            curve, current = saturation_curve(table), grid.row
            self.query_one(Drawing).show(lambda width, height: drawn(curve, width, height, current))

    def action_notes(self) -> None:
        """All that is to be said of the table."""
        if self._table is None:
            return
        words = Text(visible_line(self._table.title) + "\n", self.ink.words("head"))
        for note in printed(self._table).notes if self._table.rows else map(visible_line, self._table.notes):
            words.append(f"\n{note}", self.ink.words("text"))
        self.app.push_screen(MeaningScreen(words))

    # -- opening -----------------------------------------------------------------------------------------------------

    @on(Grid.Chosen)
    def _open_cell(self) -> None:
        grid, table = self.query_one(Grid), self._table
        if grid.keys is not None and table is not None:
            self.open_cell(table, grid.row, grid.column)

    def open_cell(self, table: Table, row: int, column: int) -> None:
        """Open what the cell rests on."""
        heads = table.rows[row], table.columns[column]
        evidence = table.evidence(heads[0].key, heads[1].key)
        if evidence.kind == "person":
            self._show_people(evidence)
        elif not evidence.ids:
            self.messages.say("Nothing stands behind this cell.")
        elif evidence.kind == "word":
            self.messages.say("These are words, coded or not: look for them with S.")
        else:
            joint = "→" if table.corner == "leads to →" else "×"
            title = f"{heads[0].text} {joint} {heads[1].text}"
            self.post_message(OpenPassages(title, evidence))

    def _show_people(self, evidence: Evidence) -> None:
        cases = {case.id: case.name for case in self.study.project.cases.all()}
        known = {person.id: person for person in self.study.project.people.all()}
        words = Text("", self.ink.words("text"))
        for number in evidence.ids:
            person = known[number]
            words.append(visible_line(f"{person.name}   {cases.get(person.case or 0, '')}") + "\n")
        self.app.push_screen(MeaningScreen(words))

    def action_hub(self) -> None:
        """The code of the row in the middle; of a code that stands only in a column, that one."""
        from qualcode.tui.cell_told import ends

        grid, table = self.query_one(Grid), self._table
        if grid.keys is None or table is None or not self._choices.is_claims:
            self.messages.say("Only a change model made of claims has arrows to look at.")
            return
        row, column = table.rows[grid.row], table.columns[grid.column]
        self.post_message(OpenHub(ends(table, row, column).source, self._choices.options))

    # -- writing -----------------------------------------------------------------------------------------------------

    def action_export(self) -> None:
        """Write exactly what is shown to a file."""
        if self._table is not None:
            self.converse(export_table(self, self._table))

    def action_figure(self) -> None:
        """Draw it to a file."""
        if self._called not in FIGURES:
            self.messages.say(f"There is no figure of {self._called}: {', '.join(FIGURES)} can be drawn.")
            return
        self.converse(self._draw())

    async def _draw(self) -> None:
        figure = figure_maker(self._called)
        if self._table is not None and "evidence" in self._choices.options:
            self.messages.say("The figure is of claims only.")
            return
        options = self._choices.options_for(figure)
        left_out = [name for name in self._choices.options if name not in options and name != "telling"]
        if left_out:
            self.messages.say(f"The figure does not take: {', '.join(left_out)}.")
        style = self._style

        def made(project: Project) -> "Figure":
            study = project.cited(style)
            return figure_cited(figure(study, **options), study)

        await export_figure(self, self._counter, self._called, made)


def _counted(
    function: Callable[..., Table], options: dict[str, Any], told_of: Any, style: Style, project: Project
) -> Counted:
    from qualcode.analysis.arrows import Arrows
    from qualcode.analysis.citing import cited

    project = project.cited(style)
    table = cited(function(project, **options), project)
    return Counted(table, printed(table), Arrows(project, *told_of) if told_of else None)
