"""The stage of repeat victims of fraud, from the linkage, the markers and the referral list as they stand."""

from __future__ import annotations

import polars as pl

from fourfold import policy
from fourfold.link.report_names import named_by_report
from fourfold.pipeline import marking
from fourfold.pipeline.opening import Opened
from fourfold.records import FraudReport
from fourfold.records.derived import PersonLink, WorklistItem
from fourfold.records.fraud_victim import FraudVictim
from fourfold.records.marker import Marker
from fourfold.rules.fraud_triage import judge
from fourfold.worklists.fraud_victims import RECOVERY_MARKER, victims_again
from fourfold.worklists.repeat_victims import vulnerable_repeats
from fourfold.worklists.victim_care import WORKLIST

# With all that the markers read, so that whoever asks what is stale is told of this stage too.
READS = (*marking.READS, PersonLink.table, WorklistItem.table, Marker.table)
COLUMNS = (
    "report_ref", "force", "reported_on", "nfib_code", "victim_type", "loss_gbp", "address", "postcode", "lsoa_code",
)  # fmt: skip


def repeated(opened: Opened) -> pl.DataFrame:
    """Return the derived table `fraud_victim`."""
    reports = opened.lake.scan(FraudReport.table, opened.manifest)
    if reports is None:
        return FraudVictim.create_empty()
    every = reports.collect()
    named = people(opened, every)
    told = every.select(COLUMNS).join(named, on="report_ref", how="left")
    known = told.with_columns(person_id=pl.coalesce("person_id", "report_ref"))
    codes = policy.value_on("linkage.recovery_fraud", opened.rules.on, opened.rules.policy).value
    return victims_again(
        known, taken_for_recovery(opened), listed(opened), handed(opened, every, named), codes
    )


def people(opened: Opened, reports: pl.DataFrame) -> pl.DataFrame:
    """Return `report_ref, person_id` of the reports that the linkage names, each person as victim care names them.

    By another name, somebody first known from a crime would not be found on victim care's list, nor handed over.
    """
    links = opened.lake.scan(PersonLink.table, opened.manifest)
    if links is None:
        return pl.DataFrame(schema={"report_ref": pl.String, "person_id": pl.String})
    named = named_by_report(links.collect(), reports)
    return named.select("person_id", report_ref="record_ref")


def taken_for_recovery(opened: Opened) -> pl.DataFrame:
    """Return `record_ref, by` of reports that a reader confirmed, or, nobody having read them, a cue found."""
    marks = opened.lake.scan(Marker.table, opened.manifest)
    if marks is None:
        return pl.DataFrame(schema={"record_ref": pl.String, "by": pl.String})
    confirmed, read = pl.col("state") == "confirmed", pl.col("state").is_in(["rejected", "disputed"])
    by = (
        pl.when(confirmed)
        .then(pl.lit("reader"))
        .when(pl.col("cues").is_not_null() & ~read)
        .then(pl.lit("cue"))
    )
    found = marks.filter(pl.col("marker") == RECOVERY_MARKER).select("record_ref", by=by)
    return found.filter(pl.col("by").is_not_null()).collect()


def handed(opened: Opened, reports: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Return `person_id, force` of the vulnerable repeat victims whom policy hands to the partner."""
    rule = policy.value_on("linkage.trading_standards", opened.rules.on, opened.rules.policy).value
    found = vulnerable_repeats(
        judge(reports, opened.rules.policy),
        named.rename({"report_ref": "record_ref"}),
        rule["referred_by"],
        int(rule["reports_at_least"]),
        int(rule["within_days"]),
    )
    return found.select("person_id", "force")


def listed(opened: Opened) -> pl.DataFrame:
    """Return `person_id, force, reasons, cannot_tell` of the people on victim care's list."""
    items = opened.lake.scan(WorklistItem.table, opened.manifest)
    told = WorklistItem.create_empty().lazy() if items is None else items
    of_care = told.filter((pl.col("worklist") == WORKLIST) & (pl.col("subject") == "person"))
    return of_care.select("force", "reasons", "cannot_tell", person_id="subject_ref").collect()
