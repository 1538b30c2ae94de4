"""Timing a call or a whole command beside its floor or peer, in the same run, and one aligned table of it.

A benchmark file is `tests/benchmarks/bench_NAME.py` with `rows() -> list[Row]`; its docstring's first line is the
table's title. There is nothing to register:

    def rows() -> list[Row]:
        return [row("unite 1,000,000 passages", lambda: unite(...), "sorting them", lambda: np.lexsort(...))]

Nothing is asserted: a busy machine must not turn a test red. Compare with the floor beside it, not with yesterday.
"""

import os
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

ROOT = Path(__file__).parents[2]

Seconds = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """What was timed, and what it stands beside: a floor nobody can beat, or a peer. Times in seconds, a run each."""

    what: str
    ours: Seconds
    beside: str = ""
    theirs: Seconds = ()


def row(
    what: str, ours: Callable[[], Any], beside: str = "", theirs: Callable[[], Any] | None = None, *, runs: int = 5
) -> Row:
    """Times a callable, taking turns with its floor or peer (A B A B), so that a busy moment falls on both.

    Each runs once before, uncounted, so that neither pays for cold caches.
    """
    callables = [ours] if theirs is None else [ours, theirs]
    for call in callables:
        call()
    times = [tuple(_seconds(call) for call in callables) for _ in range(runs)]
    by_call = list(zip(*times, strict=True))
    return Row(what, by_call[0], beside, by_call[1] if theirs else ())


def command(*words: str, environment: dict[str, str] | None = None) -> Callable[[], None]:
    """A callable that runs a whole process from the project's root; one that fails stops the benchmark."""

    def run() -> None:
        surroundings = os.environ | (environment or {})
        done = subprocess.run(words, cwd=ROOT, env=surroundings, check=False, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(f"`{' '.join(words)}` ended with {done.returncode}: {done.stderr.strip()[-200:]}")

    return run


def table(title: str, rows: Sequence[Row]) -> str:
    """The rows as one aligned table: runs, min, median, max; then the floor or peer, its median, and ours over its."""
    heads = ("", "runs", "min", "median", "max", "beside", "median", "ratio")
    lines = [heads, *(_cells(row) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    words = {0, 5}  # columns of words stand left, numbers right
    printed = [
        "  ".join(
            cell.ljust(width) if number in words else cell.rjust(width)
            for number, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    ]
    return "\n".join((title, *printed))


def _seconds(call: Callable[[], Any]) -> float:
    started = perf_counter()
    call()
    return perf_counter() - started


def _cells(row: Row) -> tuple[str, ...]:
    ours = median(row.ours)
    own = (row.what, str(len(row.ours)), _shown(min(row.ours)), _shown(ours), _shown(max(row.ours)))
    if not row.theirs:
        return (*own, "", "", "")
    theirs = median(row.theirs)
    return (*own, row.beside, _shown(theirs), f"{ours / theirs:.2f}" if theirs else "")


def _shown(seconds: float) -> str:
    if seconds >= 1:
        return f"{seconds:.2f} s"
    milliseconds = seconds * 1000
    return f"{milliseconds:.0f} ms" if milliseconds >= 10 else f"{milliseconds:.2g} ms"
