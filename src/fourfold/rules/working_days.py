"""Working days of England and Wales, and the last day of a time limit counted in them or by the calendar.

A working day is no Saturday, Sunday, Christmas Day, Good Friday or bank holiday of England and Wales.
The day of the event is day 0 and the first working day after it is day 1, also where the event falls on
a day that is none. A limit of months ends on the same day of a later month, or on that month's last day.
Source: reference notes on the Code of Practice for Victims of Crime (2020); Banking and Financial
Dealings Act 1971. Freedom of information law counts holidays of the whole United Kingdom: another calendar.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import polars as pl
from numpy.typing import NDArray

from fourfold.home import CouldNotRunError
from fourfold.vocabulary.bank_holidays import bank_holidays, first_year, last_year

Days = NDArray[np.datetime64]
Whole = NDArray[np.int64]

SATURDAY = 5


@dataclass(frozen=True)
class WorkingDays:
    """Every working day from the first to the last year whose bank holidays are known, in order.

    days: shape (n,), datetime64[D].
    """

    days: Days
    first: date
    last: date

    def after(self, start: Days, count: Whole) -> Days:
        """Return the day on which `count` working days (one or more) after `start` end.

        start: shape (n,), datetime64[D], NaT where there is none; count: shape (n,). NaT gives NaT.
        Raises CouldNotRunError where a day would lie outside the years whose bank holidays are known.
        """
        none = np.isnat(start)
        known = np.where(none, self.days[0], start)
        place = np.searchsorted(self.days, known, side="right") + np.where(none, 1, count) - 1
        self._check(known, place)
        return np.asarray(np.where(none, np.datetime64("NaT", "D"), self.days[place]), dtype="datetime64[D]")

    @property
    def edge(self) -> date:
        """The first day of the first year whose bank holidays are not known: it stands for any day from then on."""
        return date(self.last.year + 1, 1, 1)

    def as_far_as_known(self, start: Days, count: Whole) -> Days:
        """Return what `after` does, with `edge` in place of every day that lies outside the known years.

        A day that is not known lies on the edge or later, so the earlier and the later of two days stay
        right. A start before the first known year gives the edge too: its end is not known either.
        """
        none = np.isnat(start)
        known = np.where(none, self.days[0], start)
        place = np.searchsorted(self.days, known, side="right") + np.where(none, 1, count) - 1
        outside = (known < np.datetime64(self.first)) | (place >= len(self.days))
        ends = np.where(outside, np.datetime64(self.edge), self.days[np.where(outside, 0, place)])
        return np.asarray(np.where(none, np.datetime64("NaT", "D"), ends), dtype="datetime64[D]")

    def between(self, start: Days, end: Days) -> Whole:
        """Return how many working days lie after `start` up to and with `end`; shapes (n,), no NaT."""
        upto = [np.searchsorted(self.days, day, side="right") for day in (start, end)]
        return np.asarray(upto[1] - upto[0], dtype=np.int64)

    def _check(self, start: Days, place: Whole) -> None:
        """Raise CouldNotRunError, in the words of the list of holidays, for the first day outside it."""
        early, late = start < np.datetime64(self.first), place >= len(self.days)
        if not (early.any() or late.any()):
            return
        year = start[early][0].astype(object).year if early.any() else self.last.year + 1
        raise CouldNotRunError(
            f"A time limit in working days reaches into {year}, whose bank holidays are not known: the list "
            f"runs from {self.first.year} to {self.last.year}.",
            f"Add all bank holidays of {year}, with their source, in bank_holidays_ew.csv in the force's "
            "vocabulary folder; the government publishes them a year or two ahead.",
        )


def working_days(vocabulary: Path | None = None) -> WorkingDays:
    """Return the working days of every year whose bank holidays are known, a force's own list over ours."""
    first, last = date(first_year(vocabulary), 1, 1), date(last_year(vocabulary), 12, 31)
    every = np.arange(np.datetime64(first), np.datetime64(last + timedelta(days=1)))
    closed = [day for year in range(first.year, last.year + 1) for day in bank_holidays(year, vocabulary)]
    # Day 0 of NumPy's count, 1 January 1970, was a Thursday.
    weekday = (every.astype(np.int64) + 3) % 7
    is_open = (weekday < SATURDAY) & ~np.isin(every, np.array(closed, dtype="datetime64[D]"))
    return WorkingDays(every[is_open], first, last)


def working_day_after(day: date, count: int, vocabulary: Path | None = None) -> date:
    """Return the `count`-th working day after one day, at whose end a limit runs out.

    Raises CouldNotRunError for a year whose bank holidays are not known: a wrong limit is worse than none.
    """
    ends = working_days(vocabulary).after(np.array([day], dtype="datetime64[D]"), np.array([count]))
    found: date = ends[0].astype(object)
    return found


UNITS = ("working_day", "calendar_day", "calendar_month")
"""The units in which a limit can run; the others of policy state no limit."""


def last_day(start: pl.Series, count: pl.Series, unit: pl.Series, calendar: WorkingDays) -> pl.Series:
    """Return the last day of each limit, missing where start or limit is.

    start: days; count: whole units; unit: one of UNITS, or another word for a limit that is not stated.
    A working day outside the years whose bank holidays are known is the calendar's edge.
    """
    if start.null_count() == len(start) or count.null_count() == len(count):
        return pl.Series([None], dtype=pl.Date).new_from_index(0, len(start))
    told = pl.DataFrame({"start": start, "count": count, "unit": unit})
    stated = pl.col("count").is_not_null() & pl.col("start").is_not_null()
    runs = told.select(working=stated & (pl.col("unit") == "working_day").fill_null(False))["working"]
    mine = told.filter(runs)
    ends = calendar.as_far_as_known(
        mine["start"].to_numpy().astype("datetime64[D]"), mine["count"].to_numpy().astype(np.int64)
    )
    found = np.full(told.height, np.datetime64("NaT", "D"))
    found[runs.to_numpy()] = ends
    return (
        told.with_columns(working=pl.Series(found, dtype=pl.Date))
        .select(
            due=pl.when(pl.col("unit") == "working_day")
            .then("working")
            .when(pl.col("unit") == "calendar_day")
            .then(pl.col("start") + pl.duration(days="count"))
            .when(pl.col("unit") == "calendar_month")
            .then(pl.col("start").dt.offset_by(pl.format("{}mo", "count")))
        )
        .to_series()
    )
