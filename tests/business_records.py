"""Crimes at shops for the tests of business crime: written into the home's lake and refreshed, once a session."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import Any

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.records import CaseEvent, Crime, PersonRole

FORCE = "aldermere"
LAST = date(2021, 12, 31)
FENN = "Fennimart Local, 12 Heron Road"
HOUR = datetime(2021, 12, 31, 12)


def crime(ref: str, days_ago: int, **told: Any) -> dict[str, Any]:
    """One crime at Fennimart unless told otherwise."""
    usual = {
        "crime_ref": ref, "force": FORCE, "recorded_on": LAST - timedelta(days_ago), "ho_code_raw": "46", "ho_code": "46",
        "offence": "Shoplifting", "business_related": True, "premises_type": "convenience_store", "premises_name": FENN,
        "district": "Quillbrook", "easting": 1000.0, "northing": 1000.0, "status": "open",
    }  # fmt: skip
    return usual | told


ABUSE = {"ho_code": "105A", "ho_code_raw": "105A", "offence": "Assault without injury"}
CRIMES = [
    crime("A1", 300),
    crime("A2", 200, premises_name="Fenimart Local 12 Heron Rd"),
    crime(
        "A3",
        100,
        **ABUSE,
        victim_at_work=True,
        mo_text="Zebedia stops male with goods NOT PAID FOR, is pushed",
    ),
    crime("A4", 50, **ABUSE, mo_text="Youth refused vape, no proof of age, spits at Zebedia"),
    crime("A5", 5, premises_name=None),
    *(crime(f"B{n}", 20 + n, premises_name=None, easting=5000.0, business_related=None) for n in range(3)),
    *(crime(f"S{n}", 15 + 30 * n, premises_name=None, premises_type="street", business_related=None, easting=None, northing=None)
      for n in range(12)),
    *(crime(f"C{n}", 30 + n, premises_name="=Larkwell <b>Stores</b>", easting=9000.0) for n in range(2)),
]  # fmt: skip
WORKER = {"role": "victim", "force": FORCE, "first_names": "Zebedia", "last_name": "Quillfeather"}
FIRM = {"role": "victim", "force": FORCE, "organisation_name": "Fennimart Ltd"}
PEOPLE = [
    *({"crime_ref": ref, "person_ref": "N1", "occupation": "Cashier", **WORKER} for ref in ("A3", "A4")),
    *({"crime_ref": ref, "person_ref": "B1", **FIRM} for ref in ("A1", "A2")),
]


def event(ref: str, crime_ref: str, kind: str, days_ago: int, **told: Any) -> dict[str, Any]:
    at = HOUR - timedelta(days_ago)
    usual = {"event_type_raw": kind, "event_type": kind, "happened_at": at, "recorded_at": at, "force": FORCE}
    return {"event_id": ref, "crime_ref": crime_ref, **usual, **told}


EVENTS = [
    event("E1", "A2", "prevention_advice_given", 190),
    event("E2", "A3", "vps_offered", 99, victim_ref="N1", result="done"),
]


@contextmanager
def business_lake(home: Home) -> Iterator[None]:
    """Give the home these records, refreshed; what lies in its lake is put back afterwards."""
    from fourfold.pipeline.refresh import refresh

    aside = home.path / "lake-put-aside"
    if home.lake.exists():
        home.lake.rename(aside)
    try:
        with Lake(home.lake).load("tests") as load:
            for record, rows in ((Crime, CRIMES), (PersonRole, PEOPLE), (CaseEvent, EVENTS)):
                load.replace_all(record.table, frame(record, rows))
        refresh(home)
        yield
    finally:
        shutil.rmtree(home.lake)
        if aside.exists():
            aside.rename(home.lake)


def frame(record: Any, rows: list[dict[str, Any]]) -> pl.DataFrame:
    """Return rows in the shape of a record, with what a batch tells of them."""
    told = [
        row | {"batch_id": "tests", "file_row": number, "told_at": datetime(2022, 1, 3)}
        for number, row in enumerate(rows, start=1)
    ]
    naive = {
        name: pl.Datetime("us") if isinstance(kind, pl.Datetime) else kind
        for name, kind in record.create_empty().schema.items()
    }
    made = pl.DataFrame([{name: row.get(name) for name in naive} for row in told], schema=naive)
    moments = [name for name, kind in naive.items() if isinstance(kind, pl.Datetime)]
    return made.with_columns(pl.col(moments).dt.replace_time_zone("UTC"))
