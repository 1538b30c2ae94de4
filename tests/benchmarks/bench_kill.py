"""200 times kill -9 into a writing program: seconds a round, and what was lost (nothing may be)."""

import random
import tempfile
import time
from pathlib import Path

from tests.benchmarks.bench import Row
from tests.builders import a_study
from tests.killing import Round, kill_once

ROUNDS = 200


def rows(rounds: int = ROUNDS) -> list[Row]:
    """Kill, open, look; what came of it stands in the name of the row."""
    dice = random.Random(rounds)
    done: list[Round] = []
    seconds: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "study.qualcode"
        a_study(path).close()
        for number in range(rounds):
            began = time.perf_counter()
            done.append(kill_once(path, 1000 * number, dice))
            seconds.append(time.perf_counter() - began)
    return [Row(_told(done), tuple(seconds))]


def _told(done: list[Round]) -> str:
    sums = {name: sum(getattr(each, name) for each in done) for name in ("acknowledged", "lost", "torn", "problems")}
    return ", ".join(f"{number} {name}" for name, number in sums.items())
