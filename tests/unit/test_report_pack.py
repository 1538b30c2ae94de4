import io
import struct
import zipfile
import zlib

import docx
import openpyxl
import pytest
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from qualcode.errors import InputError
from qualcode.report.pack import SUFFIXES, Picture, write_pack
from qualcode.visible import visible
from tests.unit.report_tables import ALL, HOSTILE, block_matrix, hostile, one_cell, themes


def a_png():
    """A grey picture of 300 by 200."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    pixels = (b"\0" + b"\x80" * 300) * 200
    head = struct.pack(">IIBBBBB", 300, 200, 8, 0, 0, 0, 0)
    parts = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(pixels)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "secret-folder-name.png"
    path.write_bytes(a_png())
    return Picture(path, "The change model")


TABLES = (block_matrix, themes, one_cell)


def words_in(element):
    return "".join(text.text for text in element.iter(qn("w:t")))


def pack(path, picture, tables=TABLES):
    return write_pack([table() for table in tables], [picture], path)


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_a_pack_has_the_same_bytes_twice_no_author_and_no_clock(tmp_path, picture, suffix):
    first, second = (pack(tmp_path / f"{name}{suffix}", picture, ALL) for name in ("first", "second"))
    assert first.read_bytes() == second.read_bytes()
    assert first.stat().st_mode & 0o077 == 0
    with zipfile.ZipFile(first) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if b"secret-folder-name" in archive.read(name)]
        assert b"python-docx" not in archive.read("docProps/core.xml")


def test_in_word_the_contents_lead_to_every_table_and_figure(tmp_path, picture):
    document = docx.Document(str(pack(tmp_path / "p.docx", picture)))
    links = [(each.get(qn("w:anchor")), words_in(each)) for each in document.element.iter(qn("w:hyperlink"))]
    assert links == [
        ("table1", "Table 1. Change-model matrix"),
        ("table2", "Table 2. Themes"),
        ("table3", "Table 3. One number"),
        ("figure1", "Figure 1. The change model"),
    ]
    places = {
        each.get(qn("w:name")): words_in(each.getparent()) for each in document.element.iter(qn("w:bookmarkStart"))
    }
    assert places == dict(links)
    assert len(document.tables) == 3
    assert "Layer: consensus." in [each.text for each in document.paragraphs]


def test_in_word_each_stands_on_a_page_of_its_own_as_wide_as_it_needs(tmp_path, picture):
    document = docx.Document(str(pack(tmp_path / "p.docx", picture)))
    turned = [section.orientation == WD_ORIENT.LANDSCAPE for section in document.sections]
    assert turned == [False, True, True, False, False]
    (shape,) = document.inline_shapes
    assert shape.width <= document.sections[-1].page_width - document.sections[-1].left_margin * 2
    assert shape.width / shape.height == pytest.approx(1.5, rel=0.01)
    assert shape._inline.docPr.get("descr") == "The change model"


def test_in_excel_the_contents_lead_to_every_sheet(tmp_path, picture):
    book = openpyxl.load_workbook(pack(tmp_path / "p.xlsx", picture))
    assert book.sheetnames == ["contents", "1 change-model", "2 themes", "3 one", "Figure 1"]
    listed = {row[0].value: row[0].hyperlink.location for row in book["contents"].iter_rows(min_row=2)}
    assert listed["Table 2. Themes"] == "'2 themes'!A1"
    assert book["2 themes"]["A1"].value == "Table 2. Themes"
    assert book["1 change-model"]["D7"].value == 2
    assert book["Figure 1"]._images[0].width == 300


def test_hostile_text_stays_text(tmp_path, picture):
    shown = visible(HOSTILE).replace("\ufffe", "�")
    tables = [hostile(), hostile()]
    figures = [Picture(picture.path, HOSTILE)]
    document = docx.Document(str(write_pack(tables, figures, tmp_path / "p.docx")))
    assert document.paragraphs[-1].text == f"Figure 1. {shown}"
    book = openpyxl.load_workbook(write_pack(tables, figures, tmp_path / "p.xlsx"))
    assert len(set(book.sheetnames)) == 4
    assert book.worksheets[0]["A2"].value == f"Table 1. {shown}"
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize("data", [None, b"", b"<svg/>", a_png()[:20], b"\xff\xd8\xff", b"\xff\xd8\xff\xe0\0\x10JFIF\0"])
def test_a_figure_that_cannot_be_used_is_named_and_the_old_file_stays(tmp_path, suffix, data):
    target, figure = tmp_path / f"p{suffix}", tmp_path / "figure.png"
    target.write_bytes(b"the old one")
    if data is not None:
        figure.write_bytes(data)
    with pytest.raises(InputError, match=r"figure\.png"):
        write_pack([one_cell()], [Picture(figure, "F")], target)
    assert target.read_bytes() == b"the old one"


def test_an_unknown_suffix_and_an_empty_pack_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"\.docx, \.xlsx"):
        write_pack([one_cell()], [], tmp_path / "p.pdf")
    with pytest.raises(InputError, match="nothing to put"):
        write_pack([], [], tmp_path / "p.docx")
    assert not list(tmp_path.iterdir())


def test_figures_alone_make_a_pack(tmp_path, picture):
    document = docx.Document(io.BytesIO(write_pack([], [picture], tmp_path / "p.docx").read_bytes()))
    assert document.paragraphs[-1].text == "Figure 1. The change model"
