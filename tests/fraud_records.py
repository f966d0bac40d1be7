"""Fraud reports for the tests of the fraud desk: courier fraud hidden in the catch-all code, victims told of again."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from business_records import frame
from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.records import FraudReport

FORCE = "aldermere"
LAST = date(2021, 12, 31)
COURIER = "A man said he was a detective from the police and that a courier would collect my card and PIN in an envelope."
PARCEL = (
    "Text about a parcel with a fee for redelivery, then my card was charged for something else entirely."
)
PERSON = {
    "title": "Mrs", "first_names": "Zebedia", "last_name": "Quillfeather", "date_of_birth": date(1940, 5, 6),
    "phone": "01999555123", "email": "zq@example.org", "address": "1 Quill Lane", "postcode": "ZE1 9QQ", "risk_score": 73.0,
}  # fmt: skip


def report(ref: str, days_ago: int, **told: Any) -> dict[str, Any]:
    """One report of somebody without a name, unless told otherwise."""
    usual = {
        "report_ref": ref, "source": "action_fraud", "reported_on": LAST - timedelta(days_ago), "force": FORCE,
        "nfib_code": "NFIB90", "nfib_code_raw": "NFIB90", "victim_type": "individual", "narrative": PARCEL,
        "first_names": f"Firstname{ref}", "last_name": f"Lastname{ref}",
    }  # fmt: skip
    return usual | told


def texts(couriers: int = 24, others: int = 120) -> Iterator[dict[str, Any]]:
    """Some courier frauds and many other reports, spread over two years."""
    for n in range(couriers):
        yield report(
            f"C{n:02d}", 3 + n * 29 % 700, narrative=f"{COURIER} It was case {n}.", loss_gbp=Decimal(100 + n)
        )
    for n in range(others):
        yield report(
            f"P{n:03d}",
            1 + n * 6 % 720,
            narrative=f"{PARCEL} It was number {n}.",
            nfib_code=("NFIB90", "NFIB3C")[n % 2],
        )


VICTIMS = [
    report("R1", 300, **PERSON, nfib_code="NFIB1D", loss_gbp=Decimal("4599.00")),
    report("R2", 100, **PERSON, nfib_code="NFIB1E"),
    report("H1", 200, first_names="Ada", last_name="Blackwood", address="9 Ash Road", postcode="ZE2 2AA"),
    report("H2", 150, first_names="Tomasz", last_name="Nowak", address="9 Ash Road", postcode="ZE2 2AA"),
]
REPORTS = [*texts(), *VICTIMS]


@contextmanager
def fraud_lake(home: Home) -> Iterator[None]:
    """Give the home these records, refreshed; what lies in its lake is put back afterwards."""
    from fourfold.pipeline.refresh import refresh

    aside = home.path / "lake-before-fraud"
    if home.lake.exists():
        home.lake.rename(aside)
    try:
        with Lake(home.lake).load("tests") as load:
            load.replace_all(FraudReport.table, frame(FraudReport, REPORTS))
        refresh(home)
        yield
    finally:
        shutil.rmtree(home.lake)
        if aside.exists():
            aside.rename(home.lake)
