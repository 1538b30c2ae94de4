"""Which actions of the workbench no test does: `python -m pytest -n0 -q -p tests.screens.pressed tests/screens`.

A pytest plugin. It writes down each action that a key, the palette or a click on the last line does, and tells at the
end which of `qualcode.tui.actions` were never done, and which never by the mouse. Tests that press every key there is,
whatever comes of it, do not count.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from textual.app import App
from textual.dom import DOMNode

from qualcode.tui.actions import ACTIONS, NAMES, actions_of

_PRESSES_ALL = "test_every_key_can_be_pressed"

done: set[str] = set()
clicked: set[str] = set()
_counts = True


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    """Let what a test does count, unless it presses all keys."""
    global _counts  # noqa: PLW0603  (pytest has one test at a time)
    _counts = not item.name.startswith(_PRESSES_ALL)
    return (yield)


def pytest_configure() -> None:
    """Listen to every action that Textual does, and to every key that is clicked."""
    run, press = App.run_action, App.simulate_key

    async def run_and_tell(
        app: App[Any], action: Any, default_namespace: DOMNode | None = None, namespaces: Any = None
    ) -> bool:
        was_done = await run(app, action, default_namespace, namespaces)
        if was_done and _counts:
            done.update(_ids(default_namespace or app, action))
        return was_done

    def press_and_tell(app: App[Any], key: str) -> None:
        active = app.screen.active_bindings.get(key)
        if active and _counts:
            clicked.add(active.binding.id or "")
        press(app, key)

    App.run_action, App.simulate_key = run_and_tell, press_and_tell  # type: ignore[method-assign]


def _ids(owner: DOMNode, action: object) -> Iterator[str]:
    """The names of an action, as `qualcode.tui.actions` has them."""
    for bindings in owner._bindings.key_to_bindings.values():
        yield from (each.id for each in bindings if each.id and each.action == action)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Tell what was never done."""
    hinted = {f"{place}.{each.name}" for place in ACTIONS for each in actions_of(place) if each.hint}
    terminalreporter.write_line(f"\n{len(NAMES & done)} of {len(NAMES)} actions are done by tests; never:")
    terminalreporter.write_line("  " + ", ".join(sorted(NAMES - done)))
    terminalreporter.write_line(f"{len(clicked & hinted)} of {len(hinted)} of the last line are clicked; never:")
    terminalreporter.write_line("  " + ", ".join(sorted(hinted - clicked)))
