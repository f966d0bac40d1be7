"""The crime extract, small: every file readable, every bad row and no other set aside, corrections last."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from crime_read_back import read_back

from fourfold.synthetic.crimes import write_crime_extract
from fourfold.synthetic.places import make_places
from fourfold.synthetic.programmes import write_programmes
from fourfold.synthetic.streams import stream

SCALE = 0.02


def write(folder: Path, seed: int) -> Path:
    places = make_places(SCALE, stream(seed, "places"))
    write_crime_extract(folder / "received", folder / "truth", places, SCALE, seed)
    write_programmes(folder / "received", folder / "truth", SCALE, seed)
    return folder


@pytest.fixture(scope="module")
def extract(tmp_path_factory):
    return write(tmp_path_factory.mktemp("extract"), 1)


@pytest.fixture(scope="module")
def intakes(extract):
    files = sorted((extract / "received").rglob("*.csv"))
    return {path.name: read_back(path) for path in files}


def of_kind(intakes, kind: str) -> pl.DataFrame:
    return pl.concat([one.accepted for name, one in intakes.items() if name.startswith(f"{kind}-20")])


def last_told(intakes) -> pl.DataFrame:
    return of_kind(intakes, "crimes").unique("crime_ref", keep="last", maintain_order=True)


def test_same_seed_same_bytes(extract, tmp_path):
    again = write(tmp_path, 1)
    for path in sorted(extract.rglob("*.*")):
        other = again / path.relative_to(extract)
        assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(other.read_bytes()).digest(), path


def test_six_files_a_quarter_from_november_2017_to_december_2021(intakes):
    kinds = ("crimes", "persons", "case-events", "suspects", "property", "outcomes")
    names = [f"{k}-{y}Q{q}.csv" for k in kinds for y in range(2017, 2022) for q in range(1, 5)]
    assert set(intakes) == {n for n in names if not n[:-6].endswith("-2017") or "Q4" in n} | {
        "programme-register.csv"
    }


def test_every_row_is_accepted_but_the_planted_bad_ones_each_for_its_rule(extract, intakes):
    truth = extract / "truth"
    planted = pl.concat(
        [pl.read_csv(truth / f"{n}_bad_rows.csv").select("file", "rule") for n in ("crime", "programme")]
    )
    found = pl.concat([one.quarantined.select("file", "rule") for one in intakes.values()])
    assert found.sort("file", "rule").rows() == planted.sort("file", "rule").rows()
    assert planted.height >= 100


def test_every_code_event_and_outcome_is_known(intakes):
    assert last_told(intakes)["ho_code"].null_count() == 0
    assert of_kind(intakes, "case-events")["event_type"].null_count() == 0
    assert of_kind(intakes, "outcomes")["outcome_type"].null_count() == 0
    raw = last_told(intakes)
    assert 0.02 < (raw["ho_code_raw"] != raw["ho_code"]).mean() < 0.10


def test_the_last_file_puts_earlier_crimes_right(extract, intakes):
    right = pl.read_csv(extract / "truth" / "crime_corrections.csv", try_parse_dates=True)
    assert right.height > 10
    told = of_kind(intakes, "crimes").join(right, on="crime_ref", suffix="_right")
    first = told.unique("crime_ref", keep="first", maintain_order=True)
    last = told.unique("crime_ref", keep="last", maintain_order=True)
    assert first["status"].unique().to_list() == ["open"]
    assert (last["status"] == last["status_right"]).all()
    assert last["cancelled_on"].equals(last["cancelled_on_right"])
    assert last.filter(pl.col("status") == "cancelled").height > 0


def test_rows_sent_again_are_the_same(extract, intakes):
    again = pl.read_csv(extract / "truth" / "crime_resent.csv")
    rows = of_kind(intakes, "case-events").drop("batch_id", "file_row", "told_at")
    rows = rows.filter(pl.col("event_id").is_in(again["ref"].implode()))
    assert rows.height == 2 * rows["event_id"].n_unique() == 2 * rows.unique().height > 0


def test_nothing_is_dated_after_the_end_or_refers_to_what_is_not_there(intakes):
    crimes, events = last_told(intakes), of_kind(intakes, "case-events").unique("event_id")
    assert crimes["recorded_on"].max() == date(2021, 12, 31)
    assert events["recorded_at"].dt.date().max() <= date(2021, 12, 31)
    assert (events["happened_at"] <= events["recorded_at"]).all()
    refs = crimes["crime_ref"].implode()
    for kind, column in (
        ("persons", "crime_ref"),
        ("suspects", "crime_ref"),
        ("property", "crime_ref"),
        ("outcomes", "subject_ref"),
    ):
        assert of_kind(intakes, kind)[column].is_in(refs).all(), kind
    assert events["crime_ref"].is_in(refs).all()
    tied = events["about_event_id"].drop_nulls()
    assert tied.is_in(events["event_id"].implode()).all()
    people = of_kind(intakes, "persons").select("crime_ref", who="person_ref")
    named = events.drop_nulls("victim_ref").select("crime_ref", who="victim_ref")
    assert named.join(people, on=["crime_ref", "who"], how="anti").is_empty()


def test_crime_times_are_in_order(intakes):
    crimes = last_told(intakes).drop_nulls("occurred_to")
    assert (crimes["occurred_to"] <= crimes["reported_at"]).all()
    assert (
        crimes["reported_at"].dt.convert_time_zone("Europe/London").dt.date() <= crimes["recorded_on"]
    ).all()


def test_people_are_known_by_the_truth_and_some_are_victims_more_than_once(extract):
    people = pl.read_csv(extract / "truth" / "crime_people.csv").drop_nulls("true_person_id")
    refs = people.group_by("true_person_id").agg(refs=pl.col("person_ref").n_unique())
    assert people.group_by("person_ref").agg(pl.col("true_person_id").n_unique())["true_person_id"].max() == 1
    assert (refs["refs"] > 1).any()
    victims = people.filter(pl.col("role") == "victim")
    assert victims["true_person_id"].n_unique() < victims.height


def test_near_repeats_lie_within_200_metres_and_a_week(extract):
    pairs = pl.read_csv(extract / "truth" / "near_repeats.csv")
    assert pairs.height > 20
    assert pairs["metres"].max() <= 200
    assert pairs["days"].is_between(0, 7).all()
    assert pairs["earlier_ref"].is_in(pairs["crime_ref"].implode()).sum() == 0


def test_a_series_keeps_its_class_its_ground_and_mostly_its_method(extract, intakes):
    series = pl.read_csv(extract / "truth" / "series.csv").join(last_told(intakes), on="crime_ref")
    by_series = series.group_by("series_id").agg(
        codes=pl.col("ho_code").n_unique(),
        spread=(pl.col("easting").std() ** 2 + pl.col("northing").std() ** 2).sqrt(),
        days=(pl.col("recorded_on").max() - pl.col("recorded_on").min()).dt.total_days(),
    )
    method = (
        series.drop_nulls("mo_method")
        .group_by("series_id")
        .agg(usual=pl.col("mo_method").unique_counts().max() / pl.len())
    )
    assert method["usual"].mean() > 0.7
    assert by_series["codes"].max() == 1
    assert by_series["spread"].max() < 3000
    assert by_series["days"].max() <= 40


def test_recruits_of_a_group_begin_with_their_recruiter(extract):
    groups = pl.read_csv(extract / "truth" / "co_offending_groups.csv")
    recruits = groups.filter(pl.col("part") == "recruit")
    with_recruiter = groups.filter(pl.col("part") == "recruiter").select(
        "crime_ref", recruiter="true_person_id"
    )
    first = recruits.sort("crime_ref").unique("true_person_id", keep="first", maintain_order=True)
    # A first offence for which the month had no free crime of its class is left out: at this scale some are.
    assert first.join(with_recruiter, on="crime_ref", how="semi").height >= 0.6 * first.height > 0
