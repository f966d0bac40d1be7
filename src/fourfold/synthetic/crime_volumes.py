"""How many crimes of each offence are recorded in each month, as the board paper's figures have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.crime_levels import BACK_TO_USUAL, LEVELS, Level
from fourfold.synthetic.streams import stream

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

FIRST_MONTH = date(2017, 11, 1)
LAST_DAY = date(2021, 12, 31)
CONNECT_ON = date(2021, 4, 1)
"""From this day the new crime system, which makes fewer fields mandatory (2022 board paper, para 26)."""
MONTHS = 50
CANCELLED_SHARE = 0.02
"""Crimes later cancelled, on top of the calibrated ones, so that no figure of recorded crime counts them."""
OVERDISPERSION = 0.05
"""Spread (log scale) of a month's level about its expectation, beyond chance."""


@dataclass(frozen=True)
class Quarter:
    """One quarter of the crime extract, by the day on which crimes were recorded."""

    index: int
    year: int
    number: int

    @property
    def name(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def first_on(self) -> date:
        return max(FIRST_MONTH, date(self.year, self.number * 3 - 2, 1))

    @property
    def last_on(self) -> date:
        following = date(self.year + self.number // 4, self.number % 4 * 3 + 1, 1)
        return date.fromordinal(following.toordinal() - 1)

    @property
    def months(self) -> tuple[date, ...]:
        return tuple(month for month in months() if self.first_on <= month <= self.last_on)


def months() -> tuple[date, ...]:
    """Return the first day of every month of the extract, in order."""
    return tuple(date(2017 + (10 + k) // 12, (10 + k) % 12 + 1, 1) for k in range(MONTHS))


def quarters() -> tuple[Quarter, ...]:
    """Return the quarters of the extract, in order; the first has two months."""
    return tuple(Quarter(k, 2017 + (3 + k) // 4, (3 + k) % 4 + 1) for k in range(17))


def windows(level: Level, scale: float) -> list[tuple[slice, int]]:
    """Return the stretches of months whose total is fixed, with that total."""
    baseline = round(level.baseline * scale)
    latest = round(level.baseline * scale * (1 + level.latest_change / 100))
    season = np.array([level.season[month.month - 1] for month in months()])
    april_to_december = float(season[17:26].sum() / season[17:29].sum())
    return [
        (slice(0, 17), round(level.baseline * scale * level.before * 17 / 12)),
        (slice(17, 29), baseline),
        (slice(29, 38), round(level.baseline * scale * level.lockdown * april_to_december)),
        (slice(38, 50), latest),
    ]


def expected_shape(level: Level) -> Floats:
    """Return the relative level of each month, shape (50,); only ratios within a stretch matter."""
    shape = np.array([level.season[month.month - 1] for month in months()], dtype=np.float64)
    shape[28] *= 0.85
    shape[29:38] *= np.array(level.profile)
    shape[38:50] *= np.array(BACK_TO_USUAL)
    return shape


def volumes(scale: float, seed: int) -> pl.DataFrame:
    """Return month, ho_code, crimes and cancelled (extra crimes that are cancelled later).

    The totals of the year to March 2020 and of calendar 2021 are the levels' own, to the crime.
    """
    found = []
    for number, level in enumerate(LEVELS):
        rng = stream(seed, "volumes", number)
        shape = expected_shape(level) * rng.lognormal(0.0, OVERDISPERSION, MONTHS)
        counts = np.zeros(MONTHS, dtype=np.int64)
        for span, total in windows(level, scale):
            counts[span] = rng.multinomial(total, shape[span] / shape[span].sum())
        shares = np.array(list(level.codes.values()))
        split = rng.multinomial(counts, shares / shares.sum())
        for place, code in enumerate(level.codes):
            found.append(pl.DataFrame({"month": months(), "ho_code": code, "crimes": split[:, place]}))
    frame = pl.concat(found)
    extra = stream(seed, "cancelled").random(frame.height)
    exact = pl.col("crimes") * CANCELLED_SHARE
    return frame.with_columns(
        cancelled=(exact.floor() + (pl.Series(extra) < exact - exact.floor())).cast(pl.Int64)
    ).sort("month", "ho_code")
