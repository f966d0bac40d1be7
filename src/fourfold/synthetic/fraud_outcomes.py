"""What became of fraud reports sent to the force for enforcement."""

from __future__ import annotations

import datetime as dt

import numpy as np
import polars as pl

from fourfold.synthetic.draws import share_out
from fourfold.synthetic.fraud_reports import report_refs
from fourfold.synthetic.fraud_seasons import day_number
from fourfold.synthetic.places import FORCE_NAME

OUTCOMES: dict[str, int] = {
    "1A": 55, "1B": 20, "1D": 1, "1E": 1, "3": 29, "3A": 1, "4": 2, "8": 7, "14": 188, "15": 1091,
    "16": 343, "18": 810, "20": 32, "21": 2,
}  # fmt: skip
"""Fraud outcomes of 2021, with one force's sub-codes (West Midlands Police FOI 347A/22: 2,582 in all)."""
OUTCOMES_AT_ONE = (1_300, 2_582)
"""Outcomes given in 2020 (our own, lower because of lockdown) and 2021 (the same reply)."""
SOONEST_DAYS = 20


def fraud_outcomes(numbers: pl.DataFrame, scale: float, rng: np.random.Generator) -> pl.DataFrame:
    """Return the outcomes of 2020 and 2021, at most one to a report, given 20 days after it or later."""
    left = numbers.filter(pl.col("sent_for") == "For enforcement")
    given = []
    for year, at_one in zip((2020, 2021), OUTCOMES_AT_ONE, strict=True):
        first, last = day_number(dt.date(year, 1, 1)), day_number(dt.date(year, 12, 31))
        open_ones = left.filter(pl.col("day") + SOONEST_DAYS <= last)
        count = min(round(at_one * scale), open_ones.height)
        chosen = open_ones[np.sort(rng.permutation(open_ones.height)[:count])]
        soonest = np.maximum(chosen["day"].to_numpy() + SOONEST_DAYS, first)
        on = soonest + (rng.random(count) * (last - soonest + 1)).astype(np.int64)
        codes = np.repeat(list(OUTCOMES), share_out(count, list(OUTCOMES.values())))
        filed = on + rng.integers(0, 15, count)
        given.append(
            chosen.with_columns(
                year=pl.lit(year),
                outcome_on=pl.from_epoch(pl.Series(on), time_unit="d"),
                outcome=pl.Series(rng.permutation(codes).astype(object).tolist(), dtype=pl.String),
                filed=pl.from_epoch(pl.Series(filed), time_unit="d").set(pl.Series(filed > last), None),
            )
        )
        left = left.join(chosen.select("report_no"), on="report_no", how="anti", maintain_order="left")
    return pl.concat(given).sort("outcome_on", "report_no")


def outcome_rows(outcomes: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of an outcomes file under its headings."""
    return outcomes.select(
        report_refs(outcomes).alias("Subject ref"),
        pl.lit("1").alias("Outcome number"),
        pl.lit(FORCE_NAME).alias("Force"),
        pl.lit("Fraud report").alias("Subject"),
        pl.col("outcome").alias("Outcome code"),
        pl.col("outcome_on").dt.strftime("%d/%m/%Y").alias("Outcome date"),
        pl.col("filed").dt.strftime("%d/%m/%Y").alias("Date filed"),
    )
