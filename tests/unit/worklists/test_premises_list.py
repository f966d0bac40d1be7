"""Premises hit again and staff who are victims again, counted by hand."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import polars as pl

from fourfold.records.premises import PremisesCrime
from fourfold.worklists.premises import Window, premises_hit_again, staff_hurt_again

LAST = date(2021, 12, 31)
WINDOW = Window(months=12, hit_least=2, advice_days=182)
DEFINITIONS = ("npcc_2019", "acpo_2014")


def crime(ref: str, premises: str, days_ago: int, **told: Any) -> dict[str, Any]:
    usual = {
        "crime_ref": ref, "premises_id": premises, "force": "kent", "recorded_on": LAST - timedelta(days_ago),
        "ho_code": "46", "kind": "theft", "definitions": "|npcc_2019|acpo_2014|", "on_staff": "no", "trigger": None,
        "trigger_from": None, "statement": None, "advised_on": None, "matched_by": "name_and_place",
        "name_as_told": "Fennimart",
    }  # fmt: skip
    return usual | told


def frame(*rows: dict[str, Any]) -> pl.DataFrame:
    return PremisesCrime.validate(pl.DataFrame(list(rows), schema=PremisesCrime.create_empty().schema))


def facts(*rows: dict[str, Any]) -> pl.DataFrame:
    schema = {"crime_ref": pl.String, "force": pl.String, "recorded_on": pl.Date, "premises_type": pl.String,
              "district": pl.String, "lsoa_code": pl.String, "easting": pl.Float64, "northing": pl.Float64}  # fmt: skip
    told = [
        (row["crime_ref"], row["force"], row["recorded_on"], "shop", "Ash", None, 1.0, 2.0) for row in rows
    ]
    return pl.DataFrame(told, schema=schema, orient="row")


def listed(*rows: dict[str, Any]) -> list[dict[str, Any]]:
    return premises_hit_again(frame(*rows), facts(*rows), WINDOW, DEFINITIONS).to_dicts()


def test_premises_hit_twice_in_the_window_are_listed_with_counts_gap_kinds_and_last() -> None:
    (one,) = listed(
        crime("A", "A", 500),
        crime("B", "A", 300, name_as_told="Fenimart"),
        crime(
            "C",
            "A",
            290,
            kind="violence",
            definitions="|acpo_2014|",
            on_staff="not_recorded",
            trigger="theft",
        ),
        crime(
            "D",
            "A",
            0,
            kind="violence",
            on_staff="yes",
            trigger="age_restriction",
            matched_by="place",
            name_as_told=None,
        ),
        crime("E", "E", 10),
    )
    assert (one["premises_id"], one["name"], one["names_told"]) == ("A", "Fennimart", 2)
    assert json.loads(one["counts"]) == {"any": 3, "npcc_2019": 2, "acpo_2014": 3}
    assert json.loads(one["kinds"]) == {"theft": 1, "violence": 2}
    assert (one["crimes_ever"], one["gap_days"], one["by_place_alone"]) == (4, 150.0, 1)
    assert (one["on_staff"], one["staff_unclear"]) == (1, 1)
    assert (one["first_on"], one["last_on"]) == (LAST - timedelta(300), LAST)
    assert [reason["rule"] for reason in json.loads(one["reasons"])] == [
        "hit_again",
        "on_staff",
        "staff_unclear",
        "name_blank",
    ]


def test_a_crime_on_the_first_day_of_the_window_counts_and_the_day_before_does_not() -> None:
    end = crime("Z", "Z", 0)
    assert len(listed(end, crime("A", "A", 364), crime("B", "A", 1))) == 1
    assert listed(end, crime("A", "A", 365), crime("B", "A", 1)) == []


def test_crimes_that_stand_alone_are_no_premises() -> None:
    assert listed(crime("A", "A", 1, matched_by="alone"), crime("B", "A", 2, matched_by="alone")) == []


def test_premises_whose_name_nobody_told_are_listed_without_one() -> None:
    (one,) = listed(*(crime(ref, "A", 5, matched_by="place", name_as_told=None) for ref in "AB"))
    assert (one["name"], one["names_told"], one["by_place_alone"]) == (None, 0, 2)


def test_as_many_days_are_counted_before_advice_as_after_it() -> None:
    told = LAST - timedelta(100)
    (one,) = listed(
        crime("A", "A", 201),  # 101 days before: outside
        crime("B", "A", 200),  # 100 days before
        crime("C", "A", 100, advised_on=told),  # the day itself: on neither side
        crime("D", "A", 99),
        crime("E", "A", 0),
    )
    assert (one["advised_on"], one["advice_days"]) == (told, 100)
    assert (one["before_advice"], one["after_advice"]) == (1, 2)


def test_advice_of_long_ago_is_not_followed() -> None:
    (one,) = listed(
        crime("A", "A", 800, advised_on=LAST - timedelta(790)), crime("B", "A", 5), crime("C", "A", 3)
    )
    assert (one["advised_on"], one["before_advice"]) == (None, None)


def test_each_force_ranks_its_own() -> None:
    rows = listed(
        *(crime(ref, "A", 5) for ref in "ABC"),
        *(crime(ref, "D", 5, force="essex") for ref in "DE"),
        *(crime(ref, "F", 5) for ref in "FG"),
    )
    told = [(row["premises_id"], row["force"], row["rank"]) for row in rows]
    assert told == [
        ("A", "kent", 1),
        ("D", "essex", 1),
        ("F", "kent", 2),
    ]


def test_staff_hurt_twice_are_listed_and_those_known_not_to_be_at_work_are_not() -> None:
    crimes = frame(
        crime("A", "A", 100, on_staff="yes", trigger="theft", kind="violence"),
        crime("B", "A", 60, on_staff="not_recorded", trigger="not_recorded", kind="violence"),
        crime("C", "C", 50, on_staff="no", trigger="other", kind="violence"),
        crime("D", "C", 10),
    )
    victims = pl.DataFrame(
        [("A", "P1"), ("B", "P1"), ("A", "P2"), ("C", "P2"), ("A", "P3"), ("D", "P3"), ("A", "P3")],
        schema=["crime_ref", "person_id"],
        orient="row",
    )
    (one,) = staff_hurt_again(crimes, victims).to_dicts()
    assert one["person_id"] == "P1"
    assert (one["crimes"], one["on_staff"], one["unclear"], one["gap_days"]) == (2, 1, 1, 40.0)
    assert json.loads(one["crime_refs"]) == ["A", "B"]
