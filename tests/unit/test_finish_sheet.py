"""What the finish sheet tells, and where its lines lead."""

import pytest

from qualcode.model import Definition
from qualcode.tui.desk import Frame
from qualcode.tui.finish_sheet import sheet
from tests.builders import a_study, add_interview


@pytest.fixture
def study(tmp_path):
    with a_study(tmp_path / "study.qualcode") as made:
        yield made


def told(study, name="A-SU1"):
    return [line.words.strip() for line in sheet(study, Frame(study), study.documents.get(name))]


def test_of_an_untouched_document_everything_is_open(study):
    lines = sheet(study, Frame(study), study.documents.get("A-SU1"))
    words = [line.words.strip() for line in lines]
    assert words[0] == "0 % of the text coded or read   0 passages   0 claims   round 1"
    assert "Answers with nothing coded and not marked read, of 2: 2" in words
    assert "Codes not used here: 3" in words
    body = study.documents.body(study.documents.get("A-SU1"))
    leads = [body[line.at :].split()[0] for line in lines if line.at is not None]
    assert leads == ["Well,", "I"]
    assert lines[-1].is_memo


def test_what_is_done_is_ticked_off(study):
    document = study.documents.get("A-SU1")
    for code in ("M2a", "P3", "X"):
        study.segments.add("A-SU1", code, quote="so can I")
    study.documents.mark_read(document, *[(each.start, each.end) for each in study.documents.answers(document)][1])
    answer = study.documents.answers(document)[1]
    study.documents.mark_read(document, answer.start, answer.end, nothing_here=True)
    study.memos.add("Done.", document=document.id)
    words = told(study)
    assert [line for line in words if line.startswith("✓")] == [
        "✓ Each of the 2 answers has something coded in it, or was marked read",
        "✓ Nothing is unsure",
        "✓ All is coded under the present definitions",
        "✓ Every code is used here",
        "✓ 1 memo on the document",
    ]


def test_a_code_above_a_used_one_counts_as_used_and_those_used_nowhere_come_first(study):
    study.codes.move(study.codes.get("P3"), "X")
    add_interview(study, "B", ("INT", "So?"), ("Ben", "No."))
    study.segments.add("A-SU1", "P3", quote="so can I")
    words = told(study)
    assert "Codes not used here: 1" in words
    assert words[words.index("Codes not used here: 1") + 1] == "M2a Living proof  nowhere in your coding yet"
    here = told(study, "B")
    first = here.index("Codes not used here: 3") + 1
    assert here[first : first + 3] == ["M2a Living proof  nowhere in your coding yet", "X Other", "P3 Hope"]


def test_only_ones_own_coding_is_told(study):
    study.segments.add("A-SU1", "P3", quote="so can I", unsure="hm")
    study.codes.redefine(study.codes.get("P3"), Definition(brief="Anew"))
    assert "Unsure: 1" in told(study)
    assert "Coded before the code was defined anew: 1" in told(study)
    study.store.coder_short = "BX"
    study.memos.add("I am BX.")
    assert "✓ Nothing is unsure" in told(study)
    assert "✓ All is coded under the present definitions" in told(study)


def test_a_claim_is_coding_of_its_answer_and_use_of_both_its_codes(study):
    study.claims.add("A-SU1", "M2a", "P3", answers=(1, 2))
    words = told(study)
    assert "✓ Each of the 2 answers has something coded in it, or was marked read" in words
    assert "Codes not used here: 1" in words
    assert words[words.index("Codes not used here: 1") + 1] == "X Other  nowhere in your coding yet"


def test_an_answer_that_was_marked_read_is_not_open_whatever_the_mark(study):
    document = study.documents.get("A-SU1")
    study.documents.mark_read(document, 0, document.length)
    words = told(study)
    assert words[0].startswith("100 % of the text")
    assert "✓ Each of the 2 answers has something coded in it, or was marked read" in words
