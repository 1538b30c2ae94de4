"""A project that may be read and not written, as from an archive or a colleague's folder; and an empty file."""

import os

import pytest

from tests.command_line import Shell, a_study
from tests.permissions import ARE_THERE, NOBODY, open_folder, somebody_whom_permissions_bind, taken_away
from tests.ways import BOTH_WAYS

pytestmark = [BOTH_WAYS, ARE_THERE]


@pytest.fixture
def folder():
    with open_folder() as made:
        yield made


@pytest.fixture
def shell(folder, monkeypatch):
    with a_study(folder) as project:
        project.segments.add("A-SU1", "M2a", lines=(2, 2))
    (folder / "b.txt").write_text("INT: And?\nBen: No.\nINT: Sure?\nBen: Yes.\n", encoding="utf-8")
    shell = Shell(folder, monkeypatch)
    monkeypatch.setenv("QUALCODE_CODER", "AK")
    return shell


READING = (
    "segments", "show A-SU1", "documents", "cases", "codebook", "claim", "memo", "history", "table change-model",
    "import b.txt --dry-run",
)  # fmt: skip


@pytest.mark.parametrize(("file_mode", "folder_mode"), [(0o400, 0o700), (0o600, 0o500), (0o400, 0o500)])
def test_what_may_only_be_read_is_read_and_a_plain_error_tells_of_writing(shell, folder, file_mode, folder_mode):
    taken_away(folder, file_mode, folder_mode)
    before = sorted(folder.iterdir())
    with somebody_whom_permissions_bind():
        for words in READING:
            shell.done(*words.split()) if words != "codebook" else shell.done("codebook", "show")
        result = shell("code", "A-SU1", "4", "P3")
        assert shell.json("check")["sound"]
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr
    assert "permissions" in result.stderr
    assert sorted(folder.iterdir()) == before  # nothing is left beside it that would lock others out


def test_a_project_that_is_open_for_writing_elsewhere_is_read_with_its_last_actions(shell, folder):
    with shell.open("AK") as project:
        project.segments.add("A-SU1", "P3", lines=(4, 4))
        if os.geteuid() == 0:
            for path in folder.iterdir():
                os.chown(path, NOBODY, NOBODY)
        taken_away(folder, 0o400, 0o700)
        with somebody_whom_permissions_bind():
            assert len(shell.json("segments")) == 2


def test_a_table_is_written_from_a_project_that_cannot_remember_it(shell, folder):
    taken_away(folder, 0o400, 0o700)
    with somebody_whom_permissions_bind():
        result = shell("table", "change-model", "--out", "m.md")
    assert result.exit_code == 0
    assert "Wrote m.md" in result.stdout
    assert "forget cannot name it" in result.stderr


def test_an_empty_file_points_to_the_backups(shell, folder):
    (folder / "study.qualcode").write_bytes(b"")
    said = shell.refused("segments")
    assert "0 bytes" in said
    assert "qualcode restore" in said


def test_a_project_of_an_older_version_says_where_to_bring_it_up_to_date(shell, folder, tmp_path):
    with shell.open("AK") as project:
        for table in ("quote", "log_quote", "known_name", "log_known_name", "milestone", "log_milestone"):
            project.store.connection.execute(f"DROP TABLE {table}")
        project.store.connection.execute(
            "DELETE FROM _sqlite_migrations WHERE name BETWEEN '003' AND '006' OR name LIKE '007%'"
        )
        project.store.connection.execute("PRAGMA user_version = 2")
    taken_away(folder, 0o400, 0o500)
    before = sorted(folder.iterdir())
    with somebody_whom_permissions_bind():
        said = shell.refused("documents")
    assert "older version" in said
    assert "qualcode restore study.qualcode --to FOLDER/study.qualcode" in said
    assert sorted(folder.iterdir()) == before
    shell.done("restore", "study.qualcode", "--to", str(tmp_path / "study.qualcode"))
    shell.done("documents", "--project", str(tmp_path / "study.qualcode"))


def test_what_forget_would_take_is_shown_without_writing(shell, folder, monkeypatch):
    taken_away(folder, 0o400, 0o500)
    monkeypatch.delenv("QUALCODE_CODER")
    before = sorted(folder.iterdir())
    with somebody_whom_permissions_bind():
        assert "1 document: A-SU1" in shell.done("forget", "--person", "A-SU1", "--dry-run")
        assert "nobody is named as the coder" in shell.refused("forget", "--person", "A-SU1")
        monkeypatch.setenv("QUALCODE_CODER", "AK")
        refused = shell("forget", "--person", "A-SU1", "--yes")
    assert (refused.exit_code, "cannot be written" in refused.stderr) == (1, True)
    assert sorted(folder.iterdir()) == before
