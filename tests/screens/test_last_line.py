"""Whatever stands on the last line of a screen can be clicked, and does what the key does that stands there."""

import shutil

import pytest
from textual.app import App

from qualcode.tui.widgets.key_line import KeyLine
from tests.screens import test_snapshots, test_snapshots_of_findings
from tests.screens.driving import on_screen, workbench
from tests.screens.test_snapshots_of_findings import settle
from tests.studies import whole_study

SCENES = {
    "reading": test_snapshots.SCENES,
    "findings": test_snapshots_of_findings.SCENES,
    "others": (("agreement", ("J",)), ("names", ("f12",)), ("proposals", ("Y",)), ("people", ("P",)), ("start", ("O",)),
               ("importing", ("escape", "I"))),
}  # fmt: skip
"""Names of screens, and the keys that lead from one to the next."""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with whole_study(tmp_path_factory.mktemp("whole")) as project:
        return project.path


@pytest.mark.parametrize("scenes", SCENES)
@on_screen
async def test_a_click_on_the_last_line_is_the_key_that_stands_there(made, coded_file, tmp_path, monkeypatch, scenes):
    path = coded_file if scenes == "reading" else shutil.copy(made, tmp_path / made.name)
    pressed = []
    async with workbench(path, size=(120, 40)) as desk:
        for name, keys in SCENES[scenes]:
            await desk.press(*keys)
            await settle(desk)
            active, line = desk.app.screen.active_bindings, desk.app.screen.query(KeyLine)
            offered = list(line.first()._placed()) if line else []
            with monkeypatch.context() as patch:
                patch.setattr(App, "simulate_key", lambda _, key: pressed.append(key))
                for at, each in offered:
                    await desk.pilot.click(KeyLine, offset=(at, 0))
                    assert active[pressed.pop()].binding.action == each.action, name
                    assert desk.lines[-1][at:].startswith(f"{each.shown} {each.words}"), name
            assert pressed == []
