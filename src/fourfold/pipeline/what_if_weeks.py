"""Referrals by week: each person once, in the week of the first report by which they are referred."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from fourfold.measures.period import Period
from fourfold.pipeline.what_if_people import SIDES
from fourfold.pipeline.what_if_result import Week

WEEK = timedelta(days=7)
LIST_COMES_EVERY = timedelta(days=7)
"""The national list comes weekly (source paper, paragraph 15): a month is whole once the next list could only add
to the month after."""


def last_year_of(days: pl.Series, today: date) -> Period | None:
    """Return the twelve months up to the last whole one, fewer where reports begin later; None without a whole one.

    days: the days of the reports. The current month is never whole; nor is one whose last seven days hold no report.
    """
    known: list[date] = days.drop_nulls().unique().sort().to_list()
    if not known:
        return None
    first, latest = known[0], known[-1]
    if latest >= today.replace(day=1):
        month = Period.month(today).before()
    else:
        month = Period.month(latest)
        if latest + LIST_COMES_EVERY <= month.end:
            month = month.before()
    year = Period.year_to(month.last)
    start = max(year.first, first.replace(day=1))
    return Period(start, year.last) if start <= year.last else None


def months_without(days: pl.Series, period: Period) -> tuple[date, ...]:
    """Return the months of the period in which no report was made: nothing was sent, which is not the same as none."""
    held = set(days.dt.truncate("1mo").unique().to_list())
    return tuple(month for month in period.list_months() if month not in held)


def by_week(people: pl.DataFrame, period: Period, not_sent: tuple[date, ...]) -> tuple[Week, ...]:
    """Return the weeks of a period, Monday to Sunday, with the referrals of each rule.

    people: rows of `JudgedPerson`. A week that reaches beyond the period is not whole; one that touches a month
    of which nothing was sent has no number.
    """
    counts = {side: _weekly(people[f"{side}_first_on"]) for side in SIDES}
    monday = period.first - timedelta(days=period.first.weekday())
    weeks = []
    while monday <= period.end:
        sunday = monday + timedelta(days=6)
        is_whole = period.first <= monday and sunday <= period.end
        ends = {monday.replace(day=1), sunday.replace(day=1)}
        is_known = not ends.intersection(not_sent)
        numbers = [counts[side].get(monday, 0) if is_known else None for side in SIDES]
        weeks.append(Week(monday.isoformat(), is_whole, numbers[0], numbers[1]))
        monday += WEEK
    return tuple(weeks)


def _weekly(days: pl.Series) -> dict[date, int]:
    table = days.drop_nulls().dt.truncate("1w").value_counts()
    return dict(table.iter_rows())
