"""A statistic as it is told: a number, or why there is none.

What cannot be computed is None with a reason, never 0, 1 or NaN: two coders who both applied a code nowhere agree,
but their kappa is not 1, and counting it so would raise every average.
"""

from dataclasses import dataclass
from typing import Literal

Reason = Literal[
    "no_units", "single_coder", "no_pairable_units", "no_variation", "code_unused", "not_applicable", "too_few"
]
"""Why a number is not defined: there is nothing to rate; only one coder rated; no unit was rated by two; everybody used
one and the same value; nobody used the code; the unit has no such statistic; too few units for a standard error."""

WORDS: dict[Reason, str] = {
    "no_units": "nothing to rate",
    "single_coder": "only one coder has rated",
    "no_pairable_units": "nothing was rated by two coders",
    "no_variation": "no variation: everybody gave the same value everywhere",
    "code_unused": "nobody used the code",
    "not_applicable": "not defined for this unit",
    "too_few": "too few units",
}
"""Each reason in words for people."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """One statistic.

    Attributes:
        value: the number; None where it is not defined.
        reason: why there is no number; None where there is one.
        standard_error: over units as the unit of sampling, where a formula is given; None otherwise. Not for
            characters or words of a text, which depend on each other: see `intervals`.
    """

    value: float | None
    reason: Reason | None = None
    standard_error: float | None = None

    def __post_init__(self) -> None:
        if (self.value is None) == (self.reason is None):
            raise ValueError("an estimate has a value or a reason")


def undefined(reason: Reason) -> Estimate:
    """An estimate without a number."""
    return Estimate(None, reason)


def chance_corrected(observed: float, expected: float, error: float | None = None) -> Estimate:
    """1 - observed / expected disagreement; not defined where no disagreement can be expected."""
    if expected <= 0:
        return undefined("no_variation")
    return Estimate(float(1 - observed / expected), None, error)
