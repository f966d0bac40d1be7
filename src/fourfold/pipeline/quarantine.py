"""Rows in quarantine: which still wait for somebody, counted by rule, and written out for correction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake, Manifest
from fourfold.pipeline.correction_file import write_corrections
from fourfold.pipeline.intake import READMISSION
from fourfold.records import DeskDecision, Quarantined

Scan = Callable[[str], pl.LazyFrame | None]


def waiting(home: Home) -> pl.DataFrame:
    """Return the rows in quarantine that nobody has corrected since they came; one for each text and file."""
    frame = waiting_rows(Lake(home.lake).scan)
    return Quarantined.create_empty() if frame is None else in_order(frame).collect()


def waiting_without_text(lake: Lake, manifest: Manifest) -> pl.DataFrame:
    """Return the waiting rows of a manifest without the text as received: nothing personal is read."""
    frame = waiting_rows(lambda table: lake.scan(table, manifest))
    if frame is None:
        return Quarantined.create_empty().drop("text_received")
    return in_order(frame).drop("text_received").collect()


def in_order(frame: pl.LazyFrame) -> pl.LazyFrame:
    return frame.sort("source", "rule", "file", "file_row")


def waiting_rows(scan: Scan) -> pl.LazyFrame | None:
    """Return the waiting rows as `scan` sees the tables, lazily; None where no row was ever set aside."""
    frame, decisions = scan(Quarantined.table), scan(DeskDecision.table)
    if frame is None or decisions is None:
        return frame
    done = (
        decisions.filter(pl.col("kind") == READMISSION)
        .group_by(row_digest="subject_ref")
        .agg(corrected_at=pl.col("made_at").max())
    )
    return (
        frame.join(done, on="row_digest", how="left")
        .filter(pl.col("corrected_at").is_null() | (pl.col("told_at") > pl.col("corrected_at")))
        .drop("corrected_at")
    )


def still_waiting(scan: Scan, digests: Sequence[str]) -> set[str]:
    """Return which of these row digests still wait for somebody."""
    frame = waiting_rows(scan)
    if frame is None:
        return set()
    return set(frame.filter(pl.col("row_digest").is_in(digests)).select("row_digest").collect()["row_digest"])


def by_rule(rows: pl.DataFrame) -> list[dict[str, str | int]]:
    """Count quarantined rows by source and rule, most first."""
    table = (
        rows.group_by("source", "rule", "words")
        .len("rows")
        .sort("rows", "source", "rule", "words", descending=[True, False, False, False])
    )
    return table.to_dicts()


def write_out(rows: pl.DataFrame, source: str, path: Path) -> int:
    """Write one source's quarantined rows, under their own headings, to a CSV file for correction."""
    chosen = rows_to_correct(rows, source)
    write_corrections(chosen, path)
    return chosen.height


def rows_to_correct(rows: pl.DataFrame, source: str) -> pl.DataFrame:
    """Return one source's quarantined rows, each text once."""
    return rows.filter(pl.col("source") == source).unique("row_digest", keep="first", maintain_order=True)
