"""Marks of consent: transcripts for an archive, or for others, leave out whom they do not cover, and say so."""

import pytest

from qualcode.project.consents import Consents
from tests.builders import a_study, add_interview
from tests.command_line import Shell


@pytest.fixture
def study(tmp_path):
    """Ann and Bo each alone, and both together; somebody whom nobody knows."""
    with a_study(tmp_path / "study.qualcode") as made:
        for name in ("Ann", "Bo"):
            made.people.add(name, case="Haven")
        for name, speakers in (("D1", ["Ann"]), ("D2", ["Bo"]), ("D3", ["Ann", "Bo"]), ("D4", ["Cy"])):
            document = add_interview(made, name, ("INT", "How?"), *((each, f"{each} spoke.") for each in speakers))
            for each in speakers:
                person = made.people.find(each)
                made.documents.set_speaker(document, each, "participant", person.id if person else None)
        yield made


def mark(study, holder, name, value, attribute="archive", wave="-"):
    found = {"person": study.people, "case": study.cases, "document": study.documents}[holder].get(name)
    study.attributes.set(holder, found.id, [(attribute, value)], wave)


def given(study, what="archive"):
    consents = Consents(study.store)
    return [each.name for each in study.documents if consents.gives(what, each)]


def test_everybody_who_takes_part_must_have_said_yes(study):
    assert given(study) == []
    mark(study, "person", "Ann", " Yes ")
    assert given(study) == ["D1"]
    mark(study, "person", "Bo", "yes", attribute="Archive")
    assert given(study) == ["D1", "D2", "D3"]
    assert given(study, "share") == []
    mark(study, "person", "Bo", "no")
    assert given(study) == ["D1"]


def test_a_case_or_a_document_may_say_it_for_all_and_a_no_is_stronger(study):
    mark(study, "case", "Haven", "yes")
    assert given(study) == ["D1", "D2", "D3"]
    mark(study, "document", "D4", "yes")
    assert given(study) == ["D1", "D2", "D3", "D4"]
    mark(study, "person", "Ann", "no")
    assert given(study) == ["D2", "D4"]
    mark(study, "document", "D2", "no")
    assert given(study) == ["D4"]


@pytest.fixture
def shell(study, tmp_path, monkeypatch):
    mark(study, "person", "Ann", "yes")
    mark(study, "person", "Bo", "no")
    mark(study, "person", "Bo", "no", attribute="quote")
    study.close()
    (tmp_path / "out").mkdir()
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    made = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return made


def test_an_archive_gets_those_who_agreed_and_it_is_said_who_is_left_out(shell, tmp_path):
    done = shell("transcript", "--all", "--for", "archive", "--out", "out/{document}.txt")
    assert done.exit_code == 0, done.output
    assert [each.name for each in (tmp_path / "out").iterdir()] == ["D1.txt"]
    assert "Left out: 4 documents, in which not everybody is marked archive = yes: A-SU1, D2, D3, D4" in done.stderr
    assert "Everybody in it is marked archive = yes." in (tmp_path / "out" / "D1.txt").read_text()


def test_with_all_consents_each_transcript_says_so(shell, tmp_path):
    shell.done("transcript", "--all", "--for", "archive", "--all-consents", "--out", "out/{document}.txt")
    assert len(list((tmp_path / "out").iterdir())) == 5
    text = (tmp_path / "out" / "D2.txt").read_text()
    assert "Warning: not everybody in it is marked archive = yes" in text
    assert "Keep it in the team" in text


def test_one_document_is_refused_unless_one_says_so(shell, tmp_path):
    assert "not everybody in it is marked archive = yes" in shell.refused(
        "transcript", "D3", "--for", "archive", "--out", "x.txt"
    )
    assert not (tmp_path / "x.txt").exists()
    shell.done("transcript", "D3", "--for", "archive", "--all-consents", "--out", "x.txt")
    shell.done("transcript", "D1", "--for", "archive", "--out", "y.txt")


def test_for_the_team_it_is_written_and_says_to_keep_it_there(shell, tmp_path):
    shell.done("transcript", "D2", "--out", "x.txt")
    assert "somebody in it is marked quote = no and archive = no" in (tmp_path / "x.txt").read_text()
    shell.done("transcript", "D1", "--out", "y.txt")
    assert "Keep it" not in (tmp_path / "y.txt").read_text()


def test_for_publication_all_leaves_out_who_may_not_be_quoted(shell, tmp_path):
    done = shell("transcript", "--all", "--citations", "publication", "--out", "out/{document}.txt")
    assert done.exit_code == 0, done.output
    assert {each.name for each in (tmp_path / "out").iterdir()} == {"A-SU1.txt", "D1.txt", "D4.txt"}
    assert done.stderr.count("marked quote = no") == 2


def test_what_is_asked_for_must_make_sense(shell):
    assert "name a document" in shell.refused("transcript", "--out", "x.txt")
    assert "{document}" in shell.refused("transcript", "--all", "--out", "x.txt")
    assert "goes with --for" in shell.refused("transcript", "D1", "--all-consents", "--out", "x.txt")


@pytest.mark.parametrize(("general", "at_wave"), [("no", "yes"), ("yes", "no"), ("no", "")])
def test_a_no_is_obeyed_be_it_said_for_the_wave_or_for_all(study, general, at_wave):
    document = study.documents.get("D1")
    study.documents.place(document, wave="1")
    mark(study, "person", "Ann", general)
    if at_wave:
        mark(study, "person", "Ann", at_wave, wave="1")
    assert "D1" not in given(study)
    assert Consents(study.store).refused(study.documents.get("D1")) == ["archive"]


@pytest.mark.parametrize("value", ["yes", "Y", "TRUE", " Yes ", "1"])
def test_a_yes_is_taken_as_people_and_spreadsheets_write_it(study, value):
    mark(study, "person", "Ann", value, attribute="quote")
    assert Consents(study.store).refused(study.documents.get("D1")) == []


@pytest.mark.parametrize("value", ["n", "No, withdrew in May", "refused", "not asked"])
def test_whatever_is_no_yes_is_taken_for_a_no_and_told_where_it_does_not_say_so(study, value):
    told = []
    study.store.announce = told.append
    mark(study, "person", "Ann", value, attribute="quote")
    assert told == ([] if value == "n" else [f"quote = {value} is taken for a no: only yes, y, true and 1 say yes"])
    assert Consents(study.store).refused(study.documents.get("D1")) == ["quote"]
