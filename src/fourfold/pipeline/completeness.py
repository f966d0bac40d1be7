"""How far optional fields are filled, by month and unit, from the monthly series that a refresh keeps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from fourfold import policy
from fourfold.lake import Lake, Manifest
from fourfold.policy.value import PolicyValue

SERIES = "monthly_series"
PREFIX = "quality."
MONTHS_SHOWN = 12


@dataclass(frozen=True)
class Share:
    """How many of `whole` records have a field filled in; both None where nothing was sent for the time.

    `whole` of 0 means that records were sent and none of them falls here: that has no share either.
    """

    filled: int | None = None
    whole: int | None = None

    @property
    def percent(self) -> float | None:
        return 100 * self.filled / self.whole if self.whole and self.filled is not None else None


@dataclass(frozen=True)
class FieldShares:
    """One field (of one unit, where `value` is set): a share a month, the last year, and the year before."""

    field: str
    value: str
    months: tuple[Share, ...]
    year: Share
    before: Share

    @property
    def points(self) -> float | None:
        """The change on the year before, in percentage points; None where either year cannot be told."""
        now, then = self.year.percent, self.before.percent
        return None if now is None or then is None else now - then


@dataclass(frozen=True)
class Table:
    """Shares of one force, for the twelve months to the last that was sent."""

    force: str
    months: tuple[date, ...]
    rows: tuple[FieldShares, ...]


def fields_that_matter(on: date, overrides: Path | None = None) -> dict[str, PolicyValue]:
    """Return what policy says of each field, by `record.field`, in the order of its file."""
    return {str(one.value): one for one in policy.entries("completeness.", on, overrides) if one.is_set}


def series(lake: Lake, manifest: Manifest) -> pl.DataFrame | None:
    """Return the monthly series of completeness, None where no refresh has made them."""
    frame = lake.scan(SERIES, manifest)
    if frame is None:
        return None
    return frame.filter(pl.col("measure").str.starts_with(PREFIX)).collect()


def by_field(told: pl.DataFrame, force: str, fields: Iterable[str]) -> Table:
    """Return a row for each field of a force."""
    whole = told.filter((pl.col("force") == force) & pl.col("dimension").is_null())
    months = last_months(whole)
    rows = [
        row_of(field, "", whole.filter(pl.col("measure") == PREFIX + field), months, sent_in(whole, field))
        for field in fields
    ]
    return Table(force, months[MONTHS_SHOWN:], tuple(rows))


def by_unit(told: pl.DataFrame, force: str, field: str, dimension: str) -> Table:
    """Return a row for each value of a dimension (unit, district) of one field; a blank value comes last."""
    own = told.filter((pl.col("force") == force) & (pl.col("measure") == PREFIX + field))
    sent = sent_in(own.filter(pl.col("dimension").is_null()), field)
    split = own.filter(pl.col("dimension") == dimension)
    months = last_months(own.filter(pl.col("dimension").is_null()))
    values = sorted(split["value"].unique(), key=lambda value: (value is None, value or ""))
    rows = [
        row_of(
            field,
            "Not stated" if value is None else value,
            split.filter(pl.col("value").eq_missing(value)),
            months,
            sent,
        )
        for value in values
    ]
    return Table(force, months[MONTHS_SHOWN:], tuple(rows))


def last_months(whole: pl.DataFrame) -> tuple[date, ...]:
    """Return the 24 months to the last of which anything was sent, oldest first; none where nothing was."""
    last = whole["month"].max()
    if not isinstance(last, date):
        return ()
    count = last.year * 12 + last.month - 1
    return tuple(date(n // 12, n % 12 + 1, 1) for n in range(count - 2 * MONTHS_SHOWN + 1, count + 1))


def sent_in(whole: pl.DataFrame, field: str) -> set[date]:
    """Return the months of which records of the field's table were sent."""
    return set(whole.filter(pl.col("measure") == PREFIX + field)["month"])


def row_of(
    field: str, value: str, rows: pl.DataFrame, months: tuple[date, ...], sent: set[date]
) -> FieldShares:
    told = {
        month: (int(count), int(whole))
        for month, count, whole in rows.select("month", "count", "whole").rows()
    }
    shares = [Share(*told.get(month, (0, 0))) if month in sent else Share() for month in months]
    early, late = shares[:MONTHS_SHOWN], shares[MONTHS_SHOWN:]
    return FieldShares(field, value, tuple(late), added(late), added(early))


def added(shares: list[Share]) -> Share:
    """Return the share of all months together; a month that was not sent makes it unknown."""
    if not shares or any(share.whole is None for share in shares):
        return Share()
    return Share(sum(share.filled or 0 for share in shares), sum(share.whole or 0 for share in shares))
