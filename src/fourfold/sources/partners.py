"""Files of the force's own units and of partners: Protect work, posts, published series, areas, population."""

from __future__ import annotations

import polars as pl

from fourfold.records import Area, PartnerSeries, Population, ProtectActivity, Staffing
from fourfold.sources import cells
from fourfold.sources.codes import add_code, add_force, coded_as, name_force
from fourfold.sources.contract import Contract, Field, ReadingContext

A_DAY = "a day such as 04/03/2022"
A_COUNT = "a whole number"
POSTS = "a number of posts in full-time equivalents"
FORCE = Field("force_told", ("Force", "Police force"), cells.words)

PROTECT_FIELDS = (
    Field("activity_id", ("Activity ID", "Activity ref"), cells.words, needed=True),
    FORCE,
    Field("kind_raw", ("Activity kind", "Activity type"), cells.words, needed=True),
    Field("campaign", ("Campaign",), cells.words),
    Field("on", ("Activity date", "Date of activity"), cells.day, A_DAY, needed=True),
    Field("channel", ("Channel",), cells.words),
    Field("impressions", ("Impressions",), cells.whole_number, A_COUNT),
    Field("engagements", ("Engagements",), cells.whole_number, A_COUNT),
    Field("attendance", ("Attendance", "Attendees"), cells.whole_number, A_COUNT),
    Field("materials", ("Materials", "Materials issued"), cells.whole_number, A_COUNT),
)

STAFFING_FIELDS = (
    Field("unit", ("Unit", "Team"), cells.words, needed=True),
    Field("role", ("Post role", "Role", "Post"), cells.words, needed=True),
    Field("month", ("Month",), cells.month, "a month such as 2021-12", needed=True),
    FORCE,
    Field("funded_fte", ("Funded FTE", "Posts funded"), cells.number, POSTS, needed=True),
    Field("filled_fte", ("Filled FTE", "Posts filled"), cells.number, POSTS),
    Field("seconded_out_fte", ("Seconded out FTE", "Seconded out"), cells.number, POSTS),
    Field("seconded_in_fte", ("Seconded in FTE", "Seconded in"), cells.number, POSTS),
)

SERIES_FIELDS = (
    Field("provider", ("Provider", "Source"), cells.words, needed=True),
    Field("series", ("Series",), cells.words, needed=True),
    Field("area", ("Area",), cells.words, needed=True),
    Field("period_start", ("Period start", "From"), cells.day, A_DAY, needed=True),
    Field("period_end", ("Period end", "To"), cells.day, A_DAY, needed=True),
    Field("revision", ("Revision", "Edition"), cells.words, needed=True),
    Field("value", ("Value",), cells.number, "a number", needed=True),
    Field("unit", ("Unit",), cells.words, needed=True),
)

AREA_FIELDS = (
    Field("lsoa_code", ("LSOA code", "LSOA11CD", "LSOA21CD"), cells.words, needed=True),
    Field("edition", ("Edition", "LSOA edition"), cells.words, needed=True),
    Field("name", ("LSOA name", "Name"), cells.words),
    Field("district", ("District", "Local authority"), cells.words, needed=True),
    Field("npu", ("NPU", "Neighbourhood policing unit"), cells.words),
    Field("force_told", ("Force", "Police force"), cells.words),
    Field("longitude", ("Longitude",), cells.coordinate, "degrees east"),
    Field("latitude", ("Latitude",), cells.coordinate, "degrees north"),
    Field("polygon_file", ("Polygon file",), cells.words),
)

POPULATION_FIELDS = (
    Field("lsoa_code", ("LSOA code",), cells.words, needed=True),
    Field("edition", ("Edition", "LSOA edition"), cells.words, needed=True),
    Field("year", ("Year",), cells.whole_number, "a year", needed=True),
    Field("age_band", ("Age band",), cells.words, needed=True),
    Field("sex", ("Sex",), cells.small_words, needed=True),
    Field("ethnic_group", ("Ethnic group",), cells.words, needed=True),
    Field("people", ("People", "Population"), cells.whole_number, A_COUNT, needed=True),
)


def derive_protect(frame: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
    """Add the kind of activity and the force."""
    return add_force(add_code(frame, "kind_raw", "kind", coded_as("protect_kinds"), context), context)


def derive_area(frame: pl.DataFrame, context: ReadingContext) -> pl.DataFrame:
    """Add the force's short name; national look-ups name none, which is no fault of theirs."""
    return name_force(frame)


CONTRACTS = (
    Contract("protect_activity", "Protect activity", ProtectActivity, PROTECT_FIELDS, derive_protect),
    Contract("staffing", "Posts funded, filled and lent", Staffing, STAFFING_FIELDS, add_force),
    Contract("partner_series", "Partner series", PartnerSeries, SERIES_FIELDS),
    Contract("areas", "Small areas", Area, AREA_FIELDS, derive_area),
    Contract("population", "Population", Population, POPULATION_FIELDS),
)
