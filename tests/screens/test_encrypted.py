"""An encrypted project asks for its passphrase, letters hidden; three wrong ones, and one is back at the start."""

import sys

import pytest

import qualcode
from qualcode.installing import PACKAGES
from qualcode.project import keys
from qualcode.tui import recent
from qualcode.tui.screens.documents import DocumentsScreen
from qualcode.tui.screens.start import StartScreen
from tests.builders import a_study
from tests.screens.driving import on_screen, workbench
from tests.screens.places import fill_in, worked

WORDS = "correct horse battery"


@pytest.fixture
def locked(tmp_path, monkeypatch):
    """An encrypted study whose passphrase this process does not know."""
    monkeypatch.setattr(keys, "_known", {})
    with a_study(tmp_path / "locked.qualcode"):
        pass
    qualcode.encrypt(tmp_path / "locked.qualcode", WORDS)
    keys._known.clear()
    return tmp_path / "locked.qualcode"


def asks(desk) -> bool:
    return desk.app.screen.query_one("AskLine").is_open


@on_screen
async def test_the_passphrase_is_asked_for_with_hidden_letters(locked):
    async with workbench(locked, size=(80, 24)) as desk:
        await desk.until(lambda: asks(desk))
        assert isinstance(desk.app.screen, StartScreen)
        assert "The passphrase of locked.qualcode" in desk.text
        await desk.type(WORDS)
        assert "correct" not in desk.text
        assert "•••" in desk.text
        await desk.press("enter")
        await desk.until(lambda: isinstance(desk.app.screen, DocumentsScreen))
        assert desk.app.study.project.is_encrypted
        assert "A-SU1" in desk.text


@on_screen
async def test_after_three_wrong_ones_one_is_at_the_start_and_may_begin_anew(locked):
    seen = []
    async with workbench(locked, size=(100, 30)) as desk:
        for left in ("2 tries left", "1 try left", "nobody opens it"):
            await desk.until(lambda: asks(desk))
            assert desk.app.screen.focused is desk.app.screen.query_one("AskLine Input")
            await fill_in(desk, "not this one")
            await desk.until(left)
            seen.append(desk.message.partition(".")[2].strip())
        assert seen[:2] == ["2 tries left.", "1 try left."]
        assert not asks(desk)
        assert isinstance(desk.app.screen, StartScreen)
        recent.opened(locked)
        await desk.press("o")
        await fill_in(desk, str(locked))
        await desk.until(lambda: asks(desk))
        await fill_in(desk, WORDS)
        await desk.until(lambda: isinstance(desk.app.screen, DocumentsScreen))


@on_screen
async def test_to_leave_the_question_opens_nothing_and_what_is_typed_next_is_seen(locked):
    async with workbench(locked) as desk:
        await desk.until(lambda: asks(desk))
        await desk.press("a", "escape")
        assert "is not opened" in desk.text
        await desk.press("n")
        assert not desk.app.screen.query_one("AskLine Input").password
        assert "study.qualcode" in desk.text


@on_screen
async def test_a_new_project_is_encrypted_under_a_passphrase_typed_twice(tmp_path, monkeypatch):
    monkeypatch.setattr(keys, "_known", {})
    path = tmp_path / "mine.qualcode"
    async with workbench(None, "AK", size=(80, 24)) as desk:
        await desk.press("e")
        await fill_in(desk, str(path))
        await fill_in(desk, "short")
        assert "8 characters at least" in desk.text
        await fill_in(desk, WORDS)
        await fill_in(desk, f"{WORDS}!")
        assert "The two differ" in desk.text
        await desk.type(WORDS)
        assert "correct" not in desk.text
        await desk.press("enter")
        await fill_in(desk, WORDS)
        await desk.until(lambda: isinstance(desk.app.screen, DocumentsScreen))
        assert desk.app.study.project.is_encrypted
    keys._known.clear()
    with qualcode.open(path, "AK", passphrase=WORDS) as project:
        assert project.coder == "AK"


@on_screen
async def test_to_leave_the_passphrase_makes_no_project(tmp_path):
    async with workbench(None, "AK") as desk:
        for typed in ((), ("a",)):
            await desk.press("e")
            await fill_in(desk, str(tmp_path / "mine.qualcode"))
            if typed:
                await fill_in(desk, WORDS)
            await desk.press("escape")
            assert "No project was made" in desk.text
    assert not list(tmp_path.glob("*.qualcode"))


@on_screen
async def test_what_encrypts_and_is_not_installed_is_told_before_anything_is_asked(monkeypatch):
    monkeypatch.setitem(sys.modules, "qualcode.project.sqlcipher", None)
    async with workbench(None, "AK", size=(120, 40)) as desk:
        await desk.press("e")
        assert PACKAGES["encrypted"] in desk.text
        assert not asks(desk)


@on_screen
async def test_one_open_study_stays_while_another_asks(study_file, locked):
    async with workbench(study_file) as desk:
        await desk.press("O", "o")
        await fill_in(desk, str(locked))
        await desk.until(lambda: asks(desk))
        await desk.press("escape", "escape")
        await worked(desk)
        assert desk.app.study.path == study_file


@on_screen
async def test_an_old_error_goes_when_something_new_begins(locked, tmp_path):
    async with workbench(None, "AK", size=(80, 24)) as desk:
        for begin in ((str(locked), "The passphrase of"), (None, "Name of the new project file")):
            await desk.press("o")
            await fill_in(desk, str(tmp_path / "missing.qualcode"))
            await desk.until("there is no such project")
            if begin[0]:
                await desk.press("o")
                await fill_in(desk, begin[0])
            else:
                await desk.press("n")
            await desk.until(begin[1])
            assert "no such project" not in desk.text
            await desk.press("escape")
