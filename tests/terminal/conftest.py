"""Terminals that are closed when a test is over."""

import pytest

from tests.terminal.tmux import Terminal


@pytest.fixture
def terminal(tmp_path):
    opened: list[Terminal] = []

    def another() -> Terminal:
        opened.append(Terminal(tmp_path))
        return opened[-1]

    yield another
    for each in opened:
        each.close()
