"""The stages of business crime: crimes by premises, premises hit again, and staff who are victims again."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import polars as pl

from fourfold import policy
from fourfold.link.premises import SamePremises, premises_of
from fourfold.measures.acquisitive import codes_where
from fourfold.measures.business import PUBLIC_ORDER, VIOLENCE, is_at, is_business, premises
from fourfold.measures.measure import Rules
from fourfold.measures.views import VIEWS
from fourfold.pipeline.desk_events import desk_events, no_decisions
from fourfold.pipeline.opening import Opened, tables_of
from fourfold.policy.definitions import choices
from fourfold.records import CaseEvent, Crime, DeskDecision, PersonRole
from fourfold.records.derived import Clock, PersonLink
from fourfold.records.premises import Premises, PremisesCrime, StaffVictim
from fourfold.rules.shop_triggers import with_trigger
from fourfold.worklists.premises import Window, premises_hit_again, staff_hurt_again

READS = (Crime.table, PersonRole.table, CaseEvent.table, DeskDecision.table, Clock.table)
ADVICE = "prevention_advice_given"
STATEMENT_RULE = "R07-VPS"
STATEMENT_ORDER = ("not_met", "not_recorded", "running", "met", "not_applicable")
"""Where several victims of a crime are owed an offer, the first of these states that one has stands for it."""
STATEMENT_STATE = {
    "met_in_time": "met",
    "met_late": "met",
    "not_met": "not_met",
    "not_recorded": "not_recorded",
    "running": "running",
    "not_set": "running",
    "not_applicable": "not_applicable",
}
KIND_CODES = {
    "burglary": codes_where("ho_group", "Burglary"),
    "robbery": codes_where("ho_group", "Robbery"),
    "theft": codes_where("ho_group", "Theft offences", "Vehicle offences"),
    "violence": codes_where("ho_group", "Violence against the person", "Public order offences"),
}
SHOP_THEFT = codes_where("ho_subgroup", "Shoplifting", "Robbery of business property")


def premises_crimes(opened: Opened) -> pl.DataFrame:
    """Return the derived table `premises_crime`: every standing crime at business premises, and at which."""
    told = crimes_at_business(opened)
    if told is None or not told.height:
        return PremisesCrime.create_empty()
    how, words = told_policy("same_premises", opened.rules), told_policy("name_words", opened.rules)
    matched = told.join(premises_of(told, SamePremises(**how), words), on="crime_ref")
    judged = with_trigger(
        with_staff(matched, opened.rules), told_policy("triggers", opened.rules), SHOP_THEFT(opened.rules)
    )
    at_a_shop = pl.col("is_violence") & pl.col("is_shop")
    found = (
        judged.join(statements(opened), on="crime_ref", how="left")
        .join(advice(opened, told), on="crime_ref", how="left")
        .with_columns(
            trigger=pl.when(at_a_shop).then("trigger"), trigger_from=pl.when(at_a_shop).then("trigger_from")
        )
    )
    return PremisesCrime.validate(
        found.rename({"premises_name": "name_as_told"}).select(PremisesCrime.column_names())
    )


def told_policy(name: str, rules: Rules) -> Any:
    return policy.value_on(f"business_crime.{name}", rules.on, rules.policy).value


def definitions_of(opened: Opened) -> tuple[str, ...]:
    """Return the names of the definitions of business crime that there are."""
    return choices("business_crime", opened.rules.on, opened.rules.policy)


def crimes_at_business(opened: Opened) -> pl.DataFrame | None:
    """Return the crimes that any definition counts, or whose premises are a business or have a name.

    Beside the columns of the crime: `definitions`, `kind`, `is_shop_type`, `is_violence`.
    """
    tables, rules = tables_of(opened.lake, opened.manifest), opened.rules
    if Crime.table not in tables:
        return None
    names = definitions_of(opened)
    marked = VIEWS["crimes"][1](tables).with_columns(
        **{f"by_{name}": is_business(name, rules).fill_null(False) for name in names},
        is_shop_type=is_at(premises(rules, "shop")),
        is_business_type=is_at(premises(rules, "business")),
        is_violence=nw.col("ho_code").is_in([*VIOLENCE(rules), *PUBLIC_ORDER(rules)]).fill_null(False),
    )
    frame: pl.LazyFrame = marked.to_native()
    any_of = pl.any_horizontal(
        *(f"by_{name}" for name in names), "is_business_type", pl.col("premises_name").is_not_null()
    )
    bars = pl.concat_str(
        pl.lit("|"), *(pl.when(f"by_{name}").then(pl.lit(f"{name}|")).otherwise(pl.lit("")) for name in names)
    )
    kind = pl.lit("other")
    for word, codes in KIND_CODES.items():
        kind = pl.when(pl.col("ho_code").is_in(list(codes(rules)))).then(pl.lit(word)).otherwise(kind)
    return (
        frame.filter(any_of)
        .with_columns(definitions=bars, kind=kind)
        .select(
            "crime_ref", "force", "recorded_on", "ho_code", "kind", "definitions", "premises_name", "easting", "northing",
            "is_shop_type", "is_violence", "victim_at_work", "mo_text", "premises_type",
        )
        .collect()
    )  # fmt: skip


def with_staff(matched: pl.DataFrame, rules: Rules) -> pl.DataFrame:
    """Add `is_shop` (its own type says so, or, its type being blank, that of other crimes there) and `on_staff`."""
    elsewhere = pl.col("premises_type").is_null() & pl.col("is_shop_type").any().over("premises_id")
    at_work = pl.col("victim_at_work")
    shop = matched.with_columns(is_shop=pl.col("is_shop_type") | elsewhere)
    there = pl.col("is_violence") & pl.col("is_shop")
    # Whether the place is a shop nobody says: that the victim was at work in one is not ruled out by it.
    perhaps = pl.col("is_violence") & pl.col("premises_type").is_null() & ~pl.col("is_shop")
    return shop.with_columns(
        on_staff=pl.when(there & at_work)
        .then(pl.lit("yes"))
        .when((there & at_work.is_null()) | (perhaps & at_work.fill_null(True)))
        .then(pl.lit("not_recorded"))
        .otherwise(pl.lit("no"))
    )


def statements(opened: Opened) -> pl.DataFrame:
    """Return `crime_ref, statement`: how the offer of a statement stands in each crime where it is owed."""
    clocks = opened.lake.scan(Clock.table, opened.manifest)
    if clocks is None:
        return pl.DataFrame(schema={"crime_ref": pl.String, "statement": pl.String})
    place = {state: number for number, state in enumerate(STATEMENT_ORDER)}
    return (
        clocks.filter(pl.col("rule") == STATEMENT_RULE)
        .select(crime_ref="case_ref", statement=pl.col("state").replace_strict(STATEMENT_STATE))
        .sort(pl.col("statement").replace_strict(place))
        .group_by("crime_ref", maintain_order=True)
        .first()
        .collect()
    )


def advice(opened: Opened, crimes: pl.DataFrame) -> pl.DataFrame:
    """Return `crime_ref, advised_on`: the first advice after each crime, from the case log and from the desks."""
    events = opened.lake.scan(CaseEvent.table, opened.manifest)
    decisions = opened.lake.scan(DeskDecision.table, opened.manifest)
    refs = crimes.select("crime_ref", "force")
    of_desks = desk_events((no_decisions() if decisions is None else decisions).collect(), refs)
    columns = ("crime_ref", "event_type", "happened_at", "recorded_at", "result")
    told = CaseEvent.create_empty().lazy() if events is None else events
    wanted = told.filter(pl.col("event_type") == ADVICE).select(columns).collect()
    given = pl.concat([wanted, of_desks.filter(pl.col("event_type") == ADVICE).select(columns)])
    on = pl.coalesce("happened_at", "recorded_at").dt.convert_time_zone("Europe/London").dt.date()
    return (
        given.filter(pl.col("result").fill_null("done") != "not_done")
        .group_by("crime_ref")
        .agg(on.min().alias("advised_on"))
    )


def premises_list(opened: Opened) -> pl.DataFrame:
    """Return the derived table `premises`."""
    crimes = opened.lake.scan(PremisesCrime.table, opened.manifest)
    told = opened.lake.scan(Crime.table, opened.manifest)
    if crimes is None or told is None:
        return Premises.create_empty()
    facts = told.select(
        "crime_ref", "force", "recorded_on", "premises_type", "district", "lsoa_code", "easting", "northing"
    )
    window = Window(
        *(int(told_policy(name, opened.rules)) for name in ("window_months", "hit_least", "advice_days"))
    )
    return premises_hit_again(crimes.collect(), facts.collect(), window, definitions_of(opened))


def staff_victims(opened: Opened) -> pl.DataFrame:
    """Return the derived table `staff_victim`, people being one where the linkage joined them."""
    crimes = opened.lake.scan(PremisesCrime.table, opened.manifest)
    people = opened.lake.scan(PersonRole.table, opened.manifest)
    if crimes is None or people is None:
        return StaffVictim.create_empty()
    victims = people.filter((pl.col("role") == "victim") & pl.col("organisation_name").is_null())
    of_crimes = victims.join(crimes.select("crime_ref"), on="crime_ref", how="semi")
    return staff_hurt_again(
        crimes.collect(), with_person_id(opened, of_crimes.select("crime_ref", "person_ref"))
    )


def with_person_id(opened: Opened, victims: pl.LazyFrame) -> pl.DataFrame:
    """Return `crime_ref, person_id`; where no linkage reaches people in crimes, the crime system's own reference."""
    links = opened.lake.scan(PersonLink.table, opened.manifest)
    own = victims.with_columns(
        record_ref=pl.concat_str("crime_ref", pl.lit("/"), "person_ref", pl.lit("/victim"))
    )
    if links is None:
        return own.select("crime_ref", person_id="person_ref").collect()
    of_roles = links.filter(pl.col("record") == PersonRole.table).select("record_ref", "person_id")
    joined = own.join(of_roles, on="record_ref", how="left")
    return joined.select("crime_ref", person_id=pl.coalesce("person_id", "person_ref")).collect()
