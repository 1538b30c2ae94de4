"""200 times kill -9 into a writing program. Run by hand: python -m tests.benchmarks.bench_kill [ROUNDS]."""

import random
import sys
import tempfile
import time
from pathlib import Path

from tests.builders import a_study
from tests.killing import Round, kill_once


def main(rounds: int) -> None:
    """Kill, look, and print a table: a row for each 20 rounds, then all."""
    dice = random.Random(rounds)
    done: list[Round] = []
    began = time.perf_counter()
    print(f"{'rounds':>8} {'acknowledged':>13} {'lost':>5} {'torn':>5} {'problems':>9} {'seconds':>8}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "study.qualcode"
        a_study(path).close()
        for number in range(rounds):
            done.append(kill_once(path, 1000 * number, dice))
            if (number + 1) % 20 == 0 or number + 1 == rounds:
                sums = [sum(values) for values in zip(*map(_values, done), strict=True)]
                row = "{:13} {:5} {:5} {:9}".format(*sums)
                print(f"{number + 1:8} {row} {time.perf_counter() - began:8.1f}", flush=True)


def _values(each: Round) -> tuple[int, int, int, int]:
    return each.acknowledged, each.lost, each.torn, each.problems


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
