"""Cells of codes by codes, or by groups: counted by rolling up a row at a time, opened from the same arrays."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Protocol, Self

import numpy as np

from qualcode import sweep
from qualcode.analysis.code_tree import Branch
from qualcode.analysis.counting import Corpus, Unit
from qualcode.analysis.speech import Mask, Passages
from qualcode.sweep import Integers


class Run(Protocol):
    """What a row or a column holds: all numbers from `first` up to, not including, `last`; a branch or a group."""

    @property
    def first(self) -> int:
        """The first number."""

    @property
    def last(self) -> int:
        """One past the last number."""


@dataclass(frozen=True)
class Crossed:
    """Passages that stand under a row's code and in a column's group (or under its code), counted in one unit.

    A cell holds what any code of its row's branch and any number of its column's run have; so a parent is the union
    of its children.

    Attributes:
        corpus: where they come from.
        unit: what is counted.
        rows, columns: the branches and the groups shown.
        row, column: numbers of each passage's code and group. A passage with speakers of two groups stands there twice.
        passages: with who speaks in them.
        ids: of the segments or claims that each passage is made of: one array for each part.
        breadth: the numbers in `column` are below it; 0 = columns are codes.
    """

    corpus: Corpus
    unit: Unit
    rows: tuple[Branch, ...]
    columns: tuple[Run, ...]
    row: Integers
    column: Integers
    passages: Passages
    ids: tuple[Integers, ...]
    breadth: int = 0

    def only(self, chosen: Mask) -> Self:
        """The same cells with only the chosen passages counting."""
        return replace(self, passages=self.passages.only(chosen))

    @cached_property
    def _borne(self) -> tuple[Integers, Integers]:
        return self.corpus.bearers(self.passages, self.unit)

    @cached_property
    def bearing(self) -> Mask:
        """By passage: whether it counts in this unit."""
        mark = np.zeros(len(self.row), dtype=np.bool_)
        mark[self._borne[0]] = True
        return mark

    @property
    def unborne(self) -> int:
        """How many passages count, but for nobody and nothing in this unit."""
        return int(np.count_nonzero(self.passages.counted & ~self.bearing))

    @property
    def beyond(self) -> int:
        """How many passages are left out since a code does not apply to any of their speakers."""
        return self.passages.beyond

    def denominator(self, *branches: tuple[Branch, ...]) -> int | None:
        """N: of how many; branches as the ends of a cell."""
        return self.corpus.denominator(self.unit, *(self.corpus.tree.marked(some) for some in branches))

    def counts(self) -> Integers:
        """A row for each of `rows`; a column for each of `columns`, and a last one for all of them together."""
        return self._counts

    @cached_property
    def _counts(self) -> Integers:
        of, unit = self._borne
        if self.unit == "references":
            return self._references(of)
        return self._distinct(of, unit, self.corpus.units(self.unit))

    def having(self, chosen: Mask) -> Mask:
        """In the shape of `counts`: whether a cell has one of the chosen passages (those that count in this unit)."""
        of = np.flatnonzero(chosen & self.bearing)
        return self._distinct(of, np.zeros(len(of), dtype=np.int64), 1) > 0

    @property
    def _breadth(self) -> int:
        return self.breadth or len(self.corpus.tree)

    def under(self, row: Branch, columns: tuple[Run, ...]) -> Integers:
        """Indexes of the passages that a cell counts, of the row and any of the columns."""
        here = (self.row >= row.first) & (self.row < row.last) & self.bearing
        return np.flatnonzero(here & _marked(columns, self._breadth)[self.column])

    def opened(self, row: Branch, columns: tuple[Run, ...]) -> tuple[int, ...]:
        """Sorted ids of the segments or claims that a cell counts."""
        under = self.under(row, columns)
        return tuple(sweep.once(np.concatenate([part[under] for part in self.ids])).tolist())

    # -- rolling up --------------------------------------------------------------------------------------------------

    def _by_row(self, of: Integers) -> Iterator[tuple[int, Integers]]:
        """For each row shown that has any: its place, and which of the pairs `of` stand in its branch."""
        order, first = _grouped(self.row[of], len(self.corpus.tree))
        for place, branch in enumerate(self.rows):
            if first[branch.first] < first[branch.last]:
                yield place, order[first[branch.first] : first[branch.last]]

    def _distinct(self, of: Integers, unit: Integers, units: int) -> Integers:
        found = np.zeros((len(self.rows), len(self.columns) + 1), dtype=np.int64)
        keys = self.column[of] * units + unit
        shown = _marked(self.columns, self._breadth)
        for place, pairs in self._by_row(of):
            seen = np.zeros((self._breadth, units), dtype=np.bool_)
            seen.reshape(-1)[keys[pairs]] = True
            alone = np.count_nonzero(seen, axis=1)
            found[place, :-1] = [
                alone[branch.first]
                if branch.last == branch.first + 1
                else np.count_nonzero(seen[branch.first : branch.last].any(axis=0))
                for branch in self.columns
            ]
            found[place, -1] = np.count_nonzero(seen[shown].any(axis=0))
        return found

    def _references(self, of: Integers) -> Integers:
        """Maximal passages: those of a cell that touch or overlap are one.

        They are put in order of row and start once, so that each row lies together: what is then done with it stays in
        the processor's cache.
        """
        found = np.zeros((len(self.rows), len(self.columns) + 1), dtype=np.int64)
        shown = _marked(self.columns, self._breadth)
        of = of[(shown[self.column] & (self.passages.end > self.passages.start))[of]]
        row, start = self.row[of], self.passages.start[of]
        width = int(start.max(initial=0)) + 1
        of = of[sweep.order_of(row * width + start, len(self.corpus.tree) * width)]
        first = _firsts(row, len(self.corpus.tree))
        column, start, end = self.column[of], self.passages.start[of], self.passages.end[of]
        layers = _layers(self.columns, self._breadth)
        for place, branch in enumerate(self.rows):
            here = slice(first[branch.first], first[branch.last])
            in_column, begin, stop = column[here], start[here], end[here]
            if branch.last > branch.first + 1:
                order = np.argsort(begin, kind="stable")
                in_column, begin, stop = in_column[order], begin[order], stop[order]
            for layer in layers:
                found[place, :-1] += _united(layer[in_column], begin, stop, len(self.columns))
            found[place, -1] = np.count_nonzero(_begins(begin, stop))
        return found


@dataclass(frozen=True)
class Cells(Crossed):
    """Codes by codes: passages that stand under both a row's and a column's code."""

    columns: tuple[Branch, ...]


def _grouped(number: Integers, breadth: int) -> tuple[Integers, Integers]:
    """Indexes in order of the numbers, those of a number as they came, and where each number begins among them."""
    return sweep.order_of(number, breadth), _firsts(number, breadth)


def _firsts(number: Integers, breadth: int) -> Integers:
    """Where each number would begin, were they in order; and where the last one ends."""
    return np.concatenate(([0], np.cumsum(np.bincount(number, minlength=breadth))))


def _marked(runs: Iterable[Run], breadth: int) -> Mask:
    mark = np.zeros(breadth, dtype=np.bool_)
    for run in runs:
        mark[run.first : run.last] = True
    return mark


def _layers(runs: tuple[Run, ...], breadth: int) -> list[Integers]:
    """The runs in layers, in each of which none overlaps another.

    Returns:
        For each layer, by number: the place of its run among `runs`, -1 = in none.
    """
    layers: list[Integers] = []
    for place, run in enumerate(runs):
        free = (layer for layer in layers if (layer[run.first : run.last] < 0).all())
        layer = next(free, None)
        if layer is None:
            layers.append(layer := np.full(breadth, -1, dtype=np.int64))
        layer[run.first : run.last] = place
    return layers


def _united(group: Integers, start: Integers, end: Integers, groups: int) -> Integers:
    """How many maximal passages each group has.

    Args:
        group: number of each passage's group, -1 = none.
        start: in order,
        end: of each.
        groups: the numbers are below it.
    """
    number = np.bincount(group + 1, minlength=groups + 1)
    order = sweep.order_of(group + 1, groups + 1)[number[0] :]
    if not len(order):
        return np.zeros(groups, dtype=np.int64)
    start, end = start[order], end[order]
    group = np.repeat(np.arange(groups), number[1:])
    band = group * (int(end.max()) + 2)  # groups side by side: one pass for all
    start += band
    end += band
    joined = np.flatnonzero(~_begins(start, end))  # few
    found: Integers = number[1:] - np.bincount(group[joined], minlength=groups)
    return found


def _begins(start: Integers, end: Integers) -> Mask:
    """Where a maximal passage begins among passages in order of start."""
    return np.concatenate(([True], start[1:] > np.maximum.accumulate(end)[:-1]))[: len(start)]
