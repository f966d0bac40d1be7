"""What linking is told of: fraud reports, people and businesses in crimes, and details corrected at the desk."""

from __future__ import annotations

import json

import polars as pl

from fourfold.link.standard import TOLD_SCHEMA, standardise
from fourfold.pipeline.opening import Opened
from fourfold.records import Crime, DeskDecision, FraudReport, PersonRole
from fourfold.records.linkage import LinkRecord

READS = (FraudReport.table, PersonRole.table, Crime.table, DeskDecision.table)
ROLES = ("victim", "suspect", "business_contact")
"""Witnesses and those who only report are nobody's victims or suspects: they are not linked."""
CORRECTED = "details_corrected"
KEY = ("record", "record_ref")


def link_records(opened: Opened) -> pl.DataFrame:
    """Return `link_record` rows of all that is told, those that were linked before with the number they had."""
    told = pl.concat([of_reports(opened), of_crimes(opened), of_desk(opened)])
    standard = standardise(told, opened.rules.vocabulary)
    before = opened.lake.scan(LinkRecord.table, opened.manifest)
    if before is not None:
        known = before.select(*KEY, pl.col("first_linked").alias("known")).collect()
        standard = standard.join(known, on=list(KEY), how="left", maintain_order="left").with_columns(
            first_linked=pl.coalesce("known", "first_linked")
        )
    return standard.select(LinkRecord.column_names()).sort(KEY)


def of_reports(opened: Opened) -> pl.DataFrame:
    """Return fraud reports as told; a report by an organisation is of it, not of whom it names to speak to."""
    reports = opened.lake.scan(FraudReport.table, opened.manifest)
    if reports is None:
        return pl.DataFrame(schema=TOLD_SCHEMA)
    return shaped(
        reports.with_columns(
            record=pl.lit(FraudReport.table),
            record_ref=pl.col("report_ref"),
            kind=pl.when(pl.col("victim_type") == "organisation")
            .then(pl.lit("organisation"))
            .otherwise(pl.lit("person")),
            role=pl.lit("victim"),
            on=pl.col("reported_on"),
            known_as=pl.lit(None, dtype=pl.String),
        ),
        opened,
    )


def of_crimes(opened: Opened) -> pl.DataFrame:
    """Return victims, suspects and business contacts of crimes, on the day the crime was recorded."""
    roles = opened.lake.scan(PersonRole.table, opened.manifest)
    crimes = opened.lake.scan(Crime.table, opened.manifest)
    if roles is None:
        return pl.DataFrame(schema=TOLD_SCHEMA)
    mine = roles.filter(pl.col("role").is_in(ROLES))
    if crimes is None:
        dated = mine.with_columns(recorded_on=pl.lit(None, dtype=pl.Date))
    else:
        dated = mine.join(crimes.select("crime_ref", "recorded_on"), on="crime_ref", how="left")
    is_firm = pl.col("organisation_name").is_not_null() & pl.col("last_name").is_null()
    return shaped(
        dated.with_columns(
            record=pl.lit(PersonRole.table),
            record_ref=role_ref(),
            kind=pl.when(is_firm).then(pl.lit("organisation")).otherwise(pl.lit("person")),
            on=pl.col("recorded_on"),
            known_as=pl.col("person_ref"),
        ),
        opened,
    )


def role_ref() -> pl.Expr:
    """Return the reference of a part in a crime: crime, person and role."""
    return pl.concat_str("crime_ref", "person_ref", "role", separator="/")


def shaped(rows: pl.LazyFrame, opened: Opened) -> pl.DataFrame:
    number = pl.lit(opened.manifest.number, dtype=pl.Int64).alias("first_linked")
    columns = [
        number if name == "first_linked" else pl.col(name).cast(kind) for name, kind in TOLD_SCHEMA.items()
    ]
    return rows.select(columns).collect()


def of_desk(opened: Opened) -> pl.DataFrame:
    """Return details corrected at the desk as tellings of their own: the report's person, reached in a new way."""
    decisions = opened.lake.scan(DeskDecision.table, opened.manifest)
    reports = opened.lake.scan(FraudReport.table, opened.manifest)
    nothing = pl.DataFrame(schema=TOLD_SCHEMA)
    if decisions is None or reports is None:
        return nothing
    corrected = decisions.filter(pl.col("kind") == CORRECTED).collect()
    told = [
        {
            "record_ref": row["decision_id"],
            "report_ref": row["subject_ref"],
            "on": row["made_at"].date(),
            **details,
        }
        for row in corrected.iter_rows(named=True)
        if (details := details_of(row["value"]))
    ]
    if not told:
        return nothing
    schema = {
        "record_ref": pl.String,
        "report_ref": pl.String,
        "on": pl.Date,
        **dict.fromkeys(REACHED, pl.String),
    }
    rows = pl.DataFrame(told, schema=schema)
    base = reports.filter(pl.col("report_ref").is_in(rows["report_ref"].to_list())).drop(*REACHED).collect()
    joined = rows.join(base, on="report_ref").with_columns(
        record=pl.lit(DeskDecision.table),
        kind=pl.when(pl.col("victim_type") == "organisation")
        .then(pl.lit("organisation"))
        .otherwise(pl.lit("person")),
        role=pl.lit("victim"),
        known_as=pl.lit(None, dtype=pl.String),
    )
    return shaped(joined.lazy(), opened)


REACHED = ("phone", "email", "address", "postcode")


def details_of(value: str) -> dict[str, str]:
    """Return the corrected details that tell people apart, of a decision's value; empty where it names none."""
    details = json.loads(value).get("details")
    if not isinstance(details, dict):
        return {}
    return {name: told for name in REACHED if isinstance(told := details.get(name), str) and told.strip()}
