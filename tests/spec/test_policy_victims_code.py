"""The duties to victims are those of the reference list, and name events that exist."""

from __future__ import annotations

import csv
import os
from datetime import date
from pathlib import Path

import pytest

from fourfold import policy, vocabulary

UNITS = {
    "none stated": "none_stated",
    "working_day": "working_day",
    "working_day (advisory)": "working_day",
    "calendar_month": "calendar_month",
    "calendar_day (source paper says days)": "calendar_day",
    "as soon as possible": "as_soon_as_possible",
}


def duties(on: date = date(2026, 11, 23)) -> dict[str, policy.PolicyValue]:
    return {v.name.removeprefix("victims_code."): v for v in policy.entries("victims_code.", on)}


def test_every_reference_duty_is_there_with_its_limits():
    data = os.environ.get("FOURFOLD_REFERENCE_DATA")
    path = Path(data or "missing").parent / "reference/victims_code.csv"
    if not data or not path.exists():
        pytest.skip("the reference list victims_code.csv is not there (FOURFOLD_REFERENCE_DATA)")
    with path.open(encoding="utf-8", newline="") as file:
        expected = {row["rule_id"]: row for row in csv.DictReader(file)}
    found = duties()
    assert set(found) == set(expected)
    for rule, told in expected.items():
        duty = found[rule].value
        for column in ("limit_standard", "limit_enhanced"):
            assert duty[column] == (int(told[column]) if told[column] else None), (rule, column)
        assert duty["unit"] == UNITS[told["unit"]], rule
        assert duty.get("advisory", False) == ("advisory" in told["unit"]), rule
        assert str(duty["right"]) == told["right"], rule
        assert (duty["duty_holder"], duty["applies_to"]) == (told["duty_holder"], told["applies_to"]), rule
        assert found[rule].status == told["status"], rule


#   duty          starts              satisfied by           standard  enhanced  unit
LIMITS = [
    ("R04-REFER", "crime_recorded", "support_referred", 2, 2, "working_day"),
    ("R06-ARREST", "arrested", "victim_updated", 5, 1, "working_day"),
    ("R06-CHARGE", "charged", "victim_updated", 5, 1, "working_day"),
    ("R06-BAIL", "released_under_investigation", "victim_updated", 5, 1, "working_day"),
    ("R06-VRR-ACK", "review_requested", "review_acknowledged", 10, 10, "working_day"),
    ("R06-VRR-DONE", "review_requested", "review_completed", 30, 30, "working_day"),
    ("R08-FIRSTHEAR", "hearing_listed", "victim_updated", 5, 1, "working_day"),
    ("WMP-2", "crime_recorded", "officer_named", 7, 7, "calendar_day"),
    ("WMP-4", "arrested", "victim_updated", 5, 5, "calendar_day"),
]


@pytest.mark.parametrize(("rule", "starts", "satisfied", "standard", "enhanced", "unit"), LIMITS)
def test_a_duty_in_one_line(rule, starts, satisfied, standard, enhanced, unit):
    duty = duties()[rule].value
    assert starts in duty["starts"]
    assert satisfied in duty["satisfied_by"]
    assert (duty["limit_standard"], duty["limit_enhanced"], duty["unit"]) == (standard, enhanced, unit)


def test_duties_name_events_of_the_list():
    events = set(vocabulary.load("case_events").codes())
    for rule, duty in duties().items():
        for part in ("starts", "starts_about", "satisfied_by", "lifted_by", "audited_where"):
            assert set(duty.value.get(part, [])) <= events, (rule, part)


def test_an_update_that_satisfies_a_duty_may_be_about_what_started_it():
    about = set(vocabulary.load("case_events").attribute("victim_updated", "answers").split("|"))
    for rule, duty in duties().items():
        if duty.value["satisfied_by"] == ["victim_updated"]:
            assert set(duty.value["starts"]) <= about, rule


def test_a_duty_that_no_event_starts_says_so():
    silent = {rule for rule, duty in duties().items() if not duty.value["starts"]}
    assert silent == {"R08-COURTBAIL", "R10-EXP", "R10-PROP", "R11-VCS", "R12-COMPACK", "R12-COMPRESP"}
    assert all("cannot be watched" in duties()[rule].note for rule in silent)


def test_the_code_of_2020_binds_from_april_2021():
    assert "R06-ARREST" not in duties(date(2021, 3, 31))
    assert "R06-ARREST" in duties(date(2021, 4, 1))
    assert "R06-VRR-ACK" in duties(date(2015, 4, 1))


def test_a_time_in_which_the_victim_may_act_is_no_duty():
    windows = {rule for rule, duty in duties().items() if duty.value["kind"] == "window"}
    assert windows == {"R06-VRR-REQ", "R06-CPSVRR"}


def test_a_local_standard_belongs_to_its_force():
    for rule, duty in duties().items():
        assert duty.value.get("force") == ("west-midlands" if rule.startswith("WMP-") else None), rule


def test_old_age_is_no_ground_for_enhanced_rights():
    grounds = policy.value_on("enhanced_rights.grounds", date(2022, 1, 1)).value
    assert [one["ground"] for one in grounds] == ["most_serious_crime", "persistently_targeted", "vulnerable"]
    assert "older" in policy.value_on("enhanced_rights.grounds", date(2022, 1, 1)).note
