"""The clocks find what the made-up force planted: every duty in time, late, missed, not recorded, running, not owed."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.clocks import clocks, clocks_of_case
from fourfold.pipeline.opening import open_figures
from fourfold.records.derived import Clock

PLANTED = {
    "in_time": "met_in_time",
    "late": "met_late",
    "missed": "not_met",
    "unrecorded": "not_recorded",
    "running": "running",
    "not_applicable": "not_applicable",
}
TODAY = date(2022, 1, 5)
KEY = ["case_ref", "subject_ref", "rule", "start_event_id"]
NOT_PLANTED = {
    "R04-NEEDS",
    "R06-VRR-REQ",
    "R06-CPSVRR",
    "R08-FIRSTHEAR",
    "R08-HEARING",
    "R09-OUTCOME",
    "WMP-5",
}
"""Duties to victims of which the truth says nothing; statements are planted for victims of violence alone."""


@pytest.fixture(scope="module")
def found(small_force: Path) -> pl.DataFrame:
    return clocks(open_figures(Home(small_force), TODAY))


@pytest.fixture(scope="module")
def truth(small_force: Path) -> pl.DataFrame:
    told = pl.read_csv(small_force.parent / "files" / "truth" / "duties.csv", try_parse_dates=True)
    return told.rename(
        {"crime_ref": "case_ref", "victim_ref": "subject_ref", "start_event": "start_event_id"}
    )


def test_every_planted_duty_is_found_in_its_state_with_its_last_day(found, truth):
    both = truth.join(found, on=KEY, how="left", suffix="_found")
    wrong = both.filter(
        pl.col("state").replace_strict(PLANTED).ne_missing(pl.col("state_found"))
        | pl.col("due_on").ne_missing(pl.col("due_on_found"))
    )
    assert wrong.height == 0
    assert truth.height > 10_000
    assert set(truth["state"]) == set(PLANTED)


def test_no_duty_is_found_that_was_not_planted(found, truth):
    planted = set(truth["rule"])
    more = found.filter(pl.col("rule").is_in(planted)).join(truth, on=KEY, how="anti")
    owed = more.filter(pl.col("state") != "not_applicable")
    # Statements were offered to, or kept from, victims of violence; for the others nobody wrote anything.
    assert set(owed["rule"]) == {"R07-VPS"}
    assert set(owed["state"]) <= {"not_recorded", "running", "not_met"}
    assert owed.filter(pl.col("state") == "not_met")["reason"].unique().to_list() == ["log_complete"]
    of_victims = found.filter(pl.col("subject") == "victim")
    assert set(of_victims["rule"]) - planted == NOT_PLANTED | {"CONTACT-PLAN"}


def test_monthly_returns_are_owed_for_every_whole_month_of_reports(found):
    returns = found.filter(rule="RETURN-MONTHLY")
    assert returns["case_ref"].n_unique() == returns.height == 24
    assert set(returns["state"]) == {"not_recorded", "running"}


def test_the_table_has_its_shape_and_survives_the_lake(found, small_force, tmp_path):
    assert Clock.validate(found).height == found.height
    with Lake(tmp_path / "lake").load("test") as load:
        load.replace_all(Clock.table, found)
    back = Lake(tmp_path / "lake").scan(Clock.table).collect()
    assert back.select(found.columns).equals(found)


def test_one_crime_is_worked_out_alone_as_with_all_others(small_force, found):
    busiest = found.group_by("case_ref").len().sort("len", "case_ref", descending=True)["case_ref"].head(3)
    for crime in busiest:
        alone = clocks_of_case(Home(small_force), crime, TODAY)
        assert alone.equals(found.filter(pl.col("case_ref") == crime))
