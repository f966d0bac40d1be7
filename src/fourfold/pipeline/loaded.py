"""What is loaded, in short: of which forces, and up to which whole month."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.paper import force_name
from fourfold.records import Batch, Crime, FraudReport, StreetCrime
from fourfold.sources.desk import CONTRACT as DECISIONS

TABLES = (Crime.table, FraudReport.table, StreetCrime.table)


@dataclass(frozen=True)
class Loaded:
    """The forces that sent anything, the last month of which the whole was sent, and the manifest that says so."""

    home: Home
    manifest: str
    forces: tuple[str, ...]
    last_month: date | None

    def name_of(self, force: str) -> str:
        """Return a force's name."""
        return force_name(self.home, force)


def what_is_loaded(home: Home) -> Loaded:
    """Return what is loaded now; the force of the settings is named even where nothing of it is."""
    lake = Lake(home.lake)
    manifest = lake.current()
    found = {home.settings["force"]} if "force" in home.settings else set()
    for table in TABLES:
        frame = lake.scan(table, manifest)
        if frame is not None:
            found |= set(frame.select(pl.col("force").unique()).collect()["force"].drop_nulls())
    batches = lake.scan(Batch.table, manifest)
    last = None
    if batches is not None:
        # What was decided at the desks is of today, and says nothing of what was sent.
        sent = batches.filter(pl.col("source") != DECISIONS.source)
        last = sent.select(pl.col("last_on").max()).collect().item()
    return Loaded(home, manifest.name, tuple(sorted(found)), whole_month(last) if last else None)


def whole_month(day: date) -> date:
    """Return the first day of the last month that is whole by a day."""
    if day.day == calendar.monthrange(day.year, day.month)[1]:
        return day.replace(day=1)
    return date(day.year - (day.month == 1), (day.month - 2) % 12 + 1, 1)
