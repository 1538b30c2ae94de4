"""Agreement of two coders over arrays in memory; beside it the libraries that know the same statistics, if installed.

The bars: 100 codes and 20,000 segments in 60 ms; 1,000,000 segments of 50 codes with the table by document and 1,000
bootstraps in 1.5 s and 400 MB; unitising alpha of 1,000,000 segments in 1 s. Then, once: how often intervals hold the
truth (`python -m tests.benchmarks.bench_agreement`).
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from qualcode.agreement import (
    Coding,
    Continua,
    Ratings,
    Resampling,
    Sums,
    alpha,
    by_character,
    cohen,
    fleiss,
    resampled,
)
from qualcode.agreement import sums as statistics
from qualcode.agreement.unitising import unitised
from tests.benchmarks.bench import Row, row

LENGTH = 50_000


def coding(segments: int, codes: int, documents: int) -> Coding:
    """Two coders who mostly mark the same passages, a little shifted."""
    chance = np.random.default_rng(7)
    half = segments // 2
    document, code = chance.integers(0, documents, half), chance.integers(0, codes, half)
    size = np.minimum(chance.geometric(1 / 150, half), 1_000)
    start = chance.integers(0, LENGTH - 2_000, half)
    shift = chance.integers(0, 40, half)
    moved = np.where(chance.random(half) < 0.7, start + shift, chance.integers(0, LENGTH - 2_000, half))
    start = np.concatenate((start, moved))
    order = np.argsort(np.tile(document, 2) * LENGTH + start)  # as `columns` gives them
    coder = np.repeat(np.arange(2), half)
    return Coding(
        np.tile(document, 2)[order], coder[order], np.tile(code, 2)[order], start[order],
        (start + np.tile(size, 2))[order], np.full(documents, LENGTH), np.ones((documents, 2), dtype=bool), codes,
    )  # fmt: skip


def per_code(material: Coding) -> object:
    """Percent, kappa, alpha, F1, prevalence of every code, by character."""
    totals = Sums(by_character(material.united())).totals()
    return [
        each(totals) for each in (statistics.percent, statistics.kappa, statistics.alpha, statistics.prevalence,
                                  statistics.positive_agreement)
    ]  # fmt: skip


def with_bootstraps(material: Coding) -> object:
    """The sums by document, and intervals of kappa and alpha from 1,000 bootstraps."""
    sums = Sums(by_character(material.united()))
    return resampled(sums, {"kappa": statistics.kappa, "alpha": statistics.alpha}, Resampling(resamples=1_000))


def marked(segments: int, documents: int) -> Continua:
    """Two coders whose own passages never overlap, with ten values."""
    chance = np.random.default_rng(3)
    each = segments // documents // 2
    length = each * 60
    begin = np.arange(each) * 60
    found = [(d, c, begin + chance.integers(0, 20, each)) for d in range(documents) for c in range(2)]
    start = np.concatenate([starts for _, _, starts in found])
    values = chance.integers(0, 10, (documents, each))
    value = np.concatenate([np.where(chance.random(each) < 0.8, values[d], 0) for d, _, _ in found])
    document = np.repeat([d for d, _, _ in found], each)
    coder = np.repeat([c for _, c, _ in found], each)
    return Continua(
        document, coder, value, start, start + 40, np.full(documents, length), np.ones((documents, 2), dtype=bool), 10
    )


def peer(name: str) -> Any:
    """A library that may not be installed."""
    try:
        return import_module(name)
    except ImportError:
        return None


def beside(name: str, call: Callable[[Any], Any]) -> tuple[str, Callable[[], Any] | None]:
    """What to print and run beside ours, where a library is installed."""
    library = peer(name)
    return (
        (name.split(".", maxsplit=1)[0], lambda: call(library))
        if library
        else (f"{name.split('.', maxsplit=1)[0]} is not installed", None)
    )


def rows() -> list[Row]:
    small, large = coding(20_000, 100, 100), coding(1_000_000, 50, 2_000)
    continua = marked(1_000_000, 500)
    chance = np.random.default_rng(1)
    values = chance.integers(0, 5, (4, 20_000))
    given = np.where(chance.random((4, 20_000)) < 0.75, values[0], values)
    ratings, two = Ratings.of(given.tolist(), range(5)), Ratings.of(given[:2].tolist(), range(5))
    counts = np.stack([(given == value).sum(axis=0) for value in range(5)], axis=1)
    return [
        row("100 codes, 20,000 segments, every code (bar: 60 ms)", lambda: per_code(small)),
        row("1,000,000 segments, by document, 1,000 bootstraps (bar: 1.5 s)", lambda: with_bootstraps(large), runs=3),
        row("unitising alpha of 1,000,000 segments (bar: 1 s)", lambda: unitised(continua), runs=3),
        row(
            "nominal alpha, 4 coders, 20,000 units",
            lambda: alpha(ratings),
            *beside("krippendorff", lambda it: it.alpha(given, level_of_measurement="nominal")),
        ),
        row(
            "interval alpha, 4 coders, 20,000 units",
            lambda: alpha(ratings, "interval"),
            *beside("krippendorff", lambda it: it.alpha(given, level_of_measurement="interval")),
        ),
        row(
            "Fleiss' kappa with standard error, 4 coders, 20,000 units",
            lambda: fleiss(ratings),
            *beside("statsmodels.stats.inter_rater", lambda it: it.fleiss_kappa(counts)),
        ),
        row(
            "Cohen's kappa with standard error, 20,000 units",
            lambda: cohen(two),
            *beside("sklearn.metrics", lambda it: it.cohen_kappa_score(given[0], given[1])),
        ),
    ]


def coverage(documents: int, runs: int = 400) -> tuple[float, float]:
    """How often the interval of alpha holds the truth: by documents, and as if every answer stood alone.

    Documents differ in how much of the code is in them and in how alike the coders see them (Beta distributed).
    """
    chance = np.random.default_rng(documents)
    truth = statistics.alpha(_study(np.random.default_rng(0), 20_000).totals())[0]
    held = alone = 0
    for _ in range(runs):
        sums = _study(chance, documents)
        made = resampled(sums, {"alpha": statistics.alpha}, Resampling(resamples=500))["alpha"][0]
        held += made.lower is not None and made.lower <= truth <= made.upper
        alone += _naive(sums, truth)
    return held / runs, alone / runs


def _study(chance: np.random.Generator, documents: int, answers: int = 60) -> Sums:
    from qualcode.agreement.tallying import Tally

    prevalence, skill = chance.beta(1, 4, documents), chance.beta(4, 1.5, documents)
    there = chance.random((documents, answers)) < prevalence[:, None]
    says = [np.where(chance.random(there.shape) < skill[:, None], there, chance.random(there.shape) < 0.2)
            for _ in range(2)]  # fmt: skip
    mask = says[0] + 2 * says[1]
    cluster, unit = np.nonzero(mask)
    found = mask[cluster, unit].astype(np.int64)
    one = np.ones(len(found))
    total = np.full(documents, float(answers))
    return Sums(Tally(cluster, np.zeros_like(found), found, one, one, total, np.ones((documents, 2), dtype=bool), 1))


def _naive(sums: Sums, truth: float) -> bool:
    """Whether the interval holds the truth that takes each answer for an independent unit (Gwet's standard error)."""
    both, first, second, neither = (float(each[0]) for each in sums.totals().four(0))
    found = fleiss(Ratings.of_table([[both, first], [second, neither]]))
    return abs(found.value - truth) <= 1.96 * found.standard_error


if __name__ == "__main__":
    print("How often a 95 % interval of alpha holds the truth (400 studies each): by documents, by answers")
    for number in (6, 10, 20, 29, 40, 60):
        print(f"{number:3} documents: {' '.join(f'{share:.1%}' for share in coverage(number))}")
