"""Places are code points: emoji, CRLF, combining marks and NUL shift nothing."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from qualcode.errors import AmbiguousError, NotFoundError
from qualcode.model import Turn
from qualcode.project import Project
from tests import ways
from tests.builders import add_interview
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS

BEFORE = {
    "emoji": "👩🏽‍🦱😀😀 and 🏳️‍🌈",
    "carriage returns": "one\r\ntwo\rthree",
    "combining marks": "e\u0301te\u0301 Zoe\u0308 n\u0303",
    "NUL and its picture": "a\0b ␀ c",
    "right to left": "\u202bמה שלומך\u202c שלום",
    "wide": "我希望好起来，真的",
    "line separators": "a\u2028b\u2029c\x85d\x0be\x0cf",
}


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with ways.new(tmp_path / "study.qualcode", "AK") as made:
        made.codes.add("X", "X")
        yield made


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE.keys())
def test_a_quotation_is_found_and_given_back_exactly(project: Project, before: str) -> None:
    add_interview(project, "D", ("INT", before), ("P", f"{before} I want {before} back {before}"))
    segment = project.segments.add("D", "X", quote=f"I want {before} back")
    body = project.documents.body(project.documents.get("D"))
    assert body[segment.start : segment.end] == f"I want {before} back"
    assert project.quotations([segment])[0].words == f"I want {before} back"
    stored = project.store.value("SELECT words FROM coded_segments")  # SQLite counts code points too, up to a NUL
    assert stored == f"I want {before} back" or "\0" in before
    assert project.check() == []


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE.keys())
def test_lines_and_answers_hold_the_words_that_stand_there(project: Project, before: str) -> None:
    add_interview(
        project, "D", ("INT", f"{before}?"), ("P", f"{before} yes"), ("INT", "And what then, after that?"), ("P", "no")
    )
    by_answer = project.segments.add("D", "X", answers=(1, 1))
    last = project.documents.body(project.documents.get("D")).count("\n")
    by_last_line = project.segments.add("D", "X", lines=(last, last))
    words = [each.words for each in project.quotations([by_answer, by_last_line])]
    assert words == [f"{before} yes", "no"]
    assert project.quotations([by_last_line])[0].lines == (last, last)


@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE.keys())
def test_a_correction_before_a_passage_moves_it_by_code_points(project: Project, before: str) -> None:
    document = add_interview(project, "D", ("INT", before), ("P", "I want it back"))
    segment = project.segments.add("D", "X", quote="want it")
    start = project.documents.body(document).index(before)
    project.documents.revise(document, [(start, start + len(before), "😀")], "shorter")
    assert project.quotations([project.segments.get(segment.id)])[0].words == "want it"
    assert project.check() == []


def test_a_text_is_stored_untouched(project: Project) -> None:
    body = "".join(BEFORE.values())
    document = project.documents.add("D", body, [Turn(0, len(body), 0, "P")])
    assert project.documents.body(document) == body
    assert document.length == len(body)


def test_words_that_are_not_there_or_twice_are_told_with_their_lines(project: Project) -> None:
    add_interview(project, "D", ("P", "😀 yes"), ("P", "e\u0301 yes"))
    with pytest.raises(NotFoundError):
        project.segments.add("D", "X", quote="no")
    with pytest.raises(AmbiguousError) as caught:
        project.segments.add("D", "X", quote="yes")
    assert "line 1" in caught.value.remedy
    assert "line 2" in caught.value.remedy
