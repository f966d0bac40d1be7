"""Duties outside the Code, watched by the same clocks: the five steps, charging advice, parades, contact plans, returns."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest

from clock_records import clock, clocks, crime, event, frame, state, victim
from fourfold.records import Crime, PersonRole
from fourfold.rules.clocks import judge
from fourfold.rules.return_months import months_owed, return_events
from fourfold.rules.rulebook import rulebook

WM = {"force": "west-midlands"}
LIMITS = """
charging_decision_due_days:
  title: Days in which the prosecutor is to answer
  values: [{value: 28, from: 2018-01-01, source: made up, status: made up}]
id_parade_request_due_days:
  title: Days from naming a suspect to asking for a parade
  values: [{value: 5, from: 2018-01-01, source: made up, status: made up}]
id_parade_viewing_due_days:
  title: Days from asking for a parade to its viewing
  values: [{value: 14, from: 2018-01-01, source: made up, status: made up}]
monthly_return_due_days:
  title: Days after the end of a month in which its return is due
  values: [{value: 10, from: 2018-01-01, source: made up, status: made up}]
high_harm_ho_codes:
  title: Offences that count as High Harm
  values: [{value: [34B, 28E], from: 2018-01-01, source: made up, status: made up}]
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    (tmp_path / "local_limits.yaml").write_text(LIMITS, encoding="utf-8")
    return tmp_path


def wm_case(code: str | None = "34B") -> dict:
    """A crime of West Midlands Police recorded on Monday 7 February 2022."""
    return {
        "crimes": [crime(ho_code=code, recorded_on=date(2022, 2, 7), **WM)],
        "people": [victim(**WM)],
    }


RECORDED = event("2022-02-07 09:00", "crime_recorded", **WM)


@pytest.mark.parametrize(
    ("named", "expected"),
    [("2022-02-14 23:00", "met_in_time"), ("2022-02-15 08:00", "met_late"), (None, "not_recorded")],
)
def test_the_officer_is_named_within_seven_calendar_days(own, named, expected):
    told = [event(named, "officer_named", victim_ref="V1", **WM)] if named else []
    found = clock("WMP-2", RECORDED, *told, policy=own, **wm_case())
    assert (found["due_on"], found["state"]) == (date(2022, 2, 14), expected)


def test_the_five_steps_are_for_the_force_and_the_offences_that_it_names(own):
    def rules(**told) -> set[str]:
        found = clocks(RECORDED, policy=own, **{**wm_case(), **told})
        return {rule for rule in found["rule"] if rule.startswith("WMP")}

    assert rules() == {"WMP-2", "WMP-3", "WMP-5"}
    assert rules(**wm_case("30C")) == set()
    # An offence class that is missing cannot be said not to be covered.
    assert rules(**wm_case(None)) == {"WMP-2", "WMP-3", "WMP-5"}
    elsewhere = {"crimes": [crime(ho_code="34B")], "people": [victim()]}
    recorded = event("2022-02-07 09:00", "crime_recorded")
    found = clocks(recorded, policy=own, **elsewhere)
    assert not [rule for rule in found["rule"] if rule.startswith("WMP")]


def test_where_a_force_has_not_said_which_cases_are_high_harm_nothing_is_judged():
    named = event("2022-02-08 09:00", "officer_named", victim_ref="V1", **WM)
    assert state("WMP-2", RECORDED, named, **wm_case()) == "not_set"


def test_two_duties_on_one_event_both_run_and_the_stricter_is_reported(own):
    """An arrest on Thursday 10 February 2022: five calendar days end on Tuesday 15, five working days on Thursday 17."""
    arrest = event("2022-02-10 09:00", "arrested", id="S", **WM)

    def due(**told) -> dict[str, tuple[date, bool]]:
        found = clocks(RECORDED, arrest, policy=own, **{**wm_case(), **told})
        found = found.filter(pl.col("start_event_id") == "S")
        return {
            rule: (day, first)
            for rule, day, first in found.select("rule", "due_on", "is_strictest").iter_rows()
        }

    assert due() == {"R06-ARREST": (date(2022, 2, 17), False), "WMP-4": (date(2022, 2, 15), True)}
    enhanced = {"people": [victim(enhanced_ground="Intimidated", **WM)]}
    # One working day is the Code's limit for enhanced rights: there it is the Code that is stricter.
    assert due(**enhanced) == {"R06-ARREST": (date(2022, 2, 11), True), "WMP-4": (date(2022, 2, 15), False)}


def test_a_duty_that_is_not_judged_is_never_the_stricter():
    arrest = event("2022-02-10 09:00", "arrested", id="S", **WM)
    found = clocks(RECORDED, arrest, **wm_case()).filter(pl.col("start_event_id") == "S")
    assert dict(found.select("rule", "is_strictest").iter_rows()) == {"R06-ARREST": True, "WMP-4": False}


def test_charging_advice_is_judged_by_the_limit_that_the_force_set(own):
    asked = event("2021-06-07 09:00", "pcd_submitted", suspect_ref="N1", id="S")
    back = event("2021-07-05 16:00", "pcd_returned", suspect_ref="N1", about_event_id="S")
    found = clock("PCD-SLA", asked, back, policy=own)
    assert (found["subject"], found["subject_ref"]) == ("suspect", "N1")
    assert (found["due_on"], found["state"]) == (date(2021, 7, 5), "met_in_time")
    late = event("2021-07-06 16:00", "pcd_returned", suspect_ref="N1", about_event_id="S")
    assert state("PCD-SLA", asked, late, policy=own) == "met_late"
    assert state("PCD-SLA", asked, late) == "not_set", "no limit set, so no judgement"


def test_an_answer_about_one_suspect_is_none_about_another(own):
    asked = [event(f"2021-06-0{n} 09:00", "pcd_submitted", suspect_ref=f"N{n}") for n in (7, 8)]
    back = event("2021-06-20 16:00", "pcd_returned", suspect_ref="N7")
    found = clocks(*asked, back, policy=own).filter(rule="PCD-SLA")
    assert dict(found.select("subject_ref", "state").iter_rows()) == {
        "N7": "met_in_time",
        "N8": "not_recorded",
    }


def test_a_request_that_names_no_suspect_is_still_watched(own):
    found = clock("PCD-SLA", event("2021-06-07 09:00", "pcd_submitted"), policy=own)
    assert (found["subject_ref"], found["state"]) == ("suspect not named", "not_recorded")


def test_delay_of_an_identification_parade(own):
    named = event("2021-06-07 09:00", "suspect_identified", suspect_ref="N1")
    asked = event("2021-06-14 09:00", "id_parade_requested", suspect_ref="N1", id="P")
    held = event("2021-06-28 09:00", "id_parade_held", suspect_ref="N1", about_event_id="P")
    assert "ID-ASK" not in set(clocks(named, policy=own)["rule"]), "whether one was needed is not told"
    found = clocks(named, asked, held, policy=own)
    states = dict(found.filter(pl.col("subject") == "suspect").select("rule", "state").iter_rows())
    assert states == {"ID-ASK": "met_late", "ID-VIEW": "met_in_time"}


PLAN = event("2021-06-07 09:00", "contact_plan_agreed", victim_ref="V1")
EVERY_WEEK = {"people": [victim(contact_every_days=7)]}


def contacts(*events: dict, **told) -> list[tuple[date, date | None, str]]:
    found = clocks(PLAN, *events, **{**EVERY_WEEK, **told}).filter(rule="CONTACT-PLAN")
    return list(found.select("started_on", "due_on", "state").iter_rows())


def test_each_contact_starts_the_next_interval_of_the_plan():
    told = [
        event("2021-06-10 09:00", "victim_updated", victim_ref="V1"),
        event("2021-06-25 09:00", "officer_named", victim_ref="V1"),
    ]
    assert contacts(*told, as_of="2021-06-30") == [
        (date(2021, 6, 7), date(2021, 6, 14), "met_in_time"),
        (date(2021, 6, 10), date(2021, 6, 17), "met_late"),
        (date(2021, 6, 25), date(2021, 7, 2), "running"),
    ]


def test_contact_before_the_plan_starts_no_interval_and_the_plan_ends_with_the_case():
    before = event("2021-06-05 09:00", "victim_updated", victim_ref="V1")
    filed = event("2021-06-12 09:00", "filed")
    assert contacts(before, filed, crimes=[crime(status="filed")]) == [
        (date(2021, 6, 7), date(2021, 6, 14), "not_applicable")
    ]


def test_a_plan_without_an_interval_says_so_once():
    told = event("2021-06-10 09:00", "victim_updated", victim_ref="V1")
    found = clocks(PLAN, told).filter(rule="CONTACT-PLAN")
    assert found.select("state", "reason").rows() == [("not_set", "no_interval")]


def test_a_vouched_log_shows_that_nobody_kept_in_contact():
    vouched = event("2021-06-20 09:00", "log_complete_to")
    assert [row[2] for row in contacts(vouched)] == ["not_met"]


def test_monthly_returns_are_due_days_after_the_month_has_ended(own):
    reports = pl.DataFrame(
        {"force": ["aldermere", "aldermere"], "reported_on": [date(2021, 1, 20), date(2021, 3, 2)]}
    )
    months = months_owed(reports, date(2021, 4, 8))
    assert months["month"].to_list() == [date(2021, 1, 1), date(2021, 2, 1), date(2021, 3, 1)]
    sent = pl.DataFrame(
        {
            "force": ["aldermere", "aldermere"],
            "month": [date(2021, 1, 1), date(2021, 2, 1)],
            "sent_at": [datetime(2021, 2, 10, 9, tzinfo=UTC), datetime(2021, 3, 11, 9, tzinfo=UTC)],
        }
    )
    as_of = pl.DataFrame({"force": ["aldermere"], "as_of": [date(2021, 4, 8)]})
    none = [frame(record, []) for record in (Crime, PersonRole)]
    found = judge(*none, return_events(months, sent), as_of, rulebook(own))
    assert found.select("case_ref", "due_on", "state").rows() == [
        ("return/aldermere/2021-01", date(2021, 2, 10), "met_in_time"),
        ("return/aldermere/2021-02", date(2021, 3, 10), "met_late"),
        ("return/aldermere/2021-03", date(2021, 4, 10), "running"),
    ]
    unset = judge(*none, return_events(months, sent), as_of, rulebook())
    assert set(unset["state"]) == {"not_set"}
