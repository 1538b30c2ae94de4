"""`check` finds what is wrong and says where; a sound project has nothing to tell."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import qualcode
from qualcode.errors import TroubleError
from qualcode.project import Project, care, twins, write_once
from qualcode.project.engine import connect
from qualcode.project.schema import LOGGED
from qualcode.project.texts import Source
from tests.builders import a_study, add_interview, rows_of
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with a_study(tmp_path / "study.qualcode") as made:
        made.coders.add("JB")
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
    write_once.lift(connection)
    for statement in statements:
        connection.execute(statement)


def test_a_sound_project_has_nothing_to_tell(project: Project) -> None:
    assert project.check() == []
    assert care.notes(project.store) == []


_OF_A_TEXT = "turns, time stamps or edits are not those"
_OF_THE_LOG = "who did what is not what was written then"


@pytest.mark.parametrize(
    ("statement", "what", "where"),
    [
        ("UPDATE text SET body = 'INT: Whx?' || substr(body, 10) WHERE id = 1", "words are not those", "text 1"),
        ("UPDATE text SET length = length + 1 WHERE id = 1", "characters and not the", "text 1"),
        ("UPDATE original SET bytes = x'00'", "bytes are not those", "original 1"),
        ("UPDATE segment SET guid = x'0102'", "not 16 bytes", "segment 1"),
        ("UPDATE coder SET guid = x'' WHERE id = 1", "not 16 bytes", "coder 1"),
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
        ("UPDATE turn SET speaker = 'INT' WHERE text = 2 AND speaker = 'Ben'", _OF_A_TEXT, "text 2"),
        ("DELETE FROM turn WHERE text = 1 AND number = 4", _OF_A_TEXT, "text 1"),
        ("INSERT INTO cue VALUES (1, 3, 10)", _OF_A_TEXT, "text 1"),
        ("UPDATE text SET edits = '[[0, 1, 2]]' WHERE id = 2", _OF_A_TEXT, "text 2"),
        ("UPDATE action SET coder = (SELECT id FROM coder WHERE short = 'JB') WHERE id = 5", _OF_THE_LOG, "action 5"),
        ("UPDATE action SET verb = 'undo' WHERE id = 5", _OF_THE_LOG, "action 5"),
        ("UPDATE action SET reverses = 4 WHERE id = 5", _OF_THE_LOG, "action 5"),
        ("UPDATE action SET at = '2020-01-01T00:00:00.000+00:00' WHERE id = 5", _OF_THE_LOG, "action 5"),
        ("DELETE FROM action WHERE id = 5", "the log knows what it wrote", "action 5"),
        ("DELETE FROM codebook_version", "a definition knows it", "codebook version 3"),
        ("DELETE FROM codebook_version WHERE number = 2", "a later one", "codebook version 2"),
    ],
)
def test_each_fault_is_found_and_placed(project: Project, statement: str, what: str, where: str) -> None:
    break_it(project, statement)
    assert any(what in problem.what and problem.where == where for problem in project.check()), project.check()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE turn SET speaker = 'INT' WHERE speaker = 'Ben'",
        "DELETE FROM turn",
        "UPDATE text SET edits = ''",
        "DELETE FROM text",
        "UPDATE original SET bytes = NULL",
        "DELETE FROM cue",
        "UPDATE action SET verb = 'x'",
        "DELETE FROM action",
        "DELETE FROM codebook_version",
        "UPDATE coder SET short = 'ZZ'",
    ],
)
def test_what_is_written_once_is_not_changed_even_inside_an_action(project: Project, statement: str) -> None:
    project.documents.add("C", "Hello.\n", [], cues=[(0, 0)])
    with pytest.raises(sqlite3.IntegrityError, match="is written once"):
        project.store.connection.execute(statement)
    with pytest.raises(TroubleError, match="is written once"), project.action("change"):
        project.store.connection.execute(statement)
    assert project.check() == []


def made_older(path: Path) -> None:
    """The project file as the version before made it (schema 8)."""
    with closing(connect(path)) as connection:
        write_once.lift(connection)
        for table in ("text", "action"):
            connection.execute(f"ALTER TABLE {table} DROP COLUMN digest")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '009%'")
        connection.execute("PRAGMA user_version = 8")


def test_a_project_of_the_version_before_is_vouched_for_from_now_on(project: Project) -> None:
    project.history.undo()
    project.documents.revise(project.documents.get("B"), [(5, 8, "Then")], "heard again")
    before = rows_of(project)
    project.close()
    made_older(project.path)
    with qualcode.open(project.path, "AK") as opened:
        assert opened.check() == []
        assert rows_of(opened) == before
        with pytest.raises(sqlite3.IntegrityError, match="is written once"):
            opened.store.connection.execute("DELETE FROM turn")
        opened.history.undo()
        assert opened.check() == []


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
