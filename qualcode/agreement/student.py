"""Quantiles of Student's t, without scipy.

The distribution function comes from the regularised incomplete beta function, by its continued fraction (Lentz's
method; Press et al., Numerical Recipes, 6.4); the quantile by halving an interval until it is as small as it gets.
"""

from math import exp, inf, lgamma, log, log1p, pi

_SMALLEST = 1e-300


def t_quantile(probability: float, degrees: float) -> float:
    """The value below which Student's t falls with a probability.

    Args:
        probability: above 0 and below 1.
        degrees: of freedom, above 0; `inf` = the normal distribution's quantile.

    Raises:
        ValueError: one of them is out of range.
    """
    if not 0 < probability < 1 or not degrees > 0:
        raise ValueError(f"no t quantile for probability {probability} and {degrees} degrees of freedom")
    if degrees == inf:
        from statistics import NormalDist

        return NormalDist().inv_cdf(probability)
    if probability == 0.5:
        return 0.0
    tail = min(probability, 1 - probability)
    size = _above(tail, degrees)
    return size if probability > 0.5 else -size


def t_below(value: float, degrees: float) -> float:
    """The probability that t stays below a value."""
    tail = _tail(abs(value), degrees)
    return 1 - tail if value > 0 else tail


def _above(tail: float, degrees: float) -> float:
    """The positive value that t exceeds with a probability of `tail`."""
    low, high = 0.0, 1.0
    while _tail(high, degrees) > tail:
        low, high = high, high * 2
    while True:
        middle = (low + high) / 2
        if middle in (low, high):
            return middle
        low, high = (middle, high) if _tail(middle, degrees) > tail else (low, middle)


def _tail(value: float, degrees: float) -> float:
    """The probability that t exceeds a value from 0 up: half of the incomplete beta function I_x(degrees / 2, 1/2)."""
    half, square = degrees / 2, value * value
    if square == 0:
        return 0.5
    x, rest = degrees / (degrees + square), square / (degrees + square)
    front = exp(_log_gamma_step(half) - log(pi) / 2 - half * log1p(square / degrees) + log(rest) / 2)
    if x < (half + 1) / (half + 2.5):
        return front * _fraction(half, 0.5, x) / half / 2
    return 0.5 - front * _fraction(0.5, half, rest)


def _log_gamma_step(a: float) -> float:
    """log(gamma(a + 1/2) / gamma(a)); by its series where the two are too large to tell them apart."""
    if a < 30:
        return lgamma(a + 0.5) - lgamma(a)
    return log(a) / 2 - 1 / (8 * a) + 1 / (192 * a**3) - 1 / (640 * a**5) + 17 / (14336 * a**7)


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction of the incomplete beta function."""
    numerator, denominator = 1.0, 1 / _off_zero(1 - (a + b) * x / (a + 1))
    found = denominator
    for step in range(1, 10_000):
        double = 2 * step
        even = step * (b - step) * x / ((a + double - 1) * (a + double))
        odd = -(a + step) * (a + b + step) * x / ((a + double) * (a + double + 1))
        for term in (even, odd):
            denominator = 1 / _off_zero(1 + term * denominator)
            numerator = _off_zero(1 + term / numerator)
            found *= numerator * denominator
        if abs(numerator * denominator - 1) < 1e-16:
            break
    return found


def _off_zero(value: float) -> float:
    return value if abs(value) > _SMALLEST else _SMALLEST
