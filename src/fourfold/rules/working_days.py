"""Working days of England and Wales, as the Victims' Code counts them.

The day of the event is day 0; the first working day after it is day 1. Saturdays, Sundays and the bank
holidays of England and Wales (Christmas Day and Good Friday among them) are no working days.
"""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from fourfold.vocabulary.bank_holidays import bank_holidays

SATURDAY = 5


def is_working_day(day: date, own_lists: Path | None = None) -> bool:
    """Say whether a day is a working day; raises CouldNotRunError where its year's holidays are not known."""
    return day.weekday() < SATURDAY and day not in bank_holidays(day.year, own_lists)


def working_day_after(day: date, count: int, own_lists: Path | None = None) -> date:
    """Return the `count`-th working day after `day`, at whose end a limit runs out.

    Raises CouldNotRunError for a year whose bank holidays are not known: a wrong limit is worse than none.
    """
    while count > 0:
        day += timedelta(days=1)
        count -= is_working_day(day, own_lists)
    return day
