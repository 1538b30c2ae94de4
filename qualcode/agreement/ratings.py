"""Ratings: what each coder said of each unit, as numbers.

Every statistic of predefined units is computed from `Ratings`. Units that were rated alike may stand together as one
pattern with a weight, so that a contingency table, a matrix and a text of a million characters are one thing.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from math import isnan
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qualcode.agreement.estimate import Reason
from qualcode.errors import InputError

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]

MISSING = -1


def summed(keys: NDArray[np.integer[Any]], weights: Any, size: int) -> Floats:
    """The sum of the weights of each key from 0 up; at least `size` sums."""
    return np.bincount(keys, weights, minlength=size).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True, eq=False)
class Ratings:
    """Patterns of ratings with their weights.

    Attributes:
        patterns: patterns by coders, int64: the place of the value in `categories`, `MISSING` where a coder has not
            rated.
        weights: how many units (or characters) were rated so, float64.
        categories: the declared values. How many there are changes Brennan-Prediger and AC1, whether used or not.
    """

    patterns: Numbers
    weights: Floats
    categories: tuple[Any, ...]

    @classmethod
    def of(cls, ratings: Sequence[Sequence[Any]], categories: Sequence[Any] | None = None) -> "Ratings":
        """From a matrix, coders by units.

        Args:
            ratings: None (or a float that is NaN) = missing. Sets are sets of codes: lists, sets, tuples. 1 and "1"
                are two values, and so are 1 and True.
            categories: the declared values; None = those that occur, in order of first use.

        Raises:
            InputError: coders have different numbers of units, or a value is not declared.
        """
        if len({len(each) for each in ratings}) > 1:
            raise InputError(
                "the coders have rated different numbers of units", remedy="Write None for what is missing."
            )
        keys = [[None if _is_missing(value) else _key(value) for value in each] for each in ratings]
        used = dict.fromkeys(key for each in keys for key in each if key is not None)
        known = (
            {_key(each): each for each in categories} if categories is not None else {each: each[1] for each in used}
        )
        place = {key: number for number, key in enumerate(known)}
        for key in used:
            if key not in place:
                raise InputError(f"{key[1]!r} is not among the declared values")
        numbers = [[MISSING if key is None else place[key] for key in each] for each in keys]
        patterns = np.array(numbers, dtype=np.int64).reshape(len(keys), len(keys[0]) if keys else 0).T
        return cls(patterns, np.ones(len(patterns)), tuple(key[1] for key in known))

    @classmethod
    def of_table(cls, table: Sequence[Sequence[float]], categories: Sequence[Any] | None = None) -> "Ratings":
        """From a contingency table of two coders: rows are the first coder's values, columns the second's."""
        counts = np.array(table, dtype=np.float64)
        if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
            raise InputError("the table is not square", remedy="Rows and columns are the same values, in one order.")
        names = tuple(categories) if categories is not None else tuple(range(len(counts)))
        if len(names) != len(counts):
            raise InputError(f"the table has {len(counts)} rows and {len(names)} values")
        if (counts < 0).any():
            raise InputError("the table has a negative count")
        patterns = np.argwhere(counts > 0).astype(np.int64)
        return cls(patterns, counts[counts > 0], names)

    def for_coders(self, *coders: int) -> "Ratings":
        """The ratings of some of the coders (by place), in that order."""
        return replace(self, patterns=self.patterns[:, list(coders)])

    def dichotomised(self, category: Any) -> "Ratings":
        """One value against all others: for agreement on that value."""
        keys = [_key(each) for each in self.categories]
        if _key(category) not in keys:
            raise InputError(f"{category!r} is not among the declared values")
        is_it = (self.patterns == keys.index(_key(category))).astype(np.int64)
        return Ratings(np.where(self.patterns == MISSING, MISSING, is_it), self.weights, (False, True))

    @property
    def rated(self) -> Numbers:
        """By pattern: how many coders have rated it."""
        return np.asarray(np.count_nonzero(self.patterns != MISSING, axis=1), dtype=np.int64)

    def counts(self) -> Floats:
        """Patterns by categories: how many coders gave that value."""
        found = np.zeros((len(self.patterns), len(self.categories)))
        for coder in range(self.patterns.shape[1]):
            rated = np.flatnonzero(self.patterns[:, coder] != MISSING)
            found[rated, self.patterns[rated, coder]] += 1
        return found

    def pairable(self) -> "Ratings":
        """The units that at least two coders have rated."""
        chosen = self.rated >= 2
        return replace(self, patterns=self.patterns[chosen], weights=self.weights[chosen])

    def lacking(self) -> Reason | None:
        """Why nothing can be compared; None where something can."""
        coders = np.count_nonzero((self.patterns != MISSING)[self.weights > 0].any(axis=0))
        if coders == 0:
            return "no_units"
        if coders == 1:
            return "single_coder"
        return None if (self.rated[self.weights > 0] >= 2).any() else "no_pairable_units"


def _is_missing(value: Any) -> bool:
    return value is None or (isinstance(value, float) and isnan(value))


def _key(value: Any) -> tuple[str, Hashable]:
    """A value such that what is not the same is not equal: Python holds 1 == True, and lists are not hashable."""
    if isinstance(value, list | set | frozenset | tuple):
        return "set", frozenset(value)
    if isinstance(value, bool | np.bool_):
        return "bool", bool(value)
    return ("number" if isinstance(value, int | float | np.number) else "name"), value
