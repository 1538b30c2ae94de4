"""How close two values are, for weighted coefficients."""

from collections.abc import Sequence
from math import isfinite
from typing import Any, Literal

import numpy as np

from qualcode.agreement.ratings import Floats
from qualcode.errors import InputError

Weighting = Literal["identity", "linear", "quadratic"]


def closeness(categories: Sequence[Any], weighting: Weighting) -> Floats:
    """By value and value: 1 = the same, 0 = as far apart as the declared values are;
    by size where they are numbers.

    Raises:
        InputError: the values are not numbers, and a weighting but identity is asked for.
    """
    if weighting == "identity":
        return np.eye(len(categories))
    values = numbers_of(categories, f"{weighting} weights")
    apart = np.abs(values[:, np.newaxis] - values)
    widest = apart.max(initial=0.0)
    if widest == 0:
        return np.ones_like(apart)
    return np.asarray(1 - (apart / widest) ** (1 if weighting == "linear" else 2))


def numbers_of(categories: Sequence[Any], what_for: str) -> Floats:
    """The values as numbers.

    Raises:
        InputError: one is not a number, or is infinite.
    """
    for each in categories:
        if isinstance(each, str | frozenset) or each is None or not isfinite(each):
            raise InputError(f"for {what_for} values must be finite numbers, not {each!r}")
    return np.array(categories, dtype=np.float64)
