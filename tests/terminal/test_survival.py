"""kill -9, two programs at once, a full disk: what was acknowledged is there, and the file is sound."""

import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import qualcode
from qualcode.errors import TroubleError
from tests import ways
from tests.builders import a_study, rows_of
from tests.killing import kill_once, numbers, start_writer
from tests.ways import BOTH_WAYS

pytestmark = BOTH_WAYS


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_a_killed_program_loses_nothing_that_it_acknowledged(tmp_path: Path) -> None:
    path = tmp_path / "study.qualcode"
    a_study(path).close()
    dice = random.Random(1)
    rounds = [kill_once(path, 1000 * number, dice) for number in range(20)]
    assert sum(each.acknowledged for each in rounds) >= 20
    assert [(each.lost, each.torn, each.problems) for each in rounds] == [(0, 0, 0)] * 20


def test_two_programs_that_write_at_once_lose_nothing_and_lock_nobody_out(tmp_path: Path) -> None:
    path = tmp_path / "study.qualcode"
    a_study(path).close()
    writers = {coder: start_writer(path, coder, 0, 500) for coder in ("AK", "BK")}
    for coder, writer in writers.items():
        acknowledged, _ = writer.communicate()
        assert writer.returncode == 0, coder
        assert len(acknowledged.split()) == 500
    for coder in writers:
        assert numbers(path, coder) == (set(range(500)), set(range(500)))
    with qualcode.open(path) as project:
        assert project.check() == []
        assert project.codebook_version == 3 + 1000


def test_where_no_page_can_be_added_nothing_is_lost_and_reading_goes_on(tmp_path: Path) -> None:
    with a_study(tmp_path / "study.qualcode") as project:
        connection = project.store.connection
        connection.execute(f"PRAGMA max_page_count = {project.store.value('PRAGMA page_count') + 20}")
        written = _fill(project)
        before = rows_of(project)
        with pytest.raises(TroubleError, match="disk is full: nothing was lost"):
            project.memos.add("x" * 200_000)
        assert rows_of(project) == before
        assert len(project.memos.find()) == written > 0
        assert project.check() == []
        connection.execute("PRAGMA max_page_count = 1000000")
        project.memos.add("there is space again")
        project.history.undo()
        assert rows_of(project) == before


def _fill(project: qualcode.Project) -> int:
    written = 0
    try:
        while written < 10_000:
            project.memos.add("x" * 500)
            written += 1
    except TroubleError:
        pass
    return written


_ON_A_SMALL_DISK = """
import os, sys
from pathlib import Path
import qualcode
from qualcode.errors import TroubleError
from tests.builders import a_study, rows_of
folder = Path(sys.argv[1])
ballast = folder / "ballast"
ballast.write_bytes(bytes(500_000))
with a_study(folder / "study.qualcode") as project:
    written = 0
    try:
        while True:
            project.memos.add("x" * 5000)
            written += 1
    except TroubleError as trouble:
        print(trouble.what)
    before = rows_of(project)
    print("reads go on", len(project.memos.find()) == written > 20)
    try:
        project.backup()
    except TroubleError as trouble:
        print("backup:", trouble.what)
    print("no half backup", not list((folder / "backups").iterdir()))
    print("sound", project.check() == [])
    with qualcode.open(folder / "study.qualcode") as other:
        print("others see it", rows_of(other) == before)
    ballast.unlink()
    project.memos.add("there is space again")
    project.history.undo()
    print("works again", rows_of(project) == before)
with qualcode.open(folder / "study.qualcode") as again:
    print("sound after", again.check() == [], rows_of(again) == before)
"""


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no small disk can be made here")
def test_on_a_full_disk_nothing_is_lost_and_work_goes_on_when_there_is_space(tmp_path: Path, way: str) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = 'mount -t tmpfs -o size=4m tmpfs "$1" || exit 77; exec "$2" -c "$3" "$1"'  # seen by this process alone
    script = f"from tests import ways\nways.go({way!r})\n{_ON_A_SMALL_DISK}"
    run = subprocess.run(
        ["unshare", "-m", "sh", "-c", mount, "sh", str(disk), sys.executable, script],
        capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    if run.returncode == 77 or "Operation not permitted" in run.stderr:
        pytest.skip("no small disk can be made here")
    assert run.stderr == ""
    assert run.stdout.splitlines() == [
        "the disk is full: nothing was lost, this action was not written",
        "reads go on True",
        "backup: the disk is full: nothing was lost, this action was not written",
        "no half backup True",
        "sound True",
        "others see it True",
        "works again True",
        "sound after True True",
    ]


def test_a_file_opened_twice_here_keeps_what_is_written_after_another_program_was_there(tmp_path: Path) -> None:
    """Looking at the bytes of an open file lets go of its locks: the other program then removed the log in use."""
    path = tmp_path / "study.qualcode"
    look = f"import qualcode\nwith qualcode.open({str(path)!r}) as project: print(len(project.codes.all()))"
    look = ways.KNOWING_THE_KEY + look
    with ways.new(path) as project:
        project.codes.add("A", "One")
        with qualcode.open(path, "AK"):
            pass
        subprocess.run([sys.executable, "-c", look], check=True, capture_output=True)
        project.codes.add("B", "Two")
        seen = subprocess.run([sys.executable, "-c", look], check=True, capture_output=True, text=True)
    assert seen.stdout.strip() == "2"
    with qualcode.open(path) as project:
        assert [code.short for code in project.codes.all()] == ["A", "B"]
        assert project.check() == []
