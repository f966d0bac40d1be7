"""Crimes recorded by the force, from its crime system."""

from __future__ import annotations

from typing import ClassVar

import dataframely as dy
import polars as pl

from fourfold.records.base import SENSITIVE, Record, choice, instant, text


class Crime(Record):
    """One crime recorded under the Home Office counting rules.

    Comes from the force's crime-system extract.
    What is missing: fields that the system does not make mandatory (business link, premises, method)
    are blank far more often than "no"; a count on them is a floor. Times of theft are often a range.
    How it misleads: a crime is counted on the day it was recorded, not the day it happened; a
    cancelled crime stays in the extract with `cancelled_on` set; `ho_code` classes change with the
    counting rules, so a series across April 2017 or April 2023 compares unlike things.
    """

    table: ClassVar[str] = "crime"
    key: ClassVar[tuple[str, ...]] = ("crime_ref",)
    event_date: ClassVar[str] = "recorded_on"
    rule_words: ClassVar[dict[str, str]] = {
        "occurred_in_order": "the crime ends before it begins",
        "began_before_recorded": "the crime begins after the day it was recorded",
        "recorded_before_told": "the crime is recorded after the day the file was read",
        "place_is_whole": "one of easting and northing is given without the other",
    }

    crime_ref = text(nullable=False)
    force = text(nullable=False)
    recorded_on = dy.Date(nullable=False)
    reported_at = instant()
    occurred_from = instant()
    occurred_to = instant()
    ho_code_raw = text()
    ho_code = text()
    offence = text(nullable=False)
    domestic = dy.Bool(nullable=True)
    hate = dy.Bool(nullable=True)
    business_related = dy.Bool(nullable=True)
    premises_type_raw = text()
    premises_type = text()
    premises_name = text()
    victim_at_work = dy.Bool(nullable=True)
    district = text()
    npu = text()
    lsoa_code = text()
    easting = dy.Float64(nullable=True, min=0, max=700_000)
    northing = dy.Float64(nullable=True, min=0, max=1_300_000)
    mo_text = text(metadata=SENSITIVE)
    mo_entry = text()
    mo_method = text()
    mo_target = text()
    officer_ref = text()
    unit = text()
    status = choice("open", "filed", "charged", "finalised", "cancelled", nullable=False)
    cancelled_on = dy.Date(nullable=True)

    @dy.rule()
    def occurred_in_order(cls) -> pl.Expr:
        return pl.col("occurred_from") <= pl.col("occurred_to")

    @dy.rule()
    def began_before_recorded(cls) -> pl.Expr:
        return pl.col("occurred_from").dt.convert_time_zone("Europe/London").dt.date() <= pl.col(
            "recorded_on"
        )

    @dy.rule()
    def recorded_before_told(cls) -> pl.Expr:
        return pl.col("recorded_on") <= pl.col("told_at").dt.date()

    @dy.rule()
    def place_is_whole(cls) -> pl.Expr:
        return pl.col("easting").is_null() == pl.col("northing").is_null()
