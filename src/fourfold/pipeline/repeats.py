"""The stage of repeat victims across files: fraud reports and crimes, homes hit again, and recovery fraud."""

from __future__ import annotations

import polars as pl

from fourfold import policy
from fourfold.pipeline.link_records import role_ref
from fourfold.pipeline.opening import Opened
from fourfold.records import Crime, FraudReport, PersonRole
from fourfold.records.derived import PersonLink
from fourfold.records.linkage import LinkRecord, LinkReview
from fourfold.records.repeats import HitHousehold, RecoveryTarget, RepeatVictim
from fourfold.worklists.repeat_victims import (
    VICTIMISATION,
    hit_households,
    recovery_targets,
    repeat_victims,
)

READS = (
    PersonLink.table,
    LinkRecord.table,
    LinkReview.table,
    FraudReport.table,
    Crime.table,
    PersonRole.table,
)
KEY = ["record", "record_ref"]
CANCELLED = "cancelled"


def repeats(opened: Opened) -> dict[str, pl.DataFrame]:
    """Return `repeat_victim`, `hit_household` and `recovery_target`."""
    told = victimisations(opened)
    rules = policy.value_on("linkage.repeat_victims", opened.rules.on, opened.rules.policy).value
    codes = policy.value_on("linkage.recovery_fraud", opened.rules.on, opened.rules.policy).value
    people = repeat_victims(told, int(rules["reports_at_least"]))
    homes = hit_households(told, int(rules["household_people_at_least"]))
    again = recovery_targets(told, codes)
    return {
        RepeatVictim.table: RepeatVictim.validate(people.select(RepeatVictim.column_names())),
        HitHousehold.table: HitHousehold.validate(homes.select(HitHousehold.column_names())),
        RecoveryTarget.table: RecoveryTarget.validate(again.select(RecoveryTarget.column_names())),
    }


def victimisations(opened: Opened) -> pl.DataFrame:
    """Return each time somebody was told of as a victim: VICTIMISATION."""
    tables = {name: opened.lake.scan(name, opened.manifest) for name in READS}
    links, records = tables[PersonLink.table], tables[LinkRecord.table]
    if links is None or records is None:
        return pl.DataFrame(schema=VICTIMISATION)
    victims = records.filter(
        pl.col("role") == "victim", pl.col("record").is_in([FraudReport.table, PersonRole.table])
    )
    base = victims.join(links.select(*KEY, "person_id"), on=KEY).select(
        "person_id", "force", "kind", "record", "record_ref", "on",
        home=pl.concat_str("street", "postcode", separator=", "),
    )  # fmt: skip
    said = [base.join(what, on=KEY, how="inner") for what in what_happened(tables)]
    if not said:
        return pl.DataFrame(schema=VICTIMISATION)
    doubtful = doubted(tables[LinkReview.table])
    found = (
        pl.concat(said)
        .join(doubtful, on="person_id", how="left")
        .with_columns(pl.col("is_doubtful").fill_null(False), ref="record_ref")
    )
    return found.select(VICTIMISATION.keys()).collect()


def what_happened(tables: dict[str, pl.LazyFrame | None]) -> list[pl.LazyFrame]:
    """Return `record, record_ref, what, loss_gbp` of fraud reports and of victims in crimes that still stand."""
    found = []
    reports, crimes, roles = (tables[name] for name in (FraudReport.table, Crime.table, PersonRole.table))
    if reports is not None:
        found.append(
            reports.select(
                record=pl.lit(FraudReport.table),
                record_ref="report_ref",
                what="nfib_code",
                loss_gbp="loss_gbp",
            )
        )
    if crimes is not None and roles is not None:
        stands = (pl.col("status") != CANCELLED) & pl.col("cancelled_on").is_null()
        standing = crimes.filter(stands).select("crime_ref", what="offence")
        mine = roles.select(record_ref=role_ref(), record=pl.lit(PersonRole.table), crime_ref="crime_ref")
        found.append(
            mine.join(standing, on="crime_ref").select(
                *KEY, "what", loss_gbp=pl.lit(None, dtype=pl.Decimal(12, 2))
            )
        )
    return found


def doubted(review: pl.LazyFrame | None) -> pl.LazyFrame:
    """Return `person_id, is_doubtful` of people of whom a join is still to be looked at."""
    if review is None:
        return pl.LazyFrame(schema={"person_id": pl.String, "is_doubtful": pl.Boolean})
    joined = review.filter(pl.col("stands") == "joined")
    return joined.select(person_id="person_a", is_doubtful=pl.lit(True)).unique()
