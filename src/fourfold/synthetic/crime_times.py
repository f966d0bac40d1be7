"""When made-up crimes happen, are reported and are recorded, by the habits of each kind of crime."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.synthetic.crime_volumes import Quarter

Whole = NDArray[np.int64]
Instants = NDArray[np.datetime64]

DAY = 1440
"""Minutes in a day."""
LOCKDOWN_ON = date(2020, 3, 23)

HOURS: dict[str, tuple[float, ...]] = {
    "home": (5, 6, 7, 6, 4, 2, 2, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 6, 7, 7, 6, 5, 5, 5),
    "business": (7, 9, 10, 10, 8, 6, 4, 2, 1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 3, 4, 5, 6, 7, 7),
    "street": (5, 4, 3, 2, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 8, 8, 7, 7, 7, 7, 7, 6, 6),
    "vehicle": (7, 8, 9, 9, 7, 5, 4, 4, 3, 3, 3, 3, 3, 3, 3, 3, 4, 5, 6, 7, 7, 7, 7, 7),
    "shop": (0.3, 0.2, 0.2, 0.2, 0.2, 0.3, 1, 3, 5, 7, 9, 9, 9, 9, 9, 9, 9, 9, 8, 6, 4, 3, 1, 0.6),
    "violence": (8, 7, 6, 4, 2, 1, 1, 2, 3, 3, 3, 4, 5, 5, 5, 7, 6, 6, 6, 6, 6, 7, 8, 9),
    "other": (3, 2, 2, 1, 1, 1, 2, 3, 4, 5, 6, 6, 7, 6, 6, 6, 6, 6, 6, 5, 5, 4, 4, 3),
}
"""Relative level by hour of the day, invented."""
WINDOW_HOURS = {
    "home": 5.0,
    "business": 9.0,
    "street": 0.0,
    "vehicle": 8.0,
    "shop": 0.0,
    "violence": 0.0,
    "other": 3.0,
}
"""Mean hours between the last and first sight of what was stolen; 0: the moment is known."""
SAME_DAY = {
    "home": 0.62,
    "business": 0.70,
    "street": 0.72,
    "vehicle": 0.60,
    "shop": 0.55,
    "violence": 0.62,
    "other": 0.50,
}
"""Share recorded on the day on which they ended."""
CLOCKS_FORWARD = (date(2018, 3, 25), date(2019, 3, 31), date(2020, 3, 29), date(2021, 3, 28))
"""Between 1 and 2 in the morning these days have no clock time."""


def day_weights(month: date) -> NDArray[np.float64]:
    """Return the relative level of each day of a month: Mondays high, Sundays low, a fall at the lockdown."""
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    days = [month + timedelta(days=k) for k in range((following - month).days)]
    by_weekday = (1.15, 1.04, 1.0, 1.0, 1.02, 0.92, 0.87)
    return np.array(
        [by_weekday[d.weekday()] * (0.55 if LOCKDOWN_ON <= d < date(2020, 5, 1) else 1.0) for d in days]
    )


def recorded_days(crimes: pl.DataFrame, quarter: Quarter, rng: np.random.Generator) -> Instants:
    """Return the day on which each crime was recorded, within its month."""
    month = crimes["month"].to_numpy().astype("datetime64[D]")
    found = month.copy()
    for first in quarter.months:
        mine = np.flatnonzero(month == np.datetime64(first))
        weights = day_weights(first)
        found[mine] += rng.choice(len(weights), size=len(mine), p=weights / weights.sum())
    return found


def add_times(crimes: pl.DataFrame, quarter: Quarter, rng: np.random.Generator) -> pl.DataFrame:
    """Add recorded_on, crime_recorded_at, reported_at, occurred_from and occurred_to (London clock time).

    crimes: month, theme. A theft found in the morning has a range of hours; an assault has a moment.
    """
    n = crimes.height
    theme = crimes["theme"].to_numpy().astype(str)
    recorded_on = recorded_days(crimes, quarter, rng)
    same_day = rng.random(n) < pick(SAME_DAY, theme)
    lag = np.where(
        same_day, 0, np.minimum(1 + rng.geometric(0.38, n) * (1 + (rng.random(n) < 0.08) * 9) - 1, 160)
    )
    ended = hours_of_day(theme, rng)
    delay = 8 + rng.exponential(70.0, n).astype(np.int64)
    end = recorded_on.astype("datetime64[m]") + (ended - lag * DAY)
    reported = end + delay
    latest = recorded_on.astype("datetime64[m]") + (DAY - 12)
    late_report = (lag > 0) & (rng.random(n) < 0.7)
    office_hours = recorded_on.astype("datetime64[m]") + (450 + (rng.random(n) * 800).astype(np.int64))
    evening_before = recorded_on.astype("datetime64[m]") - rng.integers(5, 300, n)
    reported = np.where(late_report, np.maximum(office_hours, reported), np.maximum(evening_before, reported))
    reported = np.minimum(reported, latest)
    end = np.minimum(end, reported)
    recorded_at = np.minimum(reported + rng.integers(5, 240, n), latest + 10)
    recorded_at = np.maximum(recorded_at, recorded_on.astype("datetime64[m]") + rng.integers(1, 30, n))
    window = (rng.exponential(1.0, n) * pick(WINDOW_HOURS, theme) * 60).astype(np.int64)
    window[rng.random(n) < 0.25] = 0
    return crimes.with_columns(
        recorded_on=pl.Series(recorded_on),
        crime_recorded_at=instants(recorded_at),
        reported_at=instants(reported),
        occurred_from=instants(end - window),
        occurred_to=instants(end),
    )


def hours_of_day(theme: NDArray[np.str_], rng: np.random.Generator) -> Whole:
    """Return the minute of the day at which each crime ended, by its theme's hours."""
    found = np.zeros(len(theme), dtype=np.int64)
    for name, weights in HOURS.items():
        mine = np.flatnonzero(theme == name)
        share = np.array(weights) / np.sum(weights)
        found[mine] = rng.choice(24, size=len(mine), p=share) * 60 + rng.integers(0, 60, len(mine))
    return found


def pick(values: dict[str, float], theme: NDArray[np.str_]) -> NDArray[np.float64]:
    """Return each row's value by its theme."""
    names, places = np.unique(theme, return_inverse=True)
    return np.array([values[str(name)] for name in names])[places] if len(theme) else np.zeros(0)


def instants(minutes: Instants) -> pl.Series:
    """Return London clock times, moved out of the hour that the clocks skip in spring."""
    whole = minutes.astype("datetime64[m]")
    day = whole.astype("datetime64[D]")
    skipped = np.isin(day, np.array(CLOCKS_FORWARD, dtype="datetime64[D]"))
    hour = (whole - day.astype("datetime64[m]")).astype(np.int64) // 60
    two = day.astype("datetime64[m]") + 120
    return pl.Series(np.where(skipped & (hour == 1), two, whole).astype("datetime64[us]"))
