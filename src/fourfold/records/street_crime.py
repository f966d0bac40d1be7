"""Published open data: street crime, outcomes, stop and search."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from fourfold.records.base import LoadMode, Record, instant, text

MONTH_WORDS = {"month_is_first_day": "the month does not begin on its first day"}


class StreetCrime(Record):
    """One crime or incident as published on data.police.uk.

    Comes from the monthly street files, in today's columns (longitude, latitude, LSOA) or those of
    2011 (easting, northing).
    What is missing: anti-social behaviour has no Crime ID; some rows have no place; fraud is not
    published; a month that a force did not send is missing, not zero.
    How it misleads: points are moved to a nearby anchor, so neither point nor LSOA is that of the
    crime; "Burglary" is homes and businesses together, "Vehicle crime" is theft of and theft from
    together; identical rows are real incidents and stay.
    """

    table: ClassVar[str] = "street_crime"
    key: ClassVar[tuple[str, ...]] = ("file_hash", "file_row")
    load_mode: ClassVar[LoadMode] = LoadMode.REPLACE_SLICE
    slice_by: ClassVar[tuple[str, ...]] = ("force", "month")
    event_date: ClassVar[str] = "month"
    rule_words: ClassVar[dict[str, str]] = MONTH_WORDS

    file_hash = text(nullable=False)
    force = text(nullable=False)
    month = dy.Date(nullable=False)
    crime_id = text()
    reported_by = text(nullable=False)
    falls_within = text()
    longitude = dy.Float64(nullable=True, min=-180, max=180)
    latitude = dy.Float64(nullable=True, min=-90, max=90)
    easting = dy.Float64(nullable=True)
    northing = dy.Float64(nullable=True)
    location = text()
    lsoa_code = text()
    lsoa_name = text()
    crime_type = text(nullable=False)
    last_outcome = text()
    context = text()

    @dy.rule()
    def month_is_first_day(cls) -> pl.Expr:
        return pl.col("month").dt.day() == 1


class StreetOutcome(Record):
    """One outcome of a street crime as published on data.police.uk.

    Comes from the monthly outcome files.
    What is missing: the day of the outcome, and outcomes of anti-social behaviour.
    How it misleads: one crime may have several outcomes; identical rows are real and stay.
    """

    table: ClassVar[str] = "street_outcome"
    key: ClassVar[tuple[str, ...]] = ("file_hash", "file_row")
    load_mode: ClassVar[LoadMode] = LoadMode.REPLACE_SLICE
    slice_by: ClassVar[tuple[str, ...]] = ("force", "month")
    event_date: ClassVar[str] = "month"
    rule_words: ClassVar[dict[str, str]] = MONTH_WORDS

    file_hash = text(nullable=False)
    force = text(nullable=False)
    month = dy.Date(nullable=False)
    crime_id = text()
    reported_by = text(nullable=False)
    falls_within = text()
    longitude = dy.Float64(nullable=True, min=-180, max=180)
    latitude = dy.Float64(nullable=True, min=-90, max=90)
    location = text()
    lsoa_code = text()
    lsoa_name = text()
    outcome_type = text(nullable=False)

    @dy.rule()
    def month_is_first_day(cls) -> pl.Expr:
        return pl.col("month").dt.day() == 1


class StopSearch(Record):
    """One stop and search as published on data.police.uk.

    Comes from the monthly stop-and-search files; the force is in the file's name only.
    What is missing: ethnicity and age are often blank; some forces give only the day, so midnight is
    full of searches that happened at other times.
    How it misleads: the place is the stop's anchor point; latitude stands before longitude in the file.
    """

    table: ClassVar[str] = "stop_search"
    key: ClassVar[tuple[str, ...]] = ("file_hash", "file_row")
    load_mode: ClassVar[LoadMode] = LoadMode.REPLACE_SLICE
    slice_by: ClassVar[tuple[str, ...]] = ("force", "month")
    event_date: ClassVar[str] = "month"
    rule_words: ClassVar[dict[str, str]] = MONTH_WORDS

    file_hash = text(nullable=False)
    force = text(nullable=False)
    month = dy.Date(nullable=False)
    kind = text(nullable=False)
    searched_at = instant(nullable=False)
    part_of_operation = dy.Bool(nullable=True)
    operation = text()
    latitude = dy.Float64(nullable=True, min=-90, max=90)
    longitude = dy.Float64(nullable=True, min=-180, max=180)
    sex = text()
    age_range = text()
    ethnicity_self = text()
    ethnicity_officer = text()
    legislation = text()
    object_of_search = text()
    outcome = text()
    outcome_linked = dy.Bool(nullable=True)
    removed_more_than_outer = dy.Bool(nullable=True)
