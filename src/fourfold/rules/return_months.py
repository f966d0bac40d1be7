"""Monthly returns as cases of the same clocks: each month that ended with fraud reports in it owes one."""

from __future__ import annotations

from datetime import date

import polars as pl

from fourfold.rules.clock_cases import LONDON

MONTH_ENDED, RETURN_SENT = "month_ended", "return_sent"


def months_owed(reports: pl.DataFrame, today: date) -> pl.DataFrame:
    """Return `force, month` (its first day) from the first month with reports to the last whole one.

    reports: `force, reported_on`. A month without a report owes a return too: that nothing came is news.
    """
    first = reports.group_by("force").agg(pl.col("reported_on").min().dt.truncate("1mo").alias("first"))
    last = today.replace(day=1)
    spans = first.filter(pl.col("first") < last).with_columns(
        month=pl.date_ranges("first", pl.lit(last), interval="1mo", closed="left")
    )
    return spans.select("force", "month").explode("month")


def return_events(months: pl.DataFrame, sent: pl.DataFrame) -> pl.DataFrame:
    """Return the events of each month's return, with the columns of the record case_event that clocks read.

    months: `force, month`. sent: `force, month, sent_at`, one row a return that was sent.
    """
    ref = pl.format("return/{}/{}", "force", pl.col("month").dt.strftime("%Y-%m"))
    ended = months.with_columns(
        event_type=pl.lit(MONTH_ENDED),
        at=pl.col("month").dt.month_end().cast(pl.Datetime("us")).dt.replace_time_zone(LONDON),
    )
    told = sent.join(months, on=["force", "month"]).with_columns(
        event_type=pl.lit(RETURN_SENT), at=pl.col("sent_at").dt.convert_time_zone(LONDON)
    )
    moment = pl.col("at").dt.convert_time_zone("UTC")
    none = pl.lit(None, dtype=pl.String)
    return pl.concat([frame.select("force", "month", "event_type", "at") for frame in (ended, told)]).select(
        "force",
        "event_type",
        crime_ref=ref,
        event_id=pl.format("{}/{}", ref, "event_type"),
        about_event_id=none,
        victim_ref=none,
        suspect_ref=none,
        happened_at=moment,
        known_at=moment,
        recorded_at=moment,
        result=none,
    )
