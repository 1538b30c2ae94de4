"""Project file: the log on, durable, at 1,000,000 segments; beside the same rows in bare SQLite tables.

The bare table has the segment's columns and its two indexes, WAL and synchronous=FULL, but no log, no keys, no checks.
"""

import sqlite3
from pathlib import Path
from time import perf_counter

from qualcode.project import Project
from qualcode.project.segments import NewSegment
from tests.benchmarks.bench import Row
from tests.benchmarks.millions import SEGMENTS, fill, furnished, passages

BULK = 20_000


def rows() -> list[Row]:
    with furnished() as project:
        bare = bare_file(project.path.with_name("bare.db"))
        new = passages(project, SEGMENTS, seed=1)
        some = [bare_row(each) for each in new]
        started = perf_counter()
        fill(project, new)
        filled = perf_counter() - started
        started = perf_counter()
        insert(bare, some)
        measured = [Row("fill with 1,000,000", (filled,), "bare table", (perf_counter() - started,))]
        return measured + bulk(project, bare) + [single(project, bare), one_document(project, bare)]


def bulk(project: Project, bare: sqlite3.Connection) -> list[Row]:
    """20,000 more in one action, and that action undone."""
    times: dict[str, list[float]] = {"add": [], "undo": [], "insert": [], "delete": []}
    for seed in range(2, 7):
        new = passages(project, BULK, seed)
        plain = [bare_row(each) for each in new]
        times["add"].append(timed(project.segments.add_many, new))
        times["undo"].append(timed(project.history.undo))
        last = bare.execute("SELECT max(id) FROM segment").fetchone()[0]
        times["insert"].append(timed(insert, bare, plain))
        times["delete"].append(timed(bare.execute, "DELETE FROM segment WHERE id > ?", (last,)))
    return [
        Row("20,000 more in one action", tuple(times["add"]), "bare table", tuple(times["insert"])),
        Row("their undo", tuple(times["undo"]), "bare DELETE", tuple(times["delete"])),
    ]


def single(project: Project, bare: sqlite3.Connection) -> Row:
    """One passage coded, on the disk before the call returns."""
    ours, theirs = [], []
    for each in passages(project, 200, seed=99):
        code = project.codes.get(each.code).short
        ours.append(
            timed(lambda each=each, code=code: project.segments.add(each.document, code, span=(each.start, each.end)))
        )
        theirs.append(timed(insert, bare, [bare_row(each)]))
    return Row("one durable segment", tuple(ours), "bare table", tuple(theirs))


def one_document(project: Project, bare: sqlite3.Connection) -> Row:
    """A document's segments as the objects that a screen shows."""
    document = project.documents.get("D77")
    select = "SELECT * FROM segment WHERE document = ? ORDER BY start"
    ours = [timed(project.segments.of, document) for _ in range(30)]
    theirs = [timed(lambda: bare.execute(select, (document.id,)).fetchall()) for _ in range(30)]
    count = len(project.segments.of(document))
    return Row(f"one document's segments ({count})", tuple(ours), "bare SELECT", tuple(theirs))


def bare_file(path: Path) -> sqlite3.Connection:
    bare = sqlite3.connect(path, isolation_level=None)
    bare.execute("PRAGMA journal_mode = WAL")
    bare.execute("PRAGMA synchronous = FULL")
    bare.execute("CREATE TABLE segment(id INTEGER PRIMARY KEY, document, text, start, end, code, definition, coder)")
    bare.execute("CREATE INDEX place ON segment(document, start, end, code, coder)")
    bare.execute("CREATE INDEX by_code ON segment(code)")
    return bare


def bare_row(each: NewSegment) -> tuple[int, ...]:
    return (each.document, each.document, each.start, each.end, each.code, each.code, 1)


def insert(bare: sqlite3.Connection, plain: list[tuple[int, ...]]) -> None:
    bare.execute("BEGIN IMMEDIATE")
    bare.executemany(
        "INSERT INTO segment(document, text, start, end, code, definition, coder) VALUES (?, ?, ?, ?, ?, ?, ?)",
        sorted(plain),
    )
    bare.execute("COMMIT")


def timed(call, *arguments) -> float:
    started = perf_counter()
    call(*arguments)
    return perf_counter() - started
