"""A document with its coding taken out of a project, and the commands that print it."""

import docx
import pytest

from qualcode.errors import NotFoundError, RefusedError
from qualcode.lines import line_starts
from qualcode.work.coded_transcripts import blank_transcript, coded_transcript
from tests.command_line import Shell, a_study


@pytest.fixture
def study(tmp_path):
    """AK leads: two passages and a claim; JH coded one passage."""
    with a_study(tmp_path) as project:
        project.codes.change(project.codes.get("M2"), colour="#0072B2")
        project.segments.add("A-SU1", "M2a", lines=(2, 2), unsure="may be the nurse")
        project.segments.add("A-SU1", "P3", quote="I had hope", negative=True)
        project.claims.add("A-SU1", "M2a", "P3", direction="raises", lines=(2, 2), prompted=True)
        project.store.coder_short = "JH"
        project.segments.add("A-SU1", "P3", lines=(4, 4))
        project.store.coder_short = "AK"
        yield project


def coding(found):
    return [(found.body[each.start : each.end], each.label, each.coder, each.remarks) for each in found.passages]


def test_it_holds_the_layers_coding_and_nobody_elses(study):
    found = coded_transcript(study, "A-SU1")
    said = "Well, if she can do it, so can I, I thought. I had hope."
    assert coding(found) == [
        (said, "M2a", "AK", "unsure: may be the nurse"),
        (said, "M2a → P3 raises", "AK", "prompted"),
        ("I had hope", "P3", "AK", "negative case"),
    ]
    assert [each.is_claim for each in found.passages] == [False, True, False]
    assert found.notes[:2] == (
        "Coding of AK, the document's lead coder; not finished.",
        "2 coded passages, 1 claim.",
    )
    assert list(found.line_starts) == list(line_starts(found.body))


def test_one_coders_coding_can_be_chosen(study):
    found = coded_transcript(study, "A-SU1", "JH")
    assert [each[1:3] for each in coding(found)] == [("P3", "JH")]
    assert found.notes[0] == "Coding of JH, chosen for this print; not finished."
    study.coders.finish(study.documents.get("A-SU1"))
    assert coded_transcript(study, "A-SU1").notes[0].endswith("lead coder; finished.")


def test_a_merged_code_stands_under_the_name_it_has_now(study):
    study.codes.merge(study.codes.get("P3"), study.codes.get("M2"))
    assert [each[1] for each in coding(coded_transcript(study, "A-SU1"))] == ["M2a", "M2a → M2 raises", "M2"]


def test_a_code_without_a_colour_has_that_of_the_code_above(study):
    colours = {each.label: each.colour for each in coded_transcript(study, "A-SU1").passages}
    assert (colours["M2a"], colours["P3"]) == ("#0072B2", "")


def test_the_face_sheet_says_who_speaks(study):
    assert coded_transcript(study, "A-SU1").face_sheet == (
        ("Wave", "1"),
        ("INT", "interviewer"),
        ("Maureen", "A-SU1, SU, A"),
    )


def test_coding_that_is_hidden_while_others_code_blind_is_not_printed(study):
    document = study.documents.get("A-SU1")
    for short in ("AK", "JH"):
        study.coders.assign(document, study.coders.get(short), blind=True)
    with pytest.raises(RefusedError, match="JH is hidden until all have finished"):
        coded_transcript(study, "A-SU1", "JH")
    assert {each[2] for each in coding(coded_transcript(study, "A-SU1"))} == {"AK"}
    assert blank_transcript(study, "A-SU1").body


def test_a_blank_one_has_no_coding_and_says_nothing_of_it(study):
    found = blank_transcript(study, "A-SU1")
    assert found.passages == ()
    assert "AK" not in repr(found)


def test_an_unknown_document_or_coder_is_named(study):
    with pytest.raises(NotFoundError, match="A-SU9"):
        coded_transcript(study, "A-SU9")
    with pytest.raises(NotFoundError, match="ZZ"):
        coded_transcript(study, "A-SU1", "ZZ")


@pytest.fixture
def shell(study, tmp_path, monkeypatch):  # noqa: ARG001 (it makes the project)
    return Shell(tmp_path, monkeypatch)


def test_the_command_writes_them_and_the_project_remembers(shell, study):
    assert shell.done("transcript", "A-SU1", "--out", "a.docx", "--out", "a.txt") == "Wrote a.docx\nWrote a.txt\n"
    assert len(list(docx.Document("a.docx").comments)) == 3
    shell.done("transcript", "A-SU1", "--blank", "--out", "blank.txt")
    assert "M2a" not in (shell.folder / "blank.txt").read_text("utf-8")
    number = study.documents.get("A-SU1").id
    kept = study.store.rows("SELECT path, documents FROM export ORDER BY id")
    assert kept == [(str(shell.folder / name), f"[{number}]") for name in ("a.docx", "a.txt", "blank.txt")]


def test_what_cannot_be_printed_is_refused(shell):
    assert "nobody's coding" in shell.refused("transcript", "A-SU1", "--blank", "--layer", "AK", "--out", "a.txt")
    assert ".docx, .html, .txt" in shell.refused("transcript", "A-SU1", "--out", "a.pdf")
    assert "no coder called 'ZZ'" in shell.refused("transcript", "A-SU1", "--layer", "ZZ", "--out", "a.txt")
    assert not [each.name for each in shell.folder.iterdir() if each.name.startswith("a.")]


def test_a_pack_is_made_of_all_tables_or_of_those_named(shell, study):
    assert shell.done("pack", "--out", "all.docx", "--out", "all.xlsx") == "Wrote all.docx\nWrote all.xlsx\n"
    shell.done("pack", "--table", "sample", "--layer", "JH", "--out", "one.docx")
    assert len(docx.Document("one.docx").tables) == 1
    assert len(docx.Document("all.docx").tables) > 1
    assert study.store.value("SELECT count(*) FROM export") == 3
    assert "no table called 'samples'" in shell.refused("pack", "--table", "samples", "--out", "a.docx")
    assert "no coder called 'ZZ'" in shell.refused("pack", "--layer", "ZZ", "--out", "a.docx")
