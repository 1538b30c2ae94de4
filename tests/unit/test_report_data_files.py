"""CSV, JSON and Markdown."""

import csv
import json

import numpy as np
import pandas as pd
import pytest

from qualcode.report import write
from qualcode.table import Heading, Table
from tests.unit.report_tables import HOSTILE, block_matrix, hostile, no_rows, themes


def read_csv(path):
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_csv_is_a_rectangle_under_one_header(tmp_path):
    rows = read_csv(write(block_matrix(), tmp_path / "t.csv"))
    assert rows[0][:6] == ["row", "row_text", "row_group", "row_depth", "P0", "P1"]
    assert rows[2][:4] == ["M2a", "M2a Living proof", "Mechanisms", "1"]
    assert {len(row) for row in rows} == {4 + 15}


def test_csv_numbers_come_back_raw_in_pandas(tmp_path):
    frame = pd.read_csv(write(themes(), tmp_path / "t.csv"), index_col="row")
    assert frame.at["SC2", "kappa"] == 0.34782608695652173
    assert frame.at["SC2", "n"] == 84
    assert frame.at["SC5", "kappa"] == float("inf")
    assert pd.isna(frame.at["SC5", "refs"])


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-cmd|x", "@SUM(A1)", "  =1", "\t=1", "\rx", "\tx", "＝1", "＋x", "－x", "＠x", "\n=1", "\xa0=1"])  # fmt: skip # noqa: E501
def test_csv_text_that_a_spreadsheet_would_run_is_quoted(tmp_path, text):
    assert read_csv(write(of_text(text), tmp_path / "t.csv"))[1][4].startswith("'")


@pytest.mark.parametrize("text", ["-3", "+2.5", "-1e-3", "well", "a=b", "'tis", ""])
def test_csv_numbers_and_ordinary_text_are_left_alone(tmp_path, text):
    assert read_csv(write(of_text(text), tmp_path / "t.csv"))[1][4] == text


def test_csv_heads_are_neutralised_too_and_nothing_drives_a_terminal(tmp_path):
    path = write(hostile(), tmp_path / "t.csv")
    rows = read_csv(path)
    assert rows[0][4] == "'+col"
    assert rows[1][0] == "'=row"
    assert "\x1b" not in path.read_text("utf-8")


def of_text(text):
    rows, columns = (Heading("r", "Row"),), (Heading("c", "Column"),)
    return Table("t", "T", "", rows, columns, [[text]])


def read_json(path):
    return json.loads(path.read_text(encoding="utf-8"))


def test_json_holds_the_whole_table(tmp_path):
    write(block_matrix(), tmp_path / "t.csv")
    found = read_json(tmp_path / "t.csv.json")
    assert list(found) == ["name", "title", "corner", "notes", "columns", "rows", "cells"]
    assert found["notes"] == ["Layer: consensus.", "Codebook version 7."]
    assert found["columns"][0]["of"] == 71
    assert found["columns"][-1]["group"] == "Downstream outcomes"
    cells = {(cell["row"], cell["column"]): cell for cell in found["cells"]}
    assert len(cells) == 4 * 15
    assert cells["M2a", "P3"] == {
        "row": "M2a",
        "column": "P3",
        "value": 2,
        "marks": ["contradicted"],
        "evidence": {"kind": "claim", "ids": [2, 3]},
    }
    assert cells["M2", "P0"]["evidence"] == {"kind": "none", "ids": []}


def test_json_numbers_and_words_come_back_exactly(tmp_path):
    found = read_json(write(themes(), tmp_path / "t.json"))
    values = [cell["value"] for cell in found["cells"]]
    assert values[1:4] == [84, 191, 0.34782608695652173]
    assert values[4] is None
    assert values[7] == "inf"
    path = write(hostile(), tmp_path / "h.json")
    assert read_json(path)["title"] == HOSTILE
    assert "\x1b" not in path.read_text("utf-8")
    assert "\u202e" not in path.read_text("utf-8")


def test_json_of_a_table_without_rows(tmp_path):
    assert read_json(write(no_rows(), tmp_path / "t.json"))["cells"] == []


def test_markdown_is_a_table_with_bands_marks_and_notes(tmp_path):
    text = write(block_matrix(), tmp_path / "t.md").read_text("utf-8")
    table = [line for line in text.splitlines() if line.startswith("|")]
    assert {line.replace("\\|", "").count("|") for line in table} == {17}
    assert table[0].startswith("| leads to → | *Process outcomes*<br>P0 No change")
    assert any(line.startswith("| &emsp;M2a Living proof |") and " 2− |" in line for line in table)
    assert "- Numbers are people, of 71." in text
    assert "− some claims contradict; ○ hearsay only; ┄ expected, no claim" in text


def test_markdown_markup_in_the_data_stays_text(tmp_path):
    text = write(hostile(), tmp_path / "t.md").read_text("utf-8")
    assert "<script" not in text.replace("\\<script", "")
    assert {line.replace("\\|", "").count("|") for line in text.splitlines() if line.startswith("|")} == {4}
    assert "![x](" not in text
    assert "\x1b" not in text


def test_a_table_gives_all_its_values_at_once_in_the_order_of_its_heads():
    rows, columns = (Heading("b", "b"), Heading("a", "a")), (Heading("y", "y"), Heading("x", "x"))
    table = Table("t", "T", "", rows, columns, np.array([["word", 2], [float("nan"), 1]], dtype=object))
    assert table.frame.loc["b", "y"] == "word"
    assert (list(table.frame.index), list(table.frame.columns)) == (["b", "a"], ["y", "x"])
    assert table.values() == [["word", 2], [None, 1]]
    assert [[table.value(row.key, column.key) for column in columns] for row in rows] == table.values()
    assert {type(value) for line in table.values() for value in line} == {str, int, type(None)}


@pytest.mark.parametrize("cell", [("a", "z"), ("z", "a"), ("P3", "M2")])
def test_evidence_of_no_cell_is_an_error(cell):
    with pytest.raises(KeyError):
        block_matrix().evidence(*cell)
