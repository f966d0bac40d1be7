"""The mean of amounts with a heavy tail, with an interval that leans as the amounts do."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from fourfold.statistics.average import Average, known_amounts
from fourfold.statistics.interval import FloatArray, tail

CHUNK = 4_000_000
"""Amounts drawn at a time (32 MB), so that memory does not grow with the number of resamples."""


def mean_bootstrap(
    values: ArrayLike,
    generator: np.random.Generator,
    level: float = 0.95,
    resamples: int = 4_000,
    method: Literal["bca", "percentile"] = "bca",
) -> Average:
    """Return the mean with a bootstrap interval, corrected for bias and skewness unless told otherwise.

    `values`: amounts of shape (n,); nan is missing and left out. `generator`: the same state gives the
    same interval. `resamples`: how many samples are drawn with replacement, at least 100. `method`: "bca",
    or "percentile" without the correction. Fewer than two known amounts give nan limits. No bootstrap
    knows of a loss larger than those seen: with a few dozen amounts it is still too narrow.

    Raises ValueError for fewer than 100 resamples, an unknown method, a shape other than (n,), an infinite
    amount or a level outside 0 to 1.
    Source: Efron 1987 (Journal of the American Statistical Association 82), BCa; Efron and Tibshirani 1993,
    chapter 14.
    """
    out = tail(level)
    if resamples < 100:
        raise ValueError(f"A bootstrap interval needs at least 100 resamples: got {resamples}.")
    if method not in ("bca", "percentile"):
        raise ValueError(f"The method is 'bca' or 'percentile': got {method!r}.")
    known, missing = known_amounts(values)
    if known.size < 2:
        value = float(known[0]) if known.size else np.nan
        return Average(value, np.nan, np.nan, known.size, missing)
    value = float(known.mean())
    means = _resampled_means(known, generator, resamples)
    tails = np.array([out, 1.0 - out])
    if method == "bca":
        tails = _corrected(tails, means, known)
    lower, upper = np.quantile(means, tails)
    return Average(value, float(lower), float(upper), known.size, missing)


def _resampled_means(known: FloatArray, generator: np.random.Generator, resamples: int) -> FloatArray:
    means = np.empty(resamples)
    step = max(1, CHUNK // known.size)
    for start in range(0, resamples, step):
        stop = min(start + step, resamples)
        drawn = generator.integers(0, known.size, size=(stop - start, known.size))
        means[start:stop] = known[drawn].mean(axis=1)
    return means


def _corrected(tails: FloatArray, means: FloatArray, known: FloatArray) -> FloatArray:
    """Shift the two tails for the bias of the resampled means and the skewness of the amounts."""
    from scipy.special import ndtr, ndtri

    away = known - known.mean()  # the jackknife of a mean, up to a factor that cancels below
    scatter = float(np.sum(away**2))
    if scatter == 0.0:
        return tails  # all amounts are equal: nothing leans
    value = known.mean()
    below = (np.count_nonzero(means < value) + 0.5 * np.count_nonzero(means == value)) / means.size
    bias = float(ndtri(np.clip(below, 0.5 / means.size, 1.0 - 0.5 / means.size)))
    acceleration = float(np.sum(away**3)) / (6.0 * scatter**1.5)
    shifted = bias + ndtri(tails)
    return np.asarray(ndtr(bias + shifted / (1.0 - acceleration * shifted)), dtype=np.float64)
