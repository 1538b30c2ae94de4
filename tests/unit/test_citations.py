"""Citing for publication: nobody is told by their labels, and who does not consent is not quoted."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

import qualcode
from qualcode.analysis import Scope, change_model, cited, framework, quotes
from qualcode.analysis.citing import NAMING, SMALL, warnings
from qualcode.errors import RefusedError
from qualcode.model import Turn
from qualcode.offers import TABLES
from qualcode.project import Project
from qualcode.report import SUFFIXES, render, write
from qualcode.work.coded_transcripts import blank_transcript, coded_transcript
from tests.studies import codebook, interview, new_study

NUMBERS = r"P[1-9]\d\d"


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Project]:
    """Haven has five service users and a manager, Moor a service user; one of Haven's was a peer worker first."""
    with new_study(tmp_path) as project:
        codebook(project)
        for number in range(1, 6):
            project.people.add(f"H{number}", "Haven", {"-": "SU"} | ({"1": "PW"} if number == 5 else {}))
        project.people.add("M1", "Haven", {"-": "MG"})
        project.people.add("N1", "Moor", {"-": "SU"})
        for person in project.people.all():
            told = [("INT", "And?"), ("Label", f"It was {person.name.lower()} who showed me."), ("INT", "Mm.")]
            interview(project, f"int {person.name}", told, {"Label": person.name}, wave="2")
            project.segments.add(f"int {person.name}", "M2a", quote="showed me", exemplar=True)
        interview(project, "int H5 before", [("Label", "I showed them.")], {"Label": "H5"}, wave="1")
        yield project


def citations(project: Project, **options: int) -> dict[str, str]:
    """Document -> citation of its passage."""
    segments = project.segments.find()
    names = {document.id: document.name for document in project.documents}
    read = project.cited("publication", **options).quotations(segments)
    return {names[each.document]: quotation.citation for each, quotation in zip(segments, read, strict=True)}


def test_the_case_is_told_only_where_enough_people_share_it_with_the_role(study):
    assert citations(study) == {
        **{f"int H{number}": f"[H{number}, service user, Haven]" for number in range(1, 6)},
        "int M1": "[M1, manager]",
        "int N1": "[N1, service user]",
    }
    assert citations(study, small_cell=6)["int H1"] == "[H1, service user]"
    assert citations(study, small_cell=1)["int M1"] == "[M1, manager, Haven]"
    with pytest.raises(ValueError, match="one person"):
        study.cited("publication", 0)


def test_the_role_is_that_of_the_documents_wave(study):
    study.segments.add("int H5 before", "M2a", quote="showed them")
    assert citations(study)["int H5 before"] == "[H5, peer worker]"


def test_inside_the_team_citations_are_as_they_were(study):
    segment = study.segments.find()[0]
    assert study.quotations([segment])[0].citation == "[Haven, SU, 2, H1, line 2]"
    assert study.cited("team").quotations([segment]) == study.quotations([segment])


def test_names_that_tell_the_case_become_numbers_that_stay_when_people_are_added(study):
    study.people.add("Haven-SU6", "Haven", {"-": "SU"})
    numbered = citations(study)
    assert len(set(numbered.values())) == 7
    assert all(not {"H1", "M1", "N1"} & set(citation.strip("[]").split(", ")) for citation in numbered.values())
    study.people.add("N2", "Moor", {"-": "SU"})
    assert citations(study) == numbered


def test_a_number_of_a_person_is_no_number_of_a_site(study):
    study.people.set_case(study.people.get("N1").id, "Site 1")
    assert citations(study)["int N1"] == "[N1, service user]"
    study.people.add("1-SU7", "Site 1", {"-": "SU"})
    assert "N1" not in citations(study)["int N1"]


def test_what_tells_the_document_or_the_speaker_is_left_out(study):
    document = study.documents.get("int H1")
    whole = study.segments.add("int H1", "P3", span=(0, document.length))
    quotation = study.cited("publication").quotations([whole])[0]
    assert (quotation.document, quotation.speaker) == ("", "")
    assert quotation.words == "Interviewer: And?\nH1: It was h1 who showed me.\nInterviewer: Mm.\n"


def test_labels_with_markdown_and_times_are_plain_in_print_and_the_words_are_as_stored(study):
    body = "**Interviewer** 5:31\nAnd?\n**Label** 5:35\nIt showed me."
    turns = [Turn(0, 26, 21, "Interviewer"), Turn(26, len(body), 41, "Label")]
    study.documents.add("teams", body, turns)
    whole = study.segments.add("teams", "P3", span=(0, len(body)), exemplar=True)
    quotation = study.quotations([whole])[0]
    assert quotation.words == body
    assert quotation.printed == "Interviewer: And?\nLabel: It showed me."
    public = study.cited("publication").quotations([whole])[0].printed
    assert public == "Other: And?\nOther: It showed me."
    assert "** 5:35" not in render(quotes(study))
    simple = study.segments.add("int H1", "P3", span=(2, 20))
    assert study.quotations([simple])[0].plain == ""


def test_a_passage_of_nobody_known_and_a_paper(study):
    asked = study.segments.add("int H1", "P3", quote="And?")
    study.documents.add("Smith 2012", "Peers showed the way.", [])
    paper = study.segments.add("Smith 2012", "P3", quote="showed the way")
    read = study.cited("publication").quotations([asked, paper])
    assert [each.citation for each in read] == ["[participant not known]", "[Smith 2012]"]


@pytest.mark.parametrize("holder", ["person", "document", "case"])
def test_a_mark_of_no_consent_is_obeyed_in_print_and_only_there(study, holder):
    row = {
        "person": study.people.get("M1").id,
        "document": study.documents.get("int M1").id,
        "case": study.cases.get("Moor").id,
    }[holder]
    study.attributes.set(holder, row, [("quote", " No ")])
    gone = "int N1" if holder == "case" else "int M1"
    segment = next(each for each in study.segments.find() if study.documents.get(each.document).name == gone)
    assert study.quotations([segment])[0].words == "showed me"
    study.quotes.edit(segment, "showed [...]")
    quotation = study.cited("publication").quotations([segment])[0]
    assert quotation.is_withheld
    assert (quotation.printed, quotation.before, quotation.citation) == ("[not quoted: no consent]", "", "")
    public = study.cited("publication")
    table = cited(quotes(public), public)
    assert "1 passage is not printed: marked quote = no." in table.notes
    shown = [each for row in table.rows for each in table.quotations(row.key, "quote")]
    assert len(shown) == 6
    with pytest.raises(RefusedError, match="marked quote = no"):
        coded_transcript(public, gone)
    assert coded_transcript(study, gone).title == gone


def test_consent_may_differ_by_wave(study):
    study.attributes.set("person", study.people.get("H5").id, [("quote", "no")], "1")
    before = study.segments.add("int H5 before", "M2a", quote="showed them")
    after = next(each for each in study.segments.find() if study.documents.get(each.document).name == "int H5")
    read = study.cited("publication").quotations([before, after])
    assert [each.is_withheld for each in read] == [True, False]


def test_labels_that_single_somebody_out_are_warned_of_in_the_notes(study):
    public = study.cited("publication")
    notes = cited(quotes(public), public).notes
    assert "Warning: labels that fit one person of the study only: manager (M1)." in notes
    study.segments.add("int H5 before", "M2a", quote="showed them", exemplar=True)
    notes = cited(quotes(public), public).notes
    told = "Haven + peer worker + service user (H5); manager (M1)"
    assert f"Warning: labels that fit one person of the study only: {told}." in notes
    of_moor = cited(quotes(public, scope=Scope(cases=("Moor",))), public).notes
    assert not any("Warning" in note for note in of_moor)


def test_the_team_has_no_such_notes_and_numbers_stay(study):
    study.claims.add("int M1", "M2a", "P3", quote="showed me")
    study.attributes.set("person", study.people.get("M1").id, [("quote", "no")])
    public = study.cited("publication")
    table = cited(change_model(public), public)
    assert table.value("M2a", "P3") == change_model(study).value("M2a", "P3") == 1
    assert table.quotations("M2a", "P3") == ()
    assert cited(change_model(study), study).notes == change_model(study).notes


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_no_writer_shows_a_document_a_case_or_the_words_of_whoever_said_no(study, tmp_path, suffix):
    study.attributes.set("person", study.people.get("N1").id, [("quote", "no")])
    public = study.cited("publication", small_cell=9)
    path = write(cited(quotes(public), public), tmp_path / f"quotes{suffix}")
    text = plain(path)
    assert "service user" in text
    for telling in ("int H1", "Haven", "Moor", "n1 who"):
        assert telling not in text


def plain(path: Path) -> str:
    """All that stands in a written file."""
    if path.suffix not in {".docx", ".xlsx"}:
        return path.read_text()
    from zipfile import ZipFile

    with ZipFile(path) as file:
        return "".join(file.read(name).decode(errors="replace") for name in file.namelist() if name.endswith(".xml"))


def test_a_transcript_for_publication_calls_people_as_their_quotes_do(study):
    transcript = blank_transcript(study.cited("publication"), "int M1")
    assert transcript.title == "M1"
    assert transcript.face_sheet == (("Speaker", "M1, manager"),)
    assert transcript.called == {"INT": "Interviewer", "Label": "M1"}
    assert any("Warning" in note and "manager (M1)" in note for note in transcript.notes)


def test_a_printed_table_carries_the_edited_words(study):
    segment = study.segments.find()[0]
    study.quotes.edit(segment, "[She] showed me")
    table = quotes(study)
    assert table.value("M2a", "quote") == "[She] showed me"
    assert table.quotations("M2a", "quote")[0].words == "showed me"
    assert "[She] showed me" in render(table, 100)


NAMED = re.compile(r"\b[A-J]-(?:SU|PW|MG|ST)\d\b")
"""What people of the sample study are called; their cases are single letters."""


@pytest.mark.parametrize("name", TABLES)
def test_in_print_a_table_names_nobody_as_the_team_does_or_warns(sample_study, name):
    home, _, function = TABLES[name].home.partition(":")
    with qualcode.open(sample_study, "AK") as project:
        public = project.cited("publication")
        table = cited(getattr(import_module(home), function)(public), public)
        cells = [cell for line in table.values() for cell in line if isinstance(cell, str)]
        shown = [text for head in (*table.rows, *table.columns) for text in (head.key, head.text, head.group)] + cells
        assert (NAMING in table.notes) == any(map(NAMED.search, shown))
        if name != "saturation":  # its rows are documents, in the order in which they were coded
            assert NAMING not in table.notes
        tells_cases = name in {"sample", "sample-by-wave", "themes-by-group", "case-ordered", "claims", "threads"}
        assert any(note.startswith(SMALL) for note in table.notes) == tells_cases


def test_a_case_too_small_to_be_told_stands_in_no_row_of_a_framework(sample_study):
    with qualcode.open(sample_study, "AK") as project:
        for style, told in (("team", True), ("publication", False)):
            table = framework(project.cited(style))
            assert any(row.group.startswith("Case A") for row in table.rows) == told
            assert any(row.text == "A-SU1" for row in table.rows) == told


def test_what_the_analyst_wrote_down_of_words_that_may_not_be_printed_is_warned_of(study):
    person = study.people.get("N1")
    study.attributes.set("person", person.id, [("quote", "no")])
    study.summaries.write("She: “it was N1 who showed me”.", "M2", person=person.id, wave="2")
    study.summaries.write("He: “it was H1 who showed me”.", "M2", person=study.people.get("H1").id, wave="2")
    public = study.cited("publication")
    table = cited(framework(public), public)
    (warned,) = [each for each in warnings(table) if "marked quote = no" in each]
    assert warned.startswith("Warning: in 1 cell stand five or more words")
    assert not any("five or more words" in note for note in cited(framework(study), study).notes)
