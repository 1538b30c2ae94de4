"""`ChartScreen`: the framework as a grid to be charted in; `ReadingDownScreen`: one of its columns, read down."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from rich.segment import Segment as Piece
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal

from qualcode.analysis.chart_notes import BELOW
from qualcode.model import SummaryState
from qualcode.project import Project
from qualcode.project.cases import NO_WAVE
from qualcode.tui import charting
from qualcode.tui.actions import bindings
from qualcode.tui.screens.charting import ChartingScreen
from qualcode.tui.screens.study_screen import StudyScreen
from qualcode.tui.screens.tables import TableScreen
from qualcode.tui.study import Study
from qualcode.tui.themes import Ink
from qualcode.tui.widgets.grid import Grid
from qualcode.tui.widgets.line import Line
from qualcode.tui.widgets.prose import Prose
from qualcode.tui.widgets.rows import Rows
from qualcode.visible import visible, visible_line

if TYPE_CHECKING:
    from qualcode.analysis.frameworks import Framework
    from qualcode.report.printed import Printed
    from qualcode.table import Table


class ChartScreen(TableScreen):
    """People or cases by themes: each cell shows its state by a sign, and opens for writing."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("chart")]

    def __init__(self, study: Study, ink: Ink) -> None:
        super().__init__(study, ink, "framework")
        self._chart: Framework | None = None

    def _work(self) -> Callable[[Project], Any]:
        return partial(_charted, self._choices.options)

    def _take(self, made: Any) -> None:
        self._chart = made
        self.show(made.table)

    def show(self, table: "Table", sheet: "Printed | None" = None) -> None:
        """Show the chart, each cell by its sign."""
        self._table, self._kept = table, self._choices.kept()
        self.query_one(Grid).show(table, self._dress, sheet)
        self._tell()

    def _dress(self, row: int, column: int) -> tuple[str, str] | None:
        if self._chart is None:
            return None
        table = self._chart.table
        cell = self._chart.cells.get((table.rows[row].key, table.columns[column].key))
        return charting.dressed(cell) if cell else None

    # -- telling -----------------------------------------------------------------------------------------------------

    def _tell_head(self, table: "Table") -> None:
        super()._tell_head(table)
        self._head(table.title, " · ".join(filter(None, (self._choices.told, self._choices.told_of_part))))
        if self._chart is not None:
            told = charting.progress(self._chart, self.size.width - 2)
            self.query_one("#face", Line).tell([Piece(visible_line(told), self.ink.words("asked"))])

    def _tell_cell(self) -> None:
        grid, chart = self.query_one(Grid), self._chart
        if chart is None or chart.table is not grid.table:
            return
        self.query_one("#signs", Line).tell(
            [Piece(f" {charting.legend(self.size.width - 1)}", self.ink.words("quiet"))]
        )
        if grid.keys is None:
            self._tell_lines("", "There is nothing to chart here.", "")
            return
        row, column = chart.table.rows[grid.row], chart.table.columns[grid.column]
        cell = chart.cells.get(grid.keys)
        words = cell.words if cell else str(chart.table.value(*grid.keys) or "")
        names = f"{visible_line(row.text)} × {visible_line(column.text)}"
        self._tell_lines(names, charting.told(cell) if cell else "", visible_line(" ".join(words.split())))

    # -- going -------------------------------------------------------------------------------------------------------

    def action_next_open(self) -> None:
        """To the next cell with something to do."""
        self._go(1)

    def action_previous_open(self) -> None:
        """To the one before."""
        self._go(-1)

    def _go(self, step: int) -> None:
        grid, chart = self.query_one(Grid), self._chart
        found = charting.next_open(chart, grid.keys, set(), step) if chart else None
        if found is None or chart is None:
            self.messages.say("Every cell is charted.")
            return
        self._go_to(found)

    def _go_to(self, key: charting.Key) -> None:
        if self._chart is not None:
            table = self._chart.table
            rows, columns = ([each.key for each in heads] for heads in (table.rows, table.columns))
            self.query_one(Grid).go_to(rows.index(key[0]), columns.index(key[1]))

    def open_cell(self, table: "Table", row: int, column: int) -> None:
        """Open a cell for writing; beside and below the themes, what stands there."""
        heads = table.rows[row], table.columns[column]
        key = heads[0].key, heads[1].key
        chart = self._chart
        if chart is None:
            return
        if key not in chart.places:
            self._open_beside(key)
        elif chart.cells[key].state == "not interviewed":
            self.messages.say("Nobody was interviewed here.")
        else:
            self.app.push_screen(ChartingScreen(self.study, self.ink, chart, key, self._go_to))

    def _open_beside(self, key: charting.Key) -> None:
        table = self._chart.table if self._chart else None
        name = next((each.text for each in (table.columns if table else ()) if each.key == key[1]), "")
        if self._chart and key[0] in self._chart.heads:
            self.converse(self._write_beside(name))
        else:
            self.action_read_down()

    # -- writing -----------------------------------------------------------------------------------------------------

    def _here(self) -> charting.Key | None:
        """The cell with the cursor, if it is one that is charted."""
        keys = self.query_one(Grid).keys
        if self._chart is None or keys not in self._chart.places:
            self.messages.say("There is no cell to chart here.")
            return None
        return keys

    def action_state(self, state: SummaryState) -> None:
        """Say that it was not asked, or that nothing was said."""
        key = self._here()
        if key is not None and self._chart is not None:
            with self.told():
                charting.write(self.study.project, self._chart.places[key], "", (), state)
                self.messages.say(f"{key[0]} × {key[1]}: {state}. u takes it back.")

    def action_check(self) -> None:
        """Read by a second analyst, who agrees."""
        key = self._here()
        cell = self._chart.cells[key] if key and self._chart else None
        if cell is None or not cell.written:
            self.messages.say("There is no summary to check.")
            return
        with self.told():
            summaries = self.study.project.summaries
            summaries.check(summaries.get(cell.written[0]))
            self.messages.say("Checked: you agree with it as second analyst.")

    def action_remove(self) -> None:
        """Take one's own summary away."""
        key = self._here()
        if key is None or self._chart is None:
            return
        with self.told():
            own = charting.opened(self.study.project, self._chart, key).own
            if own is None:
                self.messages.say("You have written nothing here.")
                return
            self.study.project.summaries.remove(own)
            self.messages.say("Taken away. u brings it back.")

    def action_beside(self, name: str) -> None:
        """Write what stands beside the themes: the case summary, or what fits no theme."""
        self.converse(self._write_beside(name))

    async def _write_beside(self, name: str) -> None:
        grid, chart = self.query_one(Grid), self._chart
        if chart is None or grid.keys is None or grid.keys[0] not in chart.heads:
            self.messages.say("There is nobody in this row.")
            return
        by, bearer = chart.heads[grid.keys[0]]
        row = chart.table.rows[grid.row]
        before = charting.beside(chart, name, bearer)
        words = await self.ask_text(f"{name}: {row.text}", before)
        if words is not None and words.strip() and words.strip() != before:
            body = f"{name}: {words.strip()}"
            memos = self.study.project.memos
            memos.add(body, person=bearer) if by == "person" else memos.add(body, case=bearer)
            self.messages.say(f"Kept: {name} of {row.text}")

    def action_across(self) -> None:
        """Write what changed across the waves."""
        key = self._here()
        if key is not None and self._chart is not None:
            if len(set(self._chart.charts.corpus.waves) - {NO_WAVE}) > 1:
                self.converse(self._write_across(self._chart, key))
            else:
                self.messages.say("There is one wave: nothing is across waves.")

    async def _write_across(self, chart: "Framework", key: charting.Key) -> None:
        place, project = chart.places[key], self.study.project
        own = charting.across(project, place)
        before = own.body if own else ""
        words = await self.ask_text(f"Across waves, what changed: {key[0]} × {place.theme}", before)
        if words is not None and words.strip() and words.strip() != before:
            charting.write_across(project, chart, place, words)
            self.messages.say("Kept: what changed across waves (table framework-by-wave). u takes it back.")

    def action_read_down(self) -> None:
        """Read down the column."""
        grid, chart = self.query_one(Grid), self._chart
        if chart is not None and grid.keys is not None and grid.keys[1] in {each.code.short for each in
                                                                            chart.charts.themes}:  # fmt: skip
            self.app.push_screen(ReadingDownScreen(self.study, self.ink, chart, grid.keys[1]))
        else:
            self.messages.say("Columns of themes are read down.")


class ReadingDownScreen(StudyScreen):
    """One column of a chart as a text, and beside it what it comes to: elements, categories, typology."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reading_down")]

    def __init__(self, study: Study, ink: Ink, chart: "Framework", theme: str) -> None:
        super().__init__(study, ink)
        self._chart = chart
        self._theme = theme
        self._lines: list[charting.TextLine] = []

    def compose(self) -> ComposeResult:
        """Head, the column, what it comes to."""
        yield Line(id="head")
        with Horizontal(id="split"):
            yield Rows(self.ink, id="column")
            yield Prose(id="below")
        yield from self.foot()

    def on_mount(self) -> None:
        """Show it."""
        title = next(each.text for each in self._chart.table.columns if each.key == self._theme)
        self.query_one("#head", Line).tell([Piece(visible_line(f"Read down: {title}"), self.ink.words("head"))])
        self.set_focus(self.query_one(Rows))
        self._tell()

    def on_resize(self, _event: events.Resize) -> None:
        """Wrap for the room there is."""
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        rows = self.query_one(Rows)
        self._lines = charting.column_lines(self._chart, self._theme, rows.scrollable_content_region.width)
        rows.fill(len(self._lines), self._drawn, current=rows.current)

    def _drawn(self, row: int, _width: int) -> list[Piece]:
        line = self._lines[row]
        return [Piece(f" {line.words}", self.ink.style(line.style))]

    def catch_up(self) -> None:
        """Something was written."""
        self._tell()

    def _tell(self) -> None:
        words = Text()
        for name, key in zip(BELOW, "ect", strict=True):
            words.append(f"{name} ", self.ink.words("head"))
            words.append(f"({key})\n", self.ink.words("quiet"))
            words.append(
                visible(charting.below(self._chart, name, self._theme) or "–") + "\n\n", self.ink.words("text")
            )
        self.query_one(Prose).show(words)

    def action_write(self, name: str) -> None:
        """Write what the column comes to."""
        self.converse(self._write(name))

    async def _write(self, name: str) -> None:
        before = charting.below(self._chart, name, self._theme)
        words = await self.ask_text(f"{name}: {self._theme}", before)
        if words is not None and words.strip() and words.strip() != before:
            project = self.study.project
            project.memos.add(f"{name}: {words.strip()}", code=project.codes.get(self._theme).id)
            self.messages.say(f"Kept: {name} of {self._theme}")


def _charted(options: dict[str, Any], project: Project) -> "Framework":
    from qualcode.analysis.frameworks import framework_chart

    return framework_chart(project, **options)
