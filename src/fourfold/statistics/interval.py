"""What every estimate here is: a value with its lower and upper limit, and the checks on what comes in."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True)
class Interval:
    """An estimate with its confidence limits; three arrays of one shape (no axes for a single estimate).

    nan stands for what cannot be computed, inf for a limit that the data do not set.
    """

    value: FloatArray
    lower: FloatArray
    upper: FloatArray

    def __post_init__(self) -> None:
        # NumPy turns the outcome of arithmetic on arrays without axes into a scalar; callers get arrays.
        for field in fields(self):
            object.__setattr__(self, field.name, np.asarray(getattr(self, field.name), dtype=np.float64))

    def floats(self) -> tuple[float, float, float]:
        """Return value, lower and upper of a single estimate as plain numbers.

        Raises ValueError where the interval holds more than one estimate.
        """
        if self.value.size != 1:
            raise ValueError(
                f"The interval holds {self.value.size} estimates: take one before asking for numbers."
            )
        return self.value.item(), self.lower.item(), self.upper.item()


def tail(level: float) -> float:
    """Return the chance left in each tail of a two-sided interval of this confidence level.

    Raises ValueError for a level that is not strictly between 0 and 1.
    """
    if not 0.0 < level < 1.0:
        raise ValueError(f"A confidence level lies strictly between 0 and 1, for example 0.95: got {level}.")
    return (1.0 - level) / 2.0


def as_counts(values: ArrayLike, name: str) -> FloatArray:
    """Return counts as floats of the same shape; nan (a count not known) is let through.

    Raises ValueError for a negative, infinite or fractional count.
    """
    counts = as_amounts(values, name)
    if np.any(counts != np.floor(counts), where=~np.isnan(counts)):
        raise ValueError(f"{name} must be whole counts: some are fractions.")
    return counts


def as_amounts(values: ArrayLike, name: str) -> FloatArray:
    """Return amounts (exposures, populations, weights) as floats; nan is let through, 0 is allowed.

    Raises ValueError for a negative or infinite amount.
    """
    amounts = np.asarray(values, dtype=np.float64)
    if np.any(amounts < 0):
        raise ValueError(f"{name} cannot be negative: the lowest is {np.nanmin(amounts):g}.")
    if np.any(np.isinf(amounts)):
        raise ValueError(f"{name} cannot be infinite.")
    return amounts


def of_one_shape(**named: FloatArray) -> tuple[FloatArray, ...]:
    """Return the named arrays broadcast to one shape.

    Raises ValueError, with the name and shape of each, where they do not fit together.
    """
    try:
        return tuple(np.broadcast_arrays(*named.values()))
    except ValueError as error:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in named.items())
        raise ValueError(f"The shapes do not fit together: {shapes}.") from error


def divide(above: FloatArray, below: FloatArray) -> FloatArray:
    """Return above / below: inf where only `below` is 0, nan where both are."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.asarray(above / below, dtype=np.float64)


def binomial_limits(
    successes: FloatArray, failures: FloatArray, level: float
) -> tuple[FloatArray, FloatArray]:
    """Return the exact limits of the odds successes : failures, each of the inputs' shape.

    The odds rather than the proportion, so that nothing is lost where it is close to 1. Inputs need not
    be whole: effective counts are allowed. Nothing observed gives nan.
    Source: Clopper and Pearson 1934, by quantiles of the beta distribution.
    """
    from scipy.special import betainccinv, betaincinv

    out = tail(level)
    some, others = np.maximum(successes, 1e-300), np.maximum(failures, 1e-300)  # beta needs above 0
    low = betaincinv(some, failures + 1, out) / betainccinv(failures + 1, some, out)
    high = divide(betainccinv(successes + 1, others, out), betaincinv(others, successes + 1, out))
    unknown = (successes + failures == 0) | np.isnan(successes + failures)
    lower = np.where(unknown, np.nan, np.where(successes == 0, 0.0, low))
    upper = np.where(unknown, np.nan, np.where(failures == 0, np.inf, high))
    return lower, upper
