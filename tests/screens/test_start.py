"""Where one begins: the last project, or the start screen; what cannot be opened is told there in words."""

import shutil
import sqlite3
from contextlib import closing

import pytest

import qualcode
from qualcode import settings
from qualcode.errors import InputError
from qualcode.tui import recent, starting
from qualcode.tui.screens.documents import DocumentsScreen
from qualcode.tui.screens.start import StartScreen
from tests.permissions import ARE_THERE, open_folder, somebody_whom_permissions_bind, taken_away
from tests.screens.driving import on_screen, workbench
from tests.screens.places import HOSTILE, click_key, click_on, fill_in, until, worked


@pytest.fixture(autouse=True)
def own_folder(tmp_path, monkeypatch):
    folder = tmp_path / "here"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.delenv("QUALCODE_CODER", raising=False)
    return folder


@on_screen
async def test_without_a_project_one_may_make_one_and_says_once_who_one_is(own_folder):
    async with workbench(None, None, size=(80, 24)) as desk:
        assert isinstance(desk.app.screen, StartScreen)
        await desk.press("n")
        await fill_in(desk, str(own_folder / "mine"))
        await fill_in(desk, "AK")
        await worked(desk)
        assert isinstance(desk.app.screen, DocumentsScreen)
        assert desk.app.study.project.coder == "AK"
    assert (own_folder / "mine.qualcode").exists()
    assert settings.load().coder == "AK"
    assert settings.load().last_project == str(own_folder / "mine.qualcode")


@on_screen
async def test_places_of_a_study_are_not_offered_before_one_is_open():
    async with workbench(None, None, size=(80, 24)) as desk:
        assert desk.lines[-1] == "⏎ Open n New e Encrypted o By path s Sample study ? Help"
        await desk.press("D", "T", "f3", "u", "backspace")
        assert isinstance(desk.app.screen, StartScreen)


@on_screen
async def test_a_name_that_cannot_be_a_coders_is_told(own_folder):
    async with workbench(None, None) as desk:
        await click_key(desk, "New")
        await fill_in(desk, str(own_folder / "mine"))
        await fill_in(desk, "A K")
        assert "cannot be a coder's short name" in desk.text
    assert not list(own_folder.iterdir())


@on_screen
async def test_a_project_is_opened_by_its_path_which_is_completed(study_file):
    async with workbench(None, "AK") as desk:
        await desk.press("o")
        line = desk.app.screen.query_one("AskLine Input")
        line.value = str(study_file)[:-6]
        await line.suggester._get_suggestion(line, line.value)
        await desk.pilot.pause()
        await desk.press("end", "right", "enter")
        await worked(desk)
        assert desk.app.study.path == study_file


@on_screen
async def test_recent_projects_are_listed_newest_first_and_missing_ones_as_missing(study_file, tmp_path):
    gone = tmp_path / "gone.qualcode"
    recent.opened(gone)
    recent.opened(study_file)
    async with workbench(None, "AK", size=(80, 24)) as desk:
        assert any(line.startswith(" Recent  study ") for line in desk.lines)
        assert any(line.startswith("         gone ") and "missing:" in line for line in desk.lines)
        await desk.press("down", "enter")
        assert "no longer there" in desk.text
        await click_on(desk, "Recent  study", times=2)
        await worked(desk)
        assert desk.app.study.path == study_file
    assert [each.path for each in recent.recent()] == [study_file, gone]


@on_screen
async def test_projects_of_this_folder_are_offered(own_folder):
    qualcode.new(own_folder / "beside.qualcode", "AK").close()
    async with workbench(None, "AK") as desk:
        assert "Here" in desk.text
        await desk.press("enter")
        await worked(desk)
        assert desk.app.study.path == own_folder / "beside.qualcode"


def newer(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 999")


def foreign(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t(x)")


def cut_short(path):
    path.write_bytes(path.read_bytes()[:5000])


def no_database(path):
    path.write_bytes(b"Hello \x1b[31m")


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (newer, "a newer qualcode"),
        (foreign, "another program"),
        (cut_short, "damaged or cut short"),
        (no_database, "not a qualcode project"),
        (lambda path: path.unlink(), "no such project file"),
    ],
    ids=["newer", "foreign", "cut short", "no database", "missing"],
)
@on_screen
async def test_what_cannot_be_opened_is_told_in_words(study_file, spoil, told):
    spoil(study_file)
    async with workbench(study_file, size=(80, 24)) as desk:
        assert isinstance(desk.app.screen, StartScreen)
        words = " ".join(" ".join(line.split()) for line in desk.lines)
        assert told in words
        assert "Traceback" not in words
        await desk.press("u", "U", "D", "P", "I", "backspace", "f9", "f10", "escape")
        assert isinstance(desk.app.screen, StartScreen)


@ARE_THERE
def test_a_project_that_cannot_be_written_opens_for_reading_and_asks_for_no_coder(study_file, monkeypatch):
    @on_screen
    async def looks(path):
        async with workbench(path, None) as desk:
            assert "can only be read here" in desk.text
            assert "Who is coding?" not in desk.text
            await desk.press("enter", "down", "c", "p", "3")
            assert "read" in desk.message

    with open_folder() as folder:
        monkeypatch.setenv("QUALCODE_CONFIG", str(folder / "settings"))
        monkeypatch.setenv("QUALCODE_CACHE", str(folder / "cache"))
        shutil.copy(study_file, folder)
        taken_away(folder, 0o400, 0o700)
        with somebody_whom_permissions_bind():
            monkeypatch.chdir(folder)
            looks(folder / study_file.name)
        with qualcode.open(folder / study_file.name) as project:
            assert project.segments.find() == []


@on_screen
async def test_a_project_in_a_synced_folder_says_so(study_file):
    folder = study_file.parent / "Dropbox"
    folder.mkdir()
    study_file.rename(folder / "study.qualcode")
    async with workbench(folder / "study.qualcode") as desk:
        assert "synced folder" in " ".join(desk.text.split())


@on_screen
async def test_who_codes_is_asked_once_on_the_screen(study_file):
    async with workbench(study_file, None) as desk:
        await until(desk, "Who is coding?")
        await desk.type("JB")
        await desk.press("enter")
        await until(desk, "You are JB")
        assert desk.app.study.project.coder == "JB"
    assert settings.load().coder == "JB"


@on_screen
async def test_who_only_looks_is_not_asked_again(study_file):
    async with workbench(study_file, None) as desk:
        await until(desk, "Who is coding?")
        await desk.press("escape")
        await desk.press("enter")
        await desk.press("down", "c", "p", "3")
        assert desk.app.study.project.coder is None
        assert "nobody" in desk.text.casefold()
    with qualcode.open(study_file) as project:
        assert project.segments.find() == []


@on_screen
async def test_another_project_is_opened_without_leaving_and_the_first_stays_as_it_was(study_file, tmp_path):
    other = tmp_path / "other.qualcode"
    qualcode.new(other, "AK").close()
    async with workbench(study_file) as desk:
        await desk.press("enter", "O", "escape")
        assert desk.app.reading is desk.app.screen
        await desk.press("O", "o")
        await fill_in(desk, str(other))
        await worked(desk)
        assert desk.app.study.path == other
        assert desk.app.reading is None
        await desk.press("O", "down", "enter")
        await worked(desk)
        assert desk.app.study.path == study_file


@on_screen
async def test_what_cannot_be_opened_leaves_the_open_project_open(study_file, tmp_path):
    async with workbench(study_file) as desk:
        await desk.press("O", "o")
        await fill_in(desk, str(tmp_path / "missing.qualcode"))
        await until(desk, "there is no such project")
        await desk.press("escape")
        assert desk.app.study.project.documents.all()
        assert isinstance(desk.app.screen, DocumentsScreen)


@on_screen
async def test_a_folder_that_has_a_sample_already_is_told(own_folder):
    (own_folder / "demo").mkdir()
    (own_folder / "demo" / "peer-workers.qualcode").touch()
    async with workbench(None, "AK") as desk:
        await desk.press("s")
        await fill_in(desk, str(own_folder / "demo"))
        await worked(desk)
        assert "there is a sample project already" in " ".join(desk.text.split())


@on_screen
async def test_hostile_names_of_projects_are_shown_and_do_nothing(own_folder):
    for number, name in enumerate(HOSTILE[:4]):
        qualcode.new(own_folder / f"{number}{name}.qualcode", "AK").close()
    recent.opened(own_folder / ("y" * 14_000 + ".qualcode"))
    async with workbench(None, "AK", size=(80, 24)) as desk:
        assert "1[@click=app.quit]x" in desk.text
        assert not set(desk.text) & set("\x1b\x07\u202e")
        await click_on(desk, "1[@click", times=2)
        await worked(desk)
        assert isinstance(desk.app.screen, DocumentsScreen)


def test_the_last_project_opens_only_while_it_is_there(study_file):
    assert starting._last() is None
    recent.opened(study_file)
    assert starting._last() == study_file
    study_file.unlink()
    assert starting._last() is None


def test_settings_that_cannot_be_read_are_no_reason_to_stop_listing(tmp_path, study_file):
    recent.opened(study_file)
    (tmp_path / "settings" / "settings.toml").write_text("no toml at all")
    (tmp_path / "settings" / "recent.json").write_text('{"x": 1}')
    assert recent.recent() == []


@pytest.mark.parametrize("name", ["", "A K", "x" * 21, "A\x1b"])
def test_what_is_no_short_name_is_refused(name):
    with pytest.raises(InputError):
        settings.checked_coder(name)
