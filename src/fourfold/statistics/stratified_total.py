"""How many of a population are of a kind, from a sample drawn in strata, with limits that hold for few hits."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from fourfold.statistics.interval import (
    FloatArray,
    Interval,
    as_amounts,
    binomial_limits,
    of_one_shape,
    tail,
)


@dataclass(frozen=True)
class Shares:
    """The share of hits in each stratum with its limits; nobody read anything where `is_dark`."""

    value: FloatArray
    lower: FloatArray
    upper: FloatArray
    is_dark: FloatArray


def stratified_total(sizes: ArrayLike, read: ArrayLike, hits: ArrayLike, level: float = 0.95) -> Interval:
    """Return the number of hits in all strata together, with its interval.

    sizes: records of each stratum. read: how many of them were drawn by lot and read (effective numbers, which
    need not be whole, where they were drawn with unequal chances). hits: how many of those read are of the kind.
    The last axis is that of the strata; axes before it are as many estimates. Each stratum has exact limits; the
    limits of the sum lie as far from it as the root of the summed squares of the strata's distances. A stratum of
    which nobody read anything adds its whole size to the upper limit, nothing to the lower, half to the value.
    Raises ValueError for negative numbers, more hits than read, more read than there are, or shapes that do not fit.
    Source: Clopper and Pearson 1934; Zou and Donner 2008 (Statistics in Medicine 27) for limits of a sum from
    the limits of its parts.
    """
    size = as_amounts(sizes, "sizes")
    found = shares(size, read, hits, level)
    total = total_of(size, found)
    hit, seen = np.asarray(hits, dtype=np.float64), np.asarray(read, dtype=np.float64)
    known, most = hit.sum(axis=-1), (size - (seen - hit)).sum(axis=-1)
    return Interval(
        total.value, np.maximum(total.lower, np.minimum(known, total.value)), np.minimum(total.upper, most)
    )


def shares(sizes: ArrayLike, read: ArrayLike, hits: ArrayLike, level: float = 0.95) -> Shares:
    """Return the share of hits in each stratum with exact limits, on a sample size enlarged for the share read.

    Arguments and errors as `stratified_total`. Source: Clopper and Pearson 1934; Korn and Graubard 1998 for
    effective sample sizes and the finite population.
    """
    size, seen, found = of_one_shape(
        sizes=as_amounts(sizes, "sizes"), read=as_amounts(read, "read"), hits=as_amounts(hits, "hits")
    )
    if np.any(found > seen + 1e-9) or np.any(seen > size + 1e-9):
        raise ValueError("There cannot be more hits than were read, nor more read than there are.")
    left, dark = np.maximum(size - seen, 0.0), seen == 0
    with np.errstate(divide="ignore", invalid="ignore"):
        share = np.where(dark, 0.5, found / seen)
        enlarged = np.where(left > 0, (size - 1.0) / left, 1.0)
        low, high = binomial_limits(found * enlarged, (seen - found) * enlarged, level)
        below, above = low / (1.0 + low), np.where(np.isinf(high), 1.0, high / (1.0 + high))
    whole = left == 0
    lower = np.where(dark, 0.0, np.where(whole, share, below))
    upper = np.where(dark, 1.0, np.where(whole, share, above))
    return Shares(share, lower, upper, np.asarray(dark, dtype=np.float64))


def total_of(sizes: ArrayLike, found: Shares, level: float | None = None) -> Interval:
    """Return the number of hits among `sizes` records of each stratum, by shares found in a sample of the strata.

    sizes: records of each stratum in the part that is asked for (a month, a district). With a level, the chance
    by which so few records differ from the shares is in the interval too; without, sizes are of the whole.
    The part's records are taken to have the shares of their strata. Source: as `stratified_total`.
    """
    size = np.asarray(sizes, dtype=np.float64)
    seen = 1.0 - found.is_dark
    own = np.zeros_like(size * found.value)
    if level is not None:
        from scipy.special import ndtri

        own = ndtri(1.0 - tail(level)) ** 2 * size * np.maximum(found.value * (1 - found.value), 0.0)
    below = np.sqrt(np.sum(seen * ((size * (found.value - found.lower)) ** 2 + own), axis=-1))
    above = np.sqrt(np.sum(seen * ((size * (found.upper - found.value)) ** 2 + own), axis=-1))
    # What nobody looked at is no chance that evens out: it is added whole.
    unread = np.sum(found.is_dark * size / 2, axis=-1)
    value = np.sum(size * found.value, axis=-1)
    return Interval(
        value, np.maximum(value - below - unread, 0.0), np.minimum(value + above + unread, size.sum(axis=-1))
    )


def ratio_of_totals(
    now: ArrayLike,
    before: ArrayLike,
    read: ArrayLike,
    hits: ArrayLike,
    rng: np.random.Generator,
    level: float = 0.95,
    draws: int = 4000,
) -> Interval:
    """Return hits among the records `now` over those among the records `before`, with its interval.

    now, before: records of each stratum in two parts of the population. read, hits: of the strata, as in
    `stratified_total`, both parts together; a stratum is taken to have one share in both. The interval is of the
    draws of the shares (Jeffreys) and of the numbers they lead to. nan where `before` is empty.
    Source: Brown, Cai and DasGupta 2001 for Jeffreys' limits; the ratio by simulation.
    """
    a, b = as_amounts(now, "now"), as_amounts(before, "before")
    seen, hit = as_amounts(read, "read"), as_amounts(hits, "hits")
    if b.sum() == 0:
        return Interval(np.array(np.nan), np.array(np.nan), np.array(np.nan))
    share = rng.beta(hit + 0.5, seen - hit + 0.5, size=(draws, len(seen)))
    top = rng.binomial(a.astype(np.int64), share).sum(axis=1)
    below = rng.binomial(b.astype(np.int64), share).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = (top + 0.5) / (below + 0.5)
        mid = np.where(seen > 0, hit / np.maximum(seen, 1e-300), 0.5)
        value = np.float64((a * mid).sum()) / np.float64((b * mid).sum())
    out = tail(level)
    lower, upper = np.quantile(ratio, [out, 1 - out])
    return Interval(np.asarray(value), np.minimum(lower, value), np.maximum(upper, value))


def shares_of_a_round(sizes: ArrayLike, supposed: ArrayLike, records: int, least: int) -> FloatArray:
    """Return how many records of each stratum a round of `records` reads, whole numbers.

    sizes: records of each stratum. supposed: share of hits supposed in each. Each stratum is read `least` times
    or whole, and the rest goes, one by one, where it lessens the variance of the total most.
    Source: Neyman 1934; Wright 2012 (The American Statistician 66) for the steps in whole numbers.
    """
    size = as_amounts(sizes, "sizes")
    p = np.asarray(supposed, dtype=np.float64)
    want = size**2 * p * (1.0 - p)
    records = min(records, int(size.sum()))
    given = np.minimum(np.minimum(size, least), np.floor(records / max(1, len(size))))
    while given.sum() < records:
        gain = np.where(given < size, want / np.maximum(given * (given + 1.0), 0.5), -1.0)
        given[int(np.argmax(gain))] += 1.0
    return given
