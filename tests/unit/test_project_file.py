"""Strange files are refused with a reason and left untouched; ours are private and appear whole or not at all."""

import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

import qualcode
from qualcode.errors import InputError, NoCoderError, ProjectFileError, RefusedError, TroubleError
from qualcode.project import Project
from qualcode.project.backups import backups_of
from qualcode.project.engine import connect
from qualcode.project.file import place_of
from qualcode.project.schema import APPLICATION_ID, STEPS
from tests import ways
from tests.builders import a_study
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    with a_study(tmp_path / "study.qualcode") as made:
        yield made


def refused(path: Path) -> str:
    """The message; the file and the folder are as they were."""
    before = {each: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}
    with pytest.raises(ProjectFileError) as caught:
        qualcode.open(path)
    after = {each: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}
    assert {each: data for each, data in after.items() if data} == {each: data for each, data in before.items() if data}
    assert str(path) in str(caught.value)
    return str(caught.value)


def make_database(path: Path, application: int, version: int) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id = {application}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("CREATE TABLE source(words TEXT)")


def test_a_project_of_a_newer_qualcode_is_refused_untouched(tmp_path: Path) -> None:
    make_database(tmp_path / "new.qualcode", APPLICATION_ID, 99)
    assert "newer qualcode (schema 99" in refused(tmp_path / "new.qualcode")


def test_a_project_that_went_through_a_step_unknown_here_is_refused_untouched(project: Project) -> None:
    step = "INSERT INTO _sqlite_migrations(migration_set, name, applied_at) VALUES ('qualcode', '099 weights', 'now')"
    project.store.connection.execute(step)
    path = project.path
    project.close()
    if ways.key() is None:
        assert "newer qualcode (step '099 weights')" in refused(path)
    with pytest.raises(ProjectFileError, match="newer qualcode"):
        qualcode.open(path, passphrase=ways.key())


def test_every_step_that_a_new_project_goes_through_is_known(project: Project) -> None:
    steps = [name for (name,) in project.store.rows("SELECT name FROM _sqlite_migrations ORDER BY id")]
    assert tuple(steps) == STEPS


def test_another_programs_database_is_refused_untouched(tmp_path: Path) -> None:
    make_database(tmp_path / "data.qda", 0, 5)
    assert "another program" in refused(tmp_path / "data.qda")


@pytest.mark.parametrize("data", [b"", b"INT: So?\n", b"PK\3\4", "INT: \u00e9".encode("utf-16"), b"SQLite format 2\0"])
def test_a_file_that_is_no_database_is_refused_with_the_way_in(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "interview.txt").write_bytes(data)
    assert "qualcode import" in refused(tmp_path / "interview.txt")


def test_nothing_and_a_folder_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    assert "folder" in refused(tmp_path / "folder")
    assert "qualcode new" in refused(tmp_path / "missing.qualcode")
    assert "qualcode new" in refused(tmp_path / "no" / "such.qualcode") if (tmp_path / "no").is_dir() else True


@pytest.mark.parametrize("kept", [16, 50, 100, 511, 4095, 4096, 10_000, 0.5, -4096, -1])
def test_a_file_cut_short_is_refused_with_the_way_to_a_backup(project: Project, tmp_path: Path, kept: float) -> None:
    project.close()
    data = project.path.read_bytes()
    length = int(len(data) * kept) if isinstance(kept, float) else kept
    folder = tmp_path / "cut"
    folder.mkdir()
    (folder / "cut.qualcode").write_bytes(data[:length])
    message = refused(folder / "cut.qualcode")
    assert "damaged or cut short" in message
    assert "qualcode restore" in message


def test_a_spoilt_page_met_while_reading_is_told_in_words(project: Project) -> None:
    (root,) = project.store.row("SELECT rootpage FROM sqlite_master WHERE name = 'document'")
    project.close()
    data = bytearray(project.path.read_bytes())
    data[(root - 1) * 4096 : root * 4096] = b"\xa5" * 4096
    project.path.write_bytes(data)
    with qualcode.open(project.path) as spoilt, pytest.raises(TroubleError, match="damaged"):
        spoilt.documents.all()


def test_a_file_that_another_program_holds_is_busy_and_not_damaged(project: Project, monkeypatch) -> None:
    monkeypatch.setattr("qualcode.project.engine.WAIT", 0.05)
    project.close()
    with closing(connect(project.path)) as holder:
        holder.execute("PRAGMA locking_mode = EXCLUSIVE")
        holder.execute("BEGIN EXCLUSIVE")
        with pytest.raises(TroubleError, match="another program"):
            qualcode.open(project.path)
        holder.execute("ROLLBACK")


_AS_NOBODY = """
import os, sys
sys.path[:0] = {path!r}
from pathlib import Path
import qualcode, qualcode.project.file, qualcode.project.migrations  # what is not loaded yet nobody may read
from qualcode.errors import QualcodeError
if os.getuid() == 0:
    os.setgid(65534), os.setuid(65534)
for act in (lambda: qualcode.open({place!r}), lambda: qualcode.new({place!r} + "2", "AK")):
    try:
        act()
    except QualcodeError as error:
        print(type(error).__name__, error.what)
"""


@pytest.mark.skipif(os.name != "posix", reason="permissions of another kind")
def test_a_file_moved_while_it_is_open_is_not_written_until_it_is_back_and_has_all_that_was(project: Project) -> None:
    path, moved = project.path, project.path.with_name("moved.qualcode")
    project.codes.add("B", "Before")
    path.rename(moved)
    with pytest.raises(TroubleError, match="is no longer where it was opened"):
        project.codes.add("L", "Lost")
    moved.rename(path)
    project.codes.add("A", "After")
    path.rename(moved)
    project.close()
    with qualcode.open(moved) as there:
        assert {code.short for code in there.codes} == {"M2a", "P3", "X", "B", "A"}


def test_a_file_that_came_into_its_place_is_not_written_and_stays_sound(project: Project, tmp_path: Path) -> None:
    with a_study(tmp_path / "other.qualcode") as other:
        other.codes.add("O", "Other's")
    project.codes.add("B", "Before")
    (tmp_path / "other.qualcode").replace(project.path)
    for _ in range(2):
        with pytest.raises(TroubleError, match="is no longer where it was opened") as caught:
            project.codes.add("L", "Lost")
    project.close()
    with qualcode.open(project.path) as there:
        assert {code.short for code in there.codes} == {"M2a", "P3", "X", "O"}
        assert there.check() == []
    (kept,) = backups_of(project.path)
    assert str(kept) in caught.value.remedy
    assert short_names_in(kept) == {"M2a", "P3", "X", "B"}


def test_what_was_done_in_a_file_that_a_synced_folder_wrote_anew_is_kept(project: Project, tmp_path: Path) -> None:
    project.codes.add("B", "Before")
    (tmp_path / "same").write_bytes(project.path.read_bytes())  # the words of the last actions stand in the -wal
    (tmp_path / "same").replace(project.path)
    project.close()
    (kept,) = backups_of(project.path)
    assert "B" in short_names_in(kept)


def test_where_no_copy_of_a_replaced_file_can_be_made_it_is_said_and_tried_again(project: Project) -> None:
    project.codes.add("B", "Before")
    folder = project.path.with_name("backups")
    folder.write_text("in the way")
    project.path.with_name("same").write_bytes(project.path.read_bytes())
    project.path.with_name("same").replace(project.path)
    with pytest.raises(TroubleError, match="is no longer where it was opened") as caught:
        project.codes.add("L", "Lost")
    assert "no backup can be made here" in caught.value.remedy
    folder.unlink()
    project.close()
    assert "B" in short_names_in(*backups_of(project.path))


def short_names_in(path: Path) -> set[str]:
    with qualcode.open(path) as project:
        return {code.short for code in project.codes}


def test_a_folder_one_may_not_enter_is_told_in_words(tmp_path: Path) -> None:
    locked = tmp_path / "locked"
    locked.mkdir()
    place = locked / "study.qualcode"
    place.write_bytes(b"")
    locked.chmod(0)
    try:
        script = _AS_NOBODY.format(path=[each or str(Path.cwd()) for each in sys.path], place=str(place))
        run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    finally:
        locked.chmod(0o700)
    assert run.stderr == ""
    first, second = run.stdout.splitlines()
    assert first == "ProjectFileError it cannot be read (Permission denied)"
    assert second == "InputError no project can be made here (Permission denied)"


def test_the_file_and_those_beside_it_are_the_owners_only_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        with a_study(tmp_path / "study.qualcode") as project:
            project.memos.add("a thought")
            backup = project.backup()
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir() if each.is_file()}
            modes["backup"] = stat.S_IMODE(backup.stat().st_mode)
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(("study.qualcode", "study.qualcode-wal", "study.qualcode-shm", "backup"), 0o600)


@pytest.mark.parametrize(("arrived", "kept"), [(0o644, 0o600), (0o604, 0o600), (0o664, 0o660), (0o600, 0o600)])
def test_a_file_that_arrives_open_to_others_is_made_private_and_this_is_told_once(
    project: Project, arrived: int, kept: int
) -> None:
    project.close()
    project.path.chmod(arrived)
    told: list[str] = []
    for _ in range(2):
        with qualcode.open(project.path, "AK", announce=told.append) as opened:
            opened.memos.add("a thought")
            beside = [each for each in project.path.parent.iterdir() if each.name.startswith("study.qualcode")]
            assert {stat.S_IMODE(each.stat().st_mode) for each in beside} == {kept}
    assert ["could be read by others" in each for each in told] == [True] * (arrived != kept)


def test_a_file_of_somebody_else_stays_as_it_is_and_one_is_warned(project: Project, monkeypatch) -> None:
    project.close()
    project.path.chmod(0o644)

    def forbidden(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "chmod", forbidden)
    told: list[str] = []
    with qualcode.open(project.path, "AK", announce=told.append) as opened:
        opened.memos.add("a thought")
    assert ["only its owner can change that" in each for each in told] == [True]


def test_projects_of_one_name_in_two_folders_do_not_meet(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
    with a_study(tmp_path / "one" / "s.qualcode") as one, a_study(tmp_path / "two" / "s.qualcode", "BK") as two:
        one.memos.add("in one")
        assert two.memos.find() == []
        assert one.backup().parent != two.backup().parent
        assert one.check() == two.check() == []


@pytest.mark.parametrize("name", ["a b.qualcode", "100%.qualcode", "what?#x=1.qualcode", "é😀'\".qualcode", "file:x"])
def test_a_project_may_have_any_name(tmp_path: Path, name: str) -> None:
    with a_study(tmp_path / name) as project:
        project.memos.add("here")
        assert project.backup().exists()
    with qualcode.open(tmp_path / name) as again:
        assert len(again.memos.find()) == 1
        assert again.check() == []


def test_new_never_touches_a_file_that_is_there(project: Project, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    for path in (project.path, tmp_path / "notes.txt", tmp_path):
        with pytest.raises(RefusedError, match="there is a file already"):
            ways.new(path, "AK")
    assert (tmp_path / "notes.txt").read_text() == "mine"
    assert project.check() == []
    with pytest.raises(InputError, match="no project can be made here"):
        ways.new(tmp_path / "no" / "such" / "folder.qualcode", "AK")


def test_without_a_coder_no_file_is_left(tmp_path: Path) -> None:
    with pytest.raises(NoCoderError):
        ways.new(tmp_path / "study.qualcode", "")
    assert list(tmp_path.iterdir()) == []


_KILLED = """
import os, sys, qualcode
from qualcode.project import {module}
def die(*arguments):
    os._exit(9)
{module}.{name} = die
qualcode.new(sys.argv[1], "AK")
"""


@pytest.mark.parametrize(
    ("module", "name"), [("migrations", "migrate"), ("migrations", "furnish"), ("file", "give_name")]
)
def test_a_draft_that_was_never_finished_does_not_stand_under_the_name(tmp_path: Path, module: str, name: str) -> None:
    path = tmp_path / "study.qualcode"
    script = _KILLED.format(module=module, name=name)
    assert subprocess.run([sys.executable, "-c", script, str(path)], check=False).returncode == 9
    assert not path.exists()
    assert all(re.fullmatch(r"\.study\.qualcode\.\w+(-journal)?", each.name) for each in tmp_path.iterdir())
    with a_study(path) as project:
        assert project.check() == []


def test_a_new_project_is_sound_and_has_what_it_starts_with(tmp_path: Path) -> None:
    told: list[str] = []
    with ways.new(tmp_path / "s.qualcode", "AK", announce=told.append) as project:
        assert project.check() == []
        assert [role.short for role in project.roles.all()] == ["PW", "SU", "ST", "MG"]
        assert [wave.name for wave in project.waves.all()] == ["-"]
        with pytest.raises(RefusedError):
            project.history.undo()
        assert project.store.value("PRAGMA journal_mode") == "wal"
        assert project.store.value("PRAGMA secure_delete") == 1
    assert told == ["AK is a new coder in this project."]


def test_a_synced_folder_is_told_and_written_without_a_log_beside_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with a_study(folder / "study.qualcode") as project:
        assert "synced folder" in project.warning
        assert place_of(project.path).kind == "synced"
        assert project.store.value("PRAGMA journal_mode") == "delete"
        assert [each.name for each in folder.iterdir()] == ["study.qualcode"]
        assert project.forget(document="A-SU1").swept
        assert project.check() == []
