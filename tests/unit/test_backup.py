"""Backups are whole, private and dated; restoring never overwrites and never trusts."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

import qualcode
from qualcode import cache
from qualcode.errors import InputError, ProjectFileError, RefusedError
from qualcode.project import Project, backups, migrations, restore
from qualcode.project.engine import connect
from qualcode.project.schema import APPLICATION_ID
from tests.builders import a_study, add_interview, rows_of
from tests.command_line import Shell
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with a_study(tmp_path / "study.qualcode") as made:
        yield made


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def age(backup: Path, date: str, number: int = 0) -> Path:
    """The backup as one made then would be called."""
    return backup.rename(backup.with_name(f"study-{date}-{number:06}.qualcode"))


def test_a_backup_is_a_whole_project_that_only_its_owner_reads(project: Project) -> None:
    made = project.backup()
    assert made.parent == project.path.parent / "backups"
    assert backups.backups_of(project.path) == [made]
    assert (made.stat().st_mode & 0o777, made.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert names(made.parent) == [made.name]
    with qualcode.open(made) as copy:
        assert rows_of(copy) == rows_of(project)
        assert copy.check() == []


def test_a_backup_holds_what_stands_in_the_log_beside_the_file_only(project: Project) -> None:
    project.segments.add("A-SU1", "P3", quote="I went home")
    with closing(connect(project.backup())) as copy:
        assert copy.execute("SELECT count(*) FROM segment").fetchone() == (1,)


def test_backups_of_the_same_second_do_not_overwrite_each_other(project: Project) -> None:
    made = [project.backup() for _ in range(3)]
    assert len(set(made)) == 3
    assert backups.backups_of(project.path) == made


def test_a_backup_is_not_made_inside_an_action_nor_where_one_cannot_write(project: Project, tmp_path: Path) -> None:
    with pytest.raises(RefusedError), project.action("something"):
        project.backup()
    (tmp_path / "file").write_text("x")
    with pytest.raises(InputError):
        project.backup(tmp_path / "file")


def test_daily_at_most_and_only_if_something_was_done(project: Project) -> None:
    first = backups.backup_if_due(project.store, project.path)
    assert first is not None
    project.memos.add("a thought")
    assert backups.backup_if_due(project.store, project.path) is None  # there is one of today
    age(first, "2024-05-01")
    second = backups.backup_if_due(project.store, project.path)
    assert second is not None
    age(second, "2024-05-02")
    assert backups.backup_if_due(project.store, project.path) is None  # nothing was done since
    project.memos.add("another")
    assert backups.backup_if_due(project.store, project.path) is not None


def test_ten_and_one_a_month_are_kept_and_nothing_of_another_project(project: Project) -> None:
    folder = project.backup().parent
    for month in range(1, 5):
        for day in range(1, 5):
            age(project.backup(), f"2024-{month:02}-{day:02}")
    others = ("study-2-2024-01-01-000000.qualcode", "notes.txt", "study-2024-01-01.qualcode")
    for other in others:
        (folder / other).write_text("another's")
    backups.prune(project.path)
    kept = [each.name[6:16] for each in backups.backups_of(project.path)]
    monthly = ["2024-01-04", "2024-02-04"]
    newest = [f"2024-{month:02}-{day:02}" for month in (2, 3, 4) for day in range(1, 5)][3:]
    assert kept == [*sorted({*monthly, *newest}), f"{datetime.now(UTC):%Y-%m-%d}"]
    assert set(others) <= set(names(folder))


def test_a_backup_is_made_before_a_file_is_migrated(project: Project) -> None:
    project.store.connection.execute("PRAGMA user_version = 0")
    before = rows_of(project)
    project.close()
    with qualcode.open(project.path) as migrated:
        assert migrated.check() == []
    (made,) = backups.backups_of(project.path)
    with closing(connect(made)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (0,)
        assert copy.execute("SELECT * FROM segment ORDER BY id").fetchall() == before["segment"]


def test_restore_brings_everything_back_and_moves_the_present_file_aside(project: Project) -> None:
    made, before = project.backup(), rows_of(project)
    project.memos.add("later")
    after = rows_of(project)
    project.close()
    aside = restore(made, project.path)
    assert aside is not None
    assert aside.parent == project.path.parent
    with qualcode.open(project.path) as restored, qualcode.open(aside) as moved:
        assert rows_of(restored) == before
        assert rows_of(moved) == after
        assert restored.check() == moved.check() == []
    assert project.path.stat().st_mode & 0o777 == 0o600
    assert made.exists()


def test_of_texts_that_a_restored_project_does_not_know_nothing_stays_in_the_cache(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUALCODE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setattr(cache, "_in_memory", {})
    made = project.backup()
    add_interview(project, "B", ("INT", "And you?"), ("Ben", "Nothing."))
    for digest in project.documents.digests().values():
        cache.keep(digest, "parsed", b"their words")
    project.close()
    restore(made, project.path)
    assert cache.size().texts == 0
    assert not any(cache._in_memory.values())


def test_the_last_actions_of_a_crashed_project_go_aside_with_it(project: Project, tmp_path: Path) -> None:
    made = project.backup()
    project.memos.add("only in the log beside the file")
    crashed = tmp_path / "crashed.qualcode"
    for suffix in ("", "-wal"):  # as a killed program leaves them
        Path(f"{crashed}{suffix}").write_bytes(Path(f"{project.path}{suffix}").read_bytes())
    aside = restore(made, crashed)
    assert aside is not None
    with qualcode.open(aside) as moved, qualcode.open(crashed) as restored:
        assert [memo.body for memo in moved.memos.find()] == ["only in the log beside the file"]
        assert restored.memos.find() == []
    assert not Path(f"{crashed}-wal").exists()


def test_a_damaged_present_file_is_moved_aside_as_it_is(project: Project, tmp_path: Path) -> None:
    made = project.backup()
    torn = tmp_path / "torn.qualcode"
    torn.write_bytes(project.path.read_bytes()[:5000])
    Path(f"{torn}-wal").write_bytes(b"leftover")
    aside = restore(made, torn)
    assert aside is not None
    assert len(aside.read_bytes()) == 5000
    assert not Path(f"{torn}-wal").exists()  # it would be taken for the restored file's
    with qualcode.open(torn) as restored:
        assert restored.check() == []


def test_a_project_that_was_lost_is_restored_to_its_place(project: Project) -> None:
    made = project.backup()
    project.close()
    project.path.unlink()
    assert restore(made, project.path) is None
    with qualcode.open(project.path) as restored:
        assert restored.check() == []


def test_a_project_in_use_is_not_replaced(project: Project) -> None:
    made, before = project.backup(), names(project.path.parent)
    with pytest.raises(RefusedError, match="open in another program"):
        restore(made, project.path)
    assert names(project.path.parent) == before
    assert project.memos.add("still works").body == "still works"


@pytest.mark.parametrize("kept", [0, 10, 60, 4096, 30_000, -1])
def test_a_backup_cut_short_is_refused(project: Project, tmp_path: Path, kept: int) -> None:
    made = project.backup()
    made.write_bytes(made.read_bytes()[:kept])
    with pytest.raises(ProjectFileError):
        restore(made, tmp_path / "new.qualcode")
    assert not (tmp_path / "new.qualcode").exists()


def test_a_backup_with_a_spoilt_page_is_refused_and_the_present_file_stays(project: Project) -> None:
    made = project.backup()
    project.close()
    data = bytearray(made.read_bytes())
    data[len(data) // 2 : len(data) // 2 + 4096] = b"\xa5" * 4096
    made.write_bytes(data)
    before = project.path.read_bytes()
    with pytest.raises(ProjectFileError, match="damaged"):
        restore(made, project.path)
    assert project.path.read_bytes() == before
    assert names(project.path.parent) == ["backups", "study.qualcode"]


def test_what_is_not_ours_newer_or_the_project_itself_is_refused(project: Project, tmp_path: Path) -> None:
    foreign, newer = tmp_path / "foreign.db", tmp_path / "newer.qualcode"
    for path, application, version in ((foreign, 0, 1), (newer, APPLICATION_ID, 99)):
        with closing(connect(path)) as connection:
            connection.execute(f"PRAGMA application_id = {application}")
            connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("CREATE TABLE t(x)")
    (tmp_path / "text.qualcode").write_text("not a database")
    project.close()
    for source in (foreign, newer, tmp_path / "text.qualcode", tmp_path / "missing.qualcode", tmp_path):
        with pytest.raises(ProjectFileError):
            restore(source, project.path)
    with pytest.raises(RefusedError, match="is the project file itself"):
        restore(project.path, project.path)
    with pytest.raises(RefusedError, match="a folder"):
        restore(project.path, tmp_path)
    with qualcode.open(project.path) as still:
        assert still.check() == []


def test_backups_elsewhere_are_remembered_as_long_as_they_are_kept(project: Project, tmp_path: Path) -> None:
    project.backup()
    assert project.store.rows("SELECT path FROM export") == []  # those beside the project are found there
    kept = project.backup(tmp_path / "kept")
    first = backups.backup_if_due(project.store, project.path, tmp_path / "daily")
    assert first is not None
    for day in range(1, 13):
        project.memos.add("a thought")
        first.with_name(f"study-2024-05-{day:02}-000000.qualcode").write_bytes(b"older")
    oldest = str(first.with_name("study-2024-05-01-000000.qualcode"))
    project.store.connection.execute("UPDATE export SET path = ? WHERE path = ?", (oldest, str(first)))
    first.unlink()
    made = backups.backup_if_due(project.store, project.path, tmp_path / "daily")
    assert [path for (path,) in project.store.rows("SELECT path FROM export ORDER BY id")] == [str(kept), str(made)]


def spoil(path: Path) -> None:
    """Change letters of a stored text, which SQLite cannot notice."""
    with closing(connect(path)) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            sql = connection.execute("SELECT sql FROM sqlite_master WHERE name = ?", (trigger,)).fetchone()[0]
            if " ON text" in sql or ' ON "text"' in sql:
                connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute("UPDATE text SET body = 'Xyz' || substr(body, 4) WHERE id = 1")


def test_a_backup_whose_words_were_changed_is_refused_unless_forced(project: Project) -> None:
    made = project.backup()
    project.close()
    spoil(made)
    before = project.path.read_bytes()
    with pytest.raises(ProjectFileError, match="text 1: its words are not those that were stored"):
        restore(made, project.path)
    assert project.path.read_bytes() == before
    restore(made, project.path, even_unsound=True)
    with qualcode.open(project.path) as unsound:
        assert unsound.check() != []


def test_a_backup_of_an_unsound_project_is_made_and_said_to_be_so(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.close()
    spoil(project.path)
    shell = Shell(tmp_path, monkeypatch)
    result = shell("backup")
    assert result.exit_code == 1
    assert "NOT SOUND" in result.stderr
    assert "text 1: its words are not those that were stored" in result.stderr
    made = Path(result.stdout.removeprefix("Wrote ").strip())
    assert "not sound" in shell.refused("restore", str(made), "--to", "new.qualcode")
    shell.done("restore", str(made), "--to", "new.qualcode", "--force")


def made_older(path: Path) -> None:
    """The project file as a qualcode that had no name list left it (schema 4)."""
    with closing(connect(path)) as connection:
        connection.execute("DROP TABLE log_known_name")
        connection.execute("DROP TABLE known_name")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name LIKE '005%'")
        connection.execute("PRAGMA user_version = 4")


def test_an_older_backup_comes_back_as_it_was_and_nothing_is_left_behind(project: Project, tmp_path: Path) -> None:
    made = project.backup()
    project.close()
    made_older(made)
    to = tmp_path / "new" / "study.qualcode"
    restore(made, to)
    assert names(to.parent) == ["study.qualcode"]
    assert names(made.parent) == [made.name]
    with closing(connect(to)) as copy:
        assert copy.execute("PRAGMA user_version").fetchone() == (4,)
    with qualcode.open(to) as restored:
        assert restored.check() == []


def test_an_older_backup_whose_words_were_changed_is_refused_unless_forced(project: Project, tmp_path: Path) -> None:
    made = project.backup()
    project.close()
    made_older(made)
    spoil(made)
    before = made.read_bytes()
    to = tmp_path / "new" / "study.qualcode"
    with pytest.raises(ProjectFileError, match="text 1: its words are not those that were stored"):
        restore(made, to)
    assert names(to.parent) == []
    assert made.read_bytes() == before
    restore(made, to, even_unsound=True)
    assert names(to.parent) == ["study.qualcode"]


def test_an_older_backup_that_cannot_be_brought_up_to_date_is_refused(project: Project, tmp_path: Path) -> None:
    made = project.backup()
    project.close()
    made_older(made)
    with closing(connect(made)) as connection:
        connection.execute("CREATE TABLE known_name(x)")
    with pytest.raises(ProjectFileError, match="known_name"):
        restore(made, tmp_path / "new" / "study.qualcode")
    assert names(tmp_path / "new") == []


def test_the_passing_copy_of_an_older_backup_is_its_owners_only(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = project.backup()
    project.close()
    made_older(made)
    to = tmp_path / "new" / "study.qualcode"
    seen = []
    migrate = migrations.migrate

    def watched(connection: sqlite3.Connection, version: int) -> None:
        seen.extend((path.name, path.stat().st_mode & 0o777) for path in to.parent.iterdir())
        migrate(connection, version)

    monkeypatch.setattr(migrations, "migrate", watched)
    restore(made, to)
    assert [mode for _, mode in seen] == [0o600]
