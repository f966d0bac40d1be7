"""Compliance from clocks: recorded, strict and best case, and where recording would help most."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from clock_records import clocks as judged
from clock_records import event
from fourfold.measures.victims_code import change_on_bounds, compliance, narrows_most, with_month
from fourfold.rules.clock_gaps import duties_only
from fourfold.rules.rulebook import rulebook


def clocks(**states: int) -> pl.DataFrame:
    """So many clocks of each state, of one duty, due in June 2021."""
    told = [state for state, count in states.items() for _ in range(count)]
    return pl.DataFrame({"state": told}, schema={"state": pl.String}).with_columns(
        rule=pl.lit("R06-ARREST"),
        force=pl.lit("aldermere"),
        due_on=pl.lit(date(2021, 6, 14)),
        started_on=pl.lit(date(2021, 5, 31)),
    )


TOLD = {"met_in_time": 50, "met_late": 10, "not_met": 15, "not_recorded": 25}


def test_bounds_and_shares():
    (row,) = compliance(clocks(**TOLD, running=40, not_applicable=7, not_set=3)).to_dicts()
    assert row["judged"] == 100
    assert row["recorded_percent"] == pytest.approx(100 * 50 / 75)
    assert (row["strict_percent"], row["best_percent"]) == (50.0, 75.0)
    assert (row["not_recorded_percent"], row["width_points"]) == (25.0, 25.0)
    assert (row["running"], row["not_applicable"], row["not_set"]) == (40, 7, 3)


def test_running_not_applicable_and_not_set_change_no_share():
    with_them = compliance(clocks(**TOLD, running=400, not_set=99)).select("strict_percent", "best_percent")
    assert with_them.rows() == compliance(clocks(**TOLD)).select("strict_percent", "best_percent").rows()


def test_nothing_judged_gives_no_share():
    (row,) = compliance(clocks(running=4)).to_dicts()
    assert (row["judged"], row["strict_percent"], row["recorded_percent"]) == (0, None, None)
    (row,) = compliance(clocks(not_recorded=4)).to_dicts()
    assert (row["strict_percent"], row["recorded_percent"], row["best_percent"]) == (0.0, None, 100.0)


def test_the_month_is_that_of_the_last_day_or_of_the_start_where_there_is_no_limit():
    told = clocks(met_in_time=1)
    assert with_month(told)["month"].to_list() == [date(2021, 6, 1)]
    assert with_month(told.with_columns(due_on=pl.lit(None, pl.Date)))["month"].to_list() == [
        date(2021, 5, 1)
    ]


def test_where_recording_narrows_the_bounds_most():
    other = clocks(met_in_time=80, not_recorded=20).with_columns(rule=pl.lit("WMP-2"))
    found = narrows_most(pl.concat([clocks(**TOLD), other]))
    assert found.rows() == [("R06-ARREST", 25, 12.5), ("WMP-2", 20, 10.0)]


@pytest.mark.parametrize(
    ("later", "change"),
    [
        ({"met_in_time": 80, "not_met": 10, "not_recorded": 10}, "rose"),  # 80 to 90 % after 50 to 75 %
        ({"met_in_time": 70, "not_met": 10, "not_recorded": 20}, "cannot_tell"),
        ({"met_in_time": 20, "not_met": 60, "not_recorded": 20}, "fell"),
    ],
)
def test_two_periods_are_compared_on_their_bounds(later, change):
    found = change_on_bounds(compliance(clocks(**TOLD)), compliance(clocks(**later)))
    assert found["change"].to_list() == [change]


def test_a_time_in_which_the_victim_may_act_is_no_duty_to_count():
    told = [
        event("2021-06-07", "not_charged", id="N"),
        event("2021-06-08", "victim_updated", about_event_id="N", victim_ref="V1"),
        event("2021-06-09", "review_requested", victim_ref="V1", about_event_id="N"),
    ]
    book = rulebook()
    found = judged(*told, book=book)
    windows = {"R06-VRR-REQ", "R06-CPSVRR"}
    assert windows <= set(found["rule"])
    assert set(duties_only(found, book)["rule"]) == set(found["rule"]) - windows
