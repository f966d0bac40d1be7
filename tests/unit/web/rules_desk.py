"""What the tests of the rules desk share: a few weeks of made-up reports in the lake of the home."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from typing import Any

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.records import FraudReport

VALUES = {"romance_codes": "NFIB1D", "age_at_least": "65", "risk_score_at_least": "", "risk_score_scale": ""}
TRY = {"try": "1", **VALUES}
RAISED = {**TRY, "age_at_least": "75"}
REASON = "Officers have room for more people than the rule lets through"


@contextmanager
def filled_lake(home: Home) -> Iterator[None]:
    """Give the home these records for a while; what lies in its lake is put back afterwards."""
    aside = home.path / "lake-put-aside"
    if home.lake.exists():
        home.lake.rename(aside)
    try:
        fill_lake(home)
        yield
    finally:
        shutil.rmtree(home.lake)
        if aside.exists():
            aside.rename(home.lake)


def fill_lake(home: Home) -> None:
    """Load two reports a week of the year up to the last whole month, of people of many ages."""
    today = datetime.now(UTC).date()
    last = today.replace(day=1) - timedelta(days=1)
    rows: list[dict[str, Any]] = [
        {
            "batch_id": "b",
            "file_row": place,
            "told_at": datetime.now(UTC),
            "report_ref": f"R{place}",
            "source": "action_fraud",
            "reported_on": last - timedelta(days=place * 3),
            "force": "westshire",
            "nfib_code": "NFIB1D" if place % 20 == 0 else "NFIB3A",
            "victim_type": "individual",
            "age": None if place % 15 == 0 else 50 + place % 30,
            "sex": ("female", "male")[place % 2],
        }
        for place in range(122)
    ]
    schema = {name: column.dtype for name, column in FraudReport.columns().items()}
    links = {"record": pl.String, "record_ref": pl.String, "person_id": pl.String, "evidence": pl.String}
    with Lake(home.lake).load("test") as load:
        load.replace_all("fraud_report", pl.DataFrame(rows, schema=schema))
        load.replace_all("person_link", pl.DataFrame(schema=links))


def day_fields(day: date) -> dict[str, str]:
    """Return a day as its three boxes send it."""
    return {
        "holds_from_day": str(day.day),
        "holds_from_month": str(day.month),
        "holds_from_year": str(day.year),
    }
