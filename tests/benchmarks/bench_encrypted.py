"""Encrypted project file: beside the same project in a plain one; CPU time of this process, 200,000 segments there.

Both projects do each thing in turn, so that a busy moment falls on both. Opening by the passphrase is dearer on
purpose: working the key out is what a guess costs.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import qualcode
from qualcode.model import Turn
from qualcode.project import Project, keys
from qualcode.project.keys import ProjectKey
from tests.benchmarks.bench import Row, Seconds
from tests.benchmarks.millions import BODY, LENGTH, passages

BULK, BEFORE = 20_000, 200_000
WORDS = "correct horse battery staple"

Pair = tuple[float, float]


def rows() -> list[Row]:
    with both() as (encrypted, plain):
        return [
            *opening(encrypted.path, plain.path),
            *bulk(encrypted, plain),
            single(encrypted, plain),
            read("all segments as objects", encrypted, plain, lambda each: each.segments.find(), runs=3),
            read("all segments as arrays", encrypted, plain, lambda each: each.columns().segments),
            read("a backup", encrypted, plain, lambda each: each.backup().unlink(), runs=3),
            converting(plain.path),
        ]


@contextmanager
def both() -> Iterator[tuple[Project, Project]]:
    """One project twice: under a passphrase, and plain."""
    with TemporaryDirectory() as folder, ExitStack() as open_ones:
        yield tuple(
            open_ones.enter_context(furnished(Path(folder) / f"{name}.qualcode", passphrase))
            for name, passphrase in (("encrypted", WORDS), ("plain", None))
        )


def furnished(path: Path, passphrase: str | None) -> Project:
    project = qualcode.new(path, "AK", passphrase=passphrase)
    with project.action("furnish"):
        turns = [Turn(at, at + 500, at, "INT" if at % 1000 else "P") for at in range(0, LENGTH, 500)]
        for number in range(200):
            project.documents.add(f"D{number}", BODY, turns, parts={"INT": "interviewer"})
        for number in range(100):
            project.codes.add(f"C{number}", f"code {number}")
    project.segments.add_many(passages(project, BEFORE, seed=1))
    return project


def opening(encrypted: Path, plain: Path) -> list[Row]:
    def by_passphrase() -> None:
        keys._known.clear()
        qualcode.open(encrypted, passphrase=ProjectKey.of(WORDS, key.salt)).close()

    key = keys.key_held(encrypted)
    assert key is not None
    ours, theirs = in_turn(by_passphrase, lambda: qualcode.open(plain).close())
    again, _ = in_turn(lambda: qualcode.open(encrypted).close(), lambda: None)
    return [
        Row("open by its passphrase", ours, "plain", theirs),
        Row("open once more (another thread)", again, "plain", theirs),
    ]


def bulk(encrypted: Project, plain: Project) -> list[Row]:
    times: dict[str, list[Pair]] = {"20,000 segments in one action": [], "their undo": []}
    for seed in range(2, 7):
        new = passages(plain, BULK, seed)
        pairs = (
            (timed(encrypted.segments.add_many, new), timed(plain.segments.add_many, new)),
            (timed(encrypted.history.undo), timed(plain.history.undo)),
        )
        for found, pair in zip(times.values(), pairs, strict=True):
            found.append(pair)
    return [Row(what, *_transposed(found)) for what, found in times.items()]


def single(encrypted: Project, plain: Project) -> Row:
    """One passage coded, on the disk before the call returns."""
    found: list[Pair] = []
    for new in passages(plain, 300, seed=99):
        code = plain.codes.get(new.code).short
        ours, theirs = (partial(each.segments.add, new.document, code) for each in (encrypted, plain))
        found.append((timed(ours, span=(new.start, new.end)), timed(theirs, span=(new.start, new.end))))
    return Row("one durable segment", *_transposed(found))


def read(what: str, encrypted: Project, plain: Project, look: Callable[[Project], object], runs: int = 5) -> Row:
    ours, theirs = in_turn(lambda: look(encrypted), lambda: look(plain), runs=runs)
    return Row(what, ours, "plain", theirs)


def converting(plain: Path) -> Row:
    """Of a copy; verified and on the disk."""
    copy = plain.with_name("copy.qualcode")
    with qualcode.open(plain) as project:
        project.backup(copy.parent / "once").rename(copy)
    key = ProjectKey.random()
    there = timed(qualcode.encrypt, copy, key)
    return Row("encrypt a project of that size", (there,), "decrypt it", (timed(qualcode.decrypt, copy),))


def in_turn(ours: Callable[[], object], theirs: Callable[[], object], runs: int = 5) -> tuple[Seconds, Seconds]:
    ours(), theirs()
    found = [(timed(ours), timed(theirs)) for _ in range(runs)]
    return tuple(one for one, _ in found), tuple(other for _, other in found)


def timed(call: Callable[..., object], *arguments: object, **options: object) -> float:
    started = process_time()
    call(*arguments, **options)
    return process_time() - started


def _transposed(found: list[Pair]) -> tuple[Seconds, str, Seconds]:
    ours, theirs = zip(*found, strict=True)
    return ours, "plain", theirs
