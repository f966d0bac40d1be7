"""Posts of the made-up force by month: funded, filled, lent. All figures are made up."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from fourfold.synthetic.places import FORCE_NAME
from fourfold.synthetic.write import write_table

MONTHS = tuple(dt.date(year, month, 1) for year in (2020, 2021) for month in range(1, 13))
ECONOMIC_CRIME, HOMICIDE = "Economic Crime Unit", "Homicide"


@dataclass(frozen=True)
class Post:
    """One role in one unit: posts funded, share filled, and posts that come from a month on."""

    unit: str
    role: str
    funded: float
    filled: float
    uplift: float = 0.0
    uplift_from: dt.date | None = None


POSTS: tuple[Post, ...] = (
    Post(ECONOMIC_CRIME, "Detective constable", 38.0, 0.92),
    Post(ECONOMIC_CRIME, "Detective sergeant", 7.0, 1.0),
    Post(ECONOMIC_CRIME, "Fraud investigator", 14.0, 0.89),
    Post(ECONOMIC_CRIME, "Financial investigator", 22.0, 0.91),
    Post("Economic Crime Victim Care Unit", "Victim care officer", 6.0, 0.95),
    Post("Economic Crime Victim Care Unit", "Protect officer", 3.0, 1.0),
    Post(HOMICIDE, "Detective constable", 64.0, 0.94),
    Post("Vellacombe High Harm Team", "Detective constable", 16.0, 0.9, 4.0, dt.date(2021, 4, 1)),
    Post("Aldermere High Harm Team", "Detective constable", 22.0, 0.9, 6.0, dt.date(2021, 4, 1)),
    Post("Vehicle Crime Taskforce", "Police constable", 10.0, 0.95, 5.0, dt.date(2021, 1, 1)),
    Post("Offender Management", "Offender manager", 30.0, 0.93),
    Post("Crime Free Programme", "Programme officer", 6.0, 1.0),
)
LENT: tuple[tuple[dt.date, float], ...] = (
    (dt.date(2020, 9, 1), 4.0),
    (dt.date(2020, 11, 1), 8.0),
    (dt.date(2021, 6, 1), 5.0),
    (dt.date(2021, 9, 1), 2.0),
    (dt.date(2021, 11, 1), 0.0),
)
"""Detective constables lent by Economic Crime to Homicide, from each month on; all back by November 2021."""


def lent_in(month: dt.date) -> float:
    """Return how many are lent in a month."""
    return next((lent for start, lent in reversed(LENT) if month >= start), 0.0)


def write_staffing(received: Path, scale: float, rng: np.random.Generator) -> None:
    """Write `staffing/staffing.csv`; a small force has the same units, a larger one more posts."""
    size = max(scale, 1.0)
    rows = [staffing_row(post, month, size, rng) for post in POSTS for month in MONTHS]
    write_table(pl.DataFrame(rows), received / "staffing", "staffing")


def staffing_row(post: Post, month: dt.date, size: float, rng: np.random.Generator) -> dict[str, str | None]:
    """Return one month of one post under the headings of the file; filled posts are now and then missing."""
    lends = post.role == "Detective constable"
    funded = post.funded + (post.uplift if post.uplift_from and month >= post.uplift_from else 0.0)
    filled = min(funded, round(funded * post.filled + rng.normal(0, 0.4), 1)) * size
    out = lent_in(month) * size if lends and post.unit == ECONOMIC_CRIME else 0.0
    into = lent_in(month) * size if lends and post.unit == HOMICIDE else 0.0
    untold = rng.random() < 0.02
    return {
        "Unit": post.unit,
        "Post role": post.role,
        "Month": month.strftime("%Y-%m"),
        "Force": FORCE_NAME,
        "Funded FTE": f"{funded * size:.1f}",
        "Filled FTE": None if untold else f"{filled:.1f}",
        "Seconded out FTE": f"{out:.1f}",
        "Seconded in FTE": f"{into:.1f}",
    }
