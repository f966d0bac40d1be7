"""How fresh each source is: its last file, the last day it covers, and whether the next is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

import polars as pl

from fourfold import policy
from fourfold.pipeline.batches import titles
from fourfold.policy.value import PolicyValue

IN_TIME, LATE, NO_RHYTHM, NEVER_CAME, NO_DAYS = (
    "in time",
    "late",
    "no rhythm set",
    "never came",
    "no days told",
)


@dataclass(frozen=True)
class Freshness:
    """One source: `state` is one of the words above; `due_on` the day by which the next file should be here."""

    source: str
    title: str
    state: str
    files: int
    last_file: str
    last_told_at: datetime | None
    last_on: date | None
    every_days: int | None
    due_on: date | None
    rhythm_source: str


def freshness(batches: pl.DataFrame, on: date, overrides: Path | None = None) -> list[Freshness]:
    """Return every source we know, judged on a day, from the batches that were read.

    A file that was only told again changes nothing: what counts is the last day that any file covers.
    """
    read = batches.filter((pl.col("state") == "read") & (pl.col("kind") == "file")).sort("told_at")
    last = read.group_by("source").agg(
        pl.len().alias("files"), pl.col("file").last(), pl.col("told_at").last(), pl.col("last_on").max()
    )
    by_source = {row["source"]: row for row in last.iter_rows(named=True)}
    found = []
    for source, title in sorted(titles().items(), key=lambda item: item[1]):
        row, rhythm = by_source.get(source), rhythm_of(source, on, overrides)
        every, due_on = due(row["last_on"] if row else None, rhythm)
        found.append(
            Freshness(
                source=source,
                title=title,
                state=state_of(row is not None, every, due_on, on),
                files=row["files"] if row else 0,
                last_file=row["file"] if row else "",
                last_told_at=row["told_at"] if row else None,
                last_on=row["last_on"] if row else None,
                every_days=every,
                due_on=due_on,
                rhythm_source=rhythm.source if rhythm is not None and rhythm.is_set else "",
            )
        )
    return found


def rhythm_of(source: str, on: date, overrides: Path | None) -> PolicyValue | None:
    """Return the rhythm of a source on a day, None where none is told."""
    name = f"source_rhythm.{source}"
    return next((one for one in policy.entries(name, on, overrides) if one.name == name), None)


def due(last_on: date | None, rhythm: PolicyValue | None) -> tuple[int | None, date | None]:
    """Return the rhythm in days, and the day by which the file after `last_on` should have come."""
    if rhythm is None or not rhythm.is_set:
        return None, None
    every = int(rhythm.value["every_days"])
    if last_on is None:
        return every, None
    return every, last_on + timedelta(days=every + int(rhythm.value["comes_within_days"]))


def state_of(has_come: bool, every: int | None, due_on: date | None, on: date) -> str:
    """Return the state of a source in words."""
    if not has_come:
        return NEVER_CAME
    if every is None:
        return NO_RHYTHM
    if due_on is None:
        return NO_DAYS
    return LATE if on > due_on else IN_TIME
