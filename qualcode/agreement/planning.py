"""How many units two or more coders should code for kappa to be known well enough.

Source: Donner & Rotondi 2010, Sample size requirements for interval estimation of the kappa statistic for interobserver
agreement studies with a binary outcome and multiple raters, International Journal of Biostatistics 6(1):31; the model
of Altaye, Donner & Klar 2001. The units must be independent: answers of different people rather than sentences of one.
"""

from dataclasses import dataclass
from math import ceil, comb
from statistics import NormalDist


@dataclass(frozen=True, slots=True)
class Plan:
    """A sample size, with what it rests on.

    Attributes:
        units: to be coded by every coder.
        is_thin: fewer than five units are expected to have the code, so that the formula is rough.
        kappa, lower, upper, prevalence, coders, confidence, is_one_sided: as asked for.
    """

    units: int
    is_thin: bool
    kappa: float
    lower: float
    upper: float | None
    prevalence: float
    coders: int
    confidence: float
    is_one_sided: bool = False


def units_needed(
    kappa: float,
    lower: float,
    *,
    prevalence: float,
    upper: float | None = None,
    coders: int = 2,
    confidence: float = 0.95,
    one_sided: bool = False,
) -> Plan:
    """How many units must be coded for the interval of kappa to reach no lower than `lower`.

    Args:
        kappa: the agreement that is expected.
        lower: the lower limit wanted.
        prevalence: the expected share of units that have the code.
        upper: the upper limit wanted; None = wherever it falls.
        coders: two or more.
        confidence: of the interval.
        one_sided: what is wanted is a lower limit alone, not the interval of two sides, as comparisons give it. It
            takes fewer units: for 95 % a chi square of 2.71 instead of 3.84.

    Raises:
        ValueError: not 0 < lower < kappa < upper < 1, or a share is not between 0 and 1, or there is but one coder, or
            an upper limit is wanted of an interval that has none.
    """
    if not 0 < lower < kappa < (upper or 1) <= 1 or upper == 1:
        raise ValueError("the limits must stand around the expected kappa, all of them between 0 and 1")
    if not 0 < prevalence < 1 or not 0 < confidence < 1 or coders < 2:
        raise ValueError("prevalence and confidence lie between 0 and 1, and two coders or more are compared")
    if one_sided and upper is not None:
        raise ValueError("a limit of one side is the lower one: there is no upper limit to ask for")
    beyond = (1 - confidence) / (1 if one_sided else 2)
    critical = NormalDist().inv_cdf(1 - beyond) ** 2
    limits = [lower] if upper is None else [lower, upper]
    needed = max(ceil(critical / _distance(kappa, limit, prevalence, coders)) for limit in limits)
    thin = needed * min(prevalence, 1 - prevalence) < 5
    return Plan(needed, thin, kappa, lower, upper, prevalence, coders, confidence, one_sided)


def _distance(kappa: float, limit: float, prevalence: float, coders: int) -> float:
    """Goodness of fit, per unit, of what is expected to what the limit would give."""
    pairs = zip(_expected(kappa, prevalence, coders), _expected(limit, prevalence, coders), strict=True)
    return sum((one - other) ** 2 / other for one, other in pairs)


def _expected(kappa: float, prevalence: float, coders: int) -> list[float]:
    """The probability that 0, 1, ... of the coders apply the code: with probability kappa all decide as one."""
    alone = [comb(coders, n) * prevalence**n * (1 - prevalence) ** (coders - n) for n in range(coders + 1)]
    as_one = [1 - prevalence, *([0.0] * (coders - 1)), prevalence]
    return [kappa * together + (1 - kappa) * apart for together, apart in zip(as_one, alone, strict=True)]
