"""The mean count of equal parts of time (weeks), with an interval as wide as the parts vary."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fourfold.statistics.counts import poisson_interval
from fourfold.statistics.interval import Interval, as_counts, tail


def mean_count(parts: ArrayLike, level: float = 0.95) -> Interval:
    """Return the mean of counts over parts of equal length with its interval.

    `parts`: counts, shape (k,). The variance is taken as the mean times a dispersion, Pearson's chi-squared
    over k - 1 and never below 1, so that weeks that vary more than chance widen the limits; the interval is
    symmetric on the log scale with Student's t. Nothing counted gives 0 with the exact upper limit; fewer
    than two parts give nan.

    Raises ValueError for negative, fractional or missing counts, or a level outside 0 to 1.
    Source: McCullagh and Nelder 1989, Generalized Linear Models, section 6.2 (quasi-Poisson).
    """
    from scipy.special import stdtrit

    counts = as_counts(parts, "parts").ravel()
    if np.isnan(counts).any():
        raise ValueError("Some parts are missing: leave them out, they are not 0.")
    out, k = tail(level), counts.size
    if k < 2:
        unknown = np.full((), np.nan)
        return Interval(unknown, unknown, unknown)
    total, mean = counts.sum(), counts.mean()
    if total == 0:
        return Interval(mean, mean, poisson_interval(0, level).upper / k)
    dispersion = max(1.0, float(((counts - mean) ** 2 / mean).sum() / (k - 1)))
    reach = np.exp(stdtrit(k - 1, 1.0 - out) * np.sqrt(dispersion / total))
    return Interval(mean, mean / reach, mean * reach)
