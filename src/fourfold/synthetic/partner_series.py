"""Figures that partners publish, with their sources, and made-up ones that say so in their names."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import polars as pl

from fourfold.synthetic.write import write_table

HEADINGS = ("Provider", "Series", "Area", "Period start", "Period end", "Revision", "Value", "Unit")
UK = "United Kingdom"
ALL_THREE = "England, Wales and Northern Ireland"

PUBLISHED: tuple[tuple[str, str, str, str, str, str, str, str], ...] = (
    ("City of London Police", "Action Fraud reports", ALL_THREE, "2020-04-01", "2021-03-31",
     "The Times, 5 December 2021", "906944", "reports"),
    ("City of London Police", "Action Fraud reports sent to forces", ALL_THREE, "2020-04-01", "2021-03-31",
     "The Times, 5 December 2021", "71865", "reports"),
    ("City of London Police", "Action Fraud judicial outcomes", ALL_THREE, "2020-04-01", "2021-03-31",
     "The Times, 5 December 2021", "6881", "outcomes"),
    ("City of London Police", "Action Fraud losses, more than", ALL_THREE, "2020-04-01", "2021-03-31",
     "bullguard.com, August 2021", "2300000000", "GBP"),
    ("City of London Police", "Online shopping and auction reports", ALL_THREE, "2020-04-01", "2021-03-31",
     "bullguard.com, August 2021", "103254", "reports"),
    ("City of London Police", "Courier fraud victims", UK, "2021-01-01", "2021-12-31",
     "harboroughmail.co.uk 3702021", "3625", "victims"),
    ("City of London Police", "Courier fraud losses, more than", UK, "2021-01-01", "2021-12-31",
     "harboroughmail.co.uk 3702021", "15200000", "GBP"),
    ("City of London Police", "Crimes referred to forces", UK, "2018-04-01", "2019-03-31",
     "actionfraud.police.uk/outcomes", "43717", "crimes"),
    ("City of London Police", "Outcomes of crimes referred to forces", UK, "2018-04-01", "2019-03-31",
     "actionfraud.police.uk/outcomes", "52371", "outcomes"),
    ("UK Finance", "Fraud prevented by the Banking Protocol", UK, "2021-01-01", "2021-12-31",
     "ukfinance.org.uk", "60700000", "GBP"),
    ("UK Finance", "Emergency calls through the Banking Protocol", UK, "2021-01-01", "2021-12-31",
     "ukfinance.org.uk", "10072", "calls"),
    ("UK Finance", "Arrests through the Banking Protocol", UK, "2021-01-01", "2021-12-31",
     "ukfinance.org.uk", "162", "arrests"),
)  # fmt: skip
"""As published; the revision names where each was read."""

MADE_UP: tuple[tuple[str, str, str, float, float], ...] = (
    ("Chainalysis", "Illicit payments received in crypto-assets (made up)", "GBP", 4_200_000.0, 0.018),
    (
        "National Crime Agency",
        "Suspicious activity reports on victims' accounts (made up)",
        "reports",
        310.0,
        0.012,
    ),
    (
        "Office for National Statistics",
        "Survey estimate of fraud (made up)",
        "incidents per 1,000 adults",
        84.0,
        0.009,
    ),
)
"""Provider, series, unit, first monthly value, growth a month: not published by anybody."""


def write_partner_series(received: Path, rng: np.random.Generator) -> None:
    """Write `partners/partner-series.csv`: published figures, and monthly made-up ones for 2020 and 2021."""
    rows = [*PUBLISHED, *made_up_rows(rng)]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(HEADINGS, pl.String), orient="row")
    write_table(frame, received / "partners", "partner-series", "csv_bom")


def made_up_rows(rng: np.random.Generator) -> list[tuple[str, ...]]:
    """Return the made-up monthly values, each marked as such in its series and its revision."""
    rows: list[tuple[str, ...]] = []
    for provider, series, unit, start, growth in MADE_UP:
        noise = rng.lognormal(0.0, 0.08, 24)
        for number in range(24):
            first = dt.date(2020 + number // 12, number % 12 + 1, 1)
            after = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
            value = start * (1 + growth) ** number * noise[number]
            last = after - dt.timedelta(days=1)
            rows.append(
                (
                    provider,
                    series,
                    "Aldermere",
                    first.isoformat(),
                    last.isoformat(),
                    "made up",
                    f"{value:.1f}",
                    unit,
                )
            )
    return rows
