"""Pointing at a passage in a few letters, and pencil work typed in as it was noted."""

import pytest

from qualcode.errors import InputError, UserError
from qualcode.work import pencil
from tests.command_line import a_study


@pytest.fixture
def project(tmp_path):
    with a_study(tmp_path) as project:
        yield project


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("34", {"lines": (34, 34)}),
        ("34-36", {"lines": (34, 36)}),
        ("34–36", {"lines": (34, 36)}),
        ("34 - 36", {"lines": (34, 36)}),
        ("34 — 36", {"lines": (34, 36)}),
        ("34−36", {"lines": (34, 36)}),
        ("¶12 – ¶14", {"answers": (12, 14)}),
        ("¶12", {"answers": (12, 12)}),
        ("a12", {"answers": (12, 12)}),
        ("A12-14", {"answers": (12, 14)}),
        ("¶12-¶14", {"answers": (12, 14)}),
        ("@120:180", {"span": (120, 180)}),
    ],
)
def test_a_place_in_a_few_letters(words, meant):
    assert pencil.pointed(words) == meant


@pytest.mark.parametrize(
    "words", ["", "m2a", "34-", "-34", "36-34", "¶", "@5", "@9:5", "34 36", "٣٤", "9" * 20, "34\n"]
)
def test_what_points_nowhere_is_refused_with_the_forms_there_are(words):
    with pytest.raises(InputError) as error:
        pencil.pointed(words)
    assert error.value.remedy


def test_entries_as_one_pencils_them():
    text = "# page one\n\n2 m2a P3  ? may be the nurse # ask\n¶2 x?\n  4-5\tm2a # sure\n?\n"
    assert [(each.number, each.place, each.codes, each.unsure) for each in pencil.entries(text)] == [
        (3, "2", ("m2a", "P3"), "may be the nurse"),
        (4, "¶2", ("x",), ""),
        (5, "4-5", ("m2a",), None),
        (6, "", (), ""),
    ]


@pytest.mark.parametrize(
    ("line", "place", "codes"),
    [
        ("48 - 50 M2a", "48 - 50", ("M2a",)),
        ("48–50 M2a P3", "48–50", ("M2a", "P3")),
        ("109-112, M2a", "109-112", ("M2a",)),
        ("109 - 112 , M2a,P3", "109 - 112", ("M2a", "P3")),
        ("109-112: M2a; P3", "109-112", ("M2a", "P3")),
        ("¶12 - 14 m1b", "¶12 - 14", ("m1b",)),
        ("a12 -a14,m1b", "a12 -a14", ("m1b",)),
        ("@120:180, p5", "@120:180", ("p5",)),
        ("12 -P0", "12", ("-P0",)),
        ("m2a 12", "m2a", ("12",)),
    ],
)
def test_blanks_around_the_dash_and_commas_are_how_people_write(line, place, codes):
    [entry] = pencil.entries(line)
    assert (entry.place, entry.codes) == (place, codes)


def test_a_page_becomes_passages(project):
    document = project.documents.get("A-SU1")
    new = pencil.read(project, document, "2 m2a p3\n¶2 P3 ? hers?\n", "page.txt")
    m2a, p3 = project.codes.get("M2a").id, project.codes.get("P3").id
    body = project.documents.body(document)
    assert [(each.code, each.unsure) for each in new] == [(m2a, None), (p3, None), (p3, "hers?")]
    assert body[new[0].start : new[0].end].startswith("Well, if she can")
    assert (new[2].start, new[2].end) == (
        project.documents.answers(document)[1].start,
        project.documents.answers(document)[1].end,
    )


def test_every_bad_line_is_named(project):
    text = "2 m2a\n2\nm2a\n99 m2a\n2 m2z\n9-2 p3\n¶7 p3\n@0:99999 p3\n? what\n"
    with pytest.raises(InputError) as error:
        pencil.read(project, project.documents.get("A-SU1"), text, "page.txt")
    said = error.value.remedy.split("\n")
    assert [line.split(":")[0] for line in said] == [f"line {number}" for number in range(2, 10)]
    assert "Did you mean M2 or M2a" in said[3]
    assert error.value.where == "page.txt"


def test_a_retired_code_is_refused(project):
    project.codes.retire(project.codes.get("P3"))
    with pytest.raises(UserError, match="1 line cannot be used"):
        pencil.read(project, project.documents.get("A-SU1"), "2 p3", "page.txt")


@pytest.mark.parametrize("text", ["", "\n\n", "# nothing yet\n"])
def test_a_page_without_entries_is_refused(project, text):
    with pytest.raises(InputError, match="no entry"):
        pencil.read(project, project.documents.get("A-SU1"), text, "page.txt")
