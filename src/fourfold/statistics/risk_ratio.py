"""How many times as often something happens to one group as to another: the ratio of two proportions."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fourfold.statistics.interval import FloatArray, Interval, as_counts, divide, of_one_shape, tail

STEPS = 80
"""Halvings of the range of the log ratio: after so many the limits are exact to double precision."""
FARTHEST = 30.0
"""Log ratios looked at on either side; e to the 30th is beyond any ratio of counts of people."""


def risk_ratio(
    successes: ArrayLike, n: ArrayLike, other_successes: ArrayLike, other_n: ArrayLike, level: float = 0.95
) -> Interval:
    """Return successes / n over other_successes / other_n with the score interval.

    All are counts, broadcast to one shape; the two groups share nobody. No success in the first gives 0, in
    the second inf with a finite lower limit; none in both, or an empty group, gives nan.

    Raises ValueError for negative or fractional counts, more successes than n, shapes that do not fit, or a
    level outside 0 to 1.
    Source: Koopman 1984 (Biometrics 40); Miettinen and Nurminen 1985 (Statistics in Medicine 4) for the
    closed form of the restricted estimate.
    """
    from scipy.special import ndtri

    critical = ndtri(1.0 - tail(level)) ** 2
    hits, total, others, other_total = of_one_shape(
        successes=as_counts(successes, "successes"),
        n=as_counts(n, "n"),
        other_successes=as_counts(other_successes, "other_successes"),
        other_n=as_counts(other_n, "other_n"),
    )
    if np.any(hits > total) or np.any(others > other_total):
        raise ValueError("There cannot be more successes than n: check which argument came first.")
    value = divide(divide(hits, total), divide(others, other_total))
    known = ~np.isnan(value)
    start = np.log(np.clip(np.where(known, value, 1.0), np.exp(-FARTHEST), np.exp(FARTHEST)))
    counts = (hits, total, others, other_total)
    lower = _limit(start, -FARTHEST, critical, counts)
    upper = _limit(start, FARTHEST, critical, counts)
    lower = np.where(hits == 0, 0.0, lower)
    upper = np.where(others == 0, np.inf, upper)
    return Interval(value, np.where(known, lower, np.nan), np.where(known, upper, np.nan))


def _limit(start: FloatArray, end: float, critical: float, counts: tuple[FloatArray, ...]) -> FloatArray:
    """Return the ratio between `start` and `end` (logs) at which the score first reaches `critical`."""
    near, far = start.copy(), np.full_like(start, end)
    for _ in range(STEPS):
        middle = (near + far) / 2.0
        inside = _score(np.exp(middle), *counts) <= critical
        near, far = np.where(inside, middle, near), np.where(inside, far, middle)
    return np.asarray(np.exp((near + far) / 2.0))


def _score(
    ratio: FloatArray, hits: FloatArray, total: FloatArray, others: FloatArray, other_total: FloatArray
) -> FloatArray:
    """Return the squared score of the hypothesis that the ratio of the proportions is `ratio`."""
    a = (total + other_total) * ratio
    b = -(total * ratio + hits + other_total + others * ratio)
    c = hits + others
    root = np.sqrt(np.maximum(b * b - 4.0 * a * c, 0.0))
    other_rate = np.clip(2.0 * divide(c, -b + root), 0.0, 1.0)  # the stable form of the smaller root
    rate = np.clip(ratio * other_rate, 0.0, 1.0)
    spread = divide(rate * (1.0 - rate), total) + divide(
        ratio**2 * other_rate * (1.0 - other_rate), other_total
    )
    gap = divide(hits, total) - ratio * divide(others, other_total)
    return np.asarray(
        np.where(spread > 0, divide(gap**2, spread), np.where(np.abs(gap) > 1e-12, np.inf, 0.0))
    )
