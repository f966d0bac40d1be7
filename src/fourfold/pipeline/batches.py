"""The history of what was handed in: every file and re-admission with its account, and what one file brought."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from fourfold.lake import HISTORY_SUFFIX, Lake, Manifest
from fourfold.pipeline.stages import SOURCES
from fourfold.records import Batch, Quarantined

READMITTED = "readmit-"
"""The batch of a row that somebody corrected begins so."""


@dataclass(frozen=True)
class Brought:
    """What stands in one table of what a file told: rows that nothing later has replaced, and rows replaced."""

    table: str
    standing: int
    replaced: int
    first_on: date | None
    last_on: date | None


def batches(lake: Lake, manifest: Manifest) -> pl.DataFrame:
    """Return every batch as the manifest has it, with `kind`: file, corrected or refused."""
    frame = lake.scan(Batch.table, manifest)
    told = Batch.create_empty() if frame is None else frame.collect()
    kind = (
        pl.when(pl.col("state") == "refused")
        .then(pl.lit("refused"))
        .when(pl.col("batch_id").str.starts_with(READMITTED))
        .then(pl.lit("corrected"))
        .otherwise(pl.lit("file"))
    )
    return told.with_columns(kind=kind)


def brought(lake: Lake, manifest: Manifest, batch: dict[str, Any]) -> list[Brought]:
    """Return what a batch brought into each table of its source that it has rows in."""
    found = []
    for record in {one.record.table: one.record for one in SOURCES if one.source == batch["source"]}.values():
        counts = [
            _rows_of(lake, manifest, table, record.event_date, batch["batch_id"])
            for table in (record.table, record.table + HISTORY_SUFFIX)
        ]
        standing, replaced = counts
        if standing[0] or replaced[0]:
            found.append(Brought(record.table, standing[0], replaced[0], standing[1], standing[2]))
    return found


def _rows_of(
    lake: Lake, manifest: Manifest, table: str, day: str, batch_id: str
) -> tuple[int, date | None, date | None]:
    """Return how many rows of a table a batch told, and their first and last day."""
    frame = lake.scan(table, manifest)
    if frame is None:
        return 0, None, None
    own = frame.filter(pl.col("batch_id") == batch_id)
    when = pl.col(day).cast(pl.Date) if day else pl.lit(None, dtype=pl.Date)
    count, first, last = own.select(pl.len(), first=when.min(), last=when.max()).collect().row(0)
    return count, first, last


def set_aside_by_rule(lake: Lake, manifest: Manifest, batch_id: str) -> list[tuple[str, str, int]]:
    """Return rule, words and rows of what a batch had set aside, most first; corrected ones count too."""
    frame = lake.scan(Quarantined.table, manifest)
    if frame is None:
        return []
    own = frame.filter(pl.col("batch_id") == batch_id).group_by("rule", "words").len()
    return own.sort("len", "rule", "words", descending=[True, False, False]).collect().rows()


def read_with(batch: dict[str, Any]) -> list[tuple[str, str]]:
    """Return in words what the reading of a batch rested on beside the file."""
    told: dict[str, Any] = json.loads(batch["mapping"]) if batch["mapping"] else {}
    found = []
    if told.get("force"):
        found.append(("Force of rows that name none", str(told["force"])))
    for ours, theirs in (told.get("columns") or {}).items():
        found.append((f"Heading for {ours}", str(theirs)))
    for word, reason in (told.get("missing") or {}).items():
        found.append((f"'{word}' read as missing", str(reason)))
    return found


def titles() -> dict[str, str]:
    """Return the title of each source, as people say it."""
    return {one.source: one.title.split(" in the columns")[0] for one in reversed(SOURCES)}
