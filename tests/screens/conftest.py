"""Each test has its own settings and places, and a small study to work on."""

from pathlib import Path

import pytest

from tests.builders import a_study


@pytest.fixture(autouse=True)
def own_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CONFIG", str(tmp_path / "settings"))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture
def study_file(tmp_path) -> Path:
    """A project with codes M2a, P3 and X, and the interview A-SU1 of two answers."""
    path = tmp_path / "study.qualcode"
    a_study(path).close()
    return path
