"""The lake's accounts as lists: read once for each manifest, filtered, sorted and cut into pages by key."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings

from fourfold.lake import Lake, Manifest
from fourfold.pipeline.batches import batches
from fourfold.pipeline.quarantine import waiting_without_text
from fourfold.records import Quarantined
from fourfold.web.ui.keyset import PAGE_SIZE, Page

Order = Sequence[tuple[str, bool]]
"""Columns to sort by, each with whether it runs downwards; the last tells any two rows apart."""


def opened() -> tuple[Lake, Manifest]:
    """Return the home's lake and the manifest that stands."""
    lake = Lake(settings.HOME.lake)
    return lake, lake.current()


def known_batches() -> pl.DataFrame:
    """Return every batch of the current manifest; not to be changed in place."""
    lake, manifest = opened()
    return _batches(str(lake.folder), manifest.number, manifest.made_at)


def waiting_faults() -> pl.DataFrame:
    """Return the rows in quarantine that wait, without their text, each with the key of its fault."""
    lake, manifest = opened()
    return _waiting(str(lake.folder), manifest.number, manifest.made_at)


@lru_cache(maxsize=2)
def _batches(folder: str, number: int, made_at: str) -> pl.DataFrame:
    lake = Lake(Path(folder))
    return batches(lake, _manifest(lake, number))


@lru_cache(maxsize=2)
def _waiting(folder: str, number: int, made_at: str) -> pl.DataFrame:
    lake = Lake(Path(folder))
    rows = waiting_without_text(lake, _manifest(lake, number))
    told = rows.select("source", "rule", "words").unique()
    keys = [fault_key(*one) for one in told.iter_rows()]
    faults = told.with_columns(fault=pl.Series(keys, dtype=pl.String))
    return rows.join(faults, on=["source", "rule", "words"], how="left", maintain_order="left").with_columns(
        place=pl.col("batch_id") + ":" + pl.col("file_row").cast(pl.String)
    )


def _manifest(lake: Lake, number: int) -> Manifest:
    return lake.manifests.read(str(number)) if number else Manifest()


def fault_key(source: str, rule: str, words: str) -> str:
    """Return a short key of what is wrong with rows of a source, for addresses."""
    return hashlib.sha256(f"{source}\n{rule}\n{words}".encode()).hexdigest()[:12]


def texts_of(places: Sequence[tuple[str, int]]) -> dict[str, str]:
    """Return the text as received of rows named by batch and row, by `batch:row`."""
    lake, manifest = opened()
    frame = lake.scan(Quarantined.table, manifest)
    if frame is None or not places:
        return {}
    wanted = pl.LazyFrame(places, schema={"batch_id": pl.String, "file_row": pl.Int64}, orient="row")
    batch_ids = sorted({batch_id for batch_id, _ in places})
    found = frame.filter(pl.col("batch_id").is_in(batch_ids)).join(
        wanted, on=["batch_id", "file_row"], how="semi"
    )
    rows = found.select("batch_id", "file_row", "text_received").collect().iter_rows()
    return {f"{batch_id}:{number}": text for batch_id, number, text in rows}


def rows_with_digest(digest: str) -> list[dict[str, Any]]:
    """Return every row of quarantine with this digest, the latest told last, corrected or not."""
    lake, manifest = opened()
    frame = lake.scan(Quarantined.table, manifest)
    if frame is None:
        return []
    found = frame.filter(pl.col("row_digest") == digest).sort("told_at", "batch_id", "file_row")
    return found.collect().to_dicts()


def page_of(frame: pl.DataFrame, order: Order, key: str, token: str = "", size: int = PAGE_SIZE) -> Page:
    """Return one page of a frame in an order, as dictionaries.

    `token` is "after:KEY" or "before:KEY" of the column `key`; one that names no row gives the first page.
    """
    ordered = frame.sort([name for name, _ in order], descending=[down for _, down in order], nulls_last=True)
    way, _, told = token.partition(":")
    start, end = 0, size
    if way in ("after", "before") and told:
        at = ordered[key].index_of(told)
        if at is not None and way == "after":
            start, end = at + 1, at + 1 + size
        elif at is not None:
            start, end = max(0, at - size), at
    rows = ordered[start:end].to_dicts()
    if not rows:
        return Page([])
    return Page(
        rows,
        earlier=f"before:{rows[0][key]}" if start > 0 else "",
        later=f"after:{rows[-1][key]}" if end < ordered.height else "",
    )


def order_of(sort: str, columns: Mapping[str, str], last: str) -> Order:
    """Return the order of a sort as the address has it ("-" for downwards), settled by the column `last`."""
    down = sort.startswith("-")
    return [(columns[sort.lstrip("-")], down), (last, down)]
