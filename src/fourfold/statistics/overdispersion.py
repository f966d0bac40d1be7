"""Change between two counts that vary more than chance alone, judged from their parts (months, weeks)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fourfold.statistics.interval import FloatArray, Interval, as_counts, binomial_limits, divide, tail


@dataclass(frozen=True)
class DispersedInterval(Interval):
    """An interval widened by `dispersion`: variance over mean, never taken below 1."""

    dispersion: FloatArray


def rate_ratio_overdispersed(
    now_parts: ArrayLike, before_parts: ArrayLike, level: float = 0.95, *, paired: bool = False
) -> DispersedInterval:
    """Return the mean count per part now over that before, its interval widened by the spread of the parts.

    `now_parts`, `before_parts`: counts of shape (..., parts), parts of equal length such as months; the
    leading axes broadcast and are the shape of the result. `paired` says that part i of both is the same
    season (January with January), so that a seasonal pattern they share is not taken for noise; both then
    have equally many parts. Dispersion is Pearson's chi-squared over its degrees of freedom, at least 1.
    The interval is symmetric on the log scale with Student's t. Where one total is 0 the log has no
    value, and the limits are the exact ones on counts divided by the dispersion. nan where both totals
    are 0 or the parts are too few to judge their spread.

    Raises ValueError for negative or fractional counts, no parts, shapes that do not fit, or a level
    outside 0 to 1.
    Source: McCullagh and Nelder 1989, Generalized Linear Models, section 6.2 (quasi-Poisson);
    the effective counts follow Korn and Graubard 1998.
    """
    out = tail(level)
    later, earlier = _parts(now_parts, "now_parts"), _parts(before_parts, "before_parts")
    if paired and later.shape[-1] != earlier.shape[-1]:
        raise ValueError(
            f"Paired parts must match: {later.shape[-1]} now against {earlier.shape[-1]} before."
        )
    try:
        shape = np.broadcast_shapes(later.shape[:-1], earlier.shape[:-1])
    except ValueError as error:
        raise ValueError(f"The shapes do not fit together: {later.shape} and {earlier.shape}.") from error
    later = np.broadcast_to(later, (*shape, later.shape[-1]))
    earlier = np.broadcast_to(earlier, (*shape, earlier.shape[-1]))

    misfit, freedom = _paired_misfit(later, earlier) if paired else _misfit(later, earlier)
    freedom = np.where(freedom > 0, freedom, np.nan)
    dispersion = np.maximum(1.0, misfit / freedom)
    return _limits(later, earlier, dispersion, freedom, out)


def _limits(
    later: FloatArray, earlier: FloatArray, dispersion: FloatArray, freedom: FloatArray, out: float
) -> DispersedInterval:
    from scipy.special import stdtrit

    now, before = later.sum(axis=-1), earlier.sum(axis=-1)
    scale = earlier.shape[-1] / later.shape[-1]
    value = divide(now, before) * scale
    both = (now > 0) & (before > 0)
    one, other = np.where(both, now, 1.0), np.where(both, before, 1.0)
    reach = np.exp(stdtrit(freedom, 1.0 - out) * np.sqrt(dispersion * (1.0 / one + 1.0 / other)))
    low, high = binomial_limits(now / dispersion, before / dispersion, 1.0 - 2.0 * out)
    return DispersedInterval(
        value,
        np.where(both, value / reach, low * scale),
        np.where(both, value * reach, high * scale),
        np.asarray(dispersion),
    )


def _parts(values: ArrayLike, name: str) -> FloatArray:
    parts = as_counts(values, name)
    if parts.ndim == 0 or parts.shape[-1] == 0:
        raise ValueError(f"{name} needs an axis of parts, for example twelve monthly counts.")
    return parts


def _misfit(later: FloatArray, earlier: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Pearson's chi-squared about the mean of each period, and its degrees of freedom."""
    misfit = np.zeros(later.shape[:-1])
    freedom = np.zeros(later.shape[:-1])
    for parts in (later, earlier):
        mean = parts.mean(axis=-1, keepdims=True)
        spread = ((parts - mean) ** 2 / np.where(mean == 0, 1.0, mean)).sum(axis=-1)
        misfit = misfit + spread
        # A period of nothing but noughts fits perfectly whatever the spread: it teaches nothing.
        freedom = freedom + np.where(mean[..., 0] == 0, 0, parts.shape[-1] - 1)
    return misfit, freedom


def _paired_misfit(later: FloatArray, earlier: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Pearson's chi-squared about period times season, and its degrees of freedom."""
    season = later + earlier
    total = season.sum(axis=-1, keepdims=True)
    misfit = np.zeros(later.shape[:-1])
    for parts in (later, earlier):
        expected = season * divide(parts.sum(axis=-1, keepdims=True), total)
        misfit = misfit + ((parts - expected) ** 2 / np.where(expected == 0, 1.0, expected)).sum(axis=-1)
    freedom = (season > 0).sum(axis=-1) - 1  # a season without events in either period teaches nothing
    # With no events at all in one period there is no pair to compare: the season then counts as noise.
    both = (later.sum(axis=-1) > 0) & (earlier.sum(axis=-1) > 0)
    loose_misfit, loose_freedom = _misfit(later, earlier)
    return np.where(both, misfit, loose_misfit), np.where(both, freedom, loose_freedom)
