"""The stage of repeat victims across files: fraud reports and crimes, homes hit again, and recovery fraud."""

from __future__ import annotations

import polars as pl

from fourfold import policy
from fourfold.link.report_names import named_by_report
from fourfold.pipeline import marking
from fourfold.pipeline.link_records import role_ref
from fourfold.pipeline.opening import Opened
from fourfold.records import Crime, FraudReport, PersonRole
from fourfold.records.derived import PersonLink, WorklistItem
from fourfold.records.linkage import LinkRecord, LinkReview
from fourfold.records.marker import Marker
from fourfold.rules.fraud_triage import judge
from fourfold.worklists.repeat_victims import TIME, victims_again
from fourfold.worklists.trading_standards import vulnerable_repeats
from fourfold.worklists.victim_care import WORKLIST

# With all that the markers read, so that whoever asks what is stale is told of this stage too.
READS = tuple(
    dict.fromkeys(
        (
            *marking.READS,
            *(FraudReport.table, Crime.table, PersonRole.table, LinkRecord.table, LinkReview.table),
            *(PersonLink.table, WorklistItem.table, Marker.table),
        )
    )
)
KEY = ["record", "record_ref"]
CANCELLED = "cancelled"
RECOVERY_MARKER = "recovery_fraud"


def repeats(opened: Opened) -> pl.DataFrame:
    """Return the derived table `repeat_victim`."""
    least = policy.value_on("linkage.repeat_victims", opened.rules.on, opened.rules.policy).value
    return victims_again(
        times(opened),
        listed(opened),
        handed(opened),
        int(least["reports_at_least"]),
        int(least["household_people_at_least"]),
    )


def times(opened: Opened) -> pl.DataFrame:
    """Return each time that somebody was told of as a victim: TIME."""
    links, records = scan(opened, PersonLink.table), scan(opened, LinkRecord.table)
    if links is None or records is None:
        return pl.DataFrame(schema=TIME)
    victims = (
        records.filter(
            pl.col("role") == "victim", pl.col("record").is_in([FraudReport.table, PersonRole.table])
        )
        .join(named(opened, links), on=KEY)
        .select("person_id", "force", "kind", *KEY, "is_doubtful", "on",
                home=pl.concat_str("street", "postcode", separator=", "))
    )  # fmt: skip
    told = [victims.join(what, on=KEY) for what in (*reports(opened), *crimes(opened))]
    if not told:
        return pl.DataFrame(schema=TIME)
    return pl.concat(told).with_columns(telling="record_ref").select(TIME.keys()).collect()


def named(opened: Opened, links: pl.LazyFrame) -> pl.LazyFrame:
    """Return `record, record_ref, person_id, is_doubtful`; who reported fraud is named as victim care names them.

    By another name, somebody first known from a crime would not be found on victim care's list, nor handed over.
    """
    doubtful = links.join(doubted(opened), on="person_id", how="left").with_columns(
        pl.col("is_doubtful").fill_null(False)
    )
    told = scan(opened, FraudReport.table)
    if told is None:
        return doubtful.select(*KEY, "person_id", "is_doubtful")
    days = told.select("report_ref", "reported_on").collect()
    of_care = named_by_report(links.collect(), days).lazy().select("record_ref", name="person_id")
    mine = pl.col("record") == FraudReport.table
    # One name for a person wherever they are told of: the reports lend theirs to the crimes.
    lent = (
        doubtful.filter(mine).join(of_care, on="record_ref").select("person_id", "name").unique("person_id")
    )
    return doubtful.join(lent, on="person_id", how="left").select(
        *KEY, "is_doubtful", person_id=pl.coalesce("name", "person_id")
    )


def doubted(opened: Opened) -> pl.LazyFrame:
    """Return `person_id, is_doubtful` of people of whom a join is still to be looked at."""
    review = scan(opened, LinkReview.table)
    if review is None:
        return pl.LazyFrame(schema={"person_id": pl.String, "is_doubtful": pl.Boolean})
    joined = review.filter(pl.col("stands") == "joined")
    return joined.select(person_id="person_a", is_doubtful=pl.lit(True)).unique()


def reports(opened: Opened) -> list[pl.LazyFrame]:
    """Return what fraud reports say happened, by record; none where there are no reports."""
    told = scan(opened, FraudReport.table)
    if told is None:
        return []
    codes = policy.value_on("linkage.recovery_fraud", opened.rules.on, opened.rules.policy).value
    by_code = pl.col("nfib_code").is_in(list(codes)).fill_null(False)
    joined = told.join(taken_for_recovery(opened), left_on="report_ref", right_on="record_ref", how="left")
    return [
        joined.select(
            record=pl.lit(FraudReport.table),
            record_ref="report_ref",
            is_report=pl.lit(True),
            ref="report_ref",
            what="nfib_code",
            loss_gbp="loss_gbp",
            recovery=pl.when(by_code).then(pl.lit("code")).otherwise("by"),
        )
    ]


def crimes(opened: Opened) -> list[pl.LazyFrame]:
    """Return what happened to victims of crimes that still stand, by record; none where there are no crimes."""
    told, roles = scan(opened, Crime.table), scan(opened, PersonRole.table)
    if told is None or roles is None:
        return []
    stands = (pl.col("status") != CANCELLED) & pl.col("cancelled_on").is_null()
    standing = told.filter(stands).select("crime_ref", "offence")
    mine = roles.select("crime_ref", record=pl.lit(PersonRole.table), record_ref=role_ref())
    return [
        mine.join(standing, on="crime_ref").select(
            *KEY,
            is_report=pl.lit(False),
            ref="crime_ref",
            what="offence",
            loss_gbp=pl.lit(None, dtype=pl.Decimal(12, 2)),
            recovery=pl.lit(None, dtype=pl.String),
        )
    ]


def taken_for_recovery(opened: Opened) -> pl.LazyFrame:
    """Return `record_ref, by` of reports that a reader confirmed, or, nobody having read them, a cue found."""
    marks = scan(opened, Marker.table)
    if marks is None:
        return pl.LazyFrame(schema={"record_ref": pl.String, "by": pl.String})
    confirmed, read = pl.col("state") == "confirmed", pl.col("state").is_in(["rejected", "disputed"])
    by = (
        pl.when(confirmed)
        .then(pl.lit("reader"))
        .when(pl.col("cues").is_not_null() & ~read)
        .then(pl.lit("cue"))
    )
    found = marks.filter(pl.col("marker") == RECOVERY_MARKER).select("record_ref", by=by)
    return found.filter(pl.col("by").is_not_null()).unique("record_ref")


def handed(opened: Opened) -> pl.DataFrame:
    """Return `person_id, force` of the vulnerable repeat victims whom policy hands to the partner."""
    told, links = scan(opened, FraudReport.table), scan(opened, PersonLink.table)
    if told is None or links is None:
        return pl.DataFrame(schema={"person_id": pl.String, "force": pl.String})
    rule = policy.value_on("linkage.trading_standards", opened.rules.on, opened.rules.policy).value
    every = told.collect()
    found = vulnerable_repeats(
        judge(every, opened.rules.policy),
        named_by_report(links.collect(), every),
        rule["referred_by"],
        int(rule["reports_at_least"]),
        int(rule["within_days"]),
    )
    return found.select("person_id", "force")


def listed(opened: Opened) -> pl.DataFrame:
    """Return `person_id, force, reasons, cannot_tell` of the people on victim care's list."""
    items = scan(opened, WorklistItem.table)
    told = WorklistItem.create_empty().lazy() if items is None else items
    of_care = told.filter((pl.col("worklist") == WORKLIST) & (pl.col("subject") == "person"))
    return of_care.select("force", "reasons", "cannot_tell", person_id="subject_ref").collect()


def scan(opened: Opened, table: str) -> pl.LazyFrame | None:
    return opened.lake.scan(table, opened.manifest)
