"""How far two readers agree beyond chance, and the table of what each said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fourfold.statistics.interval import FloatArray, Interval, as_counts, tail

IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Agreement:
    """Cohen's kappa of one table, with the shares behind it; `why` says why kappa is nan, else it is empty."""

    kappa: Interval
    read: int
    agreed: int
    expected: float
    why: str


def table(first: Sequence[str], second: Sequence[str], answers: Sequence[str]) -> IntArray:
    """Return how often each pair of answers was given: rows are the first reader's, columns the second's.

    first, second: one answer a record, in the same order. Raises ValueError where they are not as many as
    each other, or an answer is none of `answers`.
    """
    if len(first) != len(second):
        raise ValueError(f"The first reader has {len(first)} answers, the second {len(second)}.")
    place = {answer: at for at, answer in enumerate(answers)}
    unknown = sorted({answer for answer in (*first, *second) if answer not in place})
    if unknown:
        raise ValueError(f"Answers are {', '.join(answers)}: got {', '.join(unknown)}.")
    counts = np.zeros((len(answers), len(answers)), dtype=np.int64)
    for one, other in zip(first, second, strict=True):
        counts[place[one], place[other]] += 1
    return counts


def cohen_kappa(counts: ArrayLike, level: float = 0.95) -> Agreement:
    """Return Cohen's kappa of a square table of counts, with its interval.

    Limits are normal with the standard error of Fleiss, Cohen and Everitt, cut to -1 and 1. Where the two
    agreed on every record that error is 0 however few they were; the lower limit then comes from the exact
    interval of the share agreed, at the agreement expected by chance. Where both gave one and the same
    answer throughout, chance explains everything and kappa cannot be computed: nan, and `why` says so.

    Raises ValueError for a table that is not square or counts that are not.
    Source: Cohen 1960 (Educational and Psychological Measurement 20); Fleiss, Cohen and Everitt 1969
    (Psychological Bulletin 72); Clopper and Pearson 1934 (Biometrika 26).
    """
    told = as_counts(counts, "counts")
    if told.ndim != 2 or told.shape[0] != told.shape[1]:
        raise ValueError(f"A table of agreement has as many rows as columns: got {told.shape}.")
    read, agreed = int(told.sum()), int(np.trace(told))
    if read == 0:
        return Agreement(_nothing(), 0, 0, np.nan, "nothing was read twice")
    shares = told / read
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    expected = float(rows @ columns)
    if expected >= 1.0 - 1e-12:
        why = "both gave one and the same answer to every record, so agreement beyond chance cannot be told"
        return Agreement(_nothing(), read, agreed, expected, why)
    value = (agreed / read - expected) / (1.0 - expected)
    lower, upper = _kappa_limits(shares, rows, columns, value, read, level)
    return Agreement(Interval(*map(np.asarray, (value, lower, upper))), read, agreed, expected, "")


def _kappa_limits(
    shares: FloatArray, rows: FloatArray, columns: FloatArray, value: float, read: int, level: float
) -> tuple[float, float]:
    from scipy.special import betaincinv, ndtri

    expected = float(rows @ columns)
    if np.trace(shares) >= 1.0 - 1e-12:
        share = float(betaincinv(float(read), 1.0, tail(level)))
        return max((share - expected) / (1.0 - expected), -1.0), 1.0
    reach = float(-ndtri(tail(level)) * np.sqrt(_variance(shares, rows, columns, value) / read))
    return max(value - reach, -1.0), min(value + reach, 1.0)


def _variance(shares: FloatArray, rows: FloatArray, columns: FloatArray, value: float) -> float:
    """Return the variance of kappa times the number read (Fleiss, Cohen and Everitt 1969, formula 13)."""
    expected = float(rows @ columns)
    diagonal = np.diag(shares) * (1.0 - (rows + columns) * (1.0 - value)) ** 2
    apart = (1.0 - value) ** 2 * shares * (columns[:, None] + rows[None, :]) ** 2
    off = apart.sum() - np.trace(apart)
    chance = (value - expected * (1.0 - value)) ** 2
    return max(float(diagonal.sum() + off - chance) / (1.0 - expected) ** 2, 0.0)


def _nothing() -> Interval:
    return Interval(*(np.asarray(np.nan) for _ in range(3)))
