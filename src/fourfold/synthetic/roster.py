"""The made-up offenders, out of the same people as the victims, and references to people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.draws import Whole
from fourfold.synthetic.people import birth_days, is_woman, pool_size
from fourfold.synthetic.streams import stream

OFFENDERS_AT_ONE = 14_000
CANDIDATES_EACH = 10
SECOND_REF = 0.12
"""Share of mentions under a second reference, because the person was not recognised."""
REF_PRIME = 99_999_989
"""A prime: multiplying by a fixed number modulo it shuffles references without meeting any twice."""
REF_STEP = 48_271


@dataclass(frozen=True)
class Roster:
    """The offenders' person numbers, in blocks: each block is an index into `people`.

    people: shape (n,), numbers of `people_at`. born: days from 1970. A block's offenders suit its use:
    recruiters are grown men, recruits boys and young men, programme participants adults.
    """

    people: Whole
    born: Whole
    recruiters: Whole
    recruits: Whole
    crime_free: Whole
    rehab: Whole
    others: Whole


def nominal_refs(people: Whole, variant: Whole) -> pl.Series:
    """Return the crime system's reference of each person; variants of one person look unrelated.

    people: shape (n,), numbers below 24,999,000. variant: 0 to 3.
    """
    shuffled = ((people * 4 + variant + 1) * REF_STEP) % REF_PRIME
    return pl.select(pl.lit("N") + pl.lit(pl.Series(shuffled)).cast(pl.String).str.zfill(8)).to_series()


def variants(n: int, rng: np.random.Generator) -> Whole:
    """Return 0 for most mentions and 1 for those under a second reference."""
    return (rng.random(n) < SECOND_REF).astype(np.int64)


def make_roster(scale: float, seed: int) -> Roster:
    """Return the offenders: mostly men, mostly 15 to 45, out of the people whom all files share."""
    rng = stream(seed, "roster")
    pool = pool_size(scale)
    n = min(max(round(OFFENDERS_AT_ONE * scale), 300), pool // 4)
    candidates = rng.choice(pool, size=min(pool, n * CANDIDATES_EACH), replace=False)
    age = years_old(birth_days(candidates, seed), 2019)
    weight = np.interp(age, [0, 12, 14, 19, 28, 45, 65, 100], [0, 0, 1.0, 3.0, 2.4, 1.0, 0.15, 0.01])
    weight *= np.where(is_woman(candidates, seed), 0.18, 1.0)
    order = np.argsort(rng.exponential(1.0, len(candidates)) / np.maximum(weight, 1e-12), kind="stable")
    people = candidates[order[:n]]
    born = birth_days(people, seed)
    return divide(people, born, is_woman(people, seed), scale)


def divide(people: Whole, born: Whole, woman: NDArray[np.bool_], scale: float) -> Roster:
    """Put the offenders into blocks; each offender is in one."""
    age = years_old(born, 2019)
    free = np.ones(len(people), dtype=bool)

    def take(suits: NDArray[np.bool_], wanted: int) -> Whole:
        found = np.flatnonzero(suits & free)[:wanted]
        free[found] = False
        return found

    recruiters = take(~woman & (age >= 26) & (age < 43), max(round(80 * scale), 3))
    recruits = take(~woman & (age >= 14) & (age < 19.5), max(round(330 * scale), 12))
    crime_free = take((age >= 23) & (age < 48), max(round(90 * scale), 45))
    rehab = take((age >= 21) & (age < 52), max(round(60 * scale), 30))
    return Roster(people, born, recruiters, recruits, crime_free, rehab, np.flatnonzero(free))


def years_old(born: Whole, year: int) -> NDArray[np.float64]:
    """Return the age in years on 1 January of a year."""
    return np.asarray((np.datetime64(f"{year}-01-01").astype(int) - born) / 365.25, dtype=np.float64)
