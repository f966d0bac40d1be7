"""Whether compliance rose or fell between two audits: on the bounds, which no missing record can overturn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from fourfold.measures.audit import columns_of
from fourfold.statistics.interval import Interval
from fourfold.statistics.stratified import difference

ROSE, FELL, CANNOT_TELL = "rose", "fell", "cannot_tell"
CHANGE = {
    "question": pl.String,
    "stratum": pl.String,
    "change": pl.String,
    **{
        f"{name}_{limit}": pl.Float64
        for name in ("least", "most", "recorded", "not_recorded")
        for limit in ("value", "lower", "upper")
    },
}
"""least: the later strict share less the earlier best case, the least that the change can have been; most: the
later best case less the earlier strict share. recorded and not_recorded: the differences of those shares."""


def change(earlier: pl.DataFrame, later: pl.DataFrame) -> pl.DataFrame:
    """Return the change from one audit's findings to another's, columns of CHANGE, for what both ask and have.

    earlier, later: findings (`audit_finding`) of one sample each. It rose where even the later strict share
    lies above the earlier best case, by the interval of their difference; fell the other way round; else it
    cannot be told. The difference of recorded compliance speaks of what was written down alone: more or less
    may be written down for reasons that have nothing to do with compliance.
    """
    keys = ["question", "stratum"]
    both = later.join(earlier, on=keys, how="inner", suffix="_before", maintain_order="left")
    rows = [row_of(row) for row in both.iter_rows(named=True)]
    return pl.DataFrame(rows, schema=CHANGE)


def row_of(row: dict[str, Any]) -> dict[str, Any]:
    least = difference(interval(row, "strict"), interval(row, "best_case", "_before"))
    most = difference(interval(row, "best_case"), interval(row, "strict", "_before"))
    found = {
        "least": least,
        "most": most,
        "recorded": difference(interval(row, "recorded"), interval(row, "recorded", "_before")),
        "not_recorded": difference(interval(row, "not_recorded"), interval(row, "not_recorded", "_before")),
    }
    values = {f"{name}_{part}": value for name, one in found.items() for part, value in parts(one)}
    return {
        "question": row["question"],
        "stratum": row["stratum"],
        "change": said(least, most),
        **values,
    }


def said(least: Interval, most: Interval) -> str:
    """Say whether it rose, fell, or cannot be told; what cannot be computed cannot be told."""
    if float(least.lower) > 0.0:
        return ROSE
    return FELL if float(most.upper) < 0.0 else CANNOT_TELL


def interval(row: dict[str, Any], share: str, suffix: str = "") -> Interval:
    told = [row[column + suffix] for column in columns_of(share)]
    return Interval(*(np.asarray(np.nan if value is None else value) for value in told))


def parts(one: Interval) -> Sequence[tuple[str, float | None]]:
    values = zip(("value", "lower", "upper"), one.floats(), strict=True)
    return [(name, None if np.isnan(value) else value) for name, value in values]
