"""Working days against another calendar, made from the statutes' rules and the proclaimed days instead of a list."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import polars as pl
import pytest

from fourfold.home import CouldNotRunError
from fourfold.rules.working_days import last_day, working_days
from fourfold.vocabulary.bank_holidays import bank_holidays

MONDAY, SATURDAY = 0, 5
FIRST, LAST = 2014, 2027
MOVED = {date(2020, 5, 4): date(2020, 5, 8), date(2022, 5, 30): date(2022, 6, 2)}
"""Holidays moved by proclamation: VE Day in 2020, the Platinum Jubilee in 2022."""
PROCLAIMED = {date(2022, 6, 3), date(2022, 9, 19), date(2023, 5, 8)}
"""The Platinum Jubilee, the state funeral of Queen Elizabeth II, the coronation of King Charles III."""


def easter(year: int) -> date:
    """Return Easter Sunday (the anonymous Gregorian computus, as in Meeus 1991, chapter 8)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    f = (b + 8) // 25
    g = (b - f + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    el = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * el) // 451
    month, day = divmod(h + el - 7 * m + 114, 31)
    return date(year, month, day + 1)


def monday_from(day: date) -> date:
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)


def holidays_of(year: int) -> set[date]:
    """Return the bank holidays of England and Wales by rule; a weekend day gives way to the next free weekday."""
    rule = {
        easter(year) - timedelta(days=2),
        easter(year) + timedelta(days=1),
        monday_from(date(year, 5, 1)),
        monday_from(date(year, 5, 25)),
        monday_from(date(year, 8, 25)),
    }
    found = {MOVED.get(day, day) for day in rule} | {day for day in PROCLAIMED if day.year == year}
    for day in (date(year, 1, 1), date(year, 12, 25), date(year, 12, 26)):
        while day.weekday() >= SATURDAY or day in found:
            day += timedelta(days=1)
        found.add(day)
    return found


@pytest.fixture(scope="module")
def opened() -> list[bool]:
    """Say of each day from 1 January FIRST on whether it is a working day, counted one by one."""
    closed = {day for year in range(FIRST, LAST + 1) for day in holidays_of(year)}
    days = (date(LAST + 1, 1, 1) - date(FIRST, 1, 1)).days
    every = (date(FIRST, 1, 1) + timedelta(days=n) for n in range(days))
    return [day.weekday() < SATURDAY and day not in closed for day in every]


def test_a_hundred_thousand_limits_end_on_the_day_that_a_count_on_the_fingers_gives(opened):
    rng = np.random.default_rng(20211231)
    n, start = 100_000, np.datetime64(f"{FIRST}-01-01")
    offsets = rng.integers(0, len(opened) - 70, n)
    counts = rng.choice([1, 2, 3, 5, 10, 20, 30], n)
    found = (working_days().after(start + offsets, counts) - start).astype(int)
    place = {(int(o), int(c)) for o, c in zip(offsets, counts, strict=True)}
    expected = {}
    for offset, count in place:
        day, left = offset, count
        while left:
            day += 1
            left -= opened[day]
        expected[offset, count] = day
    wrong = [
        (o, c, f)
        for o, c, f in zip(offsets.tolist(), counts.tolist(), found.tolist(), strict=True)
        if f != expected[o, c]
    ]
    assert wrong == []


def test_the_holidays_package_has_the_same_days():
    # Not among the development packages, for it holds back another; this runs where somebody has it.
    other = pytest.importorskip("holidays", reason="the holidays package is not installed")
    theirs = set(other.country_holidays("GB", subdiv="ENG", years=range(2012, 2028), observed=True))
    ours = {day for year in range(2012, 2028) for day in bank_holidays(year)}
    assert ours == {day for day in theirs if day.weekday() < SATURDAY}


def test_between_counts_what_after_walks():
    calendar = working_days()
    start = np.array(["2021-12-23", "2021-12-25", "2021-06-09"], "datetime64[D]")
    for count in (1, 2, 7):
        end = calendar.after(start, np.full(3, count))
        assert calendar.between(start, end).tolist() == [count] * 3


def test_last_day_by_unit_and_without_limit():
    told = pl.DataFrame(
        {
            "start": [date(2021, 12, 24)] * 5 + [None],
            "count": [1, 5, 3, None, 2, 2],
            "unit": [
                "working_day",
                "calendar_day",
                "calendar_month",
                "working_day",
                "none_stated",
                "working_day",
            ],
        }
    )
    due = last_day(told["start"], told["count"], told["unit"], working_days())
    assert due.to_list() == [date(2021, 12, 29), date(2021, 12, 29), date(2022, 3, 24), None, None, None]


@pytest.mark.parametrize("start", ["2011-12-30", "2028-12-29"])
def test_days_outside_the_list_are_refused(start):
    with pytest.raises(
        CouldNotRunError, match="bank holidays are not known: the list runs from 2012 to 2028"
    ):
        working_days().after(np.array([start], "datetime64[D]"), np.array([1]))


def test_a_force_that_adds_a_year_makes_it_known(tmp_path):
    rows = [f"2029-{day},Added,our choice,made up for a test" for day in ("01-01", "03-30", "04-02", "05-07")]
    rows += [
        f"2029-{day},Added,our choice,made up for a test" for day in ("05-28", "08-27", "12-25", "12-26")
    ]
    (tmp_path / "bank_holidays_ew.csv").write_text(
        "code,name,status,source\n" + "\n".join(rows), encoding="utf-8"
    )
    after = working_days(tmp_path).after(np.array(["2028-12-29"], "datetime64[D]"), np.array([1]))
    assert after[0] == np.datetime64("2029-01-02")
