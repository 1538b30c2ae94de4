"""Counts printed with their part in a hundred: the number stays raw, its denominator goes with it, on every surface."""

import csv
import json
from dataclasses import replace
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from qualcode import report
from qualcode.report.printed import percentage, printed, reading
from tests.unit.report_tables import percentages


def cells():
    return [[cell.text for cell in row.cells] for row in printed(percentages()).rows]


def test_a_cell_is_a_part_of_its_own_denominator_else_of_its_columns():
    assert cells() == [["1 (13%)", "·"], ["3 (75%)", "n/a"]]
    table = percentages()
    assert reading(table, table.rows[0], table.columns[0]) == "1 of 8 people"
    assert reading(table, table.rows[1], table.columns[0]) == "3 of 4 people"


@pytest.mark.parametrize(("part", "whole", "shown"), [(1, 8, 13), (1, 3, 33), (2, 3, 67), (1, 200, 1), (5, 5, 100)])
def test_percentages_are_rounded_halves_up(part, whole, shown):
    assert percentage(part, whole) == f" ({shown}%)"


def test_the_legend_says_what_n_a_is_and_the_unit_what_is_counted():
    sheet = printed(percentages())
    assert "Numbers are people and their percentage." in sheet.notes
    assert any("n/a nobody interviewed to whom it applies" in note for note in sheet.notes)


def test_terminal_web_page_markdown_latex_and_word_print_it(tmp_path):
    table = percentages()
    assert "3 (75%)" in report.render(table, 80)
    for suffix, shown in ((".html", "3 (75%)"), (".md", "3 (75%)"), (".tex", r"3 (75\%)")):
        assert shown in report.write(table, tmp_path / f"t{suffix}").read_text("utf-8")
    word = Document(report.write(table, tmp_path / "t.docx")).tables[0]
    assert [[cell.text for cell in row.cells[1:]] for row in word.rows[1:]] == cells()


def test_in_excel_the_cell_is_the_number_and_the_part_its_format(tmp_path):
    path = report.write(percentages(), tmp_path / "t.xlsx")
    page = load_workbook(path)["table"]
    found = [cell for row in page.iter_rows() for cell in row if cell.value == 3]
    assert [cell.number_format for cell in found] == ['0" (75%)"']
    assert "75%" in ZipFile(path).read("xl/styles.xml").decode()


def test_csv_and_json_have_the_number_and_what_it_is_a_part_of(tmp_path):
    path = report.write(percentages(), tmp_path / "t.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0][4:] == ["SU", "SU of", "PW"]
    assert [row[4:] for row in rows[1:]] == [["1", "8", "0"], ["3", "4", ""]]
    exact = json.loads((tmp_path / "t.csv.json").read_text("utf-8"))
    assert [column["percent"] for column in exact["columns"]] == [True, False]
    assert [cell.get("of") for cell in exact["cells"]] == [None, None, 4, None]


def presences():
    table = percentages()
    return replace(table, columns=tuple(replace(column, percent=False, presence=True) for column in table.columns))


def test_presence_is_a_sign_for_any_number_and_the_number_stays(tmp_path):
    sheet = printed(presences())
    assert [[cell.text for cell in row.cells] for row in sheet.rows] == [["●", "·"], ["●", "n/a"]]
    assert "● some people." in sheet.notes
    page = load_workbook(report.write(presences(), tmp_path / "t.xlsx"))["table"]
    found = [cell for row in page.iter_rows() for cell in row if cell.value in (1, 3)]
    assert [cell.number_format for cell in found] == ['"●"', '"●"']
    rows = (report.write(presences(), tmp_path / "t.csv")).read_text("utf-8-sig").splitlines()
    assert rows[2].endswith(",3,")
