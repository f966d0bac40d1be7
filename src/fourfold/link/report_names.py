"""People as victim care names them: after their oldest fraud report, whatever else is known of them."""

from __future__ import annotations

import polars as pl

FRAUD_REPORTS = "fraud_report"


def named_by_report(links: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """Return `record_ref, person_id, evidence` of the fraud reports among `links`; each person's name is a report's.

    links: `person_link` rows. reports: report_ref, reported_on. A person who is named after a crime or a correction
    is named here after the oldest report: a case is worked from reports.
    """
    is_report = pl.col("record") == FRAUD_REPORTS
    others = links.filter(~is_report).select(person_id="record_ref", is_other=pl.lit(True)).unique()
    dated = reports.select(record_ref="report_ref", on="reported_on")
    mine = links.filter(is_report).join(dated, on="record_ref", how="left", maintain_order="left")
    oldest = (
        mine.join(others, on="person_id")
        .sort("on", "record_ref", nulls_last=True)
        .group_by("person_id", maintain_order=True)
        .agg(pl.col("record_ref").first().alias("named"))
    )
    named = mine.join(oldest, on="person_id", how="left", maintain_order="left")
    return named.select("record_ref", pl.coalesce("named", "person_id").alias("person_id"), "evidence")
