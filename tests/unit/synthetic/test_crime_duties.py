"""Duties to victims: the planted states, worked out again from the files in plain Python with the limits of policy."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import polars as pl
import pytest
from crime_read_back import read_back

from fourfold import policy
from fourfold.synthetic.crimes import write_crime_extract
from fourfold.synthetic.duties import working_days_after
from fourfold.synthetic.places import make_places
from fourfold.synthetic.streams import stream
from fourfold.vocabulary.bank_holidays import bank_holidays

LAST = date(2021, 12, 31)
LONDON = ZoneInfo("Europe/London")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("duties")
    write_crime_extract(
        folder / "received", folder / "truth", make_places(0.01, stream(3, "places")), 0.01, 3
    )
    return folder


def rows(folder: Path, kind: str) -> pl.DataFrame:
    files = sorted((folder / "received" / "crime-extract").glob(f"{kind}-*.csv"))
    return pl.concat([read_back(path).accepted for path in files])


@pytest.fixture(scope="module")
def made(folder):
    truth = pl.read_csv(folder / "truth" / "duties.csv", try_parse_dates=True)
    return truth, rows(folder, "case-events").unique("event_id")


@pytest.fixture(scope="module")
def cases(folder):
    """Return the crimes still under way by the last file, and those of a business that names no contact."""
    status = dict(rows(folder, "crimes").select("crime_ref", "status").iter_rows())
    people = rows(folder, "persons")
    firms = people.filter((pl.col("role") == "victim") & pl.col("organisation_name").is_not_null())
    contacts = people.filter(pl.col("role") == "business_contact")
    under_way = {crime for crime, said in status.items() if said in ("open", "charged")}
    return under_way, set(firms["crime_ref"]) - set(contacts["crime_ref"])


def clock_day(moment: datetime) -> date:
    return moment.replace(tzinfo=UTC).astimezone(LONDON).date()


def due(rule: dict, start: date, enhanced: bool) -> date | None:
    days = rule["limit_enhanced" if enhanced else "limit_standard"]
    if days is None or rule["unit"] == "calendar_day":
        return None if days is None else start + timedelta(days=days)
    closed = {holiday for year in range(2017, 2024) for holiday in bank_holidays(year)}
    while days:
        start += timedelta(days=1)
        days -= start.weekday() < 5 and start not in closed
    return start


def state(row: dict, events: list[dict], cases: tuple[set[str], set[str]]) -> tuple[str, date | None]:
    rule = policy.value_on(f"victims_code.{row['rule']}", date(2022, 2, 1)).value
    start = next(e for e in events if e["event_id"] == row["start_event"])
    enhanced = any(e["event_type"] == "enhanced_found" for e in events)
    last = due(rule, clock_day(start["happened_at"]), enhanced)
    answers = [
        e
        for e in events
        if e["event_type"] in rule["satisfied_by"]
        and e["happened_at"] >= start["happened_at"]
        and e["about_event_id"] in (None, start["event_id"])
    ]
    done = [clock_day(e["happened_at"]) for e in answers if e["result"] == "done"]
    vouched = [clock_day(e["happened_at"]) for e in events if e["event_type"] == "log_complete_to"]
    under_way, not_owed = cases
    if row["crime_ref"] in not_owed:
        return "not_applicable", last
    if not done and last is None and row["crime_ref"] in under_way:
        return "running", None
    if done:
        return ("in_time" if last is None or min(done) <= last else "late"), last
    if any(e["result"] == "not_done" for e in answers) or (last and any(v > last for v in vouched)):
        return "missed", last
    return ("running" if last and last >= LAST else "unrecorded"), last


def test_planted_states_are_those_that_the_files_show(made, cases):
    truth, events = made
    by_crime = {key[0]: frame.to_dicts() for key, frame in events.group_by("crime_ref")}
    wrong = [
        row
        for row in truth.to_dicts()
        if state(row, by_crime[row["crime_ref"]], cases) != (row["state"], row["due_on"])
    ]
    assert wrong == []


def test_all_states_occur_and_no_rule_is_left_out(made):
    truth, _ = made
    assert set(truth["state"]) == {
        "in_time",
        "late",
        "missed",
        "unrecorded",
        "running",
        "not_applicable",
    }
    rules = Counter(truth["rule"])
    for rule in (
        "R03-ACK",
        "R04-REFER",
        "R06-ARREST",
        "R06-CHARGE",
        "R07-VPS",
        "WMP-1",
        "WMP-2",
        "WMP-3",
        "WMP-4",
    ):
        assert rules[rule] > 10, rule


@pytest.mark.parametrize(
    ("start", "days", "expected"),
    [
        (
            "2021-12-24",
            1,
            "2021-12-29",
        ),  # Friday before Christmas: two substitute holidays follow the weekend
        ("2021-12-25", 5, "2022-01-05"),  # a Saturday: day 1 is Wednesday 29 December, 3 January is a holiday
        ("2020-05-07", 2, "2020-05-12"),  # the bank holiday moved to Friday 8 May 2020
        ("2021-06-02", 5, "2021-06-09"),
    ],
)
def test_working_days_count_from_the_day_after(start, days, expected):
    assert working_days_after(np.array([start], "datetime64[D]"), np.array([days]))[0] == np.datetime64(
        expected
    )
