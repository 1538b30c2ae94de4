"""Keys, themes and copying are the user's own, and stay."""

import pytest

import qualcode
from qualcode import settings
from qualcode.tui import palette
from tests.screens.driving import on_screen, workbench
from tests.screens.test_manners import has_left


@on_screen
async def test_the_users_own_keys_lie_over_the_keymap(study_file):
    async with workbench(study_file, own_keys=(("coding.code", "f12"), ("coding.cod", "f10"))) as desk:
        assert "No action is called coding.cod (did you mean coding.code?)" in desk.text
        await desk.press("enter", "down", "f12", "m", "2", "a")
        assert "M2a Living proof" in desk.text


@on_screen
async def test_help_and_palette_tell_the_users_own_keys(study_file):
    own = (("coding.code", "ctrl+k"), ("codebook.merge", "f12"))
    async with workbench(study_file, own_keys=own, size=(120, 60)) as desk:
        await desk.press("enter", "question_mark")
        (line,) = [line for line in desk.lines if "the sentence, by" in line]
        assert line.strip("│┃ ").startswith("ctrl+k ")
        await desk.press("escape")
        entries = palette.entries(desk.app, desk.app.screen)
        assert "F12" in next(each.help for each in entries if each.title == "Merge the code with another").upper()


@on_screen
async def test_theme_and_keymap_are_remembered(study_file):
    async with workbench(study_file) as desk:
        await desk.press("f9", "f10")
        assert "vim" in desk.text
    chosen = settings.load()
    assert (chosen.theme, chosen.keymap) == ("paper", "vim")


def test_own_keys_are_read_from_the_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CONFIG", str(tmp_path))
    (tmp_path / "settings.toml").write_text('coder = "AK"\n[keys]\n"coding.code" = "f12"\n', encoding="utf-8")
    assert settings.load().keys == (("coding.code", "f12"),)


@on_screen
async def test_copied_words_carry_their_citation_and_copying_can_be_switched_off_for_a_project(study_file):
    async with workbench(study_file) as desk:
        await desk.press("enter", "down", "s", "y")
        assert desk.app.clipboard.startswith("“Well, if she can do it, so can I, I thought.” [")
        await desk.press("f11", "escape", "up", "s", "y")
        assert "Copying is switched off" in desk.text
        assert desk.app.clipboard.startswith("“Well")
        await desk.press("Q")
    async with workbench(study_file) as desk:
        await desk.press("s", "y")
        assert "Copying is switched off" in desk.text


@pytest.mark.parametrize(
    ("action", "hint"), [("coding.repeat", ". Again"), ("everywhere.documents", "D Documents"), ("list.choose", "")]
)
@on_screen
async def test_a_hint_stays_at_its_place_whatever_key_it_has(study_file, action, hint):
    async with workbench(study_file, size=(140, 30)) as desk:
        await desk.press("enter")
        usual = desk.lines[-1]
    async with workbench(study_file, own_keys=((action, "ctrl+e"),), size=(140, 30)) as desk:
        assert desk.lines[-1].split() == usual.replace(hint, f"^e {hint[2:]}" if hint else "").split()


@on_screen
async def test_a_key_taken_from_another_action_is_told_and_stands_there_no_longer(study_file):
    own = (("coding.code", "x"), ("everywhere.documents", "ctrl+l"), ("reader.down", "n,down"), ("coding.nope", "f12"))
    async with workbench(study_file, own_keys=own, size=(120, 60)) as desk:
        assert "No action is called coding.nope" in desk.message
        assert "Your own keys take x from coding.uncode." in desk.message
        assert "everywhere.documents" not in desk.message
        assert "reader" not in desk.message
        await desk.press("enter", "down", "x", *"m2a", "question_mark")
        (line,) = [line for line in desk.lines if "Take a code off" in line]
        assert line.strip("│┃ ") == "Take a code off the passage at the cursor"
        await desk.press("escape", "ctrl+l")
        assert desk.app.reading is None
    with qualcode.open(study_file) as project:
        assert len(project.segments.find()) == 1


@on_screen
async def test_keys_can_be_exchanged(study_file):
    async with workbench(study_file, own_keys=(("coding.code", "x"), ("coding.uncode", "c"))) as desk:
        assert desk.message == ""
        await desk.press("enter", "down", "x", *"m2a", "c")
        assert desk.message.startswith("Taken off: M2a")


@on_screen
async def test_own_keys_are_written_as_they_stand_on_the_keyboard_with_blanks_or_without(study_file):
    own = (("coding.code", ">, f12"), ("reader.down", ""), ("reader.up", ","))
    async with workbench(study_file, own_keys=own) as desk:
        assert desk.message == "Your own keys take > from coding.claim."
        await desk.press("enter", "down", "greater_than_sign", *"m2a", "f12", *"p3")
        assert desk.message.startswith("P3 Hope: “Well")
        assert desk.lines[-1].startswith("> Code")
        await desk.press("question_mark")
        assert any(line.strip("│┃ ").startswith(">  f12  ") for line in desk.lines)


@on_screen
async def test_the_key_that_leaves_from_anywhere_can_be_another(study_file):
    async with workbench(study_file, own_keys=(("everywhere.leave_anywhere", "ctrl+x"),)) as desk:
        assert desk.message == ""
        await desk.press("enter", "down", "c", "ctrl+q")
        assert not has_left(desk)
        await desk.press("ctrl+x")
        assert has_left(desk)


@on_screen
async def test_an_own_key_that_leaves_from_anywhere_is_told_where_it_does_nothing(study_file):
    async with workbench(study_file, own_keys=(("coding.code", "ctrl+q,c"),)) as desk:
        assert (
            desk.message
            == "Nothing comes of your own key ctrl+q of coding.code: it is that of everywhere.leave_anywhere."
        )
        await desk.press("enter", "down", "ctrl+q")
        assert has_left(desk)
    async with workbench(study_file, own_keys=(("everywhere.help", "ctrl+q"),)) as desk:
        assert desk.message == "Your own keys take ctrl+q from everywhere.leave_anywhere."
