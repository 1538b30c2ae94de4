"""Properties are bounded by their number of examples, never by the clock: the machine may be busy."""

import gc
import hashlib
import os
import shutil
import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

import pyrage
import pytest
from hypothesis import HealthCheck, settings

from tests import ways
from tests.quick_age import Quick

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_collection_modifyitems(items) -> None:
    """The tests of a module stay with one worker: what they share is made once, not by each."""
    for item in items:
        if not item.get_closest_marker("xdist_group"):
            item.add_marker(pytest.mark.xdist_group(item.module.__name__))


def pytest_collection_finish() -> None:
    """What all tests have in common is not looked through for garbage again and again: a fifth of their time."""
    gc.collect()
    gc.freeze()


def pytest_generate_tests(metafunc) -> None:
    """Tests of the store run with plain and with encrypted files (see `ways`)."""
    if metafunc.definition.get_closest_marker("both_ways"):
        metafunc.parametrize("way", ["plain", "encrypted"], indirect=True)


@pytest.fixture(autouse=True)
def way(request) -> str:
    """How this test's studies are kept."""
    chosen = getattr(request, "param", "plain")
    ways.go(chosen)
    return chosen


@pytest.fixture(autouse=True, scope="session")
def own_cache(tmp_path_factory) -> Path:
    """Nothing is ever parsed into the cache of whoever runs the tests."""
    folder = tmp_path_factory.mktemp("cache")
    os.environ["QUALCODE_CACHE"] = str(folder)
    return folder


@pytest.fixture(autouse=True, scope="session")
def worked_out_once():
    """What a passphrase makes with a salt is always the same, and PBKDF2 is slow by design."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hashlib, "pbkdf2_hmac", cache(hashlib.pbkdf2_hmac))
        yield


@pytest.fixture
def quick_age(monkeypatch):
    """Keys are written and opened at once (see `Quick`)."""
    monkeypatch.setattr(pyrage, "passphrase", Quick)


@pytest.fixture(scope="session")
def sample_study(tmp_path_factory, worker_id) -> Path:
    """The sample project, made once for all workers; each has a copy. Copy it before you write."""
    from qualcode.work import sample

    folder = tmp_path_factory.getbasetemp()
    common = folder if worker_id == "master" else folder.parent
    with closing(sqlite3.connect(common / "sample.lock", timeout=300, isolation_level=None)) as lock:
        lock.execute("BEGIN EXCLUSIVE")  # whoever comes second waits, and finds it there
        if not (common / "sample").exists():
            sample.make(common / "sample")
    (path,) = Path(shutil.copytree(common / "sample", folder / "qualcode-demo")).glob("*.qualcode")
    return path
