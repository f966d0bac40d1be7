"""Victims who are hit again, the homes they live in, and who is handed to Trading Standards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from fourfold.rules.fraud_triage import Verdict

VICTIMISATION: dict[str, Any] = {
    "person_id": pl.String,
    "force": pl.String,
    "kind": pl.String,
    "record": pl.String,
    "ref": pl.String,
    "on": pl.Date,
    "what": pl.String,
    "loss_gbp": pl.Decimal(12, 2),
    "home": pl.String,
    "is_doubtful": pl.Boolean,
}
"""One row for each time that somebody was told of as a victim."""
FRAUD, CRIME = "fraud_report", "person_role"


def repeat_victims(told: pl.DataFrame, times_at_least: int) -> pl.DataFrame:
    """Return `repeat_victim` rows, those hit most often and most lately first. told: VICTIMISATION."""
    ordered = told.filter(pl.col("on").is_not_null()).sort("on", "ref")
    gaps = pl.col("on").diff().dt.total_days().drop_nulls()
    people = ordered.group_by("person_id", "force", maintain_order=True).agg(
        pl.col("kind").first(),
        pl.len().cast(pl.Int64).alias("times"),
        (pl.col("record") == FRAUD).sum().cast(pl.Int64).alias("fraud_reports"),
        (pl.col("record") == CRIME).sum().cast(pl.Int64).alias("crimes"),
        pl.col("on").min().alias("first_on"),
        pl.col("on").max().alias("last_on"),
        gaps.min().alias("shortest_gap_days"),
        gaps.median().alias("median_gap_days"),
        pl.col("what")
        .drop_nulls()
        .unique(maintain_order=True)
        .str.join("; ")
        .replace("", None)
        .alias("kinds"),
        pl.when(pl.col("loss_gbp").count() > 0)
        .then(pl.col("loss_gbp").sum().cast(pl.Decimal(12, 2)))
        .alias("loss_gbp"),
        pl.col("loss_gbp").count().cast(pl.Int64).alias("losses_stated"),
        pl.col("is_doubtful").any(),
    )
    found = people.filter(pl.col("times") >= max(times_at_least, 2))
    return found.sort("times", "last_on", "person_id", descending=[True, True, False])


def hit_households(told: pl.DataFrame, people_at_least: int) -> pl.DataFrame:
    """Return `hit_household` rows: homes of which so many people were victims, those of most people first."""
    homes = (
        told.filter(pl.col("home").is_not_null() & pl.col("on").is_not_null() & (pl.col("kind") == "person"))
        .group_by("home", "force")
        .agg(
            pl.col("person_id").n_unique().cast(pl.Int64).alias("people"),
            pl.len().cast(pl.Int64).alias("times"),
            pl.col("on").min().alias("first_on"),
            pl.col("on").max().alias("last_on"),
            pl.col("person_id").unique().sort().str.join("; ").alias("person_ids"),
        )
    )
    found = homes.filter(pl.col("people") >= max(people_at_least, 2))
    return found.sort("people", "times", "last_on", "home", descending=[True, True, True, False])


def recovery_targets(told: pl.DataFrame, codes: Sequence[str]) -> pl.DataFrame:
    """Return `recovery_target` rows: who was promised the money back, with the last fraud before it."""
    frauds = told.filter((pl.col("record") == FRAUD) & pl.col("on").is_not_null())
    is_recovery = pl.col("what").is_in(list(codes)).fill_null(False)
    earlier = frauds.filter(~is_recovery).select(
        "person_id", "force", first_ref="ref", first_on="on", first_kind="what"
    )
    recovery = frauds.filter(is_recovery).select("person_id", "force", recovery_ref="ref", recovery_on="on")
    return (
        recovery.join(earlier, on=["person_id", "force"])
        .filter(pl.col("first_on") <= pl.col("recovery_on"))
        .sort("first_on", "first_ref")
        .unique("recovery_ref", keep="last", maintain_order=True)
        .with_columns(gap_days=(pl.col("recovery_on") - pl.col("first_on")).dt.total_days())
        .sort("recovery_on", "recovery_ref", descending=[True, False])
    )


def vulnerable_repeats(
    judged: pl.DataFrame,
    links: pl.DataFrame,
    criteria: Iterable[str],
    reports_at_least: int,
    within_days: int,
) -> pl.DataFrame:
    """Return `person_id, force, reports, loss_gbp, first_on, last_on, report_refs` of vulnerable repeat victims.

    judged: reports with a verdict for each criterion (`rules.fraud_triage.judge`). links: `record_ref, person_id`. A
    person is on the list whose reports, so many of them within so many days, include one that meets a criterion. A
    criterion that cannot be judged is not met; nobody is handed to a partner on a guess.
    """
    of_person = judged.join(links, left_on="report_ref", right_on="record_ref").sort(
        "reported_on", "report_ref"
    )
    met = pl.any_horizontal(pl.col(name) == Verdict.MET for name in criteria)
    span = pl.col("reported_on") - pl.col("reported_on").shift(reports_at_least - 1)
    people = of_person.group_by("person_id", "force", maintain_order=True).agg(
        met.any().alias("is_vulnerable"),
        span.dt.total_days().min().alias("closest_days"),
        pl.len().cast(pl.Int64).alias("reports"),
        pl.when(pl.col("loss_gbp").count() > 0)
        .then(pl.col("loss_gbp").sum().cast(pl.Decimal(12, 2)))
        .alias("loss_gbp"),
        pl.col("reported_on").min().alias("first_on"),
        pl.col("reported_on").max().alias("last_on"),
        pl.col("report_ref").alias("report_refs"),
    )
    listed = people.filter("is_vulnerable", pl.col("closest_days") <= within_days)
    return listed.sort("reports", "last_on", "person_id", descending=[True, True, False]).drop(
        "is_vulnerable", "closest_days"
    )
