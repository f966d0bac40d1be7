"""Duties of the Victims' Code with their limits, as worked examples on a calendar that anybody can open.

June 2021: Monday 7, Tuesday 8 ... Monday 14, no bank holiday. Bank holidays met here: Monday 30 August,
Monday 27 and Tuesday 28 December 2021, Monday 3 January, Good Friday 15 and Monday 18 April 2022.
The day of the event is day 0. Source of each limit: policy/victims_code.yaml.
"""

from __future__ import annotations

from datetime import date

import pytest

from clock_records import clock, clocks, crime, event, victim

MENTAL = [victim(enhanced_ground="Vulnerable: mental disorder")]

#    rule, start, on, last day by the standard limit, with enhanced rights
LIMITS = [
    ("R06-ARREST", "arrested", "2021-06-07", "2021-06-14", "2021-06-08"),
    ("R06-IVUC", "suspect_interviewed", "2021-06-07", "2021-06-14", "2021-06-08"),
    ("R06-RWC", "released_without_charge", "2021-06-11", "2021-06-18", "2021-06-14"),  # a Friday
    ("R06-BAIL", "bailed", "2021-06-12", "2021-06-18", "2021-06-14"),  # a Saturday: day 1 is Monday
    ("R06-BAIL", "released_under_investigation", "2021-06-13", "2021-06-18", "2021-06-14"),  # a Sunday
    ("R06-BAIL", "bail_changed", "2021-06-09", "2021-06-16", "2021-06-10"),
    ("R06-NOINV", "not_investigated", "2021-06-08", "2021-06-15", "2021-06-09"),
    ("R06-CHARGE", "charged", "2021-08-27", "2021-09-06", "2021-08-31"),  # over the August bank holiday
    ("R06-CHARGE", "not_charged", "2021-12-23", "2022-01-04", "2021-12-24"),  # Christmas and New Year
    ("R06-CHARGE", "cautioned", "2021-12-24", "2022-01-05", "2021-12-29"),
    ("R06-CHARGE", "out_of_court", "2022-04-14", "2022-04-25", "2022-04-19"),  # Easter
    ("R06-VRR-ACK", "review_requested", "2021-06-07", "2021-06-21", "2021-06-21"),
    ("R06-VRR-DONE", "review_requested", "2021-06-07", "2021-07-19", "2021-07-19"),
    ("R08-FIRSTHEAR", "hearing_listed", "2021-06-07", "2021-06-14", "2021-06-08"),
    ("R08-HEARING", "hearing_held", "2021-06-11", "2021-06-14", "2021-06-14"),
    ("R09-OUTCOME", "case_concluded", "2021-06-10", "2021-06-11", "2021-06-11"),
]
ANSWER = {"R06-VRR-ACK": "review_acknowledged", "R06-VRR-DONE": "review_completed"}


@pytest.mark.parametrize("is_enhanced", [False, True])
@pytest.mark.parametrize(("rule", "start", "on", "standard", "enhanced"), LIMITS)
def test_the_last_day_and_the_day_after(rule, start, on, standard, enhanced, is_enhanced):
    last = enhanced if is_enhanced else standard
    people = MENTAL if is_enhanced else [victim()]
    began = event(f"{on} 09:00", start, id="S")
    answer = ANSWER.get(rule, "victim_updated")

    def told(moment: str) -> dict:
        return clock(rule, began, event(moment, answer, about_event_id="S", victim_ref="V1"), people=people)

    in_time = told(f"{last} 23:59")
    assert (in_time["due_on"], in_time["state"]) == (date.fromisoformat(last), "met_in_time")
    after = date.fromordinal(date.fromisoformat(last).toordinal() + 1)
    assert told(f"{after} 00:00")["state"] == "met_late"
    assert in_time["is_enhanced"] == (is_enhanced and standard != enhanced)


def test_a_referral_is_due_two_working_days_after_the_crime_is_recorded_where_a_need_is_found():
    recorded = event("2021-06-10 09:00", "crime_recorded")  # a Thursday
    need = event("2021-06-10 10:00", "support_need_found", victim_ref="V1")
    referred = event("2021-06-14 17:00", "support_referred", victim_ref="V1")
    found = clock("R04-REFER", recorded, need, referred)
    assert (found["due_on"], found["state"]) == (date(2021, 6, 14), "met_in_time")
    # The 2022 board paper (49) audits it where a need was found: without one no such clock runs.
    assert "R04-REFER" not in set(clocks(recorded)["rule"])


def test_a_need_found_late_leaves_one_working_day_from_when_it_was_found():
    recorded = event("2021-06-10 09:00", "crime_recorded")
    need = event("2021-06-25 10:00", "support_need_found", victim_ref="V1")  # a Friday
    assert clock("R04-REFER", recorded, need)["due_on"] == date(2021, 6, 28)
    on_the_last_day = event("2021-06-14 10:00", "support_need_found", victim_ref="V1")
    assert clock("R04-REFER", recorded, on_the_last_day)["due_on"] == date(2021, 6, 15)
    on_the_day_before = event("2021-06-11 10:00", "support_need_found", victim_ref="V1")
    assert clock("R04-REFER", recorded, on_the_day_before)["due_on"] == date(2021, 6, 14)


def test_a_victim_who_declines_support_is_owed_no_referral():
    recorded = event("2021-06-10 09:00", "crime_recorded")
    need = event("2021-06-10 10:00", "support_need_found", victim_ref="V1")
    declined = event("2021-06-11 10:00", "support_declined", victim_ref="V1")
    found = clock("R04-REFER", recorded, need, declined)
    assert (found["state"], found["reason"]) == ("not_applicable", "lifted")
    # Asked only after the day had passed, the refusal does not make good what was owed before.
    late = event("2021-06-21 10:00", "support_declined", victim_ref="V1")
    assert clock("R04-REFER", recorded, need, late)["state"] == "not_recorded"


@pytest.mark.parametrize(
    ("rule", "answer"),
    [("R03-ACK", "acknowledgement_sent"), ("R04-NEEDS", "needs_assessed"), ("R07-VPS", "vps_offered")],
)
def test_a_duty_without_a_limit_is_judged_when_the_case_ends(rule, answer):
    recorded = event("2021-06-07 09:00", "crime_recorded")
    closed = {"crimes": [crime(status="filed")]}
    filed = event("2021-09-01 09:00", "filed")
    done = event("2021-08-31 09:00", answer, victim_ref="V1")
    refused = event("2021-08-31 09:00", answer, victim_ref="V1", result="not_done")
    vouched = event("2021-09-02 09:00", "log_complete_to")
    assert clock(rule, recorded)["reason"] == "running_to_end"
    assert clock(rule, recorded, refused)["reason"] == "running_to_end"
    assert clock(rule, recorded, done)["reason"] == "done_no_limit"
    assert clock(rule, recorded, filed, **closed)["reason"] == "not_recorded"
    assert clock(rule, recorded, filed, refused, **closed)["reason"] == "said_not_done"
    assert clock(rule, recorded, filed, vouched, **closed)["reason"] == "log_complete"
    assert clock(rule, recorded, filed, done, **closed)["reason"] == "done_no_limit"
    assert clock(rule, recorded, filed, done, **closed)["due_on"] is None


def test_the_victim_may_ask_for_a_review_for_three_months_and_fails_nothing():
    decided = event("2021-11-29 09:00", "not_charged", id="N")
    told = event("2021-11-30 09:00", "victim_updated", id="T", about_event_id="N", victim_ref="V1")
    found = clock("R06-VRR-REQ", decided, told)
    # Three months after 30 November is the last day of February.
    assert (found["due_on"], found["state"]) == (date(2022, 2, 28), "not_applicable")
    assert found["reason"] == "window_closed"
    asked = event("2022-02-28 09:00", "review_requested", victim_ref="V1", about_event_id="N")
    assert clock("R06-VRR-REQ", decided, told, asked)["state"] == "met_in_time"
    assert clock("R06-CPSVRR", decided, told, asked)["due_on"] == date(2021, 12, 7)
    about_a_charge = event("2021-11-30 09:00", "victim_updated", about_event_id="X", victim_ref="V1")
    charged = event("2021-11-29 09:00", "charged", id="X")
    assert "R06-VRR-REQ" not in set(clocks(charged, about_a_charge)["rule"])


def test_more_time_for_a_review_is_judged_at_the_end_for_no_limit_of_it_is_published():
    asked = event("2021-06-07 09:00", "review_requested", id="S", victim_ref="V1")
    longer = event("2021-07-12 09:00", "review_extended", about_event_id="S", victim_ref="V1")
    done = event("2021-09-01 09:00", "review_completed", about_event_id="S", victim_ref="V1")
    found = clock("R06-VRR-DONE", asked, longer, done)
    assert (found["due_on"], found["state"]) == (None, "met_in_time")
    assert clock("R06-VRR-DONE", asked, done)["state"] == "met_late"
    too_late = event("2021-07-20 09:00", "review_extended", about_event_id="S", victim_ref="V1")
    assert clock("R06-VRR-DONE", asked, too_late, done)["state"] == "met_late"


def test_only_the_first_hearing_starts_the_duty_of_the_first_hearing():
    listed = [event("2021-06-07 09:00", "hearing_listed"), event("2021-07-07 09:00", "hearing_listed")]
    assert clock("R08-FIRSTHEAR", *listed)["started_on"] == date(2021, 6, 7)
    assert clocks(*listed).filter(rule="R08-HEARING").height == 2


def test_hearings_count_from_when_they_were_made_known():
    heard = event("2021-06-07 09:00", "hearing_held", known="2021-06-10 09:00", recorded="2021-06-10 09:00")
    assert clock("R08-HEARING", heard)["due_on"] == date(2021, 6, 11)
    arrest = event("2021-06-07 09:00", "arrested", known="2021-06-10 09:00", recorded="2021-06-10 09:00")
    assert clock("R06-ARREST", arrest)["due_on"] == date(2021, 6, 14)


def test_nothing_is_owed_by_the_code_of_2020_before_its_day():
    assert "R06-ARREST" not in set(clocks(event("2021-03-31 23:30", "arrested"))["rule"])
    assert clock("R06-ARREST", event("2021-04-01 00:10", "arrested"))["due_on"] == date(2021, 4, 12)
