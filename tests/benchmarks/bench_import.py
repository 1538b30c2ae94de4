"""Import: 200 text files of 60 kB with speakers, beside reading and storing the same bytes and texts bare."""

import sqlite3
import tempfile
from pathlib import Path
from time import perf_counter

import qualcode
from qualcode.work.bring_in import bring_in
from tests.benchmarks.bench import Row

FILES, TURNS = 200, 150


def rows() -> list[Row]:
    ours, theirs = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "interviews"
        folder.mkdir()
        for number in range(FILES):
            (folder / f"P{number}.txt").write_text(interview(number), encoding="utf-8")
        for attempt in range(5):
            with qualcode.new(Path(name) / f"study{attempt}.qualcode", "AK") as project:
                started = perf_counter()
                bring_in(project, [folder])
                ours.append(perf_counter() - started)
            started = perf_counter()
            bare_import(folder, Path(name) / f"bare{attempt}.db")
            theirs.append(perf_counter() - started)
    return [
        Row(
            f"import {FILES} files of {len(interview(0)) // 1000} kB",
            tuple(ours),
            "bytes and text into SQLite",
            tuple(theirs),
        )
    ]


def interview(number: int) -> str:
    """About 60 kB of turns, no two files the same."""
    words = f"Well in house {number} it was like that and we got on with it as one does, mostly. " * 5
    return "".join(
        f"{'Interviewer' if turn % 2 == 0 else f'P{number}'}: {words if turn % 2 else 'And then what happened?'}\n\n"
        for turn in range(2 * TURNS)
    )[:60_000]


def bare_import(folder: Path, path: Path) -> None:
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE text(bytes, body)")
    bare.execute("BEGIN")
    for each in sorted(folder.glob("*.txt")):
        data = each.read_bytes()
        bare.execute("INSERT INTO text VALUES (?, ?)", (data, data.decode()))
    bare.execute("COMMIT")
    bare.close()
