"""Who the victim of each made-up crime is: someone who lives there, someone passing by, or a business."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.crime_levels import BUSINESS_BURGLARY, RESIDENTIAL, THEFT_OF_VEHICLE
from fourfold.synthetic.draws import by_weight
from fourfold.synthetic.people import BLOCK, PLACE_IN_HOME, birth_days, households, pool_size
from fourfold.synthetic.places import Places
from fourfold.synthetic.premises import Premises
from fourfold.synthetic.streams import stream

Whole = NDArray[np.int64]

KEPT_AT_ONCE = 1_500_000
"""People held in memory by where they live; above it each quarter draws on others."""
BORN_BEFORE = np.datetime64("2005-06-01").astype(int)
BUSINESS_CODES = ("46", "49A", "34A", "41", *BUSINESS_BURGLARY)
NO_VICTIM = ("54", "33")
HEADS = (*RESIDENTIAL, *THEFT_OF_VEHICLE, "45", "126", "40")
"""Crimes against a household, whose victim is its head."""
AT_HOME_SHARE = {"home": 1.0, "vehicle": 0.75, "violence": 0.55, "other": 0.6}
"""Share whose victim lives in the small area of the crime."""
REPEAT_PULL = 1.5
"""Above 1 some residents are victims more often than others."""


@dataclass(frozen=True)
class Residents:
    """People by the small area in which they live: `people[starts[a]:starts[a] + counts[a]]`."""

    people: Whole
    starts: Whole
    counts: Whole

    def draw(self, area: Whole, rng: np.random.Generator) -> Whole:
        """Return a person living in each area; where nobody does, anybody."""
        place = (rng.random(len(area)) ** REPEAT_PULL * self.counts[area]).astype(np.int64)
        found = self.people[np.minimum(self.starts[area] + place, len(self.people) - 1)]
        anybody = self.people[rng.integers(0, len(self.people), len(area))]
        return np.asarray(np.where(self.counts[area] > 0, found, anybody), dtype=np.int64)


def find_residents(places: Places, scale: float, seed: int, part: int) -> Residents:
    """Return the people of at least 13 by area; at national scales a sample, another for each part."""
    pool = pool_size(scale)
    rng = stream(seed, "residents", part if pool > KEPT_AT_ONCE else 0)
    ids = np.arange(pool) if pool <= KEPT_AT_ONCE else rng.integers(0, pool, KEPT_AT_ONCE)
    ids = rng.permutation(ids[birth_days(ids, seed) < BORN_BEFORE])
    # The same draw as people.home_address makes, without making the addresses.
    area = by_weight(households(ids), seed, "area", places.lsoas["weight"].to_numpy())
    order = np.argsort(area, kind="stable")
    counts = np.bincount(area, minlength=places.lsoas.height)
    return Residents(ids[order], np.concatenate([[0], np.cumsum(counts)[:-1]]), counts)


def add_victims(
    crimes: pl.DataFrame, residents: Residents, premises: Premises, rng: np.random.Generator
) -> pl.DataFrame:
    """Add victim (a person's number, -1 where none) and is_business (the premises is the victim).

    crimes: ho_code, theme, area, premises_no, trigger.
    """
    code, theme = crimes["ho_code"].to_numpy().astype(str), crimes["theme"].to_numpy().astype(str)
    area = crimes["area"].to_numpy()
    share = np.array([AT_HOME_SHARE.get(name, 0.25) for name in theme])
    elsewhere = rng.permutation(area)
    person = residents.draw(np.where(rng.random(len(code)) < share, area, elsewhere), rng)
    head = np.isin(code, HEADS)
    person = np.where(head, person - PLACE_IN_HOME[person % BLOCK], person)
    business = np.isin(code, BUSINESS_CODES)
    business |= np.isin(code, ("45", "49")) & (rng.random(len(code)) < 0.16)
    nobody = np.isin(code, NO_VICTIM) | (
        (code == "9A") & (rng.random(len(code)) < 0.4) & crimes["trigger"].is_null().to_numpy()
    )
    number = crimes["premises_no"].to_numpy()
    needs = business & (number < 0)
    number = np.where(needs, premises.draw_businesses(len(code), rng), number)
    return crimes.with_columns(
        victim=pl.Series(np.where(business | nobody, -1, person)),
        is_business=pl.Series(business),
        victim_premises=pl.Series(np.where(business, number, -1)),
    )


def put_in_premises(crimes: pl.DataFrame, premises: Premises, rng: np.random.Generator) -> pl.DataFrame:
    """Add premises_no (-1 where none) and move crimes in shops and other businesses to their premises."""
    theme, code = crimes["theme"].to_numpy().astype(str), crimes["ho_code"].to_numpy().astype(str)
    in_shop = (theme == "shop") | (code == "34A") | ((code == "30C") & (rng.random(len(code)) < 0.4))
    in_business = (theme == "business") & ~in_shop
    number = np.full(len(code), -1)
    number[in_shop] = premises.draw_shops(int(in_shop.sum()), rng)
    number[in_business] = premises.draw_businesses(int(in_business.sum()), rng)
    there = premises.frame[np.maximum(number, 0)]
    inside = pl.Series(number >= 0)
    return crimes.with_columns(
        premises_no=pl.Series(number),
        premises_name=pl.when(inside).then(there["premises_name"]),
        premises_type=pl.when(inside).then(there["kind"]),
        area=pl.when(inside).then(there["area"]).otherwise(pl.col("area")),
        easting=pl.when(inside).then(there["premises_easting"]).otherwise(pl.col("easting")),
        northing=pl.when(inside).then(there["premises_northing"]).otherwise(pl.col("northing")),
    )
