"""What a refresh makes anew, and what it leaves alone."""

from __future__ import annotations

import time
from datetime import date, datetime

import polars as pl
import pytest
from small_force import CRIME_HEADINGS, crimes, write

from fourfold.home import DataProblemError, Home
from fourfold.lake import Lake
from fourfold.pipeline import refresh as module
from fourfold.pipeline.derived_stages import STAGES
from fourfold.pipeline.intake import take_in
from fourfold.pipeline.opening import open_figures
from fourfold.pipeline.refresh import refresh, stale_stages
from fourfold.pipeline.standing import FIGURE_COLUMNS, SERIES_SCHEMA

EVERY_STAGE = [stage.title for stage in STAGES]
SETTLED = {stage.table for stage in STAGES if stage.settles}
"""What mostly comes out as it stood: a crime that names nobody makes no new pair of people."""


def follows(table: str, but: frozenset[str] | set[str] = frozenset()) -> list[str]:
    """The stages that read a table, or what is made anew of it; nothing follows from the tables `but`."""
    anew, titles = {table}, []
    for stage in STAGES:
        if anew & set(stage.reads):
            titles.append(stage.title)
            anew |= {stage.table} - set(but)
    return titles


def ran(home: Home) -> list[str]:
    return [result.title for result in refresh(home) if result.ran]


def test_an_empty_home_says_what_to_do(home):
    with pytest.raises(DataProblemError, match="Nothing is loaded"):
        refresh(home)


def test_a_second_refresh_finds_nothing_new_and_makes_no_manifest(loaded):
    assert stale_stages(loaded) == EVERY_STAGE
    assert ran(loaded) == EVERY_STAGE
    stands = Lake(loaded.lake).current()
    assert stale_stages(loaded) == []
    assert ran(loaded) == []
    assert Lake(loaded.lake).current() == stands


def test_a_load_that_brings_something_new_makes_the_stages_run(loaded, tmp_path):
    refresh(loaded)
    more = write(tmp_path / "april.csv", CRIME_HEADINGS, crimes(4, (date(2021, 4, 1),)))
    take_in(loaded, [more])
    assert stale_stages(loaded) == follows("crime")
    assert ran(loaded) == follows("crime", SETTLED)
    assert follows("crime", SETTLED) != follows("crime")
    series = Lake(loaded.lake).scan("monthly_series").collect()
    whole = series.filter(pl.col("measure") == "crime.burglary", pl.col("dimension").is_null())
    assert dict(whole.select("month", "count").iter_rows())[date(2021, 4, 1)] == 4


def test_a_table_that_was_never_there_before_makes_the_stages_run(loaded, tmp_path):
    refresh(loaded)
    people = [{"Crime number": "K/01/0001", "Person ref": "P1", "Role": "Victim"}]
    take_in(loaded, [write(tmp_path / "people.csv", list(people[0]), people)])
    assert "person_role" in Lake(loaded.lake).current().tables
    assert stale_stages(loaded) == follows("person_role")


def test_a_file_read_before_changes_nothing(loaded, loaded_once):
    refresh(loaded)
    take_in(loaded, [loaded_once.parent / "received"])
    assert ran(loaded) == []


@pytest.mark.parametrize("key", ["policy", "in_force", "vocabulary", "code", "month", "crime"])
def test_whatever_a_stage_rests_on_makes_it_run(loaded, monkeypatch, key):
    refresh(loaded)
    real = module.inputs_of

    def changed(stage: module.Stage, opened: module.Opened) -> dict[str, str]:
        found = real(stage, opened)
        if key == "crime" and key not in stage.reads:
            return found
        assert found[key], f"a refresh does not look at {key}"
        return {**found, key: "other"}

    monkeypatch.setattr(module, "inputs_of", changed)
    assert stale_stages(loaded) == (follows("crime") if key == "crime" else EVERY_STAGE)
    assert ran(loaded) == (follows("crime", SETTLED) if key == "crime" else EVERY_STAGE)


def test_a_dated_policy_value_that_comes_into_force_is_noticed(loaded):
    before, after = (
        module.in_force(open_figures(loaded, day)) for day in (date(2022, 12, 31), date(2023, 6, 1))
    )
    same = module.in_force(open_figures(loaded, date(2023, 6, 1)))
    assert before != after == same


def test_a_refresh_that_is_interrupted_leaves_the_old_results(loaded, monkeypatch, tmp_path):
    refresh(loaded)
    before = Lake(loaded.lake).current()
    figures = Lake(loaded.lake).scan("figure").collect()
    take_in(loaded, [write(tmp_path / "more.csv", CRIME_HEADINGS, crimes(3, (date(2021, 4, 1),)))])

    def stopped(_: module.Opened) -> None:
        raise KeyboardInterrupt

    series, standing = (stage for stage in STAGES if stage.table in ("monthly_series", "figure"))
    broken = module.Stage(standing.table, standing.title, standing.reads, stopped)
    with monkeypatch.context() as patched:
        patched.setattr(module, "STAGES", (series, broken))
        with pytest.raises(KeyboardInterrupt):
            refresh(loaded)
    after = Lake(loaded.lake).current()
    assert after.number == before.number + 1, "only the intake may have made a manifest"
    assert after.derived == before.derived
    assert Lake(loaded.lake).scan("figure").collect().equals(figures)
    assert Lake(loaded.lake).scan("monthly_series").collect()["month"].max() == date(2021, 3, 1)
    assert ran(loaded) == follows("crime", SETTLED)


def test_result_tables_have_the_declared_columns(loaded):
    refresh(loaded)
    lake = Lake(loaded.lake)
    assert dict(lake.scan("monthly_series").collect_schema()) == SERIES_SCHEMA
    assert tuple(lake.scan("figure").collect_schema()) == FIGURE_COLUMNS


def test_the_monthly_series_counts_what_was_loaded(loaded):
    refresh(loaded)
    series = Lake(loaded.lake).scan("monthly_series").collect().filter(measure="crime.burglary", force="kent")
    whole = series.filter(pl.col("dimension").is_null())["count"].to_list()
    thanet = series.filter(dimension="district", value="Thanet")["count"].to_list()
    assert whole == [10, 10, 10]
    assert thanet == [2, 2, 2]


def test_progress_names_each_stage_and_a_result_says_how_long_it_took(loaded):
    said: list[str] = []
    began = time.monotonic()
    results = refresh(loaded, said.append)
    assert said == EVERY_STAGE
    assert 0 < sum(result.seconds for result in results) < time.monotonic() - began + 1
    assert isinstance(Lake(loaded.lake).current().made, datetime)
