"""Passages that are the interviewer's alone: taken, and told."""

import pytest

import qualcode
from qualcode.project.asking import NOBODYS, WARNING, wholly_asked
from qualcode.project.voices import Voices, is_anybody_heard
from qualcode.work.coding_file import read_coding, store_coding
from tests.builders import add_interview
from tests.command_line import SPEECHES, Shell, a_study, told

BODY, TURNS = told(SPEECHES)


def place(words):
    return BODY.index(words), BODY.index(words) + len(words)


@pytest.mark.parametrize(
    ("words", "asked"),
    [
        ("How was it for you, then?", True),
        ("INT: How was it for you, then?\n", True),
        ("was it", True),
        ("for you, then?\nMaureen", False),
        ("Well, if she", False),
        ("I had hope.\nINT: And what", False),
        (BODY, False),
    ],
)
def test_a_passage_is_the_interviewers_only_if_all_of_it_is(words, asked):
    assert wholly_asked(BODY, TURNS, {"INT"}, *place(words)) is asked


def test_words_before_the_first_turn_and_texts_without_interviewer_are_nobodys_question():
    assert not wholly_asked("Notes. " + BODY, TURNS, set(), 0, 5)
    assert not wholly_asked(BODY, TURNS, {"Somebody"}, *place("was it"))


@pytest.fixture
def shell(tmp_path, monkeypatch):
    a_study(tmp_path).close()
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


def test_coding_a_question_is_warned_of_and_done(shell):
    result = shell("code", "A-SU1", "1", "P3")
    assert result.exit_code == 0
    assert f"1: {WARNING}" in result.stderr
    assert WARNING not in shell("code", "A-SU1", "1-2", "P3").stderr
    assert WARNING in shell("code", "A-SU1", "--from", "-", typed="3 m2a\n").stderr
    assert [each["interviewer"] for each in shell.json("segments")] == [True, False, True]


def test_a_coding_file_is_stored_and_the_questions_in_it_are_told_with_their_line(tmp_path):
    a_study(tmp_path).close()
    path = tmp_path / "a.yaml"
    path.write_text(
        "document: A-SU1\ncoder: AK\nsegments:\n  - code: P3\n    quote: I had hope\n"
        "  - code: P3\n    quote: what happened after that\n"
    )
    heard = []
    with qualcode.open(tmp_path / "study.qualcode", "AK", announce=heard.append) as project:
        store_coding(project, read_coding(path))
        assert len(project.segments.find()) == 2
    assert heard == [f"a.yaml:6: {WARNING}"]


def test_a_claim_and_evidence_in_a_question_are_told_by_the_project_itself(tmp_path):
    a_study(tmp_path).close()
    heard = []
    with qualcode.open(tmp_path / "study.qualcode", "AK", announce=heard.append) as project:
        said = project.claims.add("A-SU1", "M2a", "P3", quote="I had hope")
        project.claims.add_evidence(said, "A-SU1", "supports", quote="so can I, and I slept")
        assert heard == []
        asked = project.claims.add("A-SU1", "M2a", "P3", quote="what happened after that")
        against = project.claims.add_evidence(asked, "A-SU1", "contradicts", quote="How was it for you")
    assert heard == [f"claim {asked.id}: {WARNING}", f"evidence {against.id}: {WARNING}"]


def test_claiming_in_a_question_is_warned_of_and_done(shell):
    result = shell("claim", "add", "A-SU1", "1", "M2a", "P3")
    assert result.exit_code == 0
    assert f"claim 1: {WARNING}" in result.stderr
    assert WARNING not in shell("claim", "add", "A-SU1", "1-2", "M2a", "P3").stderr
    assert f"evidence 1: {WARNING}" in shell("claim", "evidence", "1", "A-SU1", "3", "--stance", "supports").stderr
    assert [each["interviewer"] for each in shell.json("claim", "list")] == [True, False]


def test_claims_of_a_coding_file_in_questions_are_told_with_their_line(shell, tmp_path):
    (tmp_path / "a.yaml").write_text(
        "document: A-SU1\ncoder: AK\nclaims:\n  - from: M2a\n    to: P3\n    quote: what happened after that\n"
        "    evidence:\n      - stance: supports\n        quote: How was it for you\n"
    )
    told = shell("load", "a.yaml").stderr
    assert f"a.yaml:4: claim 1: {WARNING}\n" in told
    assert f"a.yaml:8: evidence 1: {WARNING}\n" in told
    assert len(shell.json("claim", "list")) == 1


COVER = "Study of something\nField notes: rain.\n\n"


@pytest.fixture
def covered(tmp_path, monkeypatch):
    """A study with a second interview, which has a cover page."""
    with a_study(tmp_path) as project:
        by = len(COVER)
        turns = [each._replace(start=each.start + by, end=each.end + by, speech=each.speech + by) for each in TURNS]
        document = project.documents.add("covered", COVER + BODY, turns, parts={"INT": "interviewer"})
        project.documents.set_speaker(document, "Maureen", "participant", project.people.get("A-SU1").id)
        project.people.set_role(project.people.get("A-SU1").id, "SU", "-")
        project.codes.change(project.codes.get("M2a"), applies_to=["SU"])
    made = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return made


def test_coding_a_cover_page_is_told_and_done(covered):
    result = covered("code", "covered", "1-2", "P3")
    assert result.exit_code == 0
    assert f"1: {NOBODYS}" in result.stderr
    assert NOBODYS not in covered("code", "covered", "2-5", "P3").stderr
    assert f"claim 1: {NOBODYS}" in covered("claim", "add", "covered", "1", "M2a", "P3").stderr


def test_a_code_for_a_role_is_told_to_be_left_out_of_tables_where_nobody_with_a_role_speaks(covered):
    left_out = "M2a applies to SU only, and in 1 passage nobody speaks whose role is known: no table counts it: 1"
    assert left_out in covered("code", "covered", "1", "m2a").stderr
    assert "applies to" not in covered("code", "covered", "5", "m2a").stderr
    assert left_out in covered("segments").stderr


@pytest.mark.usefixtures("covered")
def test_segments_added_in_python_are_told_alike(tmp_path):
    heard = []
    with qualcode.open(tmp_path / "study.qualcode", "AK", announce=heard.append) as project:
        project.segments.add("covered", "P3", quote="so can I, I thought")
        assert heard == []
        cover = project.segments.add("covered", "M2a", lines=(1, 2))
        asked = project.segments.add("A-SU1", "P3", quote="what happened after that")
    left_out = "M2a applies to SU only, and in 1 passage nobody speaks whose role is known: no table counts it"
    assert heard == [
        f"passage {cover.id}: {NOBODYS}",
        f"passage {cover.id}: {left_out}",
        f"passage {asked.id}: {WARNING}",
    ]


def test_a_coding_file_with_a_cover_page_is_told_with_its_line(covered, tmp_path):
    (tmp_path / "a.yaml").write_text("document: covered\ncoder: AK\nsegments:\n  - code: P3\n    quote: 'rain'\n")
    assert f"a.yaml:4: {NOBODYS}" in covered("load", "a.yaml").stderr


def test_a_document_in_which_nobody_is_known_is_not_told_of_at_each_passage(tmp_path):
    a_study(tmp_path).close()
    heard = []
    with qualcode.open(tmp_path / "study.qualcode", "AK", announce=heard.append) as project:
        project.documents.add("minutes", "They met.\n", [])
        project.segments.add("minutes", "P3", quote="They met")
    assert heard == []


def test_a_whole_answer_in_which_more_than_one_speaks_is_told(tmp_path):
    heard = []
    with a_study(tmp_path) as project:
        add_interview(project, "B-SU2", ("INT", "How was it?"), ("Ann", "I was low."), ("Bob", "She was."))
        project.store.announce = heard.append
        project.segments.add("B-SU2", "P3", answers=(1, 1))
        project.segments.add("B-SU2", "P3", quote="I was low.")
    assert [each for each in heard if "speak" in each] == [
        "passage 1: Ann and Bob speak in this answer: the words of all of them are coded"
    ]


def test_whether_anybody_is_heard_is_what_the_voices_say(tmp_path):
    with a_study(tmp_path) as project:
        for document in project.documents.all():
            voices = Voices.of(project.store, document.id)
            for start in range(0, document.length, 3):
                for end in (start + 1, start + 7, start + 60):
                    heard = bool(voices.between(start, end))
                    assert is_anybody_heard(project.store, document.id, start, end) is heard
