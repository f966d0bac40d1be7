"""Victims to be referred to the victim care unit: one line a person, every reason in words.

A person of whom no report meets a criterion, but some report cannot be judged, is on the list as
`cannot_tell`: somebody must look.
"""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from fourfold.records.derived import WorklistItem
from fourfold.rules.fraud_triage import CRITERIA, Verdict, is_referred, is_unsure

WORKLIST = "victim_care"

MET_WORDS = {
    "romance": "Victim of romance fraud",
    "aged": "Aged {age_years} at the report",
    "risk": "Risk score {risk_score:g} on the scale {risk_score_scale}",
}
UNKNOWN_WORDS = {
    "romance": "The fraud code is missing or on no list",
    "aged": "Neither age nor date of birth is stated",
    "risk": "The risk score is missing or on another scale",
}
DAY = "day"
"""The rule word of a report whose own day is the open question."""
RULE_WORDS = (*CRITERIA, DAY)
"""Every rule word that a reason may have."""
NO_RULE_WORDS = "The report is dated {reported_on:%-d %B %Y}, before the referral rule began: check its day"


def victim_care(judged: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Return worklist items, one a person with a reason or an open question.

    judged: reports with a verdict for each criterion (`rules.fraud_triage.judge`).
    links: `record_ref, person_id` of the same reports.
    """
    of_person = judged.join(links, left_on="report_ref", right_on="record_ref", how="left").with_columns(
        person_id=pl.coalesce("person_id", "report_ref")
    )
    listed = of_person.with_columns(referred=is_referred(), unsure=is_unsure()).filter(
        pl.col("referred") | pl.col("unsure")
    )
    if not listed.height:
        return WorklistItem.create_empty()
    people = (
        listed.with_columns(reasons=reasons_of(listed))
        .group_by("person_id", "force")
        .agg(
            pl.col("reported_on").min().alias("first_on"),
            pl.col("reported_on").max().alias("last_on"),
            pl.col("referred").any(),
            pl.col("risk_score").max(),
            pl.sum_horizontal((pl.col(name) == Verdict.MET).sum() for name in CRITERIA).alias("met"),
            pl.col("reasons").sort_by("reported_on"),
        )
    )
    ordered = people.sort(
        "referred",
        "met",
        "risk_score",
        "first_on",
        "person_id",
        descending=[True, True, True, False, False],
        nulls_last=True,
    )
    return finished(ordered)


def finished(ordered: pl.DataFrame) -> pl.DataFrame:
    items = ordered.with_row_index("rank", offset=1).select(
        item_id=pl.lit(f"{WORKLIST}/") + pl.col("person_id"),
        worklist=pl.lit(WORKLIST),
        subject=pl.lit("person"),
        subject_ref="person_id",
        force="force",
        first_on="first_on",
        last_on="last_on",
        reasons=pl.lit("[") + pl.col("reasons").list.join(", ") + pl.lit("]"),
        due_on=pl.lit(None, dtype=pl.Date),
        rank=pl.col("rank").cast(pl.Int64),
        cannot_tell=~pl.col("referred"),
    )
    return WorklistItem.validate(items)


def reasons_of(listed: pl.DataFrame) -> pl.Series:
    """Return each report's reasons as JSON objects: rule, words, and the report as evidence."""
    return pl.Series([", ".join(reasons(row)) for row in listed.iter_rows(named=True)], dtype=pl.String)


def reasons(row: dict[str, Any]) -> list[str]:
    wanted = Verdict.MET if row["referred"] else Verdict.CANNOT_TELL
    words = MET_WORDS if row["referred"] else UNKNOWN_WORDS
    told = [(name, words[name].format(**row)) for name in CRITERIA if row[name] == wanted]
    if any(row[name] == Verdict.NO_RULE for name in CRITERIA):
        told.append((DAY, NO_RULE_WORDS.format(**row)))
    return [
        json.dumps({"rule": rule, "words": said, "evidence": [row["report_ref"]]}, ensure_ascii=False)
        for rule, said in told
    ]
