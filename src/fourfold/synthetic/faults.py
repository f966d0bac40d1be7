"""Faults that real lists have: rows that cannot be right, rows sent twice, rows put right later.

Every one is counted in the truth. Bad rows come on top of the calibrated reports; repeats and
corrections do not change them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl

RESENT_SHARE = 0.005
CORRECTED_SHARE = 0.006
BAD_AT_ONE = 45
LATEST_WEEKS = 5
"""A row comes again, or is put right, at most so many weeks later."""


@dataclass(frozen=True)
class BadRow:
    """One way to break a row: what is written into which column, and the rule it breaks."""

    column: str
    written: str | None
    rule: str


BAD_ROWS: tuple[BadRow, ...] = (
    BadRow("reported_on", "31/02/2021", "reported_on|cannot_be_read"),
    BadRow("reported_on", "2091-03-04", "reported_before_told"),
    BadRow("reported_on", None, "reported_on|nullability"),
    BadRow("date_of_birth", "2031-05-19", "born_before_report"),
    BadRow("loss_gbp", "about 5k", "loss_gbp|cannot_be_read"),
    BadRow("report_ref", None, "report_ref|nullability"),
    BadRow("victim_type", "Partnership??", "victim_type|cannot_be_read"),
    BadRow("age", "430", "age_is_human"),
    BadRow("risk_score", "high", "risk_score|cannot_be_read"),
)
"""Rule names are those of the records and of the reader of files."""


def bad_rows(rows: pl.DataFrame, count: int, first: int, rng: np.random.Generator) -> pl.DataFrame:
    """Return `count` rows that break a rule, made from good ones, with `rule` and a reference of their own.

    rows: rows as text. first: place in BAD_ROWS to begin with, so that chunks take turns.
    """
    chosen = rows[rng.integers(0, rows.height, count)].with_row_index("nth")
    which = (pl.col("nth") + first) % len(BAD_ROWS)
    broken = chosen.with_columns(
        # A year and month that no true reference has keep these rows apart from every true report.
        report_ref=pl.lit("NFRC9999") + (pl.col("nth") + first).cast(pl.String).str.zfill(8),
        rule=which.replace_strict({place: bad.rule for place, bad in enumerate(BAD_ROWS)}),
    )
    for place, bad in enumerate(BAD_ROWS):
        broken = broken.with_columns(
            pl.when(which == place)
            .then(pl.lit(bad.written, dtype=pl.String))
            .otherwise(bad.column)
            .alias(bad.column)
        )
    return broken.drop("nth")


def sent_again(
    rows: pl.DataFrame, last_week: int, rng: np.random.Generator
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows as first sent, and those that come in a later list: the same again, or put right.

    rows: good rows as text with `week`. Both results have `fault`: null, `resent`, `corrected_later` or
    `correction`. The last version of each reference is always the true one.
    """
    drawn = rng.random(rows.height)
    # Letters outside Windows-1252 could come back changed; such rows are left alone.
    plain = (
        rows.select(
            pl.concat_str(
                "first_names", "last_name", "organisation_name", "narrative", ignore_nulls=True
            ).str.contains(r"^[\x00-\x7F£]*$")
            & (pl.col("week") < last_week)
        )
        .to_series()
        .to_numpy()
    )
    shift = rng.integers(1, LATEST_WEEKS + 1, rows.height)
    again = (drawn < RESENT_SHARE) & plain
    right = (drawn > 1 - CORRECTED_SHARE) & plain
    fault = np.where(right, "corrected_later", "")
    first = rows.with_columns(fault=pl.Series(fault.tolist()).replace("", None), shift=pl.Series(shift))
    later = first.filter(pl.Series(again | right)).with_columns(
        week=pl.min_horizontal(pl.col("week") + pl.col("shift"), last_week),
        fault=pl.when(pl.col("fault").is_null()).then(pl.lit("resent")).otherwise(pl.lit("correction")),
    )
    return mistaken(first.drop("shift")), later.drop("shift")


def mistaken(rows: pl.DataFrame) -> pl.DataFrame:
    """Return the rows with mistakes in those that a later list puts right: a loss ten times as large."""
    wrong = pl.col("fault") == "corrected_later"
    return rows.with_columns(
        loss_gbp=pl.when(wrong & pl.col("loss_gbp").is_not_null() & (pl.col("loss_gbp").str.len_chars() < 9))
        .then(pl.col("loss_gbp").str.replace(r"^(\d+)", "${1}0"))
        .otherwise("loss_gbp"),
        contact_method=pl.when(wrong).then(None).otherwise("contact_method"),
        support_wanted=pl.when(wrong).then(pl.lit("No")).otherwise("support_wanted"),
    )
