import zipfile

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualcode.report import write
from qualcode.report.xlsx_sheet import LONGEST, pieces
from qualcode.table import Heading, Table
from qualcode.visible import visible
from tests.strategies import PROPERTY
from tests.unit.report_tables import ALL, HOSTILE, block_matrix, hostile, no_rows, themes


@pytest.fixture
def opened(tmp_path):
    return lambda table: openpyxl.load_workbook(write(table, tmp_path / "t.xlsx"), rich_text=False)


def of_text(*texts):
    rows = tuple(Heading(f"r{number}", "Row") for number in range(len(texts)))
    columns = (Heading("c", "Column"),)
    return Table("t", "T", "", rows, columns, [[text] for text in texts])


def test_there_is_a_sheet_for_the_table_its_quotations_and_its_notes(opened):
    book = opened(block_matrix())
    assert book.sheetnames == ["table", "quotations", "notes"]
    assert book["table"]["A1"].value == "Change-model matrix"
    assert "Layer: consensus." in [row[0].value for row in book["notes"].iter_rows()]
    assert "Layer: consensus." in [row[0].value for row in book["table"].iter_rows()]


def test_numbers_stay_numbers_and_their_marks_are_shown_by_the_format(opened):
    sheet = opened(block_matrix())["table"]
    heads = [cell.value for cell in sheet[4]]
    column = heads.index("P3 Hope") + 1
    by_row = {row[0].value: row for row in sheet.iter_rows(min_row=5)}
    assert by_row["M2 Role-modelling living well"][column - 1].value == 21
    contradicted = by_row["M2a Living proof"][column - 1]
    assert (contradicted.value, contradicted.number_format) == (2, '0"−"')
    expected = by_row["M2 Role-modelling living well"][heads.index("P4 Confidence and empowerment")]
    assert (expected.value, expected.number_format) == (0, '"┄"')
    kappa = opened(themes())["table"]["E4"]
    assert (kappa.value, kappa.number_format) == (pytest.approx(0.34782608695652173), "0.000")
    assert opened(themes())["table"]["E5"].value == "inf"


def test_heads_stay_in_view_and_bands_span_their_columns(opened):
    sheet = opened(block_matrix())["table"]
    assert sheet.freeze_panes == "B5"
    assert {str(each) for each in sheet.merged_cells.ranges} == {"B3:J3", "K3:P3"}
    assert sheet["B3"].value == "Process outcomes"
    assert sheet["A5"].value == "Mechanisms"
    assert sheet["A7"].alignment.indent == 1


def test_every_quotation_says_which_cell_it_belongs_to(opened):
    rows = list(opened(block_matrix())["quotations"].iter_rows(values_only=True))
    assert rows[0] == ("row", "column", "says", "label", "asked", "words", "citation", "document", "line")
    assert rows[1] == (
        "M2 Role-modelling living well", "P3 Hope", "21 of 71 people", "M2a → P3 raises", "What was that like?",
        "Words of claim 1.", "[A, SU, wave 1, P01, l. 1]", "A-SU1", 1,
    )  # fmt: skip
    assert len(rows) == 1 + 3 + 2 + 1


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-1", "@SUM(A1)", "http://example.org", "12", "\t=1", "mailto:a@b"])
def test_text_is_text_whatever_it_looks_like(opened, text):
    cell = opened(of_text(text))["table"]["B4"]
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


@pytest.mark.parametrize("table", ALL)
def test_no_formula_link_or_control_character_is_in_the_file(tmp_path, table):
    with zipfile.ZipFile(write(table(), tmp_path / "t.xlsx")) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not [name for name in parts if "hyperlink" in parts[name] or "<f>" in parts[name]]
    assert not [name for name in parts if any(sign in parts[name] for sign in ("\x1b", "\u202e", "\ufffe"))]


def test_hostile_text_is_shown(opened):
    sheet = opened(hostile())["table"]
    assert sheet["A1"].value == visible(HOSTILE).replace("\ufffe", "�")


def test_no_author_and_no_clock_is_in_the_file(tmp_path):
    with zipfile.ZipFile(write(block_matrix(), tmp_path / "t.xlsx")) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert "<dc:creator></dc:creator>" in core
    assert "<cp:lastModifiedBy></cp:lastModifiedBy>" in core
    assert "1980-01-01T00:00:00Z" in core


def test_a_text_too_long_for_a_cell_goes_on_in_the_rows_below(opened):
    long = "word " * 10_000 + "😀" * 20_000
    sheet = opened(of_text(long, "next"))["table"]
    cells = [row[1].value for row in sheet.iter_rows(min_row=4)]
    end = cells.index("next")
    assert "".join(cells[:end]) == long
    assert end > 1


@given(st.text(st.sampled_from("a \n😀é"), max_size=30).map(lambda text: text * 4000))
@PROPERTY
def test_pieces_fit_a_cell_and_lose_nothing(text):
    found = pieces(text)
    assert "".join(found) == text
    assert all(len(piece.encode("utf-16-le")) // 2 <= LONGEST for piece in found)


def test_a_table_without_rows_says_so(opened):
    assert "The table has no rows." in [row[0].value for row in opened(no_rows())["table"].iter_rows()]
