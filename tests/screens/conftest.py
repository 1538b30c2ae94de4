"""Each test has its own settings and places, and a small study to work on."""

import shutil
from pathlib import Path

import pytest

from tests.builders import a_study
from tests.screens import studies


@pytest.fixture(autouse=True)
def own_settings(tmp_path, monkeypatch):
    monkeypatch.setenv("QUALCODE_CONFIG", str(tmp_path / "settings"))
    monkeypatch.setenv("QUALCODE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("NO_COLOR", raising=False)


@pytest.fixture(scope="session")
def _made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("studies")
    a_study(folder / "study.qualcode").close()
    for make in (studies.reading, studies.coded, studies.hostile):
        make(folder / f"{make.__name__}.qualcode")
    return folder


@pytest.fixture
def study_file(_made, tmp_path) -> Path:
    """A project with codes M2a, P3 and X, and the interview A-SU1 of two answers."""
    return Path(shutil.copy(_made / "study.qualcode", tmp_path))


@pytest.fixture
def reading_file(_made, tmp_path) -> Path:
    """Two interviews with nothing coded, one longer than a screen (`studies.reading`)."""
    return Path(shutil.copy(_made / "reading.qualcode", tmp_path))


@pytest.fixture
def coded_file(_made, tmp_path) -> Path:
    """The same with passages, a memo and a claim (`studies.coded`)."""
    return Path(shutil.copy(_made / "coded.qualcode", tmp_path))


@pytest.fixture
def hostile_file(_made, tmp_path) -> Path:
    """A study full of what would drive a terminal (`studies.hostile`)."""
    return Path(shutil.copy(_made / "hostile.qualcode", tmp_path))
