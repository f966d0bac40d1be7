"""The states of a duty: what is recorded, what is said not to be done, what a vouched log shows, and what nobody knows.

All examples: a suspect is arrested on Monday 7 June 2021 at 9; the victim is to be told by Monday 14 June.
"""

from __future__ import annotations

import pytest

from clock_records import clock, clocks, crime, event, state, victim

ARREST = event("2021-06-07 09:00", "arrested", id="S", suspect_ref="N1")
TWO = [victim("V1"), victim("V2")]


def told(at: str, **more) -> dict:
    return event(at, "victim_updated", **{"about_event_id": "S", "victim_ref": "V1", **more})


def vouched(at: str) -> dict:
    return event(at, "log_complete_to")


EXAMPLES = {
    "told in time": ([told("2021-06-14 18:00")], "met_in_time"),
    "told late": ([told("2021-06-15 08:00")], "met_late"),
    "told in time and again late": ([told("2021-06-15"), told("2021-06-10")], "met_in_time"),
    "late, though first said not done": (
        [told("2021-06-14", result="not_done"), told("2021-06-20")],
        "met_late",
    ),
    "said not done": ([told("2021-06-21", result="not_done")], "not_met"),
    "said not done before the day passed": ([told("2021-06-09", result="not_done")], "not_met"),
    "log vouched beyond the day": ([vouched("2021-06-15 09:00")], "not_met"),
    "log vouched to the day itself": ([vouched("2021-06-14 23:00")], "not_recorded"),
    "log vouched before the day": ([vouched("2021-06-10 09:00")], "not_recorded"),
    "vouched, then recorded after all": ([vouched("2021-06-20"), told("2021-06-11")], "met_in_time"),
    "nothing": ([], "not_recorded"),
    "told without saying of what": ([told("2021-06-10", about_event_id=None)], "met_in_time"),
    "told of something else": (
        [event("2021-06-09", "charged", id="X"), told("2021-06-10", about_event_id="X")],
        "not_recorded",
    ),
    "told of an event that is not in the log": ([told("2021-06-10", about_event_id="?")], "not_recorded"),
    "told before it happened, without saying of what": (
        [told("2021-06-06", about_event_id=None)],
        "not_recorded",
    ),
    "told of it, though dated before it": ([told("2021-06-06")], "met_in_time"),
    "the result is blank": ([told("2021-06-10", result=None)], "met_in_time"),
    "told somebody else": ([told("2021-06-10", victim_ref="V9")], "not_recorded"),
}


@pytest.mark.parametrize("name", EXAMPLES)
def test_state(name):
    events, expected = EXAMPLES[name]
    people = [victim("V1"), victim("V9")] if name == "told somebody else" else [victim("V1")]
    found = [
        row
        for row in clocks(ARREST, *events, people=people).filter(rule="R06-ARREST").to_dicts()
        if row["subject_ref"] == "V1"
    ]
    assert [row["state"] for row in found] == [expected]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2021-06-07", "running"), ("2021-06-14", "running"), ("2021-06-15", "not_recorded")],
)
def test_a_duty_runs_to_the_end_of_its_last_day(as_of, expected):
    assert state("R06-ARREST", ARREST, as_of=as_of) == expected
    denied = told("2021-06-09", result="not_done")
    assert state("R06-ARREST", ARREST, denied, as_of=as_of) == (
        "running" if expected == "running" else "not_met"
    )


def test_an_update_that_names_no_victim_is_for_the_only_one():
    assert state("R06-ARREST", ARREST, told("2021-06-10", victim_ref=None)) == "met_in_time"


def test_an_update_that_names_none_of_two_victims_is_no_pass_and_no_breach():
    events = [ARREST, told("2021-06-10", victim_ref=None), vouched("2021-07-01")]
    found = clocks(*events, people=TWO).filter(rule="R06-ARREST")
    assert found["state"].to_list() == ["not_recorded", "not_recorded"]
    assert set(found["reason"]) == {"victim_not_named"}


def test_each_victim_has_a_clock():
    found = clocks(ARREST, told("2021-06-10", victim_ref="V2"), people=TWO).filter(rule="R06-ARREST")
    assert dict(found.select("subject_ref", "state").iter_rows()) == {
        "V1": "not_recorded",
        "V2": "met_in_time",
    }


def test_each_suspect_starts_a_clock_and_an_untied_update_answers_all_that_had_begun():
    second = event("2021-06-09 09:00", "arrested", id="S2", suspect_ref="N2")
    update = told("2021-06-10", about_event_id=None)
    third = event("2021-06-11 09:00", "arrested", id="S3", suspect_ref="N3")
    found = clocks(ARREST, second, update, third).filter(rule="R06-ARREST")
    states = dict(found.select("start_event_id", "state").iter_rows())
    assert states == {"S": "met_in_time", "S2": "met_in_time", "S3": "not_recorded"}


def test_a_business_is_owed_the_code_only_where_it_names_a_contact():
    firm = victim("B1", organisation_name="A made-up shop")
    contact = victim("P1", role="business_contact", last_name="Made-Up")
    assert clock("R06-ARREST", ARREST, people=[firm])["reason"] == "no_contact_named"
    with_contact = [firm, contact]
    found = clock("R06-ARREST", ARREST, told("2021-06-10", victim_ref="P1"), people=with_contact)
    assert (found["subject_ref"], found["state"]) == ("B1", "met_in_time")
    assert (
        state("R06-ARREST", ARREST, told("2021-06-10", victim_ref="B1"), people=with_contact) == "met_in_time"
    )


def test_a_contact_stands_alone_where_no_business_is_told_of():
    contact = victim("P1", role="business_contact", last_name="Made-Up")
    assert clock("R06-ARREST", ARREST, people=[contact])["subject_ref"] == "P1"


def test_a_victim_or_a_crime_that_only_an_event_names_is_not_lost():
    nobody = clocks(ARREST, told("2021-06-10", victim_ref="V7"), people=[])
    assert nobody.filter(rule="R06-ARREST")["subject_ref"].to_list() == ["V7"]
    no_crime = clocks(ARREST, crimes=[])
    assert no_crime.filter(rule="R06-ARREST")["state"].to_list() == ["not_recorded"]


def test_a_crime_without_a_log_was_still_recorded():
    found = clock("R03-ACK")
    assert (found["started_on"].isoformat(), found["start_event_id"]) == ("2021-06-07", "recorded/C1")
    sent = event("2021-06-07 00:30", "acknowledgement_sent", victim_ref="V1")
    assert state("R03-ACK", sent) == "met_in_time"


def test_nothing_is_owed_for_a_cancelled_crime():
    found = clocks(ARREST, told("2021-06-10"), crimes=[crime(status="cancelled")])
    assert set(found["state"]) == {"not_applicable"}


def test_a_second_telling_that_the_crime_was_recorded_starts_nothing():
    twice = [
        event("2021-06-07 09:00", "crime_recorded", id="A"),
        event("2021-06-09 09:00", "crime_recorded", id="B"),
    ]
    assert clock("R03-ACK", *twice)["start_event_id"] == "A"


def test_a_crime_that_was_not_recorded_after_all_starts_nothing_and_an_arrest_that_failed_neither():
    refused = event("2021-06-07 09:00", "arrested", result="not_done")
    assert "R06-ARREST" not in set(clocks(refused)["rule"])
