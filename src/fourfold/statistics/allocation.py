"""How a sample is shared out over strata, and how sure its estimates will be, before anything is drawn."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from fourfold.statistics.interval import FloatArray, as_counts, tail

IntArray = NDArray[np.int64]

LEAST = 2
"""Records a stratum at least, where it has them: one alone tells nothing of how its stratum varies."""
FAINT = 1e-9
"""Weight, beside the others, of a stratum that is planned to have no variance: it takes only what is left over."""


@dataclass(frozen=True)
class Margins:
    """Half the width of the interval to expect: for each stratum, and for all strata together."""

    strata: FloatArray
    whole: float


def equal(n: int, sizes: ArrayLike) -> IntArray:
    """Share n out in equal parts: as good an estimate for each stratum as for any other.

    sizes: records in each stratum, one axis. Each stratum gets at least 2 where it has 2 and never more
    than it has; what a small stratum cannot take goes to the others. The parts add up to n exactly, or to
    all records where there are fewer than n. Ties go to the stratum that comes first.

    Raises ValueError where n does not reach for 2 a stratum, or for sizes that are no counts.
    Source: Cochran 1977 (Sampling Techniques, chapter 5).
    """
    counts = _sizes(sizes)
    return _shared_out(n, counts, (counts > 0).astype(np.float64))


def proportional(n: int, sizes: ArrayLike) -> IntArray:
    """Share n out by size: each record of the population is as likely to be drawn. Otherwise as `equal`."""
    counts = _sizes(sizes)
    return _shared_out(n, counts, counts)


def neyman(n: int, sizes: ArrayLike, planned: ArrayLike) -> IntArray:
    """Share n out by size and by how much each stratum varies: the best estimate for all together.

    planned: the proportion expected in each stratum, 0 to 1, one for all or one each. Otherwise as `equal`.
    Source: Neyman 1934 (Journal of the Royal Statistical Society 97).
    """
    counts = _sizes(sizes)
    share = _planned(planned, counts)
    return _shared_out(n, counts, counts * np.sqrt(share * (1.0 - share)))


def margins(
    sizes: ArrayLike, allocation: ArrayLike, planned: ArrayLike = 0.5, level: float = 0.95
) -> Margins:
    """Return the margin to expect for each stratum and for the whole, by the normal form.

    sizes, allocation: records of each stratum, and how many of them are drawn. planned: the proportion
    expected, 0.5 being the worst case. A stratum of which nothing is drawn has no margin (nan), nor then
    has the whole. A margin is for planning: the interval of a finding is worked out from the answers.

    Raises ValueError where more is drawn than there is.
    Source: Cochran 1977, formulas 3.8 and 5.6.
    """
    from scipy.special import ndtri

    counts, drawn = _sizes(sizes), _sizes(allocation)
    if np.any(drawn > counts):
        raise ValueError("A stratum cannot give more records than it has.")
    share = _planned(planned, counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        left = np.where(counts > 1, (counts - drawn) / np.maximum(counts - 1.0, 1.0), 0.0)
        variance = np.where(drawn > 0, left * share * (1.0 - share) / drawn, np.nan)
        whole = np.sum(np.where(counts > 0, (counts / counts.sum()) ** 2 * variance, 0.0))
    reach = -ndtri(tail(level))
    return Margins(reach * np.sqrt(variance), float(reach * np.sqrt(whole)))


def _shared_out(n: int, sizes: FloatArray, weights: FloatArray) -> IntArray:
    """Return whole parts of n in proportion to the weights, within what each stratum must and can give."""
    least = np.minimum(sizes, LEAST)
    if n < least.sum():
        raise ValueError(
            f"{n} records do not reach: {int(least.sum())} are the fewest, {LEAST} for each stratum."
        )
    if n >= sizes.sum():
        return sizes.astype(np.int64)
    faint = FAINT * max(float(weights.max()), 1.0)
    pull = np.maximum(weights, faint * sizes)
    low, high = 0.0, float(np.max(sizes[sizes > 0] / pull[sizes > 0])) + 1.0
    for _ in range(200):  # halving until the parts add up to n as closely as floats can say
        middle = (low + high) / 2.0
        low, high = (middle, high) if np.clip(middle * pull, least, sizes).sum() < n else (low, middle)
    parts = np.clip(high * pull, least, sizes)
    return _rounded(n, parts, sizes)


def _rounded(n: int, parts: FloatArray, sizes: FloatArray) -> IntArray:
    """Round to whole numbers that add up to n: the largest remainders first (Hamilton's method)."""
    near = np.round(parts)
    parts = np.where(np.abs(parts - near) < 1e-6, near, parts)
    whole = np.floor(parts)
    while whole.sum() < n:
        remainder = np.where(whole < sizes, parts - whole, -np.inf)
        whole[int(np.argmax(np.round(remainder, 9)))] += 1
    return whole.astype(np.int64)


def _sizes(sizes: ArrayLike) -> FloatArray:
    counts = as_counts(sizes, "sizes")
    if counts.ndim != 1 or np.any(np.isnan(counts)):
        raise ValueError("Sizes of strata are whole counts along one axis.")
    return counts


def _planned(planned: ArrayLike, sizes: FloatArray) -> FloatArray:
    share = np.broadcast_to(np.asarray(planned, dtype=np.float64), sizes.shape)
    if not np.all((share >= 0.0) & (share <= 1.0)):
        raise ValueError("A planned proportion lies between 0 and 1.")
    return share
