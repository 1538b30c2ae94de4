"""The two ways a study is kept: plain or encrypted. Tests of the store run both ways (`pytestmark = BOTH_WAYS`).

The encrypted ones share a key that no passphrase makes, so that none of them waits for one to be worked out.
"""

import pytest

import qualcode
from qualcode.project import Project
from qualcode.project.keys import ProjectKey

KEY = ProjectKey.random()
BOTH_WAYS = pytest.mark.both_ways

KNOWING_THE_KEY = f"""
from qualcode.project.keys import ProjectKey, keep
keep(ProjectKey(bytes.fromhex({KEY.raw.hex()!r}), bytes.fromhex({KEY.salt.hex()!r})))
"""
"""For the scripts of processes that open what a test has made."""

_chosen: list[ProjectKey] = []


def go(way: str) -> None:
    """From now on studies are made that way: "plain" or "encrypted"."""
    _chosen[:] = [KEY] if way == "encrypted" else []


def key() -> ProjectKey | None:
    """The key with which this test's studies are made; None where they are plain."""
    return _chosen[0] if _chosen else None


def new(path, coder: str = "AK", **options) -> Project:
    """A new project, made this test's way."""
    return qualcode.new(path, coder, passphrase=key(), **options)
