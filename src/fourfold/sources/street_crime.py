"""Open data of data.police.uk: street crime in today's and the 2011 columns, outcomes, stop and search."""

from __future__ import annotations

import re

import polars as pl

from fourfold import vocabulary
from fourfold.records import StopSearch, StreetCrime, StreetOutcome
from fourfold.sources import cells
from fourfold.sources.codes import force_slug
from fourfold.sources.contract import Contract, Field, ReadingContext
from fourfold.sources.received import RefusalError
from fourfold.sources.set_aside import no_failures

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


def strays_of_month(frame: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
    """Return the rows of another month than the file's name says, where most rows are of that month.

    A row stands under its Month column, and a month is replaced whole: a few rows of November in the file
    of December would take November's rows out. Where most rows are of other months the name is wrong (or the
    file is several put together), and the rows are right.
    """
    named = FILE_NAME.search(context.file_name)
    if named is None or not frame.height:
        return no_failures()
    month = cells.published_month(pl.lit(named.group(1)))
    strays = frame.filter(pl.col("month") != month)
    if not strays.height or 2 * strays.height > frame.height:
        return no_failures()
    return strays.select(
        "file_row",
        rule=pl.lit("month|not_of_this_file"),
        words=pl.lit(
            f"Month is not that of the file's name ({named.group(1)}): the row would take the place of a whole "
            "other month; hand it in with that month's rows"
        ),
    )


def street_remarks(frame: pl.DataFrame, context: ReadingContext) -> tuple[str, ...]:
    """Say where the file's name and its rows differ, and which forces no list knows."""
    named = FILE_NAME.search(context.file_name)
    months = [f"{month:%Y-%m}" for month in frame["month"].unique().sort()]
    said = unknown_forces(frame)
    if named and months and months != [named.group(1)]:
        span = months[0] if len(months) == 1 else f"{months[0]} to {months[-1]}"
        said += (f"its name says {named.group(1)}, its rows {span}: the rows' Month column holds",)
    return said


def search_remarks(frame: pl.DataFrame, context: ReadingContext) -> tuple[str, ...]:
    return unknown_forces(frame)


def unknown_forces(frame: pl.DataFrame) -> tuple[str, ...]:
    listed = vocabulary.load("forces")
    unknown = [force for force in frame["force"].unique().sort() if listed.normalise(force) is None]
    return (f"no list knows the force {', '.join(unknown)}: kept under that name",) if unknown else ()


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
        strays_of_month,
        street_remarks,
    ),
    Contract(
        "street_crime",
        "Street crime in the columns of 2011 (data.police.uk)",
        StreetCrime,
        (*COMMON, *GRID, CRIME_TYPE, CONTEXT),
        derive_street,
        strays_of_month,
        street_remarks,
    ),
    Contract(
        "street_outcome",
        "Outcomes of street crime (data.police.uk)",
        StreetOutcome,
        (CRIME_ID, *COMMON, *POINT, Field("outcome_type", ("Outcome type",), cells.words, needed=True)),
        derive_street,
        strays_of_month,
        street_remarks,
    ),
    Contract(
        "stop_search",
        "Stop and search (data.police.uk)",
        StopSearch,
        SEARCH_FIELDS,
        derive_search,
        remarks=search_remarks,
    ),
)
