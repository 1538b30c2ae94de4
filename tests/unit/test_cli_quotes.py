"""`qualcode quotes`, and --citations wherever passages are printed."""

import re
from pathlib import Path

import pytest

from qualcode.model import Turn
from tests.command_line import Shell, a_study


@pytest.fixture
def shell(tmp_path, monkeypatch):
    a_study(tmp_path).close()
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    shell.done("code", "A-SU1", "2", "M2a", "--exemplar")
    return shell


def test_a_pinned_quote_is_edited_listed_printed_and_whole_again(shell):
    shown = shell.done("quotes", "edit", "1", typed="If she can do it, so can I […]\n")
    assert shown.splitlines()[1].strip() == "If she can do it, so can I [...]"
    assert "edited" in shell.done("quotes")
    (quote,) = shell.json("quotes", "list")
    assert (quote["edited"], quote["fits"], quote["edited_by"]) == ("If she can do it, so can I [...]", True, "AK")
    assert "so can I [...]" in shell.done("table", "quotes")
    shell.done("quotes", "whole", "1")
    assert "I had hope" in shell.done("quotes", "list")
    assert shell.json("quotes", "list")[0]["edited"] is None


def test_a_word_that_was_not_said_is_named_and_exits_with_2(shell):
    told = shell.refused("quotes", "edit", "1", typed="If she can do it, so must I [...]")
    assert "“must”" in told
    assert "the passage has “can”" in told
    assert "quotes whole 1" in shell.refused("quotes", "edit", "1", typed=" \n")
    assert "not a passage's number" in shell.refused("quotes", "edit", "M2a", typed="If")


def test_words_may_come_from_a_file(shell, tmp_path):
    (tmp_path / "short.txt").write_text("[...] I had hope.")
    assert "[...] I had hope." in shell.done("quotes", "edit", "1", "--words-file", "short.txt")


def test_quotes_are_pinned_and_unpinned(shell):
    shell.done("quotes", "unpin", "1")
    assert shell.done("quotes", "list") == ""
    assert "none chosen" in shell.done("table", "quotes")
    shell.done("quotes", "pin", "1")
    assert len(shell.json("quotes", "list")) == 1


def test_citations_for_publication_everywhere(shell, tmp_path):
    for words in (["segments"], ["table", "quotes"]):
        assert "[A, SU, 1, A-SU1, line 2]" in " ".join(shell.done(*words).split())
        public = " ".join(shell.done(*words, "--citations", "publication").split())
        assert "service user]" in public
        assert "A-SU1" not in public
        assert "line 2" not in public
    shell.done("pack", "--table", "quotes", "--citations", "publication", "--out", "p.docx")
    shell.done("transcript", "A-SU1", "--citations", "publication", "--small-cell", "3", "--out", "t.txt")
    assert "P" in (tmp_path / "t.txt").read_text().splitlines()[0]
    assert "A-SU1" not in (tmp_path / "t.txt").read_text()
    assert "--small-cell goes with --citations publication" in shell.refused("segments", "--small-cell", "3")


def test_a_note_on_what_is_unsure_is_not_for_publication(shell):
    shell.done("code", "A-SU1", "2", "P3", "--unsure", "as in A-MG1")
    assert "as in A-MG1" in shell.done("segments")
    shown = shell("segments", "--citations", "publication")
    assert "unsure" in shown.stdout
    assert "A-MG1" not in shown.stdout
    assert "notes on what is unsure are left out" in shown.stderr
    listed = shell.json("segments", "--citations", "publication")
    assert [each["unsure"] for each in listed] == [None, ""]
    shell.done("transcript", "A-SU1", "--citations", "publication", "--out", "t.html")
    assert "A-MG1" not in Path("t.html").read_text()


def test_people_are_called_by_their_numbers_in_cells_too(shell):
    with shell.open("AK") as project:
        project.codes.change(project.codes.get("M2a"), kind="mechanism")
        project.codes.change(project.codes.get("P3"), kind="process outcome")
        project.codes.add("D1", "Wellbeing", kind="downstream outcome")
    shell.done("claim", "add", "A-SU1", "2", "M2a", "P3")
    shell.done("claim", "add", "A-SU1", "2", "P3", "D1")
    for name in ("claims", "threads", "paths"):
        assert "A-SU1" in shell.done("table", name, "--width", "200")
        public = shell.done("table", name, "--width", "200", "--citations", "publication")
        assert "A-SU1" not in public
        assert re.search(r"P[1-9]\d\d", public)
        assert "names people as the team does" not in public


def test_what_still_names_people_is_told_where_it_is_written(shell):
    written = shell("table", "saturation", "--citations", "publication", "--out", "f.md")
    assert "saturation: Warning: the table itself names people" in written.stderr
    packed = shell("pack", "--table", "saturation", "--citations", "publication", "--out", "p.docx")
    assert "saturation: Warning: the table itself names people" in packed.stderr
    assert "Warning" not in shell("pack", "--table", "saturation", "--out", "q.docx").stderr


def test_lines_of_a_transcript_that_name_somebody_are_told(shell):
    with shell.open("AK") as project:
        body = "Interview with A-SU1, file B-SU9\nX: I knew A-SU10."
        project.documents.add("B-SU9", body, [Turn(0, 33, 0, ""), Turn(33, len(body), 36, "X")])
    told = shell("transcript", "B-SU9", "--citations", "publication", "--out", "t.txt").stderr
    assert "Line 1 names A-SU1: read it" in told
    assert "Line 1 names B-SU9: read it" in told
    assert "Line 2" not in told
    assert "Line " not in shell("transcript", "B-SU9", "--out", "u.txt").stderr


def test_whoever_is_marked_is_left_out_and_counted(shell):
    with shell.open("AK") as project:
        project.attributes.set("person", project.people.get("A-SU1").id, [("quote", "no")])
    shown = shell("segments", "--citations", "publication")
    assert shown.stdout == ""
    assert "1 passage left out: marked quote = no" in shown.stderr
    assert "1 passage is not printed" in shell.done("table", "quotes", "--citations", "publication", "--width", "200")
    opened = shell("table", "quotes", "--open", "M2a", "quote", "--citations", "publication")
    assert opened.stdout == ""
    assert "1 passage not printed: marked quote = no" in opened.stderr
    assert "not shown: marked quote = no" in shell.done("quotes", "list")
    assert "somebody in it is marked quote = no" in shell.refused(
        "transcript", "A-SU1", "--citations", "publication", "--out", "t.txt"
    )
