"""Figures that a sample estimates: what the one row that holds the estimate says."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fourfold.measures.counting import Counts
from fourfold.measures.figure import Figure, State
from fourfold.measures.registry import Asked

NO_ROW = "no audit of this period has such a finding"
SEVERAL = "several findings of this period fit; name the question, the stratum and the sample"
NOTHING = "no crime was read of which it can be said"


def estimated(counts: Counts, asked: Asked, blank: Figure) -> Figure:
    """Return the estimate with its interval, or why there is none; a name that fits several findings has none."""
    frame = counts.rows(asked.measure, asked.name, asked.name.period).collect()
    rows: list[dict[str, Any]] = list(frame.iter_rows(named=True))
    if len(rows) != 1:
        return replace(blank, state=State.NOT_STATED, why=SEVERAL if rows else NO_ROW)
    row, column = rows[0], asked.measure.column
    if asked.measure.unit == "count":
        return replace(blank, value=float(row[column]), n=int(row[column]))
    n = int(row["met"] + row["not_met"] + (0 if column == "recorded" else row["not_recorded"]))
    value, lower, upper = (row[f"{column}_{part}"] for part in ("value", "lower", "upper"))
    if value is None:
        return replace(blank, state=State.NOT_STATED, n=n, why=NOTHING)
    return replace(blank, value=100 * value, lower=scaled(lower), upper=scaled(upper), n=n)


def scaled(share: float | None) -> float | None:
    return None if share is None else 100 * share
