"""Encrypted projects: nobody reads them without the passphrase, none of their words lies anywhere, all else works."""

import os
import random
import re
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path
from threading import Thread

import pytest
from sqlcipher3 import dbapi2

import qualcode
from qualcode import cache
from qualcode.errors import LockedError, MissingExtraError, ProjectFileError, RefusedError, TroubleError
from qualcode.installing import command
from qualcode.language.pipelines import Choice
from qualcode.project import keys, restore
from qualcode.project.file import is_database, unlock
from qualcode.project.keys import ProjectKey, is_encrypted, is_locked
from qualcode.project.passing import passing_project
from qualcode.report.saving import save
from qualcode.work import parse_texts, search
from tests import ways
from tests.builders import a_study, add_interview, bytes_on_disk, rows_of
from tests.command_line import Shell

WORDS = "correct horse battery staple"
OTHER = "another passphrase"


@pytest.fixture(autouse=True)
def nothing_known(monkeypatch):
    """This process has been given no passphrase yet."""
    monkeypatch.setattr(keys, "_known", {})


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    path = tmp_path_factory.mktemp("encrypted") / "study.qualcode"
    ways.go("encrypted")
    with a_study(path) as project:
        project.segments.add("A-SU1", "P3", quote="I went home")
        rows = rows_of(project)
    ways.go("plain")
    qualcode.encrypt(path, WORDS)
    return path, rows


@pytest.fixture
def encrypted(made, tmp_path):
    """A study under a passphrase that has not been given; what stands in it."""
    path, rows = made
    keys._known.clear()
    return Path(shutil.copy(path, tmp_path)), rows


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


# -- opening ---------------------------------------------------------------------------------------------------------


def test_it_opens_by_its_passphrase_alone(encrypted):
    path, rows = encrypted
    with pytest.raises(LockedError, match="its passphrase was not given"):
        qualcode.open(path)
    before = path.read_bytes()
    for wrong in ("correct horse battery", WORDS.upper(), f"{WORDS} ", "", "\x00", "é" * 2000):
        with pytest.raises(
            LockedError, match="another passphrase, or the file is damaged, or it is no qualcode project"
        ):
            qualcode.open(path, passphrase=wrong)
    assert is_locked(path)
    assert path.read_bytes() == before
    assert names(path.parent) == [path.name]
    with qualcode.open(path, "AK", passphrase=WORDS) as project:
        assert project.is_encrypted
        assert rows_of(project) == rows
        assert project.check() == []


def test_once_given_it_holds_for_other_threads_and_another_is_refused(encrypted):
    path, _ = encrypted
    found = []

    def look() -> None:
        with qualcode.open(path) as project:
            found.extend(project.documents.all())

    with qualcode.open(path, passphrase=WORDS):
        thread = Thread(target=look)
        thread.start()
        thread.join()
        assert [each.name for each in found] == ["A-SU1"]
        with pytest.raises(LockedError):
            qualcode.open(path, passphrase=OTHER)
    with pytest.raises(LockedError):
        qualcode.open(path, passphrase=OTHER)


def test_another_tool_opens_it_by_the_passphrase_with_its_own_settings(encrypted):
    path, _ = encrypted
    connection = dbapi2.connect(str(path))
    connection.execute(f"PRAGMA key = '{WORDS}'")
    assert connection.execute("SELECT name FROM document").fetchall() == [("A-SU1",)]
    connection.close()


def test_a_passphrase_for_a_plain_project_is_refused_so_that_nobody_takes_it_for_encrypted(tmp_path):
    a_study(tmp_path / "study.qualcode").close()
    with pytest.raises(RefusedError, match="not encrypted"):
        qualcode.open(tmp_path / "study.qualcode", passphrase=WORDS)
    with pytest.raises(RefusedError, match="not encrypted"):
        qualcode.decrypt(tmp_path / "study.qualcode")


def test_a_passphrase_that_keeps_nothing_out_is_refused(tmp_path):
    with pytest.raises(RefusedError, match="8 characters at least"):
        qualcode.new(tmp_path / "study.qualcode", "AK", passphrase=OTHER[:7])
    a_study(tmp_path / "plain.qualcode").close()
    with pytest.raises(RefusedError, match="8 characters at least"):
        qualcode.encrypt(tmp_path / "plain.qualcode", "short")
    assert names(tmp_path) == ["plain.qualcode"]


def test_chance_and_text_that_are_called_projects_are_told_from_neither_or_from_both(tmp_path):
    noise = tmp_path / "noise.qualcode"
    noise.write_bytes(random.Random(1).randbytes(3 * keys.PAGE))
    with pytest.raises(LockedError, match="no qualcode project"):
        qualcode.open(noise, passphrase=WORDS)
    (tmp_path / "text.qualcode").write_bytes(b"INT: So?\n" * 4096)
    with pytest.raises(ProjectFileError, match="this is not a qualcode project"):
        qualcode.open(tmp_path / "text.qualcode")


def test_pictures_and_archives_are_not_taken_for_projects(tmp_path):
    for begun in (b"\x89PNG\r\n", b"PK\3\4", b"%PDF-1.7", b"age-encryption.org/v1\n"):
        picture = tmp_path / "figure"
        picture.write_bytes(begun + random.Random(1).randbytes(keys.PAGE - len(begun)))
        assert not is_database(picture)
        save(picture, b"anew")


def test_a_report_is_not_written_over_an_encrypted_project_of_another_name(encrypted):
    path, _ = encrypted
    other = path.rename(path.with_name("report.html"))
    with pytest.raises(RefusedError, match="project or database"):
        save(other, b"words")


def test_without_the_extra_it_is_said_what_to_install(encrypted, monkeypatch):
    path, _ = encrypted
    monkeypatch.delitem(sys.modules, "qualcode.project.sqlcipher")
    monkeypatch.setitem(sys.modules, "sqlcipher3", None)
    try:
        for attempt in (
            lambda: qualcode.open(path, passphrase=WORDS),
            lambda: qualcode.new(path.with_name("new.qualcode"), "AK", passphrase=WORDS),
        ):
            with pytest.raises(MissingExtraError) as missing:
                attempt()
            assert command("encrypted") in missing.value.remedy
        assert names(path.parent) == [path.name]
    finally:
        monkeypatch.undo()


def test_what_a_key_is_never_stands_in_its_repr():
    key = ProjectKey.of(WORDS, bytes(16))
    assert key.raw.hex() not in repr(key) + str(key) + repr([key])


def test_a_wrong_passphrase_draws_nothing_out_of_the_log_that_a_crash_left(encrypted):
    path, _ = encrypted
    with qualcode.open(path, "AK", passphrase=WORDS) as project:
        project.memos.add("in the log alone")
        left = {suffix: Path(f"{path}{suffix}").read_bytes() for suffix in ("", "-wal")}
    crashed = path.with_name("crashed.qualcode")
    for suffix, data in left.items():
        Path(f"{crashed}{suffix}").write_bytes(data)
    assert len(left["-wal"]) > keys.PAGE
    keys._known.clear()
    with pytest.raises(LockedError):
        qualcode.open(crashed, passphrase=OTHER)
    with qualcode.open(crashed, passphrase=WORDS) as project:
        assert [memo.body for memo in project.memos.find()] == ["in the log alone"]
        assert project.check() == []


# -- no word of it anywhere ------------------------------------------------------------------------------------------

SAID = "Zebulon Quillfeather waited under the heronry and hoped"
TRACES = re.compile(rb"zebulon|quillfeather|heronry|hoped|xylophone", re.IGNORECASE)


def test_after_work_on_it_none_of_its_words_lies_anywhere(tmp_path, monkeypatch):
    """Text, search for base forms, undo, backups, an earlier state, killed in the middle: the whole folder is read."""
    home = tmp_path / "home"
    for name in ("tmp", "cache", "settings"):
        (home / name).mkdir(parents=True)
    monkeypatch.setenv("QUALCODE_CACHE", str(home / "cache"))
    monkeypatch.setenv("QUALCODE_CONFIG", str(home / "settings"))
    monkeypatch.setenv("TMPDIR", str(home / "tmp"))
    monkeypatch.setenv("SQLITE_TMPDIR", str(home / "tmp"))
    project = qualcode.new(home / "study.qualcode", "AK", passphrase=ways.KEY)
    add_interview(project, "A", ("INT", "So?"), *[("Zebulon", f"{SAID} {number}.") for number in range(300)])
    project.codes.add("X", "Xylophone")
    project.segments.add("A", "X", quote="Zebulon Quillfeather waited under the heronry and hoped 7.")
    before = project.milestones.add("before")
    project.memos.add("the heronry again")
    parse_texts.choose(project, Choice("none"))
    list(parse_texts.parse_texts(project, parse_texts.pipeline_for(project)))
    assert search.search(project, search.Search("hope", "any", lemma=True)).hits
    with project.history.at(before.action):
        assert project.columns().segments
    with passing_project(project) as tried:
        assert tried.documents.all()
    project.history.undo()
    project.backup()
    seen = dict(_everything_below(home))
    assert any(name.endswith("-wal") and data for name, data in seen.items())
    assert {name for name, data in seen.items() if TRACES.search(data) or TRACES.search(name.encode())} == set()
    project.forget(document="A")
    project.close()
    assert not any(TRACES.search(data) for _, data in _everything_below(home))
    assert cache.size().texts == 0


def _everything_below(folder: Path):
    for path in folder.rglob("*"):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


def test_a_big_action_spills_nothing_that_can_be_read(tmp_path):
    """Pages that do not fit into the cache go to the log or a journal before the end: both are encrypted."""
    with qualcode.new(tmp_path / "study.qualcode", "AK", passphrase=ways.KEY) as project:
        project.store.connection.execute("PRAGMA cache_size = 10")
        with project.action("much"):
            for number in range(300):
                project.memos.add(f"{SAID} {number} " * 20)
            assert not TRACES.search(b"".join(data for _, data in _everything_below(tmp_path)))
        assert not TRACES.search(bytes_on_disk(project.path))


def test_in_a_synced_folder_the_journal_is_encrypted_too(tmp_path):
    folder = tmp_path / "Dropbox"
    folder.mkdir()
    with qualcode.new(folder / "study.qualcode", "AK", passphrase=ways.KEY) as project:
        memo = project.memos.add(SAID)
        with project.action("in the journal"):
            project.memos.change(memo, body="other words")
            assert (folder / "study.qualcode-journal").exists()
            assert not any(TRACES.search(data) for _, data in _everything_below(folder))


def test_parsed_texts_that_were_written_while_it_was_plain_go_when_it_is_encrypted(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("QUALCODE_CONFIG", str(tmp_path / "settings"))
    with a_study(tmp_path / "study.qualcode") as project:
        list(parse_texts.parse_texts(project, parse_texts.choose(project, Choice("none"))))
    assert cache.size().texts == 1
    qualcode.encrypt(tmp_path / "study.qualcode", ways.KEY)
    assert cache.size().texts == 0


# -- encrypting and decrypting ---------------------------------------------------------------------------------------


def test_there_and_back_every_row_is_the_same_and_undo_goes_on(tmp_path):
    path = tmp_path / "study.qualcode"
    with a_study(path) as project:
        project.segments.add("A-SU1", "P3", quote="I went home")
        project.history.undo()
        project.claims.add("A-SU1", "M2a", "P3", quote="if she can do it")
        rows, history = rows_of(project), project.history.actions()
        plain = project.backup()
        project.record_export(tmp_path / "table.csv")
    done = qualcode.encrypt(path, WORDS)
    assert (done.in_the_clear, done.under_another, done.exports) == ((plain,), (), (str(tmp_path / "table.csv"),))
    assert names(tmp_path) == ["backups", "study.qualcode"]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert b"went home" not in path.read_bytes()
    with qualcode.open(path, "AK") as project:
        assert (rows_of(project), project.history.actions()) == (rows, history)
        secret = project.backup()
        assert is_encrypted(secret)
    done = qualcode.encrypt(path, "another passphrase")
    assert (done.in_the_clear, done.under_another) == ((plain,), (secret,))
    keys._known.clear()
    with pytest.raises(LockedError):
        qualcode.decrypt(path, WORDS)
    qualcode.decrypt(path, "another passphrase")
    with qualcode.open(path, "AK") as project:
        assert not project.is_encrypted
        assert (rows_of(project), project.history.actions()) == (rows, history)
        assert project.check() == []
        project.history.undo()
    assert names(tmp_path) == ["backups", "study.qualcode"]


def test_backups_of_another_project_in_the_folder_are_not_named(tmp_path):
    with a_study(tmp_path / "other.qualcode") as other:
        other.backup()
    a_study(tmp_path / "study.qualcode").close()
    assert qualcode.encrypt(tmp_path / "study.qualcode", ways.KEY).in_the_clear == ()


def test_who_has_it_open_is_in_the_way(tmp_path):
    path = tmp_path / "study.qualcode"
    with a_study(path) as project:
        with pytest.raises(RefusedError, match="open in a program"):
            qualcode.encrypt(path, ways.KEY)
        project.memos.add("goes on")
    held = [
        sys.executable,
        "-c",
        f"import qualcode\nwith qualcode.open({str(path)!r}): print('open', flush=True), input()",
    ]
    with subprocess.Popen(held, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(RefusedError, match="open in a program"):
            qualcode.encrypt(path, ways.KEY)
        other.communicate(b"\n")
    assert not is_encrypted(path)
    assert names(tmp_path) == ["study.qualcode"]
    qualcode.encrypt(path, ways.KEY)


def test_an_unsound_project_is_not_written_anew(tmp_path):
    path = tmp_path / "study.qualcode"
    with a_study(path) as project:
        project.store.connection.execute("INSERT INTO open_action VALUES (1, 1)")
    before = path.read_bytes()
    with pytest.raises(ProjectFileError, match="not sound"):
        qualcode.encrypt(path, ways.KEY)
    assert path.read_bytes() == before


def test_a_link_stays_a_link_and_a_second_name_keeps_its_bytes(tmp_path):
    path = tmp_path / "study.qualcode"
    a_study(path).close()
    (tmp_path / "kept").mkdir()
    os.link(path, tmp_path / "kept" / "copy.qualcode")
    (tmp_path / "link.qualcode").symlink_to(path)
    qualcode.encrypt(tmp_path / "link.qualcode", ways.KEY)
    assert (tmp_path / "link.qualcode").is_symlink()
    assert is_encrypted(path)
    with qualcode.open(tmp_path / "kept" / "copy.qualcode") as copy:
        assert copy.check() == []


@pytest.mark.parametrize("is_overwritten", [False, True])
def test_who_had_the_old_file_at_hand_is_told_and_writes_nothing_into_it(tmp_path, monkeypatch, is_overwritten):
    """It stood waiting at the locked file, which then had another in its place."""
    path = tmp_path / "study.qualcode"
    a_study(path).close()
    recognise = qualcode.project.file.recognise

    def meanwhile(connection, place):
        monkeypatch.undo()
        (tmp_path / "new.qualcode").write_bytes(path.read_bytes())
        with path.open("r+b") as old:
            (tmp_path / "new.qualcode").replace(path)
            old.write(bytes(10_000 * is_overwritten))
        recognise(connection, place)

    monkeypatch.setattr(qualcode.project.file, "recognise", meanwhile)
    with pytest.raises(TroubleError, match="put another file there"):
        qualcode.open(path, "AK")
    with qualcode.open(path) as project:
        assert project.check() == []


_KILLED = (
    ways.KNOWING_THE_KEY
    + """
import os, sys, qualcode
from qualcode.project import encryption
where, path, how = sys.argv[1:4]
module, name = (os, "fsync") if where == "fsync" else (encryption, where)
was = getattr(module, name)
def die(*arguments):
    os._exit(9)
setattr(module, name, die)
keys = {"encrypt": lambda: qualcode.encrypt(path, qualcode.project.keys.ProjectKey(bytes(32), bytes(range(16)))),
        "decrypt": lambda: qualcode.decrypt(path)}
keys[how]()
"""
)


@pytest.mark.parametrize(
    ("where", "how"),
    [
        ("make_durable", "encrypt"),
        ("_verify", "encrypt"),
        ("_put_in_place", "encrypt"),
        ("_make_name_durable", "encrypt"),
        ("_put_in_place", "decrypt"),
        ("_make_name_durable", "decrypt"),
    ],
)
def test_killed_at_any_step_one_whole_project_stands(tmp_path, how, where):
    keys.keep(ProjectKey(bytes(32), bytes(range(16))))
    ways.go("encrypted" if how == "decrypt" else "plain")
    path = tmp_path / "study.qualcode"
    with a_study(path) as project:
        rows = rows_of(project)
    command = [sys.executable, "-c", _KILLED, where, str(path), how]
    assert subprocess.run(command, check=False, cwd=Path(__file__).parents[2]).returncode == 9
    with qualcode.open(path, "AK") as project:
        assert rows_of(project) == rows
        assert project.check() == []
        is_done = project.is_encrypted == (how == "encrypt")
    assert is_done == (where == "_make_name_durable")
    if not is_done:
        qualcode.encrypt(path, ways.KEY) if how == "encrypt" else qualcode.decrypt(path)
    assert names(tmp_path) == ["study.qualcode"]  # what the killed one left is gone, too


@pytest.mark.skipif(sys.platform == "win32", reason="there is no kill -9")
def test_killed_at_any_moment_one_whole_project_stands(tmp_path):
    """Again and again there and back, killed after a while that chance gives: by kill -9, wherever it is just then."""
    path = tmp_path / "study.qualcode"
    with a_study(path) as project:
        for number in range(50):
            project.memos.add(f"memo {number} " * 50)
        rows = rows_of(project)
    keys.keep(ways.KEY)
    to_and_fro = f"""{ways.KNOWING_THE_KEY}
import qualcode, sys
from qualcode.project.keys import is_encrypted
from pathlib import Path
key = ProjectKey(bytes.fromhex({ways.KEY.raw.hex()!r}), bytes.fromhex({ways.KEY.salt.hex()!r}))
path = Path(sys.argv[1])
print("begun", flush=True)
while True:
    qualcode.decrypt(path) if is_encrypted(path) else qualcode.encrypt(path, key)
    print("done", flush=True)
"""
    dice = random.Random(7)
    for _ in range(6):
        command = [sys.executable, "-c", to_and_fro, str(path)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]) as process:
            for _ in range(dice.randint(1, 3)):
                process.stdout.readline()
            for _ in range(dice.randint(0, 60_000)):
                pass
            process.send_signal(signal.SIGKILL)
        with qualcode.open(path, "AK") as project:
            assert rows_of(project) == rows
            assert project.check() == []


# -- backups ---------------------------------------------------------------------------------------------------------


def test_a_backup_is_encrypted_alike_and_comes_back_by_the_passphrase(encrypted):
    path, rows = encrypted
    with qualcode.open(path, "AK", passphrase=WORDS) as project:
        made = project.backup()
        project.memos.add("later")
    assert TRACES.search(made.read_bytes()) is None
    keys._known.clear()
    with pytest.raises(LockedError, match="not given"):
        restore(made, path)
    with pytest.raises(LockedError, match="another passphrase"):
        restore(made, path, passphrase=OTHER)
    aside = restore(made, path, passphrase=WORDS)
    with qualcode.open(path) as restored, qualcode.open(aside) as moved:
        assert rows_of(restored) == rows
        assert len(moved.memos.find()) == 1


def test_what_stands_there_under_another_passphrase_is_not_moved_unseen(encrypted):
    path, _ = encrypted
    with a_study(path.with_name("plain.qualcode")) as plain:
        made = plain.backup()
    with pytest.raises(LockedError):
        restore(made, path)
    unlock(path, WORDS)
    assert restore(made, path) is not None


# -- the command line ------------------------------------------------------------------------------------------------


@pytest.fixture
def shell(tmp_path, monkeypatch) -> Shell:
    return Shell(tmp_path, monkeypatch)


def forgotten(shell: Shell) -> Shell:
    """As a new process: no passphrase was given."""
    keys._known.clear()
    return shell


def test_the_command_line_asks_and_never_takes_it_from_elsewhere(shell):
    both = f"{WORDS}\n{WORDS}\n"
    made = shell("new", "study", "--encrypted", "--coder", "AK", typed=both)
    assert made.exit_code == 0
    assert WORDS not in made.output
    assert is_encrypted(shell.folder / "study.qualcode")
    assert "A passphrase for study.qualcode" in made.stderr
    forgotten(shell).done("documents", typed=f"{WORDS}\n")
    assert "another passphrase" in forgotten(shell).refused("documents", typed="wrong wrong\n")
    assert "nobody answered" in forgotten(shell).refused("documents", typed="")
    backup = forgotten(shell).done("backup", typed=f"{WORDS}\n").split()[-1]
    forgotten(shell).done("restore", backup, "--to", "back.qualcode", typed=f"{WORDS}\n")
    assert is_encrypted(shell.folder / "back.qualcode")
    kept = b"".join(data for _, data in _everything_below(shell.folder))
    assert WORDS.encode() not in kept


def test_encrypt_and_decrypt_say_what_still_holds_it(shell):
    with a_study(shell.folder / "study.qualcode") as project:
        backup = project.backup()
    told = shell("encrypt", "study.qualcode", typed=f"{WORDS}\n{WORDS}\n")
    assert told.exit_code == 0, told.output
    assert "not encrypted in these copies" in told.stderr
    assert str(backup) in told.stderr
    again = forgotten(shell)("encrypt", "study.qualcode", typed=f"{WORDS}\nanother passphrase\nanother passphrase\n")
    assert again.exit_code == 0, again.output
    assert "another passphrase" in forgotten(shell).refused("decrypt", "study.qualcode", typed=f"{WORDS}\n")
    forgotten(shell).done("decrypt", "study.qualcode", typed="another passphrase\n")
    shell.done("documents")
    assert "is not encrypted" in shell.refused("decrypt", "study.qualcode")
    assert "no such project file" in shell.refused("encrypt", "missing.qualcode")


def test_the_doctor_says_whether_projects_can_be_encrypted(shell):
    told = shell.json("doctor")
    assert told["versions"]["sqlcipher"].startswith("4.")
    assert told["versions"]["sqlite"].startswith("3.")
    with qualcode.new(shell.folder / "study.qualcode", "AK", passphrase=ways.KEY):
        assert "is encrypted" in shell.json("doctor")["encryption"]
