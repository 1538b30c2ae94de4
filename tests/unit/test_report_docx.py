import zipfile

import docx
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from qualcode.report import write
from qualcode.report.docx_file import MOST_QUOTATIONS
from qualcode.report.layout import LETTER, layout
from qualcode.report.printed import printed
from qualcode.table import NOTHING, Evidence, Heading, Table
from tests.unit.report_tables import ALL, block_matrix, hostile, no_rows, one_cell, quotation, themes


@pytest.fixture
def opened(tmp_path):
    return lambda table: docx.Document(str(write(table, tmp_path / "t.docx")))


def texts(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_the_caption_stands_above_and_the_notes_below(opened):
    lines = texts(opened(block_matrix()))
    assert lines[0] == "Table. Change-model matrix"
    assert lines[1] == "Numbers are people, of 71."
    assert "Layer: consensus." in lines
    assert opened(block_matrix()).element.body[1].tag == qn("w:tbl")


def test_numbers_stand_with_their_marks_and_child_rows_are_indented(opened):
    rows = opened(block_matrix()).tables[0].rows
    living_proof = next(row for row in rows if row.cells[0].text == "M2a Living proof")
    role_modelling = next(row for row in rows if row.cells[0].text.startswith("M2 "))
    assert living_proof.cells[3].text == "2−"
    assert role_modelling.cells[4].text == "┄"
    indents = [row.cells[0].paragraphs[0].paragraph_format.left_indent for row in (role_modelling, living_proof)]
    assert indents[0] < indents[1]
    assert rows[-1].cells[3].text == ""  # P3 x P3


def test_bands_span_columns_and_rows(opened):
    rows = opened(block_matrix()).tables[0].rows
    assert [cell.text for cell in rows[0].cells][1::8] == ["Process outcomes", "Process outcomes"]
    assert rows[0].cells[10].text == "Downstream outcomes"
    assert {cell.text for cell in rows[2].cells} == {"Mechanisms"}


@pytest.mark.parametrize("table", ALL)
def test_there_are_three_rules_no_vertical_lines_and_no_shading(opened, table):
    body = opened(table()).element.body
    assert [rule.tag for rule in body.find(f".//{qn('w:tblBorders')}")] == [qn("w:top"), qn("w:bottom")]
    ruled_rows = {
        cell.getparent().getparent() for cell in body.iter(qn("w:tcPr")) if cell.find(qn("w:tcBorders")) is not None
    }
    assert len(ruled_rows) == 1
    sides = {side.tag for borders in body.iter(qn("w:tcBorders")) for side in borders}
    assert sides == {qn("w:bottom")}
    assert not list(body.iter(qn("w:shd")))


def test_head_rows_repeat_on_each_page(opened):
    rows = opened(block_matrix()).tables[0].rows
    repeated = [bool(list(row._tr.iter(qn("w:tblHeader")))) for row in rows]
    assert repeated[:3] == [True, True, False]
    assert not any(repeated[3:])


def test_a_wide_table_lies_down_and_fits_its_page(opened):
    wide, narrow = opened(block_matrix()).sections[0], opened(one_cell()).sections[0]
    assert wide.orientation == WD_ORIENT.LANDSCAPE
    assert narrow.orientation == WD_ORIENT.PORTRAIT
    grid = opened(block_matrix()).tables[0]._tbl.tblGrid.gridCol_lst
    assert sum(column.w for column in grid) <= wide.page_width - wide.left_margin - wide.right_margin


def test_quotations_follow_with_heading_question_and_citation(opened):
    lines = texts(opened(block_matrix()))
    start = lines.index("Quotations")
    headings = [line for line in lines[start:] if "·" in line]
    assert headings == [
        "M2 Role-modelling living well · P3 Hope: 21 of 71 people",
        "M2a Living proof · P3 Hope: 2 of 71 people",
        "RV Other causes · D3 Symptoms: 1 of 71 people",
    ]
    expected = "What was that like?\n1. “Words of claim 1.” [A, SU, wave 1, P01, l. 1] M2a → P3 raises"
    assert lines[start + 2] == expected


def test_a_quotation_is_printed_once_and_named_by_its_number_after_that(opened):
    lines = texts(opened(block_matrix()))
    assert sum("Words of claim 2." in line for line in lines) == 1
    assert lines[lines.index("M2a Living proof · P3 Hope: 2 of 71 people") + 1] == "Above: 2, 3."


def of_claims(number, words="Words of claim {}."):
    """One row that rests on so many claims and prints the words of the first."""
    rows, columns = (Heading("r", "Row"),), (Heading("n", "Said by", "people"), Heading("quote", "Quote"))
    return Table(
        "arrows", "Arrows", "", rows, columns, [[1, f"“{words.format(1)}” [A]"]],
        opens=lambda _, column: Evidence("claim", tuple(range(1, number + 1))) if column == "n" else NOTHING,
        reads=lambda found: tuple(quotation(each, words=words.format(each)) for each in found.ids),
    )  # fmt: skip


def test_what_a_row_prints_itself_is_not_quoted_again(opened):
    assert "Quotations" not in texts(opened(of_claims(1)))
    lines = texts(opened(of_claims(2)))
    assert not any("“Words of claim 1.”" in line for line in lines)
    assert any("1. “Words of claim 2.”" in line for line in lines)
    assert "Row · Said by: 1 person" in lines


def test_of_very_many_quotations_none_is_printed_and_it_is_said_where_they_are(opened):
    assert sum("“" in line for line in texts(opened(of_claims(MOST_QUOTATIONS)))) == MOST_QUOTATIONS - 1
    lines = texts(opened(of_claims(MOST_QUOTATIONS + 1)))
    assert not any("“" in line for line in lines)
    assert lines[-1].startswith("401 passages stand behind this table: too many to print.")
    assert "qualcode table arrows --out FILE.html" in lines[-1]


def test_a_table_without_quotations_has_no_heading_for_them(opened):
    assert "Quotations" not in texts(opened(themes()))


def test_denominators_that_differ_stand_in_the_heads(opened):
    heads = [cell.text for cell in opened(themes()).tables[0].rows[0].cells]
    assert heads == ["Theme", "Definition", "Said by (people of\N{NO-BREAK SPACE}120)", "References", "Kappa"]
    assert [cell.text for cell in opened(themes()).tables[0].rows[1].cells][3:] == ["191", "0.348"]


def test_a_table_without_rows_says_so(opened):
    assert "The table has no rows." in texts(opened(no_rows()))


def test_no_author_and_no_clock_is_in_the_file(tmp_path):
    path = write(block_matrix(), tmp_path / "t.docx")
    with zipfile.ZipFile(path) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        core = archive.read("docProps/core.xml").decode()
    assert "creator" not in core
    assert "lastModifiedBy" not in core
    assert "python-docx" not in core
    assert "1980-01-01T00:00:00Z" in core


def test_characters_that_xml_forbids_are_shown_instead(opened):
    lines = "\n".join(texts(opened(hostile())))
    assert "␛[31mred" in lines
    assert "◦evil" in lines
    assert "\ufffe" not in lines
    assert "<script>alert(1)</script>" in lines  # as text: Word knows no such markup


def test_a_bold_head_wider_than_its_words_is_not_broken():
    heads = tuple(Heading(key, key) for key in ("From", "Wave"))
    rows = (Heading("1", "1"),)
    table = Table("t", "T", "Claim", rows, heads, [["M2", "1"]])
    page = layout(printed(table))
    letters = min(page.widths[1:]) / (page.points * LETTER)
    assert round(letters, 6) >= len("From") + 3  # two for the margins, one for bold type


def test_a_wide_table_of_words_alone_is_written(opened):
    rows = (Heading("a", "A-SU1"),)
    columns = tuple(Heading(f"T{number}", f"T{number} Theme of some length") for number in range(24))
    words = [["She said that it came too late, after the second crisis." for _ in columns]]
    document = opened(Table("framework", "Framework", "Person", rows, columns, words))
    assert sum(len(part.columns) - 1 for part in document.tables) == 24


def test_columns_that_do_not_fit_a_page_beside_each_other_stand_in_parts_with_the_row_heads(opened):
    rows = (Heading("a", "A-SU1"), Heading("b", "B-SU1"))
    columns = tuple(Heading(f"T{number}", f"T{number} Theme", "people") for number in range(70))
    table = Table("wide", "Wide", "Person", rows, columns, [list(range(70, 140))] * 2)
    document = opened(table)
    parts = document.tables
    assert len(parts) > 1
    assert [line for line in texts(document) if line.startswith("Table")] == [
        f"Table. Wide (part {number} of {len(parts)})" for number in range(1, len(parts) + 1)
    ]
    for part in parts:
        assert [row.cells[0].text for row in part.rows][1:] == ["A-SU1", "B-SU1"]
    assert [cell.text for part in parts for cell in part.rows[1].cells[1:]] == [str(each) for each in range(70, 140)]
    room = document.sections[0].page_width - 2 * document.sections[0].left_margin
    for part in parts:
        grid = part._tbl.tblGrid.gridCol_lst
        assert sum(column.w for column in grid) <= room
        letters = min(column.w for column in grid) / 36000 / (8 * LETTER)
        assert letters >= len("139") + 2  # no number is broken


def test_a_row_of_very_many_lines_may_go_over_a_page_and_a_short_one_may_not(opened):
    rows = (Heading("a", "short"), Heading("b", "long"))
    columns = (Heading("words", "Words"),)
    table = Table("t", "T", "", rows, columns, [["few"], ["word " * 900]])
    kept = [bool(list(row._tr.iter(qn("w:cantSplit")))) for row in opened(table).tables[0].rows]
    assert kept == [True, True, False]
