"""No archive and no XML can fill the disk, leave its place or read another file."""

import stat
import struct
import zipfile
from io import BytesIO

import pytest

from qualcode import untrusted
from qualcode.errors import InputError
from qualcode.untrusted import open_archive, parse_xml


def zipped(*members):
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as out:
        for name, content in members:
            out.writestr(name, content)
    return buffer.getvalue()


def test_members_are_read_by_exact_name(tmp_path):
    file = tmp_path / "x.zip"
    file.write_bytes(zipped(("a/b.txt", "words"), ("empty/", "")))
    archive = open_archive(file)
    assert archive.names == ("a/b.txt",)
    assert "a/b.txt" in archive
    assert archive.read("a/b.txt") == b"words"
    with pytest.raises(InputError, match="no part"):
        archive.read("A/b.txt")


@pytest.mark.parametrize("name", ["../up", "/etc/passwd", "a/../../b", "C:/x", "a\\b", "c:x"])
def test_a_name_that_leads_out_is_refused(name):
    with pytest.raises(InputError, match="unsafe name"):
        open_archive(zipped((name, "x")))


def test_a_bomb_is_refused_by_what_it_declares():
    with pytest.raises(InputError, match="zip bomb"):
        open_archive(zipped(("x", b"0" * 20_000_000)))


def test_a_bomb_that_lies_about_its_size_is_refused_or_found_damaged():
    data = bytearray(zipped(("x", b"0" * 20_000_000)))
    directory = data.rindex(b"PK\x01\x02")
    data[directory + 24 : directory + 28] = struct.pack("<I", 900_000)
    data[22:26] = struct.pack("<I", 900_000)
    with pytest.raises(InputError):
        open_archive(bytes(data)).read("x")


def test_what_was_really_read_counts_too(monkeypatch):
    archive = open_archive(zipped(("a", b"word" * 10), ("b", b"word" * 10)))
    monkeypatch.setattr(untrusted, "LARGEST_ARCHIVE", 60)
    archive.read("a")
    with pytest.raises(InputError, match="zip bomb"):
        archive.read("b")


def test_too_many_members_are_refused(monkeypatch):
    monkeypatch.setattr(untrusted, "MOST_MEMBERS", 2)
    with pytest.raises(InputError, match="3 parts"):
        open_archive(zipped(("a", ""), ("b", ""), ("c", "")))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_comes_twice_is_refused():
    with pytest.raises(InputError, match="twice"):
        open_archive(zipped(("a", "one"), ("a", "two")))


def test_an_encrypted_member_is_refused():
    data = bytearray(zipped(("a", "one")))
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(InputError, match="password"):
        open_archive(bytes(data))


def test_symbolic_links_are_not_there():
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    assert open_archive(zipped((link, "/etc/passwd"), ("a", ""))).names == ("a",)


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04 cut off"])
def test_what_is_no_zip_is_an_input_error(data):
    with pytest.raises(InputError, match="not a zip"):
        open_archive(data, "x.docx")


def test_a_damaged_member_is_an_input_error():
    data = bytearray(zipped(("a", b"some words that compress, some words that compress")))
    data[35] ^= 0xFF
    with pytest.raises(InputError, match="damaged"):
        open_archive(bytes(data)).read("a")


def test_xml_is_parsed_without_comments():
    root = parse_xml(b"<a><!-- no --><b>x</b><?pi no?></a>", "x")
    assert [child.tag for child in root] == ["b"]


def test_a_doctype_is_refused_and_reads_no_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the participant's name")
    for doctype in (
        "<!DOCTYPE a>",
        '<!DOCTYPE a SYSTEM "a.dtd">',
        f'<!DOCTYPE a [<!ENTITY x SYSTEM "{secret.as_uri()}">]>',
        '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>',
    ):
        with pytest.raises(InputError, match="DOCTYPE") as caught:
            parse_xml(f"{doctype}<a>&x;</a>".encode() if "x" in doctype else f"{doctype}<a/>".encode(), "x")
        assert "participant" not in str(caught.value)


def test_a_doctype_in_utf16_is_refused():
    with pytest.raises(InputError, match="DOCTYPE"):
        parse_xml('<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE a><a/>'.encode("utf-16"), "x")


def _bomb(reference: str) -> bytes:
    rows = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY e0 "hahahahaha">{rows}]><a {reference}</a>'.encode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"<a>" * 4000 + b"</a>" * 4000, "more than 256 deep"),
        (_bomb(">&e9;"), "DOCTYPE"),
        (_bomb("b='&e9;'>"), "DOCTYPE"),
        (b'<!DOCTYPE a [<!ENTITY a "&b;"><!ENTITY b "&a;">]><a b="&a;"/>', "DOCTYPE"),
        (b"<a>&nbsp;</a>", "abbreviation"),
        (b"<a>" + b"x" * 11_000_000 + b"</a>", "ten million characters"),
        (b"<a>\n<b></a>", "broken, at line 2, column 8"),
        (b"<w:a", "broken, at line 1, column 5"),
    ],
)
def test_xml_that_cannot_be_read_is_explained_in_plain_words(data, said):
    with pytest.raises(InputError, match=said) as caught:
        parse_xml(data, "x")
    assert not any(word in str(caught.value) for word in ("XML_PARSE", "xmlCtxt", "tag mismatch", "<string>"))


@pytest.mark.parametrize("data", [b"", b"<a>", b"\xff\xfe", b"<a>&nbsp;</a>", b"<a>" * 300 + b"</a>" * 300])
def test_broken_xml_is_an_input_error(data):
    with pytest.raises(InputError, match="XML is broken"):
        parse_xml(data, "x")
