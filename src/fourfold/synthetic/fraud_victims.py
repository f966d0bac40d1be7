"""Who made each fraud report: people by age, some of them more than once, some from one household."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from fourfold.synthetic.draws import Floats, Whole
from fourfold.synthetic.fraud_plan import BANDS, NO_AGE
from fourfold.synthetic.people import BLOCK, HOME_OF, ages_on, birth_days, pool_size

REPEAT_SHARE = 0.07
"""Reports by somebody who reported before: about 6 % of victims then have two or more."""
HOUSEHOLD_SHARE = 0.015
"""Reports by somebody whose household reported before, where an age that fits can be found."""
POOL_PART = 3
"""Fraud victims come from the first third of the pool; that is people enough, and three times quicker."""
ANY_AGE = (18, 90)
NOBODY = -1


def choose_victims(
    day: Whole,
    band: Whole,
    person: NDArray[np.bool_],
    again: Floats,
    scale: float,
    seed: int,
    rng: np.random.Generator,
) -> Whole:
    """Return the person (number in the pool) behind each report, -1 for organisations.

    day: days from 1970, rising. band: place in BANDS or -1. again: how apt each report is to be by
    somebody who reported before (recovery fraud: very). All shape (n,).
    """
    pool = np.arange(pool_size(scale) // POOL_PART)
    born = birth_days(pool, seed)
    by_birth = np.argsort(born, kind="stable")
    victim = np.full(len(day), NOBODY, dtype=np.int64)
    rows = np.flatnonzero(person)
    victim[rows] = fresh_victims(day[rows], band[rows], pool[by_birth], born[by_birth], rng)
    victim = repeat_victims(victim, day, band, person, again, born, rng)
    return household_victims(victim, day, band, person, born, rng)


def limits(day: Whole, band: Whole) -> tuple[Whole, Whole]:
    """Return first and last day of birth (days from 1970) of somebody in the band on the day."""
    low = np.array([row[0] for row in BANDS] + [ANY_AGE[0]])[band]
    high = np.array([row[1] for row in BANDS] + [ANY_AGE[1]])[band]
    # A week's distance from each birthday keeps slips of a day or two within the band.
    return (day - (high + 1) * 365.25 + 7).astype(np.int64), (day - low * 365.25 - 7).astype(np.int64)


def fresh_victims(day: Whole, band: Whole, people: Whole, born: Whole, rng: np.random.Generator) -> Whole:
    """Return somebody of the right age for each report, nearly always somebody new; `born` rises."""
    first, last = limits(day, band)
    low, high = np.searchsorted(born, first), np.searchsorted(born, last)
    chosen = rng.integers(low, np.maximum(high, low + 1))
    for _ in range(8):
        _, kept = np.unique(chosen, return_index=True)
        twice = np.setdiff1d(np.arange(len(chosen)), kept)
        if not len(twice):
            break
        chosen[twice] = rng.integers(low[twice], np.maximum(high[twice], low[twice] + 1))
    return np.asarray(people[np.minimum(chosen, len(people) - 1)], dtype=np.int64)


def fits(victim: Whole, day: Whole, band: Whole, born: Whole) -> NDArray[np.bool_]:
    """Say of each person whether they are in the band on the day (anybody is, where no age is told)."""
    first, last = limits(day, band)
    return np.asarray((band == NO_AGE) | ((born[victim] >= first) & (born[victim] <= last)), dtype=np.bool_)


def repeat_victims(
    victim: Whole,
    day: Whole,
    band: Whole,
    person: NDArray[np.bool_],
    again: Floats,
    born: Whole,
    rng: np.random.Generator,
) -> Whole:
    """Give some reports to the victim of an earlier one of the same band."""
    found = victim.copy()
    for place in np.unique(band[person]):
        rows = np.flatnonzero(person & (band == place))
        chance = again[rows] / again[rows].mean() * REPEAT_SHARE * 1.1
        later = np.flatnonzero((rng.random(len(rows)) < chance) & (np.arange(len(rows)) > 0))
        earlier = (rng.random(len(later)) * later).astype(np.int64)
        for position, source in zip(rows[later], rows[earlier], strict=True):
            if fits(found[[source]], day[[position]], band[[position]], born)[0]:
                found[position] = found[source]
    return found


def household_victims(
    victim: Whole, day: Whole, band: Whole, person: NDArray[np.bool_], born: Whole, rng: np.random.Generator
) -> Whole:
    """Give some reports to another member of the household of an earlier victim, where the age fits."""
    found = victim.copy()
    rows = np.flatnonzero(person)
    sought = rows[(rng.random(len(rows)) < HOUSEHOLD_SHARE * 4) & (np.arange(len(rows)) > 0)]
    source = rows[(rng.random(len(sought)) * np.searchsorted(rows, sought)).astype(np.int64)]
    other = found[source] + np.where(np.arange(len(sought)) % 2 == 0, 1, -1)
    within = (other >= 0) & (other < len(born))
    other = np.where(within, other, found[source])
    same_home = (other // BLOCK == found[source] // BLOCK) & (
        HOME_OF[other % BLOCK] == HOME_OF[found[source] % BLOCK]
    )
    good = within & same_home & fits(other, day[sought], band[sought], born)
    found[sought[good]] = other[good]
    return found


def told_ages(victim: Whole, day: Whole, seed: int) -> Whole:
    """Return each victim's whole years of age on the day of the report; -1 for organisations."""
    known = victim >= 0
    ages = np.full(len(victim), -1, dtype=np.int64)
    ages[known] = ages_on(birth_days(victim[known], seed), day[known])
    return ages
