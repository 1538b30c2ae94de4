"""What somebody new to the workbench stumbles over: words half written, keys that do not fit, lists with nothing."""

import pytest

from tests.screens.driving import on_screen, workbench
from tests.screens.test_charting import charted_study, open_chart, settle


def has_left(desk):
    return desk.app._exit or not desk.app.is_running


@pytest.mark.parametrize("keys", [("m",), ("e",)], ids=["memo", "turn"])
@on_screen
async def test_words_half_written_are_not_thrown_away_by_ctrl_q(reading_file, keys):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", *keys, "s", "o", "ctrl+q")
        assert "This is not kept yet: f2 keeps it   ctrl+q again leaves without it" in desk.text
        assert not has_left(desk)
        await desk.press("ctrl+q")
        assert has_left(desk)


@on_screen
async def test_esc_warned_of_is_not_ctrl_q_warned_of_and_nothing_written_asks_nothing(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "m", "s", "escape")
        assert "esc again leaves without it" in desk.text
        await desk.press("ctrl+q")
        assert not has_left(desk)
        await desk.press("escape", "m", "ctrl+q")
        assert has_left(desk)


@on_screen
async def test_a_summary_half_written_comes_up_before_one_leaves(tmp_path):
    async with workbench(charted_study(tmp_path), size=(100, 30)) as desk:
        await open_chart(desk)
        await desk.press("enter")
        await settle(desk)
        await desk.type("Ann")
        await desk.press("tab", "o", "Q")
        assert "ctrl+q again leaves without it" in desk.message
        assert "yours: none yet" in desk.text
        await desk.press("ctrl+q")
        assert has_left(desk)


@on_screen
async def test_a_code_without_a_kind_says_how_it_gets_one(reading_file):
    async with workbench(reading_file) as desk:
        await desk.press("enter", "down", "c", "x", "at")
        await desk.until("neither")
        assert "Say its kind: f3 in the workbench, or: qualcode codebook change X --kind" in desk.message
