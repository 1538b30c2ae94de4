"""Properties are bounded by their number of examples, never by the clock: the machine may be busy."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests import ways

settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


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


@pytest.fixture(scope="session")
def sample_study(tmp_path_factory) -> Path:
    """The sample project, made once: copy it before you write. Tests that take it stand in one group of workers."""
    from qualcode.work import sample

    return sample.make(tmp_path_factory.mktemp("sample") / "qualcode-demo")
