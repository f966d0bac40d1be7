"""A person's age on a day, as an expression for any engine."""

from __future__ import annotations

import narwhals as nw


def years_between(born: nw.Expr, on: nw.Expr) -> nw.Expr:
    """Return the age in whole years on a day; somebody born on 29 February is a year older on 1 March.

    Cast first: months and days come as 8-bit numbers on some engines, and 12 * 100 does not fit in one.
    """
    at, birth = (day.dt.month().cast(nw.Int64) * 100 + day.dt.day().cast(nw.Int64) for day in (on, born))
    short = nw.when(at >= birth).then(nw.lit(0)).otherwise(nw.lit(1))
    return on.dt.year().cast(nw.Int64) - born.dt.year().cast(nw.Int64) - short


def age_years(on: str) -> nw.Expr:
    """Return the age as stated, else worked out from the date of birth; missing where neither is told."""
    return nw.coalesce(nw.col("age").cast(nw.Int64), years_between(nw.col("date_of_birth"), nw.col(on)))
