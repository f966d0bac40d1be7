"""Averages of amounts with a heavy tail: mean, median, trimmed mean, and what one large amount does to them.

A single large loss can carry a mean, so show the median and `largest_share` beside it. Averages are never
added together: combine them by `weighted_mean`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fourfold.statistics.interval import FloatArray, as_amounts, divide, of_one_shape, tail


@dataclass(frozen=True)
class Average:
    """An average with its limits; `n` amounts were known and `missing` were not (and were left out)."""

    value: float
    lower: float
    upper: float
    n: int
    missing: int


@dataclass(frozen=True)
class LargestShare:
    """How much of the total the largest amount is: `value` from 0 to 1."""

    value: float
    largest: float
    total: float
    n: int
    missing: int


def known_amounts(values: ArrayLike) -> tuple[FloatArray, int]:
    """Return the amounts that are known, of shape (n,), and how many were nan.

    Raises ValueError where `values` has not exactly one axis or holds an infinite amount.
    """
    amounts = np.asarray(values, dtype=np.float64)
    if amounts.ndim != 1:
        raise ValueError(f"An average takes one axis of amounts: got shape {amounts.shape}.")
    if np.any(np.isinf(amounts)):
        raise ValueError("An amount cannot be infinite.")
    known = amounts[~np.isnan(amounts)]
    return known, amounts.size - known.size


def mean(values: ArrayLike, level: float = 0.95) -> Average:
    """Return the mean with Student's t interval.

    `values`: amounts of shape (n,); nan is missing and left out. With a heavy tail the interval covers
    less often than it says unless n is large (`bootstrap.mean_bootstrap` does better). No amount known
    gives nan; one amount gives nan limits.

    Raises ValueError for a shape other than (n,), an infinite amount or a level outside 0 to 1.
    Source: Student 1908 (Biometrika 6).
    """
    out = tail(level)
    known, missing = known_amounts(values)
    if known.size == 0:
        return Average(np.nan, np.nan, np.nan, 0, missing)
    error = float(np.std(known, ddof=1) / np.sqrt(known.size)) if known.size > 1 else np.nan
    return _with_t(float(known.mean()), error, known.size - 1, out, known.size, missing)


def median(values: ArrayLike, level: float = 0.95) -> Average:
    """Return the median with limits that are two of the amounts, whatever the distribution.

    `values`: amounts of shape (n,); nan is missing and left out. The interval covers at least as often as
    it says; where too few are known for that (under 6 at 95 %) the limits are nan.

    Raises ValueError as `mean`.
    Source: Thompson 1936 (Annals of Mathematical Statistics 7): the number of amounts below the true median
    is binomial with chance one half.
    """
    from scipy.special import betainc

    out = tail(level)
    known, missing = known_amounts(values)
    if known.size == 0:
        return Average(np.nan, np.nan, np.nan, 0, missing)
    known.sort()
    ranks = np.arange(1, known.size // 2 + 1)
    # Chance that the true median lies below the amount of this rank: fewer than `rank` amounts below it.
    missed = betainc(known.size - ranks + 1, ranks, 0.5)
    rank = int(np.count_nonzero(missed <= out))
    lower, upper = (known[rank - 1], known[known.size - rank]) if rank else (np.nan, np.nan)
    return Average(float(np.median(known)), float(lower), float(upper), known.size, missing)


def trimmed_mean(values: ArrayLike, share: float = 0.05, level: float = 0.95) -> Average:
    """Return the mean after leaving out a share of the amounts at each end, with its interval.

    `values`: amounts of shape (n,); nan is missing and left out before trimming. `share`: of the amounts,
    at each end, rounded down to a whole number of them. It is an average of the middle, so times n it is
    not the total. `n` counts every known amount, those trimmed included.

    Raises ValueError for a share outside 0 to under 0.5, and as `mean`.
    Source: Tukey and McLaughlin 1963 (Sankhya A 25) and Yuen 1974 (Biometrika 61): winsorised variance.
    """
    out = tail(level)
    if not 0.0 <= share < 0.5:
        raise ValueError(f"The share trimmed at each end is from 0 to under 0.5: got {share}.")
    known, missing = known_amounts(values)
    if known.size == 0:
        return Average(np.nan, np.nan, np.nan, 0, missing)
    known.sort()
    cut = int(share * known.size + 1e-9)  # 0.29 * 100 must be 29, not 28
    middle = known[cut : known.size - cut]
    winsorised = np.clip(known, middle[0], middle[-1])
    kept = middle.size
    scatter = float(np.sum((winsorised - winsorised.mean()) ** 2))
    error = float(np.sqrt(scatter / (kept * (kept - 1)))) if kept > 1 else np.nan
    return _with_t(float(middle.mean()), error, kept - 1, out, known.size, missing)


def largest_share(values: ArrayLike) -> LargestShare:
    """Return the largest amount as a share of the total.

    `values`: amounts of shape (n,), none negative; nan is missing and left out. A total of 0 gives nan.

    Raises ValueError for a negative or infinite amount or a shape other than (n,).
    Source: Embrechts, Klüppelberg and Mikosch 1997, Modelling Extremal Events, section 6.2.6 (ratio of the
    maximum to the sum: it stays large where the mean is not to be trusted).
    """
    known, missing = known_amounts(as_amounts(values, "values"))
    if known.size == 0:
        return LargestShare(np.nan, np.nan, np.nan, 0, missing)
    largest, total = float(known.max()), float(known.sum())
    return LargestShare(largest / total if total > 0 else np.nan, largest, total, known.size, missing)


def weighted_mean(values: ArrayLike, weights: ArrayLike) -> FloatArray:
    """Return the mean of `values` by `weights` over the last axis: the right way to combine averages.

    `values` and `weights`: shape (..., groups), broadcast; weights are the counts or shares behind each
    average. An average that is nan makes the result nan unless its weight is 0, for a group that is not
    known cannot be left out in silence. Weights that sum to 0 give nan.

    Raises ValueError for a negative weight, no axis of groups, or shapes that do not fit.
    """
    amounts, shares = of_one_shape(
        values=np.asarray(values, dtype=np.float64), weights=as_amounts(weights, "weights")
    )
    if amounts.ndim == 0:
        raise ValueError("A weighted mean needs an axis of groups.")
    counted = np.where(shares == 0, 0.0, amounts) * shares
    return divide(counted.sum(axis=-1), shares.sum(axis=-1))


def _with_t(value: float, error: float, freedom: int, out: float, n: int, missing: int) -> Average:
    from scipy.special import stdtrit

    reach = float(stdtrit(freedom, 1.0 - out)) * error if freedom > 0 else np.nan
    return Average(value, value - reach, value + reach, n, missing)
