"""What the doctor finds in a home, and that it goes on after the first fault."""

from __future__ import annotations

import shutil
from datetime import date

import polars as pl
import pytest
from small_force import CRIME_HEADINGS, crimes, write

from fourfold.home import Home
from fourfold.lake import Lake
from fourfold.pipeline.doctor import Item, calendar_item, examine
from fourfold.pipeline.intake import take_in
from fourfold.pipeline.refresh import refresh

CITED = """
threshold_public:
  values:
    - value: 7
      from: 2018-01-01
      source: Kent Police publication scheme 2018
      status: local
"""


def of(home: Home, subject: str) -> list[Item]:
    return [item for item in examine(home) if item.subject.startswith(subject)]


def states(home: Home) -> set[str]:
    return {item.state for item in examine(home)}


def test_a_home_that_is_not_there_yet_is_no_fault(home):
    assert of(home, "home")[0].state == "note"
    assert of(home, "lake")[0].words == "nothing is loaded"
    assert "wrong" not in states(home)


def test_a_refreshed_home_has_nothing_wrong_and_nothing_stale(loaded):
    assert of(loaded, "refresh")[0].next_step == "Run `fourfold refresh`."
    refresh(loaded)
    assert of(loaded, "refresh") == []
    assert of(loaded, "quarantine") == []
    assert "wrong" not in states(loaded)


def test_a_refresh_that_new_policy_made_stale_is_found(loaded):
    refresh(loaded)
    write_policy(loaded, CITED)
    assert len(of(loaded, "refresh")) == 1


def write_policy(home: Home, text: str) -> None:
    home.prepare()
    (home.policy / "disclosure.yaml").write_text(text, encoding="utf-8")


def test_an_own_value_is_printed_with_what_it_replaces_since_when_and_on_whose_word(loaded):
    write_policy(loaded, CITED)
    words = of(loaded, "own policy value")[0].words
    assert words.startswith("disclosure.threshold_public: 5")
    assert "-> 7" in words
    assert "from 2018-01-01" in words
    assert "Kent Police publication scheme 2018" in words


@pytest.mark.parametrize("missing", ["from: 2018-01-01", "source: Kent Police publication scheme 2018"])
def test_an_undated_or_uncited_own_value_is_refused(loaded, missing):
    write_policy(loaded, CITED.replace(missing, "note: x"))
    found = of(loaded, "policy")
    assert [item.state for item in found] == ["wrong"]
    assert "disclosure.yaml" in found[0].words + found[0].next_step
    assert missing.partition(":")[0] in found[0].words + found[0].next_step
    assert of(loaded, "code lists"), "the doctor goes on after a fault"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('colour = "red"', "settings that do not exist: colour"),
        ("force = ", "cannot be read"),
        ('made_up = "yes"', "Write true or false"),
        ('force = "Kent Police"', 'Put force = "kent"'),
    ],
)
def test_a_faulty_setting_is_found_and_the_rest_still_said(loaded, text, words):
    loaded.settings_file.write_text(text, encoding="utf-8")
    found = [item for item in of(Home(loaded.path), "setting") if item.state == "wrong"]
    assert len(found) == 1
    assert words in found[0].words + " " + found[0].next_step
    assert of(Home(loaded.path), "lake")


def test_a_lost_table_and_a_lost_file_are_found(loaded):
    tables = loaded.lake / "tables"
    shutil.rmtree(tables / "fraud_report")
    next((tables / "crime").glob("*.parquet")).unlink()
    assert [item.state for item in of(loaded, "table fraud_report")] == ["wrong"]
    assert "1 of its files are gone" in of(loaded, "table crime")[0].words
    assert of(loaded, "code lists")


def test_a_damaged_lake_is_found(loaded):
    (loaded.lake / "manifests" / "CURRENT").write_text("")
    assert [item.state for item in of(loaded, "lake")] == ["wrong"]


def test_rows_in_quarantine_are_counted(loaded, tmp_path):
    faulty = crimes(3, **{"Date recorded": "32/13/2021"})
    take_in(loaded, [write(tmp_path / "faulty.csv", CRIME_HEADINGS, faulty)])
    assert of(loaded, "quarantine")[0].words == "9 rows wait for correction"


def test_a_faulty_code_list_is_found(loaded):
    loaded.prepare()
    (loaded.vocabulary / "nfib_kodes.csv").write_text("code,name\n", encoding="utf-8")
    assert [item.state for item in of(loaded, "code lists")] == ["wrong"]
    assert "Did you mean nfib_codes.csv?" in of(loaded, "code lists")[0].next_step


@pytest.mark.parametrize(
    ("today", "state"),
    [(date(2027, 6, 1), "good"), (date(2027, 12, 30), "good"), (date(2028, 2, 1), "note")],
)
def test_the_end_of_the_bank_holidays_is_said_a_year_ahead(home, today, state):
    told = calendar_item(home, today)
    assert (told.state, told.words) == (state, "known to 31 December 2028")
    assert "bank holidays of 2029" in told.next_step or state == "good"


def test_duties_that_reach_beyond_the_bank_holidays_are_counted(loaded):
    with Lake(loaded.lake).load("refresh") as load:
        clock = {"rule": "R06-ARREST", "reason": "no_calendar"}
        load.replace_all("clock", pl.DataFrame([clock, clock, {**clock, "reason": "running"}]))
    told = calendar_item(loaded, date(2027, 6, 1))
    assert told.state == "note"
    assert told.words == "known to 31 December 2028; 2 duties reach further and cannot be judged"


def test_bank_holidays_that_are_no_days_are_said(home):
    home.vocabulary.mkdir(parents=True)
    (home.vocabulary / "bank_holidays_ew.csv").write_text(
        "code,name,status,source\nNew Year,New Year,our choice,made up\n"
    )
    assert [item.state for item in of(home, "bank holidays")] == ["wrong"]


def test_a_linkage_model_of_made_up_people_is_said_where_the_data_are_a_forces_own(home):
    home.prepare()
    (item,) = of(home, "linkage model")
    assert (item.state, "made-up people" in item.words) == ("note", True)
    assert "fourfold link train" in item.next_step
    home.write_settings({**home.settings, "made_up": "true"})
    assert of(home, "linkage model")[0].state == "good"
    (home.policy / "linkage.yaml").write_text(
        "model:\n  values:\n    - {value: own-9, from: 2018-01-01, source: minutes of the linkage board}\n"
    )
    (item,) = of(home, "linkage model")
    assert (item.state, item.words) == ("wrong", "There is no linkage model own-9.")
