"""Attribute sheets come in as text, whatever the spreadsheet made of it."""

import datetime as dt
import zipfile

import openpyxl
import pytest

from qualcode.errors import InputError
from qualcode.transcripts import read_sheet


def csv_file(folder, content):
    file = folder / "people.csv"
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return file


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found(tmp_path, delimiter):
    text = '\ufeffname,"role, or so;x",age\r\nMaureen,SU,61\r\n"Dean, R",PW\r\n'.replace(",", delimiter)
    sheet = read_sheet(csv_file(tmp_path, text))
    assert sheet.headers == ("name", f"role{delimiter} or so;x", "age")
    assert [row["age"] for row in sheet.rows] == ["61", ""]
    assert sheet.warnings == ()


def test_the_line_that_tells_excel_the_separator_is_no_row(tmp_path):
    sheet = read_sheet(csv_file(tmp_path, "\ufeffsep=;\r\nname;says, well\r\nMaureen;a, b\r\n"))
    assert sheet.rows == ({"name": "Maureen", "says, well": "a, b"},)
    assert sheet.numbers == (2,)


def test_a_quotation_mark_that_is_never_closed_is_told_with_its_line(tmp_path):
    with pytest.raises(InputError, match="line 3 is never closed"):
        read_sheet(csv_file(tmp_path, 'a,b\n1,"so ""x"""\n2,"open\n3,4\n'))
    assert read_sheet(csv_file(tmp_path, 'a,b\n1,5" screen\n2,"a" b\n')).rows[0]["b"] == '5" screen'


def test_an_old_excel_workbook_is_named(tmp_path):
    file = tmp_path / "people.xlsx"
    file.write_bytes(b"\xd0\xcf\x11\xe0" + bytes(600))
    with pytest.raises(InputError, match="old Excel workbook"):
        read_sheet(file)


def test_a_cell_may_hold_lines(tmp_path):
    sheet = read_sheet(csv_file(tmp_path, 'a,b\n"one\r\ntwo",x\n'))
    assert sheet.rows == ({"a": "one\ntwo", "b": "x"},)


def test_rows_are_numbered_as_a_spreadsheet_numbers_them(tmp_path):
    assert read_sheet(csv_file(tmp_path, '\n\na,b\n"one\ntwo",x\n3,4\n')).numbers == (4, 5)
    book = openpyxl.Workbook()
    for row in ((None, None), ("a", "b"), (1, 2), (3, 4)):
        book.active.append(row)
    book.save(tmp_path / "people.xlsx")
    book.close()
    assert read_sheet(tmp_path / "people.xlsx").numbers == (3, 4)


def test_only_the_first_table_is_read_and_said(tmp_path):
    sheet = read_sheet(csv_file(tmp_path, "a,b\n1,2\n,\nc\n3\n"))
    assert sheet.rows == ({"a": "1", "b": "2"},)
    assert sheet.warnings == (
        "only the first table was read: row 3 is empty and another follows (if they are one, take that row out)",
    )


def test_a_title_above_the_heads_is_no_head(tmp_path):
    sheet = read_sheet(csv_file(tmp_path, "My study;;\n;;\nfile;age;site\nA1;34;Leeds\n"))
    assert (sheet.headers, sheet.numbers) == (("file", "age", "site"), (4,))
    assert sheet.warnings == ("row 1 was taken as a title, since one cell of it is filled: My study",)
    assert read_sheet(csv_file(tmp_path, "file\nA1,x\nA2,y\n")).headers == ("file",)


def test_a_hidden_worksheet_is_not_taken_for_the_first(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["lists"])
    book.active.sheet_state = "hidden"
    book.create_sheet("people").append(["file", "age"])
    book.save(tmp_path / "people.xlsx")
    book.close()
    sheet = read_sheet(tmp_path / "people.xlsx")
    assert (sheet.headers, sheet.warnings) == (("file", "age"), ("1 hidden worksheet was not read",))


def test_empty_rows_at_the_end_are_nothing(tmp_path):
    assert read_sheet(csv_file(tmp_path, "\n\na\n1\n\n\n")).warnings == ()


def test_a_legacy_encoding_is_guessed_and_told(tmp_path):
    sheet = read_sheet(csv_file(tmp_path, "nom;rôle\nZoé Lefèvre;infirmière à l’hôpital\n".encode("cp1252")))
    assert sheet.rows[0]["rôle"] == "infirmière à l’hôpital"
    assert "guessed" in sheet.warnings[0]


def test_cells_beyond_the_header_are_told(tmp_path):
    sheet = read_sheet(csv_file(tmp_path, "a,b\n1,2,3\n"))
    assert sheet.rows == ({"a": "1", "b": "2"},)
    assert "row 2 has more cells" in sheet.warnings[0]


def test_two_columns_of_one_name_are_refused(tmp_path):
    with pytest.raises(InputError, match="two columns are called age"):
        read_sheet(csv_file(tmp_path, "age,age\n1,2\n"))


@pytest.mark.parametrize("content", ["", "\n\n", ",,\n"])
def test_an_empty_sheet_is_refused(tmp_path, content):
    with pytest.raises(InputError, match="empty"):
        read_sheet(csv_file(tmp_path, content))


def test_a_workbook_becomes_text(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["name", "when", "at", "age", "share", "consent", "note", None])
    when = dt.datetime(2024, 5, 3, tzinfo=None)  # noqa: DTZ001 - spreadsheets know no time zones
    book.active.append(["Maureen", when, when.replace(hour=9, minute=30), 61.0, 0.5, True, None, None])
    book.active.append(["Dean", dt.time(9, 5), None, 38, None, False, "=1+1"])
    book.create_sheet("more")
    file = tmp_path / "people.xlsx"
    book.save(file)
    sheet = read_sheet(file)
    assert sheet.headers == ("name", "when", "at", "age", "share", "consent", "note")
    assert list(sheet.rows[0].values()) == ["Maureen", "2024-05-03", "2024-05-03 09:30:00", "61", "0.5", "yes", ""]
    assert [sheet.rows[1][name] for name in ("when", "age", "consent")] == ["09:05:00", "38", "no"]
    assert sheet.warnings == ("only the first of 2 worksheets was read",)


@pytest.mark.parametrize("content", [b"no workbook", b""])
def test_what_is_no_workbook_is_an_input_error(tmp_path, content):
    file = tmp_path / "people.xlsx"
    file.write_bytes(content)
    with pytest.raises(InputError):
        read_sheet(file)


def test_another_zip_is_no_workbook(tmp_path):
    file = tmp_path / "people.xlsx"
    with zipfile.ZipFile(file, "w") as out:
        out.writestr("x.txt", "y")
    with pytest.raises(InputError, match="cannot be read"):
        read_sheet(file)


def test_a_workbook_with_a_doctype_is_refused(tmp_path):
    file = tmp_path / "people.xlsx"
    with zipfile.ZipFile(file, "w") as out:
        out.writestr("xl/workbook.xml", '<!DOCTYPE a [<!ENTITY x "y">]><workbook>&x;</workbook>')
    with pytest.raises(InputError, match="DOCTYPE"):
        read_sheet(file)


def test_another_suffix_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"\.ods"):
        read_sheet(tmp_path / "people.ods")


def workbook(tmp_path, rows, *merged):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cells in merged:
        book.active.merge_cells(cells)
    book.save(tmp_path / "people.xlsx")
    return tmp_path / "people.xlsx"


def test_merged_cells_hold_what_the_first_of_them_says_and_it_is_told(tmp_path):
    rows = [["file", "age", "site"], ["a", 3, "X"], ["b", 4, None], ["c", "none said", None]]
    sheet = read_sheet(workbook(tmp_path, rows, "C2:C3", "B4:C4"))
    assert [row["site"] for row in sheet.rows] == ["X", "X", "none said"]
    assert sheet.warnings == ("cells C2:C3, B4:C4 are merged: each of them was read as saying what the first says",)


def test_merged_heads_and_merged_cells_that_are_empty_stay_as_they_are(tmp_path):
    rows = [["People", None], ["x", "y"]]
    assert read_sheet(workbook(tmp_path, rows, "A1:B1")).headers == ("People",)
    sheet = read_sheet(workbook(tmp_path, [["file", "age"], ["a", None], ["b", 4]], "B2:B2", "A5:B6"))
    assert (len(sheet.rows), sheet.warnings) == (2, ())


def test_merged_cells_without_end_are_read_as_far_as_the_sheet_goes(tmp_path):
    path = workbook(tmp_path, [["file", "age"], ["a", 3], ["b", None]])
    data = {}
    with zipfile.ZipFile(path) as book:
        data = {name: book.read(name) for name in book.namelist()}
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="B2:XFD1048576"/></mergeCells>'
    with zipfile.ZipFile(path, "w") as book:
        for name, part in data.items():
            book.writestr(name, part.replace(b"</sheetData>", merged))
    assert [row["age"] for row in read_sheet(path).rows] == ["3", "3"]


def test_heads_that_differ_in_case_and_blanks_only_are_refused_as_one(tmp_path):
    with pytest.raises(InputError, match="two columns are called ROLE and role"):
        read_sheet(csv_file(tmp_path, "file,ROLE ,role\na,SU,PW\n"))
    with pytest.raises(InputError, match="two columns are called years at  home and Years at home"):
        read_sheet(csv_file(tmp_path, "years at  home,Years at home\n1,2\n"))
