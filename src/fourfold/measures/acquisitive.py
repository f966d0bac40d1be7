"""Acquisitive and vehicle crime as the force recorded it (source paper, paragraphs 3, 28 to 35)."""

from __future__ import annotations

from collections.abc import Callable

import narwhals as nw

from fourfold import vocabulary
from fourfold.measures.measure import Measure, Rows, Rules, Statistic
from fourfold.policy.definitions import neighbourhood_crime
from fourfold.records import CaseEvent, Crime, Property

SOURCE = "Crime-system extract"
DIMENSIONS = ("district", "npu", "lsoa_code", "ho_code", "unit", "mo_method", "mo_target", "premises_type")
RECORDED = "Crimes recorded in the period and not cancelled since, by the day of recording."


def of_codes(find: Callable[[Rules], tuple[str, ...]]) -> Rows:
    """Count the crimes of some Home Office classes."""

    def where(rules: Rules) -> nw.Expr:
        return nw.col("ho_code").is_in(list(find(rules)))

    return where


def codes_where(column: str, *values: str) -> Callable[[Rules], tuple[str, ...]]:
    """Return a finder of the offence classes whose group or subgroup is one of some."""

    def find(rules: Rules) -> tuple[str, ...]:
        rows = vocabulary.load("offence_groups", rules.vocabulary).rows
        return tuple(
            row.code for row in rows if row.can_be_looked_up and row.attributes.get(column) in values
        )

    return find


RESIDENTIAL = codes_where("ho_subgroup", "Residential burglary")
BURGLARY = codes_where("ho_group", "Burglary")
ROBBERY = codes_where("ho_group", "Robbery")
THEFT_OF_VEHICLE = codes_where("ho_subgroup", "Theft of a motor vehicle")
THEFT_FROM_VEHICLE = codes_where("ho_subgroup", "Theft from a vehicle")
THEFT_FROM_PERSON = codes_where("ho_subgroup", "Theft from the person")


def burglary_or_car_theft(rules: Rules) -> tuple[str, ...]:
    return (*BURGLARY(rules), *THEFT_OF_VEHICLE(rules))


def of_cantil(rules: Rules) -> nw.Expr:
    return nw.col("operation") == "Cantil"


def of_cantil_for_car_crime(rules: Rules) -> nw.Expr:
    return of_cantil(rules) & of_codes(burglary_or_car_theft)(rules)


def cantil_cars(rules: Rules) -> nw.Expr:
    return of_cantil(rules) & (nw.col("kind") == "car")


def recorded(name: str, title: str, subject: str, where: Rows | None, what: str, *caveats: str) -> Measure:
    """Return a measure of recorded crimes of one kind."""
    return Measure(
        name=f"crime.{name}",
        title=title,
        definition=f"{RECORDED} {what}",
        view="crimes",
        record=Crime,
        subject=subject,
        on="recorded_on",
        where=where,
        dimensions=DIMENSIONS,
        source=SOURCE,
        caveats=caveats,
    )


def neighbourhood(name: str | None) -> Measure:
    """Return the measure of neighbourhood crime by one definition, or by the one policy chooses for None."""

    def codes(rules: Rules) -> tuple[str, ...]:
        return neighbourhood_crime(name, rules.on, rules.policy).all_codes

    def words(rules: Rules) -> str:
        told = neighbourhood_crime(name, rules.on, rules.policy)
        disputed = ", ".join(told.disputed_codes)
        unsettled = (
            f" Its wording does not settle whether class {disputed} counts; here it does." if disputed else ""
        )
        return f"Definition: {told.label} ({told.source}).{unsettled}"

    base = recorded(
        "neighbourhood" + (f".{name}" if name else ""),
        "neighbourhood crimes",
        "neighbourhood_crime",
        of_codes(codes),
        "Three published definitions differ; the one used is named.",
    )
    return Measure(**{**base.__dict__, "definition_now": words})


NEIGHBOURHOOD = ("national", "beating_crime_plan", "hmicfrs_serious_acquisitive")

MEASURES = (
    recorded("all", "recorded crimes", "police_recorded_crime", None, "All offence classes in the extract."),
    neighbourhood(None),
    *(neighbourhood(name) for name in NEIGHBOURHOOD),
    recorded(
        "burglary",
        "burglaries",
        "burglary",
        of_codes(BURGLARY),
        "Residential and business burglary together.",
    ),
    recorded(
        "burglary_residential",
        "residential burglaries",
        "residential_burglary",
        of_codes(RESIDENTIAL),
        "Residential classes only.",
    ),
    recorded("robbery", "robberies", "robbery", of_codes(ROBBERY), "Personal and business robbery together."),
    recorded(
        "theft_from_person",
        "thefts from the person",
        "theft_from_the_person",
        of_codes(THEFT_FROM_PERSON),
        "Class 39.",
    ),
    recorded(
        "theft_of_vehicle",
        "thefts of a motor vehicle",
        "theft_of_vehicle",
        of_codes(THEFT_OF_VEHICLE),
        "Theft of a vehicle and aggravated taking; theft from a vehicle is counted apart.",
    ),
    recorded(
        "theft_from_vehicle",
        "thefts from a vehicle",
        "theft_from_vehicle",
        of_codes(THEFT_FROM_VEHICLE),
        "Class 45; theft of the vehicle itself is counted apart.",
    ),
    Measure(
        name="cantil.arrests",
        title="suspects arrested under Operation Cantil",
        definition="Different suspects with an arrest event marked Operation Cantil, by the day of the arrest.",
        view="arrests",
        record=CaseEvent,
        subject="suspects",
        on="happened_at",
        statistic=Statistic.DISTINCT,
        column="suspect_ref",
        where=of_cantil,
        source=SOURCE,
        caveats=("An arrest is an activity. It does not say how much crime was prevented.",),
    ),
    Measure(
        name="cantil.arrests_car_crime",
        title="suspects arrested for burglary or car theft under Operation Cantil",
        definition="Of those, suspects arrested for a crime of burglary, theft of a vehicle or aggravated taking.",
        view="arrests",
        record=CaseEvent,
        subject="suspects",
        on="happened_at",
        statistic=Statistic.DISTINCT,
        column="suspect_ref",
        where=of_cantil_for_car_crime,
        needs=("crime",),
        source=SOURCE,
    ),
    Measure(
        name="cantil.cars",
        title="stolen cars recovered under Operation Cantil",
        definition="Cars with status recovered marked Operation Cantil, by the day of recovery.",
        view="recovered_property",
        record=Property,
        subject="theft_of_vehicle",
        on="recovered_on",
        where=cantil_cars,
        source=SOURCE,
        months_must_be_there=False,
    ),
)
