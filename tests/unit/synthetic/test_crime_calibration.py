"""The crime extract at scale 1, read back from its files: the figures of the 2022 board paper, to the printed precision."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest

from fourfold.synthetic.crimes import write_crime_extract
from fourfold.synthetic.places import make_places
from fourfold.synthetic.streams import stream
from fourfold.vocabulary.offences import normalise_offence, offence_classes
from fourfold.vocabulary.outcomes import normalise_outcome

OLDER = {
    "CRN": "Crime number",
    "Recorded date": "Date recorded",
    "Modus operandi": "MO text",
    "OIC": "Officer",
}


@pytest.fixture(scope="module")
def force(tmp_path_factory):
    folder = tmp_path_factory.mktemp("one")
    write_crime_extract(folder / "received", folder / "truth", make_places(1.0, stream(1, "places")), 1.0, 1)
    return folder


def read_text(path: Path) -> pl.DataFrame:
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    return pl.read_csv(io.StringIO(text), infer_schema=False).rename(OLDER, strict=False)


def rows(force: Path, kind: str) -> pl.DataFrame:
    return pl.concat(
        [read_text(path) for path in sorted((force / "received" / "crime-extract").glob(f"{kind}-*.csv"))]
    )


def day(name: str) -> pl.Expr:
    cell = pl.col(name)
    return pl.coalesce(cell.str.to_date("%d/%m/%Y", strict=False), cell.str.to_date("%Y-%m-%d", strict=False))


@pytest.fixture(scope="module")
def crimes(force):
    bad = pl.read_csv(force / "truth" / "crime_bad_rows.csv")["ref"].implode()
    told = rows(force, "crimes").filter(~pl.col("Crime number").is_in(bad)).drop_nulls("Crime number")
    told = told.unique("Crime number", keep="last", maintain_order=True)
    codes = {raw: normalise_offence(raw) for raw in told["HO code"].unique()}
    groups = {
        row.code: (row.attributes["ho_group"], row.attributes["ho_subgroup"])
        for row in offence_classes().rows
    }
    return told.with_columns(
        code=pl.col("HO code").replace_strict(codes), on=day("Date recorded")
    ).with_columns(
        group=pl.col("code").replace_strict({code: pair[0] for code, pair in groups.items()}),
        subgroup=pl.col("code").replace_strict({code: pair[1] for code, pair in groups.items()}),
    )


def counted(crimes: pl.DataFrame, what: pl.Expr, first: date, last: date) -> int:
    standing = pl.col("Date cancelled").is_null()
    return crimes.filter(what & standing & pl.col("on").is_between(first, last)).height


BASELINE = (date(2019, 4, 1), date(2020, 3, 31))
IN_2020 = (date(2020, 1, 1), date(2020, 12, 31))
IN_2021 = (date(2021, 1, 1), date(2021, 12, 31))
CAR_THEFT = pl.col("subgroup") == "Theft of a motor vehicle"


@pytest.mark.parametrize(
    ("what", "printed"),
    [(pl.col("group") == "Burglary", -19), (pl.col("group") == "Robbery", -5), (CAR_THEFT, 24)],
    ids=["burglary", "robbery", "theft of motor vehicle"],
)
def test_change_on_the_year_before_covid_is_as_printed(crimes, what, printed):
    before, after = counted(crimes, what, *BASELINE), counted(crimes, what, *IN_2021)
    assert round(100 * (after / before - 1), 1) == printed


@pytest.mark.parametrize("from_vehicle", [False, True])
def test_neighbourhood_crime_rose_on_2020_under_either_definition(crimes, from_vehicle):
    what = pl.col("group").is_in(["Burglary", "Robbery"]) | pl.col("subgroup").is_in(
        ["Theft from the person", "Theft of a motor vehicle", *(["Theft from a vehicle"] * from_vehicle)]
    )
    assert counted(crimes, what, *IN_2021) > 1.05 * counted(crimes, what, *IN_2020)


def test_theft_from_vehicles_rose_too(crimes):
    what = pl.col("subgroup") == "Theft from a vehicle"
    assert counted(crimes, what, *IN_2021) > 1.1 * counted(crimes, what, *BASELINE)


def test_volumes_are_a_force_of_this_size_with_the_lockdown_in_it(force, crimes):
    assert 295_000 < crimes.height < 315_000
    assert 1_000_000 < rows(force, "case-events").height < 1_200_000
    everything = pl.lit(True)
    april = counted(crimes, everything, date(2020, 4, 1), date(2020, 4, 30))
    assert april < 0.8 * counted(crimes, everything, date(2019, 4, 1), date(2019, 4, 30))
    week = [counted(crimes, everything, date(2020, 3, d), date(2020, 3, d + 6)) for d in (9, 24)]
    assert week[1] < 0.8 * week[0]


def test_operation_cantil_arrests_and_recoveries_are_as_printed(force, crimes):
    events = rows(force, "case-events").filter(pl.col("Event type").is_in(["arrested", "Arrested"]))
    arrests = events.filter(pl.col("Operation") == "Cantil").unique("Event ID")
    arrests = arrests.filter(~pl.col("Event ID").str.starts_with("X"))
    assert arrests.height == arrests["Suspect ref"].n_unique() == 2636
    at = arrests.select(pl.coalesce(day_of("%d/%m/%Y %H:%M"), day_of("%Y-%m-%d %H:%M"))).to_series()
    assert at.null_count() == 0
    assert at.min().date() >= date(2018, 9, 1)
    assert at.max().date() <= date(2021, 12, 31)
    cars = crimes.filter((pl.col("group") == "Burglary") | CAR_THEFT)
    assert arrests.join(cars, on="Crime number", how="semi").height == 785
    items = rows(force, "property").filter(~pl.col("Crime number").str.starts_with("X"))
    found = items.filter((pl.col("Operation") == "Cantil") & (pl.col("Property status") == "recovered"))
    assert found.height == 1096
    assert found["Property kind"].unique().to_list() == ["Car"]


def day_of(form: str) -> pl.Expr:
    return pl.col("Happened at").str.to_datetime(form, strict=False)


def test_crime_free_resolved_as_many_homes_as_printed_and_other_offences_too(force, crimes):
    outcomes = rows(force, "outcomes").filter(~pl.col("Subject ref").str.starts_with("X"))
    codes = {raw: normalise_outcome(raw) for raw in outcomes["Outcome code"].drop_nulls().unique()}
    admitted = outcomes.filter(pl.col("Outcome code").replace_strict(codes) == "4")
    homes = crimes.filter(pl.col("subgroup") == "Residential burglary").select(
        pl.col("Crime number").alias("Subject ref")
    )
    resolved = admitted.filter(pl.col("Programme") == "Crime Free")
    assert resolved.join(homes, on="Subject ref", how="semi")["Subject ref"].n_unique() == 950
    assert resolved.join(homes, on="Subject ref", how="anti").height == 430
    assert admitted.filter(pl.col("Programme").is_null()).height > 0


def test_shop_workers_are_hidden_by_blank_fields(force, crimes):
    truth = pl.read_csv(force / "truth" / "shop_workers.csv")
    workers = truth.filter("is_shop_worker").join(crimes, left_on="crime_ref", right_on="Crime number")
    for year in (2018, 2019, 2020, 2021):
        assert 800 < workers.filter(pl.col("on").dt.year() == year).height < 1000
    assert workers.filter(pl.col("trigger") == "covid")["on"].min() >= date(2020, 3, 1)
    assert set(workers["trigger"]) == {"theft", "covid", "age"}
    for name in ("Business related", "Premises type", "Victim at work"):
        assert workers[name].null_count() / workers.height == pytest.approx(0.70, abs=0.03)
    persons = rows(force, "persons").filter(pl.col("Role") == "Victim").unique("Crime number")
    victims = workers.join(persons, left_on="crime_ref", right_on="Crime number")
    assert victims["Occupation"].null_count() / victims.height == pytest.approx(0.70, abs=0.03)


@pytest.mark.parametrize("name", ["MO entry", "MO method", "Premises type", "Business related", "Domestic"])
def test_optional_fields_are_told_less_since_the_new_system(crimes, name):
    old = crimes.filter(
        (pl.col("on") < date(2021, 4, 1)) & pl.col("on").is_between(date(2020, 4, 1), date(2021, 3, 31))
    )
    new = crimes.filter(pl.col("on") >= date(2021, 4, 1))
    if name == "MO entry":
        old, new = (frame.filter(pl.col("code") == "28E") for frame in (old, new))
    told = [frame[name].is_not_null().mean() for frame in (old, new)]
    assert told[1] < told[0] - 0.08


def test_converters_rise_in_one_unit_at_the_end(force, crimes):
    moved = pl.read_csv(force / "truth" / "emerging_rises.csv").filter(pl.col("rise") == 1)
    there = crimes.filter((pl.col("code") == "45") & (pl.col("NPU") == "Tarrowby"))
    quarter = [
        there.filter(pl.col("on").is_between(date(y, 10, 1), date(y, 12, 31))).height for y in (2019, 2021)
    ]
    assert quarter[1] > 1.8 * quarter[0]
    assert moved.join(crimes, left_on="crime_ref", right_on="Crime number")["NPU"].unique().to_list() == [
        "Tarrowby"
    ]


def test_the_targets_told_in_the_truth_are_what_the_files_hold(force, crimes):
    told = json.loads((force / "truth" / "crime_calibration.json").read_text(encoding="utf-8"))
    assert told["burglary, April 2019 to March 2020"] == counted(
        crimes, pl.col("group") == "Burglary", *BASELINE
    )
    assert told["robbery, calendar 2020"] == counted(crimes, pl.col("group") == "Robbery", *IN_2020)
    assert told["theft of motor vehicle, calendar 2021"] == counted(crimes, CAR_THEFT, *IN_2021)
    assert told["Cantil, arrested"] == 2636
