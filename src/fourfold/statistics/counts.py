"""A count, or a rate per so many people, with its exact interval."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from fourfold.statistics.interval import Interval, as_amounts, as_counts, of_one_shape, tail


def poisson_interval(count: ArrayLike, level: float = 0.95) -> Interval:
    """Return each count with the exact limits of the Poisson mean behind it.

    `count`: counts of any shape. 0 has the lower limit 0 and a finite upper one; nan stays nan. Where
    counts vary more than Poisson the limits are too narrow: see `overdispersion`.

    Raises ValueError for negative or fractional counts or a level outside 0 to 1.
    Source: Garwood 1936 (Biometrika 28), by quantiles of the gamma distribution.
    """
    from scipy.special import gammainccinv, gammaincinv

    out = tail(level)
    counts = as_counts(count, "count")
    some = np.where(counts == 0, 1.0, counts)  # gamma needs a shape above 0
    lower = np.where(counts == 0, 0.0, gammaincinv(some, out))
    upper = np.asarray(gammainccinv(counts + 1.0, out), dtype=np.float64)
    return Interval(counts, lower, upper)


def rate(count: ArrayLike, population: ArrayLike, level: float = 0.95, per: float = 1_000.0) -> Interval:
    """Return the rate of a count per `per` people (1,000) with its exact interval.

    `count`: counts; `population`: people or whatever the count is set against, broadcast to one shape. The
    population is taken as known. A population of 0 or nan gives nan.

    Raises ValueError for negative or fractional counts, a negative population, `per` not above 0, shapes
    that do not fit, or a level outside 0 to 1.
    Source: Garwood 1936 (Biometrika 28).
    """
    if not per > 0:
        raise ValueError(f"A rate is per some number above 0, for example 1,000: got {per}.")
    counts, people = of_one_shape(
        count=as_counts(count, "count"), population=as_amounts(population, "population")
    )
    known = poisson_interval(counts, level)
    scale = per / np.where(people > 0, people, np.nan)
    return Interval(known.value * scale, known.lower * scale, known.upper * scale)
