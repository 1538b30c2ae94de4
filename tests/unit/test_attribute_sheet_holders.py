"""Columns of an attribute sheet that are of the document or the case, and not of the person."""

import pytest

import qualcode
from qualcode.errors import InputError
from qualcode.work.bring_in import Options, bring_in
from qualcode.work.rehearsal import rehearse


@pytest.fixture
def study(tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"INT: And {name}?\nAnn: Well, I was.\nINT: So?\nAnn: Yes, {name}.\n")
    with qualcode.new(tmp_path / "study.qualcode", "AK") as made:
        yield made


def brought(study, tmp_path, sheet):
    (tmp_path / "sheet.csv").write_text(sheet)
    return bring_in(study, [tmp_path / "one.txt", tmp_path / "two.txt"], Options(sheet=tmp_path / "sheet.csv"))


def said(study):
    return {
        name: study.attributes.values(name)
        for holder in ("person", "case", "document")
        for name in study.attributes.names(holder)
    }


SHEET = """file,speaker,part,person,case,wave,age,Document.minutes,case.sector,person.case.no
one,Ann,,P1,A,1,30,52,NHS,7
one,INT,interviewer,,,,,52,,
two,Ann,,P1,A,2,31,41,NHS,7
"""


def test_a_head_says_whether_it_is_of_the_person_the_document_or_the_case(study, tmp_path):
    brought(study, tmp_path, SHEET)
    person, case = study.people.get("P1").id, study.cases.get("A").id
    one, two = (study.documents.get(name).id for name in ("one", "two"))
    assert said(study) == {
        "age": [("person", person, "1", "30"), ("person", person, "2", "31")],
        "case.no": [("person", person, "1", "7"), ("person", person, "2", "7")],
        "sector": [("case", case, "-", "NHS")],
        "minutes": [("document", one, "-", "52"), ("document", two, "-", "41")],
    }
    assert study.people.get("P1").name == "P1"


def test_rows_that_contradict_each_other_on_a_document_or_a_case_are_named(study, tmp_path):
    with pytest.raises(InputError) as caught:
        brought(study, tmp_path, SHEET.replace("interviewer,,,,,52", "interviewer,,,,,50").replace("41,NHS", "41,none"))
    assert "rows 2 and 3: minutes of the document one is 52 in the one, 50 in the other" in caught.value.remedy
    assert "rows 2 and 4: sector of the case A is NHS in the one, none in the other" in caught.value.remedy
    assert said(study) == {}


def test_a_sheet_brought_again_says_what_it_changes(study, tmp_path):
    brought(study, tmp_path, SHEET)
    notes = brought(study, tmp_path, SHEET.replace("41,NHS", "42,none").replace("52,NHS", "52,none")).notes
    assert "row 4: minutes of the document two was 41 and is now 42" in notes
    assert "row 2: sector of the case A was NHS and is now none" in notes


def test_a_cases_column_where_no_case_is_named_is_said(study, tmp_path):
    result = brought(study, tmp_path, "file,person,case.sector\none,P1,NHS\ntwo,P1,\n")
    assert result.wrong_rows == ["row 2: sector is of a case, and no case is named for P1"]
    (tmp_path / "sheet.csv").write_text("file,person,case,case.sector\none,P1,A,NHS\n")
    brought(study, tmp_path, "file,person,case,case.sector\none,P1,A,NHS\n")
    assert brought(study, tmp_path, "file,person,case.sector\none,P1,mixed\n").wrong_rows == []
    assert [value for *_, value in study.attributes.values("sector")] == ["mixed"]


def test_a_row_that_is_passed_over_says_nothing_of_its_document_either(study, tmp_path):
    assert len(brought(study, tmp_path, "file,speaker,document.minutes\none,Bob,5\none,Ann,\n").wrong_rows) == 1
    assert said(study) == {}


def test_a_dry_run_reads_such_a_sheet_too(study, tmp_path):
    (tmp_path / "sheet.csv").write_text(SHEET)
    assert rehearse(study, [], Options(sheet=tmp_path / "sheet.csv")).faults == ()
