"""Protect work of the made-up force: posts, webinars, events, booklets, call blockers, messages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from fourfold.synthetic.places import FORCE_NAME
from fourfold.synthetic.write import as_text, write_table


@dataclass(frozen=True)
class Kind:
    """One kind of activity: how many a week, its channel, and the middle value of what is counted."""

    name: str
    a_week: float
    channels: tuple[str, ...]
    counted: str
    middle: float


KINDS: tuple[Kind, ...] = (
    Kind("Social media post", 5.0, ("Force page", "District page", "Cyber team page"), "Impressions", 6500),
    Kind("Webinar", 0.5, ("Online",), "Attendance", 24),
    Kind("Outreach event", 0.7, ("Library", "Market hall", "School", "Place of worship"), "Attendance", 38),
    Kind("Press or broadcast item", 0.3, ("Local radio", "Local newspaper"), "Impressions", 42000),
    Kind("Leaflet or booklet", 0.6, ("Post", "Visit"), "Materials", 60),
    Kind("Call blocker fitted", 0.8, ("Visit",), "Materials", 1),
    Kind("Visit to a victim", 3.0, ("Visit",), "Attendance", 1),
    Kind(
        "Partner message",
        0.4,
        ("Bank branch", "Trading Standards", "Neighbourhood watch"),
        "Impressions",
        3000,
    ),
)
"""Rates of our own. In lockdown there are no events and fewer visits, and more webinars."""

CAMPAIGNS: tuple[tuple[str, str, str], ...] = (
    ("Romance fraud", "2020-02-03", "2020-02-28"),
    ("Covid scams", "2020-03-30", "2020-06-30"),
    ("Courier fraud", "2020-10-05", "2020-10-30"),
    ("Online shopping", "2020-11-23", "2020-12-18"),
    ("Romance fraud", "2021-02-01", "2021-02-26"),
    ("Courier fraud", "2021-05-10", "2021-06-04"),
    ("Investment fraud", "2021-09-06", "2021-09-24"),
    ("Crash for cash", "2021-10-04", "2021-10-15"),
    ("Online shopping", "2021-11-22", "2021-12-17"),
)
"""Campaign, first day, last day (made up, at the seasons in which such periods fall)."""
LOCKDOWNS = (("2020-03-23", "2020-07-03"), ("2020-11-05", "2020-12-02"), ("2021-01-05", "2021-04-11"))
HEADINGS = ("Impressions", "Engagements", "Attendance", "Materials")
LEAST_SCALE = 0.05
"""Even the smallest force has some activity each year; a file without rows would be refused."""
FIRST, LAST = dt.date(2020, 1, 1), dt.date(2021, 12, 31)


def write_protect(received: Path, scale: float, rng: np.random.Generator) -> None:
    """Write `protect/protect-activity-2020.csv` and `-2021.csv`."""
    rows = activities(scale, rng)
    for year in (2020, 2021):
        table = rows.filter(pl.col("on").dt.year() == year)
        table = table.with_columns(pl.col("on").dt.strftime("%d/%m/%Y")).rename({"on": "Activity date"})
        write_table(as_text(table), received / "protect", f"protect-activity-{year}")


def activities(scale: float, rng: np.random.Generator) -> pl.DataFrame:
    """Return all activities of two years by day, under the headings of their file (the day is `on`)."""
    frames = [of_kind(kind, scale, rng) for kind in KINDS]
    rows = pl.concat(frames).sort("on", maintain_order=True).with_row_index("number", offset=1)
    return rows.select(
        pl.format("PA{}", pl.col("number").cast(pl.String).str.zfill(6)).alias("Activity ID"),
        pl.lit(FORCE_NAME).alias("Force"),
        pl.col("kind").alias("Activity kind"),
        campaign_on(pl.col("on")).alias("Campaign"),
        "on",
        pl.col("channel").alias("Channel"),
        *HEADINGS,
    )


def of_kind(kind: Kind, scale: float, rng: np.random.Generator) -> pl.DataFrame:
    """Return the activities of one kind; what is counted is now and then not written down."""
    days = np.arange((LAST - FIRST).days + 1)
    shut = np.zeros(len(days), dtype=np.bool_)
    for first, last in LOCKDOWNS:
        start, stop = ((dt.date.fromisoformat(day) - FIRST).days for day in (first, last))
        shut[start : stop + 1] = True
    factor = {"Outreach event": 0.0, "Visit to a victim": 0.25, "Webinar": 1.8}.get(kind.name, 1.0)
    weekday = (days + FIRST.weekday()) % 7
    rate = np.where(weekday < 5, kind.a_week / 5, kind.a_week * 0.02) * np.where(shut, factor, 1.0)
    day = np.repeat(days, rng.poisson(rate * max(scale, LEAST_SCALE)))
    value = np.maximum(kind.middle * rng.lognormal(0.0, 0.7 if kind.middle > 1 else 0.0, len(day)), 1).round(
        0
    )
    untold = rng.random(len(day)) < 0.06
    told = pl.Series(value.astype(np.int64)).set(pl.Series(untold, dtype=pl.Boolean), None)
    liked = pl.Series((value * rng.uniform(0.01, 0.06, len(day))).astype(np.int64))
    posted = kind.name == "Social media post"
    empty = pl.lit(None, dtype=pl.Int64)
    return pl.DataFrame(
        {"day": day, "value": told, "liked": liked, "channel": rng.choice(kind.channels, len(day))},
        schema_overrides={"channel": pl.String},
    ).select(
        on=pl.lit(FIRST) + pl.duration(days="day"),
        kind=pl.lit(kind.name),
        channel="channel",
        **{
            heading: pl.col("value")
            if heading == kind.counted
            else pl.col("liked")
            if heading == "Engagements" and posted
            else empty
            for heading in HEADINGS
        },
    )


def campaign_on(day: pl.Expr) -> pl.Expr:
    """Return the campaign that runs on a day, missing where none does."""
    found = pl.lit(None, dtype=pl.String)
    for name, first, last in CAMPAIGNS:
        within = day.is_between(dt.date.fromisoformat(first), dt.date.fromisoformat(last))
        found = pl.when(within).then(pl.lit(name)).otherwise(found)
    return found
