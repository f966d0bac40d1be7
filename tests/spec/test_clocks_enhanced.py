"""Enhanced rights found, lost and found again while a clock runs.

A suspect is arrested on Monday 7 June 2021: five working days end on Monday 14 June, one on Tuesday 8 June.
Found midway, one working day counts from the day of finding; the later of two last days is never taken.
Source: policy/enhanced_rights.yaml (when_found_midway).
"""

from __future__ import annotations

from datetime import date

import pytest

from clock_records import clock, clocks, event, victim

ARREST = event("2021-06-07 09:00", "arrested", id="S")


def found(at: str, ref: str | None = "V1") -> dict:
    return event(at, "enhanced_found", victim_ref=ref)


def lost(at: str) -> dict:
    return event(at, "enhanced_lost", victim_ref="V1")


#   what happened to enhanced rights, last day, whether they set it
CHANGES = {
    "never found": ([], "2021-06-14", False),
    "found long before": ([found("2021-05-01")], "2021-06-08", True),
    "found on the day itself, after the arrest": ([found("2021-06-07 20:00")], "2021-06-08", True),
    "found on Wednesday": ([found("2021-06-09")], "2021-06-10", True),
    "found on Friday: one working day on is Monday, the standard day": (
        [found("2021-06-11")],
        "2021-06-14",
        True,
    ),
    "found on the last standard day: the standard day stands": ([found("2021-06-14")], "2021-06-14", False),
    "found after it": ([found("2021-06-16")], "2021-06-14", False),
    "lost before the arrest": ([found("2021-05-01"), lost("2021-06-01")], "2021-06-14", False),
    "lost on the day of the arrest, before tomorrow's end": (
        [found("2021-05-01"), lost("2021-06-07 15:00")],
        "2021-06-14",
        False,
    ),
    "lost after one working day had ended": ([found("2021-05-01"), lost("2021-06-09")], "2021-06-08", True),
    "lost and found again": (
        [found("2021-05-01"), lost("2021-06-07 15:00"), found("2021-06-09")],
        "2021-06-10",
        True,
    ),
    "found twice, lost later": (
        [found("2021-05-01"), found("2021-06-09"), lost("2021-06-20")],
        "2021-06-08",
        True,
    ),
    "lost without having been found: held until then": ([lost("2021-06-20")], "2021-06-08", True),
    "found for nobody by name: held by every victim": ([found("2021-06-09", None)], "2021-06-10", True),
}


@pytest.mark.parametrize("name", CHANGES)
def test_last_day(name):
    changes, last, is_enhanced = CHANGES[name]
    told = clock("R06-ARREST", ARREST, *changes)
    assert (told["due_on"], told["is_enhanced"]) == (date.fromisoformat(last), is_enhanced)
    assert told["due_standard_on"] == date(2021, 6, 14), "the standard day is kept as history"


def test_a_ground_on_the_record_holds_throughout_where_no_event_dates_it():
    ground = [victim(enhanced_ground="Hate crime")]
    assert clock("R06-ARREST", ARREST, people=ground)["due_on"] == date(2021, 6, 8)
    assert clock("R06-ARREST", ARREST, found("2021-06-09"), people=ground)["due_on"] == date(2021, 6, 10)


def test_a_victim_told_before_enhanced_rights_were_found_was_told_in_time():
    told = event("2021-06-08 10:00", "victim_updated", about_event_id="S", victim_ref="V1")
    after = clock("R06-ARREST", ARREST, told, found("2021-06-09"))
    assert after["state"] == "met_in_time"


def test_a_victim_told_after_the_shorter_day_was_told_late():
    told = event("2021-06-11 10:00", "victim_updated", about_event_id="S", victim_ref="V1")
    assert clock("R06-ARREST", ARREST, told)["state"] == "met_in_time"
    assert clock("R06-ARREST", ARREST, told, found("2021-06-09"))["state"] == "met_late"


def test_enhanced_rights_of_one_victim_are_not_those_of_another():
    people = [victim("V1"), victim("V2")]
    both = clocks(ARREST, found("2021-06-09"), people=people).filter(rule="R06-ARREST")
    assert dict(both.select("subject_ref", "due_on").iter_rows()) == {
        "V1": date(2021, 6, 10),
        "V2": date(2021, 6, 14),
    }


def test_old_age_gives_no_enhanced_rights():
    assert clock("R06-ARREST", ARREST, people=[victim(age=91)])["due_on"] == date(2021, 6, 14)
