"""What stands below a framework: whose charting, how far it has come, what is stale, waits or stands elsewhere."""

from collections import Counter
from collections.abc import Iterable, Mapping

from qualcode.analysis import said
from qualcode.analysis.charts import Cell, Charts, State

Placed = Mapping[tuple[str, str], Cell | None]  # keys of a row and a column

_WHOSE = "shown is the consensus's, else that of whose coding counts there, else the last"
_STATES: dict[State, str] = {
    "charted": "charted",
    "checked": "charted and checked by a second analyst",
    "draft": "draft",
    "not charted": "not charted",
    "nothing said": "asked, nothing said",
    "not asked": "not asked",
    "not interviewed": "not interviewed at this wave",
}


def states(cells: Iterable[Cell]) -> list[tuple[str, int]]:
    """How many cells are in which state, those that occur, in the field's words."""
    counts = Counter(cell.state for cell in cells)
    return [(words, counts[state]) for state, words in _STATES.items() if counts[state]]


def notes(charts: Charts, cells: Placed, more: str) -> list[str]:
    """Whose coding, which part of the study, and how far charting has come; `more` is told with the filter."""
    corpus = charts.corpus
    present = [cell for cell in cells.values() if cell]
    told = [f"{words} {number}" for words, number in states(present)]
    stale = sum(cell.is_stale for cell in present)
    waiting = sum(cell.state == "not charted" and bool(cell.segments) for cell in present)
    several = sum(len({each.coder for each in written}) > 1 for written in charts.by_cell.values())
    return [
        *said.layer_notes(corpus, corpus.columns.segments, "coded"),
        said.filter_note(corpus, *([more] if more else [])),
        f"Of {len(present)} cells: {'; '.join(told) or 'none'}.",
        *said.left_out(stale, "cell is stale: its segments have changed since it was written",
                       "cells are stale: their segments have changed since they were written"),
        *said.left_out(waiting, "cell not charted has segments that wait", "cells not charted have segments that wait"),
        *said.left_out(several, f"cell was written by several coders: {_WHOSE}",
                       f"cells were written by several coders: {_WHOSE}"),
        *said.unknown_notes(corpus, corpus.tree.marked(charts.themes)),
        "Words in [square brackets] are a cell's state. Not asked: so the analyst says, or the code does not apply.",
    ]  # fmt: skip


def unplaced(charts: Charts, across: int) -> list[str]:
    """How many summaries stand in no cell of the table."""
    lines = {(line.bearer.id, charts.corpus.waves[line.wave]) for line in charts.rows.lines}
    shown = {theme.first for theme in charts.themes}
    placed = sum(code in shown and (bearer, wave) in lines for bearer, code, wave in charts.by_cell)
    return said.left_out(len(charts.by_cell) - placed - across,
                         "cell with a summary is of a row or theme not shown",
                         "cells with a summary are of rows or themes not shown")  # fmt: skip


def stale_changes(changes: Placed) -> list[str]:
    """How many statements of what changed are stale."""
    stale = sum(cell is not None and cell.is_stale for cell in changes.values())
    return said.left_out(stale, "statement of what changed is stale", "statements of what changed are stale")
