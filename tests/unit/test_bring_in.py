"""Bringing transcripts in: who speaks, who they are, what is told, what is refused."""

import os

import pytest

import qualcode
from qualcode.errors import InputError, RefusedError
from qualcode.work.bring_in import Options, bring_in, look
from qualcode.work.files_meant import find

INTERVIEW = (
    "Interviewer: How was it?\nMaureen: If she can do it, so can I.\nInterviewer: Go on.\nMaureen: That's all.\n"
)


@pytest.fixture
def study(tmp_path):
    with qualcode.new(tmp_path / "study.qualcode", "AK") as project:
        yield project


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "interviews"
    made.mkdir()
    (made / "A1.txt").write_text(INTERVIEW, encoding="utf-8")
    return made


def part_of(study, document, label):
    return {speaker.label: (speaker.part, speaker.person) for speaker in study.documents.speakers(document)}[label]


def test_a_folder_is_brought_in_with_speakers_and_people(study, folder):
    (folder / "B2.txt").write_text(INTERVIEW.replace("Maureen", "B2"), encoding="utf-8")
    (folder / "~$A1.docx").write_bytes(b"lock")
    (folder / "photo.jpg").write_bytes(b"\xff\xd8")
    result = bring_in(study, [folder])
    assert [document.name for document in result.added] == ["A1", "B2"]
    assert part_of(study, result.added[0], "Interviewer") == ("interviewer", None)
    assert part_of(study, result.added[0], "Maureen") == ("participant", study.people.get("Maureen").id)
    assert any("Maureen is taken to be a person called Maureen" in note for note in result.notes)


def test_the_whole_import_is_one_undo(study, folder):
    bring_in(study, [folder])
    study.history.undo()
    assert study.documents.all() == []
    assert study.people.all() == []


def test_the_same_bytes_are_known_under_any_name_but_equal_text_is_not(study, folder):
    bring_in(study, [folder])
    (folder / "copy.txt").write_text(INTERVIEW, encoding="utf-8")
    (folder / "dos.txt").write_bytes(INTERVIEW.replace("\n", "\r\n").encode())
    result = bring_in(study, [folder])
    assert [(path.name, document.name) for path, document in result.known] == [("A1.txt", "A1"), ("copy.txt", "A1")]
    assert [document.name for document in result.added] == ["dos"]


def test_one_bad_file_does_not_stop_the_rest(study, folder):
    (folder / "A0.docx").write_bytes(b"not a zip")
    result = bring_in(study, [folder, folder / "missing.txt"])
    assert [document.name for document in result.added] == ["A1"]
    assert [path.name for path, _ in result.failed] == ["A0.docx", "missing.txt"]


def two_waves(folder, text=INTERVIEW):
    for wave in ("wave1", "wave2"):
        (folder / wave).mkdir(parents=True)
        (folder / wave / "A-SU1.txt").write_text(f"{text}Maureen: This is {wave}.\n", encoding="utf-8")
    return folder


def test_one_name_in_two_folders_gives_two_documents(study, tmp_path):
    result = bring_in(study, [two_waves(tmp_path / "study")])
    assert [document.name for document in result.added] == ["A-SU1", "A-SU1 (wave2)"]
    assert "there is a document called A-SU1 already: the one in wave2 is A-SU1 (wave2)" in result.notes
    assert study.documents.body(study.documents.get("A-SU1 (wave2)")).endswith("wave2.\n")


def test_folders_of_one_name_are_told_apart_whenever_they_are_brought_in(study, tmp_path):
    folder = two_waves(tmp_path / "study")
    bring_in(study, [folder / "wave1"])
    result = bring_in(study, [folder / "wave2"])
    assert [document.name for document in result.added] == ["A-SU1 (wave2)"]


def test_a_corrected_file_from_the_same_folder_gets_a_number_and_advice(study, folder):
    bring_in(study, [folder])
    for number in (2, 3):
        (folder / "A1.txt").write_text(INTERVIEW + f"Maureen: Bye {number}.\n", encoding="utf-8")
        result = bring_in(study, [folder])
        assert [document.name for document in result.added] == [f"A1 ({number})"]
        [note] = [note for note in result.notes if "there is a document called A1" in note]
        assert "A1.txt differs from its file" in note
        assert 'qualcode revise "A1"' in note
        assert f'qualcode documents rename "A1 ({number})"' in note
    assert study.documents.body(study.documents.get("A1")) == INTERVIEW
    assert bring_in(study, [folder]).known[0][1].name == "A1 (3)"


def test_a_name_taken_with_its_folder_too_is_numbered_and_nothing_is_overwritten(study, folder, tmp_path):
    bring_in(study, [folder])
    for parent in ("second", "third"):
        other = tmp_path / parent / "interviews"
        other.mkdir(parents=True)
        (other / "A1.txt").write_text(INTERVIEW + f"Maureen: {parent}.\n", encoding="utf-8")
    result = bring_in(study, [tmp_path / "second", tmp_path / "third"])
    assert [document.name for document in result.added] == ["A1 (2)", "A1 (3)"]
    assert study.documents.body(study.documents.get("A1")) == INTERVIEW


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("A-SU1", "A-SU1 (wave2)"),
        ("A-SU1 (Wave1)", "A-SU1 (Wave2)"),
        ("wave1/A-SU1", "wave2/A-SU1.docx"),
        ("../study/wave1/A-SU1.txt", "study\\wave2\\a-su1.txt"),
    ],
)
def test_a_sheet_names_documents_of_one_name_by_their_folders(study, tmp_path, first, second):
    folder = two_waves(tmp_path / "study")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(f"file,person,wave\n{first},P1,1\n{second},P1,2\nwave3/A-SU1,P1,3\n", encoding="utf-8")
    result = bring_in(study, [folder], Options(sheet=sheet))
    assert [(document.name, document.wave) for document in study.documents] == [("A-SU1", "1"), ("A-SU1 (wave2)", "2")]
    assert (result.unmatched_rows, result.unmatched_documents) == (["wave3/A-SU1"], [])
    assert bring_in(study, [folder], Options(sheet=sheet)).unmatched_rows == ["wave3/A-SU1"]


def test_two_speakers_of_one_label_are_told_to_be_taken_for_one_person(study, folder):
    bring_in(study, [folder])
    (folder / "B2.txt").write_text(INTERVIEW + "Maureen: Bye.\n", encoding="utf-8")
    [note] = [note for note in bring_in(study, [folder]).notes if "same person" in note]
    assert note.startswith("B2: the speaker Maureen is taken to be the same person as Maureen in A1. If not, ")
    assert 'qualcode speakers "B2" "Maureen=NAME"' in note
    (folder / "C3.txt").write_text(INTERVIEW + "Maureen: Hi.\n", encoding="utf-8")
    said = bring_in(study, [folder], Options(people=(("Maureen", "P9"),)))
    assert not any("same person" in note for note in said.notes)


def test_a_row_that_names_nobody_does_not_join_people_silently(study, folder, tmp_path):
    (folder / "B2.txt").write_text(INTERVIEW + "Maureen: Bye.\n", encoding="utf-8")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("file,role\nA1,SU\nB2,SU\n", encoding="utf-8")
    [note] = bring_in(study, [folder], Options(sheet=sheet)).notes
    assert "same person as Maureen in A1" in note


def test_looking_writes_nothing(study, folder):
    before = study.history.actions()
    (candidate,) = look(find([folder]).files, Options())
    assert candidate.reading is not None
    assert candidate.reading.transcripts[0].name == "A1"
    assert study.history.actions() == before


def test_patterns_are_understood_where_the_shell_leaves_them(folder):
    assert [path.name for path in find([folder / "*.txt"]).files] == ["A1.txt"]
    with pytest.raises(InputError, match="no file fits this pattern"):
        find([folder / "*.docx"])


def test_what_the_project_wrote_itself_is_left_out_and_named(study, folder):
    (folder / "table.md").write_text("| x |\n", encoding="utf-8")
    study.record_export(folder / "table.md")
    result = bring_in(study, [folder, folder / "table.md"])
    assert [document.name for document in result.added] == ["A1"]
    assert [note for note in result.notes if "table.md is left out: this project wrote it" in note] != []
    assert bring_in(study, [folder / "table.md"]).failed == []


def test_files_of_a_folder_that_cannot_be_read_are_counted_and_named(study, folder):
    (folder / "sub").mkdir()
    for name in (
        "a.pdf",
        "b.cha",
        "c.sav",
        "d.pdf",
        "e.mp3",
        "sub/f.m4a",
        "sheet.csv",
        ".hidden.pdf",
        "p.qualcode-wal",
    ):
        (folder / name).write_text("x")
    study.record_export(folder / "a.pdf")
    left_out = "files left out, of kinds that are not read as transcripts: "
    (note,) = find([folder, folder / "*.[tp]*"], sheet=folder / "sub" / ".." / "sheet.csv").notes()
    assert note.startswith(f"6 {left_out}a.pdf, b.cha, c.sav, d.pdf, e.mp3, ... (known are .docx")
    (note, *_) = bring_in(study, [folder, folder / "A1.txt"]).notes
    assert note.startswith(f"6 {left_out}b.cha, c.sav, d.pdf, e.mp3, sheet.csv, ... (known are .docx")
    assert list(find([folder / "A1.txt"]).notes()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
@pytest.mark.parametrize("named", ["", "*.txt", "pipe.txt"])
def test_a_pipe_and_a_dead_link_are_said_to_be_none(study, folder, named):
    os.mkfifo(folder / "pipe.txt")
    (folder / "dead.txt").symlink_to(folder / "gone.txt")
    (folder / "round.txt").symlink_to("round.txt")
    failed = {path.name: error.what for path, error in bring_in(study, [folder / named]).failed}
    assert failed.pop("pipe.txt") == "this is a pipe or a device, not a file"
    if named != "pipe.txt":
        assert failed.pop("dead.txt") == "there is no such file"
        assert failed.pop("round.txt").startswith("the file cannot be read")
    assert failed == {}


SHEET = (
    "file,speaker,part,person,role,case,wave,age band\nA1.docx,Maureen,,P03,SU,Site A,1,60-69\nZ9,,,P99,SU,Site A,1,\n"
)


def test_a_sheet_says_who_is_who_and_unmatched_names_are_listed_both_ways(study, folder, tmp_path):
    (folder / "C3.txt").write_text(INTERVIEW.replace("Maureen", "Kofi"), encoding="utf-8")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    result = bring_in(study, [folder], Options(sheet=sheet))
    person = study.people.get("P03")
    assert part_of(study, study.documents.get("A1"), "Maureen") == ("participant", person.id)
    assert person.roles == (("1", "SU"),)
    assert person.case == study.cases.get("Site A").id
    assert study.attributes.of("person", person.id) == {"age band": "60-69"}
    assert study.documents.get("A1").wave == "1"
    assert result.unmatched_rows == ["Z9"]
    assert result.unmatched_documents == ["C3"]


def test_a_role_by_wave_changes_between_two_interviews_of_one_person(study, folder, tmp_path):
    (folder / "A2.txt").write_text(INTERVIEW + "Maureen: I work there now.\n", encoding="utf-8")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("file,person,role,wave\nA1,P1,SU,1\nA2,P1,PW,2\n", encoding="utf-8")
    bring_in(study, [folder], Options(sheet=sheet))
    assert study.people.get("P1").roles == (("1", "SU"), ("2", "PW"))


def test_two_people_in_one_document_are_told_apart_by_their_speaker(study, folder, tmp_path):
    text = "INT: Well?\nRuth: Two employers.\nCallum: One too many.\nINT: Yes?\nRuth: Yes.\nCallum: No.\n"
    (folder / "H.txt").write_text(text, encoding="utf-8")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("file,speaker,person,role\nH,Ruth,H-PW1,PW\nH,Callum,H-PW2,PW\nA1,,P1,SU\n", encoding="utf-8")
    result = bring_in(study, [folder], Options(sheet=sheet))
    document = study.documents.get("H")
    people = {study.people.get(name).id for name in ("H-PW1", "H-PW2")}
    assert {part_of(study, document, label)[1] for label in ("Ruth", "Callum")} == people
    assert result.notes == []


def test_a_sheet_that_cannot_tell_two_speakers_apart_says_so(study, folder, tmp_path):
    text = "INT: Well?\nRuth: Two.\nCallum: One.\nINT: Yes?\nRuth: Yes.\nCallum: No.\n"
    (folder / "H.txt").write_text(text, encoding="utf-8")
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("file,person,role,case\nH,H-PW1,PW,H\nA1,P1,,\n", encoding="utf-8")
    result = bring_in(study, [folder], Options(sheet=sheet))
    (told,) = (note for note in result.notes if "does not say which speaker is H-PW1 (Ruth, Callum)" in note)
    assert "import again with the sheet" in told
    study.documents.set_speaker(study.documents.get("H"), "Ruth", "participant", study.people.add("H-PW1").id)
    bring_in(study, [folder], Options(sheet=sheet))
    person = study.people.get("H-PW1")
    assert dict(person.roles) == {"-": "PW"}
    assert person.case == study.cases.get("H").id


def test_a_sheet_without_a_column_of_files_is_refused_before_anything_is_written(study, folder, tmp_path):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("person,role\nP1,SU\n", encoding="utf-8")
    with pytest.raises(InputError, match="no column names the documents"):
        bring_in(study, [folder], Options(sheet=sheet))
    assert study.documents.all() == []


def test_a_speaker_can_be_named_and_an_interviewer_said(study, tmp_path):
    path = tmp_path / "x.txt"
    path.write_text("Sam: And?\nMo: Fine.\nSam: Sure?\nMo: Yes.\n", encoding="utf-8")
    result = bring_in(study, [path], Options(interviewers=("sam",), people=(("Mo", "P7"),)))
    assert part_of(study, result.added[0], "Sam")[0] == "interviewer"
    assert part_of(study, result.added[0], "Mo") == ("participant", study.people.get("P7").id)


@pytest.mark.parametrize(
    ("body", "stored"),
    [("a\r\nb 😀 c\r", "a\nb 😀 c\n"), ("\ufeffe\u0301 x", "e\u0301 x"), ("a\x00b", "a␀b")],
    ids=["CRLF and emoji", "BOM and combining mark", "NUL"],
)
def test_positions_are_code_points_of_the_normalised_text(study, tmp_path, body, stored):
    path = tmp_path / "x.txt"
    path.write_bytes(body.encode())
    (document,) = bring_in(study, [path]).added
    assert study.documents.body(document) == stored
    study.codes.add("C", "code")
    last = stored.rstrip()[-1]
    segment = study.segments.add(document.name, "C", quote=last)
    assert (segment.start, segment.end) == (stored.rindex(last), stored.rindex(last) + 1)


NOBODYS = """Interviewé|Enquêtée 2|Befragte|B|Service user|SU|SU 2|PW|Staff|Manager|Peer worker|Carer|Nurse|Volunteer
User|Guest|Host|Male|Female|Male voice|Woman|Me|Them|Narrator|Resp|IE|Co-ordinator|Participant A|Proband|Teilnehmer
Teilnehmerin|P03|Service users|Older man|Peer support worker|Respondent 2|Usager|Participants"""


def write_interviews(folder, label, names=("D1", "D2")):
    for name in names:
        words = f"Interviewer: And {name}?\n{label}: Fine.\nInterviewer: Sure?\n{label}: Yes.\n"
        (folder / f"{name}.txt").write_text(words, encoding="utf-8")
    return [folder / f"{name}.txt" for name in names]


@pytest.mark.parametrize("label", NOBODYS.replace("\n", "|").split("|"))
def test_a_label_that_names_nobody_does_not_make_one_person_of_two_documents(study, tmp_path, label):
    bring_in(study, write_interviews(tmp_path, label))
    assert [person.name for person in study.people.all()] == ["D1", "D2"]


@pytest.mark.parametrize("label", ["Maureen", "JS", "A-SU1", "Nurse Joy", "Young", "Will"])
def test_a_label_that_is_a_name_makes_one_person_of_two_documents(study, tmp_path, label):
    bring_in(study, write_interviews(tmp_path, label))
    assert [person.name for person in study.people.all()] == [label]


def write_labelled(folder, labels):
    for number, label in enumerate(labels, start=1):
        words = f"INT: And {number}?\n{label}: Fine.\nINT: Sure?\n{label}: Yes.\n"
        (folder / f"interview_{number:02}.txt").write_text(words, encoding="utf-8")
    return [folder / f"interview_{number:02}.txt" for number in range(1, len(labels) + 1)]


def called(study, *readings):
    """The names of the people that come of bringing files in."""
    for paths in readings:
        bring_in(study, paths)
    return [person.name for person in study.people.all()]


@pytest.mark.parametrize("stem", ["SU", "SU ", "P0", "Participant "])
def test_numbers_that_go_on_from_file_to_file_are_peoples(study, tmp_path, stem):
    labels = [f"{stem}{number}" for number in (1, 2, 3, 5)]
    result = bring_in(study, write_labelled(tmp_path, [*labels, "PW1"]))
    assert sorted(person.name for person in study.people.all()) == sorted([*labels, "PW1"])
    role = ", in the role SU" if stem.startswith("SU") else ""
    [told] = [note for note in result.notes if labels[0] in note]
    assert told == (
        f"4 speakers are taken to be people called so{role}: {', '.join(labels[:3])}, ... "
        "(in interview_01, interview_02, interview_03, ...)"
    )


def test_a_number_that_comes_again_in_another_file_is_nobodys_and_that_is_said_once(study, tmp_path):
    paths = write_labelled(tmp_path, ["SU1", "SU2", "SU1", "SU3", "PW1", "PW2"])
    result = bring_in(study, paths)
    names = [f"interview_{number:02}" for number in (1, 2, 3, 4)]
    assert [person.name for person in study.people.all()] == ["PW1", "PW2", *names]
    [told] = [note for note in result.notes if "SU1" in note]
    assert told.startswith("SU1, SU2, SU3 in 4 places (interview_01, interview_02, interview_03, ...) does not say who")
    assert "qualcode people merge" in told


def test_a_numbered_label_of_one_file_or_of_one_that_is_there_makes_nobody_one_person(study, tmp_path):
    first, again, third = write_labelled(tmp_path, ["SU1", "SU1", "SU2"])
    assert called(study, [first], [again], [third]) == ["interview_01", "interview_02", "interview_03"]


def test_numbers_that_go_on_from_what_is_there_are_peoples(study, tmp_path):
    *first, later = write_labelled(tmp_path, ["SU1", "SU2", "SU3"])
    assert called(study, first, [later]) == ["SU1", "SU2", "SU3"]


ORDERS = [
    ["SU1", "SU2", "SU3"],
    ["SU2", "SU1", "PW1", "PW2"],
    ["PW2", "SU1", "SU2", "Maureen", "P"],
    ["SU1", "SU2", "SU1"],
    ["SU1", "SU1", "SU2", "PW1", "PW2"],
    ["SU1", "PW1"],
]


@pytest.mark.parametrize("labels", ORDERS)
def test_one_file_at_a_time_gives_the_same_people_as_the_folder(study, tmp_path, labels):
    paths = write_labelled(tmp_path, labels)
    with qualcode.new(tmp_path / "at_once.qualcode", "AK") as at_once:
        bring_in(at_once, paths)
        wanted = who_speaks(at_once)
    for path in paths:
        bring_in(study, [path])
    assert who_speaks(study) == wanted
    assert study.check() == []


def who_speaks(study):
    """(document, label, person's name, their roles) of every participant."""
    people = {person.id: person for person in study.people.all()}
    return [
        (document.name, each.label, people[each.person].name, people[each.person].roles)
        for document in study.documents
        for each in study.documents.speakers(document)
        if each.person is not None
    ]


def test_several_numbered_speakers_of_one_document_are_called_anew_too(study, tmp_path):
    for name, numbers in (("G1", (1, 2)), ("G2", (3, 4))):
        words = "".join(f"INT: And?\nP{number}: Fine.\nINT: Sure?\nP{number}: Yes.\n" for number in numbers)
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    bring_in(study, [tmp_path / "G1.txt"])
    assert [person.name for person in study.people.all()] == ["G1 P1", "G1 P2"]
    told = bring_in(study, [tmp_path / "G2.txt"]).notes
    assert [person.name for person in study.people.all()] == ["P1", "P2", "P3", "P4"]
    assert (
        "G1 P1 is now P1, G1 P2 is now P2, as if all files had come at once: "
        "the numbers of their labels go on from file to file"
    ) in told
    study.history.undo()
    assert [person.name for person in study.people.all()] == ["G1 P1", "G1 P2"]


def test_a_name_that_somebody_gave_stays_and_is_told(study, tmp_path):
    first, second, third = write_labelled(tmp_path, ["SU1", "SU2", "SU2"])
    bring_in(study, [first], Options(people=(("SU1", "interview_01"),)))
    told = bring_in(study, [second]).notes
    assert [person.name for person in study.people.all()] == ["SU2", "interview_01"]
    assert any(note.startswith("interview_01 would be called SU1, had all files come at once;") for note in told)
    study.people.rename(study.people.get("SU2"), "Sam")
    bring_in(study, [third])
    assert [person.name for person in study.people.all()] == ["Sam", "interview_01", "interview_03"]


def test_a_name_that_another_has_is_not_given_and_this_is_told(study, tmp_path):
    first, second = write_labelled(tmp_path, ["SU1", "SU2"])
    study.people.add("SU1")
    bring_in(study, [first])
    [told] = [note for note in bring_in(study, [second]).notes if "had all files come" in note]
    assert 'qualcode people merge "interview_01" "SU1"' in told
    assert [person.name for person in study.people.all()] == ["SU1", "SU2", "interview_01"]


def test_a_doubt_about_numbers_takes_no_name_away_on_which_coding_rests(study, tmp_path):
    *first, later = write_labelled(tmp_path, ["SU1", "SU2", "SU1"])
    bring_in(study, first)
    study.codes.add("C", "code")
    study.segments.add("interview_02", "C", quote="Fine")
    [told] = [note for note in bring_in(study, [later]).notes if "comes again" in note]
    assert [person.name for person in study.people.all()] == ["SU1", "SU2", "interview_03"]
    assert "a number of the labels of SU1, SU2 comes again in another file" in told
    assert "qualcode people merge" in told


def test_a_name_known_better_by_more_files_is_given_also_where_there_is_coding(study, tmp_path):
    first, second = write_labelled(tmp_path, ["SU1", "SU2"])
    bring_in(study, [first])
    study.codes.add("C", "code")
    study.segments.add("interview_01", "C", quote="Fine")
    bring_in(study, [second])
    assert [person.name for person in study.people.all()] == ["SU1", "SU2"]


@pytest.mark.parametrize(("label", "role"), [("SU", "SU"), ("Peer worker", "PW"), ("Staff 2", "ST"), ("vo", "VO")])
def test_a_label_that_is_a_role_gives_the_role_and_says_so(study, tmp_path, label, role):
    study.roles.add("VO", "volunteer")
    notes = bring_in(study, write_interviews(tmp_path, label)).notes
    assert [person.roles for person in study.people.all()] == [(("-", role),)] * 2
    assert f"D1: the speaker {label} is taken to be a person called D1, in the role {role}" in notes


def test_two_roles_in_one_document_are_two_people_of_it(study, tmp_path):
    path = tmp_path / "H.txt"
    path.write_text("INT: Well?\nSU: Two.\nPW: One.\nINT: Yes?\nSU: Yes.\nPW: No.\n", encoding="utf-8")
    bring_in(study, [path])
    assert [person.name for person in study.people.all()] == ["H PW", "H SU"]


def test_one_label_for_one_person_in_three_files_is_said_plainly_and_once(study, tmp_path):
    paths = write_interviews(tmp_path, "Kim", ("D1", "D2", "D3", "D4"))
    [note] = [note for note in bring_in(study, paths).notes if "ONE person" in note]
    assert note.startswith("Kim speaks in 4 of these files (D1, D2, D3, ...) and is counted as ONE person.")
    assert '--speaker "Kim=NAME"' in note
    assert "sheet" in note


@pytest.mark.parametrize("how", ["two files", "speaker", "sheet"])
def test_nothing_is_said_of_two_files_or_of_somebody_who_is_named(study, tmp_path, how):
    paths = write_interviews(tmp_path, "Kim", ("D1", "D2", "D3") if how != "two files" else ("D1", "D2"))
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("file,person\nD1,P1\nD2,P1\nD3,P1\n", encoding="utf-8")
    options = {"speaker": Options(people=(("Kim", "P1"),)), "sheet": Options(sheet=sheet)}
    assert not any("ONE person" in note for note in bring_in(study, paths, options.get(how)).notes)


def test_a_document_is_not_left_without_a_name(study, folder):
    (document,) = bring_in(study, [folder]).added
    with pytest.raises(RefusedError, match="needs a name"):
        study.documents.rename(document, "  ")


def test_a_name_taken_from_a_label_goes_when_the_person_is_named_otherwise(study, folder):
    (document,) = bring_in(study, [folder]).added
    person = study.people.add("P03", roles={"-": "SU"})
    study.documents.set_speaker(document, "Maureen", "participant", person.id)
    assert [each.name for each in study.people.all()] == ["P03"]
    study.history.undo()
    assert [each.name for each in study.people.all()] == ["Maureen", "P03"]


def test_forgetting_the_renamed_person_takes_the_old_name_too(study, folder):
    (document,) = bring_in(study, [folder]).added
    person = study.people.add("P03", roles={"-": "SU"})
    study.documents.set_speaker(document, "Maureen", "participant", person.id)
    study.forget(person="P03")
    assert study.check() == []
    assert b"Maureen" not in study.path.read_bytes()


def test_what_is_told_of_many_files_is_told_once(study, tmp_path):
    folder = tmp_path / "podcast"
    folder.mkdir()
    for number in range(5):
        (folder / f"E{number}.txt").write_text(
            f"Ali: Hello {number}.\nEmma: Hi.\nAli: So.\nEmma: Yes.\n", encoding="utf-8"
        )
    notes = bring_in(study, [folder]).notes
    assert [note for note in notes if "no interviewer" in note] == [
        "5 documents (E0, E1, E2, ...): no interviewer recognised: name one with --interviewer"
    ]
    assert not [note for note in notes if "same person" in note]
    assert len([note for note in notes if note.startswith("Ali speaks in 5 of these files")]) == 1
    assert len(notes) <= 6
    later = tmp_path / "later"
    later.mkdir()
    for number in range(5, 8):
        (later / f"E{number}.txt").write_text(
            f"Ali: Hello {number}.\nOmar: Hi.\nAli: So.\nOmar: Yes.\n", encoding="utf-8"
        )
    notes = bring_in(study, [later]).notes
    [same] = [note for note in notes if "same person" in note]
    assert "the same person as Ali in E0" in same
