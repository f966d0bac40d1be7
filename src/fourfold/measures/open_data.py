"""What data.police.uk publishes: street crime, outcomes, stop and search."""

from __future__ import annotations

from fourfold.measures.measure import Measure
from fourfold.records import StopSearch, StreetCrime, StreetOutcome
from fourfold.records.base import Record

ORIGIN = "data.police.uk, Open Government Licence v3.0"
BROAD = (
    "Published categories are broad: burglary is homes and businesses together, vehicle crime is theft of and from "
    "vehicles together, and fraud is not published."
)


def published(
    name: str,
    title: str,
    record: type[Record],
    subject: str,
    definition: str,
    dimensions: tuple[str, ...],
    *caveats: str,
) -> Measure:
    return Measure(
        name=f"open.{name}",
        title=title,
        definition=definition,
        view=record.table,
        record=record,
        subject=subject,
        on="month",
        dimensions=dimensions,
        source=ORIGIN,
        caveats=caveats,
        already_public=True,
    )


MEASURES = (
    published(
        "crimes",
        "published crimes and incidents",
        StreetCrime,
        "street_crime",
        "Rows of the street files by month, as published; rows that repeat to the letter are separate incidents and are counted.",
        ("crime_type", "lsoa_code", "lsoa_name", "last_outcome"),
        BROAD,
    ),
    published(
        "outcomes",
        "published outcomes",
        StreetOutcome,
        "street_outcomes",
        "Rows of the outcome files by the month of the outcome, whenever the crime was.",
        ("outcome_type", "lsoa_code"),
    ),
    published(
        "searches",
        "stops and searches",
        StopSearch,
        "stop_and_search",
        "Rows of the stop-and-search files by month.",
        ("kind", "sex", "age_range", "ethnicity_self", "ethnicity_officer", "object_of_search", "outcome"),
    ),
)
