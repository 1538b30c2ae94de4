"""`check` finds what is wrong and says where; a sound project has nothing to tell."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import qualcode
from qualcode.project import Project, care, twins
from qualcode.project.schema import LOGGED
from qualcode.project.texts import Source
from tests.builders import a_study, add_interview
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with a_study(tmp_path / "study.qualcode") as made:
        add_interview(made, "B", ("INT", "So?"), ("Ben", "No."), source=Source("b.txt", "txt", "utf-8", b"So? No."))
        made.segments.add("A-SU1", "P3", quote="I went home")
        made.claims.add("A-SU1", "M2a", "P3", quote="I went home")
        yield made


def break_it(project: Project, *statements: str) -> None:
    """Write past the triggers and references, as a careless program would."""
    connection = project.store.connection
    connection.execute("PRAGMA foreign_keys = OFF")
    connection.execute("PRAGMA recursive_triggers = OFF")
    for table in LOGGED:
        for event in ("insert", "update", "delete"):
            connection.execute(f"DROP TRIGGER log_{table}_{event}")
    for statement in statements:
        connection.execute(statement)


def test_a_sound_project_has_nothing_to_tell(project: Project) -> None:
    assert project.check() == []
    assert care.notes(project.store) == []


@pytest.mark.parametrize(
    ("statement", "what", "where"),
    [
        ("UPDATE text SET body = 'INT: Whx?' || substr(body, 10) WHERE id = 1", "words are not those", "text 1"),
        ("UPDATE text SET length = length + 1 WHERE id = 1", "characters and not the", "text 1"),
        ("UPDATE original SET bytes = x'00'", "bytes are not those", "original 1"),
        ("UPDATE segment SET guid = x'0102'", "not 16 bytes", "segment 1"),
        ("UPDATE coder SET guid = x''", "not 16 bytes", "coder 1"),
        ("UPDATE segment SET end = 5000", "within the present text", "segment 1"),
        ("UPDATE claim SET text = 2", "within the present text", "claim 1"),
        ("UPDATE document SET text = 1 WHERE id = 2", "another document's", "document 2"),
        ("UPDATE turn SET end = end + 1 WHERE text = 1 AND number = 1", "overlaps the turn before", "turn 2 of text 1"),
        ("UPDATE turn SET end = 5000 WHERE text = 2 AND number = 2", "does not fit its text", "turn 2 of text 2"),
        ("INSERT INTO cue VALUES (1, 5000, 0)", "outside its text", "position 5000 of text 1"),
        ("INSERT INTO cue VALUES (77, 1, 0)", "outside its text", "position 1 of text 77"),
        ("INSERT INTO turn VALUES (77, 1, 0, 1, 0, 'P')", "does not fit its text", "turn 1 of text 77"),
        ("UPDATE segment SET code = 99", "refers to a code that is not there", "segment 1"),
        ("UPDATE segment SET code = 1", "another code's definition", "segment 1"),
        ("UPDATE code SET parent = id WHERE id = 3", "below itself", "code 3"),
        ("UPDATE code SET merged_into = 4 - id WHERE id IN (1, 3)", "below itself", "code 1"),
        ("INSERT INTO \"case\"(id, guid, name, parent) VALUES (9, randomblob(16), 'Z', 9)", "inside itself", "case 9"),
        ("DELETE FROM definition WHERE code = 3", "has no definition", "code 3"),
        ("DELETE FROM segment", "the log and the rows differ in 1 place", "segment"),
        ("UPDATE segment SET negative = 1", "the log and the rows differ in 2 places", "segment"),
        ("INSERT INTO open_action VALUES (1, 1)", "left open", "the log"),
    ],
)
def test_each_fault_is_found_and_placed(project: Project, statement: str, what: str, where: str) -> None:
    break_it(project, statement)
    assert any(what in problem.what and problem.where == where for problem in project.check()), project.check()


def test_a_spoilt_page_is_told_and_not_a_traceback(project: Project) -> None:
    (root,) = project.store.row("SELECT rootpage FROM sqlite_master WHERE name = 'segment_place'")
    size = int(project.store.value("PRAGMA page_size"))  # SQLCipher says it as a text
    project.close()
    data = bytearray(project.path.read_bytes())
    data[(root - 1) * size : root * size] = b"\xa5" * size
    project.path.write_bytes(data)
    with qualcode.open(project.path) as spoilt:
        problems = spoilt.check()
    assert problems
    assert {problem.where for problem in problems} == {"the file"}


def test_words_of_documents_no_longer_there_are_told_but_are_no_problem(project: Project) -> None:
    project.documents.remove(project.documents.get("B"))
    assert project.check() == []
    (note,) = care.notes(project.store)
    assert note.startswith("The words of 1 document that is no longer in the project are kept")


def test_check_looks_at_one_moment_and_leaves_nothing_behind(project: Project) -> None:
    with qualcode.open(project.path, "BK") as other:
        assert other.check() == []
        assert not other.store.connection.in_transaction
        project.segments.add("A-SU1", "X", quote="slept")
        assert len(other.segments.find()) == 2


def test_a_column_that_a_migration_adds_does_not_upset_log_or_undo(project: Project) -> None:
    connection = project.store.connection
    project.segments.remove(project.segments.find())
    connection.execute("ALTER TABLE segment ADD COLUMN weight INTEGER NOT NULL DEFAULT 1")
    twins.lay(connection)
    assert [problem.where for problem in project.check()] == ["table segment"]  # no migration makes it so yet
    project.history.undo()
    assert project.store.rows("SELECT weight FROM segment") == [(1,)]
    assert [problem.where for problem in project.check()] == ["table segment"]


@pytest.mark.parametrize(
    ("statement", "where", "what"),
    [
        ("DROP TRIGGER log_segment_insert", "trigger log_segment_insert", "missing"),
        ("CREATE TRIGGER spy AFTER INSERT ON memo BEGIN DELETE FROM cue; END", "trigger spy", "not qualcode's"),
        ("DROP INDEX segment_place", "index segment_place", "missing"),
        ("DROP VIEW claims", "view claims", "missing"),
        ("ALTER TABLE original ADD COLUMN x TEXT", "table original", "not the one that qualcode gave it"),
        ("ALTER TABLE log_memo ADD COLUMN x TEXT", "table log_memo", "not those of memo"),
    ],
)
def test_a_changed_schema_is_told(project: Project, statement: str, where: str, what: str) -> None:
    project.store.connection.execute(statement)
    (problem,) = project.check()
    assert problem.where == where
    assert what in problem.what


def test_a_trigger_that_was_changed_is_told(project: Project) -> None:
    connection = project.store.connection
    connection.execute("DROP TRIGGER log_memo_insert")
    connection.execute("CREATE TRIGGER log_memo_insert AFTER INSERT ON memo BEGIN SELECT 1; END")
    assert [problem.where for problem in project.check()] == ["trigger log_memo_insert"]


def test_a_table_whose_rules_were_changed_is_told(project: Project) -> None:
    connection = project.store.connection
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute(
        "UPDATE sqlite_schema SET sql = replace(sql, ', CHECK (start < end)', '') WHERE name = 'segment'"
    )
    connection.execute("PRAGMA writable_schema = OFF")
    project.close()
    with qualcode.open(project.path) as changed:
        (problem,) = changed.check()
    assert problem == care.Problem("its definition is not the one that qualcode gave it", "table segment")


def test_a_view_that_was_changed_is_told_and_tables_of_others_are_not(project: Project) -> None:
    connection = project.store.connection
    connection.execute("DROP VIEW claims")
    connection.execute("CREATE VIEW claims AS SELECT 1")
    connection.execute("CREATE TABLE mine(x)")
    connection.execute("ANALYZE")
    assert [problem.where for problem in project.check()] == ["view claims"]
