"""What a forgetting would take is shown before; what was forgotten is known again without being kept."""

import json
from contextlib import closing

import pytest

import qualcode
from qualcode.errors import RefusedError
from qualcode.project import restore, write_once
from qualcode.project.forgetting import ForgottenSince, forgotten_since
from qualcode.work.bring_in import Options, bring_in
from tests import ways
from tests.builders import bytes_on_disk
from tests.command_line import Shell
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS

TEXT = "INT: What do you remember?\nMaureen Quill: The heron waited.\nINT: And?\nMaureen Quill: Nothing more.\n"
PAIR = TEXT + "Benedict: She did say something.\nINT: Yes?\nBenedict: That is all.\n"


@pytest.fixture
def folder(tmp_path):
    made = tmp_path / "interviews"
    made.mkdir()
    (made / "Quill.txt").write_text(TEXT)
    (made / "pair.txt").write_text(PAIR)
    (made / "Ben.txt").write_text(TEXT.replace("Maureen Quill", "Benedict").replace("heron", "crane"))
    return made


@pytest.fixture
def study(tmp_path, folder):
    with ways.new(tmp_path / "study.qualcode", "AK") as project:
        project.codes.add("P3", "Hope")
        project.codes.add("M2", "Model")
        bring_in(project, [folder])
        own = project.segments.add("Quill", "P3", quote="The heron waited")
        project.segments.add("pair", "P3", quote="Nothing more")
        project.segments.add("pair", "P3", quote="She did say something")
        project.segments.add("Ben", "P3", quote="The crane waited")
        project.claims.add("Quill", "M2", "P3", quote="The heron waited")
        project.memos.add("a thought", segment=own.id)
        person = project.people.get("Maureen Quill").id
        project.memos.add("another", person=person)
        project.summaries.write("So.", "P3", person=person, segments=[own.id])
        yield project


def test_what_will_go_is_counted_before_and_nothing_is_touched(study):
    before = (study.history.actions(), bytes_on_disk(study.path))
    told = study.foresee_forgetting(person="Maureen Quill")
    assert (told.documents, told.shared, told.removed) == (("Quill",), ("pair",), 0)
    assert told.files == ("Quill.txt", "pair.txt")
    assert (told.turns, told.segments, told.claims, told.memos, told.summaries) == (6, 2, 1, 2, 1)
    assert (study.history.actions(), bytes_on_disk(study.path)) == before
    assert study.forget(person="Maureen Quill").erased == told


def test_what_will_go_and_what_went_are_one_count_of_every_sort_of_passage(study):
    document = study.documents.get("Quill")
    claim = study.claims.find()[0]
    study.claims.add_evidence(claim, "Quill", "supports", quote="The heron waited")
    study.documents.mark_read(document, 0, 20)
    with study.action("decide"):
        study.store.connection.execute(
            "INSERT INTO decision(guid, document, text, start, end, coder, outcome, reason) "
            "VALUES (randomblob(16), ?, ?, 0, 20, 1, 'kept', '')",
            (document.id, document.text),
        )
    study.memos.add("Maureen Quill said so. Said Maureen Quill!")
    study.memos.add("only on Maureen Quill", document=document.id)
    told = study.foresee_forgetting(person="Maureen Quill")
    assert (told.segments, told.claims, told.evidence, told.marks, told.decisions) == (2, 1, 1, 1, 1)
    assert (told.passages, told.redactions) == (6, 2)
    done = study.forget(person="Maureen Quill")
    assert done.erased == told
    assert sum("[withdrawn]" in memo.body for memo in study.memos.find()) == 1


def test_one_document_is_foreseen_with_what_is_forgotten_beside_it(study):
    study.documents.remove(study.documents.get("Ben"))
    told = study.foresee_forgetting(document="Quill")
    assert (told.documents, told.shared, told.removed, told.turns, told.files) == (("Quill",), (), 1, 4, ("Quill.txt",))
    with pytest.raises(TypeError):
        study.foresee_forgetting()


def test_a_forgotten_file_is_noticed_and_comes_in_only_when_that_is_said(study, folder):
    study.forget(person="Maureen Quill")
    day = study.history.actions()[0].at.date().isoformat()
    result = bring_in(study, [folder])
    assert [(path.name, error.what) for path, error in result.failed] == [
        ("Quill.txt", f"this file was forgotten on {day}"),
        ("pair.txt", f"this file was forgotten on {day}"),
    ]
    assert all("--again" in error.remedy for _, error in result.failed)
    assert [document.name for _, document in result.known] == ["Ben"]
    (folder / "Quill.txt").rename(folder / "other name.txt")
    assert len(bring_in(study, [folder / "other name.txt"]).failed) == 1
    again = bring_in(study, [folder], Options(again=True))
    assert [document.name for document in again.added] == ["other name", "pair (2)"]
    assert bring_in(study, [folder]).failed == []


def test_what_is_kept_of_a_forgotten_file_names_nobody_and_is_not_its_hash(study, folder):
    from hashlib import sha256

    study.forget(person="Maureen Quill")
    on_disk = bytes_on_disk(study.path)
    for file in ("Quill.txt", "pair.txt"):
        assert sha256((folder / file).read_bytes()).digest() not in on_disk
    for word in (b"Quill", b"heron", b"Maureen"):
        assert word not in on_disk
    rows = study.store.rows("SELECT salt, digest FROM forgotten")
    assert len({salt for salt, _ in rows}) == len(rows) == 2
    assert study.check() == []


def test_a_file_that_another_document_was_read_from_is_not_forgotten(study, folder):
    (folder / "copy").mkdir()
    study.documents.rename(study.documents.get("Ben"), "one")
    write_once.lift(study.store.connection)
    with study.action("a second reading"):
        study.store.connection.execute(
            "UPDATE text SET original = (SELECT id FROM original WHERE name = 'Ben.txt') WHERE document = "
            "(SELECT id FROM document WHERE name = 'pair')"
        )
    study.forget(document="one")
    assert study.store.rows("SELECT * FROM forgotten") == []


def test_documents_removed_before_that_go_along_are_not_held_against_their_file(study, folder):
    study.documents.remove(study.documents.get("Ben"))
    study.forget(document="Quill")
    result = bring_in(study, [folder / "Ben.txt"])
    assert [document.name for document in result.added] == ["Ben"]


def test_a_backup_from_before_a_forgetting_is_known(study, tmp_path):
    early = study.backup()
    assert forgotten_since(early, study.path) is None
    study.forget(person="Maureen Quill")
    assert forgotten_since(early, study.path) == ForgottenSince(times=1, files=2)
    late = study.backup()
    assert forgotten_since(late, study.path) is None
    study.forget(document="Ben")
    assert forgotten_since(early, study.path) == ForgottenSince(times=2, files=3)
    assert forgotten_since(late, study.path) == ForgottenSince(times=1, files=1)
    assert forgotten_since(early, tmp_path / "none.qualcode") is None
    ways.new(tmp_path / "another.qualcode", "AK").close()
    assert forgotten_since(tmp_path / "another.qualcode", study.path) is None
    study.close()
    assert forgotten_since(early, study.path) == ForgottenSince(times=2, files=3)
    aside = restore(early, study.path)
    assert aside is not None
    assert forgotten_since(early, aside) == ForgottenSince(times=2, files=3)


def test_a_project_of_the_first_schema_is_brought_up_to_date(study, folder):
    connection = study.store.connection
    connection.execute("DROP TABLE forgotten")
    connection.execute("ALTER TABLE original DROP COLUMN folder")
    connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '%forgotten%'")
    connection.execute("PRAGMA user_version = 1")
    early = study.path.with_name("early.qualcode")
    with closing(qualcode.project.engine.connect(early, key=ways.key())) as copy:
        connection.backup(copy)
    study.close()
    with qualcode.open(study.path, "AK") as now:
        assert now.check() == []
        (folder / "Ben.txt").write_text("INT: So?\nBenedict: New words.\n")
        assert [document.name for document in bring_in(now, [folder]).added] == ["Ben (2)"]
        now.forget(person="Maureen Quill")
        assert forgotten_since(early, now.path) == ForgottenSince(times=1, files=2)


# -- on the command line


@pytest.fixture
def shell(study, tmp_path, monkeypatch):
    study.close()
    shell = Shell(tmp_path, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


EXPECTED = (
    "This erases Maureen Quill for good. It cannot be undone, nor can anything done before.",
    "1 document: Quill",
    "their own turns in 1 document that others speak in: pair",
    "6 turns, 2 segments, 1 claim, 2 memos, 1 summary",
    "files kept in the project: Quill.txt, pair.txt",
)


def test_a_dry_run_shows_and_erases_nothing(shell):
    assert shell.done("forget", "--person", "Maureen Quill", "--dry-run") == "\n".join(EXPECTED) + "\n"
    told = shell.json("forget", "--person", "Maureen Quill", "--dry-run")
    assert (told["documents"], told["segments"], told["files"]) == (["Quill"], 2, ["Quill.txt", "pair.txt"])
    assert len(shell.json("documents")) == 3


def test_what_will_go_is_shown_before_it_is_asked(shell):
    result = shell("forget", "--person", "maureen quill", typed="no\n")
    assert result.exit_code == 2
    shown = result.stderr
    places = [shown.index(line) for line in (*EXPECTED, "Type the name", "nothing was erased")]
    assert places == sorted(places)
    assert len(shell.json("documents")) == 3


def test_what_was_foreseen_is_said_again_when_it_is_done(shell):
    done = shell.done("forget", "--person", "Maureen Quill", "--yes").splitlines()
    assert done == ["Forgotten: Maureen Quill", *EXPECTED[1:4]]


def test_the_history_tells_in_words_what_was_forgotten(shell):
    shell.done("forget", "--person", "Maureen Quill", "--yes")
    assert "forget  erased 1 document and 1 person, turns in pair" in shell.done("history", "--limit", "1")
    assert "what was removed, renamed or rewritten" in shell.done("forget", "--gone", "--dry-run")
    shell.done("forget", "--gone", "--yes")
    told = shell.done("history", "--limit", "1")
    assert "forget  erased what was removed before" in told
    assert "or --gone" in shell.refused("forget", "--gone", "--person", "Benedict")


def test_yes_takes_the_exact_name_only(shell):
    assert "the name is Maureen Quill" in shell.refused("forget", "--person", "maureen quill", "--yes")
    told = json.loads(shell("forget", "--person", "Maureen Quill", "--yes", "--json").stdout)
    assert (told["documents"], told["shared"], told["passages"]) == (["Quill"], ["pair"], 3)


def test_the_commands_notice_what_was_forgotten(shell):
    shell.done("backup")
    [early] = (shell.folder / "backups").iterdir()
    shell.done("forget", "--person", "Maureen Quill", "--yes")
    dry = shell("import", "interviews", "--dry-run")
    assert "Quill.txt: this file was forgotten on" in dry.stderr
    result = shell("import", "interviews/Quill.txt")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "Quill.txt: this file was forgotten on" in result.stderr
    assert "--again" in result.stderr
    assert shell.done("import", "interviews/Quill.txt", "--again") == "added Quill\n"
    restored = shell("restore", str(early), "--to", "study.qualcode")
    assert restored.exit_code == 0
    assert "something was forgotten 1 time: it is back" in restored.stderr
    assert "2 are in it again" in restored.stderr
    assert "Quill" not in restored.stderr


def test_a_person_whose_words_cannot_be_told_apart_is_refused_before_anything_is_asked(shell):
    with shell.open("AK") as project:
        document = project.documents.add("Notes", "Field notes\n", [])
        for name in ("Maureen Quill", "Benedict"):
            project.documents.set_speaker(document, "", "participant", project.people.get(name).id)
        with pytest.raises(RefusedError):
            project.foresee_forgetting(person="Benedict")
    assert "does not tell" in shell.refused("forget", "--person", "Benedict", "--dry-run")
