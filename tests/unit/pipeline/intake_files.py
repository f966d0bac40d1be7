"""Small files of several sources, and looks into the lake, for the tests of intake and quarantine."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from pathlib import Path

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.intake import FileResult, take_in

FRAUD = ("NFRC reference", "Date reported", "NFIB code", "Victim type", "Last name", "Loss (GBP)")
STREET = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)


def report(ref: str, name: str = "Smith", day: str = "04/03/2022", loss: str = "5") -> tuple[str, ...]:
    """One row of the weekly list."""
    return (ref, day, "90", "individual", name, loss)


def street(
    month: str = "2021-12",
    where: str = "On or near High Street",
    by: str = "Northumbria Police",
    east: str = "",
) -> tuple[str, ...]:
    """One row of a street file: anti-social behaviour, which has no Crime ID."""
    return ("", month, by, by, east, "", where, "E01000001", "", "Anti-social behaviour", "", "")


def write(path: Path, headings: Sequence[str], *rows: Sequence[str]) -> Path:
    """Write a CSV file and return its path."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows([headings, *rows])
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(out.getvalue(), encoding="utf-8")
    return path


def counts(result: FileResult) -> tuple[int, int, int, int]:
    """Received, accepted, quarantined, unchanged."""
    assert not result.refused, result.refused
    return result.received, result.accepted, result.quarantined, result.unchanged


def taken(home: Home, *paths: Path, force: str | None = "northumbria") -> list[tuple[int, int, int, int]]:
    """Take files in and return the counts of each."""
    return [counts(result) for result in take_in(home, paths, force).files]


def rows(home: Home, table: str, manifest: str | None = None) -> pl.DataFrame:
    """Return a table as it stands, or as a manifest pins it; empty where it was never loaded."""
    lake = Lake(home.lake)
    frame = lake.scan(table, lake.manifests.read(manifest) if manifest else None)
    return pl.DataFrame() if frame is None else frame.collect()


def manifest(home: Home) -> str:
    return Lake(home.lake).current().name
