"""Decisions of the desks into the lake, through their source's own contract."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

import polars as pl

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.intake_load import FileResult, Pending, write
from fourfold.sources.contract import ReadingContext
from fourfold.sources.desk import CONTRACT
from fourfold.sources.reader import Told, read
from fourfold.sources.text_table import TextTable

HEADINGS = tuple(item.headings[0] for item in CONTRACT.fields)
FILE = "outbox of the desks"


def take_decisions(home: Home, decisions: Iterable[Mapping[str, Any]]) -> FileResult:
    """Load decisions and return their account; one that was loaded before changes nothing.

    decisions: one mapping of the fields of `sources.desk` each, `value` as plain values, `made_at` as a
    moment. Raises CouldNotRunError where another load holds the lake: nothing is loaded then.
    """
    home.prepare()
    rows = [tuple(as_text(decision.get(name)) for name in HEADINGS) for decision in decisions]
    digest = hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
    told = Told(f"desk-{digest[:20]}", FILE, digest, datetime.now(UTC))
    frame = pl.DataFrame(
        [(number, *row) for number, row in enumerate(rows, start=1)],
        schema={"file_row": pl.Int64, **{f"c{place}": pl.String for place in range(len(HEADINGS))}},
        orient="row",
    )
    columns = {item.column: place for place, item in enumerate(CONTRACT.fields)}
    intake = read(TextTable(HEADINGS, frame), columns, CONTRACT, ReadingContext(), told)
    result = FileResult(FILE, CONTRACT.source, intake.received, quarantined=intake.quarantined.height)
    size_bytes = sum(len(cell) for row in rows for cell in row)
    with Lake(home.lake).load("desk decisions") as load:
        write(load, [Pending(intake, told, size_bytes, result)])
    return result


def as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.isoformat()
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
