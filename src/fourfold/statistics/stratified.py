"""A proportion of a population, from a sample drawn without replacement in strata, with an interval that holds.

What is estimated is a ratio of two totals: of the records to which a question applies (`whole`), those with
the answer wanted (`part`). Both are found only by reading, so the denominator is an estimate too: not
applicable answers and records out of scope make the whole a domain of the population, and records without
an answer make it a smaller one. Weights are the records each stratum holds over those looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike

from fourfold.statistics.interval import BoolArray, FloatArray, Interval, as_counts, of_one_shape, tail

FEW_UNREAD = 2
"""Records of a stratum not read that may always be thought to differ, however few are left."""


@dataclass(frozen=True)
class Looked:
    """What was looked at, strata along the last axis: counts of one shape, each within the one before.

    population: records each stratum holds. read: those looked at, out of scope or not. whole: those of
    them in the denominator. part: those of them with the answer wanted.
    """

    population: FloatArray
    read: FloatArray
    whole: FloatArray
    part: FloatArray


def stratified(
    population: ArrayLike, read: ArrayLike, whole: ArrayLike, part: ArrayLike, level: float = 0.95
) -> Interval:
    """Return part / whole of the population, estimated over the last axis, with its interval.

    population, read, whole, part: counts of each stratum as in `Looked`, broadcast to one shape; the last
    axis are the strata and any axes before it are separate samples. Where a stratum with records has none
    read, or no record of the whole was found, nothing can be said: nan. Where every record was read the
    interval is the value itself.

    The limits are Clopper and Pearson's on the effective sample size of Korn and Graubard 1998, guarded where
    that size cannot be trusted. Theirs is p(1 - p) over the estimated variance, which rests on the differences
    seen between records. Near 0 and 1 the few records that would differ lie in strata of which little was read
    and are mostly not in the sample; the size is then far too large, and in simulation the interval covers as
    little as 59 %. So the size is the least of three:

    - the one from the differences seen;
    - what the design alone would give if all strata had the same proportion, which needs no difference to be
      seen. Where the strata differ it is the smaller of the two, so that it takes back what stratifying seems
      to have gained;
    - for the lower limit, what would be seen with one miss more in the stratum whose records weigh most, and
      for the upper with one success more: misses may all lie in that stratum and none of them have been drawn.
      This is the thought of Fay and Feuer 1997, carried from Poisson counts to proportions. Away from 0 and 1
      it changes next to nothing.

    Each is reduced for its degrees of freedom, counted by Satterthwaite from each stratum's share of the
    variance, since under equal allocation one large stratum may carry most of it. docs/audit.md has the
    coverage that was measured.

    Raises ValueError for counts that are not, or that do not lie each within the one before.
    Source: Korn and Graubard 1998 (Survey Methodology 24); Cochran 1977 (Sampling Techniques, 5A and 6.11)
    for the ratio by linearisation; Satterthwaite 1946 (Biometrics Bulletin 2); Fay and Feuer 1997 (Statistics
    in Medicine 16).
    """
    looked = looked_at(population, read, whole, part)
    value = ratio(looked)
    size = np.fmin(seen_size(looked, value, level), design_size(looked, value, level))
    below = np.fmin(size, one_more_size(looked, 0.0, level))
    above = np.fmin(size, one_more_size(looked, 1.0, level))
    return _limits(looked, value, below, above, level)


def clopper_pearson_on_effective_size(
    population: ArrayLike, read: ArrayLike, whole: ArrayLike, part: ArrayLike, level: float = 0.95
) -> Interval:
    """Return the same estimate with Korn and Graubard's interval as published; arguments as `stratified`.

    Kept to be compared with: where no difference was seen the effective size is the number of records.
    """
    looked = looked_at(population, read, whole, part)
    value = ratio(looked)
    total, strata = looked.read.sum(axis=-1), (looked.population > 0).sum(axis=-1)
    spread = variance(looked, value)
    with np.errstate(divide="ignore", invalid="ignore"):
        size = value * (1.0 - value) / spread * _shrunk(total, total - strata, level)
    size = np.where(spread > 0, size, looked.whole.sum(axis=-1))
    size = np.where(read_whole(looked), np.inf, size)
    return _around(value, _lower(value, size, level), 1.0 - _lower(1.0 - value, size, level))


def normal(
    population: ArrayLike, read: ArrayLike, whole: ArrayLike, part: ArrayLike, level: float = 0.95
) -> Interval:
    """Return the same estimate with the plain normal interval, cut to 0 and 1; arguments as `stratified`."""
    from scipy.special import ndtri

    looked = looked_at(population, read, whole, part)
    value = ratio(looked)
    reach = -ndtri(tail(level)) * np.sqrt(variance(looked, value))
    return Interval(value, np.maximum(value - reach, 0.0), np.minimum(value + reach, 1.0))


def total_of(population: ArrayLike, read: ArrayLike, part: ArrayLike, level: float = 0.95) -> Interval:
    """Return how many records of the population are like `part` (in scope, say), with its interval."""
    share = stratified(population, read, read, part, level)
    size = np.asarray(population, dtype=np.float64).sum(axis=-1)
    return Interval(share.value * size, share.lower * size, share.upper * size)


def difference(later: Interval, earlier: Interval) -> Interval:
    """Return later less earlier, of two samples drawn apart, from the interval of each.

    Source: Donner and Zou 2012 (Statistical Methods in Medical Research 21): the variance is recovered from
    the limits nearest to each other; of two Wilson intervals it is Newcombe's (1998) method 10.
    """
    value = later.value - earlier.value
    below = np.hypot(later.value - later.lower, earlier.upper - earlier.value)
    above = np.hypot(later.upper - later.value, earlier.value - earlier.lower)
    return Interval(value, value - below, value + above)


def ratio(looked: Looked) -> FloatArray:
    """Return the estimate: the weighted part over the weighted whole, nan where it cannot be computed."""
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(looked.read > 0, looked.population / looked.read, 0.0)
        value = (weight * looked.part).sum(axis=-1) / (weight * looked.whole).sum(axis=-1)
    unread = np.any((looked.population > 0) & (looked.read == 0), axis=-1)
    return np.asarray(np.where(unread, np.nan, np.clip(value, 0.0, 1.0)))


def variance(looked: Looked, value: FloatArray) -> FloatArray:
    """Return the variance of `ratio` by linearisation, with the finite population correction."""
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(looked.whole > 0, looked.part / looked.whole, 0.0)
    return np.asarray(_contributions(looked, inside, value).sum(axis=-1))


def seen_size(looked: Looked, value: FloatArray, level: float) -> FloatArray:
    """Return the effective size from the differences seen, inf where there are none."""
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = np.where(looked.whole > 0, looked.part / looked.whole, 0.0)
    return _effective(looked, _contributions(looked, inside, value), value, level)


def design_size(looked: Looked, value: FloatArray, level: float) -> FloatArray:
    """Return the effective size that the design gives where all strata have the same proportion.

    It does not depend on that proportion, so any inside 0 and 1 serves.
    """
    half = np.full(value.shape, 0.5)
    inside = np.full(looked.whole.shape, 0.5)
    return _effective(looked, _contributions(looked, inside, half), half, level)


def one_more_size(looked: Looked, found: float, level: float) -> FloatArray:
    """Return the effective size that one record more would give in the stratum whose records weigh most.

    found: 0.0 for a miss, 1.0 for a success. A stratum that was read whole has no record more.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        open_weight = np.where(
            (looked.read > 0) & (looked.read < looked.population), looked.population / looked.read, 0.0
        )
    heaviest = np.arange(looked.read.shape[-1]) == open_weight.argmax(axis=-1)[..., None]
    one = (heaviest & (open_weight > 0)).astype(np.float64)
    more = Looked(looked.population, looked.read + one, looked.whole + one, looked.part + found * one)
    return seen_size(more, ratio(more), level)


def _contributions(looked: Looked, inside: FloatArray, value: FloatArray) -> FloatArray:
    """Return each stratum's part of the variance, if its proportion is `inside` and the whole's is `value`.

    Each record has the residual part - value * whole: 1 - value, -value, or 0 outside the whole.
    """
    n, of_all = looked.read, value[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        weight = np.where(n > 0, looked.population / n, 0.0)
        total = (weight * looked.whole).sum(axis=-1)[..., None]
        squares = looked.whole * (inside * (1.0 - of_all) ** 2 + (1.0 - inside) * of_all**2)
        mean = looked.whole * (inside - of_all) / n
        spread = np.maximum(squares - n * mean**2, 0.0) / np.maximum(n - 1.0, 1.0)
        left = np.maximum(1.0 - n / looked.population, 0.0)
        parts = looked.population**2 * left * spread / n / total**2
    return np.where((n > 0) & (looked.population > 0), parts, 0.0)


def _effective(looked: Looked, parts: FloatArray, value: FloatArray, level: float) -> FloatArray:
    spread = parts.sum(axis=-1)
    with np.errstate(divide="ignore", invalid="ignore"):
        freedom = spread**2 / (parts**2 / np.maximum(looked.read - 1.0, 1.0)).sum(axis=-1)
        size = value * (1.0 - value) / spread * _shrunk(looked.read.sum(axis=-1), freedom, level)
    return np.where(spread > 0, size, np.inf)


def _shrunk(read: FloatArray, freedom: FloatArray, level: float) -> FloatArray:
    """Return the factor on an effective size whose variance has so many degrees of freedom (Korn, Graubard)."""
    from scipy.special import stdtrit

    out = 1.0 - tail(level)
    reach = stdtrit(np.maximum(freedom, 1.0), out)
    return np.asarray((stdtrit(np.maximum(read - 1.0, 1.0), out) / reach) ** 2)


def _limits(
    looked: Looked, value: FloatArray, below: FloatArray, above: FloatArray, level: float
) -> Interval:
    """Return Clopper and Pearson's limits, each on its effective size; the value itself where all was read."""
    fewest, most = _if_unread_differ(looked, value)
    lower = np.fmin(_lower(value, below, level), fewest)
    upper = np.fmax(1.0 - _lower(1.0 - value, above, level), most)
    everything = read_whole(looked)
    lower, upper = np.where(everything, value, lower), np.where(everything, value, upper)
    return _around(value, lower, upper)


def _around(value: FloatArray, lower: FloatArray, upper: FloatArray) -> Interval:
    """Return the interval, where arithmetic would leave a limit a hair outside 0 and 1 or past the value."""
    return Interval(
        value, np.clip(lower, 0.0, np.minimum(value, 1.0)), np.clip(upper, np.maximum(value, 0.0), 1.0)
    )


def _if_unread_differ(looked: Looked, value: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Return what the value would be if a few of each stratum's unread records were all misses, or all successes.

    Where hardly any record is left unread an interval of the normal kind closes on the value, though the
    few that are left may well be the few that differ. In a population of any size it changes nothing.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        part, whole = (
            np.where(looked.read > 0, counts / looked.read, 0.0) for counts in (looked.part, looked.whole)
        )
        left = np.minimum(looked.population - looked.read, FEW_UNREAD)
        others = ((looked.population - left) * part).sum(axis=-1)
        total = ((looked.population - left) * whole + left).sum(axis=-1)
        fewest, most = others / total, (others + left.sum(axis=-1)) / total
    unknown = np.isnan(value)
    return np.where(unknown, np.nan, fewest), np.where(unknown, np.nan, most)


def _lower(value: FloatArray, size: FloatArray, level: float) -> FloatArray:
    """Return Clopper and Pearson's lower limit; the value itself where the size is without limit."""
    from scipy.special import betaincinv

    known = np.isfinite(size) & ~np.isnan(value)
    n, p = np.where(known, size, 1.0), np.where(known, value, 0.5)
    limit = betaincinv(np.maximum(n * p, 1e-300), n * (1.0 - p) + 1.0, tail(level))
    limit = np.where(p <= 0.0, 0.0, limit)
    return np.asarray(np.where(known, limit, value))


def read_whole(looked: Looked) -> BoolArray:
    """Return whether every record of every stratum was read."""
    return np.asarray(np.all(looked.read >= looked.population, axis=-1))


def looked_at(population: ArrayLike, read: ArrayLike, whole: ArrayLike, part: ArrayLike) -> Looked:
    """Return counts checked and broadcast to one shape; raises ValueError as `stratified`."""
    shaped = of_one_shape(
        population=as_counts(population, "population"),
        read=as_counts(read, "read"),
        whole=as_counts(whole, "whole"),
        part=as_counts(part, "part"),
    )
    if shaped[0].ndim == 0:
        raise ValueError("Strata lie along the last axis: give a list, if of one stratum.")
    names = ("population", "read", "whole", "part")
    for outer, inner in pairwise(range(len(names))):
        if np.any(shaped[inner] > shaped[outer]):
            raise ValueError(f"There cannot be more in `{names[inner]}` than in `{names[outer]}`.")
    return Looked(*shaped)
