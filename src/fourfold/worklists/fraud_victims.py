"""Victims of fraud who were told of again, homes hit again, and those later targeted by recovery fraud."""

from __future__ import annotations

import json
from collections.abc import Sequence

import polars as pl

from fourfold.records.fraud_victim import FraudVictim

RECOVERY_MARKER = "recovery_fraud"
UNKNOWN = "unknown"
NOT_A_WORD = r"[^\p{L}\p{N} ]"


def victims_again(
    reports: pl.DataFrame,
    marked: pl.DataFrame,
    listed: pl.DataFrame,
    handed: pl.DataFrame,
    recovery_codes: Sequence[str],
) -> pl.DataFrame:
    """Return the derived table `fraud_victim`.

    reports: report_ref, person_id, force, reported_on, nfib_code, victim_type, loss_gbp, address, postcode,
    lsoa_code. marked: `record_ref, by` of reports that a reader or a cue takes for recovery fraud. listed:
    `person_id, force, reasons, cannot_tell` of the people whom victim care is asked to contact. handed: `person_id,
    force` of those whom a partner is to know of (worklists.repeat_victims.vulnerable_repeats). recovery_codes:
    the fraud codes that say recovery fraud themselves (policy linkage.recovery_fraud).
    """
    told = with_recovery(reports, marked, recovery_codes)
    people = gathered(told.with_columns(subject_ref="person_id"), ["subject_ref", "force"])
    homes = gathered(with_home(told), ["home", "force"]).filter(pl.col("people") >= 2).drop("home")
    again = pl.concat(
        [
            people.filter(pl.col("reports") >= 2).with_columns(
                kind=pl.when(pl.col("is_organisation"))
                .then(pl.lit("organisation"))
                .otherwise(pl.lit("person"))
            ),
            homes.with_columns(kind=pl.lit("home"), subject_ref=pl.col("refs").list.first()),
        ],
        how="diagonal",
    )
    known = listed.select("force", subject_ref="person_id", listed_for="reasons", cannot_tell="cannot_tell")
    # A home is named after a report, which may be a person of that name too: it is nobody whom the list names.
    is_one = pl.col("kind") != "home"
    goes = handed.select("force", subject_ref="person_id", goes_to_partner=pl.lit(True))
    named = again.join(known, on=["subject_ref", "force"], how="left")
    with_reasons = named.join(goes, on=["subject_ref", "force"], how="left").with_columns(
        listed_for=pl.when(is_one & ~pl.col("cannot_tell")).then("listed_for"),
        cannot_tell=is_one & pl.col("cannot_tell").fill_null(False),
        goes_to_partner=is_one & pl.col("goes_to_partner").fill_null(False),
    )
    return finished(with_reasons)


def with_recovery(reports: pl.DataFrame, marked: pl.DataFrame, recovery_codes: Sequence[str]) -> pl.DataFrame:
    """Add `recovery`: what says that a report is of recovery fraud, missing where nothing does."""
    joined = reports.join(
        marked.unique("record_ref"), left_on="report_ref", right_on="record_ref", how="left"
    )
    by_code = pl.col("nfib_code").is_in(list(recovery_codes)).fill_null(False)
    return joined.with_columns(recovery=pl.when(by_code).then(pl.lit("code")).otherwise("by")).sort(
        "reported_on", "report_ref"
    )


def with_home(reports: pl.DataFrame) -> pl.DataFrame:
    """Return the reports of people whose address and postcode are told, with `home`: one way of writing both."""
    plain = (
        pl.col("address")
        .str.to_lowercase()
        .str.replace_all(NOT_A_WORD, " ")
        .str.replace_all(r"\s+", " ")
        .str.strip_chars()
    )
    postcode = pl.col("postcode").str.to_lowercase().str.replace_all(r"\s+", "")
    whole = reports.filter(
        pl.col("address").is_not_null()
        & pl.col("postcode").is_not_null()
        & (pl.col("victim_type") == "individual")
    )
    return whole.with_columns(home=pl.concat_str(plain, pl.lit("|"), postcode)).filter(plain != "")


def gathered(reports: pl.DataFrame, by: list[str]) -> pl.DataFrame:
    """Return one row a group, with its reports in their order. reports: sorted by day."""
    stated = pl.col("loss_gbp").filter(pl.col("loss_gbp") > 0)
    recovery = pl.col("recovery").is_not_null() & (pl.int_range(pl.len()) > 0)
    return (
        reports.group_by(by, maintain_order=True)
        .agg(
            pl.col("report_ref").alias("refs"),
            pl.col("nfib_code").fill_null(UNKNOWN).alias("codes"),
            pl.col("person_id").n_unique().cast(pl.Int64).alias("people"),
            pl.len().cast(pl.Int64).alias("reports"),
            pl.col("reported_on").diff().dt.total_days().median().alias("gap_days"),
            pl.col("reported_on").first().alias("first_on"),
            pl.col("reported_on").last().alias("last_on"),
            pl.when(stated.count() > 0).then(stated.sum()).first().alias("loss_gbp"),
            pl.col("loss_gbp").null_count().cast(pl.Int64).alias("loss_missing"),
            pl.col("reported_on").filter(recovery).first().alias("recovery_on"),
            pl.col("recovery").filter(recovery).first().alias("recovery_by"),
            (pl.col("victim_type") == "organisation").any().alias("is_organisation"),
            pl.col("lsoa_code").drop_nulls().last().alias("lsoa_code"),
        )
        .filter(pl.col("reports") >= 2)
    )


def finished(found: pl.DataFrame) -> pl.DataFrame:
    if not found.height:
        return FraudVictim.create_empty()
    ordered = found.sort("reports", "last_on", "subject_ref", "kind", descending=[True, True, False, False])
    rows = ordered.with_columns(
        report_refs=pl.Series([json.dumps(refs) for refs in ordered["refs"].to_list()]),
        kinds=pl.Series([json.dumps(tally(codes)) for codes in ordered["codes"].to_list()]),
        loss_gbp=pl.col("loss_gbp").cast(pl.Decimal(12, 2)),
    )
    return FraudVictim.validate(rows.select(FraudVictim.column_names()))


def tally(codes: list[str]) -> dict[str, int]:
    """Return how often each code was told, the most frequent first."""
    counts = {code: codes.count(code) for code in dict.fromkeys(codes)}
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
