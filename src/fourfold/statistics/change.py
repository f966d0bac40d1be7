"""Change between two counts: how much, how sure, and whether it is more than chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fourfold.statistics.interval import (
    FloatArray,
    Interval,
    as_amounts,
    as_counts,
    binomial_limits,
    divide,
    of_one_shape,
    tail,
)


def rate_ratio(
    now: ArrayLike,
    before: ArrayLike,
    exposure_now: ArrayLike = 1.0,
    exposure_before: ArrayLike = 1.0,
    level: float = 0.95,
) -> Interval:
    """Return the rate now over the rate before, with its exact interval under Poisson counts.

    `now`, `before`: counts. `exposure_now`, `exposure_before`: what they were counted over (days, people),
    in one unit. All broadcast to one shape. 0 before gives inf with a finite lower limit; 0 in both, or
    an exposure of 0, gives nan. Where counts vary more than Poisson use `rate_ratio_overdispersed`.

    Raises ValueError for negative or fractional counts, negative exposures, shapes that do not fit, or a
    level outside 0 to 1.
    Source: Przyborowski and Wilenski 1940 (given the sum, the count now is binomial); the limits are those
    of Clopper and Pearson 1934.
    """
    tail(level)
    later, earlier, scale = _checked(now, before, exposure_now, exposure_before)
    lower, upper = binomial_limits(later, earlier, level)
    return Interval(divide(later, earlier) * scale, lower * scale, upper * scale)


def p_value(
    now: ArrayLike, before: ArrayLike, exposure_now: ArrayLike = 1.0, exposure_before: ArrayLike = 1.0
) -> FloatArray:
    """Return the exact two-sided p-value that both rates are equal, under Poisson counts.

    Arguments as `rate_ratio`. It is the central p-value: twice the smaller binomial tail, at most 1. It is
    below 0.05 exactly where the 95 % interval of `rate_ratio` leaves out 1. nan where both counts are 0.

    Raises ValueError as `rate_ratio`.
    Source: Przyborowski and Wilenski 1940; Fay 2010 (Biostatistics 11) for why p-value and interval match.
    """
    from scipy.special import betainc

    later, earlier, scale = _checked(now, before, exposure_now, exposure_before)
    chance = 1.0 / (1.0 + scale)  # of an event falling in `now` where the rates are equal
    some, others = np.maximum(later, 1e-300), np.maximum(earlier, 1e-300)
    at_least = np.where(later == 0, 1.0, betainc(some, earlier + 1, chance))
    at_most = np.where(earlier == 0, 1.0, betainc(others, later + 1, 1.0 - chance))
    unknown = (later + earlier == 0) | np.isnan(later + earlier + scale)
    return np.asarray(np.where(unknown, np.nan, np.minimum(1.0, 2.0 * np.minimum(at_least, at_most))))


def standardised_change(now: ArrayLike, before: ArrayLike) -> FloatArray:
    """Return the change in standard errors, 2 (sqrt now - sqrt before); beyond 3 either way is notable.

    `now`, `before`: counts over periods of equal length, broadcast to one shape; 0 is allowed. This
    divides by the error of a count about a known mean, as Wheeler does; about two counts that are both
    uncertain it is too bold by sqrt 2, so show it beside the interval of `rate_ratio`.

    Raises ValueError for negative or fractional counts or shapes that do not fit.
    Source: Wheeler 2016 (International Journal of Police Science and Management 18); Anscombe 1948.
    """
    later, earlier = of_one_shape(now=as_counts(now, "now"), before=as_counts(before, "before"))
    return np.asarray(2.0 * (np.sqrt(later) - np.sqrt(earlier)), dtype=np.float64)


def _checked(
    now: ArrayLike, before: ArrayLike, exposure_now: ArrayLike, exposure_before: ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    later, earlier, over_now, over_before = of_one_shape(
        now=as_counts(now, "now"),
        before=as_counts(before, "before"),
        exposure_now=as_amounts(exposure_now, "exposure_now"),
        exposure_before=as_amounts(exposure_before, "exposure_before"),
    )
    known = (over_now > 0) & (over_before > 0)
    scale = np.where(known, over_before, np.nan) / np.where(known, over_now, np.nan)
    return later, earlier, scale
