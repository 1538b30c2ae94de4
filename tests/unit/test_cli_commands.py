"""A study on the command line, from the first file to the last number."""

import json
import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

import qualcode
from qualcode.project import write_once
from qualcode.project.retrieval import Filter
from tests.command_line import Shell, a_study, environment, process


@pytest.fixture
def empty(tmp_path, monkeypatch):
    return Shell(tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    with a_study(tmp_path_factory.mktemp("study")) as project:
        return project.path


@pytest.fixture
def shell(tmp_path, monkeypatch, study):
    shutil.copy(study, tmp_path)
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


def write(folder, name, text="INT: How was it?\n\nAnn: Well, so-so.\n\nINT: Why?\n\nAnn: Just so.\n"):
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return str(path)


# -- beginning


def test_a_new_project_gets_its_ending(empty, tmp_path):
    assert empty.done("new", "study", "--coder", "AK") == "Made study.qualcode\n"
    assert (tmp_path / "study.qualcode").stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_never_replaced(empty):
    empty.done("new", "study", "--coder", "AK")
    assert "already" in empty.refused("new", "study", "--coder", "AK")


def test_a_dry_run_shows_the_reading_and_needs_no_project(empty, tmp_path):
    path = write(tmp_path, "C-SU1.txt")
    shown = empty.done("import", path, "--dry-run")
    assert "Ann" in shown
    assert "interviewer" in shown
    [reading] = empty.json("import", path, "--dry-run")
    assert reading["documents"][0]["speakers"][0] == {
        "label": "INT", "turns": 2, "words": 4,
        "interviewer": True, "part": "interviewer", "person": None, "role": None,
    }  # fmt: skip
    assert reading["documents"][0]["speakers"][1]["person"] == "Ann"


def test_a_dry_run_lists_a_file_once_when_its_copy_is_given_too(empty, tmp_path):
    path, copy = write(tmp_path, "C-SU1.txt"), write(tmp_path, "C-SU1copy.txt")
    empty.done("new", "study", "--coder", "AK")
    dry = empty("import", path, copy, "--dry-run")
    assert dry.stdout.count("C-SU1 begins") == dry.stdout.count("participant  Ann") == 1
    assert "C-SU1copy.txt" in dry.stderr
    assert len(empty.json("import", path, copy, "--dry-run")) == 1
    empty.done("import", path, copy, "--coder", "AK")
    assert len(empty.json("documents")) == 1


def test_a_dry_run_names_people_and_parts_as_the_import_will(empty, tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.txt").write_text(f"GK: And {name}?\nSU1: Well, I was.\nGK: So?\nSU1: Yes.\n")
    (tmp_path / "sheet.csv").write_text("file,speaker,part,person,role\none,GK,interviewer,,\none,SU1,,P1,ST\n")
    words = ("import", "one.txt", "two.txt", "--attributes", "sheet.csv")
    foreseen = {
        speaker["label"] + " " + document["name"]: (speaker["part"], speaker["person"], speaker["role"])
        for reading in empty.json(*words, "--dry-run")["readings"]
        for document in reading["documents"]
        for speaker in document["speakers"]
    }
    assert foreseen == {
        "GK one": ("interviewer", None, None), "SU1 one": ("participant", "P1", "ST"),
        "GK two": ("participant", "GK", None), "SU1 two": ("participant", "two SU1", "SU"),
    }  # fmt: skip
    dry = empty(*words, "--dry-run")
    assert "one.txt: no interviewer" not in dry.stderr
    assert "two.txt: no interviewer recognised" in dry.stderr
    empty.done("new", "study", "--coder", "AK")
    done = empty(*words, "--coder", "AK")
    assert "one: no interviewer" not in done.stderr
    assert "two: no interviewer recognised" in done.stderr
    for name in ("one", "two"):
        assert {f"{each['label']} {name}": (each["part"], each["person"]) for each in empty.json("speakers", name)} == {
            label: said[:2] for label, said in foreseen.items() if label.endswith(name)
        }


def test_a_dry_run_shows_who_speaks_in_what_is_there_already_and_what_the_sheet_changes(empty, tmp_path):
    path = write(tmp_path, "C-SU1.txt")
    (tmp_path / "sheet.csv").write_text("file,speaker,part,person\nC-SU1,Ann,,P1\n")
    empty.done("new", "study", "--coder", "AK")
    empty.done("import", path, "--coder", "AK")
    people = [empty.json("import", path, "--dry-run")[0]["documents"][0]["speakers"][1]["person"]]
    sheet = empty.json("import", path, "--dry-run", "--attributes", "sheet.csv")
    people.append(sheet["readings"][0]["documents"][0]["speakers"][1]["person"])
    assert people == ["Ann", "P1"]


def test_what_is_said_about_a_file_goes_before_what_is_found(shell, tmp_path):
    path = write(tmp_path, "C-SU1.txt")
    shell.done("import", path, "--speaker", "Ann=C-SU1", "--case", "C", "--wave", "2", "--interviewer", "INT")
    assert shell.json("documents")[1]["people"] == [{"name": "C-SU1", "role": "", "speaker": "Ann"}]
    assert shell.json("documents")[1]["wave"] == "2"
    assert {"C"} == {person["case"] for person in shell.json("cases")["people"] if person["name"] == "C-SU1"}


def test_one_bad_file_does_not_stop_the_rest_and_is_named_at_the_end(shell, tmp_path):
    paths = [write(tmp_path, "empty.txt", ""), write(tmp_path, "C-SU1.txt"), str(tmp_path / "none.docx")]
    result = shell("import", *paths)
    assert result.exit_code == 2
    assert result.stdout == "added C-SU1\n"
    assert result.stderr.index("2 files could not be used") < result.stderr.index("empty.txt: there are no words")
    assert "none.docx" in result.stderr


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_a_misspelt_folder_or_file_is_said_not_to_be_there(shell, tmp_path, more):
    write(tmp_path / "interviews", "C-SU1.txt")
    said = shell.refused("import", "interveiws", *more)
    assert "interveiws: there is no such file or folder" in said
    assert "Did you mean interviews?" in said
    assert "suffix" not in said
    assert "Did you mean interviews/C-SU1.txt?" in shell.refused("import", "interviews/C-SU.txt", *more)
    assert "There is no folder nowhere either" in shell.refused("import", "nowhere/a.docx", *more)
    assert "nowhere/*.docx: no file fits this pattern" in shell.refused("import", "nowhere/*.docx", *more)


def test_a_file_whose_name_is_no_utf8_is_brought_in(shell, tmp_path):
    path = os.fsdecode(b"C\xff.txt")
    (tmp_path / path).write_text("INT: How was it?\n\nAnn: Well, so-so.\n")
    assert shell.done("import", path) == "added C�\n"
    assert "C�" in shell.done("documents")


def test_words_typed_in_another_encoding_are_refused(shell):
    assert "not UTF-8" in shell.refused("memo", "add", os.fsdecode(b"caf\xe9"))
    assert shell.json("memo", "list") == []


def test_the_same_bytes_are_known(shell, tmp_path):
    path = write(tmp_path, "C-SU1.txt")
    shell.done("import", path)
    result = shell("import", path)
    assert (result.exit_code, result.stdout) == (0, "")
    assert "in the project already, as C-SU1" in result.stderr


def test_a_sheet_says_who_and_what(shell, tmp_path):
    path = write(tmp_path, "C-SU1.txt")
    sheet = write(tmp_path, "people.csv", "file,person,role,case,gender\nC-SU1,C-SU1,SU,C,woman\nD,D,SU,D,man\n")
    result = shell("import", path, "--attributes", sheet)
    assert "row for D" in result.stderr
    people = {person["name"]: person for person in shell.json("cases")["people"]}
    assert (people["C-SU1"]["roles"], people["C-SU1"]["attributes"]) == ({"-": "SU"}, {"gender": "woman"})


# -- codebooks


def test_a_shipped_codebook_is_applied_by_name_and_a_dry_run_writes_nothing(empty):
    empty.done("new", "study", "--coder", "AK")
    assert "M2a added: Living proof" in empty.done("codebook", "apply", "peer_worker_change_model", "--dry-run")
    assert empty.json("codebook", "show")["codes"] == []
    empty.done("codebook", "apply", "peer_worker_change_model", "--coder", "AK")
    assert empty.json("codebook", "show")["codebook_version"] == 1
    assert "\n  M2a  Living proof  (mechanism)\n" in empty.done("codebook", "show")


def test_a_codebook_goes_out_is_edited_and_comes_back(shell, tmp_path):
    shell.done("codebook", "export", "ours.yaml")
    assert "--force" in shell.refused("codebook", "export", "ours.yaml")
    path = tmp_path / "ours.yaml"
    path.write_text(path.read_text().replace("name: Hope", "name: Hope again"))
    assert shell.done("codebook", "apply", "ours.yaml") == "P3 renamed: Hope → Hope again\n"
    assert shell.done("codebook", "export", "-").replace("version 4", "version 3") == path.read_text().replace("3", "3")


def test_two_codebooks_are_compared(shell, tmp_path):
    shell.done("codebook", "export", "a.yaml")
    (tmp_path / "b.yaml").write_text((tmp_path / "a.yaml").read_text().replace("name: Hope", "name: Joy"))
    assert shell.json("codebook", "diff", "a.yaml", "b.yaml") == [
        {"kind": "renamed", "code": "P3", "words": "P3 renamed: Hope → Joy"}
    ]
    assert shell.done("codebook", "diff", "a.yaml", "a.yaml") == ""


def test_a_misspelt_shipped_codebook_gets_the_nearest(shell):
    assert "peer_worker_change_model" in shell.refused("codebook", "apply", "peer_worker_change")


# -- reading


def test_a_document_is_shown_with_numbers_and_codes(shell):
    shell.done("code", "A-SU1", "2", "M2a", "P3")
    lines = shell.done("show", "A-SU1").splitlines()
    assert lines[0] == "        1      INT: How was it for you, then?"
    assert lines[1].startswith("M2a P3  2  ¶1  Maureen: Well, if she can do it")
    assert shell.done("show", "A-SU1", "--plain").splitlines()[0].startswith("1")


def test_answers_are_shown_with_their_question(shell):
    shown = shell.done("show", "A-SU1", "--answers")
    assert "¶2  lines 4-4  Maureen\n  Asked: And what happened after that?\n    I went home." in shown


def test_some_lines_are_shown(shell):
    assert len(shell.done("show", "A-SU1", "--lines", "2-3").splitlines()) == 2
    assert len(shell.done("show", "A-SU1", "--lines", "3-999").splitlines()) == 2
    assert "lines 1 to 4" in shell.refused("show", "A-SU1", "--lines", "999")


def test_documents_are_listed_with_people_words_answers_and_segments(shell):
    shell.done("code", "A-SU1", "2", "M2a", "P3")
    [document] = shell.json("documents")
    with shell.open() as project:
        body = project.documents.body(project.documents.get("A-SU1"))
    assert document["words"] == len(body.split())
    assert (document["answers"], document["segments"], document["wave"]) == (2, {"AK": 2}, "1")
    assert "A-SU1 SU" in shell.done("documents")


def test_documents_are_renamed_placed_led_finished_and_removed(shell):
    shell.done("documents", "rename", "A-SU1", "A1")
    assert "case B" in shell.done("documents", "place", "A1", "--wave", "2", "--case", "B")
    shell.done("memo", "add", "x", "--coder", "BO")
    shell.done("documents", "lead", "A1", "BO")
    assert shell.json("documents")[0]["lead"] == "BO"
    assert "round 1 of AK is finished" in shell.done("documents", "finish", "A1")
    shell.done("documents", "remove", "A1")
    assert shell.json("documents") == []
    shell.done("undo")
    assert shell.json("documents")[0]["name"] == "A1"


def test_speakers_are_listed_and_named(shell):
    shell.done("speakers", "A-SU1", "Maureen=A-SU9", "--other", "INT")
    assert shell.json("speakers", "A-SU1") == [
        {"label": "Maureen", "part": "participant", "person": "A-SU9", "turns": 2, "words": 25},
        {"label": "INT", "part": "other", "person": None, "turns": 2, "words": 11},
    ]
    assert "Maureen" in shell.refused("speakers", "A-SU1", "Maureem=A-SU1")


def test_a_person_gets_a_case_and_a_role_by_wave(shell):
    assert shell.done("cases", "set", "A-SU1", "--case", "B", "--role", "PW", "--wave", "2") == (
        "A-SU1: case B, role SU, wave 2 PW\n"
    )


# -- coding


def test_the_words_of_a_passage_come_from_a_file_or_standard_input(shell, tmp_path):
    write(tmp_path, "words.txt", "if she can do it,\nso can I\n")
    shell.done("code", "A-SU1", "--quote-file", "words.txt", "m2a")
    shell.done("code", "A-SU1", "--quote-file", "-", "P3", typed="I went home")
    assert [(each["code"], each["words"]) for each in shell.json("segments")] == [
        ("M2a", "if she can do it, so can I"),
        ("P3", "I went home"),
    ]


def test_words_that_stand_in_several_places_list_them_and_write_nothing(shell):
    said = shell.refused("code", "A-SU1", "--quote-file", "-", "M2a", typed="so can I")
    assert "2 places" in said
    assert "line 2" in said
    assert "line 4" in said
    assert shell.json("segments") == []


def test_a_misspelt_code_gets_the_nearest_and_nothing_is_written(shell):
    assert "Did you mean" in shell.refused("code", "A-SU1", "2", "M2a", "M2b")
    assert shell.json("segments") == []


def test_flags_are_kept(shell):
    shell.done(
        *("code", "A-SU1", "¶2", "P3", "--unsure", "hers?", "--negative", "--exemplar"),
        *("--whose", "team", "--standing", "hearsay", "--tense", "hoped for"),
    )
    [segment] = shell.json("segments")
    assert [segment[name] for name in ("unsure", "negative", "exemplar", "whose", "standing", "tense")] == [
        "hers?", True, True, "team", "hearsay", "hoped for"
    ]  # fmt: skip


def test_several_codes_are_one_action(shell):
    shell.done("code", "A-SU1", "2", "M2a", "P3")
    shell.done("undo")
    assert shell.json("segments") == []


def test_what_is_coded_so_already_is_left_and_said(shell):
    shell.done("code", "A-SU1", "2", "M2a")
    result = shell("code", "A-SU1", "2", "M2a", "P3")
    assert "coded M2a by you already" in result.stderr
    assert len(shell.json("segments")) == 2


def test_pencil_work_is_coded_in_one_action(shell, tmp_path):
    path = write(tmp_path, "page.txt", "# page 1\n2 m2a p3  ? may be the nurse\n¶2 P3\n")
    assert "3 passages coded" in shell("code", "A-SU1", "--from", path).stderr
    assert [each["unsure"] for each in shell.json("segments", "--unsure")] == ["may be the nurse"] * 2
    shell.done("undo")
    assert shell.json("segments") == []


@pytest.mark.parametrize("words", [("2 - 2", "m2a"), ("2", "–", "2,", "m2a"), ("2,", "m2a")])
def test_a_place_may_be_typed_as_it_was_pencilled(shell, words):
    shell.done("code", "A-SU1", *words)
    assert [each["lines"] for each in shell.json("segments")] == [[2, 2]]


def test_a_bad_line_of_pencil_work_keeps_everything_out(shell):
    said = shell.refused("code", "A-SU1", "--from", "-", typed="2 m2a\n3-99 p3\n4 nope\n")
    assert "standard input: 2 lines cannot be used" in said
    assert "line 2:" in said
    assert "line 3:" in said
    assert shell.json("segments") == []


@pytest.mark.parametrize(
    "words",
    [
        ["A-SU1"],
        ["A-SU1", "2"],
        ["A-SU1", "--from", "-", "2"],
        ["A-SU1", "--from", "-", "--negative"],
        ["A-SU1", "--quote-file", "-"],
        ["nobody", "2", "M2a"],
    ],
)
def test_half_a_command_is_refused(shell, words):
    shell.refused("code", *words, typed="2 m2a")


def test_passages_are_uncoded_and_recoded_by_number(shell):
    shell.done("code", "A-SU1", "2", "M2a", "P3")
    first, second = shell.done("segments", "--ids").split()
    shell.done("uncode", first)
    assert "M2 " in shell.done("recode", second, "m2").replace("  ", " ")
    assert shell.done("segments", "--ids").split() == [second]
    assert "99" in shell.refused("uncode", second, "99")
    assert shell.done("segments", "--ids").split() == [second]


# -- retrieving


def test_retrieval_is_that_of_the_python_api(shell):
    shell.done("code", "A-SU1", "2", "M2a", "P3")
    shell.done("code", "A-SU1", "4", "P3", "--unsure", "")
    with shell.open("AK") as project:
        project.attributes.set("person", project.people.add("B-SU1").id, [("gender", "man")])
    cases = {
        ("--code", "M2"): Filter(codes=("M2",)),
        ("--person", "A-SU1", "--role", "SU", "--case", "A"): Filter(people=("A-SU1",), roles=("SU",), cases=("A",)),
        ("--wave", "1", "--document", "A-SU1", "--coded-by", "AK"): Filter(waves=("1",)),
        ("--attribute", "gender=woman"): Filter(attributes=(("gender", "woman"),)),
        ("--attribute", "gender=man"): Filter(attributes=(("gender", "man"),)),
        ("--text", "HOME"): Filter(words="home"),
        ("--unsure",): Filter(unsure=True),
    }
    for words, wanted in cases.items():
        with shell.open() as project:
            expected = project.segments.find(wanted)
            quotations = project.quotations(expected)
        found = shell.json("segments", *words)
        assert [each["id"] for each in found] == [each.id for each in expected]
        assert [each["guid"] for each in found] == [each.guid.hex() for each in expected]
        assert [each["words"] for each in found] == [each.words for each in quotations]
        assert [each["citation"] for each in found] == [each.citation for each in quotations]


def test_a_passage_is_printed_with_its_citation_and_question(shell):
    shell.done("code", "A-SU1", "4", "P3")
    shown = shell.done("segments", "--context")
    assert "P3  [A, SU, 1, A-SU1, line 4]  AK" in shown
    assert "    Asked: And what happened after that?\n    I went home." in shown


@pytest.mark.parametrize(
    "words",
    [("--code", "P33"), ("--wave", "9"), ("--role", "XX"), ("--attribute", "age=1"), ("--attribute", "gender=wom")],
)
def test_a_filter_by_what_is_not_there_is_a_mistake_not_an_empty_answer(shell, words):
    assert "there is no" in shell.refused("segments", *words)


def test_tables_are_listed_printed_opened_and_written(shell, tmp_path):
    shell.done("claim", "add", "A-SU1", "2", "M2a", "P3", "--standing", "lived")
    assert {"change-model", "sample"} <= {each["name"] for each in shell.json("table", "--list")}
    assert "Hope" in shell.done("table", "change-model")
    printed = shell.json("table", "change-model", "--unit", "references", "--role", "SU")
    [cell] = [each for each in printed["cells"] if (each["row"], each["column"]) == ("M2a", "P3")]
    assert cell["value"] == 1
    opened = shell.json("table", "change-model", "--open", "m2a", "p3")
    assert opened["evidence"] == {"kind": "claim", "ids": [1]}
    assert opened["quotations"][0]["label"] == "M2a → P3 raises"
    written = shell.done("table", "change-model", "--out", "m.csv", "--out", "m.html", "--out", "m.docx")
    assert written.count("Wrote") == 3
    assert "Wrote m.csv and its exact twin m.csv.json\n" in written
    assert json.loads((tmp_path / "m.csv.json").read_text())["name"] == "change-model"
    assert "m.csv.json" in shell("forget", "--document", "A-SU1", "--yes").stderr


def test_tables_of_themes_take_groups_orders_and_what_a_cell_shows(shell):
    shell.done("code", "A-SU1", "2", "M2a", "--exemplar")
    by_role = shell.json("table", "themes-by-group", "--by", "role", "--show", "count", "--code", "M2a")
    assert {(cell["row"], cell["column"]): cell["value"] for cell in by_role["cells"]}["M2a", "all"] == 1
    assert "[" in shell.done("table", "themes", "--levels", "1", "--width", "120")
    assert "sorted by M2a" in shell.done("table", "case-ordered", "--by", "person", "--sort", "M2a")
    assert "●" in shell.done("table", "role-ordered", "--show", "presence")
    assert "References" in shell.done("table", "codebook", "--use", "--width", "200")
    for name in ("tree", "time-ordered", "sample-by-wave", "completers"):
        assert shell.done("table", name)


@pytest.mark.parametrize(
    "words",
    [
        ("themes-by-group", "--by", "star sign"),
        ("themes-by-group", "--unit", "references", "--show", "percent"),
        ("case-ordered", "--sort", "nothing"),
        ("completers", "--code", "M2a"),
        ("codebook", "--role", "SU"),
        ("themes", "--levels", "0"),
        ("change-modle",),
        ("sample", "--unit", "people"),
        ("change-model", "--evidence", "said-together", "--own-only"),
        ("change-model", "--evidence", "same-answer", "--direction", "raises"),
        ("change-model", "--evidence", "mentioned-in-case", "--unit", "people"),
        ("change-model", "--compare", "role=SU"),
        ("change-model", "--compare", "role"),
        ("change-model", "--split", "shoe-size"),
        ("claims", "--split", "role"),
        ("change-model", "--open", "M2a", "nope"),
        ("change-model", "--role", "XX"),
        ("change-model", "--out", "m.pptx"),
    ],
)
def test_a_table_that_cannot_be_made_so_is_refused(shell, words):
    shell.refused("table", *words)


def test_a_number_of_the_sample_opens_to_people_and_where_they_speak(shell):
    result = shell("table", "sample", "--open", "a", "su")
    assert result.stdout == "A-SU1  case A\n    A-SU1, wave 1, SU\n"
    assert "A by SU: 1; it rests on 1 person" in result.stderr
    opened = shell.json("table", "sample", "--open", "A", "all")
    assert opened["people"] == [
        {"id": 1, "name": "A-SU1", "case": "A", "documents": [{"name": "A-SU1", "wave": "1", "role": "SU"}]}
    ]
    assert "it rests on 0 people" in shell("table", "sample", "--open", "A", "PW").stderr


def test_options_of_the_change_model_reach_it(shell):
    shell.done("claim", "add", "A-SU1", "2", "m2a", "p3", "--direction", "no effect")
    found = shell.json("table", "change-model", "--direction", "no-effect", "--split", "wave", "--open", "m2a", "p3")
    assert (found["value"], found["evidence"]["ids"]) == (1, [1])
    assert shell.json("table", "change-model", "--direction", "raises", "--open", "m2a", "p3")["evidence"]["ids"] == []
    opened = shell.json("table", "arrows", "--open", "m2a->p3", "no effect")
    assert (opened["row"], opened["value"]) == ("M2a → P3", 1)
    assert shell.json("table", "claims", "--tense", "hoped-for")["rows"] == []


def test_a_narrow_table_stays_within_its_width(shell):
    assert max(map(len, shell.done("table", "change-model", "--width", "60").splitlines())) <= 60


# -- claims and memos


def test_claims_are_written_listed_contradicted_and_removed(shell):
    shell.done("claim", "add", "A-SU1", "2", "m2a", "p3", "--direction", "lowers", "--inferred")
    shell.done("claim", "evidence", "1", "A-SU1", "--quote-file", "-", "--stance", "contradicts", typed="I slept")
    [claim] = shell.json("claim", "list")
    assert (claim["from"], claim["to"], claim["direction"], claim["inferred"]) == ("M2a", "P3", "lowers", True)
    assert [(each["stance"], each["words"]) for each in claim["evidence"]] == [("contradicts", "I slept")]
    assert "contradicts: A-SU1" in shell.done("claim")
    shell.done("claim", "remove", "1")
    assert shell.json("claim", "list") == []
    assert "there is no claim 1" in shell.refused("claim", "remove", "1")


@pytest.mark.parametrize("words", [("2", "M2a"), ("2", "M2a", "P3", "M2"), ("2", "M2a", "M2a"), ("2", "M2a", "nope")])
def test_a_claim_needs_two_ends(shell, words):
    shell.refused("claim", "add", "A-SU1", *words)


@pytest.mark.parametrize(
    ("on", "about"),
    [
        ("code:m2a", {"kind": "code", "id": 2, "name": "M2a"}),
        ("document:A-SU1", {"kind": "document", "id": 1, "name": "A-SU1"}),
        ("segment:1", {"kind": "segment", "id": 1, "name": "1"}),
        ("claim:1", {"kind": "claim", "id": 1, "name": "1"}),
        ("person:A-SU1", {"kind": "person", "id": 1, "name": "A-SU1"}),
        ("case:A", {"kind": "case", "id": 1, "name": "A"}),
    ],
)
def test_a_memo_is_on_anything(shell, on, about):
    shell.done("code", "A-SU1", "2", "M2a")
    shell.done("claim", "add", "A-SU1", "2", "M2a", "P3")
    shell.done("memo", "add", "--on", on, "--kind", "reflexive", typed="Two\nlines\n")
    [memo] = shell.json("memo", "list", "--on", on)
    assert (memo["on"], memo["words"], memo["kind"]) == (about, "Two\nlines", "reflexive")
    assert "    Two\n    lines" in shell.done("memo")


def test_a_private_memo_is_its_writers(shell):
    shell.done("memo", "add", "mine", "--private")
    assert shell.json("memo", "list", "--coder", "BO") == []
    assert len(shell.json("memo", "list")) == 1


@pytest.mark.parametrize("words", [("--on", "M2a", "x"), ("--on", "code:", "x"), ("--on", "thing:1", "x"), (" ",)])
def test_a_memo_on_nothing_or_without_words_is_refused(shell, words):
    shell.refused("memo", "add", *words)


# -- correcting, keeping


def test_words_are_corrected_and_the_coding_is_carried(shell):
    shell.done("code", "A-SU1", "--quote-file", "-", "M2a", typed="if she can do it")
    result = shell("revise", "A-SU1", "--find", "she", "--replace", "[Dawn]", "--reason", "name")
    assert result.stdout == "A-SU1 is now version 2\n"
    assert "1 passage (coded, claimed, read) carried along" in result.stderr
    assert shell.json("segments")[0]["words"] == "if [Dawn] can do it"


def test_what_could_not_be_carried_is_named(shell):
    shell.done("code", "A-SU1", "--quote-file", "-", "M2a", typed="home")
    result = shell("revise", "A-SU1", "--find", "I went home.", "--replace", "", "--reason", "x")
    assert "could not be carried, its words are gone: segment 1: home" in result.stderr
    shell.done("undo")
    assert shell.json("segments")[0]["words"] == "home"


def test_words_in_several_places_are_listed_and_then_chosen(shell, tmp_path):
    words = ("revise", "A-SU1", "--find", "so can I", "--replace", "me too", "--reason", "x")
    said = shell.refused(*words)
    assert "2 places" in said
    assert "line 4" in said
    shell.done(*words, "--line", "4")
    assert "I thought me too" in shell.done("show", "A-SU1", "--plain")
    assert "so can I, I thought" in shell.done("show", "A-SU1", "--plain")
    (tmp_path / "find.txt").write_text("I\n")
    (tmp_path / "replace.txt").write_text("we\n")
    shell.done("revise", "A-SU1", "--find-file", "find.txt", "--replace-file", "replace.txt", "--all", "--reason", "x")
    assert "we went home" in shell.done("show", "A-SU1", "--plain")


def test_a_turn_gets_another_speaker(shell):
    result = shell("revise", "A-SU1", "--line", "2", "--speaker", "INT", "--reason", "wrong speaker")
    assert result.exit_code == 0
    assert shell.json("show", "A-SU1")["turns"][1]["speaker"] == "INT"
    assert "new speaker" in shell("revise", "A-SU1", "--turn", "2", "--speaker", "Dean", "--reason", "x").stderr


@pytest.mark.parametrize(
    "words",
    [
        ("--find", "she"),
        ("--replace", "she"),
        ("--find", "nowhere at all", "--replace", "x"),
        ("--find", "she", "--replace", "she"),
        ("--find", "", "--replace", "x"),
        ("--find", "she", "--replace", "x", "--line", "4"),
        ("--turn", "99", "--speaker", "INT"),
        ("--speaker", "INT"),
        ("--turn", "1", "--line", "1", "--speaker", "INT"),
    ],
)
def test_a_correction_that_is_not_clear_is_refused(shell, words):
    shell.refused("revise", "A-SU1", *words, "--reason", "x")
    assert shell.json("documents")[0]["version"] == 1


def test_history_undo_and_redo(shell):
    shell.done("code", "A-SU1", "2", "M2a")
    assert "add segments" in shell.done("undo")
    assert shell.json("segments") == []
    assert "(undone)" in shell.done("history")
    assert "add segments" in shell.done("redo")
    assert len(shell.json("segments")) == 1
    assert [each["verb"] for each in shell.json("history", "--limit", "3")] == ["redo", "undo", "add segments"]
    assert "nothing to redo" in shell.refused("redo")


def test_another_coders_work_is_not_undone(shell):
    shell.done("code", "A-SU1", "2", "M2a")
    assert "nothing of yours" in shell.refused("undo", "--coder", "BO")


def test_a_sound_project_checks_out_and_a_damaged_one_ends_with_1(shell):
    assert shell.json("check") == {"sound": True, "problems": []}
    with shell.open("AK") as project:
        write_once.lift(project.store.connection)
        project.store.connection.execute("UPDATE text SET body = 'other' WHERE id = 1")
    result = shell("check")
    assert result.exit_code == 1
    assert "text 1" in result.stdout


def test_a_backup_brings_the_project_back(shell):
    made = shell.done("backup").split(maxsplit=1)[1].strip()
    shell.done("documents", "remove", "A-SU1")
    result = shell("restore", made, "--to", "study.qualcode")
    assert result.exit_code == 0
    assert "set-aside" in result.stderr
    assert [each["name"] for each in shell.json("documents", "--project", "study.qualcode")] == ["A-SU1"]


def test_forgetting_asks_for_the_name(shell):
    assert "not the name" in shell("forget", "--person", "A-SU1", typed="A-SU2\n").stderr
    assert shell("forget", "--person", "A-SU1", typed="").exit_code == 2
    assert len(shell.json("documents")) == 1
    shell.done("backup")
    result = shell("forget", "--person", "A-SU1", typed="A-SU1\n")
    assert result.exit_code == 0
    assert "Forgotten: A-SU1\n1 document: A-SU1\n" in result.stdout
    assert "still holds it" in result.stderr
    assert "Not recognised in notes and other documents, so look yourself: quotations of fewer than" in result.stderr
    assert shell.json("documents") == []


def test_forgetting_tells_of_backups_elsewhere_and_of_names_that_hold_it(shell):
    shell.done("backup", "--to", "stick")
    with shell.open("AK") as project:
        project.cases.add("House of A-SU1")
    told = shell("forget", "--person", "A-SU1", "--yes").stderr
    assert re.search(r"still holds it: .*stick.study-.*\.qualcode", told)
    assert "holds it still in its name: the case House of A-SU1" in told


def keys_of(value, free=("arguments", "attributes", "by_wave", "roles", "segments")):
    """Every key in some JSON; what stands below the `free` ones is named by the study."""
    if isinstance(value, list):
        return {key for each in value for key in keys_of(each)}
    if not isinstance(value, dict):
        return set()
    inner = (keys_of(each) for key, each in value.items() if not (key in free and isinstance(each, dict)))
    return set(value).union(*inner)


def test_every_key_of_the_json_is_documented(shell, tmp_path):
    path = write(tmp_path, "C-SU1.txt")
    shell.done("code", "A-SU1", "2", "M2a")
    shell.done("claim", "add", "A-SU1", "2", "M2a", "P3")
    shell.done("claim", "evidence", "1", "A-SU1", "2", "--stance", "supports")
    shell.done("memo", "add", "x", "--on", "code:P3")
    shell.done("codebook", "export", "a.yaml")
    shell.done("documents", "finish", "A-SU1")
    write(tmp_path, "people.csv", "file,person\nC-SU1,C-SU1\n")
    write(tmp_path, "rules.toml", "[hope]\ncode = 'P3'\nregex = 'so can I'\n")
    reading = [
        "documents", "show A-SU1", "segments", "claim", "memo", "codebook show", "cases", "people", "roles",
        "speakers A-SU1", "history", "forget --person A-SU1 --dry-run",
        "table change-model", "table change-model --open M2a P3", "table --list", "check",
        "codebook diff a.yaml process_evaluation", f"import {path} --dry-run",
        f"import {path} --dry-run --attributes people.csv", f"import {path} --attributes people.csv", "rounds",
        "rules check rules.toml", "rules run rules.toml", "rules list", "rules reject --all",
    ]  # fmt: skip
    told = (Path(__file__).parents[2] / "docs" / "json.md").read_text()
    for words in reading:
        assert [key for key in sorted(keys_of(shell.json(*words.split()))) if f"`{key}`" not in told] == []


def test_python_and_the_command_line_are_one_door(shell):
    with qualcode.open("study.qualcode", coder="BO") as project:
        project.segments.add("A-SU1", "P3", quote="I slept")
    assert shell.json("segments")[0]["coder"] == "BO"
    assert "coded by BO" in shell.refused("uncode", "1")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """Where somebody made the demo as "my try", what was said, and the surroundings: `qualcode` is not on the path."""
    folder = tmp_path_factory.mktemp("demo")
    surroundings = environment(folder, PATH="/usr/bin:/bin")
    made = process("demo", "my try", cwd=folder, env=surroundings)
    assert made.returncode == 0, made.stderr
    return folder, made, surroundings


one_demo = pytest.mark.xdist_group("demo")


@one_demo
def test_the_demo_is_a_real_study_and_says_how_to_look_further(demo, empty, monkeypatch):
    folder, made, _ = demo
    monkeypatch.chdir(folder)
    assert made.stdout.startswith("Change model")
    assert all((folder / "my try" / f"change-model{suffix}").stat().st_size for suffix in (".docx", ".html", ".csv"))
    told = [shlex.split(line) for line in made.stderr.splitlines() if line.startswith("  ")]
    hints = [line[line.index("qualcode") + 1 :] if "qualcode" in line else line[1:] for line in told]
    assert hints[0][0] == "open"  # needs a terminal: played in tests/terminal/test_workbench.py
    assert len(hints) >= 5
    for words in hints[1:]:
        assert empty.done(*words)
    assert "already" in empty.refused("demo", "my try")


@one_demo
def test_the_demos_hints_run_as_they_are_printed_where_qualcode_is_not_on_the_path(demo):
    folder, made, surroundings = demo
    hints = [line for line in made.stderr.splitlines() if line.startswith("  ") and " documents " in line]
    done = subprocess.run(
        ["sh", "-c", hints[0]], cwd=folder, env=surroundings, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout[:8]) == (0, "document"), done.stderr


@one_demo
def test_the_demo_promises_what_is_there(demo, empty):
    folder, made, _ = demo
    with qualcode.open(folder / "my try" / "peer-workers.qualcode") as project:
        assert project.claims.find()
        assert project.memos.find()
        coders = [each for each in project.coders.all() if each.kind == "person"]
        interviews = len(project.documents.all())
    assert f"{interviews} interviews" in made.stderr
    assert f"{len(coders)} coder" in made.stderr
    assert "two coders" not in empty.done("demo", "--help")


@one_demo
def test_the_demo_is_the_same_project_each_time(demo, sample_study):
    def things(project):
        guids = [each.guid for document in project.documents.all() for each in project.segments.of(document)]
        return guids, [each.guid for each in project.claims.find()], [each.guid for each in project.documents.all()]

    with qualcode.open(demo[0] / "my try" / "peer-workers.qualcode") as again, qualcode.open(sample_study) as study:
        assert things(again) == things(study)


@pytest.mark.parametrize(
    "words", ["import", "import --dry-run", "import x.txt --attributes", "new", "documents --project"]
)
def test_an_empty_name_is_not_taken_for_the_folder(shell, tmp_path, words):
    (tmp_path / "x.txt").write_text("A: b\n", encoding="utf-8")
    before = sorted(tmp_path.glob("*.qualcode"))
    for nothing in ("", " "):
        assert "an empty name" in shell.refused(*words.split(), nothing)
    assert sorted(tmp_path.glob("*.qualcode")) == before


def test_the_history_calls_things_by_the_names_they_have_now(shell):
    shell.done("documents", "place", "A-SU1", "--wave", "2")
    assert "document A-SU1" in shell.done("history", "--limit", "1")
    shell.done("documents", "rename", "A-SU1", "First visit")
    assert "document First visit" in shell.done("history")
    shell.done("documents", "remove", "First visit")
    assert "no longer there" in shell.done("history")
