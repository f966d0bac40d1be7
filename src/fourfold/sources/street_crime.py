"""Open data of data.police.uk: street crime in today's and the 2011 columns, outcomes, stop and search."""

from __future__ import annotations

import re

import polars as pl

from fourfold.records import StopSearch, StreetCrime, StreetOutcome
from fourfold.sources import cells
from fourfold.sources.codes import force_slug
from fourfold.sources.contract import Contract, Field, ReadingContext
from fourfold.sources.files import RefusalError

A_MONTH = "a month such as 2021-12"
DEGREES = "degrees such as -1.723517"
METRES = "metres on the national grid"

COMMON = (
    Field("month", ("Month",), cells.published_month, A_MONTH, needed=True),
    Field("reported_by", ("Reported by",), cells.words, needed=True),
    Field("falls_within", ("Falls within",), cells.words),
    Field("location", ("Location",), cells.words),
)
POINT = (
    Field("longitude", ("Longitude",), cells.coordinate, DEGREES, needed=True),
    Field("latitude", ("Latitude",), cells.coordinate, DEGREES, needed=True),
    Field("lsoa_code", ("LSOA code",), cells.words, needed=True),
    Field("lsoa_name", ("LSOA name",), cells.words),
)
CRIME_ID = Field("crime_id", ("Crime ID",), cells.words, needed=True)
CRIME_TYPE = Field("crime_type", ("Crime type",), cells.words, needed=True)
CONTEXT = Field("context", ("Context",), cells.words)
LAST_OUTCOME = Field("last_outcome", ("Last outcome category",), cells.words, needed=True)
GRID = (
    Field("easting", ("Easting",), cells.coordinate, METRES, needed=True),
    Field("northing", ("Northing",), cells.coordinate, METRES, needed=True),
)

SEARCH_FIELDS = (
    Field("kind", ("Type",), cells.words, needed=True),
    Field(
        "searched_at",
        ("Date",),
        cells.moment,
        "a day and time such as 2021-12-01T15:20:00+00:00",
        needed=True,
    ),
    Field("part_of_operation", ("Part of a policing operation",), cells.yes_or_no, "True or False"),
    Field("operation", ("Policing operation",), cells.words),
    Field("latitude", ("Latitude",), cells.coordinate, DEGREES, needed=True),
    Field("longitude", ("Longitude",), cells.coordinate, DEGREES, needed=True),
    Field("sex", ("Gender",), cells.words, needed=True),
    Field("age_range", ("Age range",), cells.words, needed=True),
    Field("ethnicity_self", ("Self-defined ethnicity",), cells.words, needed=True),
    Field("ethnicity_officer", ("Officer-defined ethnicity",), cells.words),
    Field("legislation", ("Legislation",), cells.words, needed=True),
    Field("object_of_search", ("Object of search",), cells.words),
    Field("outcome", ("Outcome",), cells.words),
    Field("outcome_linked", ("Outcome linked to object of search",), cells.yes_or_no, "True or False"),
    Field(
        "removed_more_than_outer",
        ("Removal of more than just outer clothing",),
        cells.yes_or_no,
        "True or False",
    ),
)

FILE_NAME = re.compile(r"(\d{4}-\d\d)-(.+)-(street|outcomes|stop-and-search)\b")


def derive_street(frame: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
    """Add the force (from `Reported by`) and the columns the other layout has."""
    reported = frame["reported_by"].unique().drop_nulls().to_list()
    slugs = {name: force_slug(name) for name in reported}
    absent = [
        pl.lit(None, dtype=column.dtype).alias(name)
        for name, column in {**StreetCrime.columns(), **StreetOutcome.columns()}.items()
        if name not in frame.columns and name != "force"
    ]
    force = pl.col("reported_by").replace_strict(slugs, default=None, return_dtype=pl.String)
    return frame.with_columns(force.alias("force"), *absent)


def derive_search(frame: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
    """Add force and month from the file's name, since the rows do not name the force.

    Raises RefusalError where the name does not say them and no force was given.
    """
    named = FILE_NAME.search(context.file_name)
    force = named.group(2) if named else context.force
    if force is None:
        raise RefusalError(
            "a stop-and-search file does not say which force it is from.",
            "Keep its name as downloaded (2021-12-northumbria-stop-and-search.csv), or add --force northumbria.",
        )
    searched = pl.col("searched_at").dt.convert_time_zone("Europe/London").dt.date().dt.truncate("1mo")
    month = cells.published_month(pl.lit(named.group(1))) if named else searched
    return frame.with_columns(force=pl.lit(force), month=month)


CONTRACTS = (
    Contract(
        "street_crime",
        "Street crime (data.police.uk)",
        StreetCrime,
        (CRIME_ID, *COMMON, *POINT, CRIME_TYPE, LAST_OUTCOME, CONTEXT),
        derive_street,
    ),
    Contract(
        "street_crime",
        "Street crime in the columns of 2011 (data.police.uk)",
        StreetCrime,
        (*COMMON, *GRID, CRIME_TYPE, CONTEXT),
        derive_street,
    ),
    Contract(
        "street_outcome",
        "Outcomes of street crime (data.police.uk)",
        StreetOutcome,
        (CRIME_ID, *COMMON, *POINT, Field("outcome_type", ("Outcome type",), cells.words, needed=True)),
        derive_street,
    ),
    Contract(
        "stop_search",
        "Stop and search (data.police.uk)",
        StopSearch,
        SEARCH_FIELDS,
        derive_search,
        by_force_in_name=True,
    ),
)
