"""The line of signs below a table: it fits, and says what stands in the cells."""

from dataclasses import replace

import pytest
from rich.cells import cell_len

from qualcode.table import MARKS
from qualcode.tui.cell_told import legend
from tests.unit.report_tables import block_matrix


def with_marks(*marks):
    table = block_matrix()
    cells = [(row.key, column.key) for row in table.rows for column in table.columns]
    return replace(table, marks={cell: (mark,) for cell, mark in zip(cells, marks, strict=False)})


@pytest.mark.parametrize("scrolled", [([], []), ([], ["P3"] * 7), (["P3"] * 5, ["P4"] * 7)])
def test_every_sign_is_told_within_80_cells(scrolled):
    told = legend(with_marks(*MARKS), *scrolled, 79)
    assert cell_len(told) < 79
    for sign in ("− some contradict", "−− all do", "○ hearsay", "┄ expected", "n/a nobody asked", "· none"):
        assert sign in told


def test_blank_cells_of_a_code_and_one_above_it_are_told_where_there_are_any():
    assert "blank = itself, above or below it" in legend(with_marks("itself", "nested"), [], [], 200)
    assert legend(with_marks("itself"), [], [], 200).endswith("blank = itself")


def test_all_contradict_stands_by_itself():
    assert "−− all contradict" in legend(with_marks("all contradicted"), [], [], 30)
