"""When frauds are reported: weekdays, Valentine's day, lockdown, summer, and a topic that emerges."""

from __future__ import annotations

import datetime as dt

import numpy as np

from fourfold.synthetic.draws import Floats, Whole

BY_WEEKDAY = (1.15, 1.10, 1.08, 1.05, 1.00, 0.80, 0.75)
"""Monday to Sunday (our own)."""

SEASONS: dict[str, tuple[tuple[str, str, float], ...]] = {
    "even": (),
    "valentine": (("2020-02-07", "2020-03-06", 2.3), ("2021-02-07", "2021-03-06", 2.3)),
    "lockdown": (
        ("2020-01-01", "2020-03-22", 0.75), ("2020-03-23", "2020-06-14", 1.35),
        ("2021-01-05", "2021-04-11", 1.2),
    ),
    "tickets": (
        ("2020-01-01", "2020-03-15", 2.2), ("2020-03-16", "2020-07-31", 0.4),
        ("2021-07-01", "2021-10-31", 1.9),
    ),
    "summer": (
        ("2020-03-23", "2020-05-31", 0.5), ("2020-06-01", "2020-09-30", 1.4),
        ("2021-04-12", "2021-09-30", 1.4),
    ),
    "september": (("2020-08-01", "2020-09-30", 2.0), ("2021-08-01", "2021-09-30", 2.0)),
}  # fmt: skip
"""First day, last day, and how many times the usual number of reports a day has."""


def days_of(year: int) -> Whole:
    """Return the days of a year as days from 1970."""
    return np.arange(day_number(dt.date(year, 1, 1)), day_number(dt.date(year + 1, 1, 1)))


def day_number(day: dt.date) -> int:
    """Return a day as days from 1 January 1970."""
    return (day - dt.date(1970, 1, 1)).days


def day_weights(days: Whole, season: str) -> Floats:
    """Return how often a report falls on each day, in proportion; reports grow by a tenth through a year."""
    weekday = (days + 3) % 7
    weights = np.array(BY_WEEKDAY)[weekday] * np.linspace(0.95, 1.05, len(days))
    for first, last, times in SEASONS[season]:
        within = (days >= day_number(dt.date.fromisoformat(first))) & (
            days <= day_number(dt.date.fromisoformat(last))
        )
        weights = np.where(within, weights * times, weights)
    return np.asarray(weights, dtype=np.float64)


def emerging_weights(days: Whole, start: dt.date) -> Floats:
    """Return the weights of a topic that is new on `start` and grows steadily from then on."""
    since = days - day_number(start)
    return np.where(since >= 0, (since + 14.0) * np.array(BY_WEEKDAY)[(days + 3) % 7], 0.0)
