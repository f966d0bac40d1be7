"""Edges of clocks: reopened cases, events out of order, corrections, summer time, bank holidays, the end of their list."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from clock_records import clock, clocks, crime, event, state
from fourfold.home import WrongUseError
from fourfold.rules.duties import duties

RECORDED = event("2021-06-07 09:00", "crime_recorded")
ARREST = event("2021-06-07 09:00", "arrested", id="S")


def own_policy(folder: Path, text: str, file: str = "victims_code") -> Path:
    (folder / f"{file}.yaml").write_text(text, encoding="utf-8")
    return folder


def test_a_reopened_case_is_judged_when_it_ends_again():
    filed, reopened = event("2021-07-01", "filed"), event("2021-08-02", "reopened")
    assert state("R03-ACK", RECORDED, filed, crimes=[crime(status="filed")]) == "not_recorded"
    assert state("R03-ACK", RECORDED, filed, reopened) == "running"
    # The crime's status may lag behind the log: what the log says last goes first.
    assert state("R03-ACK", RECORDED, filed, reopened, crimes=[crime(status="filed")]) == "running"
    again = event("2021-09-01", "filed")
    assert (
        state("R03-ACK", RECORDED, filed, reopened, again, crimes=[crime(status="filed")]) == "not_recorded"
    )


def test_a_log_vouched_before_a_reopened_case_ended_again_proves_nothing():
    told = [RECORDED, event("2021-07-01", "filed"), event("2021-07-10", "log_complete_to")]
    closed = [crime(status="filed")]
    assert state("R03-ACK", *told, crimes=closed) == "not_met"
    again = [event("2021-08-02", "reopened"), event("2021-09-01", "filed")]
    assert state("R03-ACK", *told, *again, crimes=closed) == "not_recorded"


def test_a_case_that_ended_on_no_known_day_has_ended_and_no_vouched_log_can_lie_beyond_it():
    vouched = event("2021-07-10", "log_complete_to")
    assert state("R03-ACK", RECORDED, vouched, crimes=[crime(status="finalised")]) == "not_recorded"


def test_what_is_written_down_after_the_case_closed_counts_by_its_own_day():
    late_entry = event(
        "2021-06-10 10:00",
        "victim_updated",
        recorded="2021-11-01 10:00",
        about_event_id="S",
        victim_ref="V1",
    )
    told = [ARREST, event("2021-09-01", "filed"), event("2021-09-10", "log_complete_to")]
    assert state("R06-ARREST", *told, crimes=[crime(status="filed")]) == "not_met"
    assert state("R06-ARREST", *told, late_entry, crimes=[crime(status="filed")]) == "met_in_time"


def test_an_event_cannot_have_happened_after_it_was_written_down():
    slip = event("2031-06-07 09:00", "arrested", recorded="2021-06-07 10:00")
    assert clock("R06-ARREST", slip)["started_on"] == date(2021, 6, 7)


def test_an_event_without_its_moment_counts_from_when_it_was_known_or_written_down():
    undated = event(None, "arrested", recorded="2021-06-08 10:00", id="S")
    assert clock("R06-ARREST", undated)["started_on"] == date(2021, 6, 8)
    known = event(None, "arrested", known="2021-06-07 10:00", recorded="2021-06-09 10:00", id="S")
    assert clock("R06-ARREST", known)["started_on"] == date(2021, 6, 7)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2021-06-13 23:30", date(2021, 6, 13)),  # summer: 22:30 in UTC
        ("2021-06-14 00:30", date(2021, 6, 14)),  # summer: the day before in UTC
        ("2021-10-31 00:30", date(2021, 10, 31)),  # the night the clocks go back
        ("2022-03-27 03:00", date(2022, 3, 27)),  # the night they go forward
        ("2021-12-13 23:59", date(2021, 12, 13)),  # winter
    ],
)
def test_days_are_those_of_londons_clocks(moment, day):
    assert clock("R06-ARREST", event(moment, "arrested"))["started_on"] == day


def test_told_at_half_past_midnight_in_summer_is_told_on_the_next_day():
    def told(moment: str) -> str:
        return state(
            "R06-ARREST", ARREST, event(moment, "victim_updated", about_event_id="S", victim_ref="V1")
        )

    assert (told("2021-06-14 23:30"), told("2021-06-15 00:30")) == ("met_in_time", "met_late")


@pytest.mark.parametrize(
    ("arrested", "last"),
    [
        ("2022-05-27", "2022-06-07"),  # a Friday: spring holiday moved to Thursday 2 June, jubilee on the 3rd
        ("2022-09-16", "2022-09-26"),  # a Friday: the Queen's funeral on Monday 19 September
        ("2023-05-05", "2023-05-15"),  # a Friday: the coronation on Monday 8 May
        (
            "2021-12-24",
            "2022-01-05",
        ),  # Christmas Day and Boxing Day on a weekend, with two days in their place
        ("2024-03-28", "2024-04-08"),  # a Thursday: Good Friday and Easter Monday
    ],
)
def test_bank_holidays_are_no_working_days(arrested, last):
    told = clock("R06-ARREST", event(arrested, "arrested"), as_of="2025-01-01")
    assert told["due_on"] == date.fromisoformat(last)


def test_a_limit_that_changes_holds_for_what_started_from_its_day(tmp_path):
    own = own_policy(
        tmp_path,
        """
charging_decision_due_days:
  title: Days in which the prosecutor is to answer
  values:
    - {value: 28, from: 2021-01-01, to: 2021-06-30, source: made up, status: made up}
    - {value: 14, from: 2021-07-01, source: made up, status: made up}
""",
        "local_limits",
    )
    before, after = (
        clock("PCD-SLA", event(f"{day} 09:00", "pcd_submitted", suspect_ref="N1"), policy=own)
        for day in ("2021-06-30", "2021-07-01")
    )
    assert (before["due_on"], after["due_on"]) == (date(2021, 7, 28), date(2021, 7, 15))
    earlier = event("2020-12-31 09:00", "pcd_submitted", suspect_ref="N1")
    assert clock("PCD-SLA", earlier, policy=own)["state"] == "not_set"


PAUSED = """
PCD-SLA:
  title: Charging advice within the agreed time
  values:
    - from: 2021-01-01
      source: made up
      status: made up
      value:
        right: local
        kind: duty
        subject: suspect
        duty_holder: CPS
        applies_to: suspects
        starts_when: file submitted
        starts: [pcd_submitted]
        counted_from: happened_at
        satisfied_by: [pcd_returned]
        paused_by: [pcd_escalated]
        resumed_by: [suspect_interviewed]
        limit_standard: 10
        limit_enhanced: 10
        unit: working_day
"""


def test_a_pause_moves_the_last_day_by_the_working_days_it_took(tmp_path):
    own = own_policy(tmp_path, PAUSED, "local_duties")
    asked = event("2021-06-07 09:00", "pcd_submitted", suspect_ref="N1", id="S")
    halt, go = event("2021-06-09 09:00", "pcd_escalated"), event("2021-06-14 09:00", "suspect_interviewed")

    def told(*events: dict, **more) -> dict:
        return clock("PCD-SLA", asked, *events, policy=own, **more)

    assert told()["due_on"] == date(2021, 6, 21)
    # Thursday, Friday and Monday stood still.
    assert told(halt, go)["due_on"] == date(2021, 6, 24)
    assert told(halt)["reason"] == "stopped"
    late_halt = event("2021-06-30 09:00", "pcd_escalated")
    assert told(late_halt)["reason"] == "not_recorded"


def test_a_stated_extension_adds_its_days(tmp_path):
    shipped = next(duty for duty in duties() if duty.rule == "R06-VRR-DONE")
    own = own_policy(
        tmp_path,
        f"""
R06-VRR-DONE:
  title: Complete the review
  values:
    - from: 2021-01-01
      source: made up
      status: made up
      value:
        right: 6
        kind: duty
        duty_holder: police
        applies_to: VRR
        starts_when: request received
        starts: [review_requested]
        counted_from: happened_at
        satisfied_by: [review_completed]
        extended_by: [review_extended]
        extension: 5
        limit_standard: {shipped.limit_standard}
        limit_enhanced: {shipped.limit_enhanced}
        unit: working_day
""",
    )
    asked = event("2021-06-07 09:00", "review_requested", id="S", victim_ref="V1")
    longer = event("2021-07-12 09:00", "review_extended", about_event_id="S", victim_ref="V1")
    assert clock("R06-VRR-DONE", asked, longer, policy=own)["due_on"] == date(2021, 7, 26)


def test_a_duty_that_no_clock_can_follow_is_refused_in_words(tmp_path):
    own = own_policy(tmp_path, PAUSED.replace("unit: working_day", "unit: fortnight"), "local_duties")
    with pytest.raises(WrongUseError, match="PCD-SLA: the unit must be one of working_day"):
        duties(own)
    own_policy(tmp_path, PAUSED.replace("        resumed_by: [suspect_interviewed]\n", ""), "local_duties")
    with pytest.raises(WrongUseError, match="paused_by and resumed_by need each other"):
        duties(own)
    own_policy(tmp_path, PAUSED.replace("limit_standard: 10", "limit_standard: 0"), "local_duties")
    with pytest.raises(WrongUseError, match="the standard limit must be a whole number from 1, and is 0"):
        duties(own)


def test_many_cases_are_judged_in_parts_and_alike(monkeypatch):
    from fourfold.rules import clocks as module

    crimes = [crime(crime_ref=f"C{n}") for n in range(25)]
    people = [
        {"crime_ref": f"C{n}", "person_ref": f"V{n}", "role": "victim", "force": "aldermere"}
        for n in range(25)
    ]
    events = [event("2021-06-07 09:00", "arrested", crime=f"C{n}", id=f"S{n}") for n in range(25)]
    whole = clocks(*events, crimes=crimes, people=people)
    monkeypatch.setattr(module, "CASES_AT_A_TIME", 4)
    assert clocks(*events, crimes=crimes, people=people).equals(whole)
    assert whole.filter(pl.col("rule") == "R06-ARREST").height == 25
