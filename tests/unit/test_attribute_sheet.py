"""An attribute sheet against the files and the project: contradictions, unknown roles, rows without their speaker."""

import json

import openpyxl
import pytest

import qualcode
from qualcode.errors import InputError
from qualcode.work.bring_in import Options, bring_in, look
from qualcode.work.rehearsal import rehearse
from tests.command_line import Shell

TEXT = "INT: Well, {name}?\nRuth: Two employers.\nCallum: One too many.\nINT: Yes?\nRuth: Yes.\nCallum: No.\n"
HEAD = "file,speaker,person,role,wave,age,part"


@pytest.fixture
def study(tmp_path):
    with qualcode.new(tmp_path / "study.qualcode", "AK") as made:
        yield made


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "interviews"
    made.mkdir()
    for name in ("H1", "H2"):
        (made / f"{name}.txt").write_text(TEXT.format(name=name), encoding="utf-8")
    return made


def csv_sheet(path, *rows):
    path = path.with_suffix(".csv")
    path.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return path


def xlsx_sheet(path, *rows):
    book = openpyxl.Workbook()
    for row in (HEAD, *rows):
        book.active.append([cell or None for cell in row.split(",")])
    book.save(path.with_suffix(".xlsx"))
    book.close()
    return path.with_suffix(".xlsx")


BOTH = pytest.mark.parametrize("sheet", [csv_sheet, xlsx_sheet])

GOOD = ("H1,Ruth,P1,PW,1,41,", "H1,Callum,P2,PW,1,38,", "H2,Ruth,P1,PW,2,42,", "H2,Callum,P2,SU,2,38,")


def refusal(study, folder, path):
    before = study.history.actions()
    with pytest.raises(InputError) as caught:
        bring_in(study, [folder], Options(sheet=path))
    assert study.history.actions() == before
    assert study.documents.all() == []
    return str(caught.value)


@BOTH
def test_a_good_sheet_is_taken_whole(study, folder, tmp_path, sheet):
    result = bring_in(study, [folder], Options(sheet=sheet(tmp_path / "p", *GOOD)))
    assert (result.notes, result.wrong_rows, result.unmatched_rows) == ([], [], [])
    assert study.people.get("P2").roles == (("1", "PW"), ("2", "SU"))
    assert study.attributes.of("person", study.people.get("P1").id, "2") == {"age": "42"}


@BOTH
@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("H2,Ruth,P1,PW,2,43,", "rows 4 and 6: age of P1 at wave 2 is 42 in the one, 43 in the other"),
        ("H2,Ruth,p1,SU,2,42,", "rows 4 and 6: the role of p1 at wave 2 is PW in the one, SU in the other"),
        ("H2,Ruth,P9,PW,2,42,", "rows 4 and 6: who Ruth is in H2 is P1 in the one, P9 in the other"),
        ("H2.txt,Ruth,P1,PW,3,42,", "rows 4 and 6: the wave of H2.txt is 2 in the one, 3 in the other"),
    ],
)
def test_rows_that_contradict_each_other_are_named_and_nothing_is_written(study, folder, tmp_path, sheet, row, told):
    said = refusal(study, folder, sheet(tmp_path / "p", *GOOD, row))
    assert told in said
    assert "nothing was brought in" in said
    assert "without it" in said


def test_two_cases_of_one_person_contradict_each_other_at_any_wave(study, folder, tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("file,speaker,person,case,wave\nH1,Ruth,P1,A,1\nH2,Ruth,P1,B,2\n", encoding="utf-8")
    assert "rows 2 and 3: the case of P1 is A in the one, B in the other" in refusal(study, folder, path)


def test_what_differs_from_wave_to_wave_or_in_case_only_is_no_contradiction(study, folder, tmp_path):
    rows = ("H1,Ruth,P1,pw,1,41,", "H1,Ruth,P1,PW,1,41,", "H2,Ruth,P1,SU,2,42,")
    result = bring_in(study, [folder], Options(sheet=csv_sheet(tmp_path / "p", *rows)))
    assert study.people.get("P1").roles == (("1", "PW"), ("2", "SU"))
    assert result.wrong_rows == []


@BOTH
def test_an_unknown_role_is_refused_with_those_there_are_and_the_command_that_adds_one(study, folder, tmp_path, sheet):
    path = sheet(tmp_path / "p", "H1,Ruth,P1,VO,,,", "H1,Callum,P2,VO,,,", "H2,Ruth,P3,PWW,,,")
    said = refusal(study, folder, path)
    assert 'rows 2, 3: there is no role VO (there are PW, SU, ST, MG). Add it: qualcode roles add "VO"' in said
    assert "row 4: there is no role PWW" in said
    study.roles.add("VO", "volunteer")
    study.roles.add("PWW", "peer worker, Wales")
    assert len(bring_in(study, [folder], Options(sheet=path)).added) == 2


def test_an_unknown_part_is_refused(study, folder, tmp_path):
    said = refusal(study, folder, csv_sheet(tmp_path / "p", "H1,Ruth,P1,PW,,,Guest", "H1,Callum,,,,,Interviewer"))
    assert "row 2: guest is no part" in said
    assert "row 3" not in said


@BOTH
def test_a_speaker_the_document_does_not_have_is_told_and_the_other_rows_are_used(study, folder, tmp_path, sheet):
    path = sheet(tmp_path / "p", "H1,Ruht,P1,PW,,,", "H1,Callum,P2,PW,,,", "H2,INT,,,,,interviewer", "H2,X,,,,,other")
    result = bring_in(study, [folder], Options(sheet=path))
    assert result.wrong_rows == [
        "row 2: H1 has no speaker Ruht (it has INT, Ruth, Callum)",
        "row 5: H2 has no speaker X (it has INT, Ruth, Callum)",
    ]
    assert [document.name for document in result.added] == ["H1", "H2"]
    assert study.people.get("P2").roles == (("-", "PW"),)
    assert study.people.find("P1") is None
    assert "H1: nobody is named for the speaker Ruth" in result.notes


def test_speakers_are_matched_in_any_case(study, folder, tmp_path):
    result = bring_in(study, [folder], Options(sheet=csv_sheet(tmp_path / "p", "H1,RUTH,P1,PW,,,")))
    assert result.wrong_rows == []
    assert study.people.get("P1").roles == (("-", "PW"),)


def part_and_person(study, label):
    people = {person.id: person.name for person in study.people.all()}
    speakers = study.documents.speakers(study.documents.get("H1"))
    return next((each.part, people.get(each.person)) for each in speakers if each.label == label)


@pytest.mark.parametrize(("row", "told"), [("H1,int,,,,,", False), ("H1,INT,P9,,,,", True), ("H1,INT,,SU,,,", True)])
@pytest.mark.parametrize("named", [(), ("INT",)])
def test_a_row_that_does_not_say_the_part_leaves_the_interviewer(study, folder, tmp_path, row, told, named):
    path = csv_sheet(tmp_path / "p", "H1,Ruth,P1,,,,", row)
    result = bring_in(study, [folder / "H1.txt"], Options(sheet=path, interviewers=named))
    assert part_and_person(study, "INT") == ("interviewer", None)
    assert part_and_person(study, "Ruth") == ("participant", "P1")
    assert any("INT asks, so row 3 of the sheet is passed over" in note for note in result.notes) is told
    assert result.wrong_rows == []


def test_a_sheet_can_say_that_somebody_who_seems_to_ask_is_a_participant(study, folder, tmp_path):
    bring_in(study, [folder / "H1.txt"], Options(sheet=csv_sheet(tmp_path / "p", "H1,int,P9,,,,participant")))
    assert part_and_person(study, "INT") == ("participant", "P9")


def test_an_interviewer_who_is_given_a_name_stays_one_and_that_is_said(study, folder):
    result = bring_in(study, [folder / "H1.txt"], Options(people=(("INT", "Ann"),)))
    assert part_and_person(study, "INT") == ("interviewer", None)
    assert any('nobody is called Ann; if it is one: qualcode speakers "H1" "INT=Ann"' in note for note in result.notes)


def test_a_row_without_a_document_is_told(study, folder, tmp_path):
    result = bring_in(study, [folder], Options(sheet=csv_sheet(tmp_path / "p", ",Ruth,P1,PW,,,", *GOOD)))
    assert "p.csv: row 2 names no document and is passed over" in result.notes


def test_a_sheet_is_brought_to_documents_that_are_there_already_and_twice_is_once(study, folder, tmp_path):
    bring_in(study, [folder])
    assert [person.name for person in study.people.all()] == ["Callum", "Ruth"]
    sheet = Options(sheet=csv_sheet(tmp_path / "p", *GOOD))
    result = bring_in(study, [folder], sheet)
    assert (result.added, len(result.known)) == ([], 2)
    assert [person.name for person in study.people.all()] == ["P1", "P2"]
    assert [document.wave for document in study.documents] == ["1", "2"]
    assert study.people.get("P2").roles == (("1", "PW"), ("2", "SU"))
    actions = study.history.actions()
    bring_in(study, [folder], sheet)
    assert study.history.actions() == actions
    study.history.undo()
    assert [person.name for person in study.people.all()] == ["Callum", "Ruth"]


def test_what_the_sheet_changes_in_the_project_is_told(study, folder, tmp_path):
    bring_in(study, [folder], Options(sheet=csv_sheet(tmp_path / "p", *GOOD)))
    result = bring_in(study, [folder], Options(sheet=csv_sheet(tmp_path / "p", "H1,Ruth,p1,SU,1,40,")))
    assert result.notes == [
        "row 2: p1 is taken to be P1",
        "row 2: role of P1 was PW and is now SU",
        "row 2: age of P1 was 41 and is now 40",
        "what the sheet says was brought to H1",
    ]


def test_a_label_said_on_the_command_line_that_no_document_has_is_told(study, folder):
    result = bring_in(study, [folder], Options(people=(("ruth", "P1"), ("Ruht", "P9"))))
    assert "none of these documents has a speaker called Ruht" in result.notes
    assert study.people.find("P1")
    assert study.people.find("P9") is None


# -- on the command line


@pytest.fixture
def shell(tmp_path, monkeypatch):
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


@pytest.mark.usefixtures("folder")
def test_a_dry_run_reads_the_sheet_too_and_needs_no_project(shell, tmp_path):
    path = csv_sheet(tmp_path / "p", "H1,Ruth,P1,PW,1,41,", "H1,Ruth,P1,PW,1,42,", "H1,Ruht,P2,XX,1,,", "Z9,,P3,SU,,,")
    result = shell("import", "interviews", "--attributes", path.name, "--dry-run")
    assert result.exit_code == 2
    assert "Callum" in result.stdout
    for told in (
        "the sheet, rows 2 and 3: age of P1 at wave 1 is 41 in the one, 42 in the other",
        "the sheet, row 4: there is no role XX (there are PW, SU, ST, MG)",
        "the sheet, row 4: H1 has no speaker Ruht",
        "a row for Z9, but there is no such document",
        "the sheet has no row for H2",
        "nothing would be brought in",
        "held against the roles of a new one",
    ):
        assert told in result.stderr
    printed = shell("import", "interviews", "--attributes", path.name, "--dry-run", "--json")
    sheet = json.loads(printed.stdout)["sheet"]
    assert len(sheet["faults"]) == 2
    assert (len(sheet["wrong_rows"]), sheet["unmatched_rows"], sheet["unmatched_documents"]) == (1, ["Z9"], ["H2"])


@pytest.mark.usefixtures("folder")
def test_a_dry_run_shows_how_each_text_begins(shell, tmp_path):
    (tmp_path / "interviews" / "odd.txt").write_text(f"\n\nA \x1b[31m red\n\n{'long ' * 100}\nthree\nfour\n")
    shown = shell("import", "interviews", "--dry-run").stdout
    assert "H1 begins:\n    INT: Well, H1?\n    Ruth: Two employers.\n    Callum: One too many.\n" in shown
    assert "\x1b" not in shown
    assert "    three\n" in shown
    assert "four" not in shown
    first = {each["name"]: each["first_lines"] for one in shell.json("import", "interviews", "--dry-run")
             for each in one["documents"]}  # fmt: skip
    assert first["H2"] == ["INT: Well, H2?", "Ruth: Two employers.", "Callum: One too many."]
    assert [len(line) for line in first["odd"]] == [11, 240, 5]


@pytest.mark.usefixtures("folder")
def test_a_dry_run_tells_of_labels_that_nobody_has(shell):
    result = shell("import", "interviews", "--dry-run", "--interviewer", "NOPE", "--speaker", "ZZ=Ann")
    assert "none of these documents has a speaker called NOPE" in result.stderr
    assert "none of these documents has a speaker called ZZ" in result.stderr


def test_a_dry_run_knows_the_roles_and_documents_of_the_project(shell, folder, tmp_path):
    with qualcode.new(tmp_path / "study.qualcode", "AK") as project:
        project.roles.add("XX", "ex-users")
        bring_in(project, [folder / "H1.txt"])
        project.documents.rename(project.documents.get("H1"), "Z9")
    path = csv_sheet(tmp_path / "p", "Z9,Ruth,P1,XX,,,", "H2,Ruth,P1,XX,,,")
    result = shell("import", "interviews", "--attributes", path.name, "--dry-run")
    assert result.exit_code == 0, result.stderr
    assert "H1.txt is in the project already, as Z9" in result.stderr
    assert "the sheet has" not in result.stderr


@pytest.mark.usefixtures("folder")
def test_a_row_without_its_speaker_ends_with_exit_code_two_and_keeps_the_rest(shell, tmp_path):
    shell.done("new", "study", "--coder", "AK")
    path = csv_sheet(tmp_path / "p", "H1,Ruht,P1,PW,,,", "H1,Callum,P2,PW,,,", "H2,Ruth,P1,PW,,,")
    result = shell("import", "interviews", "--attributes", path.name)
    assert (result.exit_code, result.stdout) == (2, "added H1\nadded H2\n")
    assert (
        "the sheet, row 2: H1 has no speaker Ruht (it has INT, Ruth, Callum): this row is passed over" in result.stderr
    )
    assert "Mend the sheet and import again with it" in result.stderr
    assert len(shell.json("documents")) == 2
    csv_sheet(tmp_path / "p", "H1,Ruth,P1,PW,,,", "H1,Callum,P2,PW,,,", "H2,Ruth,P1,PW,,,")
    shell.done("import", "interviews", "--attributes", path.name)
    assert [each["person"] for each in shell.json("speakers", "H1")] == [None, "P2", "P1"]


@pytest.mark.usefixtures("folder")
def test_a_contradicting_sheet_is_refused_before_anything_is_written(shell, tmp_path):
    shell.done("new", "study", "--coder", "AK")
    path = csv_sheet(tmp_path / "p", "H1,Ruth,P1,PW,1,41,", "H1,Ruth,P1,PW,1,42,")
    said = shell.refused("import", "interviews", "--attributes", path.name)
    assert "p.csv: 1 thing is wrong with the sheet, so nothing was brought in" in said
    assert "rows 2 and 3" in said
    assert shell.json("documents") == []


@pytest.mark.usefixtures("folder")
def test_rows_for_documents_that_are_not_here_are_told_in_one_line(shell, tmp_path):
    path = csv_sheet(tmp_path / "p", *GOOD, "Z8,Ann,P8,SU,1,30,", "Z9,Bob,P9,SU,1,30,")
    result = shell("import", "interviews", "--attributes", path.name, "--dry-run")
    assert "the sheet has rows for 2 documents that are not here: Z8, Z9" in result.stderr


def test_a_label_that_is_no_speaker_is_dropped_at_import(shell, tmp_path):
    shell.done("new", "study", "--coder", "AK")
    text = "INT: And?\nRuth: Two things.\nFirst: the money.\nFirst: the time.\nINT: Yes?\nRuth: Yes.\n"
    (tmp_path / "x.txt").write_text(text, encoding="utf-8")
    shell.done("import", "x.txt", "--speaker", "first=", "--speaker", "Ruth=P1")
    assert [(each["label"], each["person"]) for each in shell.json("speakers", "x")] == [("INT", None), ("Ruth", "P1")]
    assert "should be LABEL=PERSON" in shell.refused("import", "x.txt", "--speaker", "=")


def test_merged_cells_of_a_sheet_reach_every_row_and_are_told_in_dry_run_and_import(study, folder, tmp_path):
    path = xlsx_sheet(tmp_path / "p", *GOOD)
    book = openpyxl.load_workbook(path)
    book.active.merge_cells("F2:F3")
    book.save(path)
    book.close()
    told = "p.xlsx: cells F2:F3 are merged: each of them was read as saying what the first says"
    options = Options(sheet=path)
    assert told in rehearse(study, look([folder / "H1.txt"], options), options).notes
    assert told in bring_in(study, [folder], options).notes
    assert study.attributes.of("person", study.people.get("P2").id, "1") == {"age": "41"}


def test_which_head_was_taken_for_what_is_told_in_dry_run_and_import(study, folder, tmp_path):
    path = tmp_path / "p.csv"
    path.write_text("document,participant,Role,pid,age\nH1,P1,SU,7,41\n", encoding="utf-8")
    told = [
        "p.csv: heads taken for others: document for file, participant for person",
        "p.csv: pid is taken for an attribute, since participant is the person",
    ]
    options = Options(sheet=path)
    assert rehearse(study, look([folder / "H1.txt"], options), options).notes[:2] == tuple(told)
    assert bring_in(study, [folder / "H1.txt"], options).notes[:2] == told
