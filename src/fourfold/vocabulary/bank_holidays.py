"""Bank holidays of England and Wales, from a bundled list that ends.

Government publishes them a year or two ahead. Past the last year the answer would be wrong in
silence, so asking for it is an error.
Source: Banking and Financial Dealings Act 1971; dates from the govuk-bank-holidays package.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

from fourfold.home import CouldNotRunError, WrongUseError
from fourfold.vocabulary.reading import read_list

DAYS_IN_A_USUAL_YEAR = 8


def bank_holidays(year: int, override_folder: Path | None = None) -> tuple[date, ...]:
    """Return the bank holidays of `year`, in order.

    Raises CouldNotRunError for a year the list does not hold whole.
    """
    first, last = first_year(override_folder), last_year(override_folder)
    if not first <= year <= last:
        raise CouldNotRunError(
            f"The bank holidays of {year} are not in the list, which runs from {first} to {last}.",
            "Add them all, with their source, in bank_holidays_ew.csv in the force's vocabulary folder.",
        )
    return tuple(day for day in _days(override_folder) if day.year == year)


def first_year(override_folder: Path | None = None) -> int:
    """Return the first year whose bank holidays are known."""
    return _days(override_folder)[0].year


def last_year(override_folder: Path | None = None) -> int:
    """Return the last year up to which every year's bank holidays are known.

    A year counts as known from eight days on, the usual number in England and Wales: one holiday that
    a force adds ahead of the rest does not make its year complete.
    """
    days_in = Counter(day.year for day in _days(override_folder))
    year = first_year(override_folder)
    while days_in[year + 1] >= DAYS_IN_A_USUAL_YEAR:
        year += 1
    return year


def _days(override_folder: Path | None) -> list[date]:
    try:
        return sorted(date.fromisoformat(c) for c in read_list("bank_holidays_ew", override_folder).codes())
    except ValueError as error:
        raise WrongUseError(
            f"bank_holidays_ew.csv: {error}.", "Its codes are days written as 2029-01-01."
        ) from error
