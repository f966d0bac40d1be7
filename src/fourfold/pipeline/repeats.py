"""The stage of repeat victims, and the list that is handed to Trading Standards when somebody asks for it."""

from __future__ import annotations

from datetime import date

import polars as pl

from fourfold import policy
from fourfold.home import Home
from fourfold.link.report_names import named_by_report
from fourfold.pipeline.link_records import role_ref
from fourfold.pipeline.opening import Opened, open_figures
from fourfold.records import Crime, FraudReport, PersonRole
from fourfold.records.derived import PersonLink
from fourfold.records.linkage import LinkRecord, LinkReview
from fourfold.records.repeats import HitHousehold, RecoveryTarget, RepeatVictim
from fourfold.rules.fraud_triage import judge
from fourfold.worklists.repeat_victims import (
    VICTIMISATION,
    hit_households,
    only_agreed,
    recovery_targets,
    repeat_victims,
    vulnerable_repeats,
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
TRADING_STANDARDS = "trading_standards"
CANCELLED = "cancelled"
REACHED = ("phone", "email", "address", "postcode", "date_of_birth")


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


def trading_standards(home: Home, on: date) -> pl.DataFrame:
    """Return the list of vulnerable repeat victims for Trading Standards, with the columns that the agreement allows.

    It holds personal data and is kept nowhere: the caller has the permission, and trails who was handed what.
    """
    opened = open_figures(home, on)
    reports, links = (
        opened.lake.scan(table, opened.manifest) for table in (FraudReport.table, PersonLink.table)
    )
    if reports is None or links is None:
        return pl.DataFrame()
    told = reports.collect()
    rule = policy.value_on("linkage.trading_standards", on, opened.rules.policy).value
    judged = judge(told, opened.rules.policy)
    named = named_by_report(links.collect(), told)
    listed = vulnerable_repeats(
        judged, named, rule["referred_by"], int(rule["reports_at_least"]), int(rule["within_days"])
    )
    return only_agreed(with_details(listed, told, named), agreed_fields(opened))


def agreed_fields(opened: Opened) -> list[str]:
    """Return the fields that the agreement with Trading Standards allows; none where there is no agreement."""
    partners = policy.value_on("victim_care_partners.partners", opened.rules.on, opened.rules.policy).value
    return next((list(one["fields"]) for one in partners if one["key"] == TRADING_STANDARDS), [])


def with_details(listed: pl.DataFrame, told: pl.DataFrame, named: pl.DataFrame) -> pl.DataFrame:
    """Return the list with each person's name and the latest of each detail that was told."""
    name = pl.coalesce(
        "organisation_name", pl.concat_str("first_names", "last_name", separator=" ", ignore_nulls=True)
    )
    rows = told.join(named, left_on="report_ref", right_on="record_ref").sort("reported_on", "report_ref")
    latest = (
        rows.with_columns(name=name.replace("", None))
        .group_by("person_id", "force")
        .agg(
            *(pl.col(column).drop_nulls().last() for column in ("name", *REACHED)),
            pl.col("nfib_code").drop_nulls().unique(maintain_order=True).alias("kinds"),
        )
    )
    return listed.join(latest, on=["person_id", "force"], how="left", maintain_order="left")
