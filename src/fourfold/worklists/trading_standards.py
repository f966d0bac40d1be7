"""Vulnerable repeat victims of fraud, whom policy hands to Trading Standards."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from fourfold.rules.fraud_triage import Verdict


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
