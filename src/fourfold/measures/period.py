"""Periods of whole months: how they are written, said, moved and compared."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date

from fourfold.home import WrongUseError

MONTH_NAMES = tuple(calendar.month_name)


@dataclass(frozen=True, order=True)
class Period:
    """A run of whole months, from the first day of `first` to the last day of `last`'s month.

    `first` and `last` are first days of months. Written `2021` (calendar year), `2021-12` (month) or
    `2019-04..2020-03` (any other run).
    """

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first.day != 1 or self.last.day != 1 or self.last < self.first:
            raise ValueError(f"a period runs from one first of a month to another: {self.first}, {self.last}")

    @staticmethod
    def parse(text: str) -> Period:
        """Read a period as it is written; raises WrongUseError for anything else."""
        found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:\.\.(\d{4})-(\d\d))?", text.strip())
        if found:
            year, month, to_year, to_month = found.groups()
            try:
                if month is None and to_year is None:
                    return Period.calendar_year(int(year))
                if month is not None:
                    first = date(int(year), int(month), 1)
                    last = first if to_year is None else date(int(to_year), int(to_month), 1)
                    return Period(first, last)
            except ValueError:
                pass
        raise WrongUseError(
            f"'{text}' is not a period.", "Write 2021, 2021-12, or 2019-04..2020-03 (months, both included)."
        )

    @staticmethod
    def month(of: date) -> Period:
        first = of.replace(day=1)
        return Period(first, first)

    @staticmethod
    def calendar_year(year: int) -> Period:
        return Period(date(year, 1, 1), date(year, 12, 1))

    @staticmethod
    def year_to(last: date) -> Period:
        """Return the twelve months that end with the month of `last`."""
        last = last.replace(day=1)
        return Period(shift_months(last, -11), last)

    @property
    def months(self) -> int:
        return (self.last.year - self.first.year) * 12 + self.last.month - self.first.month + 1

    @property
    def end(self) -> date:
        """The last day of the period."""
        return self.last.replace(day=calendar.monthrange(self.last.year, self.last.month)[1])

    @property
    def days(self) -> int:
        return (self.end - self.first).days + 1

    def list_months(self) -> list[date]:
        return [shift_months(self.first, step) for step in range(self.months)]

    def before(self) -> Period:
        """Return the period of the same length that ends where this one begins."""
        return Period(shift_months(self.first, -self.months), shift_months(self.first, -1))

    def moved(self, months: int) -> Period:
        return Period(shift_months(self.first, months), shift_months(self.last, months))

    def contains(self, day: date) -> bool:
        return self.first <= day <= self.end

    def __str__(self) -> str:
        if self.is_calendar_year:
            return f"{self.first:%Y}"
        if self.months == 1:
            return f"{self.first:%Y-%m}"
        return f"{self.first:%Y-%m}..{self.last:%Y-%m}"

    @property
    def is_calendar_year(self) -> bool:
        return self.first.month == 1 and self.months == 12

    @property
    def is_financial_year(self) -> bool:
        return self.first.month == 4 and self.months == 12

    @property
    def words(self) -> str:
        """The period as a paper says it, with the kind of year named."""
        if self.is_calendar_year:
            return f"calendar year {self.first:%Y}"
        if self.months == 1:
            return month_words(self.first)
        if self.is_financial_year:
            return f"financial year {self.first.year}/{self.last:%y}"
        if self.months == 12:
            return f"year to {month_words(self.last)}"
        if self.first.year == self.last.year:
            return f"{MONTH_NAMES[self.first.month]} to {month_words(self.last)}"
        return f"{month_words(self.first)} to {month_words(self.last)}"


def month_words(day: date) -> str:
    """Say a month: December 2021."""
    return f"{MONTH_NAMES[day.month]} {day.year}"


def shift_months(first: date, months: int) -> date:
    """Return the first of the month that lies `months` after the month of `first`."""
    at = first.year * 12 + first.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)
