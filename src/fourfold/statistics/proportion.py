"""A proportion, or the difference of two, with an interval that holds near 0 and 1."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fourfold.statistics.interval import (
    FloatArray,
    Interval,
    as_counts,
    binomial_limits,
    divide,
    of_one_shape,
    tail,
)

SMALL_N = 40
"""The line Brown, Cai and DasGupta 2001 (Statistical Science 16) draw between small and large n."""

FEW = 5
"""Fewer cases than this on either side are few however large n is (Cochran 1954, Biometrics 10)."""


def wilson(successes: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """Return successes / n with Wilson's score interval.

    `successes`, `n`: counts broadcast to one shape. n = 0 gives nan.

    Raises ValueError for negative or fractional counts, more successes than n, shapes that do not fit, or
    a level outside 0 to 1.
    Source: Wilson 1927 (Journal of the American Statistical Association 22).
    """
    from scipy.special import ndtri

    z2 = ndtri(1.0 - tail(level)) ** 2
    hits, total = _checked(successes, n)
    value = divide(hits, total)
    centre = divide(hits + z2 / 2.0, total + z2)
    reach = np.sqrt(z2 * (divide(hits * (total - hits), total) + z2 / 4.0)) / (total + z2)
    # At the ends the limit is 0 or 1 exactly; arithmetic would leave it a hair off.
    lower = np.where(hits == 0, value, centre - reach)
    upper = np.where(hits == total, value, centre + reach)
    return Interval(value, lower, upper)


def clopper_pearson(successes: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """Return successes / n with the exact interval, which covers at least as often as it says.

    Arguments, nan and errors as `wilson`.
    Source: Clopper and Pearson 1934 (Biometrika 26).
    """
    tail(level)
    hits, total = _checked(successes, n)
    lower, upper = binomial_limits(hits, total - hits, level)
    above = np.where(np.isinf(upper), 1.0, upper / (1.0 + np.where(np.isinf(upper), 0.0, upper)))
    return Interval(divide(hits, total), lower / (1.0 + lower), above)


def proportion(successes: ArrayLike, n: ArrayLike, level: float = 0.95) -> Interval:
    """Return successes / n with the exact interval for small samples, else with Wilson's.

    Small: n of 40 or less, or fewer than 5 successes or failures. There Wilson's interval covers less
    often than it says for some true proportions, and the exact one never does. Brown, Cai and DasGupta
    2001, who draw the line at 40, accept that shortfall for a shorter interval; here a finding on a few
    cases must not claim too much. At 95 % it covers at least 95 % up to n = 40, and at least 92.5 % at any
    true proportion beyond; Wilson's alone falls to 84 %.

    Arguments, nan and errors as `wilson`.
    Source: Brown, Cai and DasGupta 2001 (Statistical Science 16) for 40; Cochran 1954 (Biometrics 10) for 5.
    """
    hits, total = _checked(successes, n)
    score, exact = wilson(hits, total, level), clopper_pearson(hits, total, level)
    small = (total <= SMALL_N) | (np.minimum(hits, total - hits) < FEW)
    return Interval(
        score.value, np.where(small, exact.lower, score.lower), np.where(small, exact.upper, score.upper)
    )


def difference(
    successes_a: ArrayLike, n_a: ArrayLike, successes_b: ArrayLike, n_b: ArrayLike, level: float = 0.95
) -> Interval:
    """Return the proportion of a minus that of b (two independent samples) with the hybrid score interval.

    All are counts, broadcast to one shape. n = 0 in either gives nan.

    Raises ValueError as `wilson`.
    Source: Newcombe 1998 (Statistics in Medicine 17, pages 873 to 890), method 10.
    """
    hits_a, total_a, hits_b, total_b = of_one_shape(
        successes_a=as_counts(successes_a, "successes_a"),
        n_a=as_counts(n_a, "n_a"),
        successes_b=as_counts(successes_b, "successes_b"),
        n_b=as_counts(n_b, "n_b"),
    )
    a, b = wilson(hits_a, total_a, level), wilson(hits_b, total_b, level)
    value = a.value - b.value
    below = np.hypot(a.value - a.lower, b.upper - b.value)
    above = np.hypot(a.upper - a.value, b.value - b.lower)
    return Interval(value, value - below, value + above)


def _checked(successes: ArrayLike, n: ArrayLike) -> tuple[FloatArray, FloatArray]:
    hits, total = of_one_shape(successes=as_counts(successes, "successes"), n=as_counts(n, "n"))
    if np.any(hits > total):
        raise ValueError("There cannot be more successes than n: check which argument came first.")
    return hits, total
