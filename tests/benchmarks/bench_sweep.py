"""Sweep: 1,000,000 segments of 100 codes on 2,000 documents of 50,000 characters."""

import numpy as np

from qualcode import sweep
from tests.benchmarks.bench import Row, row

SEGMENTS, DOCUMENTS, CODES, LENGTH = 1_000_000, 2_000, 100, 50_000


def rows() -> list[Row]:
    chance = np.random.default_rng(1)
    document = np.sort(chance.integers(0, DOCUMENTS, SEGMENTS))
    length = np.minimum(chance.geometric(1 / 300, SEGMENTS), 1_000)  # 2.8 million overlapping pairs
    position = chance.integers(0, LENGTH - length)
    code = chance.integers(0, CODES, SEGMENTS)
    offset = sweep.offsets(np.full(DOCUMENTS, LENGTH))
    start = sweep.axis(document, position, offset)
    order = np.argsort(start)
    start, code, document = start[order], code[order], document[order]
    end = start + length[order]
    shuffled = chance.permutation(SEGMENTS)
    mixed_start, mixed_end = start[shuffled], end[shuffled]
    first, second = sweep.overlaps(start, end)
    shape = (CODES, CODES)
    keys = (code[first] * CODES + code[second]) * DOCUMENTS + document[first]

    def together() -> None:
        one, other = sweep.overlaps(start, end)
        sweep.distinct_counts(code[one], code[other], document[one], shape)

    def documents() -> object:
        return sweep.distinct_counts(code[first], code[second], document[first], shape)

    turn_start = np.arange(0, offset[-1], 271)
    return [
        row(
            f"overlaps and documents per pair of codes ({len(first):,} pairs)",
            together,
            "sorting as many keys",
            lambda: np.sort(keys),
        ),
        row("overlaps, sorted", lambda: sweep.overlaps(start, end), "argsort", lambda: np.argsort(start)),
        row(
            "overlaps, in any order",
            lambda: sweep.overlaps(mixed_start, mixed_end),
            "argsort",
            lambda: np.argsort(mixed_start),
        ),
        row(
            "overlaps in blocks of 500,000",
            lambda: sum(len(some) for some, _ in sweep.overlap_blocks(start, end, limit=500_000)),
            "at once",
            lambda: sweep.overlaps(start, end),
        ),
        row("documents per pair of codes", documents, "sorting as many keys", lambda: np.sort(keys)),
        row(
            "references per pair of codes",
            lambda: sweep.tally(code[first], code[second], shape),
            "sorting as many keys",
            lambda: np.sort(keys),
        ),
        row(
            "unite by code",
            lambda: sweep.unite(code, start, end),
            "lexsort by code and start",
            lambda: np.lexsort((start, code)),
        ),
        row(
            f"turns under each segment ({len(turn_start):,} turns)",
            lambda: sweep.pieces_under(start, end, turn_start, turn_start + 270),
            "two searches",
            lambda: (np.searchsorted(turn_start, start), np.searchsorted(turn_start, end)),
        ),
    ]
